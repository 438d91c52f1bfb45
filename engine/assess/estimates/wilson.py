"""Intervals that stay within their bounds: Wilson's interval of each stratum, combined over strata.

A sample without an error in a stratum says that errors are rare there, not that there are none; Wilson's interval says
how many there may be. Intervals of strata are combined by recovering variances from their limits (MOVER: Zou, Donner
2008, Statistics in Medicine 27; Donner, Zou 2012, Statistical Methods in Medical Research 21): the distance from the
estimate to the limit of a sum is the root of the sum of squared distances. A ratio's limit is the value for which the
linear contrast part − ratio · whole has a limit of 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

BISECTIONS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumShares:
    """Share of an event in each stratum.

    Attributes:
        weight: ``(H,)`` weight W_h of the stratum in the sum.
        share: ``(H,)`` estimated share.
        effective: ``(H,)`` size of the simple random sample that would know the share as well; infinite where every
            unit was labelled.
    """

    weight: np.ndarray
    share: np.ndarray
    effective: np.ndarray


def wilson_bounds(share: np.ndarray, effective: np.ndarray, z: float) -> tuple[np.ndarray, np.ndarray]:
    """Return Wilson's (1927) lower and upper limits of shares."""
    square = z * z / effective
    middle = (share + square / 2) / (1 + square)
    half = np.sqrt(np.maximum(square * (share * (1 - share) + square / 4), 0)) / (1 + square)
    return np.minimum(np.maximum(middle - half, 0), share), np.maximum(np.minimum(middle + half, 1), share)


def total_bounds(shares: StratumShares, z: float) -> tuple[float, float]:
    """Return the limits of Σ W_h p_h."""
    lower, upper = wilson_bounds(shares.share, shares.effective, z)
    value = float(shares.weight @ shares.share)
    below = shares.weight * (shares.share - lower)
    above = shares.weight * (upper - shares.share)
    return value - float(np.sqrt(below @ below)), value + float(np.sqrt(above @ above))


def difference_bounds(more: StratumShares, less: StratumShares, z: float) -> tuple[float, float]:
    """Return the limits of Σ W_h (p_h − q_h) for two events that exclude each other."""
    contrast = _Contrast(more, less, z)
    return contrast.lower(1.0, 1.0), contrast.upper(1.0, 1.0)


def ratio_bounds(part: StratumShares, rest: StratumShares, z: float) -> tuple[float, float]:
    """Return the limits of the share that a part has in part and rest, two events that exclude each other."""
    contrast = _Contrast(part, rest, z)
    return _root(lambda r: contrast.lower(1 - r, r)), _root(lambda r: contrast.upper(1 - r, r))


class _Contrast:
    """Limits of Σ W_h (α p_h − β q_h)."""

    def __init__(self, more: StratumShares, less: StratumShares, z: float) -> None:
        p, q = more.share, less.share
        lowest_p, highest_p = wilson_bounds(p, more.effective, z)
        lowest_q, highest_q = wilson_bounds(q, less.effective, z)
        w, self._p, self._q = more.weight, more.weight * p, more.weight * q
        self._down = w * (p - lowest_p), w * (highest_q - q)
        self._up = w * (highest_p - p), w * (q - lowest_q)
        odds = (1 - p) * (1 - q)
        # Two events that exclude each other: the more of one, the less of the other (multinomial).
        self._correlation = -np.sqrt(np.divide(p * q, odds, out=np.zeros(len(p)), where=odds > 0))

    def lower(self, alpha: float, beta: float) -> float:
        return self._value(alpha, beta) - self._distance(self._down, alpha, beta)

    def upper(self, alpha: float, beta: float) -> float:
        return self._value(alpha, beta) + self._distance(self._up, alpha, beta)

    def _value(self, alpha: float, beta: float) -> float:
        return float(alpha * self._p.sum() - beta * self._q.sum())

    def _distance(self, distances: tuple[np.ndarray, np.ndarray], alpha: float, beta: float) -> float:
        a, b = alpha * distances[0], beta * distances[1]
        return float(np.sqrt(max((a * a + b * b - 2 * self._correlation * a * b).sum(), 0.0)))


def _root(falling: Callable[[float], float]) -> float:
    """Return where a function that falls from 0 to 1 crosses zero."""
    low, high = 0.0, 1.0
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if falling(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
