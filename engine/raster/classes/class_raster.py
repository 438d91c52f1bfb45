"""Class raster, ours or not, read strip by strip: one class id per pixel, 255 where there is no data.

Class ids are 0 to 254. A raster with other values, 255 among them, is read as if its values were numbered from 0 in
ascending order, as long as there are at most 255 of them; `ClassRaster.values` tells what the numbers stand for.
Without data are the pixels of which the file says so, by a nodata value or a mask, and no others.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType

import numpy as np
from rasterio.enums import MaskFlags, Resampling
from rasterio.errors import RasterioError
from rasterio.windows import Window

from ....models.legend import NODATA
from ...contract.events import ErrorCode
from ...system.errors import RasterError
from ..bands import alpha_bands
from ..grid import RasterGrid
from ..grid import Window as PixelWindow
from ..mosaic import read_mosaic
from ..opening import is_gdal_name, open_raster, tags_of

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
        path: Raster whose first band holds whole numbers, at most 255 different ones; a path or a name of GDAL's.

    Attributes:
        path: The same as a path.
        grid: Its pixel grid.

    Raises:
        RasterError: If the file is missing, cannot be opened or holds no class ids.
    """

    def __init__(self, path: str | Path) -> None:
        if not is_gdal_name(str(path)) and not Path(path).exists():
            raise RasterError(ErrorCode.RASTER_NOT_FOUND, f"There is no class raster {str(path)!r}. Check the path.")
        self._dataset = open_raster(path)
        self.path = Path(path)
        dtype = np.dtype(self._dataset.dtypes[0])
        if dtype.kind not in "ui":
            self.close()
            raise RasterError(
                ErrorCode.RASTER_UNSUITABLE,
                f"{str(path)!r} holds numbers of type {dtype}; a class raster holds whole numbers, one for each class. "
                "Convert it to integers first.",
            )
        self._dtype = dtype
        flags = self._dataset.mask_flag_enums[0]
        # rasterio knows nodata values of 64 bits only to 53 of them; GDAL's own mask is exact.
        self._is_masked = MaskFlags.per_dataset in flags or (MaskFlags.nodata in flags and dtype.itemsize == 8)
        self._nodata = None if dtype.itemsize == 8 else _whole(self._dataset.nodata, dtype)
        self._mosaic = read_mosaic(self._dataset)
        self._alpha = alpha_bands([c.name.lower() for c in self._dataset.colorinterp])
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
        return tags_of(self._dataset)

    @cached_property
    def values(self) -> tuple[int, ...] | None:
        """Value in the file of each class id, where they differ; None where values are class ids.

        Where the type of the numbers leaves it open, the file is read once to find out.

        Raises:
            RasterError: If there are more than 255 values, or larger ones than polygon files can hold.
        """
        if self._has_class_ids:
            return None
        found = self._found
        if not len(found) or (found[0] >= 0 and found[-1] < NODATA):
            return None
        return tuple(found.tolist())

    @cached_property
    def present(self) -> tuple[int, ...]:
        """Class ids that occur, ascending; the file is read once to find out."""
        return tuple(range(len(self._found))) if self.values is not None else tuple(self._found.tolist())

    @cached_property
    def _found(self) -> np.ndarray:
        """Values that occur in the file, ascending."""
        found = np.zeros(0, self._dtype)
        for first, end in _row_ranges(self):
            values, missing = self._read(PixelWindow(0, first, self.grid.width, end - first))
            flat, known = values.reshape(-1), ~missing.reshape(-1)
            # Only where a run begins can something new turn up.
            known[1:] &= (flat[1:] != flat[:-1]) | missing.reshape(-1)[:-1]
            found = np.union1d(found, flat[known])
            self._check(found)
        return found

    def read_rows(self, first: int, end: int) -> np.ndarray:
        """Return class ids of rows first … end - 1 as ``(rows, width)`` uint8, 255 where there is no data.

        Raises:
            RasterError: If the rows cannot be read or hold values that are no class ids.
        """
        return self.read_window(PixelWindow(0, first, self.grid.width, end - first))

    def read_reduced(self, shape: tuple[int, int]) -> np.ndarray:
        """Return class ids of the whole raster as ``(rows, cols)`` uint8 of another size: the most frequent ones.

        Raises:
            RasterError: If the pixels cannot be read or hold values that are no class ids.
        """
        known = self.values
        how = Resampling.nearest if shape[0] > self.grid.height else Resampling.mode
        try:
            values = self._dataset.read(1, out_shape=shape, resampling=how)
            missing = self._dataset.read_masks(1, out_shape=shape) == 0
            for band in self._alpha:
                missing |= self._dataset.read(band, out_shape=shape) == 0
        except RasterioError as error:
            raise RasterError(ErrorCode.READ_FAILED, f"{str(self.path)!r} cannot be read: {error}.") from error
        if self._mosaic.has_gaps:
            cols = (np.arange(shape[1]) + 0.5) * (self.grid.width / shape[1])
            rows = (np.arange(shape[0]) + 0.5) * (self.grid.height / shape[0])
            missing |= ~self._mosaic.covered(cols, rows)
        if known is not None:
            values = np.searchsorted(np.array(known, self._dtype), values)
        return np.where(missing | (values > NODATA), NODATA, values).astype(np.uint8)

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
            values = np.searchsorted(np.array(known, self._dtype), values)
        class_ids = values.astype(np.uint8, copy=False)
        if missing.any():
            class_ids = np.where(missing, np.uint8(NODATA), class_ids)
        return class_ids

    @property
    def _has_class_ids(self) -> bool:
        """Whether the file's numbers are class ids, as ours are: 8 bits, of which it says that 255 is no data."""
        return self._dtype == np.uint8 and self._nodata == NODATA

    @property
    def _is_plain(self) -> bool:
        """Whether the file's bytes are all there is to know of a pixel."""
        return self._has_class_ids and not (self._is_masked or self._alpha or self._mosaic.has_gaps)

    def _read_values(self, window: PixelWindow, *, mask: bool = False, band: int = 1) -> np.ndarray:
        """Return the values of a band as they are in the file, or its mask."""
        part = Window(window.col_off, window.row_off, window.width, window.height)
        try:
            return self._dataset.read_masks(band, window=part) if mask else self._dataset.read(band, window=part)
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
        if self._nodata is not None:
            missing |= values == self._nodata
        for band in self._alpha:
            missing |= self._read_values(window, band=band) == 0
        if self._mosaic.has_gaps:
            cols, rows = np.arange(window.width) + 0.5, np.arange(window.height) + 0.5
            missing |= ~self._mosaic.covered(window.col_off + cols, window.row_off + rows)
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


def _whole(nodata: float | None, dtype: np.dtype) -> int | None:
    """Return a nodata value as it may occur among numbers of a type; None if it cannot."""
    if nodata is None or not math.isfinite(nodata) or nodata != int(nodata):
        return None
    limits = np.iinfo(dtype)
    return int(nodata) if limits.min <= nodata <= limits.max else None


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
