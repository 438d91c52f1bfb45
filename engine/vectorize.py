"""Makes land-cover polygons of a class raster and writes them; wires tracing, measuring and writing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from ..models.legend import Legend
from . import events
from .class_raster import ClassRaster, iterate_strips
from .errors import Cancelled
from .features import FeatureMaker
from .ground_area import ground_area_of
from .job import VectorFormat
from .polygonize import polygonize
from .vector_writer import VectorWriters


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
        faces = polygonize(strips, grid.width, ground_area_of(grid))
        with VectorWriters(destination, layer_name=layer_name, crs_wkt=grid.crs_wkt) as writers:
            for batch in FeatureMaker(grid, legend).batches(faces):
                writers.write(batch)


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
