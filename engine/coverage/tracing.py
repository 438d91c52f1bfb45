"""Traces the borders between classes in a strip of a raster, as arcs that two neighbours share. Pure.

Coordinates are lattice points: (x, y) is the upper left corner of the pixel in column x and row y. A *crack* is an
edge between two pixels of different class. A *node* is a lattice point where three or four cracks meet. An *arc* is a
chain of cracks from node to node, from a node to the strip's upper or lower seam, or around an island; it has one class
on its left and one on its right all the way, and holds only its corners as points. Every crack belongs to one arc,
every arc runs with the larger class value on its left (as seen on the screen, y downwards).

A strip owns the cracks on its upper seam, but not those on its lower one: the next strip does. Pixels outside the
raster count as no data.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...models.legend import NODATA
from .border_points import (
    EAST,
    NORTH,
    SOUTH,
    WEST,
    BorderPoints,
    Following,
    Starts,
    Walks,
    find_points,
    starts_of,
    walk,
)
from .lattice import offsets_of, pack
from .runs import Runs, connected_components, find_runs, vertical_links

OPPOSITE = np.array([WEST, NORTH, EAST, SOUTH], np.int8)
RIGHT_TURN = np.array([SOUTH, WEST, NORTH, EAST], np.int8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """Connected areas of equal class in a strip and the row above it, 4-connected; no data is one without use.

    Attributes:
        runs: Runs of the row above (row 0) and of the strip's rows (1 …).
        of_run: ``(runs,)`` component of each run, numbered from 0 in the order of their first pixels; -1 for no data.
        class_ids: ``(n,)`` uint8 class of each component.
        first_runs: Run with the first pixel of each connected area, those of no data included.
    """

    runs: Runs
    of_run: np.ndarray
    class_ids: np.ndarray
    first_runs: np.ndarray

    def at(self, rows: np.ndarray, cols: np.ndarray) -> np.ndarray:
        """Return the component of pixels (row 0 is the row above); -1 for no data and outside the raster."""
        width = self.runs.width
        inside = (cols >= 0) & (cols < width) & (rows <= self.runs.rows[-1])
        keys = np.where(inside, rows * width + cols, 0)
        found = self.of_run[np.searchsorted(self.runs.keys, keys, side="right") - 1]
        return np.where(inside, found, -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arcs:
    """Arcs of borders.

    Attributes:
        points: ``(points,)`` int64 packed lattice points (see lattice.py) of all arcs, one after the other, both ends
            included.
        offsets: ``(n + 1,)`` int64 where each arc begins in `points`.
        left: ``(n,)`` component on the left; -1 for no data.
        right: ``(n,)`` component on the right; -1 for no data.
        first_heading: ``(n,)`` int8 direction in which the arc leaves its first point.
        last_heading: ``(n,)`` int8 direction in which it arrives at its last point.
        passes_first: ``(n,)`` bool, the first point is on a seam and no node: another arc goes on there.
        passes_last: ``(n,)`` bool, the same of the last point.
    """

    points: np.ndarray
    offsets: np.ndarray
    left: np.ndarray
    right: np.ndarray
    first_heading: np.ndarray
    last_heading: np.ndarray
    passes_first: np.ndarray
    passes_last: np.ndarray

    @property
    def count(self) -> int:
        """Number of arcs."""
        return len(self.left)


def label_components(class_ids: np.ndarray) -> Components:
    """Return the connected areas of ``(rows, width)`` class ids."""
    runs = find_runs(class_ids)
    root = connected_components(len(runs.rows), *vertical_links(runs))
    is_first = root == np.arange(len(root))
    is_counted = is_first & (runs.class_ids != NODATA)
    number = np.cumsum(is_counted) - 1
    return Components(
        runs=runs,
        of_run=np.where(runs.class_ids != NODATA, number[root], -1),
        class_ids=runs.class_ids[is_counted],
        first_runs=np.flatnonzero(is_first),
    )


def trace_arcs(class_ids: np.ndarray, components: Components, first_row: int) -> Arcs:
    """Return the arcs of a strip.

    Args:
        class_ids: ``(1 + rows, width)`` uint8: the row above the strip (all no data at the raster's top), then the
            strip; below the raster's last row the caller adds a row of no data.
        components: Its connected areas.
        first_row: Raster row of the strip's first row.
    """
    points = find_points(class_ids)
    following = Following(points)
    starts = starts_of(points)
    first = following.step(starts.point, starts.heading)
    walked = walk(first, following.next)
    loops = _island_corners(points, components, walked.points)
    if len(loops):
        headings = points.heading[loops]
        starts = Starts(np.append(starts.point, loops), np.append(starts.heading, headings))
        blocked = following.next.copy()
        blocked[loops] = -1
        walked = walked.joined(walk(following.step(loops, headings), blocked))
    return _arcs(points, starts, walked, components, first_row)


def _island_corners(points: BorderPoints, components: Components, walked: np.ndarray) -> np.ndarray:
    """Return one point of each closed border without nodes: the upper left corner of the first pixel inside it."""
    is_free = ~points.is_end
    is_free[walked] = False
    candidates = np.flatnonzero(is_free)
    if not len(candidates):
        return candidates
    runs, first = components.runs, components.first_runs
    stride = runs.width + 1
    corners = (runs.rows[first] - 1) * stride + runs.starts[first]
    keys = points.rows[candidates] * stride + points.cols[candidates]
    return candidates[np.isin(keys, corners, assume_unique=True)]


def _arcs(points: BorderPoints, starts: Starts, walked: Walks, components: Components, first_row: int) -> Arcs:
    offsets = offsets_of(walked.lengths + 1)
    chain = np.empty(offsets[-1], np.int64)
    is_walked = np.ones(len(chain), bool)
    is_walked[offsets[:-1]] = False
    chain[offsets[:-1]], chain[is_walked] = starts.point, walked.points
    first, last = chain[offsets[:-1]], chain[offsets[1:] - 1]
    rows, cols = points.rows[first], points.cols[first]
    left, right = _sides(starts.heading)
    return Arcs(
        points=pack(points.cols, points.rows + first_row)[chain],
        offsets=offsets,
        left=components.at(rows + left[0], cols + left[1]),
        right=components.at(rows + right[0], cols + right[1]),
        first_heading=starts.heading,
        last_heading=_heading(points, chain[offsets[1:] - 2], last),
        passes_first=points.is_pass[first],
        passes_last=points.is_pass[last],
    )


def _sides(heading: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (row, column) of the pixels left and right of a crack, relative to the lattice point it leaves.

    Row 0 of the components is the row above the strip, so the pixel below lattice row r is in row r + 1.
    """
    north_west, north_east, south_west, south_east = (0, -1), (0, 0), (1, -1), (1, 0)
    left = np.array([north_east, south_east, south_west, north_west]).T
    right = np.array([south_east, south_west, north_west, north_east]).T
    return left[:, heading], right[:, heading]


def _heading(points: BorderPoints, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    dx, dy = points.cols[end] - points.cols[start], points.rows[end] - points.rows[start]
    return np.where(dx > 0, EAST, np.where(dy > 0, SOUTH, np.where(dx < 0, WEST, NORTH))).astype(np.int8)
