"""Overlays on the pixels of a map: another raster's classes, named polygons, or what is left out."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Protocol

import numpy as np
import rasterio
import shapely
from affine import Affine
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.features import rasterize
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window as RasterioWindow

from ...contract.events import ErrorCode
from ...maps.zones import read_shapes, read_zones
from ...raster.class_legend import legend_of
from ...raster.class_raster import ClassRaster
from ...raster.grid import RasterGrid, Window
from ...system.errors import InvalidJob, RasterError

OUTSIDE = "outside"
"""Name of the part of the map that no polygon or pixel of an overlay covers; it is never dropped."""


class Overlay(Protocol):
    """Tells for each pixel of a map in which part of an overlay it lies.

    Attributes:
        names: Names of the parts; the first is what lies outside all of them.
    """

    names: tuple[str, ...]

    def ids(self, window: Window) -> np.ndarray:
        """Return the index in `names` of each pixel of a window as ``(rows, cols)`` int32."""
        ...


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


class RasterOverlay:
    """Classes of another raster at the middles of the map's pixels.

    Args:
        path: Class raster in any CRS.
        grid: Grid of the map.

    Raises:
        RasterError: If it is no class raster or has no CRS.
    """

    def __init__(self, path: Path, grid: RasterGrid) -> None:
        with ClassRaster(path) as raster:
            if raster.grid.crs is None:
                raise RasterError(
                    ErrorCode.RASTER_UNSUITABLE,
                    f"The raster of strata {str(path)!r} has no CRS, so nobody knows where it lies. Assign one.",
                )
            values, legend = raster.values, legend_of(path)
        classes = legend.classes if values is None else legend.classes[: len(values)]
        self.names = (OUTSIDE, *(c.name for c in classes))
        self._values = np.array([c.class_id for c in classes] if values is None else values)
        self._path = path
        try:
            self._source = rasterio.open(path)
            self._warped = WarpedVRT(
                self._source,
                crs=grid.crs,
                transform=grid.transform,
                width=grid.width,
                height=grid.height,
                resampling=Resampling.nearest,
                add_alpha=True,
            )
        except RasterioError as error:
            raise RasterError(
                ErrorCode.RASTER_UNSUITABLE, f"{str(path)!r} cannot be laid over the map: {error}."
            ) from error

    def __enter__(self) -> RasterOverlay:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._warped.close()
        self._source.close()

    def ids(self, window: Window) -> np.ndarray:
        """Return the part of each pixel, as `Overlay` has it."""
        part = RasterioWindow(window.col_off, window.row_off, window.width, window.height)
        try:
            values, alpha = self._warped.read(1, window=part), self._warped.read(self._warped.count, window=part)
        except RasterioError as error:
            raise RasterError(ErrorCode.READ_FAILED, f"{str(self._path)!r} cannot be read: {error}.") from error
        index = np.searchsorted(self._values, values).clip(0, len(self._values) - 1)
        known = (alpha > 0) & (self._values[index] == values)
        return np.where(known, index + 1, 0).astype(np.int32)


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
