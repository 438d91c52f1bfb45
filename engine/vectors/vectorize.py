"""Makes land-cover polygons of a class raster and writes them; wires tracing, measuring and writing."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from ...models.legend import Legend
from ..contract import events
from ..contract.job import VectorFormat
from ..coverage.cutting import LARGEST_CUT_CLASS, usual_cut
from ..coverage.minimum_mapping_unit import MappingUnit, merge_small_areas
from ..coverage.polygonize import ground_units, polygonize
from ..coverage.runs import Runs
from ..coverage.smoothing import SUBPIXELS
from ..maps.sld import vector_sld
from ..maps.styles import vector_style
from ..raster.class_raster import ClassRaster, iterate_strips
from ..raster.confidence import ConfidenceRaster
from ..raster.grid import RasterGrid
from ..raster.ground_area import GroundArea, ground_area_of
from ..system.errors import Cancelled
from ..system.files import write_atomically
from .features import FeatureMaker
from .layers import EPOCH, LayerSpec
from .shapefile_size import SHAPEFILE_LIMIT
from .writer import VectorWriters

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
    smooth: bool = False,
    layer_per_class: bool = False,
    cut_px: int | None = None,
    confidence_raster: Path | None = None,
    shapefile_limit: int = SHAPEFILE_LIMIT,
    emit: Callable[[events.Event], None],
    should_stop: Callable[[], bool],
    work_dir: Path,
) -> list[Path]:
    """Write the polygons of a class raster to the destinations, complete when this returns; return the files.

    Beside every file lie its style as .qml and .sld; they are not among the files that are returned.

    Args:
        class_raster: Raster of class ids; 255 is no data.
        legend: Names of the classes.
        destination: File of each format, under temporary names; a Shapefile makes several files of that stem.
        layer_name: Name of the layer.
        minimum_mapping_unit_m2: Areas smaller than this join a neighbour; 0 keeps all.
        simplify_m: Tolerance of the border simplification in metres; 0 keeps pixel borders.
        smooth: Round the borders, after a simplification by a pixel at least.
        layer_per_class: Keep classes apart: layers of a GeoPackage, files named "<name>_<class>" of other formats.
        cut_px: Side of the squares along which areas are cut; 0 leaves them whole, None those of rasters of a usual
            size (see cutting.py).
        confidence_raster: Raster of the same grid with per cent of 0 to 100, which the polygons get the mean of.
        shapefile_limit: Bytes from which a Shapefile is divided by class, and those of a class into parts.
        emit: Takes progress events.
        should_stop: Says whether to stop.
        work_dir: Folder for temporary files.

    Raises:
        RasterError: If a raster cannot be read or the two do not fit together.
        OutputError: If a destination cannot be written.
        Cancelled: If asked to stop; incomplete files are left for the caller to remove.
    """
    with ExitStack() as stack:
        raster = stack.enter_context(ClassRaster(class_raster))
        grid, values = raster.grid, raster.values
        percent = None
        if confidence_raster is not None:
            percent = stack.enter_context(ConfidenceRaster(confidence_raster, grid)).read_rows
        strips = _reported(iterate_strips(raster), grid.height, emit, should_stop)
        ground = ground_area_of(grid)
        if ground is None and (minimum_mapping_unit_m2 or simplify_m):
            emit(events.Note("warning", "The raster has no CRS: its pixels count as square metres."))
        if minimum_mapping_unit_m2:
            unit = _mapping_unit(grid, ground, minimum_mapping_unit_m2)
            strips = merge_small_areas(strips, grid.width, unit)
        tolerance_px = simplify_m / math.sqrt(_pixel_m2(grid))
        borders: dict[str, Any] = {"tolerance_px": tolerance_px, "smooth": smooth}
        borders["cut_px"] = _cut_px(grid, cut_px, _largest_class(legend, values), emit)
        faces = polygonize(strips, grid.width, ground=ground, **borders, confidence=percent, workers=_workers())
        layer = LayerSpec(
            name=layer_name,
            crs_wkt=grid.crs_wkt,
            style_qml=vector_style(legend, values),
            style_sld=vector_sld(legend, values),
            has_confidence=percent is not None,
            stamp=job_stamp(raster.tags.get(CREATED_TAG, "")),
        )
        division = {"layer_per_class": layer_per_class, "shapefile_limit": shapefile_limit}
        writers = VectorWriters(destination, layer, **division, check=lambda: _check(should_stop))
        with writers:
            for batch in FeatureMaker(grid, legend, SUBPIXELS if smooth else 1, values).batches(faces):
                writers.write(batch)
    for stem in sorted({f.with_name(f.stem) for f in writers.files}):
        write_atomically(stem.with_name(f"{stem.name}.qml"), layer.style_qml)
        write_atomically(stem.with_name(f"{stem.name}.sld"), layer.style_sld)
    return writers.files


def _largest_class(legend: Legend, values: tuple[int, ...] | None) -> int:
    """Return the largest class id that strips hold: where the file holds other values, ids are their numbers."""
    return len(values) - 1 if values else max((c.class_id for c in legend.classes), default=0)


def _cut_px(grid: RasterGrid, wanted: int | None, largest_class: int, emit: Callable[[events.Event], None]) -> int:
    if wanted is not None:
        return wanted
    # Nobody asked for cuts, so nobody is refused for class ids that leave no room for them.
    cut_px = usual_cut(grid.width, grid.height) if largest_class <= LARGEST_CUT_CLASS else 0
    if cut_px:
        emit(
            events.Note(
                "info",
                f"Polygons are cut along a grid of {cut_px} pixels: whole ones of so large a raster can be too large "
                "to draw. Dissolve them by class where you need them whole.",
            )
        )
    return cut_px


def _check(should_stop: Callable[[], bool]) -> None:
    if should_stop():
        raise Cancelled


def _workers() -> int:
    # Each holds a strip, and the thread that joins them is busy as well: more than a few bring nothing.
    return min(MAX_WORKERS, os.cpu_count() or 1)


def job_stamp(created: str) -> str:
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
        _check(should_stop)
        yield first_row, class_ids
        end = first_row + len(class_ids)
        eta_s = (time.monotonic() - begun) / end * (height - end)
        emit(events.Progress(events.Stage.POLYGONIZE, end, height, "rows", round(eta_s, 1)))
