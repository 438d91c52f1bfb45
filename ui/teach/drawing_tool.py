"""Drawing tool: polygons, freehand outlines, rectangles and points on the map, one example each."""

from typing import List, Optional

from qgis.core import QgsGeometry, QgsPointXY, QgsRectangle, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand, QgsSnapIndicator
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent

POLYGON, FREEHAND, RECTANGLE, POINT = "polygon", "freehand", "rectangle", "point"
SHAPES = (POLYGON, FREEHAND, RECTANGLE, POINT)
FREEHAND_STEP_PX = 4
"""A freehand line gets a vertex every so many pixels of the screen."""

SMALLEST_PX = 3
"""A drag shorter than this was a click that slipped."""

POINT_EDGES = 4


class DrawingTool(QgsMapTool):
    """Draws one shape after the other.

    Signals:
        drawn: A QgsGeometry in the map's CRS.
        class_wanted: 1 to 9: the user pressed that key.
        next_wanted: The user pressed the key N.
    """

    drawn = pyqtSignal(object)
    class_wanted = pyqtSignal(int)
    next_wanted = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.shape = POLYGON
        self.point_radius = 1.0
        self._points: List[QgsPointXY] = []
        self._band: Optional[QgsRubberBand] = None
        self._color = QColor(230, 80, 0)
        self._snap = QgsSnapIndicator(canvas)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def set_shape(self, shape: str) -> None:
        """Draw other shapes from now on; one that was begun is dropped."""
        self.cancel()
        self.shape = shape

    def set_color(self, color: QColor) -> None:
        """Draw in the colour of a class."""
        self._color = QColor(color)
        if self._band is not None:
            self._paint(self._band)

    def cancel(self) -> None:
        """Drop what was begun."""
        self._points = []
        if self._band is not None:
            self.canvas().scene().removeItem(self._band)
            self._band = None

    def deactivate(self) -> None:  # called by QGIS
        """Leave nothing on the map when another tool is taken."""
        self.cancel()
        self._snap.setVisible(False)
        super().deactivate()

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:  # called by QGIS
        """Begin a drag."""
        if event.button() == Qt.MouseButton.LeftButton and self.shape in (FREEHAND, RECTANGLE):
            self._points = [event.snapPoint() if self.shape == RECTANGLE else event.mapPoint()]

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:  # called by QGIS
        """Show what would be drawn."""
        place = event.snapPoint()
        self._snap.setMatch(event.mapPointMatch())
        if not self._points:
            return
        if self.shape == FREEHAND:
            if self._points[-1].distance(event.mapPoint()) >= FREEHAND_STEP_PX * self._pixel():
                self._points.append(event.mapPoint())
            self._show(self._points)
        elif self.shape == RECTANGLE:
            self._show(_corners(self._points[0], place))
        else:
            self._show([*self._points, place])

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:  # called by QGIS
        """Add a vertex, or end a shape."""
        if event.button() == Qt.MouseButton.RightButton:
            self.finish() if self.shape == POLYGON else self.cancel()
        elif event.button() != Qt.MouseButton.LeftButton:
            return
        elif self.shape == POLYGON:
            self._points.append(event.snapPoint())
            self._show(self._points)
        elif self.shape == POINT:
            self._emit(QgsGeometry.fromPointXY(event.snapPoint()).buffer(self.point_radius, POINT_EDGES))
        elif self._points and self.shape == RECTANGLE:
            end = event.snapPoint()
            far = self._points[0].distance(end) >= SMALLEST_PX * self._pixel()
            self._emit(QgsGeometry.fromRect(QgsRectangle(self._points[0], end)) if far else None)
        elif self._points:
            self._points.append(event.mapPoint())
            self.finish()

    def canvasDoubleClickEvent(self, event: QgsMapMouseEvent) -> None:  # called by QGIS
        """End a polygon."""
        if self.shape == POLYGON and event.button() == Qt.MouseButton.LeftButton:
            self.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # called by QGIS
        """Choose a class, go on to the next place, end or drop a shape, take back a vertex."""
        key = event.key()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.class_wanted.emit(int(key) - int(Qt.Key.Key_0))
        elif key == Qt.Key.Key_N:
            self.next_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            self.cancel()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._points:
            self._points.pop()
            self._show(self._points)
        else:
            return
        event.ignore()  # else QGIS handles Backspace and Escape as well

    def finish(self) -> None:
        """End a polygon or a freehand outline; too few points are dropped."""
        points = self._points
        shape = QgsGeometry.fromPolygonXY([points]) if len(points) >= 3 else None
        if shape is not None and self.shape == FREEHAND:
            shape = shape.simplify(self._pixel())
        self._emit(shape)

    def _emit(self, shape: Optional[QgsGeometry]) -> None:
        self.cancel()
        if shape is None or shape.isEmpty():
            return
        whole = shape if shape.isGeosValid() else shape.makeValid()
        for part in whole.asGeometryCollection() if whole.isMultipart() else [whole]:
            if part.type() == QgsWkbTypes.GeometryType.PolygonGeometry and part.area() > 0:
                self.drawn.emit(part)

    def _show(self, points: List[QgsPointXY]) -> None:
        if self._band is None:
            self._band = QgsRubberBand(self.canvas(), QgsWkbTypes.GeometryType.PolygonGeometry)
            self._paint(self._band)
        self._band.setToGeometry(QgsGeometry.fromPolygonXY([points]) if points else QgsGeometry(), None)

    def _paint(self, band: QgsRubberBand) -> None:
        fill = QColor(self._color)
        fill.setAlpha(60)
        band.setStrokeColor(self._color)
        band.setFillColor(fill)
        band.setWidth(2)

    def _pixel(self) -> float:
        return self.canvas().mapUnitsPerPixel()


def _corners(one: QgsPointXY, other: QgsPointXY) -> List[QgsPointXY]:
    return [one, QgsPointXY(other.x(), one.y()), other, QgsPointXY(one.x(), other.y())]
