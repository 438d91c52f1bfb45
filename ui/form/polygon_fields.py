"""Fields for polygons: which formats, and how borders and small patches are treated. Used before a run and after it."""

from typing import Tuple

from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QFormLayout, QGridLayout, QWidget

from ...engine.contract.job import PolygonSpec, VectorFormat
from ..base.buttons import CheckBox
from ..base.i18n import tr

TITLES = {
    VectorFormat.GEOPACKAGE: "GeoPackage",
    VectorFormat.SHAPEFILE: "Shapefile",
    VectorFormat.GEOJSON: "GeoJSON",
    VectorFormat.FLATGEOBUF: "FlatGeobuf",
}


class FormatBoxes(QWidget):
    """A box to tick for each polygon format.

    Signals:
        changed: A box was ticked or cleared.
    """

    changed = pyqtSignal()

    def __init__(self, ticked: Tuple[str, ...] = ("gpkg", "shp")) -> None:
        super().__init__()
        tip = tr("Write the polygons as {format}")
        self.boxes = {kind.value: CheckBox(title, tip.format(format=title)) for kind, title in TITLES.items()}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for index, (key, box) in enumerate(self.boxes.items()):
            box.setChecked(key in ticked)
            box.toggled.connect(lambda _on: self.changed.emit())
            grid.addWidget(box, index // 2, index % 2)

    def __getitem__(self, key: str) -> CheckBox:
        return self.boxes[key]

    def chosen(self) -> Tuple[VectorFormat, ...]:
        """Return the formats that are ticked."""
        return tuple(VectorFormat(key) for key, box in self.boxes.items() if box.isChecked())

    def choose(self, formats: Tuple[str, ...]) -> None:
        """Tick these formats, by their keys, and no others."""
        for key, box in self.boxes.items():
            box.setChecked(key in formats)


class BorderFields(QObject):
    """Smallest patch, simplification, rounding, and whether classes are kept apart.

    Args:
        with_layers: True to offer a layer for each class.

    Signals:
        changed: Another value.
    """

    changed = pyqtSignal()

    def __init__(self, *, with_layers: bool = False) -> None:
        super().__init__()
        self.minimum_area = _spin(tr(" m²"), tr("Keep all"))
        self.minimum_area.setToolTip(tr("Smaller patches join the neighbour they share most border with."))
        self.simplify = _spin(tr(" m"), tr("Off"))
        self.simplify.setToolTip(tr("Borders are simplified once for both neighbours, so no gaps appear."))
        tip = tr("Cut the corners of the borders, once for both neighbours, so no gaps appear.")
        self.smooth = CheckBox(tr("Round the borders"), tip)
        tip = tr("A layer, or a file, for each class instead of one for all")
        self.layer_per_class = CheckBox(tr("One polygon layer per class"), tip)
        self._with_layers = with_layers
        for spin in (self.minimum_area, self.simplify):
            spin.valueChanged.connect(lambda _value: self.changed.emit())
        for box in (self.smooth, self.layer_per_class):
            box.toggled.connect(lambda _on: self.changed.emit())

    def add_to(self, form: QFormLayout) -> None:
        """Put the fields into a form."""
        form.addRow(tr("Smallest patch"), self.minimum_area)
        form.addRow(tr("Simplify borders"), self.simplify)
        form.addRow(self.smooth)
        if self._with_layers:
            form.addRow(self.layer_per_class)

    def spec(self) -> PolygonSpec:
        """Return what the fields say."""
        return PolygonSpec(
            minimum_mapping_unit_m2=self.minimum_area.value(),
            simplify_m=self.simplify.value(),
            smooth=self.smooth.isChecked(),
            layer_per_class=self._with_layers and self.layer_per_class.isChecked(),
        )

    def show_spec(self, spec: PolygonSpec) -> None:
        """Show these values."""
        self.minimum_area.setValue(spec.minimum_mapping_unit_m2)
        self.simplify.setValue(spec.simplify_m)
        self.smooth.setChecked(spec.smooth)
        self.layer_per_class.setChecked(spec.layer_per_class)


def _spin(suffix: str, at_zero: str) -> QDoubleSpinBox:
    spin = QDoubleSpinBox()
    spin.setRange(0.0, 1e7)
    spin.setDecimals(1)
    spin.setSuffix(suffix)
    spin.setSpecialValueText(at_zero)
    return spin
