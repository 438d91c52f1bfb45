"""Page on which a finished map is corrected: which map, what an outline becomes, how to draw it, undo."""

from typing import Dict, List, Optional, Tuple

from qgis.core import QgsMapLayerProxyModel, QgsPalettedRasterRenderer, QgsRasterLayer
from qgis.gui import QgsCheckableComboBox, QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QWidget,
)

from ..base.buttons import Button, IconButton
from ..base.i18n import tr
from ..base.widgets import MutedLabel, WrappingLabel, column_layout, form_layout, narrow, swatch
from ..teach.drawing_tool import FREEHAND, POLYGON, RECTANGLE

PICK = "pick"
ID_ROLE = Qt.ItemDataRole.UserRole


class CorrectPanel(QWidget):
    """The page. It knows widgets only.

    Signals:
        map_changed: Another map is chosen.
        shape_wanted: Kind of outline to draw, or PICK.
        undo_wanted, undo_all_wanted, example_wanted: Their buttons were clicked.
    """

    map_changed = pyqtSignal()
    shape_wanted = pyqtSignal(str)
    undo_wanted = pyqtSignal()
    undo_all_wanted = pyqtSignal()
    example_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.map_combo = narrow(QgsMapLayerComboBox())
        self.new_class = narrow(QComboBox())
        self.old_classes = QgsCheckableComboBox()
        self.reason = QLineEdit()
        self.shape_buttons = _shape_buttons()
        self.count = MutedLabel()
        self.busy = QProgressBar()
        self.sentence = WrappingLabel()
        self.undo_button = Button(tr("Undo the last"), tr("Take back the last correction"))
        self.undo_all_button = Button(
            tr("Undo all"), tr("Take back all corrections: every file is what it was, byte for byte")
        )
        self.example_button = Button(tr("Last one as an example"), tr("Teach with the outline that was corrected last"))
        self._group = QButtonGroup(self)
        self._set_up()
        self._build()
        self.show_count(0)

    def current_map(self) -> Optional[QgsRasterLayer]:
        """Return the chosen map; None if there is none."""
        layer = self.map_combo.currentLayer()
        return layer if isinstance(layer, QgsRasterLayer) else None

    def chosen_class(self) -> str:
        """Return the name of the class that outlines get; empty if there is none."""
        return self.new_class.currentText()

    def source_classes(self) -> Tuple[str, ...]:
        """Return the names of the classes that change; empty for all."""
        return tuple(self.old_classes.checkedItems())

    def show_classes(self, layer: Optional[QgsRasterLayer]) -> None:
        """Offer the classes of a map."""
        kept = self.chosen_class()
        self.new_class.clear()
        self.old_classes.clear()
        for name, color in classes_of(layer):
            self.new_class.addItem(swatch(color), name)
            self.old_classes.addItem(name)
        self.new_class.setCurrentIndex(max(0, self.new_class.findText(kept)))

    def choose_shape(self, shape: str) -> None:
        """Press the button of a way to draw without telling; empty releases all."""
        self._group.setExclusive(False)
        for key, button in self.shape_buttons.items():
            button.setChecked(key == shape)
        self._group.setExclusive(True)

    def show_count(self, count: int) -> None:
        """Show how many corrections the map has."""
        self.count.setText(tr("Corrections of this map: {n}").format(n=count))
        self.undo_button.setEnabled(count > 0)
        self.undo_all_button.setEnabled(count > 0)

    def show_busy(self, is_busy: bool) -> None:
        """Show that the map is being made again; no other change is taken meanwhile."""
        self.busy.setVisible(is_busy)
        for widget in (*self.shape_buttons.values(), self.undo_button, self.undo_all_button, self.map_combo):
            widget.setEnabled(not is_busy)

    def show_sentence(self, text: str) -> None:
        """Say what is going on, or what to do."""
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))

    def _set_up(self) -> None:
        self.map_combo.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.map_combo.setToolTip(tr("Finished map that is corrected"))
        self.map_combo.setAccessibleName(tr("Map"))
        self.new_class.setToolTip(tr("Class that the outline gets"))
        self.old_classes.setToolTip(tr("Only pixels of these classes change; tick none to change all"))
        self.old_classes.setDefaultText(tr("all"))
        self.reason.setToolTip(tr("Kept with the correction, for the record"))
        self.reason.setPlaceholderText(tr("optional"))
        self.example_button.setEnabled(False)
        self.busy.setRange(0, 0)
        self.busy.setVisible(False)
        self.show_sentence("")
        self.map_combo.layerChanged.connect(lambda _layer: self.map_changed.emit())
        self.undo_button.clicked.connect(self.undo_wanted)
        self.undo_all_button.clicked.connect(self.undo_all_wanted)
        self.example_button.clicked.connect(self.example_wanted)
        for shape, button in self.shape_buttons.items():
            self._group.addButton(button)
            button.clicked.connect(lambda _down=False, s=shape: self.shape_wanted.emit(s))

    def _build(self) -> None:
        draw = QHBoxLayout()
        draw.setSpacing(2)
        draw.addWidget(QLabel(tr("Draw:")))
        for button in self.shape_buttons.values():
            draw.addWidget(button)
        draw.addStretch(1)
        form: QFormLayout = form_layout()
        form.addRow(tr("Becomes"), self.new_class)
        form.addRow(tr("Only where it is"), self.old_classes)
        form.addRow(tr("Reason"), self.reason)
        undo = QHBoxLayout()
        undo.addWidget(self.undo_button)
        undo.addWidget(self.undo_all_button)
        layout = column_layout(self)
        layout.addWidget(self.map_combo)
        layout.addLayout(form)
        layout.addLayout(draw)
        layout.addWidget(self.busy)
        layout.addWidget(self.sentence)
        layout.addWidget(self.count)
        layout.addLayout(undo)
        layout.addWidget(self.example_button)
        layout.addStretch(1)


def classes_of(layer: Optional[QgsRasterLayer]) -> List[Tuple[str, Tuple[int, int, int]]]:
    """Return name and colour of the classes that a map is drawn with."""
    renderer = layer.renderer() if layer is not None else None
    if not isinstance(renderer, QgsPalettedRasterRenderer):
        return []
    return [(c.label, c.color.getRgb()[:3]) for c in renderer.classes()]


def _shape_buttons() -> Dict[str, IconButton]:
    icons = {
        POLYGON: ("mActionCapturePolygon.svg", tr("Polygon: click corners, right-click to end")),
        FREEHAND: ("mActionStreamingDigitize.svg", tr("Freehand: drag around the place")),
        RECTANGLE: ("mActionRectangleExtent.svg", tr("Rectangle: drag from corner to corner")),
        PICK: ("mActionSelectRectangle.svg", tr("Click a polygon of the map: all of it gets the class")),
    }
    buttons = {shape: IconButton(icon, tip) for shape, (icon, tip) in icons.items()}
    for button in buttons.values():
        button.setCheckable(True)
    return buttons
