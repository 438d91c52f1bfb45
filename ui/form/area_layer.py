"""Polygon files of layers: what the engine reads is the layer's own file, or a copy of what was chosen."""

import os
from typing import List, Optional, Tuple

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsFields,
    QgsProviderRegistry,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ..base.i18n import tr
from .job_builder import JobRefused, check_file_is_there, file_of_layer

MAX_COPIED_FEATURES = 100_000
"""More are not copied while the user waits."""


ALL_FIELDS = ""
"""Asks for every field of a layer."""


def area_file(
    layer: QgsVectorLayer, selected_only: bool, copy: str, field: Optional[str] = None, *, needs_crs: bool = True
) -> Tuple[str, str]:
    """Return file and layer name of polygons: an area, zones, or what somebody digitised.

    Args:
        layer: Polygon layer in the project.
        selected_only: Take only the selected features.
        copy: GeoPackage to write where the layer is no plain file, is filtered or edited, or is not wanted whole.
        field: Field that the file must have, ALL_FIELDS for all, None where the shapes are enough.
        needs_crs: False where the raster has no CRS either: both are in the raster's own coordinates.

    Raises:
        JobRefused: If there is nothing to take, or it cannot be copied.
    """
    if layer is not None:
        check_file_is_there(layer)
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
    if needs_crs and not layer.crs().isValid():
        raise JobRefused(tr("Layer “{name}” has no coordinate reference system. Set one.").format(name=layer.name()))
    own = _own_file(layer)
    if own[0] and not selected_only and _is_in_file(layer, field):
        return own
    if count > MAX_COPIED_FEATURES:
        raise JobRefused(
            tr("Layer “{name}” has {n} polygons to copy; up to {most} are. Export it to a GeoPackage first.").format(
                name=layer.name(), n=count, most=MAX_COPIED_FEATURES
            )
        )
    return _copied(layer, selected_only, copy, _copied_fields(layer, field))


def _own_file(layer: QgsVectorLayer) -> Tuple[str, str]:
    """Return file and layer name where the file holds just what the layer shows; else empty texts."""
    if layer.providerType() != "ogr" or layer.subsetString() or layer.isEditable():
        return "", ""
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    path = file_of_layer(layer)
    file_says_the_same_crs = layer.crs() == layer.dataProvider().crs()
    if not os.path.isfile(path) or parts.get("layerId") or not file_says_the_same_crs:
        return "", ""
    return os.path.abspath(path), parts.get("layerName") or ""


def _is_in_file(layer: QgsVectorLayer, field: Optional[str]) -> bool:
    """Return whether the layer's file has the field; joined and calculated ones are known to QGIS alone."""
    origin, fields = QgsFields.FieldOrigin.OriginProvider, layer.fields()
    if field is None:
        return True
    wanted = range(fields.count()) if field == ALL_FIELDS else [fields.lookupField(field)]
    return all(index >= 0 and fields.fieldOrigin(index) == origin for index in wanted)


def _copied_fields(layer: QgsVectorLayer, field: Optional[str]) -> List[int]:
    if field is None:
        return []
    if field != ALL_FIELDS:
        return [index for index in [layer.fields().lookupField(field)] if index >= 0]
    # A GeoPackage numbers its features itself: numbers that occur twice would end the copy.
    return [index for index, each in enumerate(layer.fields()) if each.name().lower() != "fid"]


def _copied(layer: QgsVectorLayer, selected_only: bool, path: str, fields: List[int]) -> Tuple[str, str]:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = "area"
    options.onlySelectedFeatures = selected_only
    options.attributes = fields
    options.skipAttributeCreation = not fields
    if fields:
        options.layerOptions = ["FID=uhr_fid"]  # the layer may have a field of the name that is usual
    answer = QgsVectorFileWriter.writeAsVectorFormatV3(layer, path, QgsCoordinateTransformContext(), options)
    if answer[0] != QgsVectorFileWriter.WriterError.NoError:
        raise JobRefused(tr("The polygons cannot be written to “{path}”: {why}").format(path=path, why=answer[1]))
    return path, "area"
