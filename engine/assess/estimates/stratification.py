"""Strata as the estimate takes them: by design, formed afterwards, or merged where too few units were labelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from ...system.errors import InvalidJob
from .cells import SampleCells, Strata
from .design_variance import needs_correction, poststratified, stratified
from .events import MIXED

FEWEST_POINTS = 2
"""Labelled units without which a stratum tells nothing about its spread."""


class Design(Enum):
    """How the units were drawn."""

    STRATIFIED = "stratified"
    SIMPLE_RANDOM = "srs"
    SYSTEMATIC = "systematic"


@dataclass(frozen=True, kw_only=True)
class StratifiedSample:
    """What estimators need to know of a sample and its design.

    Attributes:
        cells: The labelled units.
        strata: Strata with at least two labelled units each, or wholly labelled ones, or such without area.
        spread_weight: ``(H,)`` v_h of `design_variance`.
        design: How the units were drawn.
        is_finite: Whether the variance has the finite population correction.
        notes: Sentences about what was done, for the report.
    """

    cells: SampleCells
    strata: Strata
    spread_weight: np.ndarray
    design: Design
    is_finite: bool
    notes: tuple[str, ...] = ()


def by_design(cells: SampleCells, strata: Strata, design: Design) -> StratifiedSample:
    """Return a sample with the variance of its design; simple random and systematic ones are stratified afterwards.

    Raises:
        InvalidJob: If a stratum of the design has an area and fewer than two labelled units.
    """
    _check_points(cells, strata)
    if design is not Design.STRATIFIED:
        cells, strata, notes = _merged_until_enough(cells, strata)
        points = _points(cells, strata)
        weight = poststratified(strata, points)
        return StratifiedSample(
            cells=cells, strata=strata, spread_weight=weight, design=design, is_finite=True, notes=notes
        )
    points = _points(cells, strata)
    _check_enough(points, strata)
    finite = bool((strata.map_class == MIXED).any()) or needs_correction(strata, points)
    weight = stratified(strata, points, finite=finite)
    return StratifiedSample(cells=cells, strata=strata, spread_weight=weight, design=design, is_finite=finite)


def unstratified(cells: SampleCells, strata: Strata, design: Design) -> StratifiedSample:
    """Return a simple random or systematic sample with its counts as they are: one stratum."""
    whole = Strata(
        names=("all",),
        area=strata.area.sum(keepdims=True),
        units=strata.units.sum(keepdims=True),
        map_class=np.array([MIXED]),
        domain=np.array([MIXED]),
    )
    cells = replace(cells, stratum=np.zeros(len(cells), np.int64))
    weight = stratified(whole, _points(cells, whole), finite=True)
    return StratifiedSample(cells=cells, strata=whole, spread_weight=weight, design=design, is_finite=True)


def merged(cells: SampleCells, strata: Strata, groups: Sequence[Sequence[str]]) -> tuple[SampleCells, Strata]:
    """Return a sample with some strata put together; units keep the weight of the stratum they were drawn in.

    A stratum without a labelled unit is then taken to be like the others of its group.

    Raises:
        InvalidJob: If a group names a stratum that is not there, or one twice.
    """
    named = [name for group in groups for name in group]
    unknown = [name for name in named if name not in strata.names]
    if unknown:
        raise InvalidJob(f"There is no stratum {unknown[0]!r} to merge; the strata are {', '.join(strata.names)}.")
    if len(set(named)) < len(named):
        raise InvalidJob("A stratum is named twice among those to merge. Name each once.")
    leader = np.arange(len(strata.names))
    for group in groups:
        members = [strata.names.index(name) for name in group]
        leader[members] = min(members)
    weights = np.bincount(cells.stratum, cells.weight, len(strata.names))
    scale = np.divide(strata.area, weights, out=np.zeros(len(weights)), where=weights > 0)[cells.stratum]
    cells = replace(cells, weight=cells.weight * scale, weight_sq=cells.weight_sq * scale**2)
    return _regrouped(cells, strata, leader)


def _merged_until_enough(cells: SampleCells, strata: Strata) -> tuple[SampleCells, Strata, tuple[str, ...]]:
    """Join what has too few labelled units with the smallest other stratum, until all have enough."""
    notes = []
    while True:
        points, has_area = _points(cells, strata), strata.area > 0
        poor = has_area & (points < np.minimum(FEWEST_POINTS, strata.units))
        if not poor.any() or has_area.sum() < 2:
            return cells, strata, tuple(notes)
        first = int(np.flatnonzero(poor)[np.argmin(strata.area[poor])])
        others = np.flatnonzero(has_area & (np.arange(len(points)) != first))
        second = int(others[np.argmin(strata.area[others])])
        notes.append(
            f"{strata.names[first]} has {int(points[first])} labelled "
            f"{'unit' if points[first] == 1 else 'units'}, fewer than {FEWEST_POINTS}: the sample was stratified "
            f"afterwards with it and {strata.names[second]}, the smallest other one, together."
        )
        leader = np.arange(len(points))
        leader[[first, second]] = min(first, second)
        cells, strata = _regrouped(cells, strata, leader)


def _regrouped(cells: SampleCells, strata: Strata, leader: np.ndarray) -> tuple[SampleCells, Strata]:
    """Return the sample with each stratum counted to its leader, a stratum of the same group."""
    kept, group = np.unique(leader, return_inverse=True)
    sizes = np.bincount(group)
    members = [[strata.names[h] for h in np.flatnonzero(group == g)] for g in range(len(kept))]
    new = Strata(
        names=tuple(" + ".join(names) for names in members),
        area=np.bincount(group, strata.area),
        units=np.bincount(group, strata.units),
        map_class=np.where(sizes > 1, MIXED, strata.map_class[kept]),
        domain=np.where(sizes > 1, MIXED, strata.domain[kept]),
    )
    return replace(cells, stratum=group[cells.stratum]), new


def _points(cells: SampleCells, strata: Strata) -> np.ndarray:
    return np.bincount(cells.stratum, cells.points, len(strata.names))


def _check_points(cells: SampleCells, strata: Strata) -> None:
    points = _points(cells, strata)
    for name, area, n in zip(strata.names, strata.area, points, strict=True):
        if n and not area > 0:
            raise InvalidJob(f"{name!r} has {int(n)} labelled units but no area. Correct its area, or leave it out.")
    n = int(points.sum())
    if n < FEWEST_POINTS:
        raise InvalidJob(
            f"Only {n} labelled unit{' was' if n == 1 else 's were'} found; an estimate needs at least {FEWEST_POINTS}."
        )


def _check_enough(points: np.ndarray, strata: Strata) -> None:
    poor = (strata.area > 0) & (points < np.minimum(FEWEST_POINTS, strata.units))
    if poor.any():
        listed = ", ".join(f"{strata.names[h]} ({int(points[h])})" for h in np.flatnonzero(poor))
        raise InvalidJob(
            f"Too few labelled units in: {listed}. Each stratum with an area needs at least {FEWEST_POINTS} to tell "
            "its spread. Label more there, or merge it with one that is like it."
        )
