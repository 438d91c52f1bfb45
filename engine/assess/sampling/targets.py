"""Targets of precision, and what is expected of the map before anything is labelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from ...system.errors import InvalidJob

EXPECTED_USERS = 0.8
"""User's accuracy that is expected where nobody says otherwise."""


class Quantity(Enum):
    """What is to be known well."""

    OVERALL = "overall"
    USERS = "users"
    AREA = "area"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A standard error that an estimate should have.

    Attributes:
        quantity: Overall accuracy, a class's user's accuracy, or its share of the area.
        class_name: The class; empty for overall accuracy.
        se: Standard error, as a share of 1.
    """

    quantity: Quantity
    class_name: str
    se: float

    def __str__(self) -> str:
        name = f" of {self.class_name}" if self.class_name else ""
        return f"{self.quantity.value}{name}, standard error {self.se:g}"


def parse_target(text: str, z: float) -> Target:
    """Return the target that a text such as "area:forest:half=0.01" or "overall:se=0.01" asks for.

    The share is of 1: of the whole area for "area", of the class's mapped area for "users"; "half" is the half-width
    of the interval, z standard errors.

    Raises:
        InvalidJob: If the text is of another form.
    """
    head, _, number = text.rpartition("=")
    quantity, _, rest = head.partition(":")
    class_name, _, measure = rest.rpartition(":")
    try:
        value, kind = float(number), Quantity(quantity.strip().lower())
    except ValueError:
        value, kind = -1.0, Quantity.OVERALL
    needs_class = kind is not Quantity.OVERALL
    if not 0 < value < 1 or measure.strip() not in ("se", "half") or bool(class_name.strip()) != needs_class:
        raise InvalidJob(
            f"The target {text!r} cannot be read; expected 'overall:se=0.01', 'users:CLASS:se=0.03' or "
            "'area:CLASS:half=0.005', with a number between 0 and 1."
        )
    return Target(quantity=kind, class_name=class_name.strip(), se=value if measure.strip() == "se" else value / z)


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """Share of each reference class that is expected in each stratum.

    Attributes:
        classes: Names of the K classes.
        share: ``(H,)`` part W_h of the area in each stratum.
        reference: ``(H, K)`` expected share of each reference class; rows add up to 1.
        map_class: ``(H,)`` index of the stratum's class on the map; -1 where there are several.
        right: ``(H,)`` expected share that is mapped right.
    """

    classes: tuple[str, ...]
    share: np.ndarray
    reference: np.ndarray
    map_class: np.ndarray
    right: np.ndarray


def expect(
    classes: Sequence[str],
    share: np.ndarray,
    map_class: np.ndarray,
    *,
    users: dict[str, float] | None = None,
    reference: np.ndarray | None = None,
) -> Expectation:
    """Return what is expected of the strata of a map.

    Args:
        classes: Names of the K classes.
        share: ``(H,)`` part of the area in each stratum.
        map_class: ``(H,)`` index of the class of each; -1 where there are several.
        users: Expected user's accuracy of classes by name; `EXPECTED_USERS` for others. What is wrong in a stratum is
            taken to be other classes in proportion to their mapped areas.
        reference: ``(K, K)`` counts or shares of an earlier error matrix, rows are classes on the map; goes before
            `users`.

    Raises:
        InvalidJob: If a class is not known, or an accuracy is not between 0 and 1.
    """
    users = users or {}
    for name, value in users.items():
        if name not in classes:
            raise InvalidJob(f"The map has no class {name!r}; its classes are {', '.join(classes)}.")
        if not 0 < value <= 1:
            raise InvalidJob(f"The accuracy expected of {name!r} is {value:g}; expected a part of 1 such as 0.9.")
    mapped = np.bincount(map_class[map_class >= 0], share[map_class >= 0], len(classes))
    rows = np.empty((len(classes), len(classes)))
    for k, name in enumerate(classes):
        right = users.get(name, EXPECTED_USERS)
        others = np.where(np.arange(len(classes)) == k, 0.0, mapped)
        spread = others / others.sum() if others.sum() > 0 else others
        rows[k] = spread * (1 - right)
        rows[k, k] = right if others.sum() > 0 else 1.0
    if reference is not None:
        totals = reference.sum(axis=1, keepdims=True)
        rows = np.where(totals > 0, reference / np.where(totals > 0, totals, 1), rows)
    whole = mapped @ rows if mapped.sum() > 0 else np.full(len(classes), 1 / len(classes))
    by_stratum = np.where((map_class >= 0)[:, None], rows[map_class], whole)
    diagonal = np.diag(rows)
    mean_right = float(mapped @ diagonal / mapped.sum()) if mapped.sum() > 0 else EXPECTED_USERS
    return Expectation(
        classes=tuple(classes),
        share=share,
        reference=by_stratum,
        map_class=map_class,
        right=np.where(map_class >= 0, diagonal[map_class], mean_right),
    )


def spreads(target: Target, expected: Expectation) -> np.ndarray:
    """Return ``(H,)`` W_h S_h of the target's estimate, so that its variance is Σ (W_h S_h)² / n_h.

    Raises:
        InvalidJob: If its class is not known, or has no stratum of its own for user's accuracy.
    """
    if target.quantity is Quantity.OVERALL:
        return expected.share * _deviation(expected.right)
    if target.class_name not in expected.classes:
        raise InvalidJob(
            f"The map has no class {target.class_name!r} for a target; its classes are {', '.join(expected.classes)}."
        )
    k = expected.classes.index(target.class_name)
    if target.quantity is Quantity.AREA:
        return expected.share * _deviation(expected.reference[:, k])
    mine = expected.map_class == k
    weight = np.where(mine, expected.share, 0.0)
    if not weight.sum() > 0:
        raise InvalidJob(
            f"No stratum is {target.class_name!r} on the map, so its user's accuracy is no target. Choose its area."
        )
    return weight / weight.sum() * _deviation(expected.right)


def _deviation(share: np.ndarray) -> np.ndarray:
    return np.sqrt(share * (1 - share))
