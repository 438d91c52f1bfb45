"""Keeps classes from losing ground to each other while borders are changed. Pure."""

from __future__ import annotations

import numpy as np

from ...models.legend import NODATA
from .tracing import Arcs

DRIFT = 5e-4
"""Part of a class's pixels in a strip that it may gain or lose at most; so it is for the whole raster."""


def pairs_of(arcs: Arcs, class_ids: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pair of classes that each arc parts, numbered from 0, and what each pair may exchange.

    Args:
        arcs: Arcs of a strip.
        class_ids: Classes of its components.
        counts: ``(256,)`` pixels of each class in the strip.

    Returns:
        ``(arcs,)`` numbers of pairs, and ``(pairs,)`` slack in half pixels: the allowance of the class that has less
        of it, after every class has shared its own equally among the pairs it is part of.
    """
    classes = np.append(class_ids, NODATA).astype(np.int64)
    pairs, group = np.unique(classes[arcs.left] * 256 + classes[arcs.right], return_inverse=True)
    first, second = pairs // 256, pairs % 256
    inner = (first != NODATA) & (second != NODATA)
    memberships = np.bincount(np.concatenate([first[inner], second[inner]]), minlength=256)
    allowance = 2 * DRIFT * counts / np.maximum(memberships, 1)
    return group, np.minimum(allowance[first], allowance[second]).astype(np.int64)


class ClassBalance:
    """Keeps account of what classes lose to each other.

    Args:
        group: ``(arcs,)`` number of the pair of classes that an arc parts.
        slack: ``(groups,)`` largest loss, in half pixels.
    """

    def __init__(self, group: np.ndarray, slack: np.ndarray) -> None:
        self._group = group
        self._slack = slack
        self._loss = np.zeros(len(slack), np.int64)
        self._parked: list[np.ndarray] = []

    def choose(self, points: np.ndarray, arc: np.ndarray, gain: np.ndarray, rank: np.ndarray) -> np.ndarray:
        """Return as many of the points as keep every pair of classes in balance; those of low rank first.

        Args:
            points: ``(n,)`` points that might go.
            arc: ``(n,)`` their arcs.
            gain: ``(n,)`` what the class on the right would gain, in half pixels.
            rank: ``(n,)`` order in which they may go.
        """
        order = np.lexsort((rank, self._group[arc]))
        points, group, gain = points[order], self._group[arc[order]], gain[order]
        goes = balanced(group, gain, self._slack, self._loss)
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


def balanced(group: np.ndarray, gain: np.ndarray, slack: np.ndarray, loss: np.ndarray) -> np.ndarray:
    """Return which exchanges may take place so that no group's sum leaves its slack; the first of each sign are taken.

    What is taken of one sign depends on what is taken of the other. Both begin with everything and give way until they
    fit, so the sums are within the slack whatever the sizes.

    Args:
        group: ``(n,)`` ascending.
        gain: ``(n,)`` whole numbers.
        slack: ``(groups,)`` largest sum either way.
        loss: ``(groups,)`` sums so far, within the slack.
    """
    plus, minus = np.maximum(gain, 0), np.maximum(-gain, 0)
    running_plus, running_minus = _running(plus, group), _running(minus, group)
    goes = np.ones(len(gain), bool)
    while True:
        most = slack - loss + np.bincount(group, minus * goes, len(slack)).astype(np.int64)
        fits = np.where(gain > 0, running_plus <= most[group], True)
        least = slack + loss + np.bincount(group, plus * fits, len(slack)).astype(np.int64)
        fits &= np.where(gain < 0, running_minus <= least[group], True)
        if (fits == goes).all():
            return goes
        goes = fits


def _running(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return running sums within groups; `group` is ascending."""
    if not len(values):
        return values
    total = np.cumsum(values)
    first = np.flatnonzero(np.append(True, group[1:] != group[:-1]))
    before = total[first] - values[first]
    return total - np.repeat(before, np.diff(np.append(first, len(values))))
