"""What a finished run came to: legend with areas, warnings, and what to do with it."""

from typing import Any, Dict, List, Optional, Tuple

from qgis.PyQt.QtCore import QLocale, QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..engine.job import JobResult
from .i18n import tr
from .messages import duration
from .widgets import MARGIN_PX, SPACING_PX, MutedLabel, Notes, ShareBar, swatch, theme_icon

ROW_PADDING_PX = 8
UNNAMED_COLOR = (128, 128, 128)
M2_PER_HA = 10_000.0
M2_PER_KM2 = 1_000_000.0


class ResultPanel(QWidget):
    """Table of classes with their colours, areas and shares, and the export buttons."""

    export_requested = pyqtSignal()
    folder_requested = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.title.setWordWrap(True)
        self.facts = MutedLabel()
        self.notes = Notes()
        self.bar = ShareBar()
        self.table = _table()
        self.export_button = QPushButton(theme_icon("mActionFileSaveAs.svg"), tr("Export shapefile…"))
        self.export_button.setToolTip(tr("Save the polygons as a Shapefile, GeoPackage, GeoJSON or FlatGeobuf"))
        self.export_button.clicked.connect(self.export_requested)
        self.folder_button = QPushButton(theme_icon("mActionFileOpen.svg"), tr("Open folder"))
        self.folder_button.clicked.connect(self.folder_requested)
        self._build()

    def show_result(self, name: str, result: JobResult) -> None:
        """Show a finished run."""
        self.title.setText(name)
        self.facts.setText(_facts(result))
        self.notes.show_notes([("warning", text) for text in (result.model_notice, *result.warnings)])
        self.table.clear()
        colors = {c["id"]: tuple(c["color"]) for c in result.legend.get("classes", ())}
        present = sorted((row for row in result.areas if row.get("pixels")), key=lambda r: -r["pixels"])
        parts = [(row, colors.get(row["class_id"], UNNAMED_COLOR)) for row in present]
        self.bar.show_shares((row["pixels"], color) for row, color in parts)
        for row, color in parts:
            self.table.addTopLevelItem(_item(row, color, self.table.fontMetrics().height() + ROW_PADDING_PX))
        self.table.setHeaderLabels([tr("Class"), tr("Area"), tr("Share")])
        self._fit_table()
        self.export_button.setEnabled(bool(result.vectors))

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(SPACING_PX)
        for widget in (self.title, self.facts, self.bar, self.table):
            layout.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.export_button)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self.notes)
        layout.addStretch(1)

    def _fit_table(self) -> None:
        rows = self.table.topLevelItemCount()
        row_px = self.table.fontMetrics().height() + ROW_PADDING_PX
        frame_px = 2 * self.table.frameWidth()
        self.table.setFixedHeight(self.table.header().sizeHint().height() + rows * row_px + frame_px)


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
    table.setHeaderLabels([tr("Class"), tr("Area"), tr("Share")])
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
