"""Districts of a report: parts of the design, or polygons that are laid over the map."""

from __future__ import annotations

import numpy as np

from ...maps.area_report import HECTARE_M2
from ...overlays.map_source import open_map
from ...overlays.shape_overlay import polygon_overlay
from ...raster.grid import Window
from ...system.errors import InvalidJob
from ..sampling.population import Population
from ..sampling.sample_design import SampleDesign
from ..sampling.strata import StrataBy
from .design_report import ReportContext
from .estimating import District
from .map_survey import areas_of


def find_districts(context: ReportContext) -> tuple[np.ndarray, tuple[District, ...]]:
    """Return the domain of each point of the sample, and the districts that the domains are.

    Raises:
        InvalidJob: If the polygons cannot be used, or the map has changed, so that areas are not those of the strata.
    """
    if context.asked.districts is None:
        return _of_design(context.design)
    design, points = context.design, context.design.points
    overlay = polygon_overlay(context.asked.districts, design.grid, field=context.asked.district_field)
    source = context.drawn_from
    with open_map(source, context.scratch, design.grid if source.is_vector else None) as found:
        population = Population(found.raster, overlay, context.left_out(found))
        census = population.census(should_stop=context.should_stop, progress=lambda rows: None)
    if census.digest != design.map.digest:
        raise InvalidJob(
            "The map has changed since the sample was drawn, so nobody knows how large the districts' strata are. Give "
            "districts when a sample is drawn, with --strata and --cross."
        )
    area = areas_of(census, len(overlay.names)).area_m2.sum(axis=1) / HECTARE_M2
    places = zip(points.col.tolist(), points.row.tolist(), strict=True)
    domain = np.array([overlay.ids(Window(c, r, 1, 1))[0, 0] for c, r in places], np.int64)
    there = [d for d in range(len(overlay.names)) if area[d] > 0]
    return domain, tuple(District(name=overlay.names[d], domain=d, area=float(area[d])) for d in there)


def _of_design(design: SampleDesign) -> tuple[np.ndarray, tuple[District, ...]]:
    """Return the parts that the strata lie in; none where strata are the map's classes alone."""
    if design.by is StrataBy.MAP:
        return np.zeros(len(design.points), np.int64), ()
    parts = list(dict.fromkeys(s.part for s in design.strata))
    of_stratum = np.array([parts.index(s.part) for s in design.strata])
    area = np.bincount(of_stratum, [s.area_m2 for s in design.strata], len(parts)) / HECTARE_M2
    return of_stratum[design.points.stratum], tuple(
        District(name=name, domain=d, area=float(area[d])) for d, name in enumerate(parts)
    )
