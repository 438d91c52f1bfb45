"""Rounds the borders of a coverage without tearing it. Pure.

Each border is rounded once, for both of its neighbours, by cutting its corners twice (Chaikin, "An algorithm for high
speed curve generation", 1974). Cutting corners takes ground from whatever bulges; so every corner first moves outwards
by just what the cuts will take, to first order, and round things keep their size. Nodes stay where they are, and so do
the raster's edges and the borders of areas without data.

Nothing is taken on trust: borders that jump over an island or leave their strip are not rounded at all; segments of
borders that meet other than at a common end, and exchanges of ground that a class cannot bear, send the borders
concerned back to their unrounded form, until nothing is left to object to. What is left over is a valid coverage,
because the unrounded borders are one, and nothing has crossed or jumped over anything on the way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from .border_segments import Segments
from .class_balance import balanced, pairs_of
from .lattice import columns_of, offsets_of, pack, ragged_arange, ragged_ranges, rows_of
from .tracing import Arcs

SUBPIXELS = 64
"""Parts of a pixel in which rounded borders are stored: whole numbers, so that the neighbours agree in every bit."""

ROUNDS = 2
CUT = 0.25
"""Part of a line that a corner's cut takes at most from either end."""

MOST_OF_SHORTER = 0.5
"""How far a cut goes at most, in units of the shorter of the two lines that meet at the corner."""

TAKEN = 1.25
"""What two rounds take from a corner, in units of the triangle that the first one cuts off."""


def smooth_arcs(
    arcs: Arcs, class_ids: np.ndarray, *, longest_cut_px: float, first_row: int, pixels: np.ndarray
) -> Arcs:
    """Return the arcs of a strip with rounded corners; points count SUBPIXELS to a pixel.

    Args:
        arcs: Arcs of one strip, simplified or not, in lattice points.
        class_ids: Classes of the components on their sides.
        longest_cut_px: A corner's cut begins at most so far from it: long straight borders stay straight.
        first_row: Raster row of the strip's first row.
        pixels: ``(rows, width)`` class ids of the strip.
    """
    plain = replace(arcs, points=pack(columns_of(arcs.points) * SUBPIXELS, rows_of(arcs.points) * SUBPIXELS))
    lines = _Lines.of(plain, first_row * SUBPIXELS)
    if not len(lines.arc):
        return plain
    pushed = _pushed_out(lines, longest_cut_px * SUBPIXELS)
    rounded = _cut_twice(pushed, longest_cut_px * SUBPIXELS)
    top, bottom = first_row * SUBPIXELS, (first_row + len(pixels)) * SUBPIXELS
    is_round = np.zeros(arcs.count, bool)
    is_round[lines.arc] = ~_leaves_strip(rounded, top, bottom)
    is_round[_jumping(plain, lines, pushed)] = False
    both = _Choice(plain, rounded, lines.arc)
    group, slack = pairs_of(arcs, class_ids, np.bincount(pixels.reshape(-1), minlength=256))
    slack = slack * SUBPIXELS**2
    gain = both.gains()
    suspects = is_round.copy()
    while suspects.any():
        clashing = both.clashing(is_round, suspects)
        is_round[clashing] = False
        overdrawn = _overdrawn(np.flatnonzero(is_round), group, gain, slack)
        is_round[overdrawn] = False
        # What went back to its old place may now meet what has moved there; everything else has been looked at.
        suspects = np.zeros(arcs.count, bool)
        suspects[clashing] = suspects[overdrawn] = True
    return both.arcs(is_round)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Borders that may be rounded.

    Attributes:
        arc: ``(n,)`` the arc each one is.
        xy: ``(points, 2)`` float64, rows counted from the strip's first.
        offsets: ``(n + 1,)`` where each begins.
        is_loop: ``(n,)`` whether it goes around an island; then its first point is not repeated, and rounded as well.
        first_row: What was taken off the rows.
    """

    arc: np.ndarray
    xy: np.ndarray
    offsets: np.ndarray
    is_loop: np.ndarray
    first_row: int

    @staticmethod
    def of(arcs: Arcs, first_row: int) -> _Lines:
        counts = np.diff(arcs.offsets)
        arc = np.flatnonzero((arcs.left >= 0) & (arcs.right >= 0) & (counts > 2))
        is_loop = _is_island(arcs)[arc] & (rows_of(arcs.points[arcs.offsets[arc]]) > first_row)
        counts = counts[arc] - is_loop
        points = arcs.points[ragged_ranges(arcs.offsets[arc], counts)]
        xy = np.stack([columns_of(points), rows_of(points) - first_row], axis=1).astype(np.float64)
        return _Lines(arc, xy, offsets_of(counts), is_loop, first_row)

    def neighbours(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the points before and after each point, and whether it is an end, which stays."""
        first, last = self.offsets[:-1], self.offsets[1:] - 1
        number = np.arange(len(self.xy))
        before, after = number - 1, number + 1
        before[first], after[last] = np.where(self.is_loop, last, first), np.where(self.is_loop, first, last)
        is_end = np.zeros(len(self.xy), bool)
        is_end[first[~self.is_loop]] = is_end[last[~self.is_loop]] = True
        return before, after, is_end

    def points(self) -> tuple[np.ndarray, np.ndarray]:
        """Return packed points, first points of loops repeated, and where each line begins."""
        counts = np.diff(self.offsets)
        index = np.repeat(self.offsets[:-1], counts + self.is_loop) + (
            ragged_arange(counts + self.is_loop) % np.repeat(counts, counts + self.is_loop)
        )
        whole = np.rint(self.xy[index]).astype(np.int64)
        return pack(whole[:, 0], whole[:, 1] + self.first_row), offsets_of(counts + self.is_loop)


