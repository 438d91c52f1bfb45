"""Joins pieces of borders to the rings of faces. Pure.

A ring goes around its face with the face on the left, as seen on the screen. Where a face touches itself at a corner
(four pixels of which two across belong to it), its rings part there, so every ring is simple and polygons are valid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .tracing import OPPOSITE, RIGHT_TURN, Pieces


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
    return _sorted(_started_at_smallest(rings, lattice_columns), lattice_columns)


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
    """Return the members of all cycles of a permutation, cycle by cycle, and the cycles' lengths."""
    follow = successor.tolist()
    is_new = [True] * len(follow)
    order: list[int] = []
    lengths: list[int] = []
    for start, unseen in enumerate(is_new):
        if not unseen:
            continue
        before = len(order)
        member = start
        while is_new[member]:
            is_new[member] = False
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
    after = np.arange(1, len(xy) + 1)
    after[offsets[1:] - 1] = offsets[:-1]
    # Relative to the ring's first point, so that the numbers stay far from overflow.
    origin = np.repeat(xy[offsets[:-1]], np.diff(offsets), axis=0)
    p, q = xy - origin, xy[after] - origin
    # y points down, so the sign is turned: counter-clockwise on the screen is positive.
    return np.add.reduceat(q[:, 0] * p[:, 1] - p[:, 0] * q[:, 1], offsets[:-1])


def _started_at_smallest(rings: Rings, lattice_columns: int) -> Rings:
    """Let every ring begin at its uppermost, leftmost point, so that it does not matter how it was found."""
    number = _number(rings.xy, lattice_columns)
    counts = np.diff(rings.offsets)
    smallest = np.repeat(np.minimum.reduceat(number, rings.offsets[:-1]), counts)
    at = np.flatnonzero(number == smallest)  # once per ring, for rings are simple
    shift = np.repeat(at - rings.offsets[:-1], counts)
    within = ragged_arange(counts) + shift
    size = np.repeat(counts, counts)
    index = np.repeat(rings.offsets[:-1], counts) + np.where(within >= size, within - size, within)
    return Rings(xy=rings.xy[index], offsets=rings.offsets, face=rings.face, double_area=rings.double_area)


def _sorted(rings: Rings, lattice_columns: int) -> Rings:
    first = _number(rings.xy[rings.offsets[:-1]], lattice_columns)
    order = np.lexsort((first, rings.double_area < 0, rings.face))
    counts = np.diff(rings.offsets)[order]
    index = np.repeat(rings.offsets[:-1][order], counts) + ragged_arange(counts)
    return Rings(
        xy=rings.xy[index],
        offsets=offsets_of(counts),
        face=rings.face[order],
        double_area=rings.double_area[order],
    )


def offsets_of(counts: np.ndarray) -> np.ndarray:
    """Return where groups of these sizes begin, and where the last one ends."""
    offsets = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    return offsets


def ragged_arange(counts: np.ndarray) -> np.ndarray:
    """Return 0 … count - 1 for every group, one after the other."""
    offsets = offsets_of(counts)
    return np.arange(offsets[-1]) - np.repeat(offsets[:-1], counts)
