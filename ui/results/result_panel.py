"""Page of a finished run: legend with areas, how it is drawn, warnings, and what to do with it."""

from typing import List, Optional

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSlider, QWidget

from ...engine.contract.job import JobResult, SegmentationJob
from ..base.buttons import Button
from ..base.i18n import tr
from ..base.messages import duration
from ..base.notes import Notes
from ..base.widgets import Heading, MutedLabel, column_layout, folding_form, narrow
from ..form.polygon_fields import BorderFields, FormatBoxes
from ..model_store.card import notice_sentence, short_notice
from ..model_store.info import model_in_use
from .legend_table import LegendTable
from .look import PRINT, SCREEN, Look
from .palettes import LEGEND, MUTED, SAFE, recolored


class ResultPanel(QWidget):
    """Classes with their colours, areas and shares, and what can be done with the result.

    Signals:
        new_wanted: Back to the form.
        look_changed: The layers shall be drawn otherwise.
        export_requested: Save the polygons in another format.
        csv_requested: Save the table of areas.
        report_requested: Open the report.
        folder_requested: Show the files.
        correct_requested: Edit the polygons.
        assess_requested: Find out how right the map is.
        polygons_requested: Make the polygons again, with what the fields say.
    """

    new_wanted = pyqtSignal()
    look_changed = pyqtSignal()
    export_requested = pyqtSignal()
    csv_requested = pyqtSignal()
    report_requested = pyqtSignal()
    folder_requested = pyqtSignal()
    correct_requested = pyqtSignal()
    assess_requested = pyqtSignal()
    polygons_requested = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Heading()
        self.facts = MutedLabel()
        self.notes = Notes()
        self.table = LegendTable()
        self.look = LookFields()
        self.look.changed.connect(self._look_changed)
        self.again = RevectorizeBox()
        self.again.requested.connect(self.polygons_requested)
        self._result: Optional[JobResult] = None
        self._make_buttons()
        self._build()

    def show_result(self, title: str, result: JobResult, job: Optional[SegmentationJob] = None) -> None:
        """Show a finished run; the job tells how its polygons were made."""
        self._result = result
        self.title.setText(title)
        self.facts.setText(_facts(result))
        self.notes.show_notes([("warning", text) for text in (_model_warning(result, job), *result.warnings)])
        self._show_areas()
        for button in (self.export_button, self.correct_button):
            button.setEnabled(bool(result.vectors))
        self.csv_button.setEnabled(bool(result.area_csv))
        self.report_button.setVisible(bool(result.report))
        if job is not None:
            self.again.borders.show_spec(job.output.polygons)

    def _look_changed(self) -> None:
        self._show_areas()
        self.look_changed.emit()

    def _show_areas(self) -> None:
        if self._result is not None:
            colors = recolored(self._result.legend, self.look.current().palette)
            self.table.show_areas(self._result.areas, colors)

    def _make_buttons(self) -> None:
        self.new_button = Button(tr("New map…"), tr("Back to the form"), "mActionArrowLeft.svg")
        self.correct_button = Button(
            tr("Correct…"), tr("Edit the polygons in QGIS; names and areas follow"), "mActionToggleEditing.svg"
        )
        self.export_button = Button(
            tr("Export…"),
            tr("Save the polygons as a Shapefile, GeoPackage, GeoJSON or FlatGeobuf"),
            "mActionFileSaveAs.svg",
        )
        self.assess_button = Button(
            tr("Assess…"), tr("Draw a sample, label it, read accuracy and areas"), "mActionCalculateField.svg"
        )
        self.csv_button = Button(tr("Areas (CSV)…"), tr("Save the table of areas"), "mActionOpenTable.svg")
        self.report_button = Button(tr("Open report"), tr("Read the report in the browser"), "mActionNewReport.svg")
        self.folder_button = Button(tr("Open folder"), tr("Show the files of this run"), "mActionFileOpen.svg")
        for button, signal in (
            (self.new_button, self.new_wanted),
            (self.correct_button, self.correct_requested),
            (self.assess_button, self.assess_requested),
            (self.export_button, self.export_requested),
            (self.csv_button, self.csv_requested),
            (self.report_button, self.report_requested),
            (self.folder_button, self.folder_requested),
        ):
            button.clicked.connect(signal)

    def _build(self) -> None:
        layout = column_layout(self)
        for widget in (self.title, self.facts, self.table, self.look):
            layout.addWidget(widget)
        grid = QGridLayout()
        buttons = (
            self.export_button,
            self.correct_button,
            self.csv_button,
            self.folder_button,
            self.assess_button,
            self.report_button,
        )
        for index, button in enumerate(buttons):
            grid.addWidget(button, index // 2, index % 2)
        layout.addLayout(grid)
        layout.addWidget(self.again)
        layout.addWidget(self.notes)
        layout.addStretch(1)
        layout.addWidget(self.new_button)


class LookFields(QWidget):
    """Palette and opacity of the map, and a button for the opaque look of the print.

    Signals:
        changed: Another look.
    """

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.palette_combo = narrow(QComboBox())
        self.palette_combo.setToolTip(tr("Colours of the classes on the map"))
        self.palette_combo.setAccessibleName(tr("Colours"))
        for key, title in ((MUTED, tr("Muted")), (SAFE, tr("Colour-blind safe")), (LEGEND, tr("As in the legend"))):
            self.palette_combo.addItem(title, key)
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(10, 100)
        self.opacity.setPageStep(10)
        self.opacity.setToolTip(tr("How much of the image below the map lets through"))
        self.opacity.setAccessibleName(tr("Opacity"))
        self.print_button = Button(
            tr("For print"),
            tr("Opaque, in just the colours of the legend: for layouts and export"),
            "mActionFilePrint.svg",
        )
        self._build()
        self.show_look(SCREEN)
        self.palette_combo.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.opacity.valueChanged.connect(lambda _value: self.changed.emit())
        self.print_button.clicked.connect(self._toggle_print)

    def current(self) -> Look:
        """Return the look that the fields say."""
        return Look(
            palette=self.palette_combo.currentData(),
            opacity=self.opacity.value() / 100,
        )

    def show_look(self, look: Look) -> None:
        """Show a look; tells nobody."""
        for widget in (self.palette_combo, self.opacity):
            widget.blockSignals(True)
        self.palette_combo.setCurrentIndex(max(0, self.palette_combo.findData(look.palette)))
        self.opacity.setValue(round(100 * look.opacity))
        for widget in (self.palette_combo, self.opacity):
            widget.blockSignals(False)
        self._name_button()

    def _toggle_print(self) -> None:
        self.show_look(SCREEN if self.current() == PRINT else PRINT)
        self.changed.emit()

    def _name_button(self) -> None:
        self.print_button.setText(tr("For the screen") if self.current() == PRINT else tr("For print"))

    def _build(self) -> None:
        layout = column_layout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self.palette_combo, 3)
        row.addWidget(self.print_button, 2)
        layout.addLayout(row)
        row = QHBoxLayout()
        label = QLabel(tr("Opacity"))
        label.setBuddy(self.opacity)
        row.addWidget(label)
        row.addWidget(self.opacity, 1)
        layout.addLayout(row)
        self.changed.connect(self._name_button)


