"""Area of a run: which part of the image is classified."""

from typing import Optional, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayerProxyModel,
    QgsRectangle,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import QLocale, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from ..base.buttons import Button, CheckBox
from ..base.i18n import tr
from ..base.widgets import MutedLabel, bare_column, narrow
from .job_builder import MapExtent

LAYER, CANVAS, RECTANGLE, POLYGONS = "layer", "canvas", "rectangle", "polygons"


class AreaSection(QWidget):
    """Whole layer, what the map shows, a drawn rectangle, or the polygons of a layer.

    Signals:
        changed: Something else is chosen.
        draw_wanted: The user wants to draw the rectangle on the map.
    """

    changed = pyqtSignal()
    draw_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.kind = narrow(QComboBox())
        self.kind.setToolTip(tr("Which part of the image is classified"))
        self.kind.setAccessibleName(tr("Area"))
        for key, title in _kinds():
            self.kind.addItem(title, key)
        tip = tr("Drag a rectangle over the map; Esc ends it")
        self.draw_button = Button(tr("Draw on the map"), tip, "mActionAddBasicRectangle.svg")
        self.rectangle_text = MutedLabel()
        self.polygon_layer = QgsMapLayerComboBox()
        self.polygon_layer.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.polygon_layer.setAccessibleName(tr("Polygons of the area"))
        self.polygon_layer.setToolTip(tr("Pixels whose centre lies in a polygon of this layer are classified"))
        tip = tr("Take only the polygons that are selected in that layer")
        self.selected_only = CheckBox(tr("Selected polygons only"), tip)
        self.rectangle: Optional[QgsRectangle] = None
        self.rectangle_crs = QgsCoordinateReferenceSystem()
        self._build()
        self.kind.currentIndexChanged.connect(lambda _index: self._kind_changed())
        self.kind.activated.connect(lambda _index: self._draw_at_once())
        self.draw_button.clicked.connect(self.draw_wanted)
        self.polygon_layer.layerChanged.connect(lambda _layer: self.changed.emit())
        self.selected_only.toggled.connect(lambda _on: self.changed.emit())
        self._kind_changed()

    def chosen_kind(self) -> str:
        """Return LAYER, CANVAS, RECTANGLE or POLYGONS."""
        return self.kind.currentData()

    def chosen_layer(self) -> Optional[QgsVectorLayer]:
        """Return the polygon layer that is chosen."""
        layer = self.polygon_layer.currentLayer()
        return layer if isinstance(layer, QgsVectorLayer) else None

    def choose(self, kind: str) -> None:
        """Choose a kind of area."""
        self.kind.setCurrentIndex(self.kind.findData(kind))

    def set_rectangle(self, rectangle: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
        """Take a rectangle in map coordinates as the area."""
        self.rectangle, self.rectangle_crs = QgsRectangle(rectangle), crs
        self._show_rectangle()
        if self.chosen_kind() == RECTANGLE:
            self.changed.emit()
        self.choose(RECTANGLE)

    def extent(self) -> Optional[MapExtent]:
        """Return the drawn rectangle; None where no rectangle is chosen."""
        if self.chosen_kind() != RECTANGLE or self.rectangle is None:
            return None
        r, crs = self.rectangle, self.rectangle_crs
        return MapExtent((r.xMinimum(), r.yMinimum(), r.xMaximum(), r.yMaximum()), crs.authid() or crs.toWkt())

    def _build(self) -> None:
        row = QHBoxLayout()
        label = QLabel(tr("Area"))
        label.setBuddy(self.kind)
        row.addWidget(label)
        row.addWidget(self.kind, 1)
        layout = bare_column(self)
        layout.addLayout(row)
        for widget in (self.draw_button, self.rectangle_text, narrow(self.polygon_layer), self.selected_only):
            layout.addWidget(widget)

    def _kind_changed(self) -> None:
        kind = self.chosen_kind()
        for widget in (self.draw_button, self.rectangle_text):
            widget.setVisible(kind == RECTANGLE)
        for widget in (self.polygon_layer, self.selected_only):
            widget.setVisible(kind == POLYGONS)
        self._show_rectangle()
        self.changed.emit()

    def _draw_at_once(self) -> None:
        """Who chooses a rectangle while there is none wants to draw one."""
        if self.chosen_kind() == RECTANGLE and self.rectangle is None:
            self.draw_wanted.emit()

    def _show_rectangle(self) -> None:
        if self.rectangle is None:
            self.rectangle_text.setText(tr("No rectangle is drawn yet: the whole image would be classified."))
            return
        r, digits = self.rectangle, 5 if self.rectangle_crs.isGeographic() else 1
        self.rectangle_text.setText(
            tr("{width} × {height} {unit}, from {x}, {y} ({crs})").format(
                width=QLocale().toString(r.width(), "f", digits),
                height=QLocale().toString(r.height(), "f", digits),
                unit=QgsUnitTypes.toAbbreviatedString(self.rectangle_crs.mapUnits()),
                x=QLocale().toString(r.xMinimum(), "f", digits),
                y=QLocale().toString(r.yMinimum(), "f", digits),
                crs=self.rectangle_crs.authid().replace(":", ":\u2060") or tr("no CRS"),
            )
        )


def _kinds() -> Tuple[Tuple[str, str], ...]:
    return (
        (LAYER, tr("Whole image")),
        (CANVAS, tr("Visible part of the map")),
        (RECTANGLE, tr("Rectangle on the map")),
        (POLYGONS, tr("Polygons of a layer")),
    )
