"""Reading the raster to classify, window by window, at the model's resolution. Writes nothing.

One `RasterSource` serves many threads: GDAL's dataset handles are not thread-safe, so each thread opens its own.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader, MemoryFile
from rasterio.windows import Window as RasterioWindow

from ..raster.grid import RasterGrid, Window
from ..raster.mosaic import listed_members
from ..raster.raster_info import RasterInfo, open_raster
from ..raster.stretch import Stretch
from ..system.errors import ErrorCode, RasterError
from ..system.trace import span
from .tiling import Tile, TilePlan

RETRY_PAUSES_S = (0.05, 0.3)
"""Pauses before a failed read is tried again; a network share may only have hiccuped."""

RETRIED_BLOCKS = 4
"""Blocks of a tile that are tried again one by one; where more cannot be read, it is damage and not a hiccup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TileImage:
    """A tile as the network is to see it.

    Attributes:
        tile: The tile.
        image: ``(C, H, W)`` of the plan's padded shape: uint8, or float32 where the model takes the raster's values.
        valid: ``(H, W)`` bool, True where there is data (context and padding mirror both).
        has_data: Whether any pixel of the tile's cell, at full resolution, has data.
    """

    tile: Tile
    image: np.ndarray
    valid: np.ndarray
    has_data: bool


