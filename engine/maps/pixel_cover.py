"""Pixel cover: the part of each pixel that polygons cover, exactly. Pure.

Every edge of a polygon covers what lies right of it, downwards edges add and upwards edges take away; summed along a
row only the inside is left. An edge is cut where it passes from pixel to pixel, and each part is a trapezoid in one.
"""

from __future__ import annotations

import numpy as np

from ..coverage.lattice import offsets_of, ragged_arange


class Edges:
    """The edges of polygons in pixels: x is the column, y the row; x = y = 0 is the upper left corner of the raster.

    Args:
        rings: Closed rings ``(points, 2)``, outer ones in one direction, holes in the other.
    """

    def __init__(self, rings: list[np.ndarray]) -> None:
        starts = [r[:-1] for r in rings]
        ends = [r[1:] for r in rings]
        self._start = np.concatenate(starts) if starts else np.zeros((0, 2))
        self._end = np.concatenate(ends) if ends else np.zeros((0, 2))
        points = self._start if len(self._start) else np.zeros((1, 2))
        self.left, self.top = points.min(axis=0)
        self.right, self.bottom = points.max(axis=0)

    def cover(self, first_row: int, end_row: int, first_col: int, end_col: int) -> np.ndarray:
        """Return the covered part ``(rows, cols)`` float64, 0 to 1, of the pixels of a window."""
        origin = first_col, first_row
        width, height = end_col - first_col, end_row - first_row
        near = np.maximum(self._start[:, 1], self._end[:, 1]) > first_row
        near &= np.minimum(self._start[:, 1], self._end[:, 1]) < end_row
        start, end = _within_rows(self._start[near] - origin, self._end[near] - origin, height)
        start, end = _cut_at_pixels(start, end, width)
        middle = (start + end) / 2
        x, drop = np.clip(middle[:, 0], 0, width), end[:, 1] - start[:, 1]
        col = np.minimum(x.astype(np.int64), width - 1)
        row = np.clip(middle[:, 1].astype(np.int64), 0, height - 1)
        flat = row * (width + 1) + col
        in_pixel = drop * (col + 1 - x)
        size = height * (width + 1)
        steps = np.bincount(flat, in_pixel, size) + np.bincount(flat + 1, drop - in_pixel, size)
        return np.clip(np.abs(np.cumsum(steps.reshape(height, width + 1)[:, :width], axis=1)), 0, 1)


def _within_rows(start: np.ndarray, end: np.ndarray, height: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the parts of edges between y = 0 and y = height."""
    level = start[:, 1] == end[:, 1]
    start, end = start[~level], end[~level]
    slope = (end[:, 0] - start[:, 0]) / (end[:, 1] - start[:, 1])
    clipped = []
    for point in (start, end):
        y = np.clip(point[:, 1], 0, height)
        x = np.where(y == point[:, 1], point[:, 0], start[:, 0] + (y - start[:, 1]) * slope)
        clipped.append(np.stack([x, y], axis=1))
    return clipped[0], clipped[1]


def _cut_at_pixels(start: np.ndarray, end: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Return edges cut where they cross the lines between pixels; left and right of the window there are none."""
    if not len(start):
        return start, end
    edges, shares = [np.arange(len(start))] * 2, [np.zeros(len(start)), np.ones(len(start))]
    for axis, most in ((0, width), (1, np.inf)):
        low, high = (f(start[:, axis], end[:, axis]) for f in (np.minimum, np.maximum))
        first = np.maximum(np.floor(low).astype(np.int64) + 1, 0)
        last = np.minimum(np.ceil(high) - 1, most).astype(np.int64)
        counts = np.maximum(last - first + 1, 0)
        edge = np.repeat(np.arange(len(start)), counts)
        line = first[edge] + ragged_arange(counts)
        edges.append(edge)
        shares.append((line - start[edge, axis]) / (end[edge, axis] - start[edge, axis]))
    edge, share = np.concatenate(edges), np.clip(np.concatenate(shares), 0, 1)
    order = np.lexsort((share, edge))
    edge, share = edge[order], share[order]
    points = start[edge] + share[:, None] * (end[edge] - start[edge])
    is_last = np.zeros(len(edge), bool)
    is_last[offsets_of(np.bincount(edge, minlength=len(start)))[1:] - 1] = True
    begin = np.flatnonzero(~is_last)
    return points[begin], points[begin + 1]
