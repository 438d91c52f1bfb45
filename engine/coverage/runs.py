"""Runs of equal pixels, and which of them are connected: the bookkeeping that never needs a label per pixel. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of equal class, row by row, from left to right; together they cover a strip.

    Attributes:
        width: Columns of the strip.
        rows: ``(n,)`` int64 row of each run, counted in the strip.
        starts: ``(n,)`` int64 first column.
        ends: ``(n,)`` int64 first column behind the run.
        class_ids: ``(n,)`` uint8.
    """

    width: int
    rows: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    class_ids: np.ndarray

    @property
    def keys(self) -> np.ndarray:
        """Position of each run's first pixel in the flattened strip; ascending."""
        return self.rows * self.width + self.starts


def find_runs(class_ids: np.ndarray) -> Runs:
    """Return the runs of a strip ``(rows, width)``."""
    height, width = class_ids.shape
    is_start = np.empty((height, width), bool)
    is_start[:, 0] = True
    np.not_equal(class_ids[:, 1:], class_ids[:, :-1], out=is_start[:, 1:])
    keys = np.flatnonzero(is_start)
    rows = keys // width
    ends = np.append(keys[1:], height * width) - rows * width
    return Runs(width, rows, keys - rows * width, ends, class_ids.reshape(-1)[keys])


def overlaps(runs: Runs) -> tuple[np.ndarray, np.ndarray]:
    """Return all pairs of runs that touch along an edge between two rows, once each: upper and lower run numbers."""
    keys = runs.keys
    above = np.searchsorted(keys, keys - runs.width, side="right") - 1
    lower = np.flatnonzero(runs.rows > 0)
    # The upper run begins first or together; the pairs where the lower one begins first are found from above.
    upper_starts = np.flatnonzero(runs.rows < (runs.rows[-1] if len(keys) else 0))
    below = np.searchsorted(keys, keys[upper_starts] + runs.width, side="right") - 1
    later = runs.starts[below] < runs.starts[upper_starts]
    return np.concatenate([above[lower], upper_starts[later]]), np.concatenate([lower, below[later]])


def vertical_links(runs: Runs) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of `overlaps` that have the same class."""
    upper, lower = overlaps(runs)
    same = runs.class_ids[upper] == runs.class_ids[lower]
    return upper[same], lower[same]


def connected_components(size: int, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return for each of `size` things the smallest number of a thing it is connected with, itself included.

    In every round each root that has a link to a smaller root hangs itself under one of them. Links within one tree are
    dropped and only roots take part in the next round, so the work shrinks quickly.

    Args:
        size: Number of things.
        first: ``(m,)`` one end of each link.
        second: ``(m,)`` other end.
    """
    parent = np.arange(size, dtype=np.int64)
    low, high = np.minimum(first, second), np.maximum(first, second)
    hung = []
    while len(low):
        parent[high] = low  # one of several is enough: the others are links of the next round
        hung.append(high)
        _flatten(parent, high)
        a, b = parent[low], parent[high]
        apart = np.flatnonzero(a != b)
        a, b = a[apart], b[apart]
        low, high = np.minimum(a, b), np.maximum(a, b)
    # What was hung early is right up to the roots of its round; those of the last round are right already.
    for things in reversed(hung[:-1]):
        parent[things] = parent[parent[things]]
    return parent


def _flatten(parent: np.ndarray, things: np.ndarray) -> None:
    """Let things point to the root of their tree."""
    while len(things):
        above = parent[things]
        top = parent[above]
        moved = np.flatnonzero(top != above)
        things = things[moved]
        parent[things] = top[moved]
