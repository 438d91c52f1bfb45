"""Polygons of a layer as a file that the engine can read: the layer's own, or a copy of what was chosen."""

import os
from typing import Tuple

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsProviderRegistry,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ..base.i18n import tr
from .job_builder import JobRefused

MAX_COPIED_FEATURES = 100_000
"""More are not copied while the user waits."""


def area_file(layer: QgsVectorLayer, selected_only: bool, copy: str) -> Tuple[str, str]:
    """Return file and layer name of the polygons to classify within.

    Args:
        layer: Polygon layer in the project.
        selected_only: Take only the selected features.
        copy: GeoPackage to write where the layer is no plain file, is filtered or edited, or is not wanted whole.

    Raises:
        JobRefused: If there is nothing to take, or it cannot be copied.
    """
    if layer is None or not layer.isValid():
        raise JobRefused(tr("No polygon layer is chosen for the area. Choose one, or “Whole layer”."))
    count = layer.selectedFeatureCount() if selected_only else layer.featureCount()
    if count == 0:
        reason = (
            tr("No polygon of layer “{name}” is selected. Select some, or take the whole layer.")
            if selected_only
            else tr("Layer “{name}” has no polygons. Draw some, or choose another layer.")
        )
        raise JobRefused(reason.format(name=layer.name()))
    if not layer.crs().isValid():
        raise JobRefused(tr("Layer “{name}” has no coordinate reference system. Set one.").format(name=layer.name()))
    own = _own_file(layer)
    if own[0] and not selected_only:
        return own
    if count > MAX_COPIED_FEATURES:
        raise JobRefused(
            tr("Layer “{name}” has {n} polygons to copy; up to {most} are. Export it to a GeoPackage first.").format(
                name=layer.name(), n=count, most=MAX_COPIED_FEATURES
            )
        )
    return _copied(layer, selected_only, copy)


def _own_file(layer: QgsVectorLayer) -> Tuple[str, str]:
    """Return file and layer name where the file holds just what the layer shows; else empty texts."""
    if layer.providerType() != "ogr" or layer.subsetString() or layer.isEditable():
        return "", ""
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    path = parts.get("path") or ""
    file_says_the_same_crs = layer.crs() == layer.dataProvider().crs()
    if not os.path.isfile(path) or parts.get("layerId") or not file_says_the_same_crs:
        return "", ""
    return os.path.abspath(path), parts.get("layerName") or ""


def _copied(layer: QgsVectorLayer, selected_only: bool, path: str) -> Tuple[str, str]:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = "area"
    options.onlySelectedFeatures = selected_only
    options.attributes = []
    options.skipAttributeCreation = True
    answer = QgsVectorFileWriter.writeAsVectorFormatV3(layer, path, QgsCoordinateTransformContext(), options)
    if answer[0] != QgsVectorFileWriter.WriterError.NoError:
        raise JobRefused(
            tr("The area's polygons cannot be written to “{path}”: {why}").format(path=path, why=answer[1])
        )
    return path, "area"
