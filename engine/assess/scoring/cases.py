"""Best and worst case of an assessment: what the units without a label could make of it at most."""

from __future__ import annotations

import numpy as np

from ..assessment import ClassCases, UnlabelledCases
from ..estimates.accuracy import Accuracy, ClassAccuracy, estimate_accuracy
from ..estimates.stratification import by_design, merged
from .labelled_sample import LabelledSample


def unlabelled_cases(
    sample: LabelledSample, *, z: float, merge: tuple[tuple[str, ...], ...] = ()
) -> UnlabelledCases | None:
    """Return the estimates for the labels that would be the worst, and the best; None if all units have a label.

    Args:
        sample: Units, with and without labels.
        z: Quantile of the intervals.
        merge: Groups of strata that are taken as one.
    """
    open_units = ~sample.is_labelled
    if not open_units.any():
        return None
    size = len(sample.names)
    # A class of its own stands for "some other class": it is none of the map's.
    other = np.full(len(sample.reference), size)

    def estimate(guess: np.ndarray) -> Accuracy:
        reference = np.where(open_units, guess, sample.reference)
        cells, strata = sample.cells_with(reference), sample.strata
        if merge:
            cells, strata = merged(cells, strata, merge)
        prepared = by_design(cells, strata, sample.estimation_design)
        return estimate_accuracy(prepared.cells, prepared.strata, prepared.spread_weight, classes=size + 1, z=z)

    as_mapped = np.where(sample.map_class >= 0, sample.map_class, size)
    worst, best = estimate(other), estimate(as_mapped)
    classes = []
    for k in range(size):
        mapped = sample.map_class == k
        against = estimate(np.where(mapped, size, k)).classes[k]
        in_favour = estimate(np.where(mapped, k, size)).classes[k]
        all_of_it = estimate(np.full(len(other), k)).classes[k]
        classes.append(_class_cases(against, in_favour, all_of_it, worst.classes[k]))
    return UnlabelledCases(points=int(open_units.sum()), worst=worst.overall, best=best.overall, classes=tuple(classes))


def _class_cases(
    against: ClassAccuracy, in_favour: ClassAccuracy, all_of_it: ClassAccuracy, none_of_it: ClassAccuracy
) -> ClassCases:
    return ClassCases(
        users=(against.users, in_favour.users),
        producers=(against.producers, in_favour.producers),
        share=(none_of_it.share, all_of_it.share),
    )