def _is_island(arcs: Arcs) -> np.ndarray:
    """Return which arcs are closed and meet no other arc's end."""
    first, last = arcs.points[arcs.offsets[:-1]], arcs.points[arcs.offsets[1:] - 1]
    _, which, counts = np.unique(np.concatenate([first, last]), return_inverse=True, return_counts=True)
    return (first == last) & (counts[which[: len(first)]] == 2)


def _cut_twice(lines: _Lines, longest_cut: float) -> tuple[np.ndarray, np.ndarray]:
    """Return packed points of the lines with their corners cut, and where each line begins."""
    for _ in range(ROUNDS):
        lines = _cut(lines, longest_cut)
        longest_cut /= 2
    return lines.points()


def _jumping(plain: Arcs, lines: _Lines, pushed: _Lines) -> np.ndarray:
    """Return arcs that pass over another border when they are rounded.

    Whatever a line passes over without crossing it, it passes over whole, its first point included. Between its old
    and its new form a line sweeps no more than the hulls of each corner, old and new, and half of its lines.
    """
    before, after, is_end = lines.neighbours()
    corner = np.flatnonzero(~is_end)
    hull = []
    for xy in (lines.xy, pushed.xy):
        for other in (before[corner], after[corner]):
            hull.append(np.where(is_end[other, None], xy[other], (xy[corner] + xy[other]) / 2))
        hull.append(xy[corner])
    areas = shapely.convex_hull(shapely.multipoints(np.stack(hull, axis=1)))
    first, last = plain.points[plain.offsets[:-1]], plain.points[plain.offsets[1:] - 1]
    firsts = np.stack([columns_of(first), rows_of(first) - lines.first_row], axis=1).astype(np.float64)
    loops = pushed.xy[pushed.offsets[:-1][pushed.is_loop]]
    owners = np.append(np.arange(plain.count), lines.arc[lines.is_loop])
    at, point = shapely.STRtree(shapely.points(np.concatenate([firsts, loops]))).query(areas, predicate="intersects")
    arc = np.repeat(lines.arc, np.diff(lines.offsets))[corner[at]]
    owner = owners[point]
    own_end = (first[owner] == first[arc]) | (first[owner] == last[arc])
    return np.unique(arc[(owner != arc) & ~own_end])


def _pushed_out(lines: _Lines, longest_cut: float) -> _Lines:
    """Return the lines with every corner moved away from the middle of its cut as far as makes good what cuts take."""
    xy, (before, after, is_end) = lines.xy, lines.neighbours()
    a, b = _cut_shares(xy, before, after, longest_cut)
    middle = xy + (a[:, None] * (xy[before] - xy) + b[:, None] * (xy[after] - xy)) / 2
    push = 2 * TAKEN * a * b / (a + b)
    push[is_end] = 0
    return replace(lines, xy=xy + push[:, None] * (xy - middle))


def _cut(lines: _Lines, longest_cut: float) -> _Lines:
    """Replace every corner by two points on its lines; ends stay."""
    xy, (before, after, is_end) = lines.xy, lines.neighbours()
    doubled = np.repeat(xy, 2, axis=0)
    a, b = _cut_shares(xy, before, after, longest_cut)
    doubled[0::2] += a[:, None] * (xy[before] - xy)
    doubled[1::2] += b[:, None] * (xy[after] - xy)
    doubled[0::2][is_end] = xy[is_end]
    kept = np.ones(len(doubled), bool)
    kept[1::2] = ~is_end
    counts = 2 * np.diff(lines.offsets) - 2 * ~lines.is_loop
    return replace(lines, xy=doubled[kept], offsets=offsets_of(counts))


