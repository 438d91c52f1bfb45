"""Story of a sample: facts, warnings and the sentences of the method paragraph that estimates do not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from ...maps.area_report import HECTARE_M2
from ..assessment import Agreement, StratumSummary
from ..estimates.stratification import Design
from ..response.labels import FinalLabels, PointState
from ..sampling.designing import UNEQUAL
from ..sampling.sample_design import SampleDesign
from .design_report import ReportContext
from .estimating import Story
from .scored_map import ScoredMap

DESIGN_NAMES = {
    Design.STRATIFIED: "stratified random",
    Design.SIMPLE_RANDOM: "simple random",
    Design.SYSTEMATIC: "systematic, random start",
}


def tell(
    context: ReportContext,
    scored: ScoredMap,
    labels: FinalLabels,
    agreement: tuple[Agreement, ...],
    colors: Sequence[tuple[int, int, int] | None],
) -> Story:
    """Return what is told of a sample beside its estimates."""
    design = context.design
    return Story(
        title=scored.name,
        colors=tuple(colors),
        drawing=_drawing(design, labels, agreement),
        area_weighting=_weighting(design),
        facts=tuple(_facts(context, scored)),
        warnings=tuple(_warnings(scored, labels)),
        notes=(*scored.notes, *_notes(design)),
        strata=_summaries(design, labels),
        agreement=agreement,
    )


def _drawing(design: SampleDesign, labels: FinalLabels, agreement: tuple[Agreement, ...]) -> str:
    points = design.points
    main = int((~points.is_reserve).sum())
    reserve = len(points) - main
    sizes = ", ".join(f"{s.name} {n}" for s, n in zip(design.strata, _drawn(design), strict=True))
    parts = [f"{main:,} points were drawn with seed {design.seed}"]
    if design.design is Design.STRATIFIED:
        parts.append(f"({design.allocation} allocation: {sizes})")
    if design.targets:
        parts.append(f"for a target of {'; '.join(design.targets)}")
    if reserve:
        parts.append(f"with {reserve:,} in reserve")
    sentences = [
        " ".join(parts) + f"; a unit is one of the {design.map.unit}.",
        f"The support of a label is {design.support}.",
    ]
    if design.left_out:
        sentences.append(left_out_sentence(design))
    everyone = agreement[-1] if agreement else None
    if everyone and everyone.share is not None:
        sentences.append(
            f"{len(everyone.interpreters)} interpreters agreed on {everyone.share:.1%} of {everyone.points:,} points."
        )
    unusable = sum(s not in (PointState.LABELLED, PointState.NOT_REACHED) for s in labels.state)
    if unusable:
        sentences.append(f"{unusable:,} points that were reached have no label and are left out of the estimates.")
    return " ".join(sentences)


def left_out_sentence(design: SampleDesign) -> str:
    """Return what the examples that were left out mean for the areas."""
    return (
        f"Teaching examples on {design.left_out_pixels:,} pixels ({design.left_out_m2 / HECTARE_M2:,.2f} ha) are no "
        "part of the population: sizes of strata, weights and areas are those of what remains."
    )


def _weighting(design: SampleDesign) -> str:
    if design.by_area:
        return (
            "Within strata, units were drawn with probability in proportion to their area on the ellipsoid, with "
            "replacement."
        )
    if design.unequal > UNEQUAL:
        return "Units were drawn with equal probability and are weighted by their area on the ellipsoid (Hájek)."
    return ""


def _facts(context: ReportContext, scored: ScoredMap) -> list[tuple[str, str]]:
    design = context.design
    patch = design.map.smallest_patch_m2
    facts = [
        ("Map", scored.name),
        ("Digest of the map", scored.digest),
        ("Unit", design.map.unit),
        ("Smallest patch", "" if patch is None else f"{patch:,.4g} m²"),
        ("Sample", context.asked.design.name),
        ("Design", DESIGN_NAMES[design.design]),
        ("Allocation", design.allocation),
        ("Seed", str(design.seed)),
        ("Support", str(design.support)),
        ("Labels", ", ".join(p.name for p in context.asked.labels)),
        ("Adjudicated labels", context.asked.adjudicated.name if context.asked.adjudicated else ""),
        ("Merged strata", "; ".join(" + ".join(group) for group in context.asked.merge)),
        ("z of the intervals", f"{context.asked.z:g}"),
    ]
    if scored.digest != design.map.digest:
        facts.insert(2, ("Digest of the map that the sample was drawn from", design.map.digest))
    return facts


def _warnings(scored: ScoredMap, labels: FinalLabels) -> list[str]:
    found = []
    outside = int((scored.class_ids < 0).sum())
    if outside:
        found.append(f"{outside:,} points lie where {scored.name} has no data: it is taken to be wrong there.")
    disagreed = sum(s is PointState.DISAGREED for s in labels.state)
    if disagreed:
        found.append(
            f"{disagreed:,} points have different labels by different interpreters and no adjudicated one: they count "
            "as not labelled."
        )
    return found


def _notes(design: SampleDesign) -> list[str]:
    notes = ["Areas are those of the ellipsoid; where the plane of the map's CRS has areas, they stand beside."]
    if 0 < design.unequal <= UNEQUAL:
        notes.append(f"Pixels differ by at most {design.unequal:.2%} in area and are taken to be alike.")
    return notes


def _summaries(design: SampleDesign, labels: FinalLabels) -> tuple[StratumSummary, ...]:
    states: list[Counter[PointState]] = [Counter() for _ in design.strata]
    main = ~design.points.is_reserve
    for k, (h, state) in enumerate(zip(design.points.stratum.tolist(), labels.state, strict=True)):
        if main[k] or state is not PointState.NOT_REACHED:
            states[h][state] += 1
    return tuple(
        StratumSummary(
            name=s.name,
            area=s.area_m2 / HECTARE_M2,
            units=s.pixels,
            drawn=n,
            labelled=c[PointState.LABELLED],
            not_sure=c[PointState.NOT_SURE] + c[PointState.DISAGREED],
            skipped=c[PointState.SKIPPED],
            not_reached=c[PointState.NOT_REACHED],
        )
        for s, n, c in zip(design.strata, _drawn(design), states, strict=True)
    )


def _drawn(design: SampleDesign) -> list[int]:
    points = design.points
    return np.bincount(points.stratum[~points.is_reserve], minlength=len(design.strata)).tolist()
