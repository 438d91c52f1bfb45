"""Overlay of another class raster, at the middles of a map's pixels."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import numpy as np
import rasterio
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window as RasterioWindow

from ...models.legend import NODATA
from ..contract.events import ErrorCode
from ..raster.classes.class_legend import legend_of
from ..raster.classes.class_raster import ClassRaster
from ..raster.grid import RasterGrid, Window
from ..system.errors import RasterError
from .overlay import OUTSIDE


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
        known = {c.class_id: c.name for c in legend.classes}
        count = NODATA if values is None else len(values)
        self.names = (OUTSIDE, *(known.get(k, f"Class {k}") for k in range(count)))
        self._values = np.arange(NODATA) if values is None else np.array(values)
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
