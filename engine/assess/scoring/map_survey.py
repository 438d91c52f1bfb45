"""Survey of a map: its digest, the area of each class and part, and the class at points of a sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from affine import Affine
from rasterio.crs import CRS
from rasterio.features import rasterize
from rasterio.warp import transform as reproject

from ....models.legend import NODATA
from ...raster.classes.class_raster import ClassRaster
from ...raster.grid import PROJECTION_ERRORS, RasterGrid, Window
from ...system.errors import InvalidJob
from ..sampling.population import CODES, Census
from ..sampling.support import Support, SupportRule, SupportShape

LARGEST_SUPPORT_PX = 4_000_000
"""Pixels of a support that are looked at for its most frequent class."""


@dataclass(frozen=True, kw_only=True)
class MapAreas:
    """Areas of a map's classes, by part of an overlay.

    Attributes:
        pixels: ``(P, 256)`` pixels of each part and class id.
        area_m2: ``(P, 256)`` their area on the ellipsoid.
    """

    pixels: np.ndarray
    area_m2: np.ndarray


def areas_of(census: Census, parts: int = 1) -> MapAreas:
    """Return the areas that a census found."""
    size = parts * CODES
    return MapAreas(
        pixels=np.bincount(census.code, census.pixels, size).reshape(parts, CODES),
        area_m2=np.bincount(census.code, census.area_m2, size).reshape(parts, CODES),
    )


def planar_pixel_m2(grid: RasterGrid) -> float | None:
    """Return the area of a pixel in the plane of a projected CRS; None in degrees, where there is none."""
    if grid.crs is None or grid.crs.is_geographic:
        return None
    try:
        unit = grid.crs.linear_units_factor[1] or 1.0
    except PROJECTION_ERRORS:
        return None
    return abs(grid.transform.determinant) * unit * unit


def classes_at(
    raster: ClassRaster,
    crs: CRS,
    x: np.ndarray,
    y: np.ndarray,
    *,
    support: Support | None = None,
    outlines: np.ndarray | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> np.ndarray:
    """Return ``(n,)`` int64 class ids of an open map at points; -1 outside the map or where it has no data.

    Args:
        raster: The map.
        crs: CRS of the points.
        x: ``(n,)`` coordinates.
        y: ``(n,)`` coordinates.
        support: Whose class counts; without one, or with the rule "centre", that of the pixel at the point.
        outlines: ``(n,)`` polygons of the supports, in the points' CRS; needed for the rule "majority".
        should_stop: Asked now and then.

    Raises:
        InvalidJob: If the points cannot be brought to the map's CRS.
    """
    col, row = _pixels_of(raster.grid, crs, x, y)
    found = np.full(len(x), -1, np.int64)
    grid = raster.grid
    inside = np.flatnonzero((row >= 0) & (row < grid.height) & (col >= 0) & (col < grid.width))
    by_majority = (
        support is not None and support.shape is not SupportShape.PIXEL and support.rule is SupportRule.MAJORITY
    )
    placed = _outlines_on_pixels(grid, crs, outlines) if by_majority else None
    # In the order of rows: neighbours are in the same block of the file.
    for i in inside[np.lexsort((col[inside], row[inside]))].tolist():
        if should_stop():
            break
        r, c = int(row[i]), int(col[i])
        found[i] = _centre(raster, r, c) if placed is None else _majority(raster, placed[i], r, c)
    return found


def _centre(raster: ClassRaster, row: int, col: int) -> int:
    class_id = int(raster.read_window(Window(col, row, 1, 1))[0, 0])
    return -1 if class_id == NODATA else class_id


def _majority(raster: ClassRaster, outline: shapely.Geometry, row: int, col: int) -> int:
    """Return the most frequent class of the pixels whose middle is inside; the centre's decides a tie."""
    left, top, right, bottom = (int(v) for v in (*np.floor(outline.bounds[:2]), *np.ceil(outline.bounds[2:])))
    window = raster.grid.window.intersection(Window(left, top, right - left, bottom - top))
    if window.pixels > LARGEST_SUPPORT_PX:
        raise InvalidJob(
            f"A support of {window.pixels:,} pixels is too large. Take a smaller one, or the rule 'centre'."
        )
    if not window.pixels:
        return _centre(raster, row, col)
    inside = rasterize(
        [(outline, 1)],
        out_shape=window.shape,
        transform=Affine.translation(window.col_off, window.row_off),
        dtype=np.uint8,
    )
    class_ids = raster.read_window(window)[inside > 0]
    counts = np.bincount(class_ids[class_ids != NODATA], minlength=CODES)
    centre = _centre(raster, row, col)
    if not counts.any() or (centre >= 0 and counts[centre] == counts.max()):
        return centre
    return int(counts.argmax())


def _pixels_of(grid: RasterGrid, crs: CRS, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if not len(x):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    try:
        if crs != grid.crs:
            x, y = (np.asarray(v) for v in reproject(crs, grid.crs, x, y))
    except PROJECTION_ERRORS as error:
        raise InvalidJob(f"The points cannot be brought to the map's CRS: {error}.") from error
    col, row = ~grid.transform @ (np.asarray(x), np.asarray(y))
    with np.errstate(invalid="ignore"):
        sane = np.isfinite(col) & np.isfinite(row) & (abs(col) < 2**40) & (abs(row) < 2**40)
    # A point in the middle of a pixel must not leave it by rounding.
    return tuple(np.where(sane, np.floor(np.where(sane, v, 0) + 1e-9), -1).astype(np.int64) for v in (col, row))


def _outlines_on_pixels(grid: RasterGrid, crs: CRS, outlines: np.ndarray) -> np.ndarray:
    def forward(xy: np.ndarray) -> np.ndarray:
        x, y = (xy[:, 0], xy[:, 1]) if crs == grid.crs else reproject(crs, grid.crs, xy[:, 0], xy[:, 1])
        return np.column_stack(~grid.transform @ (np.asarray(x), np.asarray(y)))

    return shapely.transform(outlines, forward)
