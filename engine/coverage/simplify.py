"""Simplifies the borders of a coverage without tearing it. Pure.

Each border is simplified once, for both of its neighbours, after Visvalingam and Whyatt ("Line generalisation by
repeated elimination of points", 1993): the corner that makes the smallest triangle with its neighbours goes first, as
long as the triangle is smaller than the square of the tolerance. Three things are added:

* A corner stays while another point lies in its triangle, so no border ever crosses or touches another. Nodes stay, and
  so do the raster's edges and the borders of areas without data. The coverage stays valid.
* What one class loses to another it gets back: between two classes, corners go on both sides in equal measure.
* Many corners go at once: all whose triangle is the smallest among their neighbours'. The outcome depends on nothing
  but the strip, so strips of a fixed height give a result that does not depend on anything else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .class_balance import ClassBalance, pairs_of
from .lattice import columns_of, offsets_of, ragged_arange, rows_of
from .tracing import Arcs

ISLAND_CORNERS = 4
"""Corners that a border around an island keeps at least, so that a single pixel stays a square."""

_TIES = 1 << 20
_OUT = np.iinfo(np.int64).max


def simplify_arcs(
    arcs: Arcs, class_ids: np.ndarray, *, tolerance_px: float, first_row: int, pixels: np.ndarray
) -> Arcs:
    """Return the arcs of a strip with fewer points.

    Args:
        arcs: Arcs of one strip.
        class_ids: Classes of the components on their sides.
        tolerance_px: Corners go while their triangle is at most the square of this, in pixels.
        first_row: Raster row of the strip's first row.
        pixels: ``(rows, width)`` class ids of the strip.
    """
    limit = int(min(2 * tolerance_px * tolerance_px, 2.0**40))
    if limit < 1 or not arcs.count:
        return arcs
    lines = _Lines.of(arcs, limit, first_row, *pixels.shape)
    balance = ClassBalance(*pairs_of(arcs, class_ids, np.bincount(pixels.reshape(-1), minlength=256)))
    waiting = lines.inner()
    while len(waiting):
        removed = _sweep(lines, balance, waiting)
        waiting = balance.take_parked(lines.is_there) if removed else waiting[:0]
        lines.measure(waiting)
    return lines.result(arcs)


def _sweep(lines: _Lines, balance: ClassBalance, points: np.ndarray) -> int:
    """Let corners go until none can; return how many went."""
    removed = 0
    candidates = lines.smallest(points)
    while len(candidates):
        free = lines.is_free(candidates)
        fit = lines.spared(candidates[free])
        go = balance.choose(fit, lines.arc[fit], lines.signed(fit), lines.rank[fit])
        stay = lines.without(candidates, go)
        balance.park(lines.without(fit, go))
        lines.block(stay)
        near = lines.distinct(np.concatenate([lines.remove(go), lines.neighbours(stay)]))
        candidates = lines.smallest(lines.distinct(np.concatenate([near, lines.neighbours(near)])))
        removed += len(go)
    return removed


@dataclass(slots=True)
class _Lines:
    """Points of all arcs as doubly linked lists, and a map of where points are.

    Attributes:
        x: Column of each point.
        y: Row of each point, counted from the strip's first.
        arc: Arc of each point.
        before: Previous point of the arc; itself at ends.
        after: Next point; itself at ends.
        rank: Order in which points may go; _OUT if they may not.
        is_there: Whether a point is left.
        map: ``(rows + 1, width + 1)`` bool, whether a point is left at a lattice point.
        slip: Room for a note on each point.
        spare: Number of points each arc can still lose.
        limit: Twice the largest triangle.
    """

    x: np.ndarray
    y: np.ndarray
    arc: np.ndarray
    before: np.ndarray
    after: np.ndarray
    rank: np.ndarray
    is_there: np.ndarray
    map: np.ndarray
    slip: np.ndarray
    spare: np.ndarray
    limit: int

    @staticmethod
    def of(arcs: Arcs, limit: int, first_row: int, rows: int, width: int) -> _Lines:
        count = len(arcs.points)
        number = np.arange(count)
        lengths = np.diff(arcs.offsets)
        x, y = columns_of(arcs.points), rows_of(arcs.points) - first_row
        first, last = arcs.offsets[:-1], arcs.offsets[1:] - 1
        before, after = number - 1, number + 1
        before[first], after[last] = first, last
        occupied = np.zeros((rows + 1, width + 1), bool)
        occupied[y, x] = True
        spare = lengths - 2 - _needed(x, y, first, last, rows, width)
        lines = _Lines(
            x=x, y=y, arc=np.repeat(np.arange(arcs.count), lengths), before=before, after=after,
            rank=np.full(count, _OUT), is_there=np.ones(count, bool), map=occupied, slip=np.zeros(count, np.int64),
            spare=np.where((arcs.left >= 0) & (arcs.right >= 0), spare, 0), limit=limit,
        )  # fmt: skip
        lines.measure(lines.inner())
        return lines

    def inner(self) -> np.ndarray:
        """Return the points that are not ends of an arc."""
        number = np.arange(len(self.x))
        return np.flatnonzero((self.before != number) & (self.after != number))

    def measure(self, points: np.ndarray) -> None:
        """Set the rank of points by their triangle; equal triangles go in an order that looks like chance."""
        x, y = self.x[points], self.y[points]
        area = np.abs(self.signed(points))
        tie = (x * 73_856_093 ^ y * 19_349_663) % _TIES
        self.rank[points] = np.where(
            (area <= self.limit) & (self.spare[self.arc[points]] > 0), area * _TIES + tie, _OUT
        )

    def signed(self, points: np.ndarray) -> np.ndarray:
        """Return twice the area that the class on the right gains from the one on the left when a point goes."""
        a, b = self.before[points], self.after[points]
        x, y = self.x[points], self.y[points]
        return (self.x[b] - x) * (self.y[a] - y) - (self.x[a] - x) * (self.y[b] - y)

    def smallest(self, points: np.ndarray) -> np.ndarray:
        """Return those of the points that rank before both neighbours."""
        rank = self.rank[points]
        is_first = (rank < self.rank[self.before[points]]) & (rank <= self.rank[self.after[points]])
        return points[is_first & (rank != _OUT)]

    def neighbours(self, points: np.ndarray) -> np.ndarray:
        """Return the points before and after."""
        return np.concatenate([self.before[points], self.after[points]])

    def distinct(self, points: np.ndarray) -> np.ndarray:
        """Return the points without repetition; much faster than sorting them."""
        number = np.arange(len(points))
        self.slip[points] = number
        return points[self.slip[points] == number]

    def without(self, points: np.ndarray, others: np.ndarray) -> np.ndarray:
        """Return those of the points that are not among others."""
        self.slip[points] = 0
        self.slip[others] = 1
        return points[self.slip[points] == 0]

    def block(self, points: np.ndarray) -> None:
        """Keep points until a neighbour goes."""
        self.rank[points] = _OUT

    def spared(self, points: np.ndarray) -> np.ndarray:
        """Return those points that may go without an arc losing too many; of each arc the first by rank."""
        lost = np.bincount(self.arc[points], minlength=len(self.spare))
        if (lost <= self.spare).all():
            return points
        order = points[np.lexsort((self.rank[points], self.arc[points]))]
        counts = lost[lost > 0]
        return order[ragged_arange(counts) < np.repeat(self.spare[lost > 0], counts)]

    def remove(self, points: np.ndarray) -> np.ndarray:
        """Take points away; return their neighbours, measured anew."""
        a, b = self.before[points], self.after[points]
        self.after[a], self.before[b] = b, a
        self.is_there[points] = False
        self.rank[points] = _OUT
        self.map[self.y[points], self.x[points]] = False
        self.spare -= np.bincount(self.arc[points], minlength=len(self.spare))
        near = self.distinct(np.concatenate([a, b]))
        inner = near[(self.before[near] != near) & (self.after[near] != near)]
        self.measure(inner)
        return inner

    def is_free(self, points: np.ndarray) -> np.ndarray:
        """Return whether no further point lies in or on the triangle of each point and its neighbours."""
        corners = np.stack([self.before[points], points, self.after[points]])
        x, y = self.x[corners], self.y[corners]
        # Lines of lattice points are followed along the shorter side of the triangle.
        is_tall = np.ptp(y, axis=0) > np.ptp(x, axis=0)
        u, v = np.where(is_tall, y, x), np.where(is_tall, x, y)
        low = v.min(axis=0)
        counts = v.max(axis=0) - low + 1
        triangle = np.repeat(np.arange(len(points)), counts)
        line = low[triangle] + ragged_arange(counts)
        first, last = _crossed(u[:, triangle], v[:, triangle], line)
        counts = np.maximum(last - first + 1, 0)
        within = np.repeat(triangle, counts)
        along, across = np.repeat(first, counts) + ragged_arange(counts), np.repeat(line, counts)
        tall = is_tall[within]
        hit = self.map[np.where(tall, along, across), np.where(tall, across, along)]
        # The three corners are found as well; a closed border's neighbours may be one and the same point.
        distinct = 3 - (self._same(corners[0], corners[2])).astype(np.int64)
        return np.bincount(within, hit, len(points)) == distinct

    def _same(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return (self.x[a] == self.x[b]) & (self.y[a] == self.y[b])

    def result(self, arcs: Arcs) -> Arcs:
        counts = np.bincount(self.arc[self.is_there], minlength=arcs.count)
        return replace(arcs, points=arcs.points[self.is_there], offsets=offsets_of(counts))


def _crossed(u: np.ndarray, v: np.ndarray, line: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return first and last integer u of triangles ``(3, n)`` on the lines v = line, which cross them."""
    first, last = np.full(len(line), _OUT), np.full(len(line), -_OUT)
    for i, j in ((0, 1), (1, 2), (2, 0)):
        swap = v[i] > v[j]
        u0, v0 = np.where(swap, u[j], u[i]), np.where(swap, v[j], v[i])
        u1, v1 = np.where(swap, u[i], u[j]), np.where(swap, v[i], v[j])
        crosses = (v0 <= line) & (line <= v1)
        rise = np.maximum(v1 - v0, 1)
        offset = (line - v0) * (u1 - u0)
        floor, ceiling = u0 + offset // rise, u0 - (-offset) // rise
        level = v0 == v1
        first = np.where(crosses, np.minimum(first, np.where(level, np.minimum(u0, u1), ceiling)), first)
        last = np.where(crosses, np.maximum(last, np.where(level, np.maximum(u0, u1), floor)), last)
    return first, last


def _needed(x: np.ndarray, y: np.ndarray, first: np.ndarray, last: np.ndarray, rows: int, width: int) -> np.ndarray:
    """Return how many inner points each arc must keep.

    Two arcs between the same ends must not become the same line. An arc that comes back to the lower seam must not
    lie on it, because the next strip's borders do.
    """
    start, end = y[first] * (width + 1) + x[first], y[last] * (width + 1) + x[last]
    low, high = np.minimum(start, end), np.maximum(start, end)
    order = np.lexsort((high, low))
    same = (np.diff(low[order]) == 0) & (np.diff(high[order]) == 0)
    has_twin = np.zeros(len(first), bool)
    has_twin[order[1:][same]] = True
    has_twin[order[:-1][same]] = True
    needed = (has_twin | ((y[first] == rows) & (y[last] == rows))).astype(np.int64)
    needed[start == end] = ISLAND_CORNERS - 1
    return needed
