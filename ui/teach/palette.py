"""Palette: the classes that examples are drawn of. Standard library only."""

import json
import os
from dataclasses import dataclass, replace
from typing import Iterable, Tuple

from ..base.i18n import tr
from ..process.environment import PACKAGE_DIR

FIRST_LEGEND = os.path.join(PACKAGE_DIR, "resources", "legends", "deepglobe.json")
COLORS = (
    (230, 25, 75), (60, 180, 75), (0, 130, 200), (245, 130, 48), (145, 30, 180), (70, 240, 240), (210, 245, 60),
    (250, 190, 212), (0, 128, 128), (170, 110, 40), (128, 0, 0), (128, 128, 0),
)  # fmt: skip
"""What new classes are drawn in, one after the other."""


class PaletteRefused(Exception):
    """A class cannot be as it was asked for; the message is a sentence for the user."""


@dataclass(frozen=True)
class PaletteClass:
    """A class.

    Attributes:
        number: Its class id, 1 or more.
        name: Its name.
        color: Red, green, blue, 0 to 255.
    """

    number: int
    name: str
    color: Tuple[int, int, int]


@dataclass(frozen=True)
class Palette:
    """Classes in the order in which they are listed; keys 1 to 9 choose the first nine.

    Attributes:
        classes: The classes.
    """

    classes: Tuple[PaletteClass, ...] = ()

    def get(self, number: int) -> PaletteClass:
        """Return the class of a number; KeyError where there is none."""
        for each in self.classes:
            if each.number == number:
                return each
        raise KeyError(number)

    def named(self, name: str) -> PaletteClass:
        """Return the class of a name, whatever its case; KeyError where there is none."""
        for each in self.classes:
            if each.name.casefold() == name.strip().casefold():
                return each
        raise KeyError(name)

    def with_new(self, name: str, color: Tuple[int, int, int] = ()) -> "Palette":
        """Return the palette with one more class at its end.

        Raises:
            PaletteRefused: If there is no name, or it is taken.
        """
        number = max((c.number for c in self.classes), default=0) + 1
        drawn = color or COLORS[(number - 1) % len(COLORS)]
        return Palette((*self.classes, PaletteClass(number, self._free_name(name, number), drawn)))

    def renamed(self, number: int, name: str) -> "Palette":
        """Return the palette with another name for a class.

        Raises:
            PaletteRefused: If there is no name, or it is taken.
        """
        return self._with(replace(self.get(number), name=self._free_name(name, number)))

    def recolored(self, number: int, color: Tuple[int, int, int]) -> "Palette":
        """Return the palette with another colour for a class."""
        return self._with(replace(self.get(number), color=color))

    def without(self, number: int) -> "Palette":
        """Return the palette without a class; the others keep their numbers."""
        return Palette(tuple(c for c in self.classes if c.number != number))

    def joined(self, others: Iterable[PaletteClass]) -> "Palette":
        """Return the palette with classes whose numbers it lacks."""
        known = {c.number for c in self.classes}
        return Palette((*self.classes, *(c for c in others if c.number not in known)))

    def to_json(self) -> str:
        """Return the palette as text."""
        return json.dumps([[c.number, c.name, list(c.color)] for c in self.classes])

    @staticmethod
    def from_json(text: str) -> "Palette":
        """Return the palette of a text; empty where the text is none."""
        try:
            rows = json.loads(text)
            return Palette(tuple(PaletteClass(int(n), str(name), _rgb(color)) for n, name, color in rows))
        except (ValueError, TypeError):
            return Palette()

    def _with(self, changed: PaletteClass) -> "Palette":
        return Palette(tuple(changed if c.number == changed.number else c for c in self.classes))

    def _free_name(self, name: str, number: int) -> str:
        name = name.strip()
        if not name:
            raise PaletteRefused(tr("A class needs a name."))
        if any(c.number != number and c.name.casefold() == name.casefold() for c in self.classes):
            raise PaletteRefused(tr("There is already a class “{name}”. Choose another name.").format(name=name))
        return name


def first_palette() -> Palette:
    """Return the classes that are there to begin with: those of DeepGlobe."""
    with open(FIRST_LEGEND, encoding="utf-8") as file:
        rows = json.load(file)["classes"]
    return Palette(tuple(PaletteClass(r["id"], r["name"], _rgb(r["color"])) for r in rows if r["id"] > 0))


def _rgb(values: Iterable[int]) -> Tuple[int, int, int]:
    red, green, blue = (min(255, max(0, int(v))) for v in values)
    return red, green, blue
