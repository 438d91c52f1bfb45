"""Draws the rectangle of the area on the map, and shows it there."""

from typing import Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsRectangle, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapTool, QgsMapToolExtent, QgsRubberBand
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QColor

from .area_section import RECTANGLE, AreaSection

LINE_COLOR, FILL_COLOR = QColor(230, 80, 0), QColor(230, 80, 0, 30)


class AreaTool(QObject):
    """Connects the area section with the map.

    Args:
        canvas: The map.
        section: Where the rectangle goes.
    """

    def __init__(self, canvas: QgsMapCanvas, section: AreaSection) -> None:
        super().__init__()
        self._canvas = canvas
        self._section = section
        self._tool: Optional[QgsMapToolExtent] = None
        self._tool_before: Optional[QgsMapTool] = None
        self._band: Optional[QgsRubberBand] = None
        section.draw_wanted.connect(self.draw)
        section.changed.connect(self._show)

    def draw(self) -> None:
        """Let the user drag a rectangle over the map."""
        self._tool_before = self._canvas.mapTool()
        if self._tool is None:
            self._tool = QgsMapToolExtent(self._canvas)
            self._tool.extentChanged.connect(self.take)
        self._canvas.setMapTool(self._tool)

    def take(self, rectangle: QgsRectangle) -> None:
        """Take a rectangle in map coordinates and give the map its former tool back."""
        if rectangle.isEmpty():
            return
        self._section.set_rectangle(rectangle, self._canvas.mapSettings().destinationCrs())
        self._tool.clearRubberBand()
        if self._canvas.mapTool() is self._tool:
            self._canvas.setMapTool(self._tool_before) if self._tool_before else self._canvas.unsetMapTool(self._tool)

    def shut_down(self) -> None:
        """Leave the map as it was."""
        self._section.draw_wanted.disconnect(self.draw)
        self._section.changed.disconnect(self._show)
        if self._tool is not None:
            self._canvas.unsetMapTool(self._tool)
            self._tool = None
        self._clear()

    def _show(self) -> None:
        self._clear()
        if self._section.chosen_kind() != RECTANGLE or self._section.rectangle is None:
            return
        self._band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        self._band.setStrokeColor(LINE_COLOR)
        self._band.setFillColor(FILL_COLOR)
        self._band.setWidth(2)
        crs = QgsCoordinateReferenceSystem(self._section.rectangle_crs)
        self._band.setToGeometry(QgsGeometry.fromRect(self._section.rectangle), crs)

    def _clear(self) -> None:
        if self._band is not None:
            self._canvas.scene().removeItem(self._band)
            self._band = None
