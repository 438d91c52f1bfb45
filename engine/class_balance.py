"""Keeps classes from losing ground to each other while borders are simplified. Pure."""

from __future__ import annotations

import numpy as np

from ..models.legend import NODATA
from .tracing import Pieces

DRIFT = 2e-4
"""Part of the smaller of two classes' pixels in a strip that one may lose to the other."""


class ClassBalance:
    """Keeps account of what classes lose to each other.

    Args:
        group: ``(pieces,)`` number of the pair of classes that a piece parts.
        slack: ``(groups,)`` largest loss, in half pixels.
    """

    def __init__(self, group: np.ndarray, slack: np.ndarray) -> None:
        self._group = group
        self._slack = slack
        self._loss = np.zeros(len(slack), np.int64)
        self._parked: list[np.ndarray] = []

    @staticmethod
    def of(pieces: Pieces, class_ids: np.ndarray, limit: int, counts: np.ndarray) -> ClassBalance:
        """Start the account of a strip with these many pixels of each class."""
        classes = np.append(class_ids, NODATA).astype(np.int64)
        pairs, group = np.unique(classes[pieces.left] * 256 + classes[pieces.right], return_inverse=True)
        smaller = np.minimum(counts[pairs // 256], counts[pairs % 256])
        return ClassBalance(group, np.maximum(limit // 2, (2 * DRIFT * smaller).astype(np.int64)))

    def choose(self, points: np.ndarray, piece: np.ndarray, gain: np.ndarray, rank: np.ndarray) -> np.ndarray:
        """Return as many of the points as keep every pair of classes in balance; those of low rank first.

        Args:
            points: ``(n,)`` points that might go.
            piece: ``(n,)`` their pieces.
            gain: ``(n,)`` what the class on the right would gain, in half pixels.
            rank: ``(n,)`` order in which they may go.
        """
        order = np.lexsort((rank, self._group[piece]))
        points, group, gain = points[order], self._group[piece[order]], gain[order]
        plus, minus = np.maximum(gain, 0), np.maximum(-gain, 0)
        most = self._slack - self._loss + np.bincount(group, minus, len(self._slack)).astype(np.int64)
        least = self._slack + self._loss + np.bincount(group, plus, len(self._slack)).astype(np.int64)
        goes = np.where(gain > 0, _running(plus, group) <= most[group], _running(minus, group) <= least[group])
        np.add.at(self._loss, group[goes], gain[goes])
        return points[goes]

    def park(self, points: np.ndarray) -> None:
        """Remember points that would have tipped the balance."""
        self._parked.append(points)

    def take_parked(self, is_there: np.ndarray) -> np.ndarray:
        """Return the points that wait, and forget them."""
        waits = np.zeros(len(is_there), bool)
        for points in self._parked:
            waits[points] = True
        self._parked.clear()
        return np.flatnonzero(waits & is_there)


def _running(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return running sums within groups; `group` is ascending."""
    if not len(values):
        return values
    total = np.cumsum(values)
    first = np.flatnonzero(np.append(True, group[1:] != group[:-1]))
    before = total[first] - values[first]
    return total - np.repeat(before, np.diff(np.append(first, len(values))))
