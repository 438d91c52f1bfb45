"""Blocks of a GeoTIFF, compressed here by several threads and appended to a file whose header GDAL has written.

GDAL makes reduced copies in a second pass, for which it unpacks the whole file again, and in which no stop is heard.
Here the header, with georeference, colours and metadata, is GDAL's: a sparse file without a block. What is added are
the blocks, in the order in which they come, and the directories that say where they lie.
"""

from __future__ import annotations

import itertools
import os
import zlib
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np

from ..system.trace import span
from .tiff_directory import Directory, appended

DEFLATE_LEVEL = 6
"""Level 1 takes a third of the time and twice the room for a class map."""

WAITING_BLOCKS = 64
"""Blocks that may wait to be compressed or written: 16 MB."""


@dataclass(frozen=True, slots=True)
class _Image:
    """The raster or a reduced copy: its size, and where each of its blocks lies; 0 for one without data."""

    width: int
    height: int
    blocks_across: int
    blocks_down: int
    offsets: np.ndarray
    counts: np.ndarray

    @classmethod
    def empty(cls, width: int, height: int, block_px: int, bands: int) -> _Image:
        across, down = -(-width // block_px), -(-height // block_px)
        tables = (np.zeros(bands * across * down, np.uint64) for _ in range(2))
        return cls(width, height, across, down, *tables)


class TiffBlocks:
    """Appends blocks to a sparse, tiled, deflated GeoTIFF of 8-bit bands, each on its own; a context manager.

    Left normally, the file is complete; left with an error, it has no blocks, and the caller removes it.

    Args:
        path: The file, as GDAL has written it; little-endian.
        width: Its columns.
        height: Its rows.
        block_px: Side of its blocks.
        factors: By which its copies are reduced: 2, 4, ….
        nodata: Value of blocks that take no space.
        bands: Its bands.

    Raises:
        OSError: If the file cannot be read or written.
    """

    def __init__(
        self,
        path: Path,
        *,
        width: int,
        height: int,
        block_px: int,
        factors: Sequence[int],
        nodata: int,
        bands: int = 1,
    ) -> None:
        self._block_px, self._nodata = block_px, nodata
        sizes = [(-(-width // factor), -(-height // factor)) for factor in (1, *factors)]
        self._images = [_Image.empty(*size, block_px, bands) for size in sizes]
        self._file = path.open("rb+")
        self._end = self._file.seek(0, os.SEEK_END)
        self._pool = ThreadPoolExecutor(os.cpu_count() or 1, "deflate")
        self._waiting: deque[tuple[_Image, int, Future[bytes]]] = deque()

    def __enter__(self) -> TiffBlocks:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._append(leave=0)
                self._write_directories()
        finally:
            self._pool.shutdown(cancel_futures=True)
            self._file.close()

    def write(self, level: int, row_off: int, col_off: int, values: np.ndarray) -> None:
        """Add a window that begins where a block does, and ends where one does or where the raster ends.

        Args:
            level: 0 for the raster, 1 for its first reduced copy, ….
            row_off: First row, in pixels of that copy.
            col_off: First column.
            values: ``(bands, rows, columns)`` uint8; may be changed once this has returned.
        """
        side, image = self._block_px, self._images[level]
        bands, rows, columns = values.shape
        for band, top, left in itertools.product(range(bands), range(0, rows, side), range(0, columns, side)):
            part = values[band, top : top + side, left : left + side]
            if part[0, 0] == self._nodata and (part == self._nodata).all():
                continue
            # A copy, since the caller may go on with the array; blocks at the rim are filled up.
            block = np.full((side, side), self._nodata, np.uint8)
            block[: part.shape[0], : part.shape[1]] = part
            row = band * image.blocks_down + (row_off + top) // side
            number = row * image.blocks_across + (col_off + left) // side
            self._waiting.append((image, number, self._pool.submit(_deflated, block)))
            self._append(leave=WAITING_BLOCKS)

    def _append(self, *, leave: int) -> None:
        """Write compressed blocks, in the order in which they were added, until no more than some wait."""
        while len(self._waiting) > leave:
            image, number, block = self._waiting.popleft()
            content = block.result()
            image.offsets[number], image.counts[number] = self._end, len(content)
            self._end += self._file.write(content)

    def _write_directories(self) -> None:
        """Write the directories from the smallest copy to the raster, each with the offset of the next smaller one."""
        raster, place = Directory.read(self._file)
        following = 0
        for image in reversed(self._images[1:]):
            copy = raster.reduced(image.width, image.height).with_blocks(self._file, image.offsets, image.counts)
            following = appended(self._file, copy.to_bytes(following))
        raster = raster.with_blocks(self._file, self._images[0].offsets, self._images[0].counts)
        self._file.seek(place)
        self._file.write(raster.to_bytes(following))


def _deflated(block: np.ndarray) -> bytes:
    with span("deflate"):
        return zlib.compress(block, DEFLATE_LEVEL)
