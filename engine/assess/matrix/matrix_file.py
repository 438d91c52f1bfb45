"""Error matrix with areas as a CSV file: header `map,<reference classes…>,area`, a row per map class."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...system.errors import InvalidJob

EXAMPLE = "map,forest,water,area"

MOST_POINTS = 10**12
"""Points of one cell: more than anybody has looked at, few enough to be summed exactly."""


@dataclass(frozen=True, kw_only=True)
class ErrorMatrix:
    """Counts of a sample by class on the map and reference class.

    Attributes:
        classes: Names of the K classes: the reference's in their order, then those that are on the map only.
        counts: ``(K, K)`` int64, rows are classes on the map.
        areas: ``(K,)`` float64 mapped area of each, 0 for classes that are in the reference only.
    """

    classes: tuple[str, ...]
    counts: np.ndarray
    areas: np.ndarray


def read_matrix(path: Path) -> ErrorMatrix:
    """Return the matrix in a file; commas or semicolons separate, a byte order mark does no harm.

    Raises:
        InvalidJob: If there is no such file, or it is not of this form.
    """
    header, rows = _read(path)
    reference = [name.strip() for name in header[1:-1]]
    on_map = [row[0].strip() for row in rows]
    _check_names(path, reference, "columns")
    _check_names(path, on_map, "rows")
    classes = [*reference, *(name for name in on_map if name not in reference)]
    counts, areas = np.zeros((len(classes), len(classes)), np.int64), np.zeros(len(classes))
    for name, row in zip(on_map, rows, strict=True):
        i = classes.index(name)
        counts[i, : len(reference)] = [_count(path, name, text) for text in row[1:-1]]
        areas[i] = _area(path, name, row[-1])
    if not areas.sum() > 0:
        raise InvalidJob(f"All areas of {str(path)!r} are 0. Give the mapped area of each class in the last column.")
    return ErrorMatrix(classes=tuple(classes), counts=counts, areas=areas)


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InvalidJob(f"There is no table {str(path)!r}. Check the path.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidJob(f"{str(path)!r} cannot be read as UTF-8 text: {error}.") from error
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = [row for row in csv.reader(text.splitlines(), delimiter=delimiter) if any(cell.strip() for cell in row)]
    header = rows[0] if rows else []
    if len(header) < 3 or header[0].strip().lower() != "map" or header[-1].strip().lower() != "area":
        raise InvalidJob(
            f"The first line of {str(path)!r} is {first.strip()[:80]!r}; expected 'map', the reference classes and "
            f"'area', as in {EXAMPLE!r}."
        )
    if len(rows) < 2:
        raise InvalidJob(f"{str(path)!r} has no row below its header. Give a row for each class of the map.")
    for row in rows[1:]:
        if len(row) != len(header):
            raise InvalidJob(
                f"The row {row[0]!r} of {str(path)!r} has {len(row)} cells, its header {len(header)}. Give each row a "
                "name, a count for every reference class and an area."
            )
    return header, rows[1:]


def _check_names(path: Path, names: list[str], what: str) -> None:
    if "" in names:
        raise InvalidJob(f"One of the {what} of {str(path)!r} has no class name. Name all.")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidJob(f"The class {twice[0]!r} is in two {what} of {str(path)!r}. Name each class once.")


def _count(path: Path, name: str, text: str) -> int:
    try:
        value = float(text.strip() or "0")
    except ValueError:
        value = math.nan
    if not (0 <= value <= MOST_POINTS and value == int(value)):
        raise InvalidJob(
            f"The row {name!r} of {str(path)!r} has {text.strip()!r} where a number of points is expected: 0, 1, 2 … "
            "Counts are needed, not shares."
        )
    return int(value)


def _area(path: Path, name: str, text: str) -> float:
    try:
        value = float(text.strip())
    except ValueError:
        value = math.nan
    if not (0 <= value < math.inf):
        raise InvalidJob(
            f"The area of the row {name!r} of {str(path)!r} is {text.strip()!r}; expected a number of at least 0."
        )
    return value
