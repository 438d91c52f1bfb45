"""The part of a raster that is classified: a rectangle, the polygons of a file, or what lies in both."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from affine import Affine
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.features import rasterize

from ..contract.job import AreaOfInterest
from ..system.errors import InvalidJob
from .grid import RasterGrid, Window
from .opening import is_gdal_name
from .placement import layer_crs, off_raster, shapes_in_pixels
from .vector_input import read_vector, shapes_of

LARGEST_PX = 10**13
"""Pixels of a raster on which polygons are laid."""

POLYGONAL = (3, 6)
"""GEOS's type ids of polygons and multipolygons."""


@dataclass(frozen=True)
class PolygonMask:
    """Polygons in pixels of the raster: a pixel belongs to them if its centre lies in one.

    Attributes:
        shapes: ``(n,)`` valid polygons, x in columns and y in lines.
    """

    shapes: np.ndarray
    _tree: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        shapely.prepare(self.shapes)
        object.__setattr__(self, "_tree", shapely.STRtree(self.shapes))

    @property
    def window(self) -> Window:
        """The pixels around all polygons, which may lie outside the raster."""
        left, top, right, bottom = shapely.total_bounds(self.shapes)
        first_col, first_row = int(np.floor(left)), int(np.floor(top))
        return Window(first_col, first_row, int(np.ceil(right)) - first_col, int(np.ceil(bottom)) - first_row)

    def touches(self, window: Window) -> bool:
        """Return whether any pixel of a window belongs to the polygons."""
        if not window.pixels:
            return False
        box = _box(window)
        near = self._tree.query(box, predicate="intersects")
        return bool(len(near)) and (
            bool(shapely.contains(self.shapes[near], box).any()) or bool(self.inside(window).any())
        )

    def inside(self, window: Window) -> np.ndarray:
        """Return ``(H, W)`` bool, True for the pixels of a window that belong to the polygons."""
        box = _box(window)
        near = self.shapes[self._tree.query(box, predicate="intersects")]
        if not len(near):
            return np.zeros(window.shape, bool)
        if shapely.contains(near, box).any():
            return np.ones(window.shape, bool)
        place = Affine.translation(window.col_off, window.row_off)
        return rasterize(near.tolist(), out_shape=window.shape, transform=place, dtype="uint8").astype(bool)


def choose_area(area: AreaOfInterest | None, grid: RasterGrid) -> tuple[Window, PolygonMask | None]:
    """Return the pixels to classify as the window around them and, where polygons were given, their mask.

    Args:
        area: What was asked for; None for all.
        grid: Grid of the raster.

    Raises:
        InvalidJob: With one sentence, if the polygons cannot be used or nothing of the raster lies in the area.
    """
    if area is None:
        return grid.window, None
    window = grid.window
    if area.bounds is not None:
        window = grid.window_of(area.bounds)
        if not window.pixels:
            raise off_raster(f"The area {list(area.bounds)} does", grid)
    if not area.polygons:
        return window, None
    if grid.window.pixels > LARGEST_PX:
        raise InvalidJob(
            f"The raster has {grid.width} × {grid.height} pixels, too many to lay polygons on. Give bounds as the area."
        )
    name = Path(area.polygons).name
    mask = read_mask(area.polygons, area.layer, grid)
    window = window.intersection(mask.window)
    strips = window.strips(max(1, (1 << 24) // max(1, window.width))) if window.pixels else []
    if not any(mask.touches(strip) for strip in strips):
        within = " within the given bounds" if area.bounds is not None else ""
        raise off_raster(f"The polygons of {name} do", grid, within)
    return window, mask


def read_mask(path: str, layer: str, grid: RasterGrid) -> PolygonMask:
    """Read polygons of any coordinate system and bring their corners to a raster's pixels.

    Corners are reprojected and joined by straight lines, as QGIS draws them.

    Args:
        path: Vector file that GDAL reads.
        layer: Its layer; empty takes the only or first one.
        grid: Grid of the raster.

    Raises:
        InvalidJob: With one sentence, if there is no usable polygon.
    """
    shapes, crs_text, name = _read(path, layer)
    is_polygon = np.isin(shapely.get_type_id(shapes), POLYGONAL) & ~shapely.is_empty(shapes)
    if not is_polygon.any():
        kinds = sorted({s.geom_type for s in shapes if s is not None}) or ["no features"]
        raise InvalidJob(f"{name} has no polygons but {', '.join(kinds)}. Give a layer with the polygons of the area.")
    shapes = shapely.force_2d(shapes[is_polygon])
    if not np.isfinite(shapely.bounds(shapes)).all():
        raise InvalidJob(f"{name} has polygons with corners at infinity. Repair the layer.")
    shapes = shapes_in_pixels(shapes, crs_text, name, grid)
    # Where a border crosses itself, what it encloses is meant.
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(shapes)))
    parts = parts[np.isin(shapely.get_type_id(parts), POLYGONAL) & ~shapely.is_empty(parts)]
    if not len(parts):
        raise InvalidJob(f"The polygons of {name} have no area. Draw polygons, or repair the layer.")
    return PolygonMask(parts)


def _read(path: str, layer: str) -> tuple[np.ndarray, str, str]:
    """Return the geometries of a layer, its CRS as text, and what to call it."""
    if not is_gdal_name(path) and not Path(path).exists():
        raise InvalidJob(f"There is no file of polygons at {path}. Check the path of the area.")
    name = Path(path).name
    try:
        meta, _, wkb, _ = read_vector(path, layer=layer or 0, columns=[])
        shapes = shapes_of(wkb, name)
    except DataLayerError as error:
        layers = ", ".join(repr(str(row[0])) for row in pyogrio.list_layers(path)) or "none"
        raise InvalidJob(
            f"{name} has no layer {layer!r}; its layers are {layers}. Choose one as the layer of the area."
        ) from error
    except (DataSourceError, shapely.errors.ShapelyError) as error:
        raise InvalidJob(f"The polygons of {path} cannot be read ({error}). Give a vector file of polygons.") from error
    return shapes, layer_crs(meta), name


def _box(window: Window) -> shapely.Geometry:
    return shapely.box(window.col_off, window.row_off, window.col_end, window.row_end)
