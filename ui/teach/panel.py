"""Page on which an image is taught: classes, drawing, the map of the view, what to do with the model."""

from typing import Any, Dict, List, Optional

from qgis.core import QgsMapLayerProxyModel, QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QSlider,
    QWidget,
)

from ..base.buttons import Button, CheckBox, IconButton
from ..base.i18n import tr
from ..base.widgets import MutedLabel, WrappingLabel, column_layout, narrow
from .class_list import ClassList
from .drawing_tool import FREEHAND, POINT, POLYGON, RECTANGLE
from .view_map import FIRST_OPACITY


class TeachPanel(QWidget):
    """The page. It knows widgets only: no files are looked at, no engine is started here.

    Signals:
        image_changed: Another image is chosen.
        shape_wanted: Kind of shape to draw; empty to draw none.
        layer_wanted: The user wants to take the polygons of a layer.
        opacity_changed: 0 to 1.
        map_toggled: Whether the map of the view is shown.
        next_wanted, map_wanted, save_wanted: Their buttons were clicked.
    """

    image_changed = pyqtSignal()
    shape_wanted = pyqtSignal(str)
    layer_wanted = pyqtSignal()
    opacity_changed = pyqtSignal(float)
    map_toggled = pyqtSignal(bool)
    next_wanted = pyqtSignal()
    map_wanted = pyqtSignal()
    save_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.layer_combo = narrow(QgsMapLayerComboBox())
        self.classes = ClassList()
        self.subclass = QLineEdit()
        self.shape_buttons = _shape_buttons()
        self.from_layer = IconButton("mActionAddOgrLayer.svg", tr("Take the polygons of a layer as examples …"))
        self.show_map = CheckBox(tr("Map"), tr("Show the map of the view"))
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.progress = QProgressBar()
        self.sentence = WrappingLabel()
        self.place = WrappingLabel()
        self.agreement = MutedLabel()
        self.next_button = Button(
            tr("Where next?"), tr("Go to the place where another example helps most (key N while drawing)")
        )
        self.map_button = Button(
            tr("Map the whole layer"), tr("Map the whole image with what was learnt, with areas, polygons and report")
        )
        self.save_button = Button(tr("Save model …"), tr("Save the model in a file: it maps other images as well"))
        self._group = QButtonGroup(self)
        self._set_up()
        self._build()
        self._connect()
        self.show_taught(False)

    def current_layer(self) -> Optional[QgsRasterLayer]:
        """Return the chosen image; None if there is none."""
        layer = self.layer_combo.currentLayer()
        return layer if isinstance(layer, QgsRasterLayer) else None

    def shape(self) -> str:
        """Return the kind of shape whose button is down; empty for none."""
        return next((shape for shape, button in self.shape_buttons.items() if button.isChecked()), "")

    def choose_shape(self, shape: str) -> None:
        """Press the button of a shape without telling; empty releases all."""
        self._group.setExclusive(False)
        for key, button in self.shape_buttons.items():
            button.setChecked(key == shape)
        self._group.setExclusive(True)

    def show_sentence(self, text: str) -> None:
        """Say what is going on, or what to do."""
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))

    def show_place(self, text: str) -> None:
        """Say what is asked about the place that the map shows; an empty text takes the line away."""
        self.place.setText(text)
        self.place.setVisible(bool(text))

    def show_progress(self, done: int, total: int) -> None:
        """Show that features are being computed; done equal to total takes the bar away."""
        self.progress.setMaximum(max(1, total))
        self.progress.setValue(done)
        self.progress.setVisible(done < total)

    def show_taught(self, is_taught: bool) -> None:
        """Allow or forbid what needs a model."""
        for button in (self.next_button, self.map_button, self.save_button):
            button.setEnabled(is_taught)
        self.agreement.setVisible(is_taught and bool(self.agreement.text()))

    def show_agreement(self, text: str) -> None:
        """Show how many left-out examples are recognised."""
        self.agreement.setText(text)
        self.agreement.setVisible(bool(text))

    def _set_up(self) -> None:
        self.layer_combo.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layer_combo.setToolTip(tr("Image that is taught"))
        self.layer_combo.setAccessibleName(tr("Image"))
        self.subclass.setPlaceholderText(tr("kind, e.g. tin roof (optional)"))
        self.subclass.setAccessibleName(tr("Kind inside the class"))
        self.subclass.setToolTip(
            tr("Kinds that look different are learnt apart, and shown as one class: red, grey and tin roofs.")
        )
        self.show_map.setChecked(True)
        self.opacity.setRange(0, 100)
        self.opacity.setValue(round(100 * FIRST_OPACITY))
        self.opacity.setToolTip(tr("How much the map covers the image"))
        self.opacity.setAccessibleName(tr("Opacity of the map"))
        self.progress.setVisible(False)
        self.progress.setFormat(tr("Looking at the view: %p %"))
        self.show_sentence("")
        self.show_place("")
        self.agreement.setToolTip(
            tr(
                "Each example is left out once, and the others say what it is. Examples lie where you drew them, "
                "so this is not the accuracy of the map."
            )
        )

    def _build(self) -> None:
        draw = QHBoxLayout()
        draw.setSpacing(2)
        draw.addWidget(QLabel(tr("Draw:")))
        for button in (*self.shape_buttons.values(), self.from_layer):
            draw.addWidget(button)
        draw.addStretch(1)
        shown = QHBoxLayout()
        shown.addWidget(self.show_map)
        shown.addWidget(self.opacity, 1)
        last = QHBoxLayout()
        last.addWidget(self.map_button, 1)
        last.addWidget(self.save_button)
        layout = column_layout(self)
        layout.addWidget(self.layer_combo)
        layout.addWidget(self.classes, 1)
        layout.addWidget(self.subclass)
        layout.addLayout(draw)
        layout.addLayout(shown)
        layout.addWidget(self.progress)
        layout.addWidget(self.sentence)
        layout.addWidget(self.next_button)
        layout.addWidget(self.place)
        layout.addWidget(self.agreement)
        layout.addLayout(last)

    def _connect(self) -> None:
        self.layer_combo.layerChanged.connect(lambda _layer: self.image_changed.emit())
        for shape, button in self.shape_buttons.items():
            self._group.addButton(button)
            button.clicked.connect(lambda _down=False, s=shape: self.shape_wanted.emit(s))
        self.from_layer.clicked.connect(self.layer_wanted)
        self.opacity.valueChanged.connect(lambda value: self.opacity_changed.emit(value / 100))
        self.show_map.toggled.connect(self.map_toggled)
        self.next_button.clicked.connect(self.next_wanted)
        self.map_button.clicked.connect(self.map_wanted)
        self.save_button.clicked.connect(self.save_wanted)


