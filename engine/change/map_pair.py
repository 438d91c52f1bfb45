"""Two maps on one grid: that of the coarser one, on which the other is laid by area share.

A pixel of the coarser grid gets the class with the largest share of its area on the finer map. The share is counted on
sub-pixels that are at least as small as the finer map's: exact where one grid divides the other. The area that each
class gains or loses by this is counted with it. The finer grid is never used: it would invent borders.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from affine import Affine
from rasterio.warp import transform_bounds

from ...models.legend import NODATA
from ..overlays.map_source import MapSource, OpenMap, open_map
from ..overlays.raster_overlay import RasterOverlay
from ..raster.classes.class_raster import ClassRaster
from ..raster.grid import PROJECTION_ERRORS, RasterGrid, Window
from ..system.errors import InvalidJob
from .class_matching import CommonClasses, match_classes

MOST_PARTS = 32
"""Sub-pixels along the side of a pixel, at most."""

FEWEST_PARTS = 4
"""Sub-pixels along the side where grids do not divide each other."""

SUBPIXELS_AT_ONCE = 8_000_000
SAME = 1e-6

ReadClasses = Callable[[Window, Window | None], np.ndarray]
"""Returns the index of the common class of each pixel of a window as ``(rows, cols)`` uint8; 255 for none. What
resampling does to the classes is counted in the second window, nowhere if that is None."""


@dataclass(frozen=True, kw_only=True)
class MapPair:
    """Two maps that are read window by window on one grid.

    Attributes:
        grid: The grid.
        classes: Their common classes.
        old: Reads the old map.
        new: Reads the new map.
        resampling: What was done to one of them; None if both have the grid.
    """

    grid: RasterGrid
    classes: CommonClasses
    old: ReadClasses
    new: ReadClasses
    resampling: Resampling | None


@dataclass(slots=True, kw_only=True)
class Resampling:
    """What bringing a map to a coarser grid did to its classes; filled while it is read and counted.

    Attributes:
        date: "old" or "new".
        parts: Sub-pixels along the side of a pixel.
        before: ``(K,)`` float64 pixels of the common grid that each class covered, parts included.
        after: ``(K,)`` float64 pixels that it has now.
    """

    date: str
    parts: int
    before: np.ndarray
    after: np.ndarray


@contextmanager
def open_pair(old: MapSource, new: MapSource, crosswalk: Path | None, scratch: Path) -> Iterator[MapPair]:
    """Open two maps.

    Args:
        old: The map of the first date.
        new: The map of the second.
        crosswalk: What belongs together where names do not tell; None for nothing.
        scratch: Folder in which polygons are kept as units meanwhile.

    Raises:
        RasterError: If a map cannot be used or has no CRS.
        InvalidJob: If they do not overlap or have no class in common.
    """
    with ExitStack() as stack:
        first, second = (stack.enter_context(open_map(source, scratch)) for source in (old, new))
        classes = match_classes(first.legend(), second.legend(), crosswalk)
        offsets = _offsets(first.raster.grid, second.raster.grid)
        if offsets is not None:
            yield _on_same_pixels(first.raster, second.raster, classes, offsets)
            return
        yield stack.enter_context(_on_coarser(first, second, classes))


def _offsets(one: RasterGrid, other: RasterGrid) -> tuple[int, int] | None:
    """Return the column and row of one grid where the other begins, if their pixels are the same; else None."""
    a, b = one.transform, other.transform
    if one.crs != other.crs or max(abs(p - q) for p, q in zip(_steps(a), _steps(b), strict=True)) > SAME * _size(a):
        return None
    col, row = ~a @ (b.c, b.f)
    near = round(col), round(row)
    # A step that differs in its last digits adds up along the raster.
    drift = max(abs(p - q) for p, q in zip(_steps(a), _steps(b), strict=True)) / _size(a) * max(one.width, one.height)
    return near if max(abs(col - near[0]), abs(row - near[1])) + drift < 0.01 else None


def _steps(t: Affine) -> tuple[float, float, float, float]:
    return t.a, t.b, t.d, t.e


def _size(t: Affine) -> float:
    return math.sqrt(abs(t.determinant))


def _on_same_pixels(old: ClassRaster, new: ClassRaster, classes: CommonClasses, offsets: tuple[int, int]) -> MapPair:
    col, row = offsets
    there = Window(col, row, new.grid.width, new.grid.height)
    shared = old.grid.window.intersection(there)
    if not shared.pixels:
        raise InvalidJob("The maps do not overlap. Choose two maps of one place.")
    grid = cut_grid(old.grid, shared)
    return MapPair(
        grid=grid,
        classes=classes,
        old=_reader(old, classes.old, shared.col_off, shared.row_off),
        new=_reader(new, classes.new, shared.col_off - col, shared.row_off - row),
        resampling=None,
    )


def _reader(raster: ClassRaster, table: np.ndarray, col: int, row: int) -> ReadClasses:
    def read(window: Window, core: Window | None = None) -> np.ndarray:
        moved = Window(window.col_off + col, window.row_off + row, window.width, window.height)
        return table[raster.read_window(moved)]

    return read


def cut_grid(grid: RasterGrid, window: Window) -> RasterGrid:
    """Return the grid of a part of a raster."""
    return RasterGrid(
        crs_wkt=grid.crs_wkt,
        transform=grid.transform @ Affine.translation(window.col_off, window.row_off),
        width=window.width,
        height=window.height,
    )


@contextmanager
def _on_coarser(old: OpenMap, new: OpenMap, classes: CommonClasses) -> Iterator[MapPair]:
    is_old_coarser = _resolution_m(old.raster.grid) >= _resolution_m(new.raster.grid) * (1 - SAME)
    coarse, fine = (old, new) if is_old_coarser else (new, old)
    shared = _shared(coarse.raster.grid, fine.raster.grid)
    grid = cut_grid(coarse.raster.grid, shared)
    parts = _parts(coarse.raster.grid, fine.raster.grid)
    tables = (classes.old, classes.new) if is_old_coarser else (classes.new, classes.old)
    size = len(classes.names)
    resampling = Resampling(
        date="new" if is_old_coarser else "old", parts=parts, before=np.zeros(size), after=np.zeros(size)
    )
    read_coarse = _reader(coarse.raster, tables[0], shared.col_off, shared.row_off)
    divided = RasterGrid(
        crs_wkt=grid.crs_wkt,
        transform=grid.transform @ Affine.scale(1 / parts),
        width=grid.width * parts,
        height=grid.height * parts,
    )
    with RasterOverlay(fine.raster.path, divided) as overlay:
        by_share = ShareReader(overlay, tables[1], resampling)
        readers = (read_coarse, by_share.read) if is_old_coarser else (by_share.read, read_coarse)
        yield MapPair(grid=grid, classes=classes, old=readers[0], new=readers[1], resampling=resampling)


def _resolution_m(grid: RasterGrid) -> float:
    across, down = grid.ground_resolution_m
    return math.sqrt(across * down)


def _shared(coarse: RasterGrid, fine: RasterGrid) -> Window:
    try:
        bounds = fine.bounds_of(fine.window)
        if fine.crs != coarse.crs:
            bounds = transform_bounds(fine.crs, coarse.crs, *bounds, densify_pts=21)
    except PROJECTION_ERRORS as error:
        raise InvalidJob(f"One map cannot be brought to the CRS of the other: {error}.") from error
    shared = coarse.window_of(bounds) if np.isfinite(bounds).all() else Window(0, 0, 0, 0)
    if not shared.pixels:
        raise InvalidJob("The maps do not overlap. Choose two maps of one place.")
    return shared


def _parts(coarse: RasterGrid, fine: RasterGrid) -> int:
    """Return the sub-pixels along the side of a coarse pixel: those of the fine grid where it divides the coarse."""
    if coarse.crs == fine.crs:
        steps = ~fine.transform @ coarse.transform
        straight = abs(steps.b) < SAME and abs(steps.d) < SAME and abs(steps.a - steps.e) < SAME
        whole = all(abs(v - round(v)) < 1e-3 for v in (steps.a, steps.c, steps.f))
        if straight and whole and 1 <= round(steps.a) <= MOST_PARTS:
            return round(steps.a)
    ratio = _resolution_m(coarse) / _resolution_m(fine)
    return min(MOST_PARTS, max(FEWEST_PARTS, math.ceil(ratio)))


class ShareReader:
    """Reads a finer map by the share that its classes have in each pixel of a coarser grid.

    Args:
        overlay: The finer map on sub-pixels.
        table: ``(256,)`` common class of each of its class ids.
        resampling: Where gains and losses are counted.
    """

    def __init__(self, overlay: RasterOverlay, table: np.ndarray, resampling: Resampling) -> None:
        # The overlay numbers class ids from 1; 0 is outside.
        self._table = np.concatenate([[np.uint8(NODATA)], table])[: len(overlay.names)]
        self._overlay, self._resampling, self._parts = overlay, resampling, resampling.parts

    def read(self, window: Window, core: Window | None = None) -> np.ndarray:
        """Return the common class of each pixel of a window; of classes with the same share that of least index."""
        result = np.empty(window.shape, np.uint8)
        rows = max(1, SUBPIXELS_AT_ONCE // (self._parts**2 * window.width))
        for strip in window.strips(rows):
            counted = strip.intersection(core) if core else None
            result[strip.slices_in(window)] = self._largest(strip, counted)
        return result

    def _largest(self, window: Window, counted: Window | None) -> np.ndarray:
        k = self._parts
        sub = Window(window.col_off * k, window.row_off * k, window.width * k, window.height * k)
        classes = self._table[self._overlay.ids(sub)].reshape(window.height, k, window.width, k)
        best = np.full(window.shape, NODATA, np.uint8)
        most, filled = np.zeros(window.shape, np.int32), np.zeros(window.shape, np.int32)
        inside = counted.slices_in(window) if counted else None
        for c in np.unique(classes).tolist():
            if c == NODATA:
                continue
            count = (classes == c).sum(axis=(1, 3), dtype=np.int32)
            filled += count
            best[count > most] = c
            np.maximum(most, count, out=most)
            if inside:
                self._resampling.before[c] += count[inside].sum() / k**2
        best[filled * 2 < k * k] = NODATA  # less than half of the pixel has data
        if inside:
            self._resampling.after += np.bincount(best[inside].ravel(), minlength=256)[: len(self._resampling.after)]
        return best
