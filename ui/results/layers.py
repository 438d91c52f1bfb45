"""Results of a run as styled layers in one group. Main thread only: it touches the project."""

import os
from dataclasses import dataclass, replace
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsContrastEnhancement,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsLayerMetadata,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsSingleBandGrayRenderer,
    QgsSingleBandPseudoColorRenderer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ...engine.contract.job import JobResult, SegmentationJob, VectorFormat
from ...engine.contract.names import OLD_REFINED_PATCHES, POLYGONS, REFINED_PATCHES
from ..base.class_names import class_name
from ..base.i18n import tr
from ..model_store.card import notice_sentence, weak_sentence
from ..model_store.info import model_in_use
from .editing import keep_true
from .groups import RESULT_PROPERTY, free_title, group_of, unfold
from .naming import kind_title, layer_title, run_title
from .sources import layer_sources, source_of

RASTER_KINDS = ("classes", "confidence", "probabilities", "preview")
"""What the dock does not offer as input."""

OUTLINE_COLOR = "90,90,90,255"
OUTLINE_WIDTH_MM = "0.16"
PATCH_COLOR = "230,80,0,255"
MOST_CATEGORIES = 30
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
        polygons_ids: Ids of the polygon layers: none, one, or one for each class.
    """

    group: str
    raster_id: str = ""
    polygons_ids: Tuple[str, ...] = ()


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
    name = free_title(project, run_title(job))
    polygons = open_polygons(result)
    rasters = (open_classes(result), open_confidence(result), open_probabilities(result))
    opened = (open_patches(result), *polygons, *rasters)
    layers = [layer for layer in opened if layer is not None]
    group = project.layerTreeRoot().insertGroup(0, name)
    for layer in layers:
        if layer not in polygons or len(polygons) == 1:  # with a layer for each class they are called after it
            layer.setName(layer_title(layer.customProperty(RESULT_PROPERTY), job))
        layer.setMetadata(provenance(result, job, layer))
        _add(project, group, layer, crs)
    unfold(group)
    ids = {layer.customProperty(RESULT_PROPERTY): layer.id() for layer in layers}
    found = ResultLayers(name, ids.get("classes", ""), tuple(layer.id() for layer in polygons))
    _untick_raster_below(group, found.raster_id, found.polygons_ids)
    return found


def add_polygons(
    project: QgsProject,
    vectors: Dict[str, str],
    result: JobResult,
    name: str,
    beside: Optional[ResultLayers],
    crs: Optional[QgsCoordinateReferenceSystem] = None,
) -> Optional[QgsVectorLayer]:
    """Add polygons that were made again to the group of their run, on top; return the layer.

    Args:
        project: Project that receives them.
        vectors: Format to path.
        result: The run whose class raster they were made of.
        name: Name of the layer.
        beside: Layers of that run; None puts the polygons on top of all.
        crs: CRS to set; None keeps what the file says.
    """
    made = open_polygons(replace(result, vectors=vectors, files=tuple(vectors.values())))
    if not made:
        return None
    layer = made[0]
    layer.setName(name)
    before = project.mapLayer(beside.polygons_ids[0]) if beside and beside.polygons_ids else None
    if before is not None:
        layer.setMetadata(before.metadata())
    group = _group_beside(project, beside) or project.layerTreeRoot()
    _add(project, group, layer, crs, index=0)
    for old in beside.polygons_ids if beside else ():
        if group.findLayer(old) is not None:
            group.findLayer(old).setItemVisibilityChecked(False)
    return layer


def _group_beside(project: QgsProject, beside: Optional[ResultLayers]) -> Optional[QgsLayerTreeGroup]:
    """Return the group of a run's layers, whatever it is called by now; None if they are gone."""
    ids = (beside.raster_id, *beside.polygons_ids) if beside else ()
    return next((group for group in (group_of(project, each) for each in ids) if group is not None), None)