@dataclass
class RasterSource:
    """Open raster; a context manager that closes the handles of all threads.

    Attributes:
        info: What the header says.
        stretch: How values become 8 bits; None takes them as they are, as float32 if they are no 8 bits.
        skip_unreadable: Treat blocks that cannot be read as pixels without data, instead of failing.
        unreadable: Blocks found unreadable so far.
    """

    info: RasterInfo
    stretch: Stretch | None = None
    skip_unreadable: bool = False
    unreadable: set[Window] = field(default_factory=set)
    _handles: list[DatasetReader] = field(default_factory=list, repr=False)
    _local: Any = field(default_factory=threading.local, repr=False)
    _lock: Any = field(default_factory=threading.Lock, repr=False)

    def __enter__(self) -> RasterSource:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            while self._handles:
                self._handles.pop().close()
            self._local = threading.local()

    def read_tile(self, tile: Tile, plan: TilePlan) -> TileImage:
        """Return a tile's image, resampled to the model grid, stretched to 8 bits, mirrored at the rim and padded.

        Raises:
            RasterError: If a block cannot be read and blocks are not skipped.
        """
        part = RasterioWindow(*plan.source_span(tile))
        inside = plan.inside(tile)
        with span("decode", tile=tile.index):
            values, valid = self._read(part, inside.shape)
        with span("stretch", tile=tile.index):
            image = self._for_model(values)
        if plan.is_resampled:
            has_data = any(self.read_validity(strip).any() for strip in tile.cell.strips(strip_rows(tile.cell)))
        else:
            has_data = bool(valid[tile.cell.slices_in(inside)].any())
        before = (inside.row_off - tile.read.row_off, inside.col_off - tile.read.col_off)
        image, valid = (mirror_padded(values, before, plan.padded_shape) for values in (image, valid))
        return TileImage(tile=tile, image=image, valid=valid, has_data=has_data)

    def read_validity(self, window: Window) -> np.ndarray:
        """Return ``(H, W)`` bool at full resolution: True where the raster has data."""
        if self.info.is_all_valid and not self.unreadable:
            return np.ones(window.shape, bool)
        valid = self._guarded(_rasterio_window(window), window.shape, values_too=self._needs_finite_check)[1]
        return valid

    def read_samples(self, side: int) -> tuple[np.ndarray, np.ndarray]:
        """Return ``(C, N)`` values and ``(N,)`` validity spread over the whole raster, always the same ones.

        A decimated read is only quick with overviews or on small rasters, since it touches every block; otherwise
        samples are small windows on a regular grid. Windows that cannot be read are left out.
        """
        grid = self.info.grid
        parts = []
        if grid.window.pixels <= 64 * side * side or self._dataset().overviews(self.info.bands.indexes[0]):
            parts = self._samples_of(grid.window, (min(grid.height, side), min(grid.width, side)))
        if not parts:
            windows = _sample_windows(grid, count=16, side=side // 16)
            parts = [part for w in windows for part in self._samples_of(w, w.shape)]
        if not parts:
            raise self._read_error(grid.window)
        return np.concatenate([v for v, _ in parts], axis=1), np.concatenate([m for _, m in parts])

    def _samples_of(self, window: Window, shape: tuple[int, int]) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return values and validity of a window, flattened; nothing if it cannot be read."""
        try:
            values, valid = self._read_native(_rasterio_window(window), shape, Resampling.nearest)
        except RasterioError:
            self._reopen()
            return []
        return [(values.reshape(values.shape[0], -1), valid.reshape(-1))]

    @property
    def _needs_finite_check(self) -> bool:
        return np.dtype(self.info.dtype).kind == "f"

    def _for_model(self, values: np.ndarray) -> np.ndarray:
        if self.info.bands.palette is not None:
            return np.ascontiguousarray(self.info.bands.palette[values[0]].transpose(2, 0, 1))
        if self.stretch is not None:
            return self.stretch.apply(values)
        return values if values.dtype == np.uint8 else values.astype(np.float32)

    def _read(self, span: RasterioWindow, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
        return self._guarded(span, shape, values_too=True)

    def _guarded(
        self, span: RasterioWindow, shape: tuple[int, int], *, values_too: bool
    ) -> tuple[np.ndarray, np.ndarray]:
        """Read with retries; then skip the bad blocks or fail naming the first."""
        resampling = self._resampling(span, shape)
        if not self.unreadable or not any(w.intersection(_outer(span)).pixels for w in list(self.unreadable)):
            for pause in (*RETRY_PAUSES_S, None):
                try:
                    return self._read_native(span, shape, resampling, values_too)
                except RasterioError:
                    self._reopen()
                    if pause is None:
                        break
                    time.sleep(pause)
        return self._salvage(span, shape, resampling)

    def _resampling(self, span: RasterioWindow, shape: tuple[int, int]) -> Resampling:
        if self.info.bands.palette is not None or (span.height, span.width) == shape:
            return Resampling.nearest
        shrinks = span.height >= shape[0] and span.width >= shape[1]
        return Resampling.average if shrinks else Resampling.bilinear

    def _read_native(
        self, span: RasterioWindow, shape: tuple[int, int], resampling: Resampling, values_too: bool = True
    ) -> tuple[np.ndarray, np.ndarray]:
        dataset = self._dataset()
        values = np.empty((0, *shape), np.uint8)
        if values_too:
            values = dataset.read(
                list(self.info.bands.indexes), window=span, out_shape=(len(self.info.bands.indexes), *shape),
                resampling=resampling,
            )  # fmt: skip
        if self.info.is_all_valid:
            return values, np.ones(shape, bool)
        valid = dataset.dataset_mask(window=span, out_shape=shape, resampling=Resampling.nearest) > 0
        for band in self.info.alpha:
            # GDAL's own mask knows alpha only as the second of two bands or the fourth of four.
            valid &= dataset.read(band, window=span, out_shape=shape, resampling=Resampling.nearest) > 0
        if self.info.mosaic.has_gaps:
            valid &= self.info.mosaic.covered(*_centres(span, shape))
        if self._needs_finite_check and values_too:
            valid &= np.isfinite(values).all(axis=0)
        return values, valid

    def _salvage(
        self, span: RasterioWindow, shape: tuple[int, int], resampling: Resampling
    ) -> tuple[np.ndarray, np.ndarray]:
        """Read block by block at full resolution, leave out what cannot be read, then resample."""
        outer = _outer(span).intersection(self.info.grid.window)
        if outer.pixels > 1 << 27:
            raise self._read_error(outer)
        values, valid = self._read_by_blocks(outer)
        if _rasterio_window(outer) == span and outer.shape == shape:
            return values, valid
        inner = RasterioWindow(span.col_off - outer.col_off, span.row_off - outer.row_off, span.width, span.height)
        return _resampled(values, valid, inner, shape, resampling)

    def _read_by_blocks(self, outer: Window) -> tuple[np.ndarray, np.ndarray]:
        count = len(self.info.bands.indexes)
        values = np.zeros((count, *outer.shape), self.info.dtype)
        valid = np.zeros(outer.shape, bool)
        waiting = [part for block in _blocks_over(outer, self.info) for part in self._parts(block)]
        for pause in (0.0, *RETRY_PAUSES_S):
            time.sleep(pause)
            waiting = self._read_parts(waiting, outer, values, valid)
            if not 0 < len(waiting) <= RETRIED_BLOCKS:
                break
        if waiting and self.info.mosaic.members:
            # Of a mosaic a block may lie under several files, some of which can be read.
            cells = [cell for part in waiting for cell in self.info.mosaic.cells(part)]
            waiting = self._read_parts(cells, outer, values, valid)
        if waiting and not self.skip_unreadable:
            raise self._read_error(waiting[0])
        self.unreadable.update(waiting)
        return values, valid

    def _read_parts(
        self, parts: Sequence[Window], outer: Window, values: np.ndarray, valid: np.ndarray
    ) -> list[Window]:
        """Read parts of a window into its arrays; return those that cannot be read."""
        failed = []
        for part in parts:
            inside = part.intersection(outer)
            if not inside.pixels:
                continue
            rows, cols = inside.slices_in(outer)
            try:
                got = self._read_native(_rasterio_window(inside), inside.shape, Resampling.nearest)
            except RasterioError:
                self._reopen()
                failed.append(part)
                continue
            values[:, rows, cols], valid[rows, cols] = got
        return failed

    def _parts(self, block: Window) -> list[Window]:
        """Return what of a block is still worth reading: not what is known to be unreadable."""
        known = [w for w in list(self.unreadable) if w.intersection(block).pixels]
        if not known:
            return [block]
        cells = self.info.mosaic.cells(block) if self.info.mosaic.members else [block]
        return [cell for cell in cells if not any(w.contains(cell) for w in known)]

    def _read_error(self, window: Window) -> RasterError:
        members = self.info.mosaic.under(window)
        which = f" (from {listed_members(members)})" if members else ""
        return RasterError(
            ErrorCode.READ_FAILED,
            f"The raster {Path(self.info.path).name} cannot be read at columns {window.col_off} to "
            f"{window.col_end - 1}, rows {window.row_off} to {window.row_end - 1}{which}; the file is damaged there or "
            "out of reach. Get it again, or let unreadable blocks become pixels without data.",
        )

    def _reopen(self) -> None:
        """Let go of this thread's handle after a failure.

        GDAL remembers a member that a mosaic could not open, and from then on reads it as zeros, without an error.
        """
        handle, self._local.handle = getattr(self._local, "handle", None), None
        if handle is not None:
            with self._lock:
                if handle in self._handles:
                    self._handles.remove(handle)
            handle.close()

    def _dataset(self) -> DatasetReader:
        handle = getattr(self._local, "handle", None)
        if handle is None:
            handle = self._local.handle = open_raster(self.info.path)
            with self._lock:
                self._handles.append(handle)
        return handle


def strip_rows(window: Window, budget_px: int = 1 << 24) -> int:
    """Return how many rows of a window stay within a budget of pixels."""
    return max(1, budget_px // max(1, window.width))


def _blocks_over(outer: Window, info: RasterInfo) -> list[Window]:
    rows, cols = info.block_shape
    tops = range(outer.row_off // rows * rows, outer.row_end, rows)
    lefts = range(outer.col_off // cols * cols, outer.col_end, cols)
    return [Window(c, r, cols, rows).intersection(info.grid.window) for r in tops for c in lefts]


def _sample_windows(grid: RasterGrid, count: int, side: int) -> list[Window]:
    tops = np.linspace(0, max(0, grid.height - side), count).astype(int)
    lefts = np.linspace(0, max(0, grid.width - side), count).astype(int)
    corners = sorted({(int(c), int(r)) for r in tops for c in lefts}, key=lambda corner: (corner[1], corner[0]))
    return [Window(c, r, side, side).intersection(grid.window) for c, r in corners]


def _resampled(
    values: np.ndarray, valid: np.ndarray, span: RasterioWindow, shape: tuple[int, int], resampling: Resampling
) -> tuple[np.ndarray, np.ndarray]:
    """Resample arrays as GDAL would resample them in a file: through a file in memory."""
    profile = {
        "driver": "GTiff", "count": values.shape[0], "height": valid.shape[0], "width": valid.shape[1],
        "dtype": values.dtype,
    }  # fmt: skip
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), MemoryFile() as memory:
        with memory.open(**profile) as dataset:
            dataset.write(values)
            dataset.write_mask(valid)
        with memory.open() as dataset:
            out = dataset.read(window=span, out_shape=(values.shape[0], *shape), resampling=resampling)
            mask = dataset.dataset_mask(window=span, out_shape=shape, resampling=Resampling.nearest) > 0
    return out, mask


def mirror_padded(array: np.ndarray, before: tuple[int, int], shape: tuple[int, int]) -> np.ndarray:
    """Return ``(…, H, W)`` values continued by their mirror image.

    Args:
        array: ``(…, h, w)``.
        before: Rows above and columns left that are added.
        shape: Rows and columns of the result.
    """
    pads = [(first, want - have - first) for first, want, have in zip(before, shape, array.shape[-2:], strict=True)]
    if not any(map(any, pads)):
        return np.ascontiguousarray(array)
    return np.pad(array, [*[(0, 0)] * (array.ndim - 2), *pads], mode="reflect")


def _rasterio_window(window: Window) -> RasterioWindow:
    return RasterioWindow(window.col_off, window.row_off, window.width, window.height)


def _centres(span: RasterioWindow, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns and rows of the raster on which the centres of a read window's pixels lie."""
    cols = span.col_off + (np.arange(shape[1]) + 0.5) * (span.width / shape[1])
    return cols, span.row_off + (np.arange(shape[0]) + 0.5) * (span.height / shape[0])


def _outer(span: RasterioWindow) -> Window:
    left, top = int(np.floor(span.col_off + 1e-9)), int(np.floor(span.row_off + 1e-9))
    right, bottom = np.ceil(span.col_off + span.width - 1e-9), np.ceil(span.row_off + span.height - 1e-9)
    return Window(left, top, int(right) - left, int(bottom) - top)
