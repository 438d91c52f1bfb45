"""The parts of the form: what is asked of the user, section by section."""

from typing import Iterable, Optional, Tuple

from qgis.core import QgsMapLayerProxyModel, QgsRasterLayer
from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget, QgsMapLayerComboBox, QgsRasterBandComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QPushButton,
    QToolButton,
)

from ..base.i18n import tr
from ..base.widgets import MutedLabel, Notes, column_layout, folding_form, form_layout, theme_icon
from ..image.raster_facts import InputCard, color_bands
from ..model_store.card import notice_sentence, weak_sentence
from ..model_store.info import ModelInfo, list_methods


class InputSection(QGroupBox):
    """Which raster.

    Signals:
        file_wanted: The user wants to open an image file.
        sample_wanted: The user wants an image to try the plugin with.
        render_wanted: The user wants a part of a layer that is no file as a file.
    """

    file_wanted = pyqtSignal()
    sample_wanted = pyqtSignal()
    render_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Image"))
        self.layer_combo = QgsMapLayerComboBox()
        self.layer_combo.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layer_combo.setToolTip(tr("Raster layer to classify"))
        self.layer_combo.setAccessibleName(tr("Image"))
        self.open_button = QToolButton()
        self.open_button.setIcon(theme_icon("mActionFileOpen.svg"))
        self.open_button.setToolTip(tr("Open an image file that is not in the project"))
        self.open_button.clicked.connect(self.file_wanted)
        self.summary = MutedLabel()
        self.notes = Notes()
        self.sample_button = QPushButton(tr("Try with a sample scene"))
        self.sample_button.setToolTip(tr("Adds an aerial photograph that comes with the plugin"))
        self.sample_button.clicked.connect(self.sample_wanted)
        self.render_button = QPushButton(tr("Make a file of it"))
        self.render_button.setToolTip(tr("Renders the layer to a GeoTIFF and chooses that"))
        self.render_button.clicked.connect(self.render_wanted)
        self.render_button.hide()
        row = QHBoxLayout()
        row.addWidget(self.layer_combo, 1)
        row.addWidget(self.open_button)
        layout = column_layout(self)
        layout.addLayout(row)
        layout.addWidget(self.summary)
        layout.addWidget(self.notes)
        layout.addWidget(self.sample_button)
        layout.addWidget(self.render_button)

    def show_card(self, card: InputCard) -> None:
        """Show what was found in the chosen layer; offer a sample where there is none."""
        self.sample_button.setVisible(self.layer_combo.count() == 0)
        self.render_button.setVisible(card.can_be_rendered)
        self.summary.setText(card.summary)
        self.summary.setVisible(bool(card.summary))
        self.notes.show_notes([("error", card.refusal), *(("warning", w) for w in card.warnings)])

    def show_rendering(self, busy: bool) -> None:
        """Show that the layer is being rendered."""
        self.render_button.setEnabled(not busy)
        self.render_button.setText(tr("Rendering …") if busy else tr("Make a file of it"))


