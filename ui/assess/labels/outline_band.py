"""Outline of the support of a point on a map."""

from typing import Optional

from qgis.core import QgsGeometry, QgsMapLayer, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtGui import QColor

LINE, HALO = QColor(255, 220, 0), QColor(0, 0, 0, 180)
NO_FILL = QColor(0, 0, 0, 0)


class OutlineBand:
    """A line that shows on light and dark ground.

    Args:
        canvas: Where it is drawn.
    """

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._band: Optional[QgsRubberBand] = None

    def show(self, outline: QgsGeometry, layer: QgsMapLayer) -> None:
        """Draw an outline that is in the CRS of a layer."""
        if self._band is None:
            self._band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
            self._band.setStrokeColor(LINE)
            self._band.setSecondaryStrokeColor(HALO)
            self._band.setFillColor(NO_FILL)
            self._band.setWidth(2)
        self._band.setToGeometry(outline, layer)

    def clear(self) -> None:
        """Take it away."""
        if self._band is not None:
            self._canvas.scene().removeItem(self._band)
            self._band = None
