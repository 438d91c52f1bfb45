"""The map while it is being made: a temporary layer over the tiles that are finished."""

from typing import Any, Dict, Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject, QTimer

from ..base.i18n import tr
from ..model_store.info import ModelInfo
from ..results.groups import RESULT_PROPERTY
from ..results.look import SCREEN, Look, dress

REFRESH_MS = 3000


class Preview(QObject):
    """Shows the growing raster and takes it away again. Main thread only."""

    def __init__(self) -> None:
        super().__init__()
        self._layer_id = ""
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._refresh)

    @property
    def layer(self) -> Optional[QgsRasterLayer]:
        """The layer in the project; None if there is none, or the user removed it."""
        return QgsProject.instance().mapLayer(self._layer_id) if self._layer_id else None

    def show(
        self,
        path: str,
        model: Optional[ModelInfo],
        crs: Optional[QgsCoordinateReferenceSystem] = None,
        look: Look = SCREEN,
    ) -> None:
        """Add the raster on top of the others; does nothing if it cannot be opened.

        Args:
            path: Raster over the finished tiles.
            model: The model at work, whose classes the layer shows; None keeps the file's colours.
            crs: CRS the user had given the source layer; None keeps the file's.
            look: How it is drawn.
        """
        self.remove()
        layer = QgsRasterLayer(path, tr("Land cover so far (preview)"), "gdal")
        if not layer.isValid():
            return
        if crs is not None and crs.isValid():
            layer.setCrs(crs)
        if model is not None:
            dress(layer, _legend(model), look)
        layer.setCustomProperty(RESULT_PROPERTY, "preview")
        project = QgsProject.instance()
        project.addMapLayer(layer, False)
        project.layerTreeRoot().insertLayer(0, layer).setExpanded(False)
        self._layer_id = layer.id()
        self._timer.start()

    def remove(self) -> None:
        """Take the layer away; its file is closed, so that the engine can delete it."""
        self._timer.stop()
        layer, self._layer_id = self.layer, ""
        if layer is not None:
            QgsProject.instance().removeMapLayer(layer.id())

    def _refresh(self) -> None:
        layer = self.layer
        if layer is None:
            self._timer.stop()
            return
        layer.dataProvider().reloadData()  # the raster has been replaced by one with more tiles
        layer.triggerRepaint()


def _legend(model: ModelInfo) -> Dict[str, Any]:
    triples = zip(model.class_ids, model.class_names, model.class_colors)  # noqa: B905 - not in Python 3.9
    return {"classes": [{"id": i, "name": name, "color": color} for i, name, color in triples]}
