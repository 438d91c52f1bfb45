"""Burn-in: the features of any layer become corrections by a table of its values."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from ...models.errors import DataError
from ...models.legend import Legend
from ...models.training.chips import listed
from ..raster.placement import layer_crs
from .correction_rows import CorrectionRow, class_id_of

ANY = "*"
"""Value of the table that stands for all that it does not name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnRule:
    """What features of one value become.

    Attributes:
        new_class: Class id.
        priority: Of two that overlap the higher one wins.
        width: Width that lines and points get, in units of the layer's coordinate system; polygons get it as a
            margin of half of it.
        old_classes: Class ids that change; empty for all.
    """

    new_class: int
    priority: int = 0
    width: float = 0.0
    old_classes: frozenset[int] = frozenset()


def read_table(path: Path, legend: Legend) -> dict[str, BurnRule]:
    """Return the rules of a table, by value.

    A CSV file with a header: `value`, `class`, and if wanted `priority`, `width`, `old_classes` (parted by semicolons).
    The value `*` stands for all others.

    Raises:
        DataError: If the table cannot be read or names a class that the map lacks.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [{(k or "").strip().casefold(): v or "" for k, v in row.items()} for row in csv.DictReader(file)]
    except (OSError, UnicodeError, csv.Error) as error:
        raise DataError(f"The table {path} cannot be read: {error}.") from error
    if not rows or not {"value", "class"} <= set(rows[0]):
        raise DataError(f"{path.name} is no table of classes; it needs a header with 'value' and 'class'.")
    return {row["value"].strip(): _rule(row, legend, path.name) for row in rows}


def burned_in(
    path: Path, field: str, rules: dict[str, BurnRule], *, layer: str = "", author: str = "", date: str = ""
) -> tuple[list[CorrectionRow], str]:
    """Return the features of a layer as corrections, and its coordinate system as text.

    Args:
        path: Vector file.
        field: Column of the value; empty takes the rule `*` for all.
        rules: What values become; features of others are left out.
        layer: Layer of the file; empty takes the first.
        author: Who burns in.
        date: When.

    Raises:
        DataError: If the file cannot be read or nothing in it has a rule.
    """
    try:
        meta, _, wkb, columns = pyogrio.raw.read(
            path, layer=layer or None, columns=[field] if field else [], force_2d=True
        )
        shapes = shapely.make_valid(shapely.from_wkb(wkb, on_invalid="ignore")) if wkb is not None else np.array([])
    except (DataSourceError, DataLayerError, ValueError) as error:
        raise DataError(f"The layer {path} cannot be read: {error}.") from error
    if field and not columns:
        raise DataError(f"{path.name} has no field {field!r}. Name the field whose values the table lists.")
    values = [str(value) for value in columns[0].tolist()] if field else [ANY] * len(shapes)
    rows = []
    for shape, value in zip(shapes, values, strict=True):
        rule = rules.get(value, rules.get(ANY))
        if rule is None or shape is None:
            continue
        wide = shapely.buffer(shape, rule.width / 2) if rule.width else shape
        if shapely.area(wide) > 0:
            reason = f"burned in from {path.name}" + (f", {field} {value}" if field else "")
            rows.append(
                CorrectionRow(
                    shape=wide,
                    new_class=rule.new_class,
                    old_classes=rule.old_classes,
                    priority=rule.priority,
                    author=author,
                    date=date,
                    reason=reason,
                )
            )
    if not rows:
        raise DataError(
            f"Nothing of {path.name} can be burned in: the table names {listed(sorted(rules))}, and lines and points "
            "need a width."
        )
    return rows, layer_crs(meta)


def _rule(row: dict[str, str], legend: Legend, file: str) -> BurnRule:
    new_class = class_id_of(row["class"], legend, file)
    if new_class is None:
        raise DataError(f"{file} has no class for the value {row['value']!r}. Give one, or delete the line.")
    try:
        priority, width = int(row.get("priority") or 0), float(row.get("width") or 0)
    except ValueError as error:
        raise DataError(f"{file} has a priority or width that is no number: {error}.") from error
    if not 0 <= width < float("inf"):
        raise DataError(f"{file} has a width of {width}; it must be 0 or more.")
    old = (class_id_of(part, legend, file) for part in row.get("old_classes", "").split(";"))
    return BurnRule(
        new_class=new_class, priority=priority, width=width, old_classes=frozenset(i for i in old if i is not None)
    )
