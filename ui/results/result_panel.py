"""What a finished run came to: legend with areas, warnings, and what to do with it."""

from typing import Any, Dict, List, Optional, Tuple

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QLocale, QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...engine.contract.job import JobResult, SegmentationJob
from ..base.chart import AreaChart, Bar
from ..base.i18n import tr
from ..base.messages import duration
from ..base.widgets import (
    MARGIN_PX,
    SPACING_PX,
    MutedLabel,
    Notes,
    WrappingLabel,
    folding_form,
    swatch,
    theme_icon,
)
from ..form.outputs_section import BorderFields, FormatBoxes
from ..model_store.card import notice_sentence, weak_sentence
from ..model_store.info import model_in_use

ROW_PADDING_PX = 8
UNNAMED_COLOR = (128, 128, 128)
M2_PER_HA = 10_000.0
M2_PER_KM2 = 1_000_000.0


class ResultPanel(QWidget):
    """Chart and table of classes with their colours, areas and shares, and what can be done with the result.

    Signals:
        export_requested: Save the polygons in another format.
        csv_requested: Save the table of areas.
        report_requested: Open the report.
        folder_requested: Show the files.
        polygons_requested: Make the polygons again, with what the fields say.
    """

    export_requested = pyqtSignal()
    csv_requested = pyqtSignal()
    report_requested = pyqtSignal()
    folder_requested = pyqtSignal()
    polygons_requested = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.title = WrappingLabel()
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.facts = MutedLabel()
        self.notes = Notes()
        self.chart = AreaChart()
        self.table = _table()
        self.export_button = _button(
            "mActionFileSaveAs.svg",
            tr("Export shapefile…"),
            tr("Save the polygons as a Shapefile, GeoPackage, GeoJSON or FlatGeobuf"),
            self.export_requested,
        )
        self.csv_button = _button(
            "mActionSaveAsSVG.svg", tr("Areas as CSV…"), tr("Save the table of areas"), self.csv_requested
        )
        self.report_button = _button(
            "mActionOpenTable.svg", tr("Open report"), tr("Read the report in the browser"), self.report_requested
        )
        self.folder_button = _button(
            "mActionFileOpen.svg", tr("Open folder"), tr("Show the files of this run"), self.folder_requested
        )
        self.again = RevectorizeBox()
        self.again.requested.connect(self.polygons_requested)
        self._build()

    def show_result(self, name: str, result: JobResult, job: Optional[SegmentationJob] = None) -> None:
        """Show a finished run; the job tells how its polygons were made."""
        self.title.setText(name)
        self.facts.setText(_facts(result))
        self.notes.show_notes([("warning", text) for text in (_model_warning(result, job), *result.warnings)])
        self.table.clear()
        colors = {c["id"]: tuple(c["color"]) for c in result.legend.get("classes", ())}
        present = sorted((row for row in result.areas if row.get("pixels")), key=lambda r: -r["pixels"])
        parts = [(row, colors.get(row["class_id"], UNNAMED_COLOR)) for row in present]
        self.chart.show_bars(Bar(row.get("share", 0.0), color, _row_text(row)) for row, color in parts)
        for row, color in parts:
            self.table.addTopLevelItem(_item(row, color, self.table.fontMetrics().height() + ROW_PADDING_PX))
        self.table.setHeaderLabels([tr("Class"), tr("Surface area"), tr("Share")])
        self._fit_table()
        self.export_button.setEnabled(bool(result.vectors))
        self.csv_button.setEnabled(bool(result.area_csv))
        self.report_button.setVisible(bool(result.report))
        if job is not None:
            polygons = job.output.polygons
            self.again.borders.set_values(polygons.minimum_mapping_unit_m2, polygons.simplify_m, polygons.smooth)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(SPACING_PX)
        for widget in (self.title, self.facts, self.chart, self.table):
            layout.addWidget(widget)
        grid = QGridLayout()
        buttons = (self.export_button, self.csv_button, self.folder_button, self.report_button)
        for index, button in enumerate(buttons):
            grid.addWidget(button, index // 2, index % 2)
        layout.addLayout(grid)
        layout.addWidget(self.again)
        layout.addWidget(self.notes)
        layout.addStretch(1)

    def _fit_table(self) -> None:
        rows = self.table.topLevelItemCount()
        row_px = self.table.fontMetrics().height() + ROW_PADDING_PX
        frame_px = 2 * self.table.frameWidth()
        self.table.setFixedHeight(self.table.header().sizeHint().height() + rows * row_px + frame_px)


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
        self.button = QPushButton(theme_icon("mActionRefresh.svg"), tr("Make polygons"))
        self.button.setToolTip(tr("Make new polygons of the finished class raster; the map is not computed again"))
        self.button.clicked.connect(self.requested)
        form = folding_form(self)
        self.borders.add_to(form)
        form.addRow(tr("Polygons"), self.formats)
        form.addRow("", self.button)

    def set_busy(self, busy: bool) -> None:
        """Show that polygons are being made."""
        self.button.setEnabled(not busy)
        self.button.setText(tr("Making polygons …") if busy else tr("Make polygons"))


def area_text(area_m2: Optional[float], pixels: int) -> str:
    """Return an area as people say it; in pixels where the ground size is not known."""
    locale = QLocale()
    if area_m2 is None:
        return tr("{n} px").format(n=locale.toString(pixels))
    if area_m2 >= M2_PER_KM2:
        return f"{locale.toString(area_m2 / M2_PER_KM2, 'f', 2)} km²"
    if area_m2 >= M2_PER_HA:
        return f"{locale.toString(area_m2 / M2_PER_HA, 'f', 2)} ha"
    return f"{locale.toString(area_m2, 'f', 0)} m²"


def share_text(share: float) -> str:
    """Return a share in percent with one decimal; what is there is never shown as nothing."""
    percent = 100 * share
    if 0 < percent < 0.1:
        return "< " + QLocale().toString(0.1, "f", 1) + " %"
    return QLocale().toString(percent, "f", 1) + " %"


def _row_text(row: Dict[str, Any]) -> str:
    area = area_text(row.get("area_m2"), row.get("pixels", 0))
    return f"{row['class_name']}: {area}, {share_text(row.get('share', 0.0))}"


def _model_warning(result: JobResult, job: Optional[SegmentationJob]) -> str:
    """Return the card's warning with the classes that the model has hardly learnt."""
    model = model_in_use(job.method.value, job.checkpoint) if job is not None and result.model_notice else None
    weak = weak_sentence(model) if model else ""
    return " ".join(text for text in (notice_sentence(result.model_notice), weak) if text)


def _button(icon: str, text: str, tip: str, signal) -> QPushButton:
    button = QPushButton(theme_icon(icon), text)
    button.setToolTip(tip)
    button.clicked.connect(signal)
    return button


def _facts(result: JobResult) -> str:
    parts: List[str] = [result.model_name, result.device, tr("took {time}").format(time=duration(result.seconds))]
    if result.peak_host_bytes:
        parts.append(tr("{gb} GB of memory").format(gb=QLocale().toString(result.peak_host_bytes / 1e9, "f", 1)))
    return " · ".join(part for part in parts if part)


def _table() -> QTreeWidget:
    table = QTreeWidget()
    table.setColumnCount(3)
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setHeaderLabels([tr("Class"), tr("Surface area"), tr("Share")])
    header = table.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column in (1, 2):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        table.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
    return table


def _item(row: Dict[str, Any], color: Tuple[int, int, int], height_px: int) -> QTreeWidgetItem:
    area = area_text(row.get("area_m2"), row.get("pixels", 0))
    item = QTreeWidgetItem([row["class_name"], area, share_text(row.get("share", 0.0))])
    item.setIcon(0, swatch(color))
    item.setSizeHint(0, QSize(0, height_px))
    for column in (1, 2):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
