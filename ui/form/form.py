"""Form of a run: image, area, model, trade-off, folder, the advanced choices, the estimate and the button."""

from typing import Dict, Iterable, Optional

from qgis.core import QgsMapLayer, QgsRasterLayer
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QWidget

from ...engine.contract.job import Method, Preset, SegmentationJob
from ..base.buttons import Button
from ..base.i18n import tr
from ..base.messages import UserMessage
from ..base.notes import Notes
from ..base.widgets import MARGIN_PX, SPACING_PX, WrappingLabel, bare_column, column_layout, plain_tip, scrolled
from ..image.raster_facts import InputCard
from ..model_store.info import ModelInfo
from ..runs.interrupted import InterruptedPanel
from ..setup.engine_section import EngineSection
from ..setup.set_up_note import SetUpNote
from .advanced_section import AdvancedSection
from .area_section import AreaSection
from .image_section import ImageSection
from .job_builder import default_folder, draft_job
from .model_section import ModelSection

ALARM_COLOR = "#d33a2c"
"""Red that can be read on light and on dark grounds."""

START_HEIGHT_PX = 32


class SegmentForm(QWidget):
    """The page *Segment*: says what is to be done, and holds it as the draft of a job.

    Signals:
        layer_changed: Another raster layer (or none) is chosen.
        model_changed: Another model is chosen.
        changed: Something that matters to the run changed, the above included.
        start_wanted: The user clicked the button.
    """

    layer_changed = pyqtSignal()
    model_changed = pyqtSignal()
    changed = pyqtSignal()
    start_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.set_up = SetUpNote()
        self.image = ImageSection()
        self.area = AreaSection()
        self.model = ModelSection()
        self.folder = QgsFileWidget()
        self.advanced = AdvancedSection()
        self.engine = EngineSection()
        self.interrupted = InterruptedPanel()
        self.failure_notes = Notes()
        self.estimate_line = WrappingLabel()
        self.start_button = Button(tr("Segment image"), tr("Classify the image and write the results"))
        self._blockers: Dict[str, str] = {}
        self._is_queueing = False
        self._build()
        self._connect()

    def current_layer(self) -> Optional[QgsRasterLayer]:
        """Return the chosen raster layer; None if there is none."""
        return self.image.current_layer()

    def draft(self) -> SegmentationJob:
        """Return what the form says; raster and area are added by who knows layer and map.

        Raises:
            JobError: If a value is out of range.
        """
        method = self.model.method()
        return draft_job(
            self.advanced.output(self.folder_path(), method),
            method=Method(method),
            preset=Preset(self.model.presets.current()),
            device=self.advanced.device.currentData(),
            checkpoint=self.model.checkpoint(),
            bands=self.advanced.chosen_bands(),
            ground_resolution_m=self.advanced.resolution.value(),
            on_read_error=self.advanced.read_errors(),
            augmentation=self.advanced.augmentation.currentData(),
        )

    def folder_path(self) -> str:
        """Return the folder for the results."""
        return self.folder.filePath().strip() or default_folder()

    def show_job(self, job: SegmentationJob) -> None:
        """Fill the form with what a job says; layer and area are left to who knows the project."""
        self.model.choose(job.method.value, job.checkpoint)
        self.model.presets.choose(job.preset.value)
        is_default = job.output.directory == default_folder()
        self.folder.setFilePath("" if is_default else job.output.directory)
        self.advanced.show_job(job)

    def except_layers(self, layers: Iterable[QgsMapLayer]) -> None:
        """Leave layers out of the list, such as our own results."""
        self.image.layer_combo.setExceptedLayerList(list(layers))

    def show_card(self, card: InputCard) -> None:
        """Show what is known about the layer, and whether it can be run."""
        self.image.show_card(card)
        self._block("image", card.refusal)

    def show_model(self, model: Optional[ModelInfo]) -> None:
        """Show what the model is; without one nothing can be run."""
        self.model.show_model(model)
        self._block("model", "" if model else tr("The chosen model is not there."))

    def show_estimate(self, text: str, fits: bool) -> None:
        """Show what the run would need; an empty text hides the line."""
        self.estimate_line.setText(text)
        self.estimate_line.setStyleSheet("" if fits else f"color: {ALARM_COLOR}; font-weight: bold;")
        self.estimate_line.setVisible(bool(text) and not self._is_queueing)

    def show_failure(self, message: Optional[UserMessage]) -> None:
        """Show why the last run has no result, until the next one; None hides it."""
        notes = [("error" if message.is_error else "info", message.full_text)] if message else []
        self.failure_notes.show_notes(notes)

    def show_queueing(self, is_queueing: bool) -> None:
        """Show that another run is under way: this one would wait for it."""
        self._is_queueing = is_queueing
        self.start_button.setText(tr("Add to the queue") if is_queueing else tr("Segment image"))
        self.interrupted.setEnabled(not is_queueing)
        self.show_estimate(self.estimate_line.text(), not self.estimate_line.styleSheet())

    def remedy(self, key: str) -> None:
        """Do what a note about the image offers and the form can do itself; other keys are for others."""
        if key == "grey":
            self.advanced.take_bands((1, 1, 1))
        elif key in ("bands", "resolution"):
            self.advanced.setCollapsed(False)
            if key == "bands":
                self.advanced.choose_bands.setChecked(True)
            target = self.advanced.bands[0] if key == "bands" else self.advanced.resolution
            self._scroll.ensureWidgetVisible(target)
            target.setFocus()

    def _block(self, what: str, reason: str) -> None:
        self._blockers[what] = reason
        reasons = [text for text in self._blockers.values() if text]
        self.start_button.setEnabled(not reasons)
        tip = plain_tip("\n".join(reasons)) or tr("Classify the image and write the results")
        self.start_button.setToolTip(tip)

    def _build(self) -> None:
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setDialogTitle(tr("Folder for the results"))
        self.folder.setToolTip(tr("Folder that receives the results; it is made if it does not exist"))
        self.folder.lineEdit().setPlaceholderText(default_folder())
        self.folder.lineEdit().setAccessibleName(tr("Folder for the results"))
        page = QWidget()
        layout = column_layout(page)
        layout.setSpacing(MARGIN_PX)
        for section in (self.set_up, self.image, self.area, self.model):
            layout.addWidget(section)
        row = QHBoxLayout()
        label = QLabel(tr("Save to"))
        label.setBuddy(self.folder.lineEdit())
        row.addWidget(label)
        row.addWidget(self.folder, 1)
        layout.addLayout(row)
        layout.addWidget(self.advanced)
        layout.addWidget(self.engine)
        layout.addStretch(1)
        self._scroll = scrolled(page)
        outer = bare_column(self)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._footer())

    def _footer(self) -> QWidget:
        footer = QWidget()
        layout = column_layout(footer)
        layout.setSpacing(SPACING_PX)
        for widget in (self.interrupted, self.failure_notes, self.estimate_line):
            layout.addWidget(widget)
        font = self.start_button.font()
        font.setBold(True)
        self.start_button.setFont(font)
        self.start_button.setDefault(True)
        self.start_button.setMinimumHeight(START_HEIGHT_PX)
        layout.addWidget(self.start_button)
        return footer

    def _connect(self) -> None:
        self.set_up.wanted.connect(self.engine.open_page)
        self.start_button.clicked.connect(self.start_wanted)
        self.image.layer_combo.layerChanged.connect(lambda _layer: self.layer_changed.emit())
        self.image.remedy_wanted.connect(self.remedy)
        self.model.changed.connect(self.model_changed)
        self.model_changed.connect(self._show_method)
        self.folder.fileChanged.connect(lambda _path: self.changed.emit())
        self.layer_changed.connect(lambda: self.show_failure(None))  # it was about another image
        for signal in (
            self.layer_changed,
            self.model_changed,
            self.model.preset_changed,
            self.area.changed,
            self.advanced.changed,
        ):
            signal.connect(self.changed)
        self._show_method()

    def _show_method(self) -> None:
        self.advanced.show_method(self.model.method())
