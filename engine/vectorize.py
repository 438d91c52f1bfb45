"""Makes land-cover polygons of a class raster and writes them; wires tracing, measuring and writing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely
from affine import Affine
from rasterio.features import shapes

from ..models.legend import NODATA, Legend
from . import events
from .class_raster import ClassRaster
from .errors import Cancelled
from .grid import RasterGrid
from .job import VectorFormat
from .vector_writer import FeatureBatch, VectorWriters


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
    names = {c.class_id: c.name.encode() for c in legend.classes}
    with ClassRaster(class_raster) as raster:
        grid = raster.grid
        with VectorWriters(destination, layer_name=layer_name, crs_wkt=grid.crs_wkt) as writers:
            class_ids = raster.read_rows(0, grid.height)
            found = shapes(class_ids, class_ids != NODATA, 4, transform_of(grid))
            polygons, ids = [], []
            for geometry, value in found:
                polygons.append(shapely.geometry.shape(geometry))
                ids.append(int(value))
            if should_stop():
                raise Cancelled
            polygons = shapely.orient_polygons(np.array(polygons, object))
            areas = shapely.area(polygons)
            pixels = np.rint(areas / abs(grid.transform.determinant)).astype(np.int64)
            unknown = np.full(len(polygons), np.nan)
            area_m2 = pixels * grid.pixel_area_m2 if grid.pixel_area_m2 else unknown
            for part in np.array_split(np.arange(len(polygons)), max(1, len(polygons) // 50_000)):
                writers.write(
                    FeatureBatch(
                        polygons=polygons[part],
                        class_ids=np.array(ids, np.int32)[part],
                        class_names=[names.get(ids[i], str(ids[i]).encode()) for i in part],
                        area_m2=area_m2[part],
                        perimeter_m=unknown[part],
                        pixels=pixels[part],
                    )
                )
        emit(events.Progress(events.Stage.POLYGONIZE, 1, 1, "strips"))


def transform_of(grid: RasterGrid) -> Affine:
    """Return the map from pixels to the coordinates of the polygons.

    An image without any georeference is drawn by QGIS with y from -height up to 0, so its polygons lie there too.
    """
    if not grid.is_georeferenced and grid.transform == Affine.identity():
        return Affine.scale(1, -1)
    return grid.transform
