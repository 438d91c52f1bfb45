"""Population of a map: the pixels that may be drawn, with the class and the part of an overlay of each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from ....models.legend import NODATA
from ...coverage.runs import find_runs
from ...overlays.overlay import Overlay
from ...raster.classes.class_raster import ClassRaster, iterate_strips
from ...raster.grid import RasterGrid, Window
from ...raster.ground_area import GroundArea, ground_area_of
from ...system.errors import Cancelled

CELL_COLUMNS = 1024
"""Width of the cells that pixels are counted in: so few pixels that reading one again for a drawn point costs little,
so many that the table of counts stays small."""

CODES = 256
"""Codes of one part of an overlay: its classes."""


@dataclass(frozen=True, kw_only=True)
class Census:
    """Number and area of pixels by cell and code, from one pass over the map.

    Attributes:
        windows: ``(c, 4)`` int32 column, row, width and height of each cell, in reading order.
        cell: ``(e,)`` int32 cell of each entry; entries are ordered by cell, then code.
        code: ``(e,)`` int32 code of each entry: 256 · part of the overlay + class id.
        pixels: ``(e,)`` int64 pixels.
        area_m2: ``(e,)`` float64 their area on the ellipsoid.
        left_out_pixels: Pixels with data that are no part of the population.
        left_out_m2: Their area.
        digest: SHA-256 of the map's class ids and grid.
    """

    windows: np.ndarray
    cell: np.ndarray
    code: np.ndarray
    pixels: np.ndarray
    area_m2: np.ndarray
    left_out_pixels: int
    left_out_m2: float
    digest: str

    def window(self, cell: int) -> Window:
        """Return the pixels of a cell."""
        return Window(*self.windows[cell].tolist())


class Population:
    """Pixels of an open class raster that may be drawn.

    Args:
        raster: The map; it has a CRS.
        overlay: What divides it beside its classes; None for nothing.
        left_out: Pixels in any part of this are no part of the population; None leaves out none.

    Attributes:
        grid: Pixel grid of the map.
        ground: Measure of its pixels.
    """

    def __init__(self, raster: ClassRaster, overlay: Overlay | None = None, left_out: Overlay | None = None) -> None:
        self._raster, self._overlay, self._left_out = raster, overlay, left_out
        self.grid: RasterGrid = raster.grid
        self.ground: GroundArea = ground_area_of(raster.grid)

    def codes(self, window: Window) -> np.ndarray:
        """Return the code of each pixel of a window as ``(rows, cols)`` int32; -1 outside the population."""
        return self._coded(self._raster.read_window(window), window)

    def census(self, *, should_stop: Callable[[], bool], progress: Callable[[int], None]) -> Census:
        """Count all pixels in one pass from top to bottom.

        Args:
            should_stop: Asked after every strip.
            progress: Told the rows that are done.

        Raises:
            Cancelled: If asked to stop.
        """
        tally, digest = _Tally(self.grid), hashlib.sha256()
        for first, class_ids in iterate_strips(self._raster):
            digest.update(np.ascontiguousarray(class_ids))
            strip = Window(0, first, self.grid.width, len(class_ids))
            tally.add(self._coded(class_ids, strip), strip, self.ground)
            if self._left_out is not None:
                tally.leave_out((class_ids != NODATA) & (self._left_out.ids(strip) > 0), first, self.ground)
            progress(first + len(class_ids))
            if should_stop():
                raise Cancelled
        return tally.census(content_digest(digest.digest(), self.grid, self._raster.values))

    def _coded(self, class_ids: np.ndarray, window: Window) -> np.ndarray:
        codes = class_ids.astype(np.int32)
        if self._overlay is not None:
            codes += CODES * self._overlay.ids(window)
        out = class_ids == NODATA
        if self._left_out is not None:
            out |= self._left_out.ids(window) > 0
        codes[out] = -1
        return codes


def content_digest(pixels: bytes, grid: RasterGrid, values: tuple[int, ...] | None) -> str:
    """Return the digest of a map from that of its class ids: the same however the file is stored."""
    place = f"{grid.width} {grid.height} {[float(v) for v in grid.transform[:6]]!r} {values!r}".encode()
    return "sha256:" + hashlib.sha256(pixels + place).hexdigest()


def map_digest(raster: ClassRaster, should_stop: Callable[[], bool] = lambda: False) -> str:
    """Return the digest of an open class raster, as `Population.census` has it.

    Raises:
        Cancelled: If asked to stop.
    """
    digest = hashlib.sha256()
    for _, class_ids in iterate_strips(raster):
        digest.update(np.ascontiguousarray(class_ids))
        if should_stop():
            raise Cancelled
    return content_digest(digest.digest(), raster.grid, raster.values)


class _Tally:
    """Entries of the census, gathered strip by strip."""

    def __init__(self, grid: RasterGrid) -> None:
        self._across = -(-grid.width // CELL_COLUMNS)
        self._width = grid.width
        self._parts: list[tuple[np.ndarray, ...]] = []
        self._windows: list[np.ndarray] = []
        self._cells = 0
        self._left_out = [0, 0.0]

    def add(self, codes: np.ndarray, strip: Window, ground: GroundArea) -> None:
        height, padding = strip.height, self._across * CELL_COLUMNS - self._width
        if padding:
            codes = np.pad(codes, ((0, 0), (0, padding)), constant_values=-1)
        # Each part of a row that lies in one cell becomes a row of its own: runs end where cells do.
        runs = find_runs(codes.reshape(-1, CELL_COLUMNS))
        inside = runs.class_ids >= 0
        rows, chunk = np.divmod(runs.rows[inside], self._across)
        starts, ends = runs.starts[inside], runs.ends[inside]
        code, lengths = runs.class_ids[inside], ends - starts
        left = chunk * CELL_COLUMNS
        areas = ground.of_runs(rows + strip.row_off, starts + left, ends + left)
        used, local = np.unique(code, return_inverse=True)
        key = chunk * len(used) + local
        size = self._across * len(used)
        pixels = np.bincount(key, lengths, size)
        there = np.flatnonzero(pixels)
        area = np.bincount(key, areas, size)[there]
        cell, index = np.divmod(there, max(len(used), 1))
        self._parts.append(
            ((cell + self._cells).astype(np.int32), used[index].astype(np.int32), pixels[there].astype(np.int64), area)
        )
        self._windows.append(_cell_windows(self._across, self._width, strip.row_off, height))
        self._cells += self._across

    def leave_out(self, is_out: np.ndarray, first: int, ground: GroundArea) -> None:
        runs = find_runs(is_out)
        rows, starts, ends = runs.rows[runs.class_ids], runs.starts[runs.class_ids], runs.ends[runs.class_ids]
        self._left_out[0] += int((ends - starts).sum())
        self._left_out[1] += float(ground.of_runs(rows + first, starts, ends).sum())

    def census(self, digest: str) -> Census:
        columns = [np.concatenate(c) for c in zip(*self._parts, strict=True)]
        return Census(
            windows=np.concatenate(self._windows),
            cell=columns[0],
            code=columns[1],
            pixels=columns[2],
            area_m2=columns[3],
            left_out_pixels=self._left_out[0],
            left_out_m2=self._left_out[1],
            digest=digest,
        )


def _cell_windows(across: int, width: int, first: int, height: int) -> np.ndarray:
    left = np.arange(across, dtype=np.int32) * CELL_COLUMNS
    windows = np.empty((across, 4), np.int32)
    windows[:, 0], windows[:, 1] = left, first
    windows[:, 2], windows[:, 3] = np.minimum(CELL_COLUMNS, width - left), height
    return windows


def cells_in_order(cell: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Yield each cell that occurs, ascending, with the positions where it does."""
    order = np.argsort(cell, kind="stable")
    used, first = np.unique(cell[order], return_index=True)
    yield from zip(used.tolist(), np.split(order, first[1:]), strict=True)
