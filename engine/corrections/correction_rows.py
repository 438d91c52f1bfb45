"""Correction rows: what a layer of corrections says, feature by feature, with class names or numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from ...models.errors import DataError
from ...models.legend import Legend
from ...models.training.chips import listed
from ..raster.grid import RasterGrid
from ..raster.placement import in_crs, layer_crs, shapes_in_pixels
from .corrections import Corrections

POLYGONAL = (3, 6)
"""GEOS's type ids of polygons and multipolygons."""

NEW_FIELDS = ("new_class", "new_class_id", "class_name", "class_id", "class")
OLD_FIELDS = ("old_classes", "old_class")
TEXTS = ("author", "date", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRow:
    """One correction.

    Attributes:
        shape: Polygon in the coordinates of its layer.
        new_class: Class id that pixels inside get.
        old_classes: Class ids that change; empty for all.
        priority: Of two that overlap the higher one wins; of equals the later one.
        author: Who made it.
        date: When, ISO 8601.
        reason: Why.
    """

    shape: shapely.Geometry
    new_class: int
    old_classes: frozenset[int] = frozenset()
    priority: int = 0
    author: str = ""
    date: str = ""
    reason: str = ""


def read_rows(path: Path, legend: Legend, *, layer: str = "") -> tuple[list[CorrectionRow], str]:
    """Return the corrections of a layer and its coordinate system as text.

    The new class stands in `new_class`, `new_class_id`, `class_name` or `class_id`, the classes that change (else all)
    in `old_classes`, parted by commas, or `old_class`; each by name or number. `priority`, `author`, `date` and
    `reason` may be there. Features without new class or area are left out.

    Args:
        path: Vector file.
        legend: Classes of the map.
        layer: Layer of the file; empty takes the first.

    Raises:
        DataError: If the file cannot be read, has no such field, or names a class that the map lacks.
    """
    if not path.exists():
        raise DataError(f"There are no corrections at {path}. Name a vector file with polygons.")
    try:
        meta, _, wkb, columns = pyogrio.raw.read(path, layer=layer or None, force_2d=True)
        shapes = shapely.make_valid(shapely.from_wkb(wkb, on_invalid="ignore")) if wkb is not None else np.array([])
    except (DataSourceError, DataLayerError, ValueError) as error:
        raise DataError(f"The corrections {path} cannot be read: {error}.") from error
    by_name = dict(zip((str(name).casefold() for name in meta["fields"]), columns, strict=True))
    new = next((name for name in NEW_FIELDS if name in by_name), None)
    if new is None:
        raise DataError(
            f"{path.name} has no field 'new_class'; its fields are {listed([str(f) for f in meta['fields']])}. Give "
            "each polygon the name or number of its new class there."
        )
    old = next((name for name in OLD_FIELDS if name in by_name), None)
    rows = []
    for number, shape in enumerate(shapes):
        values = {name: column[number] for name, column in by_name.items()}
        new_class = class_id_of(values[new], legend, path.name)
        if new_class is not None and _has_area(shape):
            rows.append(_row(shape, new_class, values, old, legend, path.name))
    return rows, layer_crs(meta)


def _row(
    shape: shapely.Geometry, new_class: int, values: dict[str, Any], old: str | None, legend: Legend, file: str
) -> CorrectionRow:
    wanted = _text(values[old]).split(",") if old else []
    known = (class_id_of(part, legend, file) for part in wanted)
    return CorrectionRow(
        shape=shape,
        new_class=new_class,
        old_classes=frozenset(class_id for class_id in known if class_id is not None),
        priority=int(float(_text(values.get("priority")) or 0)),
        **{name: _text(values.get(name)) for name in TEXTS},
    )


def class_id_of(value: Any, legend: Legend, file: str) -> int | None:
    """Return the class id of a name or number; None for nothing.

    Raises:
        DataError: If the map has no such class.
    """
    text = _text(value)
    if not text:
        return None
    for c in legend.classes:
        if text.casefold() == c.name.casefold() or text == str(c.class_id):
            return c.class_id
    names = listed([f"{c.class_id} {c.name}" for c in legend.classes], 20)
    raise DataError(f"{file} names the class {text!r}; the map has {names}.")


def joined(parts: Sequence[tuple[list[CorrectionRow], str]]) -> tuple[list[CorrectionRow], str]:
    """Return the corrections of several layers as one, in the coordinate system of the first.

    Raises:
        InvalidJob: If one of them cannot be brought there.
    """
    if not parts:
        return [], ""
    rows, crs_text = list(parts[0][0]), parts[0][1]
    for others, their_crs in parts[1:]:
        shapes = in_crs(np.array([row.shape for row in others], object), their_crs, crs_text)
        rows += [dataclasses.replace(row, shape=shape) for row, shape in zip(others, shapes, strict=True)]
    return rows, crs_text


def placed(rows: Sequence[CorrectionRow], crs_text: str, grid: RasterGrid, name: str) -> Corrections:
    """Return corrections in the pixels of a raster, in the order in which they are applied.

    Raises:
        InvalidJob: If they cannot be placed on the raster.
    """
    order = sorted(range(len(rows)), key=lambda i: rows[i].priority)  # stable: of equals the later one wins
    shapes = np.array([rows[i].shape for i in order], object)
    return Corrections(
        shapes=shapes_in_pixels(shapes, crs_text, name, grid) if len(shapes) else shapes,
        new_class=np.array([rows[i].new_class for i in order], np.uint8),
        old_classes=tuple(rows[i].old_classes for i in order),
    )


def write_rows(path: Path, rows: Sequence[CorrectionRow], crs_text: str, legend: Legend) -> None:
    """Write corrections as a GeoPackage with names and numbers of the classes.

    Args:
        path: File to make.
        rows: The corrections.
        crs_text: Their coordinate system; empty for none.
        legend: Classes of the map.
    """
    names = {c.class_id: c.name for c in legend.classes}
    columns = {
        "new_class": np.array([names[r.new_class] for r in rows], object),
        "new_class_id": np.array([r.new_class for r in rows], np.int32),
        "old_classes": np.array([",".join(names[i] for i in sorted(r.old_classes)) for r in rows], object),
        "priority": np.array([r.priority for r in rows], np.int32),
        **{name: np.array([getattr(r, name) for r in rows], object) for name in TEXTS},
    }
    shapes = [shapely.MultiPolygon(_polygons(r.shape)) for r in rows]
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(shapes, object)), list(columns.values()), list(columns), layer="corrections",
        driver="GPKG", geometry_type="MultiPolygon", crs=crs_text or None,
    )  # fmt: skip


def _polygons(shape: shapely.Geometry) -> list[shapely.Geometry]:
    return [part for part in shapely.get_parts(shapely.get_parts(shape)) if shapely.get_type_id(part) == POLYGONAL[0]]


def _has_area(shape: shapely.Geometry | None) -> bool:
    return shape is not None and shapely.area(shape) > 0


def _text(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value).strip()