def with_polygons(shown: Optional[ResultLayers], layer: QgsVectorLayer) -> ResultLayers:
    """Return the ids with this layer as the polygons, so that it is what an export takes."""
    return replace(shown or ResultLayers(""), polygons_ids=(layer.id(),))


def open_patches(result: JobResult) -> Optional[QgsVectorLayer]:
    """Return the patches that were refined, as outlines; None if there are none."""
    path = next((file for file in result.files if file.endswith((REFINED_PATCHES, OLD_REFINED_PATCHES))), "")
    layer = QgsVectorLayer(source_of(path), kind_title("patches"), "ogr") if path else None
    if layer is None or not layer.isValid():
        return None
    layer.setRenderer(patch_renderer())
    layer.setCustomProperty(RESULT_PROPERTY, "patches")
    return layer


def patch_renderer() -> QgsSingleSymbolRenderer:
    """Return a renderer that draws outlines only."""
    outline = {"style": "no", "outline_color": PATCH_COLOR, "outline_width": "0.4"}
    return QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(outline))


def open_confidence(result: JobResult) -> Optional[QgsRasterLayer]:
    """Return the raster of confidence in the colours of its style file, else in greys; None if there is none."""
    if not result.confidence_raster:
        return None
    layer = QgsRasterLayer(result.confidence_raster, kind_title("confidence"), "gdal")
    if not layer.isValid():
        return None
    layer.setCustomProperty(RESULT_PROPERTY, "confidence")
    if isinstance(layer.renderer(), QgsSingleBandPseudoColorRenderer):
        return layer  # QGIS has read the style that the engine wrote beside the raster
    layer.setRenderer(_per_cent_in_greys(layer, 1))
    return layer


def open_probabilities(result: JobResult) -> Optional[QgsRasterLayer]:
    """Return the raster of all probabilities in greys, the most common class first; None if there is none."""
    if not result.probability_raster:
        return None
    layer = QgsRasterLayer(result.probability_raster, kind_title("probabilities"), "gdal")
    if not layer.isValid():
        return None
    layer.setCustomProperty(RESULT_PROPERTY, "probabilities")
    ids = [c["id"] for c in result.legend.get("classes", ())]
    common = max(result.areas, key=lambda row: row["pixels"], default={"class_id": 0})["class_id"]
    layer.setRenderer(_per_cent_in_greys(layer, ids.index(common) + 1 if common in ids else 1))
    return layer


def _per_cent_in_greys(layer: QgsRasterLayer, band: int) -> QgsSingleBandGrayRenderer:
    renderer = QgsSingleBandGrayRenderer(layer.dataProvider(), band)
    stretch = QgsContrastEnhancement(layer.dataProvider().dataType(band))
    stretch.setContrastEnhancementAlgorithm(QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum)
    stretch.setMinimumValue(0)
    stretch.setMaximumValue(100)
    renderer.setContrastEnhancement(stretch)
    return renderer


def open_classes(result: JobResult) -> Optional[QgsRasterLayer]:
    """Return the classified raster as a layer in the legend's colours; None if it cannot be opened."""
    layer = QgsRasterLayer(result.class_raster, kind_title("classes"), "gdal")
    if not layer.isValid():
        return None
    layer.setRenderer(paletted_renderer(layer, result.legend))
    layer.setCustomProperty(RESULT_PROPERTY, "classes")
    return layer


def open_polygons(result: JobResult) -> Tuple[QgsVectorLayer, ...]:
    """Return the polygons as layers in the legend's colours: one, or one for each class where they were made apart."""
    sources = _polygon_sources(result)
    found = []
    for source, name in sources:
        layer = QgsVectorLayer(source, name if len(sources) > 1 else kind_title("polygons"), "ogr")
        if layer.isValid():
            layer.setRenderer(categorised_renderer(result.legend, shown_ids(result)))
            keep_true(layer, result.legend, pixel_area_m2(result))
            layer.setCustomProperty(RESULT_PROPERTY, "polygons")
            found.append(layer)
    return tuple(found)


