"""Estimates from a printed error matrix, as papers have them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..assessment import AreaFacts, AssessedClass, Assessment, StratumSummary
from ..estimates.accuracy import Accuracy, estimate_accuracy
from ..estimates.cells import Strata, cells_of_matrix
from ..estimates.stratification import Design, StratifiedSample, by_design, merged, unstratified
from ..reports.method_paragraph import MethodFacts, method_paragraph, narrow_warnings
from .matrix_file import ErrorMatrix, read_matrix


def assess_matrix(
    path: Path,
    design: Design,
    *,
    z: float,
    unit: str = "",
    units: float = np.inf,
    merge: tuple[tuple[str, ...], ...] = (),
) -> Assessment:
    """Return the assessment of an error matrix.

    Args:
        path: CSV file of `matrix_file`.
        design: How the sample was drawn: stratified by the map's classes, simple random or systematic.
        z: Quantile of the intervals.
        unit: Unit of the areas, for people.
        units: Number of units that could have been drawn; infinite leaves out the finite population correction.
        merge: Groups of map classes that are taken as one stratum each.

    Raises:
        InvalidJob: If the file is not of that form, or a stratum has too few units.
    """
    matrix = read_matrix(path)
    cells, strata = cells_of_matrix(matrix.counts), _strata(matrix, units)
    whole = cells, strata
    if merge:
        cells, strata = merged(cells, strata, merge)
    sample = by_design(cells, strata, design)
    accuracy = _estimate(sample, matrix, z)
    direct = None if design is Design.STRATIFIED else _estimate(unstratified(*whole, design), matrix, z)
    facts = MethodFacts(
        design=design,
        z=z,
        points=accuracy.points,
        strata=len(sample.strata.names),
        is_finite=sample.is_finite and np.isfinite(units),
        by_map_classes=True,
    )
    return Assessment(
        title=path.stem,
        classes=tuple(AssessedClass(name=name) for name in matrix.classes),
        design=design,
        accuracy=accuracy,
        direct=direct,
        areas=AreaFacts(unit=unit, mapped=matrix.areas, planar=None, total=float(matrix.areas.sum())),
        strata=_summaries(matrix, strata, units),
        z=z,
        method=method_paragraph(facts),
        facts=(("Error matrix", path.name), ("Design", design.value), ("z of the intervals", f"{z:g}")),
        warnings=narrow_warnings(matrix.classes, accuracy),
        notes=sample.notes,
    )


def _strata(matrix: ErrorMatrix, units: float) -> Strata:
    size = len(matrix.classes)
    share = matrix.areas / matrix.areas.sum()
    has_area = matrix.areas > 0
    return Strata(
        names=matrix.classes,
        area=matrix.areas,
        units=np.where(has_area, share * units if np.isfinite(units) else np.inf, 0.0),
        map_class=np.arange(size),
        domain=np.zeros(size, np.int64),
    )


def _estimate(sample: StratifiedSample, matrix: ErrorMatrix, z: float) -> Accuracy:
    return estimate_accuracy(sample.cells, sample.strata, sample.spread_weight, classes=len(matrix.classes), z=z)


def _summaries(matrix: ErrorMatrix, strata: Strata, units: float) -> tuple[StratumSummary, ...]:
    points = matrix.counts.sum(axis=1)
    return tuple(
        StratumSummary(
            name=name,
            area=float(area),
            units=float(area) / float(matrix.areas.sum()) * units if np.isfinite(units) else None,
            drawn=int(n),
            labelled=int(n),
        )
        for name, area, n in zip(matrix.classes, matrix.areas, points, strict=True)
        if area or n
    )
