"""Reads a class raster, ours or not, strip by strip: one class id per pixel, 255 where there is no data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import numpy as np
import rasterio
from rasterio.errors import RasterioError
from rasterio.windows import Window

from ..models.legend import NODATA
from .errors import RasterError
from .events import ErrorCode
from .grid import RasterGrid

STRIP_PX = 4_000_000
"""Pixels of a strip: few enough for memory and cache, enough to keep the overhead per strip small."""

CACHE_BYTES = 64 * 1024**2
"""GDAL's block cache while class rasters are read from top to bottom: nothing is read twice."""

READ_PX = 120_000_000
"""Pixels that may be read at once where the file's blocks are high."""


class ClassRaster:
    """An open class raster; a context manager.

    Args:
        path: Raster whose first band holds integers of 0 to 254.

    Attributes:
        grid: Its pixel grid.

    Raises:
        RasterError: If the file is missing, cannot be opened or holds no class ids.
    """

    def __init__(self, path: Path) -> None:
        if not Path(path).exists():
            raise RasterError(ErrorCode.RASTER_NOT_FOUND, f"There is no class raster {str(path)!r}. Check the path.")
        try:
            self._dataset = rasterio.open(path)
        except RasterioError as error:
            raise RasterError(
                ErrorCode.RASTER_UNREADABLE, f"{str(path)!r} cannot be opened as a raster: {error}."
            ) from error
        self.path = Path(path)
        self._nodata = self._dataset.nodata
        dtype = np.dtype(self._dataset.dtypes[0])
        if dtype.kind not in "ui":
            self.close()
            raise RasterError(
                ErrorCode.RASTER_UNSUITABLE,
                f"{str(path)!r} holds numbers of type {dtype}; a class raster holds whole numbers of 0 to 254.",
            )
        self._is_masked = rasterio.enums.MaskFlags.per_dataset in self._dataset.mask_flag_enums[0]
        crs = self._dataset.crs
        self.grid = RasterGrid(
            crs_wkt=crs.to_wkt() if crs else "",
            transform=self._dataset.transform,
            width=self._dataset.width,
            height=self._dataset.height,
        )

    def __enter__(self) -> ClassRaster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._dataset.close()

    @property
    def block_rows(self) -> int:
        """Height of the blocks in which the file is stored."""
        return self._dataset.block_shapes[0][0]

    @property
    def tags(self) -> dict[str, str]:
        """Metadata items of the file."""
        return self._dataset.tags()

    def read_rows(self, first: int, end: int) -> np.ndarray:
        """Return class ids of rows first … end - 1 as ``(rows, width)`` uint8, 255 where there is no data.

        Raises:
            RasterError: If the rows cannot be read or hold values that are no class ids.
        """
        window = Window(0, first, self.grid.width, end - first)
        try:
            values = self._dataset.read(1, window=window)
            masked = self._dataset.read_masks(1, window=window) == 0 if self._is_masked else None
        except RasterioError as error:
            raise RasterError(
                ErrorCode.READ_FAILED, f"Rows {first} to {end - 1} of {str(self.path)!r} cannot be read: {error}."
            ) from error
        class_ids = self._to_class_ids(values)
        if masked is not None:
            class_ids[masked] = NODATA
        return class_ids

    def _to_class_ids(self, values: np.ndarray) -> np.ndarray:
        is_plain = values.dtype == np.uint8
        if is_plain and self._nodata in (None, NODATA):
            return values
        missing = np.zeros(values.shape, bool) if self._nodata is None else values == self._nodata
        if not is_plain:
            low, high = (int(values[~missing].min()), int(values[~missing].max())) if not missing.all() else (0, 0)
            if low < 0 or high > NODATA:
                raise RasterError(
                    ErrorCode.RASTER_UNSUITABLE,
                    f"{str(self.path)!r} holds values of {low} to {high}; class ids are 0 to 254. Reclassify it first.",
                )
        class_ids = values.astype(np.uint8)
        class_ids[missing] = NODATA
        return class_ids


def iterate_strips(raster: ClassRaster, rows: int = 0) -> Iterator[tuple[int, np.ndarray]]:
    """Yield (first row, class ids) of strips from top to bottom.

    Args:
        raster: The raster.
        rows: Height of the strips; 0 takes a fitting one, and reads whole blocks so that none is decoded twice.
    """
    height = raster.grid.height
    if rows:
        for first in range(0, height, rows):
            yield first, raster.read_rows(first, min(height, first + rows))
        return
    rows = max(16, STRIP_PX // raster.grid.width)
    block = raster.block_rows
    step = max(block, rows // block * block) if block * raster.grid.width <= READ_PX else rows
    for first in range(0, height, step):
        read = raster.read_rows(first, min(height, first + step))
        for inner in range(0, len(read), rows):
            yield first + inner, read[inner : inner + rows]
