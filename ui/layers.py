"""Results of a run as styled layers in one group. Main thread only: it touches the project."""

import os
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsLayerMetadata,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ..engine.job import JobResult, SegmentationJob, VectorFormat
from .i18n import tr

RESULT_PROPERTY = "uhr_landcover/result"
"""Custom property of our layers: "classes" or "polygons"; the dock does not offer them as input."""

OUTLINE_COLOR = "90,90,90,255"
OUTLINE_WIDTH_MM = "0.16"
MAX_SHOWN_FEATURES = 200_000
"""Above this the polygons are added unticked: drawing them would make panning slow."""

_PREFERRED_VECTORS = (
    VectorFormat.GEOPACKAGE.value,
    VectorFormat.FLATGEOBUF.value,
    VectorFormat.SHAPEFILE.value,
    VectorFormat.GEOJSON.value,
)


@dataclass(frozen=True)
class ResultLayers:
    """Ids of the layers that were added; a layer may be gone when it is asked for later.

    Attributes:
        group: Name of the layer group.
        raster_id: Id of the classified raster; empty if it could not be opened.
        polygons_id: Id of the polygon layer; empty if there is none.
    """

    group: str
    raster_id: str = ""
    polygons_id: str = ""


def add_results(
    project: QgsProject, result: JobResult, job: SegmentationJob, crs: Optional[QgsCoordinateReferenceSystem] = None
) -> ResultLayers:
    """Add the results of a run to the project: a group with the raster below the polygons.

    Args:
        project: Project that receives them.
        result: What the engine left on disk.
        job: What it was asked to do.
        crs: CRS to set on the layers; None keeps what their files say.
    """
    name = os.path.splitext(os.path.basename(result.class_raster))[0]
    layers = [layer for layer in (open_polygons(result), open_classes(result)) if layer is not None]
    group = project.layerTreeRoot().insertGroup(0, name)
    for layer in layers:
        if crs is not None and crs.isValid():
            layer.setCrs(crs)
        layer.setMetadata(provenance(result, job, layer))
        project.addMapLayer(layer, False)
        node = group.addLayer(layer)
        node.setExpanded(isinstance(layer, QgsVectorLayer))
        _untick_if_heavy(group, layer)
    # The tree folds a group that was empty when it came; only a change of the flag unfolds it again.
    group.setExpanded(False)
    group.setExpanded(True)
    ids = {layer.customProperty(RESULT_PROPERTY): layer.id() for layer in layers}
    return ResultLayers(name, ids.get("classes", ""), ids.get("polygons", ""))


def open_classes(result: JobResult) -> Optional[QgsRasterLayer]:
    """Return the classified raster as a layer in the legend's colours; None if it cannot be opened."""
    layer = QgsRasterLayer(result.class_raster, tr("Land cover (raster)"), "gdal")
    if not layer.isValid():
        return None
    layer.setRenderer(paletted_renderer(layer, result.legend))
    layer.setCustomProperty(RESULT_PROPERTY, "classes")
    return layer


def open_polygons(result: JobResult) -> Optional[QgsVectorLayer]:
    """Return the polygons as a layer in the legend's colours; None if there are none."""
    path = next((result.vectors[f] for f in _PREFERRED_VECTORS if f in result.vectors), "")
    if not path:
        return None
    layer = QgsVectorLayer(path, tr("Land cover (polygons)"), "ogr")
    if not layer.isValid():
        return None
    layer.setRenderer(categorised_renderer(result.legend, present_ids(result)))
    layer.setCustomProperty(RESULT_PROPERTY, "polygons")
    return layer


def paletted_renderer(layer: QgsRasterLayer, legend: Dict[str, Any]) -> QgsPalettedRasterRenderer:
    """Return a renderer that gives every class of the legend its colour."""
    classes = [
        QgsPalettedRasterRenderer.Class(c["id"], QColor(*c["color"]), c["name"]) for c in legend.get("classes", ())
    ]
    return QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes)


def categorised_renderer(legend: Dict[str, Any], ids: Tuple[int, ...] = ()) -> QgsCategorizedSymbolRenderer:
    """Return a renderer on class_id; with a thin outline, because barren land is white.

    Args:
        legend: JSON data of the legend.
        ids: Classes to show in the layer tree; empty for all of the legend.
    """
    shown = [c for c in legend.get("classes", ()) if not ids or c["id"] in ids]
    return QgsCategorizedSymbolRenderer(
        "class_id", [QgsRendererCategory(c["id"], fill_symbol(c["color"]), c["name"]) for c in shown]
    )


def fill_symbol(color: List[int]) -> QgsFillSymbol:
    """Return a fill of a class colour with the thin outline."""
    return QgsFillSymbol.createSimple(
        {
            "color": ",".join(str(v) for v in (*color, 255)),
            "outline_color": OUTLINE_COLOR,
            "outline_width": OUTLINE_WIDTH_MM,
            "joinstyle": "bevel",
        }
    )


def present_ids(result: JobResult) -> Tuple[int, ...]:
    """Return the ids of the classes that the map has."""
    return tuple(row["class_id"] for row in result.areas if row.get("pixels"))


def provenance(result: JobResult, job: SegmentationJob, layer: QgsMapLayer) -> QgsLayerMetadata:
    """Return layer metadata that says where the layer came from and how far it can be trusted."""
    metadata = QgsLayerMetadata()
    metadata.setTitle(layer.name())
    metadata.setType("dataset")
    metadata.setLanguage("ENG")
    metadata.setAbstract("\n".join(_statement(result, job)))
    metadata.setKeywords({"gmd:topicCategory": ["imagery", "land cover"]})
    metadata.setHistory(
        [
            tr("Source raster: {path}").format(path=job.raster),
            tr("Model: {model}, method {method}").format(model=result.model_name, method=job.method.value),
            tr("Requested {when}; took {s:.0f} s on {device}").format(
                when=job.created, s=result.seconds, device=result.device
            ),
            tr("Recipe: {path}").format(path=result.recipe),
        ]
    )
    metadata.setCrs(layer.crs())
    return metadata


def _statement(result: JobResult, job: SegmentationJob) -> List[str]:
    made = tr("Land cover of {raster}, made by UHR Land Cover with {model}.").format(
        raster=os.path.basename(job.raster), model=result.model_name or job.method.value
    )
    return [part for part in (made, result.model_notice, *result.warnings) if part]


def _untick_if_heavy(group: QgsLayerTreeGroup, layer: QgsMapLayer) -> None:
    if isinstance(layer, QgsVectorLayer) and layer.featureCount() > MAX_SHOWN_FEATURES:
        group.findLayer(layer.id()).setItemVisibilityChecked(False)
