"""Joins arcs of borders to the rings of faces. Pure.

A ring goes around its face with the face on the left, as seen on the screen. Where a face touches itself at a corner
(four pixels of which two across belong to it), its rings part there, so every ring is simple and polygons are valid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .lattice import columns_of, offsets_of, ragged_ranges, rows_of
from .tracing import OPPOSITE, RIGHT_TURN, Arcs

SHORT_CYCLE = 24
"""Arcs of a ring up to which all rings are followed at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rings:
    """Closed rings: the last point of each is the first again.

    Attributes:
        points: ``(points,)`` int64 packed lattice points (see lattice.py), one ring after the other.
        offsets: ``(n + 1,)`` int64 where each ring begins.
        face: ``(n,)`` int64 the face it belongs to.
        double_area: ``(n,)`` int64 twice the enclosed area in pixels: positive outside, negative around holes.
    """

    points: np.ndarray
    offsets: np.ndarray
    face: np.ndarray
    double_area: np.ndarray


def assemble_rings(arcs: Arcs) -> Rings:
    """Return the rings of all faces, by face, the outer ring first, then holes by their first point.

    Args:
        arcs: All arcs that border the faces; their sides are the faces, -1 for none that is wanted.
    """
    half = _half_edges(arcs)
    order, ring_lengths = _cycles(_successors(half))
    return _canonical(_ring_points(arcs, half, order, ring_lengths))


@dataclass(frozen=True, slots=True)
class _HalfEdges:
    """Arcs with a direction in which a face is on their left.

    Attributes:
        arc: Number of the arc.
        is_forward: Whether it runs as stored.
        face: Face on its left.
        begin: Lattice point where it leaves.
        end: Lattice point where it arrives.
        leaving: Heading at the begin.
        arriving: Heading at the end.
    """

    arc: np.ndarray
    is_forward: np.ndarray
    face: np.ndarray
    begin: np.ndarray
    end: np.ndarray
    leaving: np.ndarray
    arriving: np.ndarray


def _half_edges(arcs: Arcs) -> _HalfEdges:
    forward, backward = np.flatnonzero(arcs.left >= 0), np.flatnonzero(arcs.right >= 0)
    arc = np.concatenate([forward, backward])
    is_forward = np.zeros(len(arc), bool)
    is_forward[: len(forward)] = True
    first, last = arcs.points[arcs.offsets[:-1]], arcs.points[arcs.offsets[1:] - 1]
    return _HalfEdges(
        arc=arc,
        is_forward=is_forward,
        face=np.concatenate([arcs.left[forward], arcs.right[backward]]),
        begin=np.concatenate([first[forward], last[backward]]),
        end=np.concatenate([last[forward], first[backward]]),
        leaving=np.concatenate([arcs.first_heading[forward], OPPOSITE[arcs.last_heading[backward]]]),
        arriving=np.concatenate([arcs.last_heading[forward], OPPOSITE[arcs.first_heading[backward]]]),
    )


def _successors(half: _HalfEdges) -> np.ndarray:
    """Return which half-edge of the same face goes on where each one ends.

    A face that passes a lattice point once has one way to go. One that passes it twice turns right: that parts the
    ring there. Sorting both sides by face, point and turn pairs them up in either case.
    """
    leaving = np.lexsort((half.leaving, half.begin, half.face))
    arriving = np.lexsort((RIGHT_TURN[half.arriving], half.end, half.face))
    successor = np.empty(len(leaving), np.int64)
    successor[arriving] = leaving
    return successor


