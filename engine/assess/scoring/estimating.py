"""All estimates of one labelled sample, put together as an assessment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..assessment import (
    Agreement,
    AreaFacts,
    AssessedClass,
    Assessment,
    DistrictAccuracy,
    MapComparison,
    StratumSummary,
)
from ..estimates.accuracy import Accuracy, accuracy_within, estimate_accuracy
from ..estimates.estimator import Estimator
from ..estimates.events import is_right, other_is_right
from ..estimates.stratification import Design, StratifiedSample, by_design, merged, unstratified
from ..reports.method_paragraph import MethodFacts, method_paragraph, narrow_warnings
from .cases import unlabelled_cases
from .labelled_sample import LabelledSample

FEW_POINTS = 30
"""Labelled units below which a part of the area is said to rest on few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A part of the area that gets estimates of its own.

    Attributes:
        name: Its name.
        domain: Its number among the sample's domains.
        area: Its area, in the unit of the strata.
    """

    name: str
    domain: int
    area: float


@dataclass(frozen=True, kw_only=True)
class OtherMap:
    """Another map on the same points.

    Attributes:
        name: Its name.
        digest: Digest of its content.
        map_class: ``(n,)`` class index at each unit of the sample; -1 where it has no data.
    """

    name: str
    digest: str
    map_class: np.ndarray


@dataclass(frozen=True, kw_only=True)
class Story:
    """What is told beside the estimates.

    Attributes:
        title: What was assessed.
        colors: Colour of each class; None without one.
        drawing: Sentences on seed, sizes, support and response.
        area_weighting: Sentence on pixels of unequal area.
        facts: Pairs of name and value.
        warnings: Sentences that a reader must know.
        notes: Sentences about how it was computed.
        strata: What became of the points of each stratum.
        agreement: Agreement of interpreters.
    """

    title: str
    colors: tuple[tuple[int, int, int] | None, ...]
    drawing: str = ""
    area_weighting: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    strata: tuple[StratumSummary, ...] = ()
    agreement: tuple[Agreement, ...] = ()


def assess_sample(
    sample: LabelledSample,
    areas: AreaFacts,
    story: Story,
    *,
    z: float,
    merge: tuple[tuple[str, ...], ...] = (),
    districts: Sequence[District] = (),
    others: Sequence[OtherMap] = (),
) -> Assessment:
    """Return everything that a labelled sample says.

    Args:
        sample: Units with and without labels.
        areas: Areas on the assessed map.
        story: What is told beside the estimates.
        z: Quantile of the intervals.
        merge: Groups of strata that are taken as one.
        districts: Parts of the area that get estimates of their own.
        others: Other maps on the same points.

    Raises:
        InvalidJob: If a stratum with an area has too few labelled units.
    """
    prepared = _prepared(sample, merge)
    accuracy = _estimate(prepared, sample, z)
    is_stratified = sample.estimation_design is Design.STRATIFIED
    direct = (
        None
        if is_stratified
        else _estimate(unstratified(sample.cells(), sample.strata, Design.SIMPLE_RANDOM), sample, z)
    )
    facts = MethodFacts(
        design=sample.design,
        z=z,
        points=accuracy.points,
        strata=len(prepared.strata.names),
        is_finite=prepared.is_finite,
        by_map_classes=bool((sample.strata.map_class >= 0).all()),
        drawing=story.drawing,
        area_weighting=story.area_weighting,
    )
    return Assessment(
        title=story.title,
        classes=tuple(AssessedClass(name=n, color=c) for n, c in zip(sample.names, story.colors, strict=True)),
        design=sample.design,
        accuracy=accuracy,
        direct=direct,
        areas=areas,
        strata=story.strata,
        z=z,
        method=method_paragraph(facts),
        facts=story.facts,
        warnings=(*story.warnings, *narrow_warnings(sample.names, accuracy)),
        notes=(*story.notes, *prepared.notes),
        districts=tuple(_district(d, prepared, sample, z) for d in districts),
        comparisons=tuple(_comparison(o, sample, merge, z) for o in others),
        unlabelled=unlabelled_cases(sample, z=z, merge=merge),
        agreement=story.agreement,
    )


def _prepared(
    sample: LabelledSample, merge: tuple[tuple[str, ...], ...], other_map: np.ndarray | None = None
) -> StratifiedSample:
    cells, strata = sample.cells(other_map=other_map), sample.strata
    if merge:
        cells, strata = merged(cells, strata, merge)
    return by_design(cells, strata, sample.estimation_design)


def _estimate(prepared: StratifiedSample, sample: LabelledSample, z: float) -> Accuracy:
    return estimate_accuracy(prepared.cells, prepared.strata, prepared.spread_weight, classes=len(sample.names), z=z)


def _district(district: District, prepared: StratifiedSample, sample: LabelledSample, z: float) -> DistrictAccuracy:
    points = int(prepared.cells.points[prepared.cells.domain == district.domain].sum())
    if points < 2:
        note = f"{points} labelled points lie here: too few for an estimate."
        return DistrictAccuracy(name=district.name, area=district.area, accuracy=None, note=note)
    estimator = _estimator(prepared, sample, z)
    found = accuracy_within(district.domain, prepared.cells, estimator, area=district.area, classes=len(sample.names))
    note = f"Only {points} labelled points lie here." if points < FEW_POINTS else ""
    return DistrictAccuracy(name=district.name, area=district.area, accuracy=found, note=note)


def _comparison(other: OtherMap, sample: LabelledSample, merge: tuple[tuple[str, ...], ...], z: float) -> MapComparison:
    """Score another map by itself, whose classes the strata need not be, and beside the assessed one."""
    paired = _estimator(_prepared(sample, merge, other.map_class), sample, z)
    first, second = is_right() - other_is_right(), other_is_right() - is_right()
    return MapComparison(
        name=other.name,
        digest=other.digest,
        accuracy=_estimate(_prepared(sample.scored_by(other.map_class), merge), sample, z),
        difference=paired.difference(first, second),
        only_first=paired.count(first),
        only_other=paired.count(second),
    )


def _estimator(prepared: StratifiedSample, sample: LabelledSample, z: float) -> Estimator:
    return Estimator(prepared.cells, prepared.strata, prepared.spread_weight, classes=len(sample.names), z=z)
