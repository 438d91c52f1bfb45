"""Assessment as tables for spreadsheets: one row a class, and the error matrix one row a cell."""

from __future__ import annotations

from collections.abc import Sequence

from ..assessment import Assessment
from ..estimates.accuracy import Accuracy
from ..estimates.estimator import Estimate

ESTIMATE_COLUMNS = ("", "_se", "_half_width", "_wald_lower", "_wald_upper", "_lower", "_upper")
QUANTITIES = ("users", "producers", "adjusted_area_share", "adjusted_area", "f1", "iou")
CLASS_HEADER = (
    "class",
    "mapped_area",
    "mapped_area_planar",
    *(q + c for q in QUANTITIES for c in ESTIMATE_COLUMNS),
    "adjusted_area_cv",
    "mapped_points",
    "reference_points",
    "omission_points",
    "wald_too_narrow",
    *("overall" + c for c in ESTIMATE_COLUMNS),
)
MATRIX_HEADER = ("map_class", "reference_class", "points", "area_share", "area_share_se")

Cell = str | int | float
Row = list[Cell]


def class_rows(assessment: Assessment) -> list[Row]:
    """Return rows under CLASS_HEADER: the classes, and a last one with what holds for the whole map."""
    a = assessment
    rows: list[Row] = []
    for k, (name, found) in enumerate(zip(a.classes, a.accuracy.classes, strict=True)):
        estimates = (found.users, found.producers, found.share, found.area, found.f1, found.iou)
        planar = "" if a.areas.planar is None else float(a.areas.planar[k])
        cv = found.area.coefficient_of_variation
        rows.append(
            [
                name.name,
                float(a.areas.mapped[k]),
                planar,
                *(cell for e in estimates for cell in _cells(e)),
                "" if cv is None else cv,
                found.mapped_points,
                found.reference_points,
                found.omission_points,
                "yes" if found.is_wald_too_narrow else "no",
                *[""] * len(ESTIMATE_COLUMNS),
            ]
        )
    overall = _cells(a.accuracy.overall)
    blanks = len(CLASS_HEADER) - 3 - len(overall)
    planar_total = "" if a.areas.planar is None else float(a.areas.planar.sum())
    return [*rows, ["all", float(a.areas.mapped.sum()), planar_total, *[""] * blanks, *overall]]


def matrix_rows(names: Sequence[str], accuracy: Accuracy) -> list[Row]:
    """Return rows under MATRIX_HEADER, one for every pair of classes."""
    return [
        [
            names[i],
            names[j],
            int(accuracy.counts[i, j]),
            float(accuracy.proportions[i, j]),
            float(accuracy.proportions_se[i, j]) or "",
        ]
        for i in range(len(names))
        for j in range(len(names))
    ]


def _cells(estimate: Estimate | None) -> Row:
    if estimate is None:
        return [""] * len(ESTIMATE_COLUMNS)
    wald = estimate.wald
    symmetric: Row = [estimate.se, estimate.half_width or 0.0, *wald] if wald else [""] * 4
    return [estimate.value, *symmetric, estimate.lower, estimate.upper]