def _cycles(successor: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the members of all cycles of a permutation, cycle by cycle, and the cycles' lengths.

    Short cycles, nearly all, are found for all members at once: after as many steps as the cycle is long everybody is
    back, and knows the smallest member met. Long ones are followed one by one.
    """
    seeker = here = smallest = np.arange(len(successor))
    leaders, lengths = [], []
    for step in range(1, SHORT_CYCLE + 1):
        here = successor[here]
        is_back = here == seeker
        found = seeker[is_back & (smallest == seeker)]
        leaders.append(found)
        lengths.append(np.full(len(found), step))
        away = np.flatnonzero(~is_back)
        seeker, here = seeker[away], here[away]
        smallest = np.minimum(smallest[away], here)
        if not len(seeker):
            break
    long_members, long_lengths = _long_cycles(successor, seeker)
    leader, length = np.concatenate(leaders), np.concatenate(lengths)
    begin = offsets_of(length)
    members = np.empty(begin[-1], np.int64)
    here, at, left = leader, begin[:-1], length
    while len(here):
        members[at] = here
        goes_on = np.flatnonzero(left > 1)
        here, at, left = successor[here[goes_on]], at[goes_on] + 1, left[goes_on] - 1
    return np.concatenate([members, long_members]), np.concatenate([length, long_lengths])


def _long_cycles(successor: np.ndarray, members: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    follow = successor.data
    order: list[int] = []
    lengths: list[int] = []
    seen = bytearray(len(successor))
    for start in members.tolist():
        if seen[start]:
            continue
        before = len(order)
        member = start
        while not seen[member]:
            seen[member] = 1
            order.append(member)
            member = follow[member]
        lengths.append(len(order) - before)
    return np.array(order, np.int64), np.array(lengths, np.int64)


@dataclass(frozen=True, slots=True)
class _OpenRings:
    """Rings as they were found; the first point is not repeated."""

    points: np.ndarray
    offsets: np.ndarray
    face: np.ndarray


def _ring_points(arcs: Arcs, half: _HalfEdges, order: np.ndarray, ring_lengths: np.ndarray) -> _OpenRings:
    arc, is_forward = half.arc[order], half.is_forward[order]
    first, last = arcs.offsets[arc], arcs.offsets[arc + 1] - 1
    counts = last - first  # without the point where the next one begins
    offsets, half_of_ring = offsets_of(counts), offsets_of(ring_lengths)
    step = np.where(is_forward, 1, -1)
    start = np.where(is_forward, first, last)
    points = arcs.points[_walks(start, step, counts)]
    rings = _OpenRings(points, offsets[half_of_ring], half.face[order[half_of_ring[:-1]]])

    # An arc that ends on a seam may go straight on there: no corner, so no point of the ring.
    passes_begin = np.where(is_forward, arcs.passes_first[arc], arcs.passes_last[arc])
    passes_end = np.where(is_forward, arcs.passes_last[arc], arcs.passes_first[arc])
    suspects = offsets[:-1][passes_begin | passes_end[_previous(half_of_ring)]]
    return _without_straight(rings, suspects) if len(suspects) else rings


def _walks(start: np.ndarray, step: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return start, start + step … for every group, one after the other; no group is empty."""
    offsets = offsets_of(counts)
    index = np.repeat(step, counts)
    index[offsets[:-1]] = start - np.append(0, (start + step * (counts - 1))[:-1])
    return np.cumsum(index, out=index)


def _previous(offsets: np.ndarray) -> np.ndarray:
    """Return the index of the cyclic predecessor of every member of groups given by offsets."""
    before = np.arange(offsets[-1]) - 1
    before[offsets[:-1]] = offsets[1:] - 1
    return before


def _without_straight(rings: _OpenRings, suspects: np.ndarray) -> _OpenRings:
    """Drop those of the suspected points at which a ring goes straight on.

    Neighbours that are dropped as well do no harm, for they lie on the same line.
    """
    ring = np.searchsorted(rings.offsets, suspects, side="right") - 1
    begin, end = rings.offsets[ring], rings.offsets[ring + 1]
    before = rings.points[np.where(suspects == begin, end, suspects) - 1]
    here = rings.points[suspects]
    after = rings.points[np.where(suspects + 1 == end, begin, suspects + 1)]
    ax, ay = columns_of(here) - columns_of(before), rows_of(here) - rows_of(before)
    bx, by = columns_of(after) - columns_of(here), rows_of(after) - rows_of(here)
    straight = suspects[ax * by == ay * bx]
    lost = np.bincount(np.searchsorted(rings.offsets, straight, side="right") - 1, minlength=len(rings.face))
    offsets = offsets_of(np.diff(rings.offsets) - lost)
    return _OpenRings(np.delete(rings.points, straight), offsets, rings.face)


def _canonical(rings: _OpenRings) -> Rings:
    """Close every ring at its uppermost, leftmost point and sort the rings: how they were found does not matter."""
    counts, begin = np.diff(rings.offsets), rings.offsets[:-1]
    smallest = np.minimum.reduceat(rings.points, begin) if len(counts) else counts
    first = np.flatnonzero(rings.points == np.repeat(smallest, counts))  # once per ring, for rings are simple
    double_area = _double_area(rings)
    order = _outer_first(rings.face, double_area < 0, smallest)
    counts, begin, first = counts[order], begin[order], first[order]
    head = begin + counts - first
    starts = np.stack([first, begin], axis=1).reshape(-1)
    lengths = np.stack([head, counts - head + 1], axis=1).reshape(-1)
    return Rings(
        points=rings.points[ragged_ranges(starts, lengths)],
        offsets=offsets_of(counts + 1),
        face=rings.face[order],
        double_area=double_area[order],
    )


def _outer_first(face: np.ndarray, is_hole: np.ndarray, smallest: np.ndarray) -> np.ndarray:
    """Return the order by face, the outer ring (one each) before the holes, these by their smallest point."""
    holes = np.flatnonzero(is_hole)
    holes = holes[np.lexsort((smallest[holes], face[holes]))]
    outer = np.flatnonzero(~is_hole)
    holes_of_face = np.bincount(face[holes], minlength=len(outer))
    first = offsets_of(holes_of_face + 1)[:-1]
    order = np.empty(len(face), np.int64)
    order[first[face[outer]]] = outer
    order[ragged_ranges(first + 1, holes_of_face)] = holes
    return order


def _double_area(rings: _OpenRings) -> np.ndarray:
    if not len(rings.face):
        return rings.face
    x, y = columns_of(rings.points), rows_of(rings.points)
    # y points down, so the sign is turned: counter-clockwise on the screen is positive.
    products = np.empty(len(x), np.int64)
    products[:-1] = x[1:] * y[:-1] - x[:-1] * y[1:]
    first, last = rings.offsets[:-1], rings.offsets[1:] - 1
    products[last] = x[first] * y[last] - x[last] * y[first]
    return np.add.reduceat(products, first)
