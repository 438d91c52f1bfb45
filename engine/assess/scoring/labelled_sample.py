"""Labelled sample: what is known of each labelled or unlabelled unit, ready for estimators."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..estimates.cells import SampleCells, Strata, cells_of_units
from ..estimates.events import MIXED
from ..estimates.stratification import Design
from ..response.labels import PointState


@dataclass(frozen=True, kw_only=True)
class LabelledSample:
    """Units that were reached, in any order.

    Attributes:
        names: Names of the K classes.
        stratum: ``(n,)`` int64 stratum of each unit.
        map_class: ``(n,)`` int64 class index on the assessed map; -1 where it has no data.
        reference: ``(n,)`` int64 class index of the label; -1 without one.
        weight: ``(n,)`` float64 weight within the stratum.
        domain: ``(n,)`` int64 part of the area.
        state: What became of each unit.
        strata: The strata.
        design: How they were drawn; None where the units are no probability sample.
    """

    names: tuple[str, ...]
    stratum: np.ndarray
    map_class: np.ndarray
    reference: np.ndarray
    weight: np.ndarray
    domain: np.ndarray
    state: tuple[PointState, ...]
    strata: Strata
    design: Design | None

    @property
    def is_labelled(self) -> np.ndarray:
        """``(n,)`` bool: whether a unit has a label."""
        return self.reference >= 0

    @property
    def estimation_design(self) -> Design:
        """Design whose formulas are used; units that are no probability sample are taken for a simple random one."""
        return self.design or Design.SIMPLE_RANDOM

    def cells(self, *, other_map: np.ndarray | None = None) -> SampleCells:
        """Return the cells of the labelled units.

        Args:
            other_map: ``(n,)`` class index on another map.
        """
        there = self.is_labelled
        return cells_of_units(
            stratum=self.stratum[there],
            map_class=self.map_class[there],
            reference=self.reference[there],
            weight=self.weight[there],
            domain=self.domain[there],
            other_map=None if other_map is None else other_map[there],
        )

    def with_classes(self, used: np.ndarray) -> LabelledSample:
        """Return the sample with some of its classes only, numbered anew."""
        map_class = self.strata.map_class
        known = np.where(map_class == MIXED, MIXED, renumbered(map_class, used))
        return replace(
            self,
            names=tuple(self.names[k] for k in used),
            map_class=renumbered(self.map_class, used),
            reference=renumbered(self.reference, used),
            strata=replace(self.strata, map_class=known),
        )

    def scored_by(self, map_class: np.ndarray) -> LabelledSample:
        """Return the sample as the sample of another map, whose classes the strata need not be."""
        mixed = np.full(len(self.strata.names), MIXED)
        return replace(self, map_class=map_class, strata=replace(self.strata, map_class=mixed))

    def cells_with(self, reference: np.ndarray) -> SampleCells:
        """Return the cells of all units, with other reference classes than their labels."""
        return cells_of_units(
            stratum=self.stratum,
            map_class=self.map_class,
            reference=reference,
            weight=self.weight,
            domain=self.domain,
        )


def renumbered(index: np.ndarray, used: np.ndarray) -> np.ndarray:
    """Return class indexes as positions among those in use; -1 for others and for none."""
    found = np.searchsorted(used, index).clip(0, max(len(used) - 1, 0))
    return np.where((index >= 0) & (used[found] == index), found, -1)
