"""Results of an algorithm, added to the project in the colours of their legend."""

import os
from functools import partial
from typing import ClassVar, List, Optional, Set, Tuple

from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QTimer

from ...engine.contract.job import JobResult, SegmentationJob
from ..results import layers
from ..results.editing import keep_true, legend_of
from ..results.groups import RESULT_PROPERTY, move_to_group
from ..results.naming import run_title
from ..results.sources import file_of, layer_sources, plain_name


class PostProcessor(QgsProcessingLayerPostProcessorInterface):
    """A post-processor that lives until it was called.

    Processing holds only its C++ half, and the algorithm is gone when layers are loaded, so the
    waiting ones are kept here.
    """

    waiting: ClassVar[Set["PostProcessor"]] = set()

    def postProcessLayer(self, layer: QgsMapLayer, context: QgsProcessingContext, feedback) -> None:
        """Style a layer; called in the main thread when it is loaded."""
        self.style(layer)
        PostProcessor.waiting.discard(self)
        # Newer QGIS adds the layer to the tree after this call, so its place is looked for later. No method of this
        # object: it is gone by then.
        QTimer.singleShot(0, partial(_to_group, layer.id(), self.group_title()))

    def group_title(self) -> str:
        """Return the name of the group that the layer goes into; empty for none."""
        return ""

    def style(self, layer: QgsMapLayer) -> None:
        """Style a layer."""
        raise NotImplementedError


def _to_group(layer_id: str, title: str) -> None:
    layer = QgsProject.instance().mapLayer(layer_id)
    if layer is not None and title:
        move_to_group(QgsProject.instance(), layer, title)


class LegendPostProcessor(PostProcessor):
    """Gives a loaded layer the legend's colours, and tells where it came from.

    Args:
        kind: "classes", "confidence", "polygons" or "patches", as in `groups.RESULT_PROPERTY`.
        result: What the engine left on disk.
        job: What it was asked to do.
    """

    def __init__(self, kind: str, result: JobResult, job: SegmentationJob) -> None:
        super().__init__()
        self._kind = kind
        self._result = result
        self._job = job

    def group_title(self) -> str:
        """Return the title of the run, as the panel's group has it."""
        return run_title(self._job)

    def style(self, layer: QgsMapLayer) -> None:
        """Style a result of a run."""
        legend = self._result.legend
        if self._kind == "classes" and isinstance(layer, QgsRasterLayer):
            layer.setRenderer(layers.paletted_renderer(layer, legend))
        elif self._kind == "polygons" and isinstance(layer, QgsVectorLayer):
            layer.setRenderer(layers.categorised_renderer(legend, layers.shown_ids(self._result)))
            keep_true(layer, legend, layers.pixel_area_m2(self._result))
        elif self._kind == "patches" and isinstance(layer, QgsVectorLayer):
            layer.setRenderer(layers.patch_renderer())
        layer.setCustomProperty(RESULT_PROPERTY, self._kind)
        layer.setMetadata(layers.provenance(self._result, self._job, layer))


class StylePostProcessor(PostProcessor):
    """Marks a layer as ours and gives it the style file that the engine wrote beside it.

    Args:
        kind: "classes" or "polygons", as in `groups.RESULT_PROPERTY`.
    """

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind

    def style(self, layer: QgsMapLayer) -> None:
        """Style a layer made of a class raster."""
        style = os.path.splitext(file_of(layer.source()))[0] + ".qml"
        if os.path.isfile(style):
            layer.loadNamedStyle(style)
        if self._kind == "polygons" and isinstance(layer, QgsVectorLayer):
            keep_true(layer, legend_of(layer))
        layer.setCustomProperty(RESULT_PROPERTY, self._kind)


def polygon_layers(path: str) -> List[Tuple[str, str]]:
    """Return source and name of each layer of a polygon file; the path itself where it has one."""
    return [(source, name or plain_name(path)) for source, name in layer_sources(path)]


def load_result(
    context: QgsProcessingContext, path: str, title: str, output: str, processor: Optional[PostProcessor] = None
) -> None:
    """Have a result added to the project when the algorithm is done; nothing where there is no file or project."""
    if path and context.project() is not None:
        context.addLayerToLoadOnCompletion(path, QgsProcessingContext.LayerDetails(title, context.project(), output))
        style_result(context, path, processor)


def style_result(context: QgsProcessingContext, path: str, processor: Optional[PostProcessor]) -> None:
    """Style a layer that is going to be added; nothing where it is not."""
    if processor is not None and path in context.layersToLoadOnCompletion():
        PostProcessor.waiting.add(processor)
        context.layerToLoadOnCompletionDetails(path).setPostProcessor(processor)
