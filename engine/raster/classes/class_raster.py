"""Reads a class raster, ours or not, strip by strip: one class id per pixel, 255 where there is no data.

Class ids are 0 to 254. A raster with other values is read as if its values were numbered from 0 in ascending order, as
long as there are at most 255 of them; `ClassRaster.values` tells what the numbers stand for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType

import numpy as np
import rasterio
from rasterio.errors import RasterioError
from rasterio.windows import Window

from ....models.legend import NODATA
from ...contract.events import ErrorCode
from ...system.errors import RasterError
from ..grid import RasterGrid
from ..grid import Window as PixelWindow

STRIP_PX = 4_000_000
"""Pixels of a strip: few enough for memory and cache, enough to keep the overhead per strip small."""

CACHE_BYTES = 64 * 1024**2
"""GDAL's block cache while class rasters are read from top to bottom: nothing is read twice."""

MAX_VALUE = 2**31 - 1
"""Largest class value that every polygon format can hold."""

READ_PX = 120_000_000
"""Pixels that may be read at once where the file's blocks are high."""


class ClassRaster:
    """An open class raster; a context manager.

    Args:
        path: Raster whose first band holds whole numbers, at most 255 different ones.

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
                f"{str(path)!r} holds numbers of type {dtype}; a class raster holds whole numbers, one for each class. "
                "Convert it to integers first.",
            )
        self._dtype = dtype
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

    @cached_property
    def values(self) -> tuple[int, ...] | None:
        """Value in the file of each class id, where they differ; None where values are class ids.

        Where the type of the numbers leaves it open, the file is read once to find out.

        Raises:
            RasterError: If there are more than 255 values, or larger ones than polygon files can hold.
        """
        if self._has_class_ids:
            return None
        found: np.ndarray = np.zeros(0, np.int64)
        for first, end in _row_ranges(self):
            values, missing = self._read(PixelWindow(0, first, self.grid.width, end - first))
            flat, known = values.reshape(-1), ~missing.reshape(-1)
            # Only where a run begins can something new turn up.
            known[1:] &= (flat[1:] != flat[:-1]) | missing.reshape(-1)[:-1]
            found = np.union1d(found, flat[known].astype(np.int64))
            self._check(found)
        if not len(found) or (found[0] >= 0 and found[-1] < NODATA):
            return None
        return tuple(found.tolist())

    def read_rows(self, first: int, end: int) -> np.ndarray:
        """Return class ids of rows first … end - 1 as ``(rows, width)`` uint8, 255 where there is no data.

        Raises:
            RasterError: If the rows cannot be read or hold values that are no class ids.
        """
        return self.read_window(PixelWindow(0, first, self.grid.width, end - first))

    def read_window(self, window: PixelWindow) -> np.ndarray:
        """Return class ids of a window inside the raster as ``(rows, cols)`` uint8, 255 where there is no data.

        Raises:
            RasterError: If the pixels cannot be read or hold values that are no class ids.
        """
        known = self.values
        if known is None and self._is_plain:
            return self._read_values(window)
        values, missing = self._read(window)
        if known is not None:
            values = np.searchsorted(np.array(known), values)
        class_ids = values.astype(np.uint8, copy=False)
        if missing.any():
            class_ids = np.where(missing, np.uint8(NODATA), class_ids)
        return class_ids

    @property
    def _has_class_ids(self) -> bool:
        """Whether the file's numbers are class ids, as ours are: 8 bits, of which 255 is no data."""
        return self._dtype == np.uint8 and self._nodata in (None, NODATA)

    @property
    def _is_plain(self) -> bool:
        """Whether the file's bytes are all there is to know of a pixel."""
        return self._has_class_ids and not self._is_masked

    def _read_values(self, window: PixelWindow, *, mask: bool = False) -> np.ndarray:
        """Return the values as they are in the file, or its mask."""
        part = Window(window.col_off, window.row_off, window.width, window.height)
        try:
            return self._dataset.read_masks(1, window=part) if mask else self._dataset.read(1, window=part)
        except RasterioError as error:
            rows = f"Rows {window.row_off} to {window.row_end - 1}"
            raise RasterError(
                ErrorCode.READ_FAILED, f"{rows} of {str(self.path)!r} cannot be read: {error}."
            ) from error

    def _read(self, window: PixelWindow) -> tuple[np.ndarray, np.ndarray]:
        """Return values as they are in the file, and where there is no data."""
        values = self._read_values(window)
        missing = np.zeros(values.shape, bool)
        if self._is_masked:
            missing = self._read_values(window, mask=True) == 0
        if self._nodata is not None and not self._has_class_ids:
            missing |= values == self._nodata
        return values, missing

    def _check(self, found: np.ndarray) -> None:
        if len(found) > NODATA:
            raise RasterError(
                ErrorCode.RASTER_UNSUITABLE,
                f"{str(self.path)!r} holds more than {NODATA} different values ({found[0]} to {found[-1]}); a class "
                "raster holds one value for each class. Reclassify it first.",
            )
        if len(found) and max(abs(int(found[0])), int(found[-1])) > MAX_VALUE:
            raise RasterError(
                ErrorCode.RASTER_UNSUITABLE,
                f"{str(self.path)!r} holds values of {found[0]} to {found[-1]}; class values are at most {MAX_VALUE}. "
                "Reclassify it first.",
            )


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
    for first, end in _row_ranges(raster):
        read = raster.read_rows(first, end)
        if len(read) <= rows:
            yield first, read
            continue
        for inner in range(0, len(read), rows):
            # A copy: who keeps a strip would keep all that was read, which is much on a wide raster.
            yield first + inner, read[inner : inner + rows].copy()
        del read  # before the next is read


def _row_ranges(raster: ClassRaster) -> Iterator[tuple[int, int]]:
    """Yield (first row, end) of ranges that are whole rows of blocks, if blocks are not too high for that."""
    width, height = raster.grid.width, raster.grid.height
    rows, block = max(16, STRIP_PX // width), raster.block_rows
    step = max(block, rows // block * block) if block * width <= READ_PX else rows
    for first in range(0, height, step):
        yield first, min(height, first + step)
