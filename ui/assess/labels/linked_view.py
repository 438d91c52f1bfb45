"""Further view of the place that is labelled, with a layer of its own: an older image, or a service's."""

from typing import Optional

from qgis.core import QgsGeometry, QgsMapLayer, QgsMapLayerProxyModel
from qgis.gui import QgsMapCanvas, QgsMapLayerComboBox, QgsMapToolPan
from qgis.PyQt.QtWidgets import QDialog, QVBoxLayout, QWidget

from ...base.i18n import tr
from .outline_band import OutlineBand


class LinkedView(QDialog):
    """A window with a map that follows another one.

    Args:
        main: The map that it follows.
        parent: Window over which it lies.
    """

    def __init__(self, main: QgsMapCanvas, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("View of another layer"))
        self.resize(420, 420)
        self._main = main
        self.layers = QgsMapLayerComboBox()
        self.layers.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layers.setToolTip(tr("Layer of this view; web maps (XYZ) in the project, too"))
        self.layers.setAccessibleName(tr("Layer"))
        self.canvas = QgsMapCanvas(self)
        self.canvas.setMapTool(QgsMapToolPan(self.canvas))
        self._band = OutlineBand(self.canvas)
        layout = QVBoxLayout(self)
        layout.addWidget(self.layers)
        layout.addWidget(self.canvas, 1)
        self.layers.layerChanged.connect(self._show_layer)
        main.extentsChanged.connect(self.follow)
        main.destinationCrsChanged.connect(self.follow)
        self._show_layer(self.layers.currentLayer())
        self.follow()

    def follow(self) -> None:
        """Show the place that the other map shows, at its scale."""
        self.canvas.setDestinationCrs(self._main.mapSettings().destinationCrs())
        if not self._main.extent().isEmpty():
            self.canvas.setExtent(self._main.extent())
            self.canvas.zoomScale(self._main.scale())
        self.canvas.refresh()

    def show_outline(self, outline: QgsGeometry, layer: QgsMapLayer) -> None:
        """Draw the outline of what is labelled."""
        self._band.show(outline, layer)

    def shut_down(self) -> None:
        """Let go of the other map, and close."""
        self._main.extentsChanged.disconnect(self.follow)
        self._main.destinationCrsChanged.disconnect(self.follow)
        self._band.clear()
        self.close()
        self.deleteLater()

    def _show_layer(self, layer: Optional[QgsMapLayer]) -> None:
        self.canvas.setLayers([layer] if layer is not None else [])
        self.canvas.refresh()
