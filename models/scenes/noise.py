"""Randomness as a function of coordinates: hashes, smooth noise and scattered points on an endless plane.

Nothing here keeps state, so any part of the plane comes out the same whichever part around it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

_SPLINE_GAIN = 3.6
"""Brings the cubic B-spline of uniform lattice values in [-1, 1] to a standard deviation near 1."""

_COLUMN_FACTOR = 0x9E3779B1
"""Odd, so that no two columns collide."""

_BLAS_THREADS_FROM = 2**18
"""Multiplications from which OpenBLAS shares a product among threads."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A pixel rectangle of the endless plane, with the seed that fills it.

    Attributes:
        seed: Which plane.
        row: First row, may be negative.
        col: First column, may be negative.
        height: Rows.
        width: Columns.
    """

    seed: int
    row: int
    col: int
    height: int
    width: int

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.height, self.width

    def part(self, row: int, col: int, height: int, width: int) -> Frame:
        """Return a rectangle given relative to this one."""
        return Frame(self.seed, self.row + row, self.col + col, height, width)

    def grown(self, margin_px: int) -> Frame:
        """Return the frame with a margin on each side."""
        return self.part(-margin_px, -margin_px, self.height + 2 * margin_px, self.width + 2 * margin_px)

    def rotated(self, row: float, col: float, angle: float) -> tuple[np.ndarray, np.ndarray]:
        """Return coordinates (u, v) of each pixel, float32, turned by an angle about a point."""
        y = np.arange(self.height) + (self.row - row)
        x = np.arange(self.width) + (self.col - col)
        cos, sin = np.cos(angle), np.sin(angle)
        u = (x * cos).astype(np.float32)[None, :] + (y * sin).astype(np.float32)[:, None]
        v = (y * cos).astype(np.float32)[:, None] - (x * sin).astype(np.float32)[None, :]
        return u, v


def _mixed(h: np.ndarray) -> np.ndarray:
    """Scatter the bits of uint32 values, so that neighbours share nothing (multiply and shift twice)."""
    h = h ^ (h >> np.uint32(16))
    h = h * np.uint32(0x7FEB352D)
    h = h ^ (h >> np.uint32(15))
    h = h * np.uint32(0x846CA68B)
    return h ^ (h >> np.uint32(16))


def _mixed_int(h: int) -> int:
    """Return what `_mixed` returns, for one number; numpy takes ten times as long for one."""
    h &= 0xFFFFFFFF
    h = (h ^ (h >> 16)) * 0x7FEB352D & 0xFFFFFFFF
    h = (h ^ (h >> 15)) * 0x846CA68B & 0xFFFFFFFF
    return h ^ (h >> 16)


def _start(seed: int, salt: int) -> int:
    """Return the number that a hash begins with."""
    low, high, field = _mixed_int(seed), _mixed_int(seed >> 32), _mixed_int(salt)
    return (low ^ (high << 1) ^ (field << 7) ^ (field >> 5)) & 0xFFFFFFFF


def hashed(seed: int, salt: int, rows: np.ndarray, cols: np.ndarray) -> np.ndarray:
    """Return a uint32 hash for each pair of integer coordinates; the arrays broadcast.

    Args:
        seed: Which plane.
        salt: Which of its independent random fields.
        rows: Integer row coordinates.
        cols: Integer column coordinates.
    """
    start = np.uint32(_start(seed, salt))
    by_row = _mixed((np.atleast_1d(rows) & 0xFFFFFFFF).astype(np.uint32) ^ start)
    by_col = (np.atleast_1d(cols) & 0xFFFFFFFF).astype(np.uint32) * np.uint32(_COLUMN_FACTOR)
    return _mixed(by_row + by_col)


def uniform(seed: int, salt: int, rows: np.ndarray, cols: np.ndarray) -> np.ndarray:
    """Return a float32 in [0, 1) for each pair of integer coordinates."""
    return (hashed(seed, salt, rows, cols) >> np.uint32(8)).astype(np.float32) * np.float32(2.0**-24)


class Dice:
    """A named sequence of random numbers: the same name throws the same numbers."""

    def __init__(self, seed: int, salt: int, row: int = 0, col: int = 0) -> None:
        self._key = (seed, salt * 7919 + 13, row, col)
        self._count = 0

    def throw(self, low: float = 0.0, high: float = 1.0) -> float:
        """Return the next number of the sequence, uniform between two bounds."""
        seed, salt, row, col = self._key
        self._count += 1
        by_row = _mixed_int(row ^ _start(seed, salt + self._count))
        return low + (high - low) * ((_mixed_int(by_row + col * _COLUMN_FACTOR) >> 8) * 2.0**-24)

    def chance(self, share: float) -> bool:
        """Return True in the given share of throws."""
        return self.throw() < share

    def pick(self, options: tuple) -> object:
        """Return one of several options, all as likely."""
        return options[int(self.throw() * len(options))]


@lru_cache(maxsize=48)
def _spline_weights(start: int, size: int, step: float) -> tuple[int, np.ndarray]:
    """Return the first lattice index and the (size, n) weights that blend lattice values along one axis."""
    position = (np.arange(size) + start) / step
    index = np.floor(position).astype(np.int64)
    t = position - index
    taps = ((1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3)
    first = int(index[0]) - 1
    weights = np.zeros((size, int(index[-1]) + 3 - first), np.float32)
    for k, tap in enumerate(taps):
        weights[np.arange(size), index - 1 + k - first] = tap / 6
    return first, weights


def _product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the matrix product, in slices so thin that BLAS starts no threads.

    Its threads wait for each other by spinning: on a busy machine a product of 1 ms takes 20. One thread also adds up
    in one order, so the bytes do not depend on the number of cores.
    """
    rows = max(1, _BLAS_THREADS_FROM // (b.shape[0] * b.shape[1]))
    slices = -(-a.shape[0] // rows)
    padded = np.zeros((slices * rows, a.shape[1]), np.float32)
    padded[: a.shape[0]] = a
    return (padded.reshape(slices, rows, -1) @ b).reshape(slices * rows, -1)[: a.shape[0]]


def noise(frame: Frame, step: float, salt: int, octaves: int = 1) -> np.ndarray:
    """Return smooth noise of a frame: float32, mean near 0, standard deviation near 1.

    Args:
        frame: Where.
        step: Size of the largest features, in pixels.
        salt: Which field; two calls that differ in it alone are independent.
        octaves: Number of layers, each half as large and 0.55 times as strong as the one before.
    """
    total = np.zeros(frame.shape, np.float32)
    power = 0.0
    for k in range(octaves):
        first_row, by_row = _spline_weights(frame.row, frame.height, step / 2**k)
        first_col, by_col = _spline_weights(frame.col, frame.width, step / 2**k)
        rows = first_row + np.arange(by_row.shape[1])
        cols = first_col + np.arange(by_col.shape[1])
        lattice = uniform(frame.seed, salt + 1009 * k, rows[:, None], cols[None, :]) * 2 - 1
        strength = 0.55**k
        total += _product(_product(by_row * np.float32(_SPLINE_GAIN * strength), lattice), by_col.T)
        power += strength**2
    return total * np.float32(power**-0.5)


def grain(frame: Frame, salt: int) -> np.ndarray:
    """Return independent noise of each pixel: float32, mean 0, standard deviation 1, nearly normal."""
    rows, cols = frame.row + np.arange(frame.height), frame.col + np.arange(frame.width)
    h = hashed(frame.seed, salt, rows[:, None], cols[None, :])
    # the sum of the hash's four bytes is nearly normal
    halves = (h & np.uint32(0x00FF00FF)) + ((h >> np.uint32(8)) & np.uint32(0x00FF00FF))
    byte_sum = (halves & np.uint32(0xFFFF)) + (halves >> np.uint32(16))
    return (byte_sum.astype(np.float32) - np.float32(510)) * np.float32(1 / 147.8)


@dataclass(frozen=True, slots=True)
class Scatter:
    """Which scattered point is nearest to each pixel.

    Attributes:
        distance: ``(H, W)`` float32, pixels to the nearest point.
        label: ``(H, W)`` int32, number of that point, an index into `traits`.
        traits: ``(n, 3)`` float32 in [0, 1), three random numbers of each point.
    """

    distance: np.ndarray
    label: np.ndarray
    traits: np.ndarray

    def trait(self, k: int) -> np.ndarray:
        """Return the k-th random number of the nearest point, for each pixel."""
        return self.traits[:, k][self.label]


def scatter(frame: Frame, step: float, jitter: float, salt: int, angle: float = 0.0) -> Scatter:
    """Scatter points on a jittered grid and find the nearest to each pixel.

    Args:
        frame: Where.
        step: Grid step in pixels.
        jitter: 0 for a regular grid, 1 for points anywhere in their grid cell.
        salt: Which field of points.
        angle: Turn of the grid, in radians.
    """
    margin = int(3 * step) + 2
    wide = frame.grown(margin)
    rows, cols, traits = _grid_points(wide, step, jitter, salt, angle)
    empty = np.ones(wide.shape, np.uint8)
    empty[rows, cols] = 0
    distance, label = cv2.distanceTransformWithLabels(
        empty, cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    table = np.zeros((int(label.max(initial=0)) + 1, 3), np.float32)
    table[label[rows, cols]] = traits
    inner = (slice(margin, -margin), slice(margin, -margin))
    return Scatter(distance[inner], label[inner], table)


def _grid_points(
    frame: Frame, step: float, jitter: float, salt: int, angle: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    cos, sin = np.cos(angle), np.sin(angle)
    corners_y = np.array([frame.row, frame.row, frame.row + frame.height, frame.row + frame.height])
    corners_x = np.array([frame.col, frame.col + frame.width, frame.col, frame.col + frame.width])
    u, v = corners_x * cos + corners_y * sin, corners_y * cos - corners_x * sin
    i = np.arange(int(v.min() // step) - 1, int(v.max() // step) + 2)[:, None]
    j = np.arange(int(u.min() // step) - 1, int(u.max() // step) + 2)[None, :]
    v = (i + 0.5 + (uniform(frame.seed, salt, i, j) - 0.5) * jitter) * step
    u = (j + 0.5 + (uniform(frame.seed, salt + 1, i, j) - 0.5) * jitter) * step
    rows = np.floor(u * sin + v * cos).astype(np.int64) - frame.row
    cols = np.floor(u * cos - v * sin).astype(np.int64) - frame.col
    inside = (rows >= 0) & (rows < frame.height) & (cols >= 0) & (cols < frame.width)
    traits = np.stack([uniform(frame.seed, salt + 2 + k, i, j)[inside] for k in range(3)], axis=1)
    return rows[inside], cols[inside], traits
