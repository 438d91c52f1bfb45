"""Reference points that somebody brings along: where they lie and which class they have."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.crs import CRS
from rasterio.errors import CRSError

from ...raster.vector_input import read_vector, shapes_of, vector_info
from ...system.errors import InvalidJob


@dataclass(frozen=True, kw_only=True)
class ReferencePoints:
    """Points with a label.

    Attributes:
        crs: CRS of their coordinates.
        x: ``(n,)`` float64.
        y: ``(n,)`` float64.
        label: Label of each; empty without one.
    """

    crs: CRS
    x: np.ndarray
    y: np.ndarray
    label: tuple[str, ...]


def read_reference_points(path: Path, field: str, layer: str = "") -> ReferencePoints:
    """Return the points of a vector file, or of a CSV file with the columns lon and lat.

    Args:
        path: The file.
        field: Field with the class.
        layer: Layer of the file; empty takes the first.

    Raises:
        InvalidJob: If it cannot be read, holds no points, has no CRS or lacks the field.
    """
    if not path.exists():
        raise InvalidJob(f"There is no file of reference points {str(path)!r}. Check the path.")
    return _of_table(path, field) if path.suffix.lower() in (".csv", ".txt") else _of_layer(path, field, layer)


def _of_layer(path: Path, field: str, layer: str) -> ReferencePoints:
    try:
        known = [str(name) for name in vector_info(path, layer=layer or 0)["fields"]]
        _check_field(path, field, known)
        meta, _, wkb, values = read_vector(path, layer=layer or 0, columns=[field], force_2d=True)
        crs = CRS.from_user_input(meta["crs"]) if meta["crs"] else None
    except (DataSourceError, DataLayerError, CRSError) as error:
        raise InvalidJob(f"{str(path)!r} cannot be read as points: {error}.") from error
    if crs is None:
        raise InvalidJob(f"The points of {str(path)!r} have no coordinate reference system. Assign one.")
    shapes = shapes_of(wkb, str(path))
    kinds = shapely.get_type_id(shapes)
    is_point = (kinds == shapely.GeometryType.POINT) & ~shapely.is_empty(shapes)
    if not is_point.any():
        raise InvalidJob(f"{str(path)!r} holds no single points. Polygons are assessed by 'assess polygons'.")
    return ReferencePoints(
        crs=crs,
        x=shapely.get_x(shapes[is_point]),
        y=shapely.get_y(shapes[is_point]),
        label=tuple("" if v is None else str(v).strip() for v in values[0][is_point].tolist()),
    )


def _of_table(path: Path, field: str) -> ReferencePoints:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidJob(f"{str(path)!r} cannot be read as UTF-8 text: {error}.") from error
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    table = csv.DictReader(text.splitlines(), delimiter=delimiter)
    names = [name.strip() for name in table.fieldnames or ()]
    for name in ("lon", "lat", field):
        _check_field(path, name, names)
    rows = [{(k or "").strip(): (v or "").strip() for k, v in row.items()} for row in table]
    try:
        x, y = (np.array([float(row[name]) for row in rows]) for name in ("lon", "lat"))
    except ValueError as error:
        raise InvalidJob(f"{str(path)!r} has a place that is no number of degrees: {error}.") from error
    return ReferencePoints(crs=CRS.from_epsg(4326), x=x, y=y, label=tuple(row[field] for row in rows))


def _check_field(path: Path, field: str, known: list[str]) -> None:
    if field not in known:
        raise InvalidJob(
            f"{str(path)!r} has no field {field!r}; its fields are {', '.join(known) or 'none'}. Name one."
        )
