"""Job of a form: from a draft, in plain data, and the layer that is chosen to what the engine is asked.

Every translation from QGIS's terms to the engine's is here; the dock and Processing both use it.
"""

import os
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any, Optional, Tuple

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

from ...engine.contract.job import AreaOfInterest, OutputSpec, SegmentationJob
from ...engine.contract.names import RESULT_ENDINGS, default_stem
from ..base.i18n import tr

NOT_CHOSEN = "-"
"""Raster of a draft: a job always names one."""


class JobRefused(Exception):
    """The layer or the form cannot become a job; the message is a sentence for the user."""


class NotAFile(JobRefused):
    """The layer shows something, but is no file that the engine can read: it can be rendered to one."""


@dataclass(frozen=True)
class MapExtent:
    """A rectangle of the map.

    Attributes:
        bounds: left, bottom, right, top.
        crs: CRS of the bounds, as text QGIS understands; empty takes them as the layer's own coordinates.
    """

    bounds: Tuple[float, float, float, float]
    crs: str = ""


def draft_job(output: OutputSpec, **choices: Any) -> SegmentationJob:
    """Return the job that a form describes before it is known which raster it is for.

    Args:
        output: Files to make; an empty name is filled in from the raster.
        choices: Further fields of SegmentationJob.

    Raises:
        JobError: If a value is out of range.
    """
    return SegmentationJob(raster=NOT_CHOSEN, output=output, **choices)


def with_name(draft: SegmentationJob, name: str) -> SegmentationJob:
    """Return a draft whose results have this stem."""
    return replace(draft, output=replace(draft.output, name=name))


def with_polygons(draft: SegmentationJob, source: Tuple[str, str]) -> SegmentationJob:
    """Return a draft that is kept to the polygons of a (file, layer)."""
    return replace(draft, area=AreaOfInterest(polygons=source[0], layer=source[1]))


def build_job(
    draft: SegmentationJob, layer: Optional[QgsRasterLayer], extent: Optional[MapExtent] = None, created: str = ""
) -> SegmentationJob:
    """Return the job that does to this layer what a draft says.

    Args:
        draft: What the form says.
        layer: The raster to classify.
        extent: Part of the map to classify; None for the whole layer.
        created: Time stamp of the request (ISO 8601); empty takes the present.

    Raises:
        JobRefused: If the layer is no file, or the area lies outside of it.
        JobError: If a value is out of range.
    """
    raster = raster_path(layer)
    directory = os.path.abspath(os.path.expanduser(draft.output.directory))
    output = replace(draft.output, directory=directory, name=draft.output.name or default_stem(raster))
    return replace(
        draft,
        raster=raster,
        output=output,
        area=_area(draft.area, extent, layer),
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


def default_folder() -> str:
    """Return the folder for results where the user names none."""
    home = QgsProject.instance().homePath() or os.path.expanduser("~")
    return os.path.join(home, "landcover")


def free_name(directory: str, stem: str) -> str:
    """Return the stem, or the stem with the first number under which nothing lies in the folder."""
    number, name = 1, stem
    while any(os.path.exists(os.path.join(directory, name + suffix)) for suffix in RESULT_ENDINGS):
        number += 1
        name = f"{stem}_{number}"
    return name


def _area(
    polygons: Optional[AreaOfInterest], extent: Optional[MapExtent], layer: QgsRasterLayer
) -> Optional[AreaOfInterest]:
    bounds = None if extent is None else _bounds(extent, layer)
    if polygons is not None:
        return replace(polygons, bounds=bounds)
    return None if bounds is None else AreaOfInterest(bounds)


def _bounds(extent: MapExtent, layer: QgsRasterLayer) -> Optional[Tuple[float, float, float, float]]:
    """Return the extent in the layer's coordinates; None where it is the whole layer."""
    wanted = _in_layer_crs(extent, layer)
    part = wanted.intersect(layer.extent())
    if part.isEmpty():
        raise JobRefused(tr("The chosen area lies outside layer “{name}”.").format(name=layer.name()))
    if layer.extent() == part:
        return None
    return part.xMinimum(), part.yMinimum(), part.xMaximum(), part.yMaximum()


def _in_layer_crs(extent: MapExtent, layer: QgsRasterLayer) -> QgsRectangle:
    source, rectangle = QgsCoordinateReferenceSystem(extent.crs), QgsRectangle(*extent.bounds)
    # A layer without CRS is drawn in its own coordinates, whatever the map's are.
    if not layer.crs().isValid() or not source.isValid() or source == layer.crs():
        return rectangle
    try:
        return QgsCoordinateTransform(source, layer.crs(), QgsProject.instance()).transformBoundingBox(rectangle)
    except QgsCsException as error:
        raise JobRefused(tr("The chosen area cannot be brought into the layer's coordinates.")) from error
