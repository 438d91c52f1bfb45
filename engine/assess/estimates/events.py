"""Events that a unit of the sample may show, such as "is forest and mapped as something else"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .cells import SampleCells, Strata

Match = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
"""Tells from class on the map, reference class and class on the other map whether the event is there."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is so or not so for each unit.

    Attributes:
        match: Takes three arrays of class indexes that fit each other, returns bool.
        domain: Part of the area in which it counts; None for everywhere.
    """

    match: Match
    domain: int | None = None

    def __and__(self, other: Event) -> Event:
        return Event(lambda m, r, o: self.match(m, r, o) & other.match(m, r, o), _both(self.domain, other.domain))

    def __or__(self, other: Event) -> Event:
        return Event(lambda m, r, o: self.match(m, r, o) | other.match(m, r, o), _both(self.domain, other.domain))

    def __sub__(self, other: Event) -> Event:
        return Event(lambda m, r, o: self.match(m, r, o) & ~other.match(m, r, o), _both(self.domain, other.domain))

    def within(self, domain: int | None) -> Event:
        """Return the same event, counted in one domain only."""
        return Event(self.match, domain)

    def of(self, cells: SampleCells) -> np.ndarray:
        """Return ``(m,)`` float64: 1 for the cells in which it is so, else 0."""
        found = self.match(cells.map_class, cells.reference, cells.other_map)
        if self.domain is not None:
            found = found & (cells.domain == self.domain)
        return found.astype(np.float64)

    def is_possible(self, strata: Strata, classes: int) -> np.ndarray:
        """Return ``(H,)`` bool: whether a unit of the stratum can show it, seen or not.

        In a stratum that is one class on the map nothing is mapped as another class: there a share of 0 is known. Where
        the stratum says nothing, a share of 0 is what the sample happened to show.
        """
        shape = len(strata.names), classes, classes + 1
        reference = np.broadcast_to(np.arange(classes)[None, :, None], shape)
        other = np.broadcast_to(np.arange(-1, classes)[None, None, :], shape)
        map_class = np.broadcast_to(strata.map_class[:, None, None], shape)
        possible = self.match(map_class, reference, other).any(axis=(1, 2)) | (strata.map_class == MIXED)
        if self.domain is not None:
            possible &= (strata.domain == self.domain) | (strata.domain == MIXED)
        return possible


MIXED = -2
"""Class or domain of a stratum that has several."""


def everything() -> Event:
    """Return what is so for every unit."""
    return Event(lambda m, r, o: np.ones(np.broadcast(m, r, o).shape, bool))


def is_right() -> Event:
    """Return "the map has the reference class"."""
    return Event(lambda m, r, o: m == r)


def other_is_right() -> Event:
    """Return "the other map has the reference class"."""
    return Event(lambda m, r, o: o == r)


def is_mapped(k: int) -> Event:
    """Return "the map has class k"."""
    return Event(lambda m, r, o: m == k)


def is_truly(k: int) -> Event:
    """Return "the reference has class k"."""
    return Event(lambda m, r, o: r == k)


def _both(first: int | None, second: int | None) -> int | None:
    return second if first is None else first
