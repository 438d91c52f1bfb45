"""Connects the page of corrections with the map, the result's layers and the engine."""

import os
import shutil
import tempfile
from typing import Callable, List, Optional

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsMapToolEmitPoint
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QColor

from ...engine.contract import events
from ..base.i18n import tr
from ..base.message_bar import Messenger
from ..process.engine_client import EngineClient
from ..process.engine_finder import EngineFinder
from ..process.task import CommandTask
from ..results.groups import RESULT_PROPERTY, group_of
from ..teach.drawing_tool import DrawingTool
from .correction_file import Correction, count_corrections, write_correction, write_without_last
from .panel import PICK, CorrectPanel, classes_of

AddExample = Callable[[QgsGeometry, QgsCoordinateReferenceSystem, str], bool]


class CorrectController(QObject):
    """Keeps the page true to the map and runs what it asks for.

    Args:
        iface: QGIS's interface.
        panel: The page.
        finder: Knows the engine.
        add_example: Teaches with (outline, its CRS, class name); False if nothing is being taught.
    """

    def __init__(self, iface, panel: CorrectPanel, finder: EngineFinder, add_example: AddExample) -> None:
        super().__init__()
        self._canvas = iface.mapCanvas()
        self._panel = panel
        self._finder = finder
        self._add_example = add_example
        self._messenger = Messenger(iface)
        self.tool = DrawingTool(self._canvas)
        self.pick_tool = QgsMapToolEmitPoint(self._canvas)
        self._task: Optional[CommandTask] = None
        self._scratch = tempfile.mkdtemp(prefix="uhr-landcover-corrections-")
        self._last: Optional[Correction] = None
        self._map_id = ""
        self._connect()
        self._offer_maps()
        self._map_changed()

    @property
    def is_running(self) -> bool:
        """True while a map is being made again."""
        return self._task is not None

    def choose_layer(self, layer: Optional[QgsRasterLayer]) -> None:
        """Choose a map, if it is one of ours."""
        if _is_map(layer):
            self._panel.map_combo.setLayer(layer)

    def draw(self, shape: str) -> None:
        """Take the tool that draws or picks outlines."""
        if self._panel.current_map() is None:
            self._panel.choose_shape("")
            self._panel.show_sentence(tr("There is no finished map in the project. Map a layer first."))
            return
        self._panel.choose_shape(shape)
        tool = self.pick_tool if shape == PICK else self.tool
        if shape != PICK:
            self.tool.set_shape(shape)
        self._show_color()
        self._canvas.setMapTool(tool)
        self._canvas.setFocus()

    def correct(self, outline: QgsGeometry) -> None:
        """Give an outline, in the map's CRS, the class that is chosen."""
        layer = self._panel.current_map()
        if layer is None or self.is_running or not self._panel.chosen_class():
            return
        self._last = Correction(
            self._to_layer(layer, outline),
            self._panel.chosen_class(),
            self._panel.source_classes(),
            self._panel.reason.text().strip(),
        )
        path = self._scratch_file()
        write_correction(path, self._last, layer.crs())
        self._run([path, "--add"])

    def undo(self) -> None:
        """Take back the last correction."""
        layer = self._panel.current_map()
        if layer is None or self.is_running or not count_corrections(layer.source()):
            return
        path = self._scratch_file()
        self._run([path] if write_without_last(path, layer.source()) else ["--undo"])

    def undo_all(self) -> None:
        """Take back all corrections."""
        if not self.is_running:
            self._run(["--undo"])

    def as_example(self) -> None:
        """Teach with the outline that was corrected last."""
        layer = self._panel.current_map()
        if self._last is None or layer is None:
            return
        if not self._add_example(self._last.shape, layer.crs(), self._last.new_class):
            self._panel.show_sentence(tr("Nothing is being taught. Begin on the page “Teach” with the image."))
        else:
            self._panel.show_sentence(tr("The outline is an example of {name} now.").format(name=self._last.new_class))

    def shut_down(self) -> None:
        """Let go of everything; called when the plugin is unloaded."""
        self._canvas.mapToolSet.disconnect(self._tool_changed)
        QgsProject.instance().layersAdded.disconnect(self._offer_maps)
        if self._task is not None:
            self._task.ended.disconnect(self._on_end)
            self._task.stop_now()
            self._task.cancel()
        for tool in (self.tool, self.pick_tool):
            if self._canvas.mapTool() is tool:
                self._canvas.unsetMapTool(tool)
            tool.deleteLater()
        self._messenger.shut_down()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _run(self, arguments: List[str]) -> None:
        layer = self._panel.current_map()
        interpreter = self._finder.interpreter or self._finder.find()
        if interpreter is None:
            self._panel.show_sentence(self._finder.help_text())
            return
        self._map_id = layer.id()
        client = EngineClient(interpreter.path, self._finder.environ())
        self._task = CommandTask(tr("Correct a map"), ["correct", layer.source(), *arguments], client)
        self._task.ended.connect(self._on_end)
        self._panel.show_sentence("")
        self._panel.show_busy(True)
        QgsApplication.taskManager().addTask(self._task)

    def _on_end(self, outcome: object) -> None:
        self._task = None
        self._panel.show_busy(False)
        if isinstance(outcome, events.Failure):
            self._panel.show_sentence(self._messenger.fail(outcome).full_text)
        else:
            self._reload()
            self._messenger.say(tr("Map corrected"), tr("Raster, polygons and areas are made again."), _SUCCESS)
        self._panel.example_button.setEnabled(self._last is not None and isinstance(outcome, events.Result))
        self._show_count()

    def _reload(self) -> None:
        """Let QGIS read the files of the map again."""
        for layer in (QgsProject.instance().mapLayer(self._map_id), *self._polygons(self._map_id)):
            if layer is not None:
                layer.dataProvider().reloadData()
                layer.triggerRepaint()

    def _picked(self, point: QgsPointXY, _button: object) -> None:
        layer = self._panel.current_map()
        for polygons in self._polygons(layer.id()) if layer is not None else ():
            shape = _feature_at(polygons, self._canvas, point)
            if shape is not None:
                self.correct(shape)
                return
        self._panel.show_sentence(tr("There is no polygon of this map there. Draw an outline instead."))

    def _polygons(self, map_id: str) -> List[QgsVectorLayer]:
        """Return the layers of polygons that lie beside a map."""
        group = group_of(QgsProject.instance(), map_id)
        layers = [node.layer() for node in group.findLayers()] if group is not None else []
        return [x for x in layers if x is not None and x.customProperty(RESULT_PROPERTY) == "polygons"]

    def _to_layer(self, layer: QgsRasterLayer, outline: QgsGeometry) -> QgsGeometry:
        canvas, placed = self._canvas.mapSettings().destinationCrs(), QgsGeometry(outline)
        if canvas.isValid() and layer.crs().isValid() and canvas != layer.crs():
            placed.transform(QgsCoordinateTransform(canvas, layer.crs(), QgsProject.instance()))
        return placed

    def _offer_maps(self, _added: object = None) -> None:
        """Offer finished maps only."""
        rasters = [x for x in QgsProject.instance().mapLayers().values() if isinstance(x, QgsRasterLayer)]
        self._panel.map_combo.setExceptedLayerList([x for x in rasters if not _is_map(x)])

    def _map_changed(self) -> None:
        self._last = None
        self._panel.example_button.setEnabled(False)
        self._panel.show_classes(self._panel.current_map())
        self._show_count()

    def _show_count(self) -> None:
        layer = self._panel.current_map()
        self._panel.show_count(count_corrections(layer.source()) if layer is not None else 0)

    def _show_color(self) -> None:
        colors = dict(classes_of(self._panel.current_map()))
        self.tool.set_color(QColor(*colors.get(self._panel.chosen_class(), (230, 80, 0))))

    def _tool_changed(self, tool: object, _before: object = None) -> None:
        if tool is not self.tool and tool is not self.pick_tool:
            self._panel.choose_shape("")

    def _scratch_file(self) -> str:
        handle, path = tempfile.mkstemp(suffix=".gpkg", dir=self._scratch)
        os.close(handle)
        os.unlink(path)
        return path

    def _connect(self) -> None:
        panel = self._panel
        panel.map_changed.connect(self._map_changed)
        panel.shape_wanted.connect(self.draw)
        panel.undo_wanted.connect(self.undo)
        panel.undo_all_wanted.connect(self.undo_all)
        panel.example_wanted.connect(self.as_example)
        panel.new_class.currentIndexChanged.connect(lambda _index: self._show_color())
        self.tool.drawn.connect(self.correct)
        self.tool.class_wanted.connect(lambda key: panel.new_class.setCurrentIndex(key - 1))
        self.pick_tool.canvasClicked.connect(self._picked)
        self._canvas.mapToolSet.connect(self._tool_changed)
        QgsProject.instance().layersAdded.connect(self._offer_maps)


_SUCCESS = Qgis.MessageLevel.Success


def _is_map(layer: Optional[QgsRasterLayer]) -> bool:
    return isinstance(layer, QgsRasterLayer) and layer.customProperty(RESULT_PROPERTY) == "classes"


def _feature_at(layer: QgsVectorLayer, canvas, point: QgsPointXY) -> Optional[QgsGeometry]:
    """Return the polygon of a layer that holds a point of the map, in the map's CRS; None if there is none."""
    transform = QgsCoordinateTransform()
    canvas_crs = canvas.mapSettings().destinationCrs()
    if canvas_crs.isValid() and layer.crs().isValid():
        transform = QgsCoordinateTransform(canvas_crs, layer.crs(), QgsProject.instance())
    spot = transform.transform(point)
    request = QgsFeatureRequest().setFilterRect(QgsRectangle(spot, spot))
    for feature in layer.getFeatures(request):
        if feature.geometry().contains(QgsGeometry.fromPointXY(spot)):
            shape = QgsGeometry(feature.geometry())
            shape.transform(transform, QgsCoordinateTransform.ReverseTransform)
            return shape
    return None
