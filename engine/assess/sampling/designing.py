"""Draws a sample: one pass over the map, sizes, draw, and the places of the points."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rasterio.crs import CRS
from rasterio.warp import transform as reproject

from ....models.legend import LandCoverClass, Legend
from ...contract.events import Event, Progress, Stage
from ...overlays.map_source import VECTOR_ENDINGS, OpenMap, open_map
from ...overlays.overlay import Overlay
from ...overlays.raster_overlay import RasterOverlay
from ...overlays.shape_overlay import left_out_overlay, polygon_overlay
from ...raster.grid import PROJECTION_ERRORS, RasterGrid
from ...raster.ground_area import GroundArea
from ...system.errors import InvalidJob
from ..estimates.stratification import Design
from .drawing import DrawnUnits, UnitDraw
from .population import CODES, Census, Population
from .random_stream import RandomStream
from .request import Parts, Probability, SampleRequest
from .sample_design import AssessedMap, SampleDesign, SamplePoints
from .sizing import Sizing, find_sizes
from .strata import StrataBy, StratumTable, form_strata
from .systematic import lattice_places

UNEQUAL = 0.01
"""Difference of pixel areas from which on units are drawn in proportion to them: as in degrees and in Mercator, but
not within a zone of UTM, where it is at most 0.3 %."""


@dataclass(frozen=True, kw_only=True)
class PlannedSample:
    """A sample before it is drawn.

    Attributes:
        census: Counts of the population.
        table: Its strata.
        sizing: Sizes of the sample.
        legend: Classes of the map.
        classes: Those that have pixels.
        by: What strata are formed by.
        unequal: Largest over smallest area of a pixel, less 1.
        by_area: Whether units are drawn in proportion to area.
    """

    census: Census
    table: StratumTable
    sizing: Sizing
    legend: Legend
    classes: tuple[LandCoverClass, ...]
    by: StrataBy
    unequal: float
    by_area: bool


def plan_sample(
    request: SampleRequest, scratch: Path, emit: Callable[[Event], None], should_stop: Callable[[], bool]
) -> PlannedSample:
    """Return what a request leads to, without drawing.

    Args:
        request: What is asked for.
        scratch: Folder in which the units of polygons are kept meanwhile.
        emit: Told how far it is.
        should_stop: Asked after every strip.

    Raises:
        RasterError: If the map cannot be used.
        InvalidJob: If the request does not fit it.
        Cancelled: If asked to stop.
    """
    with _opened(request, scratch) as (found, population, overlay):
        return _planned(request, found, population, overlay, emit, should_stop)


def draw_sample(
    request: SampleRequest,
    scratch: Path,
    beside: Path,
    emit: Callable[[Event], None],
    should_stop: Callable[[], bool],
) -> tuple[SampleDesign, PlannedSample]:
    """Return a drawn sample and how it was planned; arguments and errors are those of `plan_sample`.

    Args:
        request: What is asked for.
        scratch: Folder in which the units of polygons are kept meanwhile.
        beside: Folder of the design's file, from which the map's path is given.
        emit: Told how far it is.
        should_stop: Asked after every strip.
    """
    with _opened(request, scratch) as (found, population, overlay):
        plan = _planned(request, found, population, overlay, emit, should_stop)
        draw = UnitDraw(population, plan.census, plan.table, by_area=plan.by_area)
        units = _draw(request, draw, plan, population.grid)
        return _design(request, found, plan, units, population.grid, beside), plan


@contextmanager
def _opened(request: SampleRequest, scratch: Path) -> Iterator[tuple[OpenMap, Population, Overlay | None]]:
    with open_map(request.source, scratch) as found:
        grid = found.raster.grid
        overlay = _overlay(request.parts, grid)
        left_out = left_out_overlay(request.left_out, grid) if request.left_out else None
        with overlay if isinstance(overlay, RasterOverlay) else nullcontext():
            yield found, Population(found.raster, overlay, left_out), overlay


def _overlay(parts: Parts, grid: RasterGrid) -> Overlay | None:
    if parts.path is None:
        return None
    if parts.path.suffix.lower() in VECTOR_ENDINGS:
        return polygon_overlay(parts.path, grid, field=parts.field, layer=parts.layer)
    return RasterOverlay(parts.path, grid)


def _planned(
    request: SampleRequest,
    found: OpenMap,
    population: Population,
    overlay: Overlay | None,
    emit: Callable[[Event], None],
    should_stop: Callable[[], bool],
) -> PlannedSample:
    height = population.grid.height
    census = population.census(
        should_stop=should_stop, progress=lambda rows: emit(Progress(Stage.PREPARE, rows, height, "rows"))
    )
    if not len(census.code):
        raise InvalidJob(
            "The map has no pixel with data that could be drawn. Check its nodata value and what is left out."
        )
    by = StrataBy.MAP if overlay is None else StrataBy.BOTH if request.parts.crossed else StrataBy.OVERLAY
    present = np.unique(census.code % CODES).tolist()
    legend = found.legend(present)
    table = form_strata(census, legend, overlay.names if overlay else (), by)
    classes = tuple(c for c in legend.classes if c.class_id in present)
    unequal = pixel_inequality(population.grid, population.ground)
    by_area = request.probability is Probability.AREA or (
        request.probability is Probability.AUTO and unequal > UNEQUAL and request.design is not Design.SYSTEMATIC
    )
    sizing = find_sizes(request, table.strata, [c.name for c in classes], [c.class_id for c in classes])
    return PlannedSample(
        census=census,
        table=table,
        sizing=sizing,
        legend=legend,
        classes=classes,
        by=by,
        unequal=unequal,
        by_area=by_area,
    )


def pixel_inequality(grid: RasterGrid, ground: GroundArea) -> float:
    """Return how much larger the largest pixel of a map is than the smallest, by a lattice of them."""
    rows = np.unique(np.linspace(0, grid.height - 1, 33).astype(np.int64))
    cols = np.unique(np.linspace(0, grid.width - 1, 33).astype(np.int64))
    areas = np.concatenate([ground.of_runs(np.full(len(cols), r), cols, cols + 1) for r in rows])
    return float(areas.max() / areas.min() - 1)


def _draw(request: SampleRequest, draw: UnitDraw, plan: PlannedSample, grid: RasterGrid) -> DrawnUnits:
    stream, sizes = RandomStream(request.seed), plan.sizing.sizes
    if request.design is Design.STRATIFIED:
        return draw.stratified(sizes, stream)
    if request.design is Design.SIMPLE_RANDOM:
        return draw.simple_random(sizes.main[0], sizes.reserve[0], stream)
    pixels = int(plan.census.pixels.sum())
    units = draw.at(*lattice_places(grid, pixels, sizes.main[0], stream), stream)
    if len(units) < 2:
        raise InvalidJob(f"The lattice met {len(units)} pixels with data. Ask for more points, or for random ones.")
    return units


def _design(
    request: SampleRequest, found: OpenMap, plan: PlannedSample, units: DrawnUnits, grid: RasterGrid, beside: Path
) -> SampleDesign:
    census, status = plan.census, request.source.path.stat()
    pixels = np.bincount(census.code % CODES, census.pixels, CODES)
    areas = np.bincount(census.code % CODES, census.area_m2, CODES)
    # A class that the map has nowhere may still be found on the ground.
    classes = tuple(c for c in plan.legend.classes if c in plan.classes or c.name != f"Class {c.class_id}")
    ids = [c.class_id for c in classes]
    return SampleDesign(
        map=AssessedMap(
            path=relative_path(request.source.path, beside),
            field=request.source.field,
            layer=request.source.layer,
            digest=census.digest,
            file_bytes=status.st_size,
            modified_ns=status.st_mtime_ns,
            unit=found.unit,
            smallest_patch_m2=found.smallest_patch_m2,
        ),
        grid=grid,
        classes=classes,
        class_pixels=tuple(int(pixels[k]) for k in ids),
        class_area_m2=tuple(float(areas[k]) for k in ids),
        design=request.design,
        by=plan.by,
        allocation=plan.sizing.allocation,
        seed=request.seed,
        by_area=plan.by_area,
        unequal=plan.unequal,
        support=request.support,
        strata=plan.table.strata,
        points=_placed(units, grid),
        left_out=relative_path(request.left_out, beside) if request.left_out else "",
        left_out_pixels=census.left_out_pixels,
        left_out_m2=census.left_out_m2,
        targets=tuple(str(t) for t in request.targets),
    )


def relative_path(path: Path, folder: Path) -> str:
    """Return a path from a folder, with forward slashes; as it is where the two share no disk."""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def _placed(units: DrawnUnits, grid: RasterGrid) -> SamplePoints:
    t = grid.transform
    col, row = units.col + 0.5, units.row + 0.5
    x, y = t.a * col + t.b * row + t.c, t.d * col + t.e * row + t.f
    try:
        lon, lat = reproject(grid.crs, CRS.from_epsg(4326), x, y)
    except PROJECTION_ERRORS as error:
        raise InvalidJob(f"Points of the map's CRS cannot be brought to degrees: {error}.") from error
    return SamplePoints(
        number=np.arange(1, len(units) + 1),
        row=units.row,
        col=units.col,
        x=x,
        y=y,
        lon=np.asarray(lon, np.float64),
        lat=np.asarray(lat, np.float64),
        stratum=units.stratum,
        class_id=units.code % CODES,
        area_m2=units.area_m2,
        is_reserve=units.is_reserve,
    )