def _polygon_sources(result: JobResult) -> List[Tuple[str, str]]:
    """Return source and name of each polygon layer, of the format that QGIS reads best."""
    chosen = next((f for f in _PREFERRED_VECTORS if f in result.vectors), "")
    if not chosen:
        return []
    path = result.vectors[chosen]
    if chosen == VectorFormat.GEOPACKAGE.value:
        return layer_sources(path)
    # Classes apart are files apart, whose names end in the class.
    stem = os.path.splitext(os.path.basename(result.class_raster))[0] + f"{POLYGONS}_"
    apart = [f for f in result.files if f.endswith("." + chosen) and os.path.basename(f).startswith(stem)]
    names = [os.path.splitext(os.path.basename(f))[0][len(stem) :].replace("_", " ") for f in apart]
    return list(zip(apart, names)) if len(apart) > 1 else [(path, "")]  # noqa: B905 - not in Python 3.9


def paletted_renderer(layer: QgsRasterLayer, legend: Dict[str, Any]) -> QgsPalettedRasterRenderer:
    """Return a renderer that gives every class of the legend its colour."""
    classes = [
        QgsPalettedRasterRenderer.Class(c["id"], QColor(*c["color"]), class_name(c["name"]))
        for c in legend.get("classes", ())
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
        "class_id", [QgsRendererCategory(c["id"], fill_symbol(c["color"]), class_name(c["name"])) for c in shown]
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


def shown_ids(result: JobResult) -> Tuple[int, ...]:
    """Return the ids of the classes that a layer of polygons names: all, so that a corrected polygon finds its own.

    Of a long legend only those that the map has: the tree of layers would be a page of colours.
    """
    return () if len(result.legend.get("classes", ())) <= MOST_CATEGORIES else present_ids(result)


def pixel_area_m2(result: JobResult) -> Optional[float]:
    """Return the mean ground area of a pixel of the map; None where it is not known."""
    rows = [row for row in result.areas if row.get("pixels") and row.get("area_m2")]
    pixels = sum(row["pixels"] for row in rows)
    return sum(row["area_m2"] for row in rows) / pixels if pixels else None


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


def _add(
    project: QgsProject,
    group: QgsLayerTreeGroup,
    layer: QgsMapLayer,
    crs: Optional[QgsCoordinateReferenceSystem],
    index: int = -1,
) -> None:
    if crs is not None and crs.isValid():
        layer.setCrs(crs)
    project.addMapLayer(layer, False)
    node = group.insertLayer(index if index >= 0 else len(group.children()), layer)
    node.setExpanded(isinstance(layer, QgsVectorLayer))
    _untick_if_heavy(group, layer)


def _statement(result: JobResult, job: SegmentationJob) -> List[str]:
    made = tr("Land cover of {raster}, made by UHR Land Cover with {model}.").format(
        raster=os.path.basename(job.raster), model=result.model_name or job.method.value
    )
    model = model_in_use(job.method.value, job.checkpoint)
    weak = weak_sentence(model) if model is not None else ""
    return [part for part in (made, notice_sentence(result.model_notice), weak, *result.warnings) if part]


def _untick_if_heavy(group: QgsLayerTreeGroup, layer: QgsMapLayer) -> None:
    if isinstance(layer, QgsVectorLayer) and layer.featureCount() > MAX_SHOWN_FEATURES:
        group.findLayer(layer.id()).setItemVisibilityChecked(False)


def _untick_raster_below(group: QgsLayerTreeGroup, raster_id: str, polygons_ids: Tuple[str, ...]) -> None:
    """Hide the raster where the polygons show the same: two translucent maps on each other are neither."""
    shown = [group.findLayer(each) for each in polygons_ids]
    if raster_id and any(node is not None and node.itemVisibilityChecked() for node in shown):
        group.findLayer(raster_id).setItemVisibilityChecked(False)
