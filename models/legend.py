"""Legend: ids, names and colours of the classes of a map. Knows no files but its own JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from .errors import DataError

NODATA = 255
"""Value of pixels without data in every class raster; never a class."""

IGNORE_INDEX = 255
"""Label value left out of losses and metrics."""
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of the text around them, and can make a name look like another one."""

LARGEST_FILE_BYTES = 4_000_000

LEGEND_DIR = Path(__file__).resolve().parent.parent / "resources" / "legends"


@dataclass(frozen=True, slots=True, kw_only=True)
class LandCoverClass:
    """One class of a legend.

    Attributes:
        class_id: Value in class rasters, 0 to 254.
        name: Name for people, in any script.
        color: Red, green, blue, each 0 to 255.
        value: Number that the legend's authors give the class, which masks hold; None where that is the class id.
    """

    class_id: int
    name: str
    color: tuple[int, int, int]
    value: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name.encode("utf-8", "replace").decode())  # JSON may hold half characters
        if not 0 <= self.class_id < NODATA:
            raise ValueError(f"Class id {self.class_id} is outside 0 to {NODATA - 1}; {NODATA} means no data.")
        if len(self.color) != 3 or any(not 0 <= v <= 255 for v in self.color):
            raise ValueError(f"Colour {self.color} of class {self.name!r} is not three values of 0 to 255.")


@dataclass(frozen=True, kw_only=True)
class Legend:
    """Ordered set of classes; logit k of a network belongs to class id k.

    Attributes:
        name: Short identifier, also of the file in resources/legends.
        title: Name for people.
        classes: Classes by ascending id; those of a network have the ids 0, 1, 2 … without gaps (`is_dense`).
        unknown_id: Class that stands for "not known" (left out of means); None if there is none.
    """

    name: str
    title: str
    classes: tuple[LandCoverClass, ...]
    unknown_id: int | None = 0

    def __post_init__(self) -> None:
        ids = [c.class_id for c in self.classes]
        if ids != sorted(set(ids)) or not ids:
            raise ValueError(f"Legend {self.name!r} has class ids {ids}; expected each once, in ascending order.")

    @property
    def is_dense(self) -> bool:
        """Whether ids are 0, 1, 2 … without gaps, as those of a network are."""
        return self.classes[-1].class_id == len(self.classes) - 1

    def require_dense(self) -> None:
        """Refuse a legend with gaps.

        Raises:
            ValueError: If there is one.
        """
        if not self.is_dense:
            ids = [c.class_id for c in self.classes]
            raise ValueError(f"Legend {self.name!r} has class ids {ids}; expected 0, 1, 2 … without gaps.")

    @property
    def num_classes(self) -> int:
        """Number of classes, the unknown class included."""
        return len(self.classes)

    @cached_property
    def by_color(self) -> dict[tuple[int, int, int], int]:
        """Class id of each colour; the first class wins where two share one."""
        table: dict[tuple[int, int, int], int] = {}
        for c in self.classes:
            table.setdefault(c.color, c.class_id)
        return table

    @property
    def ids_by_value(self) -> dict[int, int]:
        """Class id of each value of a mask."""
        return {c.class_id if c.value is None else c.value: c.class_id for c in self.classes}

    def numbered(self) -> Legend:
        """Return the legend as a network needs it: ids 0, 1, 2 …, and where it had gaps its ids as values."""
        if self.is_dense:
            return self
        classes = tuple(replace(c, class_id=k, value=c.class_id) for k, c in enumerate(self.classes))
        unknown = next((c.class_id for c in classes if c.value == self.unknown_id), None)
        return replace(self, classes=classes, unknown_id=unknown)

    def without_values(self) -> Legend:
        """Return the legend for masks that hold class ids."""
        return replace(self, classes=tuple(replace(c, value=None) for c in self.classes))

    def to_dict(self) -> dict[str, Any]:
        """Return the legend as JSON-ready data."""
        classes = [
            {
                "id": c.class_id,
                "name": c.name,
                "color": list(c.color),
                **({} if c.value is None else {"value": c.value}),
            }
            for c in self.classes
        ]
        return {
            "name": self.name,
            "title": self.title,
            "nodata": NODATA,
            "unknown_id": self.unknown_id,
            "classes": classes,
        }

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Legend:
        """Build a legend from JSON data.

        Raises:
            ValueError: If ids, names or colours are missing or out of range.
        """
        try:
            classes = tuple(
                LandCoverClass(
                    class_id=int(c["id"]),
                    name=str(c["name"]),
                    color=tuple(int(v) for v in c["color"]),
                    value=None if c.get("value") is None else int(c["value"]),
                )
                for c in data["classes"]
            )
            unknown = data.get("unknown_id", 0)
            return Legend(
                name=str(data["name"]),
                title=str(data.get("title", data["name"])),
                classes=classes,
                unknown_id=None if unknown is None else int(unknown),
            )
        except (KeyError, TypeError, AttributeError, OverflowError) as error:
            raise ValueError(f"The legend is incomplete: {error!r}.") from error


def load_legend(name: str = "deepglobe") -> Legend:
    """Return a legend of resources/legends by its name, or the one in a JSON file of the same form.

    It is as networks need it: ids with gaps (NLCD's 11 to 95) become values of masks, and classes are numbered.

    Raises:
        DataError: If there is no such legend, or the file is none.
    """
    path = legend_path(name)
    try:
        return Legend.from_dict(read_legend_file(path)).numbered()
    except (OSError, ValueError) as error:
        raise DataError(f"The legend {path} cannot be used: {error}") from error


def legend_path(name: str) -> Path:
    """Return the file of a legend: of resources/legends by its name, or a JSON file.

    Raises:
        DataError: If there is none.
    """
    path = Path(name) if name.lower().endswith(".json") else LEGEND_DIR / f"{name}.json"
    if not path.is_file():
        known = sorted(p.stem for p in LEGEND_DIR.glob("*.json"))
        raise DataError(f"There is no legend {name!r}; known are {known}, or name a JSON file.")
    return path


def read_legend_file(path: Path) -> Any:
    """Return the JSON data of a legend's file.

    Raises:
        OSError: If it cannot be read.
        ValueError: If it is no JSON, or far larger than a legend.
    """
    if path.stat().st_size > LARGEST_FILE_BYTES:
        raise ValueError(f"It has {path.stat().st_size} bytes; a legend has {LARGEST_FILE_BYTES} at most.")
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except RecursionError:
        raise ValueError("Its brackets are nested too deep.") from None


def one_line(text: str) -> str:
    """Return a name on one line: line breaks, control characters and what is no character become single blanks."""
    plain = "".join(" " if c in _TURNS or unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in text)
    return re.sub(" {2,}", " ", plain).strip()


def spread_color(class_id: int) -> tuple[int, int, int]:
    """Return a colour that differs from those of the neighbouring classes: hues a golden section apart."""
    hue = class_id * 0.618034 % 1 * 6
    rise = round(255 * (hue % 1))
    ramp = (
        (255, rise, 0),
        (255 - rise, 255, 0),
        (0, 255, rise),
        (0, 255 - rise, 255),
        (rise, 0, 255),
        (255, 0, 255 - rise),
    )
    return tuple(60 + v * 180 // 255 for v in ramp[int(hue)])
