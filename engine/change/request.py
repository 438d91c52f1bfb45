"""Request for a change analysis: what the user asks of `change`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..overlays.map_source import MapSource
from ..system.errors import InvalidJob


@dataclass(frozen=True, kw_only=True)
class ChangeRequest:
    """What is asked for.

    Attributes:
        old: The map of the first date.
        new: The map of the second.
        crosswalk: What belongs together where class names do not tell; None for nothing.
        old_image: The image that the old map was made from; None where it is not given.
        new_image: That of the new map.
        old_date: When the old image was taken: 2015, 2015-06 or 2015-06-30; empty if it is not known.
        new_date: The same of the new one.
        shift_m: Shift between the images in metres; None measures it where both images are given.
        smallest_m2: Smallest patch of change among the polygons; 0 keeps all.
        smallest_by_class: The same for change to certain classes, by name.
        groups: Groups of transitions to assess, as `find_grouping` has them; empty for none.
        buffer_m: Width of the buffer stratum around mapped change; 0 for none.
        polygons: Whether polygons are made.
    """

    old: MapSource
    new: MapSource
    crosswalk: Path | None = None
    old_image: Path | None = None
    new_image: Path | None = None
    old_date: str = ""
    new_date: str = ""
    shift_m: float | None = None
    smallest_m2: float = 0.0
    smallest_by_class: Mapping[str, float] = field(default_factory=dict)
    groups: str = ""
    buffer_m: float = 0.0
    polygons: bool = True

    def __post_init__(self) -> None:
        numbers = {"shift": self.shift_m or 0.0, "smallest patch": self.smallest_m2, "buffer": self.buffer_m}
        numbers.update({f"smallest patch of {name}": v for name, v in self.smallest_by_class.items()})
        for name, value in numbers.items():
            if not 0 <= value < float("inf"):
                raise InvalidJob(f"The {name} is {value}; it must be 0 or more.")
        if (self.old_image is None) != (self.new_image is None):
            raise InvalidJob("One image was given of two. Give both to measure their shift, or state it in metres.")
        if self.buffer_m and not self.groups:
            raise InvalidJob(
                "A buffer was asked for, but no groups to assess. Give groups such as loss-gain:CLASS too."
            )