class MethodSection(QGroupBox):
    """Which system, and at which trade-off.

    Signals:
        changed: Another method.
        trade_changed: Another preset or device; the map stays the same.
        card_wanted: The user wants to read the model card.
        models_wanted: The user wants to look after models.
        import_wanted: The user wants a published checkpoint in place of the starter.
        tune_wanted: The user wants to go on training the model in use.
    """

    changed = pyqtSignal()
    trade_changed = pyqtSignal()
    card_wanted = pyqtSignal()
    models_wanted = pyqtSignal()
    import_wanted = pyqtSignal()
    tune_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Method"))
        self.method_combo = QComboBox()
        for info in list_methods():
            self.method_combo.addItem(info.title, info.key)
        self.sentence = MutedLabel()
        self.model_line = MutedLabel()
        self.notes = Notes()
        self.card_button = QPushButton(tr("Model card…"))
        self.card_button.setToolTip(tr("Classes, figures, training data, licence and limits of the model"))
        self.card_button.clicked.connect(self.card_wanted)
        self.models_button = QPushButton(tr("Models…"))
        self.models_button.setToolTip(tr("All models on this computer: use, import, fine-tune, delete"))
        self.models_button.clicked.connect(self.models_wanted)
        self.import_button = QPushButton(tr("Import another…"))
        self.import_button.setToolTip(tr("Convert a checkpoint that its authors published (GLNet, ISDNet)"))
        self.import_button.clicked.connect(self.import_wanted)
        self.tune_button = QPushButton(tr("Fine-tune…"))
        self.tune_button.setToolTip(tr("Go on training this model on your own images"))
        self.tune_button.clicked.connect(self.tune_wanted)
        self.method_combo.setToolTip(tr("System that classifies the image"))
        self.method_combo.setAccessibleName(tr("Method"))
        self.preset_combo = QComboBox()
        self.preset_combo.setToolTip(tr("Trade-off between time and memory; the map is the same"))
        for key, title, tip in _presets():
            self.preset_combo.addItem(title, key)
            self.preset_combo.setItemData(self.preset_combo.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.preset_sentence = MutedLabel()
        self.device_combo = QComboBox()
        self.device_combo.setToolTip(tr("What computes: the processor, or a graphics card that the engine found"))
        self.device_combo.currentIndexChanged.connect(lambda _index: self.trade_changed.emit())
        self.offer_devices([("cpu", tr("CPU"))])
        self._build()
        self.method_combo.currentIndexChanged.connect(self._method_changed)
        self.preset_combo.currentIndexChanged.connect(self._preset_changed)
        self._method_changed()
        self._preset_changed()

    def show_model(self, model: Optional[ModelInfo]) -> None:
        """Show the card of the checkpoint that would be used; None if there is none."""
        self.card_button.setEnabled(model is not None)
        # A starter is for trying out: the ways to something better stand beside the warning.
        for button in (self.import_button, self.tune_button):
            button.setVisible(model is not None and bool(model.notice))
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
        sentences = (notice_sentence(model.notice), weak_sentence(model))
        self.notes.show_notes([("warning", " ".join(text for text in sentences if text))])

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
        grid = QGridLayout()
        buttons = (self.card_button, self.models_button, self.import_button, self.tune_button)
        for index, button in enumerate(buttons):
            grid.addWidget(button, index // 2, index % 2)
        layout.addLayout(grid)
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
        self.trade_changed.emit()


class AdvancedSection(QgsCollapsibleGroupBox):
    """What most people leave alone.

    Signals:
        checkpoint_changed: Another model.
        changed: Another band or rule.
    """

    checkpoint_changed = pyqtSignal()
    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Advanced"))
        self.setCollapsed(True)
        self.checkpoint = QgsFileWidget()
        self.checkpoint.setFilter(tr("Checkpoints") + " (*.safetensors)")
        self.checkpoint.setToolTip(tr("Model to use instead of the starter that comes with the method"))
        self.checkpoint.lineEdit().setPlaceholderText(tr("Starter of the method"))
        self.choose_bands = QCheckBox(tr("Choose bands"))
        self.choose_bands.setToolTip(tr("Otherwise the bands that say they are red, green and blue are taken"))
        self.bands = tuple(QgsRasterBandComboBox() for _ in range(3))
        self.skip_unreadable = QCheckBox(tr("Leave unreadable blocks empty"))
        self.skip_unreadable.setToolTip(tr("Otherwise a damaged block ends the run."))
        self._build()
        self.checkpoint.fileChanged.connect(lambda _path: self.checkpoint_changed.emit())
        for box in (self.choose_bands, self.skip_unreadable):
            box.toggled.connect(lambda _on: self.changed.emit())
        for combo in self.bands:
            combo.bandChanged.connect(lambda _band: self.changed.emit())

    def set_layer(self, layer: Optional[QgsRasterLayer]) -> None:
        """Offer the bands of a layer, red, green and blue first where it says which they are."""
        for combo in self.bands:
            combo.blockSignals(True)
            combo.setLayer(layer)
        if layer is not None:
            self.choose(color_bands(layer))
        for combo in self.bands:
            combo.blockSignals(False)

    def choose(self, bands: Iterable[int]) -> None:
        """Show these bands as red, green and blue."""
        for combo, band in zip(self.bands, bands):  # noqa: B905 - not in Python 3.9
            combo.setBand(band)

    def chosen_bands(self) -> Tuple[int, ...]:
        """Return red, green and blue band; empty to let the engine find them."""
        return tuple(combo.currentBand() for combo in self.bands) if self.choose_bands.isChecked() else ()

    def _build(self) -> None:
        form = folding_form(self)
        form.addRow(tr("Checkpoint"), self.checkpoint)
        form.addRow("", self.choose_bands)
        for text, combo in zip((tr("Red"), tr("Green"), tr("Blue")), self.bands):  # noqa: B905 - not in Python 3.9
            combo.setEnabled(False)
            combo.setToolTip(tr("Band of the image that the model gets as {color}").format(color=text.lower()))
            self.choose_bands.toggled.connect(combo.setEnabled)
            form.addRow(text, combo)
        form.addRow("", self.skip_unreadable)


def _presets() -> Tuple[Tuple[str, str, str], ...]:
    return (
        ("speed", tr("Fast"), tr("Uses the memory that is free to finish sooner. The map is the same.")),
        ("balanced", tr("Balanced"), tr("Leaves room for other programs. The map is the same.")),
        ("memory", tr("Low memory"), tr("Takes the least memory, and more time. The map is the same.")),
    )
