"""Placement of vector shapes on a raster: from any coordinate system to its pixels."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from affine import Affine
from rasterio.crs import CRS
from rasterio.errors import CRSError
from rasterio.warp import transform as reproject

from ..system.errors import InvalidJob
from .grid import PROJECTION_ERRORS, RasterGrid


def shapes_in_pixels(shapes: np.ndarray, crs_text: str, name: str, grid: RasterGrid) -> np.ndarray:
    """Return shapes in pixels of a raster, x in columns and y in lines.

    Corners are reprojected and joined by straight lines, as QGIS draws them. Shapes that have no place in the raster's
    coordinate system become empty.

    Args:
        shapes: ``(n,)`` two-dimensional geometries.
        crs_text: Their coordinate system, as GDAL gives it; empty if the file has none.
        name: Name of the file, for messages.
        grid: Grid of the raster.

    Raises:
        InvalidJob: With one sentence, if coordinate systems are missing or no shape has a place.
    """
    placed = _in_raster_crs(shapes, crs_text, name, grid)
    return shapely.transform(placed, _to_pixels(placed, grid))


def in_crs(shapes: np.ndarray, crs_text: str, wanted: str) -> np.ndarray:
    """Return shapes in another coordinate system; as they are where one of the two is not known.

    Raises:
        InvalidJob: If they cannot be brought there.
    """
    if not crs_text or not wanted:
        return shapes
    try:
        source, target = CRS.from_user_input(crs_text), CRS.from_user_input(wanted)
        if source == target:
            return shapes
        return shapely.transform(shapes, lambda xy: np.column_stack(reproject(source, target, xy[:, 0], xy[:, 1])[:2]))
    except (CRSError, *PROJECTION_ERRORS) as error:
        raise InvalidJob(f"The two layers' coordinate systems cannot be brought together: {error}.") from error


def off_raster(what: str, grid: RasterGrid, where: str = "") -> InvalidJob:
    """Return the error that something does not touch the raster."""
    bounds = json.dumps([round(v, 3) for v in grid.bounds_of(grid.window)])
    return InvalidJob(
        f"{what} not touch the raster{where}, whose bounds are {bounds} in its own coordinate system. Choose an area "
        "on the raster."
    )


def _in_raster_crs(shapes: np.ndarray, crs_text: str, name: str, grid: RasterGrid) -> np.ndarray:
    if grid.crs is None:
        if crs_text:
            raise InvalidJob(
                f"The raster has no coordinate system, so the polygons of {name} have no place on it. Give the raster "
                "one, or the area as bounds in pixels."
            )
        return shapes
    if not crs_text:
        raise InvalidJob(f"{name} has no coordinate system. Set that of its layer and save it again.")
    try:
        crs = CRS.from_user_input(crs_text)
        if crs == grid.crs:
            return shapes
        found = shapely.transform(shapes, lambda xy: np.column_stack(reproject(crs, grid.crs, xy[:, 0], xy[:, 1])[:2]))
    except (CRSError, *PROJECTION_ERRORS) as error:
        raise InvalidJob(
            f"The polygons of {name} cannot be brought to the raster's coordinate system: {error}. Save the layer in "
            "that of the raster."
        ) from error
    is_finite = np.isfinite(shapely.bounds(found)).all(axis=1)
    if not is_finite.any():
        raise off_raster(f"The polygons of {name} do", grid)
    return np.where(is_finite, found, shapely.Polygon())


def _to_pixels(shapes: np.ndarray, grid: RasterGrid) -> Callable[[np.ndarray], np.ndarray]:
    """Return the function that brings coordinates of the raster to columns and lines."""
    t = Affine.scale(1, -1) if _hangs_below_zero(shapes, grid) else ~grid.transform

    def to_pixels(xy: np.ndarray) -> np.ndarray:
        x, y = xy[:, 0], xy[:, 1]
        return np.column_stack([t.a * x + t.b * y + t.c, t.d * x + t.e * y + t.f])

    return to_pixels


def layer_crs(meta: dict[str, Any]) -> str:
    """Return the CRS that pyogrio read of a layer, as text; empty where there is none.

    A GeoPackage names one in any case: "Undefined geographic SRS" or "Undefined Cartesian SRS" where there is none.
    """
    text = str(meta["crs"] or "")
    return "" if text.partition('"')[2].startswith("Undefined ") else text


def in_lines_of(shapes: np.ndarray, grid: RasterGrid) -> np.ndarray:
    """Return shapes drawn over a raster without place in that raster's coordinates, whose lines count downwards."""
    if not _hangs_below_zero(shapes, grid):
        return shapes
    return shapely.transform(shapes, lambda xy: xy * np.array([1.0, -1.0]))


def _hangs_below_zero(shapes: np.ndarray, grid: RasterGrid) -> bool:
    """Return whether shapes were drawn over a raster without place in QGIS, which counts its lines up to 0."""
    is_plain = not grid.is_georeferenced and grid.transform == Affine.identity()
    return bool(is_plain and len(shapes) and shapely.total_bounds(shapes)[3] <= 0)
