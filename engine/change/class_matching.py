"""Common classes of two maps, matched by name or by a crosswalk file.

A crosswalk is a CSV file with the header `map,class,common`: `map` is old, new or both (of an evaluation: map,
reference or both), `class` a class of that map,
`common` the class that it counts as. Classes that it does not name keep their names.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...models.legend import NODATA, Legend
from ..system.errors import InvalidJob

HEADER = ["map", "class", "common"]
DATES = ("old", "new")


@dataclass(frozen=True, kw_only=True)
class CommonClasses:
    """Classes that both maps are told in.

    Attributes:
        names: Their K names.
        colors: Red, green, blue of each.
        old: ``(256,)`` uint8 index of the class of each class id of the old map; 255 for none.
        new: ``(256,)`` the same of the new map.
    """

    names: tuple[str, ...]
    colors: tuple[tuple[int, int, int], ...]
    old: np.ndarray
    new: np.ndarray


def match_classes(
    old: Legend, new: Legend, crosswalk: Path | None = None, called: tuple[str, str] = DATES
) -> CommonClasses:
    """Return the common classes of two legends, those of the old one first.

    Args:
        old: Legend of one map.
        new: Legend of the other one.
        crosswalk: What belongs together where names do not tell.
        called: What the crosswalk calls the two.

    Raises:
        InvalidJob: If the two have no class in common, or the crosswalk is none or names unknown classes.
    """
    legends = dict(zip(called, (old, new), strict=True))
    renamed = read_crosswalk(crosswalk, legends) if crosswalk else {}
    named = {
        date: [(c, renamed.get((date, _compared(c.name)), c.name)) for c in legend.classes]
        for date, legend in legends.items()
    }
    names: dict[str, tuple[str, tuple[int, int, int]]] = {}
    for date in called:
        for c, name in named[date]:
            names.setdefault(_compared(name), (name, c.color))
    common = {_compared(n) for _, n in named[called[0]]} & {_compared(n) for _, n in named[called[1]]}
    if not common:
        raise InvalidJob(
            f"The maps have no class in common: the old one has {_listed(old)}, the new one {_listed(new)}. Say with a "
            "crosswalk file what belongs together."
        )
    place = {key: k for k, key in enumerate(names)}
    tables = {}
    for date in called:
        tables[date] = np.full(256, NODATA, np.uint8)
        for c, name in named[date]:
            tables[date][c.class_id] = place[_compared(name)]
    return CommonClasses(
        names=tuple(name for name, _ in names.values()),
        colors=tuple(color for _, color in names.values()),
        old=tables[called[0]],
        new=tables[called[1]],
    )


def read_crosswalk(path: Path, legends: dict[str, Legend]) -> dict[tuple[str, str], str]:
    """Return the common class of (date, class) as a crosswalk file has it.

    Raises:
        InvalidJob: If it cannot be read, has another header, or names classes that a map has not.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InvalidJob(f"There is no crosswalk {str(path)!r}. Check the path.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidJob(f"{str(path)!r} cannot be read as UTF-8 text: {error}.") from error
    first = text.split("\n", 1)[0]
    rows = [r for r in csv.reader(text.splitlines(), delimiter=";" if ";" in first else ",") if any(r)]
    if not rows or [cell.strip().lower() for cell in rows[0]] != HEADER:
        raise InvalidJob(f"The first line of {str(path)!r} is {first.strip()[:80]!r}; expected {','.join(HEADER)!r}.")
    found, unknown = {}, []
    for row in rows[1:]:
        date, name, common = (cell.strip() for cell in (*row, "", "", "")[:3])
        if date.lower() not in (*legends, "both") or not name or not common:
            raise InvalidJob(
                f"The line {','.join(row)!r} of {str(path)!r} is none of {', '.join(legends)} or both, "
                "a class, a class."
            )
        for one in legends if date.lower() == "both" else (date.lower(),):
            if _compared(name) not in {_compared(c.name) for c in legends[one].classes}:
                unknown.append(f"{name} ({one})")
            found[one, _compared(name)] = common
    if unknown:
        raise InvalidJob(
            f"The crosswalk names classes that the maps have not: {', '.join(unknown)}. "
            + " ".join(f"{which.capitalize()}: {_listed(legend)}." for which, legend in legends.items())
        )
    return found


def _compared(name: str) -> str:
    return " ".join(name.split()).casefold()


def _listed(legend: Legend) -> str:
    return ", ".join(c.name for c in legend.classes)
