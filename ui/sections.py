"""The parts of the form: what is asked of the user, section by section."""

from typing import Iterable, Optional, Tuple

from qgis.core import QgsMapLayerProxyModel, QgsRasterLayer
from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget, QgsMapLayerComboBox, QgsRasterBandComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
)

from .i18n import tr
from .model_info import ModelInfo, list_methods
from .raster_facts import InputCard, color_bands
from .widgets import MutedLabel, Notes, column_layout, form_layout, theme_icon


class InputSection(QGroupBox):
    """Which raster."""

    file_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Image"))
        self.layer_combo = QgsMapLayerComboBox()
        self.layer_combo.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layer_combo.setToolTip(tr("Raster layer to classify"))
        self.open_button = QToolButton()
        self.open_button.setIcon(theme_icon("mActionFileOpen.svg"))
        self.open_button.setToolTip(tr("Open an image file that is not in the project"))
        self.open_button.clicked.connect(self.file_wanted)
        self.summary = MutedLabel()
        self.notes = Notes()
        row = QHBoxLayout()
        row.addWidget(self.layer_combo, 1)
        row.addWidget(self.open_button)
        layout = column_layout(self)
        layout.addLayout(row)
        layout.addWidget(self.summary)
        layout.addWidget(self.notes)

    def show_card(self, card: InputCard) -> None:
        """Show what was found in the chosen layer."""
        self.summary.setText(card.summary)
        self.summary.setVisible(bool(card.summary))
        self.notes.show_notes([("error", card.refusal), *(("warning", w) for w in card.warnings)])


