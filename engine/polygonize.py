"""From a class raster to faces that share their borders, strip by strip.

The order of the faces, their rings and their points do not depend on the height of the strips.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from ..models.legend import NODATA
from .coverage import CoverageBuilder, Faces, TracedStrip
from .ground_area import GroundArea
from .tracing import Components, label_components, trace_pieces


def polygonize(
    strips: Iterable[tuple[int, np.ndarray]], width: int, ground: GroundArea | None = None
) -> Iterator[Faces]:
    """Yield the complete faces after every strip, and once more at the end.

    Args:
        strips: (first row, ``(rows, width)`` uint8 class ids) from top to bottom without gaps; 255 is no data.
        width: Columns of the raster.
        ground: Measures ground; None leaves the ground area unknown.
    """
    builder = CoverageBuilder(width)
    above = np.full((1, width), NODATA, np.uint8)
    end = 0
    for first_row, class_ids in strips:
        yield builder.add(trace_strip(above, class_ids, first_row, ground))
        above, end = class_ids[-1:], first_row + len(class_ids)
    yield builder.add(trace_strip(above, np.full((1, width), NODATA, np.uint8), end, None))


def trace_strip(above: np.ndarray, class_ids: np.ndarray, first_row: int, ground: GroundArea | None) -> TracedStrip:
    """Return components and pieces of a strip; depends on nothing but its pixels and the row above it."""
    stacked = np.concatenate([above, class_ids])
    components = label_components(stacked)
    return TracedStrip(
        first_row=first_row,
        components=components,
        pieces=trace_pieces(stacked, components, first_row),
        ground_m2=_ground_of(components, first_row, ground),
    )


def _ground_of(components: Components, first_row: int, ground: GroundArea | None) -> np.ndarray:
    runs = components.runs
    if ground is None:
        return np.full(len(runs.rows), np.nan)
    own = runs.rows > 0
    areas = np.zeros(len(runs.rows))
    areas[own] = ground.of_runs(runs.rows[own] - 1 + first_row, runs.starts[own], runs.ends[own])
    return areas
