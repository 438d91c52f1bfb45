"""From a class raster to faces that share their borders, strip by strip.

The order of the faces, their rings and their points do not depend on the height of the strips.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from ...models.legend import NODATA
from ..raster.ground_area import GroundArea
from ..system.trace import span
from .cutting import marked, unmarked
from .faces import CoverageBuilder, Faces, TracedStrip
from .runs import Runs
from .simplify import simplify_arcs
from .smoothing import smooth_arcs
from .tracing import label_components, trace_arcs

BAND_PX = 4_000_000
"""Pixels of the strips in which borders are simplified; their height depends on the raster's width alone."""

SMOOTH_TOLERANCE_PX = 1.0
"""Borders are simplified by this much at least before they are rounded: rounded pixel stairs are still stairs."""

LONGEST_CUT = 2.0
"""Where a corner is rounded at most, in units of the tolerance."""

FULL_CONFIDENCE = 100
NO_CONFIDENCE = 255

ReadConfidence = Callable[[int, int], np.ndarray]
"""Gives per cent of rows first … end - 1 as ``(rows, width)`` uint8; above 100 there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """What happens to borders and what is measured."""

    ground: GroundArea | None = None
    tolerance_px: float = 0.0
    smooth: bool = False


def polygonize(
    strips: Iterable[tuple[int, np.ndarray]],
    width: int,
    *,
    ground: GroundArea | None = None,
    tolerance_px: float = 0.0,
    smooth: bool = False,
    confidence: ReadConfidence | None = None,
    cut_px: int = 0,
    workers: int = 1,
) -> Iterator[Faces]:
    """Yield the complete faces after every strip, and once more at the end.

    Args:
        strips: (first row, ``(rows, width)`` uint8 class ids) from top to bottom without gaps; 255 is no data.
        width: Columns of the raster.
        ground: Measures ground; None leaves the ground area unknown.
        tolerance_px: Borders are simplified up to this tolerance; 0 leaves them as they are.
        smooth: Borders are rounded too; then points of the faces count SUBPIXELS to a pixel, and the tolerance is
            SMOOTH_TOLERANCE_PX at least.
        confidence: Reads what is averaged over the faces; called with ascending rows from this thread.
        cut_px: Side of the squares along which areas are cut; 0 leaves them whole.
        workers: Threads that trace strips ahead, each of which holds a strip.

    Raises:
        RasterError: If a class id is too large for areas to be cut (see cutting.py).
    """
    if cut_px:
        strips = marked(strips, cut_px)
    builder = CoverageBuilder(width, ground.unit_m2 if ground else float("nan"))
    if smooth:
        tolerance_px = max(tolerance_px, SMOOTH_TOLERANCE_PX)
    if tolerance_px:
        strips = regrouped(strips, band_rows(width))
    form = _Form(ground=ground, tolerance_px=tolerance_px, smooth=smooth)
    with ThreadPoolExecutor(workers, "trace") as pool:
        ahead: deque[Future[TracedStrip]] = deque()
        for above, class_ids, first_row in _overlapping(strips, width):
            percent = _percent(confidence, class_ids, first_row)
            ahead.append(pool.submit(_trace, above, class_ids, first_row, form, percent))
            if len(ahead) > workers:
                yield _complete(builder, ahead.popleft().result(), cut_px)
        while ahead:
            yield _complete(builder, ahead.popleft().result(), cut_px)


def _complete(builder: CoverageBuilder, strip: TracedStrip, cut_px: int) -> Faces:
    with span("faces"):
        faces = builder.add(strip)
    return replace(faces, class_ids=unmarked(faces.class_ids)) if cut_px else faces


def _percent(confidence: ReadConfidence | None, class_ids: np.ndarray, first_row: int) -> np.ndarray | None:
    if confidence is None:
        return None
    if (class_ids == NODATA).all():  # such as the row that closes the raster, below which there is nothing to read
        return np.full(class_ids.shape, NO_CONFIDENCE, np.uint8)
    return confidence(first_row, first_row + len(class_ids))


def _overlapping(strips: Iterable[tuple[int, np.ndarray]], width: int) -> Iterator[tuple[np.ndarray, np.ndarray, int]]:
    """Yield (row above, class ids, first row) of every strip, and at the end a row of no data that closes all."""
    nothing = np.full((1, width), NODATA, np.uint8)
    above, end = nothing, 0
    for first_row, class_ids in strips:
        yield above, class_ids, first_row
        above, end = class_ids[-1:], first_row + len(class_ids)
    yield above, nothing, end


def band_rows(width: int) -> int:
    """Return the height of the strips in which borders of a raster of this width are simplified."""
    return max(64, min(1024, BAND_PX // width))


def regrouped(strips: Iterable[tuple[int, np.ndarray]], rows: int) -> Iterator[tuple[int, np.ndarray]]:
    """Yield the same rows in strips of another height."""
    waiting: list[np.ndarray] = []
    have = first = 0
    for _, class_ids in strips:
        waiting.append(class_ids)
        have += len(class_ids)
        while have >= rows:
            stacked = np.concatenate(waiting) if len(waiting) > 1 else waiting[0]
            yield first, stacked[:rows]
            first, have, waiting = first + rows, have - rows, [stacked[rows:]]
    if have:
        yield first, np.concatenate(waiting)


def trace_strip(above: np.ndarray, class_ids: np.ndarray, first_row: int, ground: GroundArea | None) -> TracedStrip:
    """Return components and arcs of a strip; depends on nothing but its pixels and the row above it."""
    return _trace(above, class_ids, first_row, _Form(ground=ground), None)


def _trace(
    above: np.ndarray, class_ids: np.ndarray, first_row: int, form: _Form, percent: np.ndarray | None
) -> TracedStrip:
    with span("trace"):
        return _traced(above, class_ids, first_row, form, percent)


def _traced(
    above: np.ndarray, class_ids: np.ndarray, first_row: int, form: _Form, percent: np.ndarray | None
) -> TracedStrip:
    stacked = np.concatenate([above, class_ids])
    components = label_components(stacked)
    arcs = trace_arcs(stacked, components, first_row)
    if form.tolerance_px:
        arcs = simplify_arcs(
            arcs, components.class_ids, first_row=first_row, pixels=class_ids, tolerance_px=form.tolerance_px
        )
    if form.smooth:
        cut = LONGEST_CUT * form.tolerance_px
        arcs = smooth_arcs(arcs, components.class_ids, first_row=first_row, pixels=class_ids, longest_cut_px=cut)
    return TracedStrip(
        first_row=first_row,
        components=components,
        arcs=arcs,
        ground_units=ground_units(components.runs, first_row, form.ground),
        confidence=None if percent is None else confidence_sums(components.runs, percent),
    )


def confidence_sums(runs: Runs, percent: np.ndarray) -> np.ndarray:
    """Return per run the sum of per cent and the number of pixels that have any, ``(2, runs)`` int64.

    Args:
        runs: Runs of the row above (which count nothing) and of a strip.
        percent: ``(rows, width)`` uint8 of the strip; above 100 there is none.
    """
    above = np.full((1, runs.width), NO_CONFIDENCE, np.uint8)
    flat = np.concatenate([above, percent]).reshape(-1)
    is_known = flat <= FULL_CONFIDENCE
    known = np.where(is_known, flat, 0)
    return np.stack([np.add.reduceat(v, runs.keys, dtype=np.int64) for v in (known, is_known)])


def ground_units(runs: Runs, first_row: int, ground: GroundArea | None) -> np.ndarray:
    """Return the ground area of runs in whole units, so that sums do not depend on their order; 0 if unknown.

    Args:
        runs: Runs of the row above (measured as 0) and of a strip.
        first_row: Raster row of the strip's first row.
        ground: Measures ground.
    """
    units = np.zeros(len(runs.rows), np.int64)
    if ground is not None:
        own = np.flatnonzero(runs.rows > 0)
        areas = ground.of_runs(runs.rows[own] - 1 + first_row, runs.starts[own], runs.ends[own])
        units[own] = np.rint(areas / ground.unit_m2)
    return units