def agreement_text(data: Dict[str, Any]) -> str:
    """Return the line on left-out examples, from the engine's answer."""
    if not data["examples"]:
        return tr("Draw a second example of a class, and this line says how well the examples agree.")
    low, high = (round(100 * share) for share in data["interval_95"])
    text = tr("Agreement with left-out examples: {right} of {n} polygons ({low}–{high} %).").format(
        right=data["right"], n=data["examples"], low=low, high=high
    )
    parts: List[str] = [text]
    if data["weakest"]:
        parts.append(tr("Weakest: {name}.").format(name=data["weakest"]))
    parts.append(tr("Not the accuracy of the map."))
    return " ".join(parts)


def _shape_buttons() -> Dict[str, IconButton]:
    icons = {
        POLYGON: ("mActionCapturePolygon.svg", tr("Polygon: click corners, right-click to end")),
        FREEHAND: ("mActionStreamingDigitize.svg", tr("Freehand: drag around the place")),
        RECTANGLE: ("mActionRectangleExtent.svg", tr("Rectangle: drag from corner to corner")),
        POINT: ("mActionCapturePoint.svg", tr("Point: click; a few pixels around it become the example")),
    }
    buttons = {shape: IconButton(icon, tip) for shape, (icon, tip) in icons.items()}
    for button in buttons.values():
        button.setCheckable(True)
    return buttons