class RevectorizeBox(QgsCollapsibleGroupBox):
    """Fields and button to make the polygons of a finished map again, without the network.

    Signals:
        requested: The button was clicked.
    """

    requested = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Make the polygons again"))
        self.setCollapsed(True)
        self.borders = BorderFields()
        self.formats = FormatBoxes(("gpkg",))
        tip = tr("Make new polygons of the finished class raster; the map is not computed again")
        self.button = Button(tr("Make polygons"), tip, "mActionRefresh.svg")
        self.button.clicked.connect(self.requested)
        form = folding_form(self)
        self.borders.add_to(form)
        form.addRow(self.formats)
        form.addRow(self.button)

    def set_busy(self, busy: bool) -> None:
        """Show that polygons are being made."""
        self.button.setEnabled(not busy)
        self.button.setText(tr("Making polygons …") if busy else tr("Make polygons"))


def _model_warning(result: JobResult, job: Optional[SegmentationJob]) -> str:
    """Return the card's warning with the classes that the model has hardly learnt; the report says it at length."""
    model = model_in_use(job.method.value, job.checkpoint) if job is not None and result.model_notice else None
    is_the_same = model is not None and model.notice == result.model_notice
    return short_notice(model) if is_the_same else notice_sentence(result.model_notice)


def _facts(result: JobResult) -> str:
    parts: List[str] = [result.device, tr("took {time}").format(time=duration(result.seconds))]
    if result.peak_host_bytes:
        parts.append(tr("{gb} GB of memory").format(gb=QLocale().toString(result.peak_host_bytes / 1e9, "f", 1)))
    return " · ".join(part for part in parts if part)
