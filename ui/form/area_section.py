"""The part of the form that says which part of the image is classified."""

from typing import Optional, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayerProxyModel,
    QgsRectangle,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.gui import QgsCollapsibleGroupBox, QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QPushButton

from ..base.i18n import tr
from ..base.widgets import MutedLabel, folding_form, theme_icon

LAYER, CANVAS, RECTANGLE, POLYGONS = "layer", "canvas", "rectangle", "polygons"


class AreaSection(QgsCollapsibleGroupBox):
    """Whole layer, what the map shows, a drawn rectangle, or the polygons of a layer.

    Signals:
        changed: Something else is chosen.
        draw_wanted: The user wants to draw the rectangle on the map.
    """

    changed = pyqtSignal()
    draw_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Area"))
        self.setCollapsed(True)
        self.kind = QComboBox()
        self.kind.setToolTip(tr("Which part of the image is classified"))
        for key, title in _kinds():
            self.kind.addItem(title, key)
        self.draw_button = QPushButton(theme_icon("mActionAddBasicRectangle.svg"), tr("Draw on the map"))
        self.draw_button.setToolTip(tr("Drag a rectangle over the map; Esc ends it"))
        self.rectangle_text = MutedLabel()
        self.polygon_layer = QgsMapLayerComboBox()
        self.polygon_layer.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.polygon_layer.setToolTip(tr("Pixels whose centre lies in a polygon of this layer are classified"))
        self.selected_only = QCheckBox(tr("Selected polygons only"))
        self.selected_only.setToolTip(tr("Take only the polygons that are selected in that layer"))
        self.rectangle: Optional[QgsRectangle] = None
        self.rectangle_crs = QgsCoordinateReferenceSystem()
        self._build()
        self.kind.currentIndexChanged.connect(lambda _index: self._kind_changed())
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

    def extent(self) -> Tuple[Optional[Tuple[float, float, float, float]], str]:
        """Return the drawn rectangle and its CRS as text; None where no rectangle is chosen."""
        if self.chosen_kind() != RECTANGLE or self.rectangle is None:
            return None, ""
        r, crs = self.rectangle, self.rectangle_crs
        return (r.xMinimum(), r.yMinimum(), r.xMaximum(), r.yMaximum()), crs.authid() or crs.toWkt()

    def _build(self) -> None:
        form = folding_form(self)
        form.addRow(tr("Classify"), self.kind)
        form.addRow("", self.draw_button)
        form.addRow("", self.rectangle_text)
        form.addRow(tr("Layer"), self.polygon_layer)
        form.addRow("", self.selected_only)
        self._layer_label = form.labelForField(self.polygon_layer)

    def _kind_changed(self) -> None:
        kind = self.chosen_kind()
        for widget in (self.draw_button, self.rectangle_text):
            widget.setVisible(kind == RECTANGLE)
        for widget in (self.polygon_layer, self.selected_only, self._layer_label):
            widget.setVisible(kind == POLYGONS)
        title = "" if kind == LAYER else self.kind.currentText()
        self.setTitle(tr("Area: {kind}").format(kind=title) if title else tr("Area"))
        self._show_rectangle()
        self.changed.emit()

    def _show_rectangle(self) -> None:
        if self.rectangle is None:
            self.rectangle_text.setText(tr("No rectangle is drawn yet: the whole layer would be classified."))
            return
        r, digits = self.rectangle, 5 if self.rectangle_crs.isGeographic() else 1
        self.rectangle_text.setText(
            tr("{width} × {height} {unit}, from {x}, {y} ({crs})").format(
                width=f"{r.width():.{digits}f}",
                height=f"{r.height():.{digits}f}",
                unit=QgsUnitTypes.toAbbreviatedString(self.rectangle_crs.mapUnits()),
                x=f"{r.xMinimum():.{digits}f}",
                y=f"{r.yMinimum():.{digits}f}",
                crs=self.rectangle_crs.authid().replace(":", ":\u2060") or tr("no CRS"),
            )
        )


def _kinds() -> Tuple[Tuple[str, str], ...]:
    return (
        (LAYER, tr("Whole layer")),
        (CANVAS, tr("Visible part of the map")),
        (RECTANGLE, tr("Rectangle on the map")),
        (POLYGONS, tr("Polygons of a layer")),
    )
