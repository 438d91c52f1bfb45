"""The Land Cover panel: puts the sections together, shows progress, emits what the user wants.

It knows widgets and DockState only: no files are looked at, no engine is started here.
"""

from typing import Dict, Iterable, Optional, Tuple

from qgis.core import QgsMapLayer, QgsRasterLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..engine.contract.job import JobResult, SegmentationJob
from .base.i18n import tr
from .base.messages import UserMessage
from .base.widgets import MARGIN_PX, SPACING_PX, MutedLabel, Notes, WrappingLabel, plain_tip, scrolled, theme_icon
from .form.area_section import AreaSection
from .form.job_builder import DockState
from .form.outputs_section import DetailSection, OutputSection
from .form.sections import AdvancedSection, InputSection, MethodSection
from .image.raster_facts import InputCard
from .model_store.info import ModelInfo
from .results.history_panel import HistoryPanel
from .results.interrupted import InterruptedPanel
from .results.result_panel import ResultPanel
from .settings import PluginSettings
from .setup.engine_section import EngineSection
from .setup.set_up_note import SetUpNote

ALARM_COLOR = "#d33a2c"
"""Red that can be read on light and on dark grounds."""


class LandCoverDock(QgsDockWidget):
    """The panel.

    Signals:
        segment_requested: The user clicked "Segment layer".
        cancel_requested: The user wants the run to stop.
        layer_changed: Another raster layer (or none) is chosen.
        model_changed: Another method or checkpoint is chosen.
        form_changed: Something that matters to the run changed, the above included.
        help_requested: The user wants the guide.
    """

    segment_requested = pyqtSignal()
    cancel_requested = pyqtSignal()
    layer_changed = pyqtSignal()
    model_changed = pyqtSignal()
    form_changed = pyqtSignal()
    help_requested = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(tr("Land Cover"), parent)
        self.setObjectName("UhrLandCoverDock")
        self.set_up = SetUpNote()
        self.input = InputSection()
        self.interrupted = InterruptedPanel()
        self.method = MethodSection()
        self.area = AreaSection()
        self.output = OutputSection()
        self.detail = DetailSection()
        self.advanced = AdvancedSection()
        self.engine = EngineSection()
        self.result = ResultPanel()
        self.history = HistoryPanel()
        self.tabs = QTabWidget()
        self.progress_bar = QProgressBar()
        self.progress_text = MutedLabel()
        self.failure_notes = Notes()
        self.estimate_line = WrappingLabel()
        self.help_button = QToolButton()
        self.help_button.setIcon(theme_icon("mActionHelpContents.svg"))
        self.help_button.setToolTip(tr("Open the user guide"))
        self.segment_button = QPushButton(tr("Segment layer"))
        self.segment_button.setToolTip(tr("Classify the layer and write the results"))
        self.cancel_button = QPushButton(theme_icon("mActionStop.svg"), tr("Cancel"))
        self.cancel_button.setToolTip(tr("Stop the run; what is finished is kept"))
        self._blockers: Dict[str, str] = {}
        self._build()
        self._connect()
        self.show_running(False)

    def current_layer(self) -> Optional[QgsRasterLayer]:
        """Return the chosen raster layer; None if there is none."""
        layer = self.input.layer_combo.currentLayer()
        return layer if isinstance(layer, QgsRasterLayer) else None

    def state(self) -> DockState:
        """Return what the form says; what needs the map or a layer's features is added by who knows them."""
        extent, extent_crs = self.area.extent()
        return DockState(
            method=self.method.method_combo.currentData(),
            preset=self.method.preset_combo.currentData(),
            device=self.method.device_combo.currentData(),
            output_dir=self.output.folder.filePath().strip(),
            name=self.output.name.text().strip(),
            checkpoint=self.advanced.checkpoint.filePath().strip(),
            bands=self.advanced.chosen_bands(),
            vector_formats=self.output.formats.chosen(),
            minimum_mapping_unit_m2=self.detail.borders.minimum_area.value(),
            simplify_m=self.detail.borders.simplify.value(),
            smooth=self.detail.borders.smooth.isChecked(),
            layer_per_class=self.detail.layer_per_class.isChecked(),
            raster_format=self.detail.raster_format.currentData(),
            confidence=self.detail.confidence.isChecked(),
            looked_at_twice=self.detail.looked_at_twice.isChecked() and self.method.method_combo.currentData() == "ppn",
            report=self.output.report.isChecked(),
            skip_unreadable=self.advanced.skip_unreadable.isChecked(),
            extent=extent,
            extent_crs=extent_crs,
        )

    def restore(self, settings: PluginSettings) -> None:
        """Set the form to what was chosen last."""
        self._choose_method(settings.method, settings.preset, settings.device)
        self.output.folder.setFilePath(settings.output_dir)
        self.output.formats.choose(settings.vector_formats)
        self.output.report.setChecked(settings.report)
        self.engine.interpreter.blockSignals(True)
        self.engine.interpreter.setFilePath(settings.engine_python)
        self.engine.interpreter.blockSignals(False)

    def fill(self, job: SegmentationJob) -> None:
        """Set the form to what an earlier run was asked to do; layer and area are left to who knows the project."""
        output, polygons = job.output, job.output.polygons
        self._choose_method(job.method.value, job.preset.value, job.device)
        self.advanced.checkpoint.setFilePath(job.checkpoint)
        self.advanced.choose_bands.setChecked(bool(job.bands))
        self.advanced.choose(job.bands)
        self.advanced.skip_unreadable.setChecked(job.on_read_error.value == "nodata")
        self.output.folder.setFilePath(output.directory)
        self.output.name.setText(output.name)
        self.output.formats.choose(tuple(f.value for f in output.vector_formats))
        self.output.report.setChecked(output.report)
        self.detail.borders.set_values(polygons.minimum_mapping_unit_m2, polygons.simplify_m, polygons.smooth)
        self.detail.layer_per_class.setChecked(polygons.layer_per_class)
        self.detail.confidence.setChecked(output.confidence)
        self.detail.looked_at_twice.setChecked(output.refined_patches)
        formats = self.detail.raster_format
        formats.setCurrentIndex(formats.findData(output.raster_format.value))
        self.tabs.setCurrentIndex(0)

    def _choose_method(self, method: str, preset: str, device: str) -> None:
        for combo, value in ((self.method.method_combo, method), (self.method.preset_combo, preset)):
            combo.setCurrentIndex(max(0, combo.findData(value)))
        self.method.choose_device(device)

    def except_layers(self, layers: Iterable[QgsMapLayer]) -> None:
        """Leave layers out of the list, such as our own results."""
        self.input.layer_combo.setExceptedLayerList(list(layers))

    def show_input_card(self, card: InputCard) -> None:
        """Show what is known about the layer, and whether it can be run."""
        self.input.show_card(card)
        self._block("input", card.refusal)

    def show_model(self, model: Optional[ModelInfo]) -> None:
        """Show the card of the model in use; without one nothing can be run."""
        self.method.show_model(model)
        self._block("model", "" if model else tr("There is no checkpoint for this method."))

    def show_running(self, running: bool) -> None:
        """Switch between the form and a run in progress."""
        for section in (*self._sections(), self.interrupted):
            section.setEnabled(not running)
        self.history.set_busy(running)
        self.estimate_line.setVisible(not running and bool(self.estimate_line.text()))
        self.segment_button.setVisible(not running)
        self.cancel_button.setVisible(running)
        self.cancel_button.setEnabled(running)
        self.failure_notes.show_notes([])
        self.progress_bar.setVisible(running)
        self.progress_text.setVisible(running)
        self.progress_bar.setRange(0, 0)  # moves without a figure until the first one comes
        self.progress_text.setText(tr("Starting the engine …"))

    def show_progress(self, percent: float, text: str) -> None:
        """Show how far the run is."""
        self.progress_bar.setRange(0, 1000)
        self.progress_bar.setValue(round(10 * percent))
        self.progress_bar.setFormat(f"{percent:.0f} %")
        self.progress_text.setText(text)

    def show_estimate(self, text: str, fits: bool) -> None:
        """Show what the run would need; an empty text hides the line."""
        self.estimate_line.setText(text)
        self.estimate_line.setStyleSheet("" if fits else f"color: {ALARM_COLOR}; font-weight: bold;")
        self.estimate_line.setVisible(bool(text) and not self.cancel_button.isVisible())

    def show_failure(self, message: UserMessage) -> None:
        """Show why the last run has no result, until the next one."""
        self.failure_notes.show_notes([("error" if message.is_error else "info", message.full_text)])

    def show_stopping(self) -> None:
        """Show that the run was asked to stop."""
        self.cancel_button.setEnabled(False)
        self.progress_text.setText(tr("Stopping …"))

    def show_result(self, name: str, result: JobResult, job: SegmentationJob) -> None:
        """Show a finished run and turn to it."""
        self.result.show_result(name, result, job)
        self.tabs.setTabEnabled(1, True)
        self.tabs.setCurrentIndex(1)

    def _block(self, what: str, reason: str) -> None:
        self._blockers[what] = reason
        reasons = [text for text in self._blockers.values() if text]
        self.segment_button.setEnabled(not reasons)
        self.segment_button.setToolTip(plain_tip("\n".join(reasons)) or tr("Classify the layer and write the results"))

    def _build(self) -> None:
        self.tabs.addTab(self._form_page(), tr("Segment"))
        self.tabs.addTab(scrolled(self.result), tr("Result"))
        self.tabs.addTab(self.history, tr("History"))
        self.tabs.setTabEnabled(1, False)
        self.tabs.setDocumentMode(True)
        font = self.segment_button.font()
        font.setBold(True)
        self.segment_button.setFont(font)
        self.segment_button.setDefault(True)
        self.segment_button.setMinimumHeight(32)
        self.cancel_button.setMinimumHeight(32)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self._footer())
        self.setWidget(body)

    def _form_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(MARGIN_PX)
        for section in (self.set_up, *self._sections()):
            layout.addWidget(section)
        layout.addStretch(1)
        return scrolled(page)

    def _sections(self) -> Tuple[QWidget, ...]:
        return self.input, self.method, self.area, self.output, self.detail, self.advanced, self.engine

    def _footer(self) -> QWidget:
        footer = QWidget()
        layout = QVBoxLayout(footer)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(SPACING_PX)
        layout.addWidget(self.interrupted)
        layout.addWidget(self.failure_notes)
        layout.addWidget(self.progress_text)
        layout.addWidget(self.progress_bar)
        layout.addWidget(self.estimate_line)
        row = QHBoxLayout()
        row.addWidget(self.segment_button, 1)
        row.addWidget(self.cancel_button, 1)
        row.addWidget(self.help_button)
        layout.addLayout(row)
        return footer

    def _connect(self) -> None:
        self.set_up.wanted.connect(self.engine.open_page)
        self.segment_button.clicked.connect(self.segment_requested)
        self.cancel_button.clicked.connect(self.cancel_requested)
        self.input.layer_combo.layerChanged.connect(lambda _layer: self.layer_changed.emit())
        self.method.changed.connect(self.model_changed)
        self.method.changed.connect(self._show_method)
        self.advanced.checkpoint_changed.connect(self.model_changed)
        self.help_button.clicked.connect(self.help_requested)
        self.layer_changed.connect(lambda: self.failure_notes.show_notes([]))  # it was about another image
        for changed in (
            self.layer_changed,
            self.model_changed,
            self.method.trade_changed,
            self.area.changed,
            self.output.changed,
            self.detail.changed,
            self.advanced.changed,
        ):
            changed.connect(self.form_changed)
        self._show_method()

    def _show_method(self) -> None:
        self.detail.show_method(self.method.method_combo.currentData())
