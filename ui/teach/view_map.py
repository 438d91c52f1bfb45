"""Map of the view: a layer over the image that shows what has been learnt so far."""

from typing import Any, Dict, Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject

from ..base.i18n import tr
from ..results.groups import RESULT_PROPERTY
from ..results.layers import paletted_renderer

FIRST_OPACITY = 0.55


class ViewMap(QObject):
    """Shows the newest map of the view and takes it away again. Main thread only."""

    def __init__(self) -> None:
        super().__init__()
        self._layer_id = ""
        self.opacity = FIRST_OPACITY
        self.is_shown = True

    @property
    def layer(self) -> Optional[QgsRasterLayer]:
        """The layer in the project; None if there is none, or the user removed it."""
        return QgsProject.instance().mapLayer(self._layer_id) if self._layer_id else None

    def show(self, data: Dict[str, Any], crs: QgsCoordinateReferenceSystem, above: str) -> None:
        """Show a map in place of the last one.

        Args:
            data: The map as the engine tells of it: path, legend.
            crs: CRS of the image's layer, which the user may have set.
            above: Id of the layer that it is put on.
        """
        layer = self.layer
        if layer is None:
            layer = QgsRasterLayer(data["path"], tr("Map of the view"), "gdal")
            layer.setCustomProperty(RESULT_PROPERTY, "preview")
            self._add(layer, above)
        else:
            layer.setDataSource(data["path"], layer.name(), "gdal")
        if not layer.isValid():
            self.remove()
            return
        if crs.isValid():
            layer.setCrs(crs)
        layer.setRenderer(paletted_renderer(layer, data["legend"]))
        layer.setOpacity(self.opacity)
        self._show_visibility()
        layer.triggerRepaint()

    def set_opacity(self, opacity: float) -> None:
        """Let the image shine through, 0 to 1."""
        self.opacity = opacity
        if self.layer is not None:
            self.layer.setOpacity(opacity)
            self.layer.triggerRepaint()

    def set_shown(self, is_shown: bool) -> None:
        """Show or hide the map."""
        self.is_shown = is_shown
        self._show_visibility()

    def remove(self) -> None:
        """Take the layer away; its file is closed, so that the engine can delete it."""
        layer, self._layer_id = self.layer, ""
        if layer is not None:
            QgsProject.instance().removeMapLayer(layer.id())

    def _show_visibility(self) -> None:
        node = QgsProject.instance().layerTreeRoot().findLayer(self._layer_id)
        if node is not None:
            node.setItemVisibilityChecked(self.is_shown)

    def _add(self, layer: QgsRasterLayer, above: str) -> None:
        project = QgsProject.instance()
        project.addMapLayer(layer, False)
        node = project.layerTreeRoot().findLayer(above)
        parent = node.parent() if node is not None else project.layerTreeRoot()
        place = parent.children().index(node) if node is not None else 0
        parent.insertLayer(place, layer).setExpanded(False)
        self._layer_id = layer.id()
