"""Which segments of borders meet where they should not. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from .lattice import columns_of, offsets_of, ragged_ranges, rows_of
from .tracing import Pieces


@dataclass(frozen=True, slots=True)
class Segments:
    """Segments of pieces.

    Attributes:
        piece: ``(n,)`` the piece of each.
        begin: ``(n,)`` packed point.
        end: ``(n,)`` packed point.
        offsets: ``(pieces + 1,)`` where the segments of each piece begin.
        nodes: ``(2, pieces)`` packed points where pieces may meet others.
    """

    piece: np.ndarray
    begin: np.ndarray
    end: np.ndarray
    offsets: np.ndarray
    nodes: np.ndarray

    @staticmethod
    def of(pieces: Pieces, plain: Pieces) -> Segments:
        """Return the segments of pieces; `plain` are the same ones before any point moved."""
        counts = np.diff(pieces.offsets) - 1
        begin = ragged_ranges(pieces.offsets[:-1], counts)
        return Segments(
            piece=np.repeat(np.arange(pieces.count), counts),
            begin=pieces.points[begin],
            end=pieces.points[begin + 1],
            offsets=offsets_of(counts),
            nodes=np.stack([plain.points[plain.offsets[:-1]], plain.points[plain.offsets[1:] - 1]]),
        )

    def clashes(self, asked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return pairs of segments, one of which was asked for, that have more in common than an end.

        GEOS decides whether segments meet, and decides it exactly for whole numbers.
        """
        xy = np.stack([columns_of(self.begin), rows_of(self.begin), columns_of(self.end), rows_of(self.end)], axis=1)
        lines = shapely.linestrings(xy.reshape(-1, 2, 2).astype(np.float64))
        which, other = shapely.STRtree(lines).query(lines[asked], predicate="intersects")
        one = asked[which]
        differ = one != other
        one, other = one[differ], other[differ]
        clash = ~self._meet_at_an_end(one, other)
        empty = asked[self.begin[asked] == self.end[asked]]
        return np.append(one[clash], empty), np.append(other[clash], empty)

    def _meet_at_an_end(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Return which pairs meet where they should, in one point, and do not run on top of each other from there."""
        a, b, c, d = self.begin[one], self.end[one], self.begin[other], self.end[other]
        common = (a == c).astype(np.int8) + (a == d) + (b == c) + (b == d)
        pivot = np.where((a == c) | (a == d), a, b)
        far, far_other = np.where(pivot == a, b, a), np.where(pivot == c, d, c)
        ux, uy = columns_of(far) - columns_of(pivot), rows_of(far) - rows_of(pivot)
        vx, vy = columns_of(far_other) - columns_of(pivot), rows_of(far_other) - rows_of(pivot)
        overlaid = (ux * vy == uy * vx) & (ux * vx + uy * vy > 0)
        return (common == 1) & ~overlaid & self._should_meet(one, other, pivot)

    def _should_meet(self, one: np.ndarray, other: np.ndarray, point: np.ndarray) -> np.ndarray:
        """Return which pairs follow each other in a piece, or belong to pieces that have a node in the point."""
        piece, other_piece = self.piece[one], self.piece[other]
        distance = np.abs(one - other)
        closes = distance == np.diff(self.offsets)[piece] - 1  # the last segment of a loop and its first
        at_node = (self.nodes[:, piece] == point).any(axis=0) & (self.nodes[:, other_piece] == point).any(axis=0)
        return np.where(piece == other_piece, (distance == 1) | closes, at_node)
