"""The parts of the form about the results: where they go, which ones, and how the polygons are made."""

from typing import Tuple

from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QGridLayout, QGroupBox, QLineEdit, QWidget

from ..base.i18n import tr
from ..base.widgets import folding_form, form_layout

FORMATS = (("gpkg", "GeoPackage"), ("shp", "Shapefile"), ("geojson", "GeoJSON"), ("fgb", "FlatGeobuf"))


class OutputSection(QGroupBox):
    """Where the results go, and which.

    Signals:
        changed: Another folder, name or set of results.
    """

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Results"))
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setDialogTitle(tr("Folder for the results"))
        self.folder.setToolTip(tr("Folder that receives the results; it is made if it does not exist"))
        self.name = QLineEdit()
        self.name.setToolTip(tr("File name of the results, without extension. A number is added if it is taken."))
        self.formats = FormatBoxes()
        self.report = QCheckBox(tr("Report (HTML)"))
        self.report.setToolTip(tr("One page with the map, the areas, the recipe and the warnings, to read or print"))
        form = form_layout(self)
        form.addRow(tr("Folder"), self.folder)
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Polygons"), self.formats)
        form.addRow("", self.report)
        self.folder.fileChanged.connect(lambda _path: self.changed.emit())
        self.formats.changed.connect(self.changed)
        self.report.toggled.connect(lambda _on: self.changed.emit())


class FormatBoxes(QWidget):
    """A box to tick for each polygon format.

    Signals:
        changed: A box was ticked or cleared.
    """

    changed = pyqtSignal()

    def __init__(self, ticked: Tuple[str, ...] = ("gpkg", "shp")) -> None:
        super().__init__()
        self.boxes = {key: QCheckBox(title) for key, title in FORMATS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for index, (key, box) in enumerate(self.boxes.items()):
            box.setChecked(key in ticked)
            box.setToolTip(tr("Write the polygons as {format}").format(format=box.text()))
            box.toggled.connect(lambda _on: self.changed.emit())
            grid.addWidget(box, index // 2, index % 2)

    def __getitem__(self, key: str) -> QCheckBox:
        return self.boxes[key]

    def chosen(self) -> Tuple[str, ...]:
        """Return the formats that are ticked."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def choose(self, formats: Tuple[str, ...]) -> None:
        """Tick these formats and no others."""
        for key, box in self.boxes.items():
            box.setChecked(key in formats)


class DetailSection(QgsCollapsibleGroupBox):
    """Further results, and how borders and small patches are treated.

    Signals:
        changed: Another choice.
    """

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Results in detail"))
        self.setCollapsed(True)
        self.borders = BorderFields()
        self.layer_per_class = QCheckBox(tr("One polygon layer per class"))
        self.layer_per_class.setToolTip(tr("A layer, or a file, for each class instead of one for all"))
        self.confidence = QCheckBox(tr("Confidence raster"))
        self.confidence.setToolTip(
            tr("How sure the model was of each pixel, in per cent; it is not the chance of being right")
        )
        self.looked_at_twice = QCheckBox(tr("Patches that PPN looked at twice"))
        self.looked_at_twice.setToolTip(tr("The patches that the method chose to refine, as polygons"))
        self.raster_format = QComboBox()
        self.raster_format.addItem(tr("GeoTIFF"), "gtiff")
        self.raster_format.addItem(tr("Cloud-optimised GeoTIFF"), "cog")
        self.raster_format.setToolTip(tr("Layout of the class raster; both open in every GIS"))
        form = folding_form(self)
        self.borders.add_to(form)
        form.addRow("", self.layer_per_class)
        form.addRow("", self.confidence)
        form.addRow("", self.looked_at_twice)
        form.addRow(tr("Class raster"), self.raster_format)
        for box in (self.layer_per_class, self.confidence, self.looked_at_twice):
            box.toggled.connect(lambda _on: self.changed.emit())
        self.raster_format.currentIndexChanged.connect(lambda _index: self.changed.emit())
        for spin in (self.borders.minimum_area, self.borders.simplify):
            spin.valueChanged.connect(lambda _value: self.changed.emit())
        self.borders.smooth.toggled.connect(lambda _on: self.changed.emit())

    def show_method(self, method: str) -> None:
        """Offer what only this method has."""
        self.looked_at_twice.setVisible(method == "ppn")


class BorderFields:
    """The three fields that say how polygons are cleaned; used before a run and after it."""

    def __init__(self) -> None:
        self.minimum_area = _spin(tr(" m²"), tr("Keep all"))
        self.minimum_area.setToolTip(tr("Smaller patches join the neighbour they share most border with."))
        self.simplify = _spin(tr(" m"), tr("Off"))
        self.simplify.setToolTip(tr("Borders are simplified once for both neighbours, so no gaps appear."))
        self.smooth = QCheckBox(tr("Round the borders"))
        self.smooth.setToolTip(tr("Cut the corners of the borders, once for both neighbours, so no gaps appear."))

    def add_to(self, form) -> None:
        """Put the fields into a form."""
        form.addRow(tr("Smallest patch"), self.minimum_area)
        form.addRow(tr("Simplify borders"), self.simplify)
        form.addRow("", self.smooth)

    def set_values(self, minimum_area_m2: float, simplify_m: float, smooth: bool) -> None:
        """Show these values."""
        self.minimum_area.setValue(minimum_area_m2)
        self.simplify.setValue(simplify_m)
        self.smooth.setChecked(smooth)


def _spin(suffix: str, at_zero: str) -> QDoubleSpinBox:
    spin = QDoubleSpinBox()
    spin.setRange(0.0, 1e7)
    spin.setDecimals(1)
    spin.setSuffix(suffix)
    spin.setSpecialValueText(at_zero)
    return spin
