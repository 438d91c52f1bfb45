"""Writes polygons with their attributes to GeoPackage, Shapefile, GeoJSON and FlatGeobuf, in one pass.

GDAL's writers are driven through pyogrio with an Arrow stream: one open, one transaction, one spatial index at the end,
for any number of features. pyogrio is the only wheel that offers this, and needs no geopandas for it.
"""

from __future__ import annotations

import queue
import tempfile
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
import pyogrio
import shapely
from rasterio.crs import CRS
from rasterio.warp import transform as reproject

from .arrow_stream import ArrowStream, ColumnSpec, ColumnType
from .errors import OutputError
from .events import ErrorCode
from .geopackage import finish_geopackage
from .job import VectorFormat
from .shards import sync

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
SHAPEFILE_NAMES = {"perimeter_m": "perim_m"}
"""A Shapefile's names have ten characters at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureBatch:
    """Polygons in the raster's CRS, with their attributes.

    Attributes:
        wkb: Polygons as well-known binary, outer rings counter-clockwise.
        class_ids: Class of each.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerSpec:
    """What is the same for all features.

    Attributes:
        name: Name of the layer, any text; a Shapefile's layer is named as its file.
        crs_wkt: CRS of the polygons; empty for none.
        style_qml: QGIS style, stored where the format can hold it.
        stamp: ISO 8601 time that goes into formats that carry a date; files differ in nothing else.
    """

    name: str
    crs_wkt: str = ""
    style_qml: str = ""
    stamp: str = EPOCH


class VectorWriters:
    """Writes every batch to several files at once, each in a thread of its own; a context manager.

    Leaving it normally completes the files; leaving it with an error leaves incomplete ones, which the caller removes.

    Args:
        destinations: File of each format.
        layer: What they have in common.
    """

    def __init__(self, destinations: dict[VectorFormat, Path], layer: LayerSpec) -> None:
        self._writers = [_Writer(path, fmt, layer) for fmt, path in destinations.items()]

    def __enter__(self) -> VectorWriters:
        for writer in self._writers:
            writer.thread.start()
        return self

    def write(self, batch: FeatureBatch) -> None:
        """Hand a batch to every file.

        Raises:
            OutputError: If one of the files can no longer be written.
        """
        for writer in self._writers:
            writer.put(batch)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._writers:
            writer.finish(is_complete=kind is None)
        for writer in self._writers:
            writer.thread.join()
        if kind is None:
            for writer in self._writers:
                writer.check()


class _Aborted(Exception):
    pass


class _Writer:
    """One file, fed through a queue by the thread that makes polygons."""

    def __init__(self, path: Path, fmt: VectorFormat, layer: LayerSpec) -> None:
        self.thread = threading.Thread(target=self._run, daemon=True, name=f"write-{fmt.value}")
        self._path, self._format, self._layer = path, fmt, layer
        self._queue: queue.Queue = queue.Queue(maxsize=2)
        self._error: BaseException | None = None

    def put(self, item: FeatureBatch | _Aborted | None) -> None:
        while True:
            self.check()
            try:
                self._queue.put(item, timeout=0.2)
                return
            except queue.Full:
                continue

    def finish(self, *, is_complete: bool) -> None:
        try:
            self.put(None if is_complete else _Aborted())
        except OutputError:
            pass  # raised by check() at the end, when the other files are closed too

    def check(self) -> None:
        if self._error is not None:
            raise OutputError(
                ErrorCode.OUTPUT_NOT_WRITABLE,
                f"The polygons cannot be written to {str(self._path)!r}: {self._error}. "
                "Check the disk space and the rights of the folder.",
            ) from self._error

    def _run(self) -> None:
        stream = ArrowStream(_columns(self._format), self._rows())
        try:
            # Under a plain name first, because GDAL reads options out of names such as "a;b.gpkg".
            with tempfile.TemporaryDirectory(prefix=".uhr-", dir=self._path.parent) as folder:
                plain = Path(folder) / f"polygons.{self._format.value}"
                _write_stream(stream, plain, self._format, self._layer)
                if stream.error is not None:
                    raise stream.error
                self._complete(plain)
        except Exception as error:
            self._error = stream.error or error

    def _complete(self, plain: Path) -> None:
        if self._format is VectorFormat.GEOPACKAGE:
            finish_geopackage(plain, self._layer.name, GEOMETRY, self._layer.style_qml, self._layer.stamp)
        for part in sorted(plain.parent.iterdir()):
            sync(part)
            part.replace(self._path.with_name(self._path.stem + part.suffix))

    def _rows(self) -> Iterator[list]:
        while (item := self._queue.get()) is not None:
            if isinstance(item, _Aborted):
                raise item
            wkb = item.wkb
            if self._format is VectorFormat.GEOJSON and self._layer.crs_wkt:
                wkb = _to_lon_lat(wkb, self._layer.crs_wkt)
            yield [wkb, item.class_ids, item.class_names, item.area_m2, item.perimeter_m, item.pixels]


def _columns(fmt: VectorFormat) -> list[ColumnSpec]:
    renamed = SHAPEFILE_NAMES if fmt is VectorFormat.SHAPEFILE else {}
    return [ColumnSpec(renamed.get(c.name, c.name), c.type) for c in COLUMNS]


def _write_stream(stream: ArrowStream, path: Path, fmt: VectorFormat, layer: LayerSpec) -> None:
    name, crs_wkt = layer.name, layer.crs_wkt
    dataset_options: dict[str, str] = {}
    layer_options: dict[str, str] = {}
    if fmt is VectorFormat.GEOPACKAGE:
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
            dataset_options=dataset_options,
            layer_options=layer_options,
        )


def _to_lon_lat(wkb: list[bytes], crs_wkt: str) -> list[bytes]:
    source, target = CRS.from_wkt(crs_wkt), CRS.from_epsg(4326)

    def forward(xy: np.ndarray) -> np.ndarray:
        return np.column_stack(reproject(source, target, xy[:, 0], xy[:, 1]))

    return shapely.to_wkb(shapely.transform(shapely.from_wkb(wkb), forward)).tolist()
