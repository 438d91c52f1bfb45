"""Polygon layers: their fields, and one written through GDAL in a single pass.

GDAL's writers are driven through pyogrio with an Arrow stream: one open, one transaction, one spatial index at the end,
for any number of features. pyogrio is the only wheel that offers this, and needs no geopandas for it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from rasterio.crs import CRS
from rasterio.warp import transform as reproject

from ..contract.job import VectorFormat
from .arrow_stream import ArrowStream, ColumnSpec, ColumnType

DRIVERS = {
    VectorFormat.GEOPACKAGE: "GPKG",
    VectorFormat.SHAPEFILE: "ESRI Shapefile",
    VectorFormat.GEOJSON: "GeoJSON",
    VectorFormat.FLATGEOBUF: "FlatGeobuf",
}
GEOMETRY = "geom"
EPOCH = "1970-01-01T00:00:00.000Z"
"""Date of files whose job has none."""

COLUMNS = (
    ColumnSpec(GEOMETRY, ColumnType.BINARY),
    ColumnSpec("class_id", ColumnType.INT32),
    ColumnSpec("class_name", ColumnType.TEXT),
    ColumnSpec("area_m2", ColumnType.FLOAT64),
    ColumnSpec("perimeter_m", ColumnType.FLOAT64),
    ColumnSpec("pixels", ColumnType.INT64),
)
CONFIDENCE = ColumnSpec("confidence", ColumnType.FLOAT64)
SHAPEFILE_NAMES = {"perimeter_m": "perim_m"}
"""A Shapefile's names have ten characters at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureBatch:
    """Polygons in the raster's CRS, with their attributes.

    Attributes:
        wkb: Polygons as well-known binary, outer rings counter-clockwise.
        class_ids: Class of each, as the raster has it.
        class_names: Its name, UTF-8.
        area_m2: Ground area; NaN where it is not known.
        perimeter_m: Length of all borders on the ground; NaN where it is not known.
        pixels: Pixels of the class raster in each.
        confidence: Mean of the confidence in per cent; NaN where it is not known.
    """

    wkb: list[bytes]
    class_ids: np.ndarray
    class_names: list[bytes]
    area_m2: np.ndarray
    perimeter_m: np.ndarray
    pixels: np.ndarray
    confidence: np.ndarray

    def take(self, index: np.ndarray) -> FeatureBatch:
        """Return some of the polygons."""
        columns = {f.name: getattr(self, f.name) for f in fields(self)}
        picked = index.tolist()
        return FeatureBatch(
            **{k: v[index] if isinstance(v, np.ndarray) else [v[i] for i in picked] for k, v in columns.items()}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerSpec:
    """What is the same for all features.

    Attributes:
        name: Name of the layer, any text; a Shapefile's layer is named as its file.
        crs_wkt: CRS of the polygons; empty for none.
        style_qml: QGIS style, stored where the format can hold it.
        style_sld: The same as SLD.
        has_confidence: Whether the features have one.
        stamp: ISO 8601 time that goes into formats that carry a date; files differ in nothing else.
    """

    name: str
    crs_wkt: str = ""
    style_qml: str = ""
    style_sld: str = ""
    has_confidence: bool = False
    stamp: str = EPOCH


def write_layer(
    batches: Iterable[FeatureBatch], path: Path, fmt: VectorFormat, layer: LayerSpec, name: str, *, append: bool = False
) -> None:
    """Write a layer.

    Args:
        batches: The features; an exception that it raises ends the writing and is raised again.
        path: File under a plain name: GDAL reads options out of names such as "a;b.gpkg".
        fmt: Its format.
        layer: What the features have in common.
        name: Name of the layer in the file; a Shapefile's layer is named as its file.
        append: Whether the layer is added to an existing file.
    """
    stream = ArrowStream(_columns(fmt, layer), _rows(batches, fmt, layer))
    try:
        _write_stream(stream, path, fmt, layer, name, append=append)
    except Exception as error:
        raise stream.error or error from None
    if stream.error is not None:
        raise stream.error


def _columns(fmt: VectorFormat, layer: LayerSpec) -> list[ColumnSpec]:
    renamed = SHAPEFILE_NAMES if fmt is VectorFormat.SHAPEFILE else {}
    columns = (*COLUMNS, CONFIDENCE) if layer.has_confidence else COLUMNS
    return [ColumnSpec(renamed.get(c.name, c.name), c.type) for c in columns]


def _rows(batches: Iterable[FeatureBatch], fmt: VectorFormat, layer: LayerSpec) -> Iterator[list]:
    for batch in batches:
        wkb = batch.wkb
        if fmt is VectorFormat.GEOJSON and layer.crs_wkt:
            wkb = _to_lon_lat(wkb, layer.crs_wkt)
        row = [wkb, batch.class_ids, batch.class_names, batch.area_m2, batch.perimeter_m, batch.pixels]
        yield [*row, batch.confidence] if layer.has_confidence else row


def _write_stream(
    stream: ArrowStream, path: Path, fmt: VectorFormat, layer: LayerSpec, name: str, *, append: bool
) -> None:
    crs_wkt = layer.crs_wkt
    dataset_options: dict[str, str] = {}
    layer_options: dict[str, str] = {}
    if fmt is VectorFormat.GEOPACKAGE and not append:
        dataset_options["VERSION"] = "1.2"  # what GDAL 3.2 in older QGIS reads without a warning
    if fmt is VectorFormat.SHAPEFILE:
        name = path.stem
        layer_options["DBF_DATE_LAST_UPDATE"] = layer.stamp[:10]
    if fmt is VectorFormat.GEOJSON:
        layer_options["RFC7946"] = "YES"
        crs_wkt = CRS.from_epsg(4326).to_wkt() if crs_wkt else ""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="'crs' was not provided")
        pyogrio.raw.write_arrow(
            stream,
            path,
            layer=name,
            driver=DRIVERS[fmt],
            geometry_name=GEOMETRY,
            geometry_type="Polygon",
            crs=crs_wkt or None,
            encoding="UTF-8",
            append=append,
            dataset_options=dataset_options,
            layer_options=layer_options,
        )


def _to_lon_lat(wkb: list[bytes], crs_wkt: str) -> list[bytes]:
    source, target = CRS.from_wkt(crs_wkt), CRS.from_epsg(4326)

    def forward(xy: np.ndarray) -> np.ndarray:
        return np.column_stack(reproject(source, target, xy[:, 0], xy[:, 1]))

    return shapely.to_wkb(shapely.transform(shapely.from_wkb(wkb), forward)).tolist()
