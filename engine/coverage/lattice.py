"""Lattice points as single numbers: fast to copy and compare, in row-major order. Pure.

The lattice point (x, y) is the upper left corner of the pixel in column x and row y of the raster.
"""

from __future__ import annotations

import numpy as np

_BITS = 32
_LOW = (1 << _BITS) - 1


def pack(columns: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return lattice points as int64."""
    return (rows << _BITS) | columns


def columns_of(points: np.ndarray) -> np.ndarray:
    """Return the columns of packed points."""
    return points & _LOW


def rows_of(points: np.ndarray) -> np.ndarray:
    """Return the rows of packed points."""
    return points >> _BITS


def offsets_of(counts: np.ndarray) -> np.ndarray:
    """Return where groups of these sizes begin, and where the last one ends."""
    offsets = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    return offsets


def ragged_arange(counts: np.ndarray) -> np.ndarray:
    """Return 0 … count - 1 for every group, one after the other."""
    offsets = offsets_of(counts)
    return np.arange(offsets[-1]) - np.repeat(offsets[:-1], counts)


def ragged_ranges(starts: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return start … start + count - 1 for every group, one after the other."""
    offsets = offsets_of(counts)
    return np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], counts)
