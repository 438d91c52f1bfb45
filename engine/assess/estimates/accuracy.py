"""Accuracy and area of a map from a labelled sample: overall, user's and producer's, and the error matrix in shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .cells import SampleCells, Strata
from .estimator import Estimate, Estimator
from .events import Event, everything, is_mapped, is_right, is_truly

ENOUGH_OMISSIONS = 20
"""Omission points of a class from which on the symmetric intervals of its area and producer's accuracy cover the truth
as often as they say (measured, benchmarks/results/assess_coverage.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassAccuracy:
    """What the sample says about a class.

    Attributes:
        share: Part of the whole area that the class truly has.
        area: The same in the unit of the strata's areas.
        users: Part of what is mapped as the class that is right (1 − commission); None where nothing is mapped so.
        producers: Part of the class on the ground that is mapped as such (1 − omission); None where none was found.
        f1: Harmonic mean of both.
        iou: Area that is the class on map and ground over the area that is it on either.
        mapped_points: Labelled units that are mapped as the class.
        reference_points: Labelled units that are the class.
        omission_points: Labelled units that are the class and mapped as something else.
    """

    share: Estimate
    area: Estimate
    users: Estimate | None
    producers: Estimate | None
    f1: Estimate | None
    iou: Estimate | None
    mapped_points: int
    reference_points: int
    omission_points: int

    @property
    def is_wald_too_narrow(self) -> bool:
        """Whether too few omissions were found for the symmetric intervals of area and producer's accuracy."""
        return self.omission_points < ENOUGH_OMISSIONS


@dataclass(frozen=True, kw_only=True)
class Accuracy:
    """What the sample says about the map.

    Attributes:
        overall: Part of the area that is mapped right.
        classes: One entry for each class, in their order.
        counts: ``(K, K)`` int64 labelled units by class on the map and reference class.
        proportions: ``(K, K)`` float64 the same as shares of the area.
        proportions_se: ``(K, K)`` float64 their standard errors.
        points: Labelled units.
    """

    overall: Estimate
    classes: tuple[ClassAccuracy, ...]
    counts: np.ndarray
    proportions: np.ndarray
    proportions_se: np.ndarray
    points: int


def estimate_accuracy(
    cells: SampleCells, strata: Strata, spread_weight: np.ndarray, *, classes: int, z: float
) -> Accuracy:
    """Return all estimates of a map.

    Args:
        cells: The labelled units.
        strata: Their strata; every one with an area has labelled units.
        spread_weight: ``(H,)`` v_h of `design_variance`.
        classes: Number K of classes.
        z: Quantile of the intervals.
    """
    estimator = Estimator(cells, strata, spread_weight, classes=classes, z=z)
    return accuracy_within(None, cells, estimator, area=float(strata.area.sum()), classes=classes)


def accuracy_within(
    domain: int | None, cells: SampleCells, estimator: Estimator, *, area: float, classes: int
) -> Accuracy | None:
    """Return all estimates of one part of the area; None where nothing was labelled there.

    Args:
        domain: The part; None for the whole.
        cells: The labelled units.
        estimator: What estimates from them.
        area: Area of the part, which its classes are shares of.
        classes: Number K of classes.
    """
    part = _Part(estimator, domain)
    overall = part.share(is_right())
    if overall is None:
        return None
    counts, proportions, errors = _matrix(cells, part, classes)
    return Accuracy(
        overall=overall,
        classes=tuple(_class_accuracy(k, part, area) for k in range(classes)),
        counts=counts,
        proportions=proportions,
        proportions_se=errors,
        points=part.count(everything()),
    )


class _Part:
    """Estimates within one domain, of which shares are taken; None is the whole area."""

    def __init__(self, estimator: Estimator, domain: int | None) -> None:
        self._estimator, self._domain = estimator, domain

    def share(self, event: Event) -> Estimate | None:
        if self._domain is None:
            return self._estimator.total(event)
        return self.ratio(event, everything())

    def ratio(self, part: Event, whole: Event) -> Estimate | None:
        return self._estimator.ratio(part.within(self._domain), whole.within(self._domain))

    def count(self, event: Event) -> int:
        return self._estimator.count(event.within(self._domain))


def _class_accuracy(k: int, part: _Part, area: float) -> ClassAccuracy:
    mapped, true = is_mapped(k), is_truly(k)
    both, share, iou = mapped & true, part.share(true), part.ratio(mapped & true, mapped | true)
    return ClassAccuracy(
        share=share,
        area=share.times(area),
        users=part.ratio(both, mapped),
        producers=part.ratio(both, true),
        f1=None if iou is None else f1_of(iou),
        iou=iou,
        mapped_points=part.count(mapped),
        reference_points=part.count(true),
        omission_points=part.count(true - mapped),
    )


def f1_of(iou: Estimate) -> Estimate:
    """Return F1 = 2 IoU / (1 + IoU), whose standard error is that of the ratio 2 both / (mapped + true)."""
    return Estimate(
        value=_f1(iou.value),
        se=iou.se * 2 / (1 + iou.value) ** 2,
        z=iou.z,
        lower=_f1(iou.lower),
        upper=_f1(iou.upper),
    )


def _f1(iou: float) -> float:
    return 2 * iou / (1 + iou)


def _matrix(cells: SampleCells, part: _Part, classes: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    counts = np.zeros((classes, classes), np.int64)
    proportions, errors = np.zeros((classes, classes)), np.zeros((classes, classes))
    for i, j in sorted(set(zip(cells.map_class.tolist(), cells.reference.tolist(), strict=True))):
        if i < 0:
            continue
        here = is_mapped(i) & is_truly(j)
        found = part.share(here)
        counts[i, j], proportions[i, j], errors[i, j] = part.count(here), found.value, found.se
    return counts, proportions, errors
