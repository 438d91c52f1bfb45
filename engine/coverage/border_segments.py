"""Border segments: those that meet where they should not. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from .lattice import columns_of, offsets_of, ragged_ranges, rows_of
from .tracing import Arcs


@dataclass(frozen=True, slots=True)
class Segments:
    """Segments of arcs.

    Attributes:
        arc: ``(n,)`` the arc of each.
        begin: ``(n,)`` packed point.
        end: ``(n,)`` packed point.
        offsets: ``(arcs + 1,)`` where the segments of each arc begin.
        nodes: ``(2, arcs)`` packed points where arcs may meet others.
    """

    arc: np.ndarray
    begin: np.ndarray
    end: np.ndarray
    offsets: np.ndarray
    nodes: np.ndarray

    @staticmethod
    def of(arcs: Arcs, plain: Arcs) -> Segments:
        """Return the segments of arcs; `plain` are the same ones before any point moved."""
        counts = np.diff(arcs.offsets) - 1
        begin = ragged_ranges(arcs.offsets[:-1], counts)
        return Segments(
            arc=np.repeat(np.arange(arcs.count), counts),
            begin=arcs.points[begin],
            end=arcs.points[begin + 1],
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
        """Return which pairs follow each other in an arc, or belong to arcs that have a node in the point."""
        arc, other_arc = self.arc[one], self.arc[other]
        distance = np.abs(one - other)
        closes = distance == np.diff(self.offsets)[arc] - 1  # the last segment of a loop and its first
        at_node = (self.nodes[:, arc] == point).any(axis=0) & (self.nodes[:, other_arc] == point).any(axis=0)
        return np.where(arc == other_arc, (distance == 1) | closes, at_node)
