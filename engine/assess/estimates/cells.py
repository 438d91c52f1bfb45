"""Labelled sample as estimators see it: strata, and cells of units that agree in everything that counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Strata:
    """Parts of the population from which units were drawn on their own.

    Attributes:
        names: Name of each of the H strata.
        area: ``(H,)`` float64 area of each, in any unit.
        units: ``(H,)`` float64 number of units in each; infinite where it is not known.
        map_class: ``(H,)`` int64 class that all of the stratum has on the map; `events.MIXED` where there are several.
        domain: ``(H,)`` int64 domain that all of it lies in; `events.MIXED` where there are several.
    """

    names: tuple[str, ...]
    area: np.ndarray
    units: np.ndarray
    map_class: np.ndarray
    domain: np.ndarray

    @property
    def share(self) -> np.ndarray:
        """``(H,)`` part W_h of the whole area in each stratum."""
        return self.area / self.area.sum()


@dataclass(frozen=True, kw_only=True)
class SampleCells:
    """Units of one stratum, map class, reference class and domain are one cell: they need no row each.

    Attributes:
        stratum: ``(m,)`` int64 stratum of each cell.
        map_class: ``(m,)`` int64 index of the class on the map; -1 where the map has no data.
        reference: ``(m,)`` int64 index of the reference class.
        points: ``(m,)`` float64 number of units.
        weight: ``(m,)`` float64 sum of the units' weights within their stratum; the number of units if they are alike.
        weight_sq: ``(m,)`` float64 sum of the squares of the weights.
        domain: ``(m,)`` int64 part of the area that is told apart, such as a district; 0 where there is only one.
        other_map: ``(m,)`` int64 class on a second map that is compared; -1 without one.
    """

    stratum: np.ndarray
    map_class: np.ndarray
    reference: np.ndarray
    points: np.ndarray
    weight: np.ndarray
    weight_sq: np.ndarray
    domain: np.ndarray
    other_map: np.ndarray

    def __len__(self) -> int:
        return len(self.stratum)


def cells_of_units(
    *,
    stratum: np.ndarray,
    map_class: np.ndarray,
    reference: np.ndarray,
    weight: np.ndarray | None = None,
    domain: np.ndarray | None = None,
    other_map: np.ndarray | None = None,
) -> SampleCells:
    """Return the cells of single units; all arguments are ``(n,)``, without weights units are alike."""
    n = len(stratum)
    domain = np.zeros(n, np.int64) if domain is None else domain
    other_map = np.full(n, -1) if other_map is None else other_map
    weight = np.ones(n) if weight is None else weight
    columns = [np.asarray(c, np.int64) for c in (stratum, map_class, reference, domain, other_map)]
    spans = [int(c.max(initial=0)) + 2 for c in columns]  # none is below -1
    key = np.zeros(n, np.int64)
    for column, span in zip(columns, spans, strict=True):
        key = key * span + column + 1
    _, first, cell = np.unique(key, return_index=True, return_inverse=True)
    cells = np.stack([c[first] for c in columns], axis=1)
    return SampleCells(
        stratum=cells[:, 0],
        map_class=cells[:, 1],
        reference=cells[:, 2],
        points=np.bincount(cell, minlength=len(cells)).astype(np.float64),
        weight=np.bincount(cell, weight, len(cells)),
        weight_sq=np.bincount(cell, weight**2, len(cells)),
        domain=cells[:, 3],
        other_map=cells[:, 4],
    )


def cells_of_matrix(counts: Sequence[Sequence[int]] | np.ndarray) -> SampleCells:
    """Return the cells of a confusion matrix ``(map classes, reference classes)`` whose rows are the strata."""
    table = np.asarray(counts, np.float64)
    rows, cols = np.nonzero(table)
    points = table[rows, cols]
    return SampleCells(
        stratum=rows,
        map_class=rows.copy(),
        reference=cols,
        points=points,
        weight=points.copy(),
        weight_sq=points.copy(),
        domain=np.zeros(len(rows), np.int64),
        other_map=np.full(len(rows), -1),
    )
