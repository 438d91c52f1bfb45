"""Joins pieces of borders to the rings of faces. Pure.

A ring goes around its face with the face on the left, as seen on the screen. Where a face touches itself at a corner
(four pixels of which two across belong to it), its rings part there, so every ring is simple and polygons are valid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .tracing import OPPOSITE, RIGHT_TURN, Pieces

SHORT_CYCLE = 24
"""Pieces of a ring up to which all rings are followed at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rings:
    """Closed rings; the first point is not repeated at the end.

    Attributes:
        xy: ``(points, 2)`` int64 lattice points, one ring after the other.
        offsets: ``(n + 1,)`` int64 where each ring begins.
        face: ``(n,)`` int64 the face it belongs to.
        double_area: ``(n,)`` int64 twice the enclosed area in pixels: positive outside, negative around holes.
    """

    xy: np.ndarray
    offsets: np.ndarray
    face: np.ndarray
    double_area: np.ndarray


def assemble_rings(pieces: Pieces, left: np.ndarray, right: np.ndarray, lattice_columns: int) -> Rings:
    """Return the rings of all faces, by face, the outer ring first, then holes by their first point.

    Args:
        pieces: All pieces that border the faces.
        left: ``(pieces,)`` face on the left of each piece; -1 for none that is wanted.
        right: The same on the right.
        lattice_columns: Number of lattice columns, to number lattice points.
    """
    half = _half_pieces(pieces, left, right, lattice_columns)
    order, ring_lengths = _cycles(_successors(half))
    rings = _ring_points(pieces, half, order, ring_lengths)
    return _canonical(rings, lattice_columns)


@dataclass(frozen=True, slots=True)
class _HalfPieces:
    """Pieces with a direction in which a face is on their left.

    Attributes:
        piece: Number of the piece.
        is_forward: Whether it runs as stored.
        face: Face on its left.
        begin: Lattice point where it leaves, as a number.
        end: Lattice point where it arrives.
        leaving: Heading at the begin.
        arriving: Heading at the end.
    """

    piece: np.ndarray
    is_forward: np.ndarray
    face: np.ndarray
    begin: np.ndarray
    end: np.ndarray
    leaving: np.ndarray
    arriving: np.ndarray


def _half_pieces(pieces: Pieces, left: np.ndarray, right: np.ndarray, lattice_columns: int) -> _HalfPieces:
    forward, backward = np.flatnonzero(left >= 0), np.flatnonzero(right >= 0)
    piece = np.concatenate([forward, backward])
    is_forward = np.zeros(len(piece), bool)
    is_forward[: len(forward)] = True
    first = _number(pieces.xy[pieces.offsets[:-1]], lattice_columns)
    last = _number(pieces.xy[pieces.offsets[1:] - 1], lattice_columns)
    return _HalfPieces(
        piece=piece,
        is_forward=is_forward,
        face=np.concatenate([left[forward], right[backward]]),
        begin=np.concatenate([first[forward], last[backward]]),
        end=np.concatenate([last[forward], first[backward]]),
        leaving=np.concatenate([pieces.first_heading[forward], OPPOSITE[pieces.last_heading[backward]]]),
        arriving=np.concatenate([pieces.last_heading[forward], OPPOSITE[pieces.first_heading[backward]]]),
    )


def _number(xy: np.ndarray, lattice_columns: int) -> np.ndarray:
    return xy[:, 1].astype(np.int64) * lattice_columns + xy[:, 0]


