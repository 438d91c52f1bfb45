"""Connects the page of teaching with the map, the examples, the session and the project."""

import os
from typing import Any, Callable, Dict, List, Optional

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QFileDialog

from ...engine.contract import events
from ...engine.contract.names import default_stem
from ...engine.contract.teach import AgreementRequest, ExamplesRequest, NextRequest, SaveRequest, ViewRequest
from ..base.i18n import tr
from ..base.message_bar import Messenger
from ..form.job_builder import JobRefused, default_folder, raster_path
from ..process.engine_finder import EngineFinder
from ..results.groups import RESULT_PROPERTY
from ..settings import PluginSettings
from .drawing_tool import DrawingTool
from .example_layer import ExampleLayer, ExamplesRefused
from .layer_dialog import LayerDialog
from .palette import PaletteRefused
from .panel import TeachPanel, agreement_text
from .session_process import SessionProcess
from .view_map import ViewMap

VIEW_DELAY_MS = 250
"""A view is asked for when the map has stood still so long."""

AGREEMENT_DELAY_MS = 700
PLACES = 10
POINT_PIXELS = 4
"""Radius of a point's disc, in pixels of the model."""

MODEL_END = "_taught.safetensors"
EXAMPLES_END = "_examples.gpkg"
MapLayer = Callable[[QgsRasterLayer, str], None]


