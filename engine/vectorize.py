"""Makes land-cover polygons of a class raster and writes them; wires tracing, measuring and writing."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ..models.legend import Legend
from . import events
from .class_raster import ClassRaster, iterate_strips
from .errors import Cancelled
from .features import FeatureMaker
from .grid import RasterGrid
from .ground_area import GroundArea, ground_area_of
from .job import VectorFormat
from .minimum_mapping_unit import MappingUnit, merge_small_areas
from .polygonize import ground_units, polygonize
from .runs import Runs
from .styles import vector_style
from .vector_writer import EPOCH, LayerSpec, VectorWriters

CREATED_TAG = "UHR_CREATED"
"""Metadata item of class raster with the time of the job."""

MAX_WORKERS = 4

EDGE_UNITS = 100
"""Parts of the shorter pixel edge in which common borders are compared."""


def write_vectors(
    class_raster: Path,
    legend: Legend,
    destination: dict[VectorFormat, Path],
    *,
    layer_name: str,
    minimum_mapping_unit_m2: float = 0.0,
    simplify_m: float = 0.0,
    emit: Callable[[events.Event], None],
    should_stop: Callable[[], bool],
    work_dir: Path,
) -> None:
    """Write the polygons of a class raster to the destinations, complete when this returns.

    Args:
        class_raster: Raster of class ids; 255 is no data.
        legend: Names of the classes.
        destination: File of each format, under temporary names; a Shapefile makes several files of that stem.
        layer_name: Name of the layer.
        minimum_mapping_unit_m2: Areas smaller than this join a neighbour; 0 keeps all.
        simplify_m: Tolerance of the border simplification in metres; 0 keeps pixel borders.
        emit: Takes progress events.
        should_stop: Says whether to stop.
        work_dir: Folder for temporary files.

    Raises:
        RasterError: If the class raster cannot be read.
        OutputError: If a destination cannot be written.
        Cancelled: If asked to stop; incomplete files are left for the caller to remove.
    """
    with ClassRaster(class_raster) as raster:
        grid = raster.grid
        strips = _reported(iterate_strips(raster), grid.height, emit, should_stop)
        ground = ground_area_of(grid)
        if ground is None and (minimum_mapping_unit_m2 or simplify_m):
            emit(events.Note("warning", "The raster has no CRS: its pixels count as square metres."))
        if minimum_mapping_unit_m2:
            unit = _mapping_unit(grid, ground, minimum_mapping_unit_m2)
            strips = merge_small_areas(strips, grid.width, unit)
        tolerance_px = simplify_m / math.sqrt(_pixel_m2(grid))
        faces = polygonize(strips, grid.width, ground=ground, tolerance_px=tolerance_px, workers=_workers())
        layer = LayerSpec(
            name=layer_name,
            crs_wkt=grid.crs_wkt,
            style_qml=vector_style(legend),
            stamp=_stamp(raster.tags.get(CREATED_TAG, "")),
        )
        with VectorWriters(destination, layer) as writers:
            for batch in FeatureMaker(grid, legend).batches(faces):
                writers.write(batch)


def _workers() -> int:
    # Each holds a strip, and the thread that joins them is busy as well: more than a few bring nothing.
    return min(MAX_WORKERS, os.cpu_count() or 1)


def _stamp(created: str) -> str:
    """Return the time of the job in the form that GeoPackage asks for; the epoch if there is none."""
    try:
        moment = datetime.fromisoformat(created)
    except ValueError:
        return EPOCH
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _mapping_unit(grid: RasterGrid, ground: GroundArea | None, area_m2: float) -> MappingUnit:
    def measure(runs: Runs, first_row: int) -> np.ndarray:
        if ground is not None:
            return ground_units(runs, first_row, ground)
        return np.where(runs.rows > 0, runs.ends - runs.starts, 0)

    unit_m2 = _pixel_m2(grid) if ground is None else ground.unit_m2
    across, down = grid.ground_resolution_m or (
        math.hypot(grid.transform.a, grid.transform.d),
        math.hypot(grid.transform.b, grid.transform.e),
    )
    finest = min(across, down)
    return MappingUnit(
        # Areas of just this size stay: what is lost in the last digits of a division must not count.
        limit=math.ceil(area_m2 / unit_m2 * (1 - 1e-12)),
        measure=measure,
        side_weight=round(down / finest * EDGE_UNITS),
        top_weight=round(across / finest * EDGE_UNITS),
    )


def _pixel_m2(grid: RasterGrid) -> float:
    # Without a CRS there are no metres; the unit of the raster's coordinates stands for them.
    return grid.pixel_area_m2 or abs(grid.transform.determinant)


def _reported(
    strips: Iterable[tuple[int, np.ndarray]],
    height: int,
    emit: Callable[[events.Event], None],
    should_stop: Callable[[], bool],
) -> Iterator[tuple[int, np.ndarray]]:
    """Yield strips; tell how far they are, and stop when asked to."""
    begun = time.monotonic()
    for first_row, class_ids in strips:
        if should_stop():
            raise Cancelled
        yield first_row, class_ids
        end = first_row + len(class_ids)
        eta_s = (time.monotonic() - begun) / end * (height - end)
        emit(events.Progress(events.Stage.POLYGONIZE, end, height, "rows", round(eta_s, 1)))
