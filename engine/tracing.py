"""Traces the borders between classes in a strip of a raster, as pieces that two neighbours share. Pure.

Coordinates are lattice points: (x, y) is the upper left corner of the pixel in column x and row y. A *crack* is an
edge between two pixels of different class. A *node* is a lattice point where three or four cracks meet. A *piece* is a
chain of cracks from node to node, from a node to the strip's upper or lower seam, or around an island; it has one class
on its left and one on its right all the way, and holds only its corners as points. Every crack belongs to one piece,
every piece runs with the larger class value on its left (as seen on the screen, y downwards).

A strip owns the cracks on its upper seam, but not those on its lower one: the next strip does. Pixels outside the
raster count as no data.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..models.legend import NODATA
from .lattice import offsets_of, pack
from .runs import Runs, connected_components, find_runs, vertical_links

EAST, SOUTH, WEST, NORTH = range(4)
OPPOSITE = np.array([WEST, NORTH, EAST, SOUTH], np.int8)
RIGHT_TURN = np.array([SOUTH, WEST, NORTH, EAST], np.int8)

BLOCK_PX = 1_000_000
"""Pixels that are compared at once: their temporary arrays stay in the processor's cache."""

FEW_WALKERS = 48
"""From here on a plain loop is faster than numpy on short arrays."""


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
class Pieces:
    """Pieces of borders.

    Attributes:
        points: ``(points,)`` int64 packed lattice points (see lattice.py) of all pieces, one after the other, both ends
            included.
        offsets: ``(n + 1,)`` int64 where each piece begins in `points`.
        left: ``(n,)`` component on the left; -1 for no data.
        right: ``(n,)`` component on the right; -1 for no data.
        first_heading: ``(n,)`` int8 direction in which the piece leaves its first point.
        last_heading: ``(n,)`` int8 direction in which it arrives at its last point.
        passes_first: ``(n,)`` bool, the first point is on a seam and no node: another piece goes on there.
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
        """Number of pieces."""
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


def trace_pieces(class_ids: np.ndarray, components: Components, first_row: int) -> Pieces:
    """Return the pieces of a strip.

    Args:
        class_ids: ``(1 + rows, width)`` uint8: the row above the strip (all no data at the raster's top), then the
            strip; below the raster's last row the caller adds a row of no data.
        components: Its connected areas.
        first_row: Raster row of the strip's first row.
    """
    points = _find_points(class_ids)
    following = _following(points)
    starts = _starts(points)
    first = following.step(starts.point, starts.heading)
    walked = _walk(first, following.next)
    loops = _island_corners(points, components, walked.points)
    if len(loops):
        headings = points.heading[loops]
        starts = _Starts(np.append(starts.point, loops), np.append(starts.heading, headings))
        blocked = following.next.copy()
        blocked[loops] = -1
        walked = walked.joined(_walk(following.step(loops, headings), blocked))
    return _pieces(points, starts, walked, components, first_row)


@dataclass(frozen=True, slots=True)
class _Points:
    """Lattice points that are not on a straight line or empty, in row-major order.

    Attributes:
        rows: Lattice row, 0 on the upper seam.
        cols: Lattice column.
        leaves: ``(4, n)`` bool: a crack leaves in this direction, with the larger class on its left.
        arrives: ``(4, n)`` bool: a crack arrives from this direction.
        is_end: Nodes and points on the seams, where pieces end.
        is_pass: Points on the upper seam that only two cracks touch.
        heading: Of points that are not ends: the direction in which the border leaves.
    """

    rows: np.ndarray
    cols: np.ndarray
    leaves: np.ndarray
    arrives: np.ndarray
    is_end: np.ndarray
    is_pass: np.ndarray
    heading: np.ndarray


@dataclass(frozen=True, slots=True)
class _Starts:
    point: np.ndarray
    heading: np.ndarray


def _find_points(class_ids: np.ndarray) -> _Points:
    padded = np.full((class_ids.shape[0], class_ids.shape[1] + 2), NODATA, np.uint8)
    padded[:, 1:-1] = class_ids
    height, stride = padded.shape[0] - 1, padded.shape[1] - 1  # lattice rows without the lower seam, lattice columns
    step = max(1, BLOCK_PX // stride)
    found = [_bends(padded, r, min(height, r + step)) for r in range(0, height, step)]
    below = np.flatnonzero(padded[-1, 1:] != padded[-1, :-1])
    keys = np.concatenate([*found, below + height * stride])
    rows = keys // stride
    cols = keys - rows * stride
    inner = rows < height
    flat = padded.reshape(-1)
    corner = keys + rows  # padded is one column wider than the lattice
    nw, ne = flat[corner], flat[corner + 1]
    under = np.where(inner, corner + stride + 1, 0)
    sw, se = np.where(inner, flat[under], nw), np.where(inner, flat[under + 1], ne)
    has_north = nw != ne
    degree = has_north.astype(np.int8) + (ne != se) + (se != sw) + (sw != nw)
    on_top, on_bottom = rows == 0, ~inner
    # On the lower seam the pixels below are not known; the copies of those above make it look straight.
    leaves = np.stack([(ne > se) & inner, (se > sw) & inner, (sw > nw) & inner, (nw > ne) & ~on_top])
    arrives = np.stack([(ne < se) & inner, (se < sw) & inner, (sw < nw) & inner, (nw < ne) & ~on_top])
    is_end = (degree >= 3) | on_bottom | (on_top & has_north)
    is_pass = on_top & has_north & (degree == 2)
    return _Points(rows, cols, leaves, arrives, is_end, is_pass, leaves.argmax(axis=0).astype(np.int8))


def _bends(padded: np.ndarray, first: int, end: int) -> np.ndarray:
    """Return keys (row * columns + column) of lattice rows first … end - 1 where a border bends, branches or crosses.

    On the upper seam every point that the border crosses counts.
    """
    rows = padded[first : end + 1]
    vertical = rows[:, 1:] != rows[:, :-1]
    horizontal = rows[1:] != rows[:-1]
    north, south, west, east = vertical[:-1], vertical[1:], horizontal[:, :-1], horizontal[:, 1:]
    bends = north != south
    bends |= east != west
    bends |= north & east
    if first == 0:
        bends[0] |= north[0]
    return np.flatnonzero(bends) + first * bends.shape[1]


class _Following:
    """Which point follows a point in each direction, and along the border."""

    def __init__(self, points: _Points) -> None:
        number = np.arange(len(points.rows))
        by_column = _stable_order(points.cols)
        south, north = np.zeros_like(number), np.zeros_like(number)
        south[by_column[:-1]] = by_column[1:]
        north[by_column[1:]] = by_column[:-1]
        # Along a line nothing that is not a point can end a crack, so the next point is its end.
        self._neighbours = (number + 1, south, number - 1, north)
        self.next = np.where(points.is_end, -1, self.step(number, points.heading))

    def step(self, point: np.ndarray, heading: np.ndarray) -> np.ndarray:
        """Return the point at the end of the straight line that leaves each point in a direction."""
        return np.choose(heading, [n[point] for n in self._neighbours])


def _following(points: _Points) -> _Following:
    return _Following(points)


def _stable_order(cols: np.ndarray) -> np.ndarray:
    """Return the order by column; numpy sorts 16 bit numbers in linear time."""
    order = np.argsort((cols & 0xFFFF).astype(np.uint16), kind="stable")
    high = (cols >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order


def _starts(points: _Points) -> _Starts:
    heading, point = np.nonzero(points.leaves & points.is_end)
    return _Starts(point, heading.astype(np.int8))


@dataclass(frozen=True, slots=True)
class _Walked:
    """Points of each walk, one walk after the other."""

    points: np.ndarray
    lengths: np.ndarray

    def joined(self, other: _Walked) -> _Walked:
        return _Walked(np.concatenate([self.points, other.points]), np.concatenate([self.lengths, other.lengths]))


def _walk(first: np.ndarray, following: np.ndarray) -> _Walked:
    """Follow the border from many points at once, each until it comes to an end; the ends are included.

    Args:
        first: ``(n,)`` first point of each walk.
        following: Next point of each point, -1 at ends.
    """
    walker, here = np.arange(len(first)), first
    steps: list[tuple[np.ndarray, np.ndarray]] = []
    lengths = np.zeros(len(first), np.int64)
    while len(here) > FEW_WALKERS:
        steps.append((walker, here))
        there = following[here]
        goes_on = there >= 0
        lengths[walker[~goes_on]] = len(steps)
        walker, here = walker[goes_on], there[goes_on]
    tails = _walk_singly(here, following)
    lengths[walker] = len(steps) + np.array([len(t) for t in tails], np.int64)
    begin = np.cumsum(lengths) - lengths
    points = np.empty(lengths.sum(), np.int64)
    for k, (who, where) in enumerate(steps):
        points[begin[who] + k] = where
    for who, tail in zip(walker, tails, strict=True):
        points[begin[who] + len(steps) :][: len(tail)] = tail
    return _Walked(points, lengths)


def _walk_singly(first: np.ndarray, following: np.ndarray) -> list[list[int]]:
    links = memoryview(np.ascontiguousarray(following))
    tails = []
    for point in first.tolist():
        tail = []
        while point >= 0:
            tail.append(point)
            point = links[point]
        tails.append(tail)
    return tails


def _island_corners(points: _Points, components: Components, walked: np.ndarray) -> np.ndarray:
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


def _pieces(points: _Points, starts: _Starts, walked: _Walked, components: Components, first_row: int) -> Pieces:
    offsets = offsets_of(walked.lengths + 1)
    chain = np.empty(offsets[-1], np.int64)
    is_walked = np.ones(len(chain), bool)
    is_walked[offsets[:-1]] = False
    chain[offsets[:-1]], chain[is_walked] = starts.point, walked.points
    first, last = chain[offsets[:-1]], chain[offsets[1:] - 1]
    rows, cols = points.rows[first], points.cols[first]
    left, right = _sides(starts.heading)
    return Pieces(
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


def _heading(points: _Points, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    dx, dy = points.cols[end] - points.cols[start], points.rows[end] - points.rows[start]
    return np.where(dx > 0, EAST, np.where(dy > 0, SOUTH, np.where(dx < 0, WEST, NORTH))).astype(np.int8)
