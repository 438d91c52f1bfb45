"""Border points: where borders between classes bend, branch or cross, and the ways from one to the next. Pure.

The lattice point (row, column) is the upper left corner of a pixel. Borders run along pixel edges, with the larger
class value on their left as seen on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...models.legend import NODATA

EAST, SOUTH, WEST, NORTH = range(4)

BLOCK_PX = 1_000_000
"""Pixels that are compared at once: their temporary arrays stay in the processor's cache."""

FEW_WALKERS = 48
"""From here on a plain loop is faster than numpy on short arrays."""


@dataclass(frozen=True, slots=True)
class BorderPoints:
    """Lattice points that are not on a straight line or empty, in row-major order.

    Attributes:
        rows: Lattice row, 0 on the upper seam.
        cols: Lattice column.
        leaves: ``(4, n)`` bool: a crack leaves in this direction, with the larger class on its left.
        arrives: ``(4, n)`` bool: a crack arrives from this direction.
        is_end: Nodes and points on the seams, where arcs end.
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
class Starts:
    """Ends of arcs and the directions in which arcs leave them."""

    point: np.ndarray
    heading: np.ndarray


def find_points(class_ids: np.ndarray) -> BorderPoints:
    """Return the points of a strip's borders.

    Args:
        class_ids: ``(1 + rows, width)`` uint8: the row above the strip, then the strip.
    """
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
    return BorderPoints(rows, cols, leaves, arrives, is_end, is_pass, leaves.argmax(axis=0).astype(np.int8))


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


class Following:
    """Which point follows a point in each direction, and along the border.

    Attributes:
        next: Point that follows each point along its border; -1 at ends.
    """

    def __init__(self, points: BorderPoints) -> None:
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


def _stable_order(cols: np.ndarray) -> np.ndarray:
    """Return the order by column; numpy sorts 16 bit numbers in linear time."""
    order = np.argsort((cols & 0xFFFF).astype(np.uint16), kind="stable")
    high = (cols >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order


def starts_of(points: BorderPoints) -> Starts:
    """Return where arcs begin, other than those around islands."""
    heading, point = np.nonzero(points.leaves & points.is_end)
    return Starts(point, heading.astype(np.int8))


@dataclass(frozen=True, slots=True)
class Walks:
    """Points of each walk, one walk after the other."""

    points: np.ndarray
    lengths: np.ndarray

    def joined(self, other: Walks) -> Walks:
        """Return these walks and then others."""
        return Walks(np.concatenate([self.points, other.points]), np.concatenate([self.lengths, other.lengths]))


def walk(first: np.ndarray, following: np.ndarray) -> Walks:
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
    for first, tail in zip(begin[walker], tails, strict=True):
        points[first + len(steps) :][: len(tail)] = tail
    return Walks(points, lengths)


def _walk_singly(first: np.ndarray, following: np.ndarray) -> list[list[int]]:
    links = np.ascontiguousarray(following).data
    tails = []
    for point in first.tolist():
        tail = []
        while point >= 0:
            tail.append(point)
            point = links[point]
        tails.append(tail)
    return tails