def _successors(half: _HalfPieces) -> np.ndarray:
    """Return which half piece of the same face goes on where each one ends.

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
    follow = memoryview(successor)
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


def _ring_points(pieces: Pieces, half: _HalfPieces, order: np.ndarray, ring_lengths: np.ndarray) -> Rings:
    piece, is_forward = half.piece[order], half.is_forward[order]
    first, last = pieces.offsets[piece], pieces.offsets[piece + 1] - 1
    counts = last - first  # without the point where the next one begins
    within = ragged_arange(counts)
    index = np.repeat(np.where(is_forward, first, last), counts) + within * np.repeat(
        np.where(is_forward, 1, -1), counts
    )
    offsets = offsets_of(counts)
    half_of_ring = offsets_of(ring_lengths)
    ring_offsets = offsets[half_of_ring]
    xy = pieces.xy[index].astype(np.int64)
    face = half.face[order[half_of_ring[:-1]]]

    # A piece that ends on a seam may go straight on there: no corner, so no point of the ring.
    passes_begin = np.where(is_forward, pieces.passes_first[piece], pieces.passes_last[piece])
    passes_end = np.where(is_forward, pieces.passes_last[piece], pieces.passes_first[piece])
    before = _previous(half_of_ring)
    suspects = offsets[:-1][passes_begin | passes_end[before]]
    if len(suspects):
        keep = np.ones(len(xy), bool)
        keep[suspects] = _turns(xy, ring_offsets, suspects) != 0
        ring_of_point = np.repeat(np.arange(len(face)), np.diff(ring_offsets))
        ring_offsets = offsets_of(np.bincount(ring_of_point[keep], minlength=len(face)))
        xy = xy[keep]
    return Rings(xy=xy, offsets=ring_offsets, face=face, double_area=_double_area(xy, ring_offsets))


def _previous(offsets: np.ndarray) -> np.ndarray:
    """Return the index of the cyclic predecessor of every member of groups given by offsets."""
    before = np.arange(offsets[-1]) - 1
    before[offsets[:-1]] = offsets[1:] - 1
    return before


def _turns(xy: np.ndarray, offsets: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return the cross product of the two sides at some points of rings; 0 where the ring goes straight on.

    Seams are rows: between two straight passages lies at least a corner or another seam, whose points lie on the same
    line, so neighbours that are dropped as well do no harm.
    """
    ring = np.searchsorted(offsets, points, side="right") - 1
    before = np.where(points == offsets[ring], offsets[ring + 1], points) - 1
    after = np.where(points + 1 == offsets[ring + 1], offsets[ring], points + 1)
    a, b = xy[points] - xy[before], xy[after] - xy[points]
    return a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]


def _double_area(xy: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    counts = np.diff(offsets)
    if not len(counts):
        return counts
    # Relative to the ring's first point, so that the numbers stay far from overflow.
    x = xy[:, 0] - np.repeat(xy[offsets[:-1], 0], counts)
    y = xy[:, 1] - np.repeat(xy[offsets[:-1], 1], counts)
    products = np.empty(len(xy), np.int64)
    # y points down, so the sign is turned: counter-clockwise on the screen is positive.
    products[:-1] = x[1:] * y[:-1] - x[:-1] * y[1:]
    products[offsets[1:] - 1] = 0  # the first point is the origin
    return np.add.reduceat(products, offsets[:-1])


def _canonical(rings: Rings, lattice_columns: int) -> Rings:
    """Let every ring begin at its uppermost, leftmost point, and sort the rings: how they were found does not matter."""
    number = _number(rings.xy, lattice_columns)
    counts = np.diff(rings.offsets)
    smallest = np.minimum.reduceat(number, rings.offsets[:-1]) if len(counts) else counts
    first = np.flatnonzero(number == np.repeat(smallest, counts))  # once per ring, for rings are simple
    order = np.lexsort((smallest, rings.double_area < 0, rings.face))
    counts, begin, first = counts[order], rings.offsets[:-1][order], first[order]
    offsets = offsets_of(counts)
    index = np.arange(offsets[-1]) + np.repeat(first - offsets[:-1], counts)
    index -= np.where(index >= np.repeat(begin + counts, counts), np.repeat(counts, counts), 0)
    return Rings(xy=rings.xy[index], offsets=offsets, face=rings.face[order], double_area=rings.double_area[order])


def offsets_of(counts: np.ndarray) -> np.ndarray:
    """Return where groups of these sizes begin, and where the last one ends."""
    offsets = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    return offsets


def ragged_arange(counts: np.ndarray) -> np.ndarray:
    """Return 0 … count - 1 for every group, one after the other."""
    offsets = offsets_of(counts)
    return np.arange(offsets[-1]) - np.repeat(offsets[:-1], counts)
