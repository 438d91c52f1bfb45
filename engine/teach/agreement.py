"""Agreement with left-out examples: how many were recognised, with an interval, and which class least. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...models.heads.left_out import LeftOut

Z_95 = 1.959964
FEWEST_OF_CLASS = 3
"""With fewer left-out examples a class gets no figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassAgreement:
    """Left-out examples of one class: how many there are, and how many were recognised."""

    class_id: int
    class_name: str
    examples: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Left-out examples and how many of them were recognised: most of their samples got their class.

    It is not the accuracy of the map: examples lie where the user drew them.

    Attributes:
        classes: One row per class.
    """

    classes: tuple[ClassAgreement, ...]

    @property
    def examples(self) -> int:
        """Number of examples that were left out."""
        return sum(row.examples for row in self.classes)

    @property
    def right(self) -> int:
        """Number of them that were recognised."""
        return sum(row.right for row in self.classes)

    @property
    def weakest(self) -> ClassAgreement | None:
        """The class of which the smallest share was recognised, where any was missed; None with too few examples."""
        known = [row for row in self.classes if row.examples >= FEWEST_OF_CLASS and row.right < row.examples]
        return min(known, key=lambda row: row.right / row.examples, default=None)

    def sentence(self) -> str:
        """Return what to tell the user."""
        if not self.examples:
            return "No class has two examples, so that none could be left out to check the others."
        low, high = wilson_interval(self.right, self.examples)
        text = (
            f"Agreement with left-out examples: {self.right} of {self.examples} polygons "
            f"({100 * low:.0f}–{100 * high:.0f} %)"
        )
        return f"{text}; weakest: {self.weakest.class_name}." if self.weakest else f"{text}."

    def to_dict(self) -> dict[str, Any]:
        """Return the agreement as JSON-ready data."""
        low, high = wilson_interval(self.right, self.examples) if self.examples else (0.0, 1.0)
        return {
            "examples": self.examples,
            "right": self.right,
            "interval_95": [round(low, 4), round(high, 4)],
            "weakest": self.weakest.class_name if self.weakest else "",
            "classes": [
                {"class_id": r.class_id, "class_name": r.class_name, "examples": r.examples, "right": r.right}
                for r in self.classes
            ],
        }


def agreement_of(left_out: LeftOut, names: Sequence[str]) -> Agreement:
    """Count left-out examples by class.

    Args:
        left_out: What heads said of them.
        names: Name of each class id.
    """
    rows = []
    for class_id, name in enumerate(names):
        own = left_out.class_id == class_id
        if own.any():
            right = int((left_out.said[own] == class_id).sum())
            rows.append(ClassAgreement(class_id=class_id, class_name=name, examples=int(own.sum()), right=right))
    return Agreement(classes=tuple(rows))


def wilson_interval(right: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share.

    References:
        Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22(158), 1927.

    Args:
        right: Count of hits.
        total: Count of trials, above 0.
    """
    share, spread = right / total, Z_95**2 / total
    centre = (share + spread / 2) / (1 + spread)
    half = Z_95 * math.sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)
