"""Assessment of a map with reference points that somebody brings along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ...maps.area_report import HECTARE_M2
from ...overlays.map_source import MapSource, open_map
from ..assessment import AreaFacts, Assessment, StratumSummary
from ..estimates.cells import Strata
from ..estimates.stratification import Design
from ..response.labels import PointState, class_index
from ..response.reference_points import read_reference_points
from ..sampling.population import Population
from .estimating import Story, assess_sample
from .labelled_sample import LabelledSample, renumbered
from .map_survey import areas_of, classes_at, planar_pixel_m2

NO_SAMPLE = (
    "Nobody says that these points are a probability sample: estimates and intervals hold only if they were as good as "
    "drawn by chance. Points that were chosen where the class is clear make a map look better than it is."
)


@dataclass(frozen=True, kw_only=True)
class PointReport:
    """What is asked for.

    Attributes:
        source: The map.
        points: File of reference points.
        field: Field with their class.
        layer: Layer of that file; empty takes the first.
        drawn: How they were drawn; None if they are no probability sample.
        merge: Groups of strata that are taken as one.
        z: Quantile of the intervals.
    """

    source: MapSource
    points: Path
    field: str
    layer: str = ""
    drawn: Design | None = None
    merge: tuple[tuple[str, ...], ...] = ()
    z: float = 1.96


def assess_points(asked: PointReport, scratch: Path, should_stop: Callable[[], bool]) -> Assessment:
    """Return the assessment.

    Args:
        asked: What is asked for.
        scratch: Folder in which the units of polygons are kept meanwhile.
        should_stop: Asked after every strip that is read.

    Raises:
        InvalidJob: If points cannot be used, or labels are no classes.
        RasterError: If the map cannot be used.
        Cancelled: If asked to stop.
    """
    points = read_reference_points(asked.points, asked.field, asked.layer)
    with open_map(asked.source, scratch) as found:
        census = Population(found.raster).census(should_stop=should_stop, progress=lambda rows: None)
        legend = found.legend(np.unique(census.code).tolist())
        names, ids = [c.name for c in legend.classes], np.array([c.class_id for c in legend.classes])
        index = class_index({label for label in points.label if label}, names, ids.tolist())
        class_ids = classes_at(found.raster, points.crs, points.x, points.y, should_stop=should_stop)
        areas, planar_m2, unit = areas_of(census), planar_pixel_m2(found.raster.grid), found.unit
    reference = np.array([index.get(label, -1) for label in points.label])
    area, pixels = areas.area_m2[0, ids], areas.pixels[0, ids]
    map_class = np.where(class_ids >= 0, np.searchsorted(ids, class_ids), -1)
    here = map_class >= 0
    used = np.flatnonzero((area > 0) | np.isin(np.arange(len(ids)), reference[here]))
    sample = LabelledSample(
        names=tuple(names[k] for k in used),
        stratum=renumbered(map_class[here], used),
        map_class=renumbered(map_class[here], used),
        reference=renumbered(reference[here], used),
        weight=np.ones(int(here.sum())),
        domain=np.zeros(int(here.sum()), np.int64),
        state=tuple(PointState.LABELLED if r >= 0 else PointState.SKIPPED for r in reference[here]),
        strata=Strata(
            names=tuple(names[k] for k in used),
            area=area[used] / HECTARE_M2,
            units=pixels[used].astype(np.float64),
            map_class=np.arange(len(used)),
            domain=np.zeros(len(used), np.int64),
        ),
        design=asked.drawn,
    )
    facts = AreaFacts(
        unit="ha",
        mapped=area[used] / HECTARE_M2,
        planar=None if planar_m2 is None else pixels[used] * planar_m2 / HECTARE_M2,
        total=float(area.sum()) / HECTARE_M2,
    )
    told = (("Digest of the map", census.digest), ("Unit", unit))
    story = replace(
        _story(asked, len(points.x), int((~here).sum()), told),
        colors=tuple(legend.classes[k].color for k in used),
        strata=_summaries(sample),
    )
    return assess_sample(sample, facts, story, z=asked.z, merge=asked.merge)


def _story(asked: PointReport, points: int, outside: int, told: tuple[tuple[str, str], ...]) -> Story:
    warnings = [] if asked.drawn else [NO_SAMPLE]
    if outside:
        warnings.append(
            f"{outside:,} of {points:,} points lie outside the map or where it has no data: they are left out."
        )
    return Story(
        title=asked.source.path.name,
        colors=(),
        drawing=f"{points:,} reference points were brought along ({asked.points.name}).",
        facts=(
            ("Map", asked.source.path.name),
            *told,
            ("Reference points", asked.points.name),
            ("Field", asked.field),
            ("Drawn", asked.drawn.value if asked.drawn else "unknown"),
            ("z of the intervals", f"{asked.z:g}"),
        ),
        warnings=tuple(warnings),
    )


def _summaries(sample: LabelledSample) -> tuple[StratumSummary, ...]:
    size = len(sample.names)
    drawn = np.bincount(sample.stratum, minlength=size)
    labelled = np.bincount(sample.stratum[sample.is_labelled], minlength=size)
    return tuple(
        StratumSummary(
            name=sample.names[k],
            area=float(sample.strata.area[k]),
            units=float(sample.strata.units[k]),
            drawn=int(drawn[k]),
            labelled=int(labelled[k]),
            skipped=int(drawn[k] - labelled[k]),
        )
        for k in range(size)
    )
