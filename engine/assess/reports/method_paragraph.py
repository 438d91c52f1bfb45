"""Paragraph that describes an assessment's method for a paper, and the warnings that go with its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..estimates.accuracy import Accuracy
from ..estimates.stratification import Design

REFERENCES = {
    "olofsson": "Olofsson et al. 2014, Remote Sensing of Environment 148, 42–57",
    "stehman": "Stehman 2014, International Journal of Remote Sensing 35, 4923–4939",
    "cochran": "Cochran 1977, Sampling Techniques, section 5A.9",
    "mover": "Wilson 1927; Zou and Donner 2008, Statistics in Medicine 27; Donner and Zou 2012, Statistical Methods in "
    "Medical Research 21",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodFacts:
    """What the paragraph tells.

    Attributes:
        design: How the units were drawn; None where they are no probability sample.
        z: Quantile of the intervals.
        points: Labelled units.
        strata: Number of strata.
        is_finite: Whether the variance has the finite population correction.
        by_map_classes: Whether strata are the classes of the assessed map.
        drawing: Sentences on seed, sizes, support and response; empty for a printed matrix.
        area_weighting: Sentence on pixels of unequal area; empty where they are alike.
    """

    design: Design | None
    z: float
    points: int
    strata: int
    is_finite: bool
    by_map_classes: bool
    drawing: str = ""
    area_weighting: str = ""


def method_paragraph(facts: MethodFacts) -> str:
    """Return the paragraph."""
    sentences = [
        facts.drawing,
        _design_sentence(facts),
        facts.area_weighting,
        _estimator_sentence(facts),
        f"Symmetric intervals are ± {facts.z:g} standard errors. The other intervals combine Wilson's interval of each "
        f"stratum ({REFERENCES['mover']}); they stay between 0 and 1 and allow for errors that the sample happened not "
        "to show.",
    ]
    return " ".join(s for s in sentences if s)


def _design_sentence(facts: MethodFacts) -> str:
    n = f"{facts.points:,} labelled units"
    if facts.design is Design.STRATIFIED:
        kind = "the classes of the map" if facts.by_map_classes else "strata other than the classes of the map"
        return f"The estimates rest on a stratified random sample of {n} in {facts.strata} strata, {kind}."
    if facts.design is Design.SIMPLE_RANDOM:
        return f"The estimates rest on a simple random sample of {n}, stratified afterwards by the classes of the map."
    if facts.design is Design.SYSTEMATIC:
        return (
            f"The estimates rest on a systematic sample of {n} with a random start, stratified afterwards by the "
            "classes of the map; its variance is approximated by that of a simple random sample."
        )
    return f"The estimates rest on {n} that are no probability sample: intervals hold only if they are like one."


def _estimator_sentence(facts: MethodFacts) -> str:
    correction = "with" if facts.is_finite else "without"
    if facts.design is Design.STRATIFIED and facts.by_map_classes:
        source = f"Accuracy and area-adjusted areas follow {REFERENCES['olofsson']}, equations 1 to 11"
    elif facts.design is Design.STRATIFIED:
        source = f"Totals and combined ratios follow {REFERENCES['stehman']}"
    else:
        source = f"Variances are those of post-stratification ({REFERENCES['cochran']}) of the residuals"
    return f"{source}, in the sample form with n − 1, {correction} finite population correction."


def narrow_warnings(names: Sequence[str], accuracy: Accuracy) -> tuple[str, ...]:
    """Return a sentence if the symmetric intervals of some classes rest on too few omission points."""
    narrow = [
        f"{name} ({c.omission_points})"
        for name, c in zip(names, accuracy.classes, strict=True)
        if c.is_wald_too_narrow and (c.reference_points or c.mapped_points)
    ]
    if not narrow:
        return ()
    return (
        "Interval too narrow: the symmetric (Wald) intervals of area and producer's accuracy rest on few omission "
        f"points of {', '.join(narrow)}. Use the other intervals, or label more points where these classes may have "
        "been missed.",
    )
