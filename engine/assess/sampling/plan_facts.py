"""Facts about a planned or drawn sample, as JSON-ready data for the panel and the command line."""

from __future__ import annotations

from typing import Any

from .designing import PlannedSample
from .request import SampleRequest
from .sample_design import SampleDesign


def plan_facts(plan: PlannedSample, request: SampleRequest) -> dict[str, Any]:
    """Return strata, sizes, and what every allocation would give."""
    sizes, total = plan.sizing.sizes, sum(s.area_m2 for s in plan.table.strata)
    by_stratum = len(sizes.main) == len(plan.table.strata) and request.design.value == "stratified"
    return {
        "strata": [
            {
                "stratum": s.name,
                "pixels": s.pixels,
                "area_ha": s.area_m2 / 10_000,
                "share": s.area_m2 / total,
                "points": sizes.main[h] if by_stratum else None,
                "reserve": sizes.reserve[h] if by_stratum else None,
            }
            for h, s in enumerate(plan.table.strata)
        ],
        "points": sum(sizes.main),
        "reserve": sum(sizes.reserve),
        "allocation": plan.sizing.allocation,
        "targets": [
            {"target": str(t), "se_wanted": t.se, "se_expected": e}
            for t, e in zip(request.targets, plan.sizing.errors, strict=True)
        ],
        "allocations": [
            {
                "allocation": o.allocation.value,
                "points": o.points,
                "sizes": list(o.sizes),
                "se_expected": list(o.errors),
            }
            for o in plan.sizing.offers
        ],
        "probability": "area" if plan.by_area else "equal",
        "unequal_pixels": plan.unequal,
        "left_out_pixels": plan.census.left_out_pixels,
    }


def design_facts(design: SampleDesign) -> dict[str, Any]:
    """Return what a drawn sample has beside its plan."""
    return {"drawn": len(design.points), "seed": design.seed, "digest": design.map.digest}
