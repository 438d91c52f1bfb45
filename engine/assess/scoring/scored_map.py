"""Map at the points of a sample: the one that the sample was drawn from, or another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ....models.legend import LandCoverClass
from ...overlays.map_source import MapSource, OpenMap, open_map
from ..response.support_outline import support_outlines
from ..sampling.population import Population
from ..sampling.sample_design import SampleDesign
from .design_report import ReportContext
from .map_survey import areas_of, classes_at, planar_pixel_m2

CHANGED = (
    "The map is not the one that the sample was drawn from: the old map stays the strata, and Stehman's (2014) "
    "estimators are used."
)


@dataclass(frozen=True, kw_only=True)
class ScoredMap:
    """A map at the points of a sample.

    Attributes:
        name: Its file.
        digest: Digest of its content.
        class_ids: ``(n,)`` class id at each point; -1 without one.
        area_m2: Area of each class id.
        pixels: Pixels of each class id.
        planar_m2: Area of a pixel in the plane; None if there is none.
        classes: Its classes.
        is_strata: Whether the design's strata are still its classes.
        notes: Sentences about it.
    """

    name: str
    digest: str
    class_ids: np.ndarray
    area_m2: dict[int, float]
    pixels: dict[int, int]
    planar_m2: float | None
    classes: tuple[LandCoverClass, ...]
    is_strata: bool
    notes: tuple[str, ...] = ()


def assessed_map(context: ReportContext) -> ScoredMap:
    """Return the map to assess: by its digest it is still the one of the strata, or another.

    Raises:
        RasterError: If the map cannot be used.
        InvalidJob: If its polygons cannot be used.
    """
    design, path = context.design, context.asked.map or context.drawn_from.path
    source = replace(context.drawn_from, path=path)
    if context.asked.map is None and not path.exists():
        note = f"The map was not found at {design.map.path}; its classes at the points are those of the design."
        return _as_drawn(design, path.name, (note,))
    if _is_same_file(design, path) and not context.is_by_majority:
        return _as_drawn(design, path.name)
    with open_map(source, context.scratch, design.grid if source.is_vector else None) as found:
        other = _read_anew(context, path.name, found)
        if other.digest != design.map.digest:
            return replace(other, notes=(CHANGED,))
        drawn = _as_drawn(design, path.name)
        return _by_supports(context, drawn, found) if context.is_by_majority else drawn


def other_map(source: MapSource, context: ReportContext) -> ScoredMap:
    """Return a further map on the same points.

    Raises:
        RasterError: If the map cannot be used.
        InvalidJob: If its polygons cannot be used.
    """
    with open_map(source, context.scratch) as found:
        return _read_anew(context, source.path.name, found)


def _is_same_file(design: SampleDesign, path: Path) -> bool:
    if not path.exists():
        return False
    status = path.stat()
    return (status.st_size, status.st_mtime_ns) == (design.map.file_bytes, design.map.modified_ns)


def _as_drawn(design: SampleDesign, name: str, notes: tuple[str, ...] = ()) -> ScoredMap:
    ids = [c.class_id for c in design.classes]
    return ScoredMap(
        name=name,
        digest=design.map.digest,
        class_ids=design.points.class_id,
        area_m2=dict(zip(ids, design.class_area_m2, strict=True)),
        pixels=dict(zip(ids, design.class_pixels, strict=True)),
        planar_m2=planar_pixel_m2(design.grid),
        classes=design.classes,
        is_strata=True,
        notes=notes,
    )


def _by_supports(context: ReportContext, drawn: ScoredMap, found: OpenMap) -> ScoredMap:
    """Return the map of the strata with the most frequent class of each support."""
    note = "The class on the map is the most frequent one of each support, so that strata are not its classes."
    return replace(drawn, class_ids=_at_points(context, found), is_strata=False, notes=(note,))


def _read_anew(context: ReportContext, name: str, found: OpenMap) -> ScoredMap:
    """Return a map whose pixels are counted, as one that is not that of the strata."""
    population = Population(found.raster, None, context.left_out(found))
    census = population.census(should_stop=context.should_stop, progress=lambda rows: None)
    areas = areas_of(census)
    legend = found.legend(np.flatnonzero(areas.pixels[0]).tolist())
    ids = [c.class_id for c in legend.classes]
    return ScoredMap(
        name=name,
        digest=census.digest,
        class_ids=_at_points(context, found),
        area_m2={k: float(areas.area_m2[0, k]) for k in ids},
        pixels={k: int(areas.pixels[0, k]) for k in ids},
        planar_m2=planar_pixel_m2(found.raster.grid),
        classes=legend.classes,
        is_strata=False,
    )


def _at_points(context: ReportContext, found: OpenMap) -> np.ndarray:
    design, p = context.design, context.design.points
    outlines = None
    if context.is_by_majority:
        outlines = support_outlines(design.support, design.grid, p.row, p.col, p.lon, p.lat)
    return classes_at(
        found.raster,
        design.grid.crs,
        p.x,
        p.y,
        support=design.support,
        outlines=outlines,
        should_stop=context.should_stop,
    )
