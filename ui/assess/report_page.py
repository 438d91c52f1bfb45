"""Page of the estimates: accuracy and areas with intervals, what to beware of, and the files."""

import os
from typing import Any, Dict, List, Optional

from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ..base.i18n import tr
from ..base.notes import Notes
from ..base.widgets import MutedLabel, WrappingLabel, column_layout

BOUNDED, WALD = "bounded", "wald"


class ReportPage(QWidget):
    """Estimates from the labels so far.

    Signals:
        estimate_wanted: Estimate anew.
        settle_wanted: Gather the points on which interpreters differ.
        label_wanted: Back to the points.
        open_wanted: Open the report in the browser.
        folder_wanted: Show its files.
        compare_wanted: Choose another map to score on the same points.
    """

    estimate_wanted = pyqtSignal()
    settle_wanted = pyqtSignal()
    label_wanted = pyqtSignal()
    open_wanted = pyqtSignal()
    folder_wanted = pyqtSignal()
    compare_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.overall = WrappingLabel()
        self.facts = MutedLabel()
        self.notes = Notes()
        self.files = QListWidget()
        self.files.setToolTip(tr("Labels that are estimated from: one file for each interpreter"))
        self.files.setMaximumHeight(90)
        self.intervals = QComboBox()
        self.intervals.addItem(tr("Intervals that stay within 0 and 1"), BOUNDED)
        self.intervals.addItem(tr("± 1.96 standard errors, as in papers"), WALD)
        self.intervals.setToolTip(tr("The first holds the truth with few points, too; the second is for comparison"))
        self.table = QTreeWidget()
        self.table.setRootIsDecorated(False)
        self.table.setHeaderLabels(
            [tr("Class"), tr("User's"), tr("Producer's"), tr("Area by the sample"), tr("Area on the map"), tr("Points")]
        )
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._data: Optional[Dict[str, Any]] = None
        self._make_buttons()
        self._build()
        self.intervals.currentIndexChanged.connect(lambda _index: self._show())

    def show_files(self, paths: List[str]) -> None:
        """Offer files of labels; those that were chosen stay chosen, new ones are."""
        left_out = {self.files.item(k).data(Qt.ItemDataRole.UserRole) for k in range(self.files.count())} - set(
            self.chosen_files()
        )
        self.files.clear()
        for path in paths:
            item = QListWidgetItem(os.path.basename(path))
            item.setData(Qt.ItemDataRole.UserRole, path)
            chosen = Qt.CheckState.Unchecked if path in left_out else Qt.CheckState.Checked
            item.setCheckState(chosen)
            self.files.addItem(item)
        self.settle_button.setEnabled(len(paths) > 1)

    def chosen_files(self) -> List[str]:
        """Return the files that are estimated from."""
        items = [self.files.item(k) for k in range(self.files.count())]
        return [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() == Qt.CheckState.Checked]

    def show_nothing(self, level: str = "info", text: str = "") -> None:
        """Show that there are no estimates, and why."""
        self._data = None
        self.table.clear()
        self.overall.setText("")
        self.facts.setText("")
        self.notes.show_notes([(level, text)])
        for button in (self.open_button, self.folder_button):
            button.setEnabled(False)

    def show_assessment(self, data: Dict[str, Any]) -> None:
        """Show the data of a report (`uhr-assessment/1`)."""
        self._data = data
        for button in (self.open_button, self.folder_button):
            button.setEnabled(True)
        notes = [("warning", text) for text in data["warnings"]] + [("info", text) for text in data["notes"]]
        notes += [("info", _agreement(row)) for row in data["agreement"]]
        notes += [("info", _comparison(row)) for row in data["comparisons"]]
        self.notes.show_notes(notes)
        self.facts.setText(data["method"])
        self._show()

    def _show(self) -> None:
        data, kind = self._data, self.intervals.currentData()
        if data is None:
            return
        self.overall.setText(
            tr("Overall accuracy: {value} ({points} points)").format(
                value=_with_interval(data["overall"], kind, _percent), points=data["points"]
            )
        )
        self.table.clear()
        for row in data["per_class"]:
            texts = [
                row["class"],
                _with_interval(row["users"], kind, _percent),
                _with_interval(row["producers"], kind, _percent),
                _with_interval(row["adjusted_area"], kind, _area(data["area_unit"])),
                _area(data["area_unit"])(row["mapped_area"]),
                str(row["mapped_points"]),
            ]
            item = QTreeWidgetItem(texts)
            if row["wald_too_narrow"]:
                item.setToolTip(
                    3,
                    tr("± 1.96 standard errors are too narrow here: {n} points of omission").format(
                        n=row["omission_points"]
                    ),
                )
            self.table.addTopLevelItem(item)

    def _make_buttons(self) -> None:
        self.estimate_button = QPushButton(tr("Estimate"))
        self.estimate_button.setToolTip(tr("Accuracy and areas from the labels so far; writes the report"))
        self.settle_button = QPushButton(tr("Settle disagreements…"))
        self.settle_button.setToolTip(tr("Label the points on which interpreters differ once more"))
        self.settle_button.setEnabled(False)
        self.compare_button = QPushButton(tr("Compare with a map…"))
        self.compare_button.setToolTip(tr("Score another map on the same points, with the difference and its interval"))
        self.label_button = QPushButton(tr("Label"))
        self.label_button.setToolTip(tr("Back to the points"))
        self.open_button = QPushButton(tr("Open report"))
        self.open_button.setToolTip(tr("Read the report with chart and method paragraph in the browser"))
        self.folder_button = QPushButton(tr("Open folder"))
        self.folder_button.setToolTip(tr("Show the files of the report"))
        for button, signal in (
            (self.estimate_button, self.estimate_wanted),
            (self.settle_button, self.settle_wanted),
            (self.compare_button, self.compare_wanted),
            (self.label_button, self.label_wanted),
            (self.open_button, self.open_wanted),
            (self.folder_button, self.folder_wanted),
        ):
            button.clicked.connect(signal)

    def _build(self) -> None:
        layout = column_layout(self)
        layout.addWidget(self.files)
        for pair in ((self.estimate_button, self.label_button), (self.settle_button, self.compare_button)):
            layout.addLayout(_row(pair))
        layout.addWidget(self.overall)
        layout.addWidget(self.intervals)
        layout.addWidget(self.table, 1)
        layout.addLayout(_row((self.open_button, self.folder_button)))
        layout.addWidget(self.facts)
        layout.addWidget(self.notes)


