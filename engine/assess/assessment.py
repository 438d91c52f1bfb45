"""Result of an assessment: what is estimated of a map, with all that a reader needs to judge it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .estimates.accuracy import Accuracy
from .estimates.estimator import Estimate
from .estimates.stratification import Design


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedClass:
    """A class of map and reference.

    Attributes:
        name: Name for people.
        color: Red, green, blue, each 0 to 255; None without one.
    """

    name: str
    color: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumSummary:
    """A stratum of the design, as the report shows it.

    Attributes:
        name: Its name.
        area: Its area, in the assessment's unit.
        units: Units in it; None where it is not known.
        drawn: Points drawn, without the reserve.
        labelled: Points with a reference class.
        not_sure: Points whose interpreter was not sure.
        skipped: Points that were passed over, before the last one that was labelled.
        not_reached: Points behind the last one that was labelled: a random part that does no harm.
    """

    name: str
    area: float
    units: float | None
    drawn: int
    labelled: int
    not_sure: int = 0
    skipped: int = 0
    not_reached: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictAccuracy:
    """Estimates of a part of the area.

    Attributes:
        name: Name of the part.
        area: Its area, in the assessment's unit.
        accuracy: Its estimates; None where nothing was labelled in it.
        note: Sentence that says why estimates are missing or weak; empty if they are not.
    """

    name: str
    area: float
    accuracy: Accuracy | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapComparison:
    """Another map, scored on the same points.

    Attributes:
        name: Name of the other map.
        digest: Digest of its content; empty if unknown.
        accuracy: Its own estimates.
        difference: Overall accuracy of the assessed map less that of the other, from pairs of labels.
        only_first: Points that only the assessed map has right.
        only_other: Points that only the other map has right.
    """

    name: str
    digest: str
    accuracy: Accuracy
    difference: Estimate
    only_first: int
    only_other: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassCases:
    """Estimates of a class if all points without a label were against it, and if they were all for it.

    Attributes:
        users: Lowest and highest user's accuracy.
        producers: Lowest and highest producer's accuracy.
        share: Lowest and highest share of the area.
    """

    users: tuple[Estimate | None, Estimate | None]
    producers: tuple[Estimate | None, Estimate | None]
    share: tuple[Estimate, Estimate]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlabelledCases:
    """Estimates if all points without a label were wrong, and if they were all right.

    Attributes:
        points: Points without a label among those that were reached.
        worst: Overall accuracy if the map were wrong at all of them.
        best: Overall accuracy if it were right.
        classes: The same for each class.
    """

    points: int
    worst: Estimate
    best: Estimate
    classes: tuple[ClassCases, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How often two interpreters, or all of them, gave the same label.

    Attributes:
        interpreters: Their names.
        points: Points that all of them labelled.
        same: Points among them with the same label.
    """

    interpreters: tuple[str, ...]
    points: int
    same: int

    @property
    def share(self) -> float | None:
        """Part of the points with the same label; None where there are none."""
        return self.same / self.points if self.points else None


@dataclass(frozen=True, kw_only=True)
class AreaFacts:
    """Areas of the classes as the map has them.

    Attributes:
        unit: Name of the unit: "ha", or what the table of a matrix calls it; empty if nobody says.
        mapped: ``(K,)`` area of each class on the map, on the ellipsoid if it was measured.
        planar: ``(K,)`` area from the sizes of pixels in the plane of the CRS; None if not known or not in m².
        total: Area of the population.
        left_out: Area of teaching examples that are no part of the population.
    """

    unit: str
    mapped: np.ndarray
    planar: np.ndarray | None
    total: float
    left_out: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """All that an assessment says.

    Attributes:
        title: What was assessed, for people.
        classes: Classes in the order of all tables.
        design: How units were drawn; None where the points are no probability sample.
        accuracy: The estimates.
        direct: Estimates of a simple random or systematic sample that was not stratified afterwards; None for others.
        areas: Areas on the map.
        strata: Strata of the design.
        z: Quantile of all intervals.
        method: Paragraph that describes the method, for a paper.
        facts: Pairs of name and value: file, digest, seed, support …
        warnings: Sentences that a reader must know.
        notes: Sentences about how it was computed.
        districts: Estimates of parts of the area.
        comparisons: Other maps on the same points.
        unlabelled: Best and worst case; None where all points that were reached have a label.
        agreement: Agreement of interpreters, in pairs and of all.
    """

    title: str
    classes: tuple[AssessedClass, ...]
    design: Design | None
    accuracy: Accuracy
    direct: Accuracy | None
    areas: AreaFacts
    strata: tuple[StratumSummary, ...]
    z: float
    method: str
    facts: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    districts: tuple[DistrictAccuracy, ...] = ()
    comparisons: tuple[MapComparison, ...] = ()
    unlabelled: UnlabelledCases | None = None
    agreement: tuple[Agreement, ...] = field(default=())