class MethodSection(QGroupBox):
    """Which system, and at which trade-off."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Method"))
        self.method_combo = QComboBox()
        for info in list_methods():
            self.method_combo.addItem(info.title, info.key)
        self.sentence = MutedLabel()
        self.model_line = MutedLabel()
        self.notes = Notes()
        self.preset_combo = QComboBox()
        for key, title, tip in _presets():
            self.preset_combo.addItem(title, key)
            self.preset_combo.setItemData(self.preset_combo.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.preset_sentence = MutedLabel()
        self.device_combo = QComboBox()
        self.offer_devices([("cpu", tr("CPU"))])
        self._build()
        self.method_combo.currentIndexChanged.connect(self._method_changed)
        self.preset_combo.currentIndexChanged.connect(self._preset_changed)
        self._method_changed()
        self._preset_changed()

    def show_model(self, model: Optional[ModelInfo]) -> None:
        """Show the card of the checkpoint that would be used; None if there is none."""
        if model is None:
            self.model_line.hide()
            self.notes.show_notes(
                [("error", tr("There is no starter checkpoint for this method: choose a checkpoint under Advanced."))]
            )
            return
        text = tr("{title}: {n} classes, made for {m} m per pixel.")
        self.model_line.setText(
            text.format(title=model.title, n=len(model.class_names), m=f"{model.ground_resolution_m:.3g}")
        )
        self.model_line.show()
        self.notes.show_notes([("warning", model.notice)])

    def offer_devices(self, devices: Iterable[Tuple[str, str]]) -> None:
        """Offer (name, title) pairs beside the automatic choice; what is chosen stays chosen."""
        chosen = self.device_combo.currentData()
        self.device_combo.clear()
        for name, title in (("auto", tr("Automatic")), *devices):
            self.device_combo.addItem(title, name)
        self.choose_device(chosen or "auto")

    def choose_device(self, name: str) -> None:
        """Choose a device; one that is not known (yet) is offered by its bare name."""
        if self.device_combo.findData(name) < 0:
            self.device_combo.addItem(name, name)
        self.device_combo.setCurrentIndex(self.device_combo.findData(name))

    def _build(self) -> None:
        layout = column_layout(self)
        layout.addWidget(self.method_combo)
        for widget in (self.sentence, self.model_line, self.notes):
            layout.addWidget(widget)
        form = form_layout()
        form.addRow(tr("Preset"), self.preset_combo)
        form.addRow(self.preset_sentence)
        form.addRow(tr("Device"), self.device_combo)
        layout.addLayout(form)

    def _method_changed(self) -> None:
        key = self.method_combo.currentData()
        self.sentence.setText(next(info.sentence for info in list_methods() if info.key == key))
        self.changed.emit()

    def _preset_changed(self) -> None:
        key = self.preset_combo.currentData()
        self.preset_sentence.setText(next(tip for k, _, tip in _presets() if k == key))


class OutputSection(QGroupBox):
    """Where the results go, and which."""

    FORMATS = (("gpkg", "GeoPackage"), ("shp", "Shapefile"), ("geojson", "GeoJSON"), ("fgb", "FlatGeobuf"))

    def __init__(self) -> None:
        super().__init__(tr("Results"))
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setDialogTitle(tr("Folder for the results"))
        self.name = QLineEdit()
        self.name.setToolTip(tr("File name of the results, without extension. A number is added if it is taken."))
        self.formats = {key: QCheckBox(title) for key, title in self.FORMATS}
        for key in ("gpkg", "shp"):
            self.formats[key].setChecked(True)
        form = form_layout(self)
        form.addRow(tr("Folder"), self.folder)
        form.addRow(tr("Name"), self.name)
        grid = QGridLayout()
        for index, box in enumerate(self.formats.values()):
            grid.addWidget(box, index // 2, index % 2)
        form.addRow(tr("Polygons"), grid)

    def chosen_formats(self) -> Tuple[str, ...]:
        """Return the polygon formats that are ticked."""
        return tuple(key for key, box in self.formats.items() if box.isChecked())


class AdvancedSection(QgsCollapsibleGroupBox):
    """What most people leave alone."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Advanced"))
        self.setCollapsed(True)
        self.area_combo = QComboBox()
        self.area_combo.addItem(tr("Whole layer"), "layer")
        self.area_combo.addItem(tr("Visible part of the map"), "canvas")
        self.minimum_area = _spin(tr(" m²"), tr("Keep all"))
        self.minimum_area.setToolTip(tr("Smaller patches join the neighbour they share most border with."))
        self.simplify = _spin(tr(" m"), tr("Off"))
        self.simplify.setToolTip(tr("Borders are simplified once for both neighbours, so no gaps appear."))
        self.checkpoint = QgsFileWidget()
        self.checkpoint.setFilter(tr("Checkpoints") + " (*.safetensors)")
        self.checkpoint.lineEdit().setPlaceholderText(tr("Starter of the method"))
        self.checkpoint.fileChanged.connect(lambda _path: self.changed.emit())
        self.choose_bands = QCheckBox(tr("Choose bands"))
        self.bands = tuple(QgsRasterBandComboBox() for _ in range(3))
        self.skip_unreadable = QCheckBox(tr("Leave unreadable blocks empty"))
        self.skip_unreadable.setToolTip(tr("Otherwise a damaged block ends the run."))
        self._build()

    def set_layer(self, layer: Optional[QgsRasterLayer]) -> None:
        """Offer the bands of a layer, red, green and blue first where it says which they are."""
        for combo in self.bands:
            combo.setLayer(layer)
        if layer is not None:
            for combo, band in zip(self.bands, color_bands(layer)):  # noqa: B905 - not in Python 3.9
                combo.setBand(band)

    def chosen_bands(self) -> Tuple[int, ...]:
        """Return red, green and blue band; empty to let the engine find them."""
        return tuple(combo.currentBand() for combo in self.bands) if self.choose_bands.isChecked() else ()

    def _build(self) -> None:
        form = form_layout(self)
        form.addRow(tr("Area"), self.area_combo)
        form.addRow(tr("Smallest patch"), self.minimum_area)
        form.addRow(tr("Smooth borders"), self.simplify)
        form.addRow(tr("Checkpoint"), self.checkpoint)
        form.addRow("", self.choose_bands)
        for text, combo in zip((tr("Red"), tr("Green"), tr("Blue")), self.bands):  # noqa: B905 - not in Python 3.9
            combo.setEnabled(False)
            self.choose_bands.toggled.connect(combo.setEnabled)
            form.addRow(text, combo)
        form.addRow("", self.skip_unreadable)


def _presets() -> Tuple[Tuple[str, str, str], ...]:
    return (
        ("speed", tr("Fast"), tr("Uses the memory that is free to finish sooner. The map is the same.")),
        ("balanced", tr("Balanced"), tr("Leaves room for other programs. The map is the same.")),
        ("memory", tr("Low memory"), tr("Takes the least memory, and more time. The map is the same.")),
    )


def _spin(suffix: str, at_zero: str) -> QDoubleSpinBox:
    spin = QDoubleSpinBox()
    spin.setRange(0.0, 1e7)
    spin.setDecimals(1)
    spin.setSuffix(suffix)
    spin.setSpecialValueText(at_zero)
    return spin
