"""From what the form says and the layer that is chosen to a job, in plain data.

Every translation from QGIS's terms to the engine's is here; the dock and Processing both use it.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Optional, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsMapLayer,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsRectangle,
)

from ...engine.contract.job import (
    AreaOfInterest,
    OutputSpec,
    PolygonSpec,
    RasterFormat,
    ReadErrorPolicy,
    SegmentationJob,
    VectorFormat,
)
from ...engine.contract.names import RESULT_ENDINGS, default_stem
from ..base.i18n import tr


class JobRefused(Exception):
    """The layer or the form cannot become a job; the message is a sentence for the user."""


class NotAFile(JobRefused):
    """The layer shows something, but is no file that the engine can read: it can be rendered to one."""


@dataclass(frozen=True)
class DockState:
    """What the form says; the fields mean what those of SegmentationJob and OutputSpec mean.

    Attributes:
        extent: Part of the map to classify; None for the whole layer.
        extent_crs: CRS of the extent, as text QGIS understands.
        area_polygons: File of polygons to classify within; empty for none (see area_layer.py).
        area_layer: Layer of that file; empty takes the only or first one.
    """

    method: str
    preset: str
    output_dir: str
    name: str = ""
    device: str = "auto"
    checkpoint: str = ""
    bands: Tuple[int, ...] = ()
    vector_formats: Tuple[str, ...] = (VectorFormat.GEOPACKAGE.value, VectorFormat.SHAPEFILE.value)
    minimum_mapping_unit_m2: float = 0.0
    simplify_m: float = 0.0
    smooth: bool = False
    layer_per_class: bool = False
    raster_format: str = RasterFormat.GEOTIFF.value
    confidence: bool = False
    looked_at_twice: bool = False
    report: bool = False
    skip_unreadable: bool = False
    overwrite: bool = False
    extent: Optional[Tuple[float, float, float, float]] = None
    extent_crs: str = ""
    area_polygons: str = ""
    area_layer: str = ""
    ground_resolution_m: float = 0.0


def build_job(state: DockState, layer: QgsRasterLayer, created: str = "") -> SegmentationJob:
    """Return the job that does to this layer what the form says.

    Args:
        state: The form.
        layer: The raster to classify.
        created: Time stamp of the request (ISO 8601); empty takes the present.

    Raises:
        JobRefused: If the layer is no file, or the form lacks something.
        JobError: If a value is out of range.
    """
    raster = raster_path(layer)
    if not state.output_dir:
        raise JobRefused(tr("No output folder is chosen. Choose the folder that shall receive the results."))
    output = OutputSpec(
        directory=os.path.abspath(os.path.expanduser(state.output_dir)),
        name=state.name or default_stem(raster),
        vector_formats=tuple(VectorFormat(f) for f in state.vector_formats),
        polygons=PolygonSpec(
            minimum_mapping_unit_m2=state.minimum_mapping_unit_m2,
            simplify_m=state.simplify_m,
            smooth=state.smooth,
            layer_per_class=state.layer_per_class,
        ),
        raster_format=RasterFormat(state.raster_format),
        confidence=state.confidence,
        refined_patches=state.looked_at_twice,
        report=state.report,
        overwrite=state.overwrite,
    )
    return SegmentationJob(
        raster=raster,
        output=output,
        method=state.method,
        preset=state.preset,
        device=state.device,
        checkpoint=state.checkpoint,
        bands=state.bands,
        ground_resolution_m=state.ground_resolution_m,
        area=_area(state, layer),
        on_read_error=ReadErrorPolicy.NODATA if state.skip_unreadable else ReadErrorPolicy.FAIL,
        created=created or datetime.now(timezone.utc).replace(microsecond=0).isoformat(),
    )


def raster_path(layer: Optional[QgsRasterLayer]) -> str:
    """Return the file behind a layer.

    Raises:
        NotAFile: If it is not a plain raster file.
        JobRefused: If there is no layer, or its file is gone.
    """
    if layer is None:
        raise JobRefused(tr("No raster layer is chosen. Add an image to the project and choose it."))
    check_file_is_there(layer)
    if not layer.isValid():
        raise JobRefused(tr("Layer “{name}” cannot be read. Repair its data source.").format(name=layer.name()))
    if layer.providerType() != "gdal":
        raise NotAFile(
            tr(
                "Layer “{name}” comes from a {kind} service, not from a file. Export it first: "
                "right-click the layer ▸ Export ▸ Save As…, choose “Rendered image” and a resolution."
            ).format(name=layer.name(), kind=layer.providerType().upper())
        )
    path = file_of_layer(layer)
    if not os.path.isfile(path) or layer.source().startswith("/vsi"):
        raise NotAFile(
            tr("Layer “{name}” is not a plain file on disk. Export it to a GeoTIFF first.").format(name=layer.name())
        )
    return os.path.abspath(path)


def check_file_is_there(layer: QgsMapLayer) -> None:
    """Refuse a layer whose file was moved or deleted: QGIS may go on showing what it has read.

    Raises:
        JobRefused: With the path.
    """
    path = file_of_layer(layer)
    if os.path.isabs(path) and not path.startswith("/vsi") and not os.path.exists(path):
        raise JobRefused(
            tr(
                "The file of layer “{name}” is not there any more: “{path}”. Put it back, or choose another layer."
            ).format(name=layer.name(), path=path)
        )


def file_of_layer(layer: QgsMapLayer) -> str:
    """Return the path in a layer's source; empty where it names none."""
    if layer.providerType() not in ("gdal", "ogr"):
        return ""
    return QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source()).get("path") or ""


def free_name(directory: str, stem: str) -> str:
    """Return the stem, or the stem with the first number under which nothing lies in the folder."""
    number, name = 1, stem
    while any(os.path.exists(os.path.join(directory, name + suffix)) for suffix in RESULT_ENDINGS):
        number += 1
        name = f"{stem}_{number}"
    return name


def _area(state: DockState, layer: QgsRasterLayer) -> Optional[AreaOfInterest]:
    bounds = None if state.extent is None else _bounds(state, layer)
    if bounds is None and not state.area_polygons:
        return None
    return AreaOfInterest(bounds, state.area_polygons, state.area_layer)


def _bounds(state: DockState, layer: QgsRasterLayer) -> Optional[Tuple[float, float, float, float]]:
    """Return the extent in the layer's coordinates; None where it is the whole layer."""
    wanted = _in_layer_crs(QgsRectangle(*state.extent), state.extent_crs, layer)
    part = wanted.intersect(layer.extent())
    if part.isEmpty():
        raise JobRefused(tr("The chosen area lies outside layer “{name}”.").format(name=layer.name()))
    if layer.extent() == part:
        return None
    return part.xMinimum(), part.yMinimum(), part.xMaximum(), part.yMaximum()


def _in_layer_crs(extent: QgsRectangle, extent_crs: str, layer: QgsRasterLayer) -> QgsRectangle:
    source = QgsCoordinateReferenceSystem(extent_crs)
    # A layer without CRS is drawn in its own coordinates, whatever the map's are.
    if not layer.crs().isValid() or not source.isValid() or source == layer.crs():
        return extent
    try:
        return QgsCoordinateTransform(source, layer.crs(), QgsProject.instance()).transformBoundingBox(extent)
    except QgsCsException as error:
        raise JobRefused(tr("The chosen area cannot be brought into the layer's coordinates.")) from error
