"""Transitions between classes: how much of each there is, and the classes of the change raster that tells them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ...models.legend import NODATA, LandCoverClass, Legend
from ..contract.events import Stage
from ..coverage.runs import find_runs
from ..maps.raster_writer import BLOCK_PX, CHUNK_BLOCKS
from ..raster.grid import RasterGrid, Window
from ..raster.ground_area import GroundArea, ground_area_of
from ..system.errors import InvalidJob
from ..system.run_context import QUIET, RunContext
from .class_matching import CommonClasses
from .map_pair import MapPair
from .misregistration import BorderStrips

ARROW = " → "
STABLE = " (stable)"
BORDER = ", possible misregistration"
MOST_TRANSITIONS = 255


@dataclass(frozen=True, kw_only=True)
class TransitionCounts:
    """Pixels and area of every transition.

    Attributes:
        pixels: ``(2, K, K)`` int64 by kind, old and new class; kind 1 is possible misregistration.
        area_m2: ``(2, K, K)`` float64 their area on the ellipsoid.
        one_sided_m2: ``(2, K)`` float64 area of each class where the new map has none, and where the old one has none.
    """

    pixels: np.ndarray
    area_m2: np.ndarray
    one_sided_m2: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A class of the change raster.

    Attributes:
        class_id: Its id there.
        old: Index of the class before.
        new: Index of the class after.
        is_border: Whether it is possible misregistration.
        name: Name for people.
    """

    class_id: int
    old: int
    new: int
    is_border: bool
    name: str

    @property
    def is_change(self) -> bool:
        """Whether the class is another one after than before."""
        return self.old != self.new


class ChangeReader:
    """Reads the transitions of a pair of maps.

    Args:
        pair: The maps.
        strips: What may be misregistration; None tells nothing apart.
    """

    def __init__(self, pair: MapPair, strips: BorderStrips | None) -> None:
        self._pair, self._strips = pair, strips
        self._size = len(pair.classes.names)

    def codes(self, window: Window, *, count_resampling: bool = False) -> np.ndarray:
        """Return the code of each pixel as ``(rows, cols)`` int32.

        (kind · K + old) · K + new; from 2 · K · K on the class where only the old map has one, then where only the new
        one has; -1 for none.
        """
        halo = self._strips.halo_px if self._strips else 0
        wide = self._pair.grid.window.intersection(
            Window(window.col_off - halo, window.row_off - halo, window.width + 2 * halo, window.height + 2 * halo)
        )
        core = window if count_resampling else None
        old, new = self._pair.old(wide, core), self._pair.new(wide, core)
        codes = old.astype(np.int32) * self._size + new
        if self._strips:
            codes[self._strips.find(old, new)] += self._size**2
        first = 2 * self._size**2
        codes = np.where(new == NODATA, first + old, np.where(old == NODATA, first + self._size + new, codes))
        codes[(old == NODATA) & (new == NODATA)] = -1
        return codes[window.slices_in(wide)]


def count_transitions(pair: MapPair, reader: ChangeReader, context: RunContext = QUIET) -> TransitionCounts:
    """Count all transitions in one pass.

    Args:
        pair: The maps.
        reader: Reads their transitions.
        context: Receives progress; asked now and then whether to stop.

    Raises:
        InvalidJob: If no pixel has a class on both maps.
        Cancelled: If asked to stop.
    """
    grid, size = pair.grid, len(pair.classes.names)
    ground = ground_area_of(grid)
    both = 2 * size * size
    pixels, area = np.zeros(both + 2 * size, np.int64), np.zeros(both + 2 * size)
    for strip in grid.window.strips(BLOCK_PX):
        for left in range(0, grid.width, BLOCK_PX * CHUNK_BLOCKS):
            width = min(BLOCK_PX * CHUNK_BLOCKS, grid.width - left)
            window = Window(left, strip.row_off, width, strip.height)
            _add(reader.codes(window, count_resampling=True), window, ground, pixels, area)
            context.check_stop()
        context.progress(Stage.PREPARE, strip.row_end, grid.height, "rows")
    if not pixels[:both].any():
        raise InvalidJob("No place has a class on both maps. Check their nodata values, and that they overlap.")
    shape = (2, size, size)
    return TransitionCounts(
        pixels=pixels[:both].reshape(shape),
        area_m2=area[:both].reshape(shape),
        one_sided_m2=area[both:].reshape(2, size),
    )


def _add(codes: np.ndarray, window: Window, ground: GroundArea, pixels: np.ndarray, area: np.ndarray) -> None:
    runs = find_runs(codes)
    inside = runs.class_ids >= 0
    rows, starts, ends, code = runs.rows[inside], runs.starts[inside], runs.ends[inside], runs.class_ids[inside]
    if not len(rows):
        return
    pixels += np.bincount(code, ends - starts, len(pixels)).astype(np.int64)
    areas = ground.of_runs(rows + window.row_off, starts + window.col_off, ends + window.col_off)
    area += np.bincount(code, areas, len(area))


def list_transitions(counts: TransitionCounts, classes: CommonClasses) -> tuple[Transition, ...]:
    """Return the transitions that there are: stable classes first, then change, then possible misregistration.

    Raises:
        InvalidJob: If there are more than a raster of class ids can tell.
    """
    found = []
    kinds = [(0, True), (0, False), (1, False)]
    for kind, stable in kinds:
        for old, new in np.argwhere(counts.pixels[kind] > 0).tolist():
            if (old == new) == stable:
                name = f"{classes.names[old]}{STABLE}" if stable else f"{classes.names[old]}{ARROW}{classes.names[new]}"
                found.append((old, new, bool(kind), name + (BORDER if kind else "")))
    if len(found) > MOST_TRANSITIONS:
        raise InvalidJob(
            f"There are {len(found)} transitions between {len(classes.names)} classes; a change raster tells at most "
            f"{MOST_TRANSITIONS} apart. Put classes together with a crosswalk."
        )
    return tuple(
        Transition(class_id=k, old=old, new=new, is_border=border, name=name)
        for k, (old, new, border, name) in enumerate(found)
    )


def change_legend(transitions: tuple[Transition, ...], classes: CommonClasses) -> Legend:
    """Return the legend of the change raster: stable classes pale, change in the colour of what came, borders grey."""
    return Legend(
        name="change",
        title="Change of land cover",
        classes=tuple(LandCoverClass(class_id=t.class_id, name=t.name, color=_color(t, classes)) for t in transitions),
        unknown_id=None,
    )


def _color(t: Transition, classes: CommonClasses) -> tuple[int, int, int]:
    if t.is_border:
        return (150, 150, 150)
    color = classes.colors[t.new]
    if not t.is_change:
        return tuple(215 + v * 35 // 255 for v in color)
    # Where it came from shows a little, so that two ways to one class differ.
    before = classes.colors[t.old]
    return tuple((4 * a + b) // 5 for a, b in zip(color, before, strict=True))


def id_table(transitions: tuple[Transition, ...], size: int) -> np.ndarray:
    """Return ``(2·K·K + 2·K + 1,)`` uint8 class id of the change raster of each code; the last is for -1."""
    table = np.full(2 * size * size + 2 * size + 1, NODATA, np.uint8)
    for t in transitions:
        table[(int(t.is_border) * size + t.old) * size + t.new] = t.class_id
    return table


def change_ids(reader: ChangeReader, table: np.ndarray, grid: RasterGrid) -> Callable[[Window], np.ndarray]:
    """Return what reads the change raster window by window."""
    return lambda window: table[reader.codes(grid.window.intersection(window))]