class TeachController(QObject):
    """Keeps the page true to the examples and runs what it asks for.

    Args:
        iface: QGIS's interface.
        panel: The page.
        settings: What is remembered.
        finder: Knows the engine.
        map_layer: Maps a layer with a checkpoint.
    """

    def __init__(
        self, iface, panel: TeachPanel, settings: PluginSettings, finder: EngineFinder, map_layer: MapLayer
    ) -> None:
        super().__init__()
        self._iface, self._canvas = iface, iface.mapCanvas()
        self._panel = panel
        self._settings = settings
        self._map_layer = map_layer
        self._messenger = Messenger(iface)
        self.session = SessionProcess(finder)
        self.examples = ExampleLayer()
        self.view_map = ViewMap()
        self.tool = DrawingTool(self._canvas)
        self._image_id = ""
        self._places: List[Dict[str, Any]] = []
        self._after_save: Optional[Callable[[str], None]] = None
        self._is_told_to_jump = False
        self._jumped_to: Optional[QgsPointXY] = None
        self._view_timer, self._agreement_timer = self._timer(VIEW_DELAY_MS), self._timer(AGREEMENT_DELAY_MS)
        self._connect()
        panel.classes.show_palette(self.examples.palette)
        self._leave_out_results()
        self._image_changed()

    @property
    def image(self) -> Optional[QgsRasterLayer]:
        """The image that is being taught; None if there is none."""
        return QgsProject.instance().mapLayer(self._image_id) if self._image_id else None

    def choose_layer(self, layer: Optional[QgsMapLayer]) -> None:
        """Choose an image, if it is a raster and no other is being taught."""
        if isinstance(layer, QgsRasterLayer) and self.image is None:
            self._panel.layer_combo.setLayer(layer)

    def draw(self, shape: str) -> None:
        """Take the drawing tool; begins teaching where that has not begun."""
        if not self._begin():
            self._panel.choose_shape("")
            return
        self._panel.choose_shape(shape)
        self.tool.set_shape(shape)
        self.tool.point_radius = POINT_PIXELS * max(self._metre(), self.image.rasterUnitsPerPixelX())
        self._canvas.setMapTool(self.tool)
        self._canvas.setFocus()

    def take_layer(self) -> None:
        """Let the user take the polygons of a layer as examples."""
        if not self._begin():
            return
        dialog = LayerDialog(self._panel)
        if dialog.exec():
            self.take_shapes(dialog.shapes(), dialog.layer.currentLayer().crs())

    def take_shapes(self, shapes, crs: QgsCoordinateReferenceSystem) -> None:
        """Add (class, shape) pairs as examples, as one step; classes that are not there are added."""
        numbered = []
        for name, shape in shapes:
            try:
                number = self.examples.palette.named(name).number
            except KeyError:
                number = self.examples.add_class(name)
            numbered.append((shape, number))
        self.examples.add_all(numbered, crs, tr("Take examples from a layer"))

    def add_example(self, shape: QgsGeometry, crs: QgsCoordinateReferenceSystem, name: str) -> bool:
        """Add a shape as an example of a class; False if nothing is being taught."""
        if self.image is None or self.examples.layer is None:
            return False
        self.take_shapes([(name, shape)], crs)
        return True

    def where_next(self) -> None:
        """Go to the place where another example helps most."""
        if self._places:
            self._jump()
        elif self.session.send(NextRequest(0, PLACES)):
            self._is_told_to_jump = True

    def save_model(self) -> None:
        """Ask for a file and save the model there."""
        start = os.path.join(self._folder(), self._stem() + MODEL_END)
        path, _ = QFileDialog.getSaveFileName(
            self._panel, tr("Save model"), start, tr("Model ({pattern})").format(pattern="*.safetensors")
        )
        if path:
            path = path if path.endswith(".safetensors") else path + ".safetensors"
            self._save(path, self._tell_saved)

    def map_whole_layer(self) -> None:
        """Save the model beside the examples and map the whole image with it."""
        self._save(os.path.join(self._folder(), self._stem() + MODEL_END), self._map_with)

    def stop(self) -> None:
        """End teaching: the examples are written, the map of the view goes, the session ends."""
        self._view_timer.stop()
        self._agreement_timer.stop()
        self.session.close()
        self._leave_image()

    def shut_down(self) -> None:
        """Let go of everything; called when the plugin is unloaded."""
        self._canvas.extentsChanged.disconnect(self._view_timer.start)
        self._canvas.mapToolSet.disconnect(self._tool_changed)
        QgsProject.instance().layersWillBeRemoved.disconnect(self._layers_go)
        QgsProject.instance().layersAdded.disconnect(self._leave_out_results)
        self.session.shut_down()
        self.stop()
        if self._canvas.mapTool() is self.tool:
            self._canvas.unsetMapTool(self.tool)
        self.tool.deleteLater()
        self._messenger.shut_down()

    def _begin(self) -> bool:
        """Open examples and session for the chosen image, unless they are; return whether they are now."""
        layer = self._panel.current_layer()
        if layer is not None and layer is self.image and self.session.is_open and self.examples.layer is not None:
            return True
        try:
            path = raster_path(layer)
            self.examples.open(self._examples_path(path), layer.crs())
        except (JobRefused, ExamplesRefused) as error:
            self._panel.show_sentence(str(error))
            return False
        if not self.session.open(path):
            return False
        self._image_id = layer.id()
        self._panel.show_sentence(tr("Draw a polygon or two of each class that you see."))
        self._ask_for_view()
        self._examples_changed()
        return True

    def _leave_image(self) -> None:
        self.view_map.remove()
        self.examples.close()
        self._image_id, self._places = "", []
        self._panel.show_progress(1, 1)
        self._panel.show_taught(False)
        self._panel.show_place("")

    def _image_changed(self) -> None:
        if self.image is not None and self._panel.current_layer() is self.image:
            return
        self.stop()
        self._panel.classes.show_counts({})
        has_image = self._panel.current_layer() is not None
        self._panel.show_sentence(
            tr("Choose a class, then a way to draw, and draw a place where you are sure.")
            if has_image
            else tr("Add an orthophoto or a satellite image to the project.")
        )

    def _layers_go(self, ids: List[str]) -> None:
        if self._image_id in ids:
            self.stop()

    def _leave_out_results(self, _added: object = None) -> None:
        """Offer images only, not the maps that were made of them."""
        layers = QgsProject.instance().mapLayers().values()
        self._panel.layer_combo.setExceptedLayerList(
            [x for x in layers if isinstance(x, QgsRasterLayer) and x.customProperty(RESULT_PROPERTY)]
        )

    def _ask_for_view(self) -> None:
        image = self.image
        if image is None or not self.session.is_open:
            return
        try:
            extent = self._to_image().transformBoundingBox(self._canvas.extent())
        except QgsCsException:
            return
        seen = extent.intersect(image.extent())
        if not seen.isEmpty():
            bounds = (seen.xMinimum(), seen.yMinimum(), seen.xMaximum(), seen.yMaximum())
            self.session.send(ViewRequest(0, bounds))
        if self._jumped_to is None or self._canvas.center().distance(self._jumped_to) > self._canvas.mapUnitsPerPixel():
            self._places = []  # the user looks elsewhere: places of the last view are of no use there

    def _examples_changed(self) -> None:
        self._panel.classes.show_counts(self.examples.counts())
        self._places = []
        self._panel.show_place("")
        layer = self.examples.layer
        if layer is not None and self.session.is_open:
            crs = layer.crs()
            name = (crs.authid() or crs.toWkt()) if crs.isValid() else ""
            self.session.send(ExamplesRequest(0, self.examples.examples(), name))

    def _take_drawn(self, shape: QgsGeometry) -> None:
        number = self._panel.classes.current()
        if not number or self.image is None:
            return
        canvas_crs = self._canvas.mapSettings().destinationCrs()
        source = canvas_crs if self.image.crs().isValid() else QgsCoordinateReferenceSystem()
        self.examples.add(shape, source, number, self._panel.subclass.text().strip())

    def _on_answer(self, answer: events.Answer) -> None:
        if answer.request in ("view", "examples"):
            self._panel.show_progress(1, 1)
            self._show_map(answer.data)
        elif answer.request == "next":
            self._places = list(answer.data["places"])
            if self._is_told_to_jump:
                self._jump()
        elif answer.request == "agreement":
            self._panel.show_agreement(agreement_text(answer.data))
        elif answer.request == "save" and self._after_save is not None:
            act, self._after_save = self._after_save, None
            act(answer.data["checkpoint"])

    def _show_map(self, data: Dict[str, Any]) -> None:
        found, image = data["map"], self.image
        notes = [note["message"] for note in data["notes"]]
        self._panel.show_sentence(" ".join([data["sentence"], *notes]).strip())
        is_taught = found is not None
        self._panel.show_taught(is_taught)
        if is_taught and image is not None:
            self.view_map.show(found, image.crs(), self._image_id)
            self._agreement_timer.start()

    def _on_refusal(self, refusal: events.Refusal) -> None:
        self._is_told_to_jump, self._after_save = False, None
        self._panel.show_sentence(refusal.message)

    def _on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Progress):
            self._panel.show_progress(event.done, event.total)
        elif isinstance(event, events.Note) and event.level == "warning":
            self._panel.show_sentence(event.message)

    def _on_end(self, failure: events.Failure) -> None:
        message = self._messenger.fail(failure)
        self._leave_image()
        self._panel.choose_shape("")
        self._panel.show_sentence(message.full_text)

    def _jump(self) -> None:
        """Go to the first of the places and say why."""
        self._is_told_to_jump = False
        if not self._places or self.image is None:
            self._panel.show_place(tr("There is no other place in this view. Move the map and ask again."))
            return
        place = self._places.pop(0)
        back = QgsCoordinateTransform.ReverseTransform  # not scoped: the enum moved to another class in QGIS 3.22
        centre = self._to_image().transform(QgsPointXY(place["x"], place["y"]), back)
        self._jumped_to = centre
        self._canvas.setCenter(centre)
        self._canvas.refresh()
        self._canvas.flashGeometries([QgsGeometry.fromPointXY(centre)], self._canvas.mapSettings().destinationCrs())
        one, other = place["class_names"]
        asked = tr("A place by chance: the map says {one}. Draw what it is.")
        between = tr("Is it {one} or {other}? Draw what it is, or press N for the next place.")
        self._panel.show_place((asked if place["random"] else between).format(one=one, other=other))

    def _save(self, path: str, then: Callable[[str], None]) -> None:
        try:
            self.examples.keep()
        except ExamplesRefused as error:
            self._panel.show_sentence(str(error))
            return
        self._after_save = then
        self.session.send(SaveRequest(0, path, overwrite=True))

    def _tell_saved(self, path: str) -> None:
        text = tr("The model is in {path}. It maps other images as well.").format(path=path)
        self._messenger.say(tr("Model saved"), text, Qgis.MessageLevel.Success)

    def _map_with(self, path: str) -> None:
        if self.image is not None:
            self._panel.show_map.setChecked(False)  # the map that comes is the one to look at
            self._map_layer(self.image, path)

    def _class_chosen(self, number: int) -> None:
        self.tool.set_color(QColor(*self.examples.palette.get(number).color))

    def _change(self, act: Callable[..., None], *values: object) -> None:
        """Change the classes; what cannot be is told and taken back."""
        try:
            act(*values)
        except PaletteRefused as error:
            self._panel.show_sentence(str(error))
            self._panel.classes.show_palette(self.examples.palette)

    def _add_class(self, name: str) -> None:
        taken = {c.name for c in self.examples.palette.classes}
        free = next(n for n in (name, *(f"{name} {k}" for k in range(2, 1000))) if n not in taken)
        self._panel.classes.edit_name(self.examples.add_class(free))

    def _palette_changed(self) -> None:
        self._panel.classes.show_palette(self.examples.palette)
        self._panel.classes.show_counts(self.examples.counts())

    def _tool_changed(self, tool: object, _before: object = None) -> None:
        if tool is not self.tool:
            self._panel.choose_shape("")

    def _to_image(self) -> QgsCoordinateTransform:
        """Return the transform from the map to the image; nothing changes where one of them has no CRS."""
        canvas, image = self._canvas.mapSettings().destinationCrs(), self.image.crs()
        if not (canvas.isValid() and image.isValid()):
            return QgsCoordinateTransform()
        return QgsCoordinateTransform(canvas, image, QgsProject.instance())

    def _metre(self) -> float:
        """Return a metre in units of the map, as far as these are metres; the model sees nothing finer."""
        crs = self._canvas.mapSettings().destinationCrs()
        return 1.0 if crs.isValid() and not crs.isGeographic() else 0.0

    def _folder(self) -> str:
        return os.path.abspath(os.path.expanduser(self._settings.output_dir or default_folder()))

    def _stem(self) -> str:
        return default_stem(raster_path(self.image)) if self.image is not None else "land_cover"

    def _examples_path(self, raster: str) -> str:
        return os.path.join(self._folder(), default_stem(raster) + EXAMPLES_END)

    def _timer(self, delay_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay_ms)
        return timer

    def _connect(self) -> None:
        panel, classes, examples = self._panel, self._panel.classes, self.examples
        panel.image_changed.connect(self._image_changed)
        panel.shape_wanted.connect(self.draw)
        panel.layer_wanted.connect(self.take_layer)
        panel.opacity_changed.connect(self.view_map.set_opacity)
        panel.map_toggled.connect(self.view_map.set_shown)
        panel.next_wanted.connect(self.where_next)
        panel.map_wanted.connect(self.map_whole_layer)
        panel.save_wanted.connect(self.save_model)
        classes.chosen.connect(self._class_chosen)
        classes.added.connect(self._add_class)
        classes.renamed.connect(lambda number, name: self._change(examples.rename_class, number, name))
        classes.recolored.connect(lambda number, color: self._change(examples.recolor_class, number, color))
        classes.removed.connect(examples.delete_class)
        examples.changed.connect(self._examples_changed)
        examples.palette_changed.connect(self._palette_changed)
        examples.gone.connect(self.stop)
        self.tool.drawn.connect(self._take_drawn)
        self.tool.class_wanted.connect(classes.choose_row)
        self.tool.next_wanted.connect(self.where_next)
        self.session.answered.connect(self._on_answer)
        self.session.refused.connect(self._on_refusal)
        self.session.happened.connect(self._on_event)
        self.session.ended.connect(self._on_end)
        self._view_timer.timeout.connect(self._ask_for_view)
        self._agreement_timer.timeout.connect(lambda: self.session.send(AgreementRequest(0)))
        self._canvas.extentsChanged.connect(self._view_timer.start)
        self._canvas.mapToolSet.connect(self._tool_changed)
        QgsProject.instance().layersWillBeRemoved.connect(self._layers_go)
        QgsProject.instance().layersAdded.connect(self._leave_out_results)
