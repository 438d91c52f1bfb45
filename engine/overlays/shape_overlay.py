"""Overlay of named shapes, such as districts or teaching examples."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely
from affine import Affine
from rasterio.features import rasterize

from ..maps.zones import read_shapes, read_zones
from ..raster.grid import RasterGrid, Window
from ..system.errors import InvalidJob
from .overlay import OUTSIDE


class ShapeOverlay:
    """Polygons with names, burnt where they hold the middle of a pixel; the last of those that overlap counts.

    Args:
        names: Name of each shape; shapes of one name are one part.
        shapes: ``(n,)`` geometries in pixels of the map.
        all_touched: Whether every pixel counts that a shape touches.
    """

    def __init__(self, names: list[str], shapes: np.ndarray, *, all_touched: bool = False) -> None:
        known = list(dict.fromkeys(names))
        self.names = (OUTSIDE, *known)
        self._ids = np.array([known.index(name) + 1 for name in names], np.int32)
        self._shapes, self._tree, self._all_touched = shapes, shapely.STRtree(shapes), all_touched

    def ids(self, window: Window) -> np.ndarray:
        """Return the part of each pixel, as `Overlay` has it."""
        box = shapely.box(window.col_off, window.row_off, window.col_end, window.row_end)
        near = np.sort(self._tree.query(box))
        if not len(near):
            return np.zeros(window.shape, np.int32)
        return rasterize(
            zip(self._shapes[near].tolist(), self._ids[near].tolist(), strict=True),
            out_shape=window.shape,
            transform=Affine.translation(window.col_off, window.row_off),
            all_touched=self._all_touched,
            dtype=np.int32,
        )


def polygon_overlay(path: Path, grid: RasterGrid, *, field: str = "", layer: str = "") -> ShapeOverlay:
    """Return named polygons as parts of the map; without a field they are numbered.

    Raises:
        InvalidJob: If the file holds no polygons, or lacks the field.
    """
    zones = read_zones(path, grid, field=field, layer=layer)
    return ShapeOverlay([z.name for z in zones], np.array([z.shape for z in zones], dtype=object))


def left_out_overlay(path: Path, grid: RasterGrid) -> ShapeOverlay:
    """Return the pixels that points, lines or polygons touch, such as teaching examples.

    Raises:
        InvalidJob: If the file cannot be read or holds no geometry.
    """
    _, shapes = read_shapes(path, grid, what="examples to leave out")
    if not len(shapes):
        raise InvalidJob(f"{str(path)!r} holds no examples to leave out. Name another file, or leave out none.")
    return ShapeOverlay(["left out"] * len(shapes), shapes, all_touched=True)
