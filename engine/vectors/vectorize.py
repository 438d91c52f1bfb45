"""Polygons of a class raster, from strips to files; wires tracing, measuring and writing."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ...models.legend import Legend
from ..contract.events import Stage
from ..contract.job import PolygonSpec, VectorFormat
from ..coverage.cutting import LARGEST_CUT_CLASS, usual_cut
from ..coverage.minimum_mapping_unit import MappingUnit, merge_small_areas
from ..coverage.polygonize import ground_units, polygonize
from ..coverage.runs import Runs
from ..coverage.smoothing import SUBPIXELS
from ..maps.sld import vector_sld
from ..maps.styles import vector_style
from ..raster.classes.class_raster import ClassRaster, iterate_strips
from ..raster.classes.confidence import ConfidenceRaster
from ..raster.grid import RasterGrid
from ..raster.ground_area import GroundArea, ground_area_of
from ..system.files import write_atomically
from ..system.host import usable_cores
from ..system.run_context import QUIET, RunContext
from .features import FeatureMaker
from .layers import EPOCH, LayerSpec
from .lon_lat import require_lon_lat
from .shapefile_size import SHAPEFILE_LIMIT
from .writer import VectorWriters

CREATED_TAG = "UHR_CREATED"
"""Metadata item of class raster with the time of the job."""

MAX_WORKERS = 4

EXACT = PolygonSpec()
"""Polygons along the borders of pixels, none left out."""

EDGE_UNITS = 100
"""Parts of the shorter pixel edge in which common borders are compared."""


def write_vectors(
    class_raster: str | Path,
    legend: Legend,
    destination: Mapping[VectorFormat, Path],
    spec: PolygonSpec = EXACT,
    *,
    layer_name: str,
    confidence_raster: Path | None = None,
    context: RunContext = QUIET,
) -> list[Path]:
    """Write the polygons of a class raster to the destinations, complete when this returns; return the files.

    Beside every file lie its style as .qml and .sld; they are not among the files that are returned.

    Args:
        class_raster: Raster of class ids; 255 is no data.
        legend: Names of the classes.
        destination: File of each format, under temporary names; a Shapefile makes several files of that stem.
        spec: How the polygons are made.
        layer_name: Name of the layer.
        confidence_raster: Raster of the same grid with per cent of 0 to 100, which the polygons get the mean of.
        context: Receives progress, and says whether to stop.

    Raises:
        RasterError: If a raster cannot be read or the two do not fit together.
        OutputError: If a destination cannot be written.
        Cancelled: If asked to stop; incomplete files are left for the caller to remove.
    """
    with ExitStack() as stack:
        raster = stack.enter_context(ClassRaster(class_raster))
        grid, values = raster.grid, raster.values
        if VectorFormat.GEOJSON in destination:
            require_lon_lat(grid)
        percent = None
        if confidence_raster is not None:
            percent = stack.enter_context(ConfidenceRaster(confidence_raster, grid)).read_rows
        strips = _reported(iterate_strips(raster), grid.height, context)
        ground = ground_area_of(grid)
        has_unit = bool(spec.minimum_mapping_unit_m2 or any(spec.minimum_mapping_units_m2))
        if ground is None and (has_unit or spec.simplify_m):
            context.warn("The raster has no CRS: its pixels count as square metres.")
        if has_unit:
            unit = _mapping_unit(grid, ground, spec)
            strips = merge_small_areas(strips, grid.width, unit)
        faces = polygonize(
            strips,
            grid.width,
            ground=ground,
            tolerance_px=spec.simplify_m / math.sqrt(_pixel_m2(grid)),
            smooth=spec.smooth,
            cut_px=_cut_px(grid, spec.cut_px, _largest_class(legend, values), context),
            confidence=percent,
            workers=_workers(),
        )
        layer = LayerSpec(
            name=layer_name,
            crs_wkt=grid.crs_wkt,
            style_qml=vector_style(legend, values),
            style_sld=vector_sld(legend, values),
            has_confidence=percent is not None,
            stamp=job_stamp(raster.tags.get(CREATED_TAG, "")),
        )
        writers = VectorWriters(
            destination,
            layer,
            layer_per_class=spec.layer_per_class,
            shapefile_limit=SHAPEFILE_LIMIT,
            check=context.check_stop,
        )
        with writers:
            for batch in FeatureMaker(grid, legend, SUBPIXELS if spec.smooth else 1, values).batches(faces):
                writers.write(batch)
    for stem in sorted({f.with_name(f.stem) for f in writers.files}):
        write_atomically(stem.with_name(f"{stem.name}.qml"), layer.style_qml)
        write_atomically(stem.with_name(f"{stem.name}.sld"), layer.style_sld)
    return writers.files


def _largest_class(legend: Legend, values: tuple[int, ...] | None) -> int:
    """Return the largest class id that strips hold: where the file holds other values, ids are their numbers."""
    return len(values) - 1 if values else max((c.class_id for c in legend.classes), default=0)


def _cut_px(grid: RasterGrid, wanted: int | None, largest_class: int, context: RunContext) -> int:
    if wanted is not None:
        return wanted
    # Nobody asked for cuts, so nobody is refused for class ids that leave no room for them.
    cut_px = usual_cut(grid.width, grid.height) if largest_class <= LARGEST_CUT_CLASS else 0
    if cut_px:
        context.inform(
            f"Polygons are cut along a grid of {cut_px} pixels: whole ones of so large a raster can be too large to "
            "draw. Dissolve them by class where you need them whole."
        )
    return cut_px


def _workers() -> int:
    # Each holds a strip, and the thread that joins them is busy as well: more than a few bring nothing.
    return min(MAX_WORKERS, usable_cores())


def job_stamp(created: str) -> str:
    """Return the time of the job in the form that GeoPackage asks for; the epoch if there is none."""
    try:
        moment = datetime.fromisoformat(created)
    except ValueError:
        return EPOCH
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _mapping_unit(grid: RasterGrid, ground: GroundArea | None, spec: PolygonSpec) -> MappingUnit:
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
        limit=_limits(spec, unit_m2),
        measure=measure,
        side_weight=round(down / finest * EDGE_UNITS),
        top_weight=round(across / finest * EDGE_UNITS),
    )


def _limits(spec: PolygonSpec, unit_m2: float) -> np.ndarray:
    """Return the smallest area of each class id in whole units."""
    areas = np.full(256, spec.minimum_mapping_unit_m2)
    areas[: len(spec.minimum_mapping_units_m2)] = spec.minimum_mapping_units_m2
    # Areas of just this size stay: what is lost in the last digits of a division must not count.
    return np.ceil(areas / unit_m2 * (1 - 1e-12)).astype(np.int64)


def _pixel_m2(grid: RasterGrid) -> float:
    # Without a CRS there are no metres; the unit of the raster's coordinates stands for them.
    return grid.pixel_area_m2 or abs(grid.transform.determinant)


def _reported(
    strips: Iterable[tuple[int, np.ndarray]], height: int, context: RunContext
) -> Iterator[tuple[int, np.ndarray]]:
    """Yield strips; tell how far they are, and stop when asked to."""
    begun = time.monotonic()
    for first_row, class_ids in strips:
        context.check_stop()
        yield first_row, class_ids
        end = first_row + len(class_ids)
        eta_s = (time.monotonic() - begun) / end * (height - end)
        context.progress(Stage.POLYGONIZE, end, height, "rows", round(eta_s, 1))