def _row(buttons) -> QHBoxLayout:
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    return row


def _with_interval(estimate: Optional[Dict[str, Any]], kind: str, text) -> str:
    """Return an estimate and its interval; what cannot be estimated is said, never shown as certain."""
    if estimate is None or estimate["estimate"] is None:
        return tr("not estimated")
    if kind == WALD:
        half = estimate["half_width"]
        return f"{text(estimate['estimate'])} ± {text(half)}" if half else text(estimate["estimate"])
    if estimate["lower"] is None:
        return text(estimate["estimate"])
    return f"{text(estimate['estimate'])} ({text(estimate['lower'])} – {text(estimate['upper'])})"


def _percent(value: float) -> str:
    return QLocale().toString(100 * value, "f", 1) + " %"


def _area(unit: str):
    def text(value: Optional[float]) -> str:
        if value is None:
            return ""
        return f"{QLocale().toString(float(value), 'f', 0 if abs(value) >= 100 else 2)} {unit}"

    return text


def _agreement(row: Dict[str, Any]) -> str:
    names = ", ".join(row["interpreters"])
    if not row["points"]:
        return tr("{names} labelled no point in common.").format(names=names)
    return tr("{names} agree on {percent} of {n} points.").format(
        names=names, percent=_percent(row["same"] / row["points"]), n=row["points"]
    )


def _comparison(row: Dict[str, Any]) -> str:
    difference = row["difference_of_overall"]
    if difference is None:
        return ""
    return tr("Overall accuracy less that of “{map}”: {value}").format(
        map=row["map"], value=_with_interval(difference, BOUNDED, _percent)
    )
