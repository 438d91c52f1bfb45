"""Way through the points of a sample: shows each on the map, blind to the map that is assessed, and keeps labels."""

from dataclasses import replace
from typing import List, Optional

from qgis.core import QgsCoordinateTransform, QgsCsException, QgsMapLayer, QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject

from ...base.i18n import tr
from ...base.message_bar import Messenger
from ...results.groups import RESULT_PROPERTY
from ...results.sources import file_of
from ..drawn_sample import DrawnSample, SampleRefused
from .label_file import LabelFile, PointLabel, shown_copy, with_label
from .label_page import LabelPage
from .linked_view import LinkedView
from .outline_band import OutlineBand

ROOM_AROUND = 12.0
"""Width of the map over that of the outline, at the first point."""


class Labelling(QObject):
    """Connects the page with the map and the file of labels.

    Args:
        iface: QGIS's interface.
        page: The page.
        messenger: Says what went wrong.
    """

    def __init__(self, iface, page: LabelPage, messenger: Messenger) -> None:
        super().__init__()
        self._canvas: QgsMapCanvas = iface.mapCanvas()
        self._window = iface.mainWindow()
        self._page = page
        self._messenger = messenger
        self._band = OutlineBand(self._canvas)
        self._hidden: List[str] = []
        self._shown = ""
        self._interpreter = ""
        self.sample: Optional[DrawnSample] = None
        self.file: Optional[LabelFile] = None
        self.position = 0
        self.views: List[LinkedView] = []
        self._connect()

    def begin(self, sample: DrawnSample, file: LabelFile, interpreter: str) -> None:
        """Show the first point that has no label yet."""
        self.end()
        self.sample, self.file, self._interpreter = sample, file, interpreter
        # A copy: the user may remove it from the project at any time.
        self._shown = QgsProject.instance().addMapLayer(shown_copy(file.layer)).id()
        self._page.show_classes(sample.classes)
        self._page.keys.add_place(self._canvas)
        self._page.show_counts(file.points)
        self._hide_maps()
        self._scale_to(file)
        self._show(file.first_open())
        self._page.setFocus()

    def end(self) -> None:
        """Leave the map as it was: outline, views, key bindings and hidden layers; labels are kept."""
        if self.file is not None:
            self._keep_remarks()
        for view in self.views:
            view.shut_down()
        self.views = []
        self._band.clear()
        self._page.keys.remove_place(self._canvas)
        self._show_maps()
        if QgsProject.instance().mapLayer(self._shown) is not None:
            QgsProject.instance().removeMapLayer(self._shown)
        self.file, self._shown = None, ""

    def go_to(self, position: int) -> None:
        """Show a point; remarks on the one before are kept."""
        self._keep_remarks()
        self._show(position)

    def choose_class(self, name: str) -> None:
        """Note a class, as the label or as the second choice."""
        if self.file is None:
            return
        if self._page.is_alternate:
            self._save(replace(self._point(), alternate=name, **self._page.remarks()))
            self._page.show_point(self._point(), self.file.points[-1].number)
            return
        self._save(with_label(self._point(), name, self._page.remarks()))
        self._go_on()

    def mark_not_sure(self) -> None:
        """Note that the label of the point is not to be counted."""
        if self.file is not None:
            self._save(replace(self._point(), not_sure=True, skipped=False, **self._page.remarks()))
            self._go_on()

    def skip(self) -> None:
        """Pass the point over."""
        if self.file is not None:
            self._save(replace(self._point(), skipped=True, **self._page.remarks()))
            self._go_on()

    def step(self, points: int) -> None:
        """Go on by some points."""
        if self.file is not None:
            self.go_to(self.position + points)

    def add_view(self) -> None:
        """Open one more view of the place."""
        view = LinkedView(self._canvas, self._window)
        self.views.append(view)
        view.show()
        if self.file is not None:
            view.show_outline(self.file.outline(self.position), self.file.layer)

    def _connect(self) -> None:
        page = self._page
        page.class_chosen.connect(self.choose_class)
        page.not_sure_wanted.connect(self.mark_not_sure)
        page.skip_wanted.connect(self.skip)
        page.step_wanted.connect(self.step)
        page.jump_wanted.connect(self._jump)
        page.scale_changed.connect(self._canvas.zoomScale)
        page.view_wanted.connect(self.add_view)
        page.remarks_changed.connect(self._keep_remarks)
        page.hide_maps.toggled.connect(self._toggle_maps)

    def _show(self, position: int) -> None:
        self.position = min(max(position, 0), len(self.file) - 1)
        self._page.show_point(self._point(), self.file.points[-1].number)
        self._show_place()

    def _point(self) -> PointLabel:
        return self.file.points[self.position]

    def _jump(self, number: int) -> None:
        if self.file is not None:
            self.go_to(next((k for k, p in enumerate(self.file.points) if p.number == number), self.position))

    def _go_on(self) -> None:
        if self._page.goes_on.isChecked() and self.position + 1 < len(self.file):
            self.go_to(self.position + 1)
        else:
            self._page.show_point(self._point(), self.file.points[-1].number)

    def _save(self, label: PointLabel) -> None:
        try:
            self.file.save(self.position, replace(label, interpreter=self._interpreter))
        except SampleRefused as error:
            self._messenger.say(tr("Assess"), str(error))
        self._page.show_counts(self.file.points)
        shown = QgsProject.instance().mapLayer(self._shown)
        if shown is not None:
            shown.triggerRepaint()

    def _keep_remarks(self) -> None:
        """Write remarks that were edited on a point that has been looked at; the date alone says nothing."""
        if self.file is None:
            return
        point, remarks = self._point(), self._page.remarks()
        if point.number != self._page.jump.value() or not (point.is_done or remarks["note"] or remarks["confidence"]):
            return
        if replace(point, **remarks) != point:
            self._save(replace(point, **remarks))

    def _scale_to(self, file: LabelFile) -> None:
        box = self._on_canvas(file.outline(0).boundingBox())
        if box is not None and box.width() > 0:
            box.scale(ROOM_AROUND)
            self._canvas.setExtent(box)
        self._page.scale.blockSignals(True)
        self._page.scale.setScale(self._canvas.scale())
        self._page.scale.blockSignals(False)

    def _show_place(self) -> None:
        outline = self.file.outline(self.position)
        self._band.show(outline, self.file.layer)
        for view in self.views:
            view.show_outline(outline, self.file.layer)
        box = self._on_canvas(outline.boundingBox())
        if box is not None:
            self._canvas.freeze(True)  # drawn once, not after each of both
            self._canvas.setCenter(box.center())
            self._canvas.zoomScale(self._page.scale.scale())
            self._canvas.freeze(False)
            self._canvas.refresh()

    def _on_canvas(self, box):
        """Return a box of the layer's CRS in that of the map; None where that cannot be."""
        target = self._canvas.mapSettings().destinationCrs()
        transform = QgsCoordinateTransform(self.file.layer.crs(), target, QgsProject.instance())
        try:
            return transform.transformBoundingBox(box)
        except QgsCsException:
            return None

    def _toggle_maps(self, hide: bool) -> None:
        if self.file is not None and hide:
            self._hide_maps()
        else:
            self._show_maps()

    def _hide_maps(self) -> None:
        """Take the assessed map and all maps of ours out of sight: labels must not be taken from them."""
        if not self._page.hide_maps.isChecked():
            return
        for node in QgsProject.instance().layerTreeRoot().findLayers():
            if node.layer() is not None and node.itemVisibilityChecked() and self._tells(node.layer()):
                node.setItemVisibilityChecked(False)
                self._hidden.append(node.layerId())

    def _show_maps(self) -> None:
        root = QgsProject.instance().layerTreeRoot()
        for node in (root.findLayer(layer_id) for layer_id in self._hidden):
            if node is not None:
                node.setItemVisibilityChecked(True)
        self._hidden = []

    def _tells(self, layer: QgsMapLayer) -> bool:
        return bool(layer.customProperty(RESULT_PROPERTY)) or file_of(layer.source()) == self.sample.map_path
