"""Spatial support of a label: what part of the ground gets one class, and by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ...system.errors import InvalidJob


class SupportShape(Enum):
    """Part of the ground that gets one label."""

    PIXEL = "pixel"
    BLOCK = "block"
    CIRCLE = "circle"


class SupportRule(Enum):
    """Which class of several in the support counts, on the map as on the ground."""

    CENTRE = "centre"
    MAJORITY = "majority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Spatial support of a label.

    Attributes:
        shape: Its shape.
        size: Pixels along the side of a block, metres of a circle's radius; 1 for a pixel.
        rule: Which class counts.
    """

    shape: SupportShape = SupportShape.PIXEL
    size: float = 1.0
    rule: SupportRule = SupportRule.CENTRE

    def __post_init__(self) -> None:
        if self.shape is SupportShape.BLOCK and not (
            self.size == int(self.size) and self.size % 2 == 1 and self.size > 0
        ):
            raise InvalidJob(f"A block of {self.size:g} pixels has no middle pixel. Take 3, 5, 7 …")
        if not 0 < self.size < 1e6:
            raise InvalidJob(f"A support of size {self.size:g} was asked for; expected a number above 0.")

    def __str__(self) -> str:
        what = {
            SupportShape.PIXEL: "a pixel",
            SupportShape.BLOCK: f"a block of {self.size:g} × {self.size:g} pixels",
            SupportShape.CIRCLE: f"a circle of {self.size:g} m radius",
        }[self.shape]
        if self.shape is SupportShape.PIXEL:
            return what
        rule = "the class at its centre counts" if self.rule is SupportRule.CENTRE else "its most frequent class counts"
        return f"{what}, of which {rule}"