def _cut_shares(
    xy: np.ndarray, before: np.ndarray, after: np.ndarray, longest_cut: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return which parts of the lines before and after each point are cut off.

    A cut that goes far along one line and hardly along the other makes a spike of a small step, so the shorter line
    limits both.
    """
    one, other = (np.maximum(np.hypot(*(xy[p] - xy).T), 1e-9) for p in (before, after))
    longest = np.minimum(longest_cut, np.minimum(one, other) * MOST_OF_SHORTER)
    return np.minimum(CUT, longest / one), np.minimum(CUT, longest / other)


def _leaves_strip(rounded: tuple[np.ndarray, np.ndarray], top: int, bottom: int) -> np.ndarray:
    """Return which lines have a point above the strip, or inner points on its lower seam, which the next strip owns."""
    points, offsets = rounded
    rows = rows_of(points)
    outside = (rows < top) | (rows >= bottom)
    outside[offsets[:-1]] = outside[offsets[1:] - 1] = False
    return np.add.reduceat(outside, offsets[:-1]) > 0


def _overdrawn(arc: np.ndarray, group: np.ndarray, gain: np.ndarray, slack: np.ndarray) -> np.ndarray:
    """Return rounded arcs that must go back to keep classes from drifting; those that exchange most go first."""
    order = arc[np.lexsort((np.abs(gain[arc]), group[arc]))]
    return order[~balanced(group[order], gain[order], slack, np.zeros(len(slack), np.int64))]


@dataclass(frozen=True, slots=True)
class _Choice:
    """Every arc as it was and, for some, rounded.

    Attributes:
        plain: All arcs.
        rounded: Packed points and offsets of the rounded ones.
        arc: ``(n,)`` which arcs these are.
    """

    plain: Arcs
    rounded: tuple[np.ndarray, np.ndarray]
    arc: np.ndarray

    def arcs(self, is_round: np.ndarray) -> Arcs:
        """Return all arcs, those marked in their rounded form."""
        points, offsets = self.rounded
        stored = np.concatenate([self.plain.points, points])
        starts, counts = self.plain.offsets[:-1].copy(), np.diff(self.plain.offsets)
        chosen = is_round[self.arc]
        starts[self.arc[chosen]] = offsets[:-1][chosen] + len(self.plain.points)
        counts[self.arc[chosen]] = np.diff(offsets)[chosen]
        return replace(self.plain, points=stored[ragged_ranges(starts, counts)], offsets=offsets_of(counts))

    def gains(self) -> np.ndarray:
        """Return for each arc twice the area that one of its sides gains when it is rounded."""
        gain = np.zeros(self.plain.count, np.int64)
        gain[self.arc] = _double_areas(*self.rounded)
        gain[self.arc] -= _double_areas(self.plain.points, self.plain.offsets)[self.arc]
        return gain

    def clashing(self, is_round: np.ndarray, suspects: np.ndarray) -> np.ndarray:
        """Return rounded arcs of which a segment meets one of a suspect, or is one, other than at a common end."""
        now = self.arcs(is_round)
        segments = Segments.of(now, self.plain)
        asked = np.flatnonzero(suspects[segments.arc])
        first, second = segments.clashes(asked)
        found = np.zeros(now.count, bool)
        found[segments.arc[first]] = found[segments.arc[second]] = True
        found[self._out_of_order(now)] = True
        return np.flatnonzero(found & is_round)

    def _out_of_order(self, now: Arcs) -> np.ndarray:
        """Return arcs that leave a node in another order around it than they did unrounded."""
        plain = self.plain
        ends = np.concatenate([plain.points[plain.offsets[:-1]], plain.points[plain.offsets[1:] - 1]])
        _, node = np.unique(ends, return_inverse=True)
        arc = np.tile(np.arange(plain.count), 2)
        orders = []
        for form in (plain, now):
            angle = _leaving_angles(form)
            reference = np.zeros(node.max() + 1)
            reference[node[::-1]] = angle[::-1]  # the first end of each node
            orders.append(np.lexsort(((angle - reference[node]) % (2 * np.pi), node)))
        return arc[orders[0][orders[0] != orders[1]]]


def _double_areas(points: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Return twice the area between each line and the chord of its ends; products may run over, sums do not."""
    x, y = columns_of(points), rows_of(points)
    first = np.repeat(offsets[:-1], np.diff(offsets))
    x, y = x - x[first], y - y[first]
    products = np.zeros(len(x), np.int64)
    products[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    products[offsets[1:] - 1] = 0
    return np.add.reduceat(products, offsets[:-1])


def _leaving_angles(arcs: Arcs) -> np.ndarray:
    """Return the directions in which arcs leave their first points, then their last points."""
    first, last = arcs.offsets[:-1], arcs.offsets[1:] - 1
    here, there = np.concatenate([first, last]), np.concatenate([first + 1, last - 1])
    dx = columns_of(arcs.points[there]) - columns_of(arcs.points[here])
    dy = rows_of(arcs.points[there]) - rows_of(arcs.points[here])
    return np.arctan2(dy, dx)
