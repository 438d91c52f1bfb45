"""Assessment as JSON-ready data; numbers have full precision, what cannot be estimated is null."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..assessment import (
    Agreement,
    Assessment,
    ClassCases,
    DistrictAccuracy,
    MapComparison,
    StratumSummary,
    UnlabelledCases,
)
from ..estimates.accuracy import Accuracy, ClassAccuracy
from ..estimates.estimator import Estimate

FORMAT = "uhr-assessment/1"


def assessment_data(assessment: Assessment) -> dict[str, Any]:
    """Return everything that an assessment says."""
    a = assessment
    return {
        "format": FORMAT,
        "title": a.title,
        "design": a.design.value if a.design else None,
        "z": a.z,
        "method": a.method,
        "facts": dict(a.facts),
        "warnings": list(a.warnings),
        "notes": list(a.notes),
        "classes": [c.name for c in a.classes],
        "area_unit": a.areas.unit,
        "total_area": a.areas.total,
        "left_out_area": a.areas.left_out,
        **_accuracy(a, a.accuracy),
        "counts_as_they_are": _accuracy(a, a.direct) if a.direct else None,
        "strata": [_stratum(s) for s in a.strata],
        "districts": [_district(a, d) for d in a.districts],
        "comparisons": [_comparison(a, c) for c in a.comparisons],
        "unlabelled": _cases(a, a.unlabelled) if a.unlabelled else None,
        "agreement": agreement_rows(a.agreement),
    }


def estimate_data(estimate: Estimate | None) -> dict[str, Any] | None:
    """Return an estimate: value, Wald columns and the interval that stays within its bounds."""
    if estimate is None:
        return None
    wald = estimate.wald
    return {
        "estimate": estimate.value,
        "se": estimate.se if wald else None,
        "half_width": estimate.half_width,
        "wald_lower": wald[0] if wald else None,
        "wald_upper": wald[1] if wald else None,
        "lower": estimate.lower,
        "upper": estimate.upper,
        "cv": estimate.coefficient_of_variation,
    }


def _accuracy(a: Assessment, accuracy: Accuracy, *, with_mapped: bool = True) -> dict[str, Any]:
    rows = [_class(c, name.name) for c, name in zip(accuracy.classes, a.classes, strict=True)]
    if with_mapped:
        for k, row in enumerate(rows):
            row["mapped_area"] = float(a.areas.mapped[k])
            row["mapped_area_planar"] = None if a.areas.planar is None else float(a.areas.planar[k])
    return {
        "points": accuracy.points,
        "overall": estimate_data(accuracy.overall),
        "per_class": rows,
        "counts": accuracy.counts.tolist(),
        "area_proportions": accuracy.proportions.tolist(),
        "area_proportions_se": [
            [float(v) if v > 0 else None for v in row] for row in np.asarray(accuracy.proportions_se)
        ],
    }


def _class(found: ClassAccuracy, name: str) -> dict[str, Any]:
    return {
        "class": name,
        "users": estimate_data(found.users),
        "producers": estimate_data(found.producers),
        "area_share": estimate_data(found.share),
        "adjusted_area": estimate_data(found.area),
        "f1": estimate_data(found.f1),
        "iou": estimate_data(found.iou),
        "mapped_points": found.mapped_points,
        "reference_points": found.reference_points,
        "omission_points": found.omission_points,
        "wald_too_narrow": found.is_wald_too_narrow,
    }


def _stratum(s: StratumSummary) -> dict[str, Any]:
    return {
        "stratum": s.name,
        "area": s.area,
        "units": s.units,
        "drawn": s.drawn,
        "labelled": s.labelled,
        "not_sure": s.not_sure,
        "skipped": s.skipped,
        "not_reached": s.not_reached,
    }


def _district(a: Assessment, d: DistrictAccuracy) -> dict[str, Any]:
    found = _accuracy(a, d.accuracy, with_mapped=False) if d.accuracy else None
    return {"district": d.name, "area": d.area, "note": d.note, **(found or {"points": 0, "overall": None})}


def _comparison(a: Assessment, c: MapComparison) -> dict[str, Any]:
    return {
        "map": c.name,
        "digest": c.digest,
        "difference_of_overall": estimate_data(c.difference),
        "right_on_first_only": c.only_first,
        "right_on_this_only": c.only_other,
        **_accuracy(a, c.accuracy, with_mapped=False),
    }


def _cases(a: Assessment, cases: UnlabelledCases) -> dict[str, Any]:
    names = [c.name for c in a.classes]
    return {
        "points": cases.points,
        "overall_worst": estimate_data(cases.worst),
        "overall_best": estimate_data(cases.best),
        "per_class": [_class_cases(name, c) for name, c in zip(names, cases.classes, strict=True)],
    }


def _class_cases(name: str, c: ClassCases) -> dict[str, Any]:
    data: dict[str, Any] = {"class": name}
    for key, pair in (("users", c.users), ("producers", c.producers), ("area_share", c.share)):
        data[f"{key}_worst"], data[f"{key}_best"] = (estimate_data(e) for e in pair)
    return data


def agreement_rows(agreement: Sequence[Agreement]) -> list[dict[str, Any]]:
    """Return how often interpreters agreed."""
    return [
        {"interpreters": list(g.interpreters), "points": g.points, "same": g.same, "share": g.share} for g in agreement
    ]
