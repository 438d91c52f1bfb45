"""The list of the last runs, with what can be done with them."""

from typing import Iterable, Optional, Tuple

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..base.i18n import tr
from ..base.messages import duration
from ..base.widgets import MARGIN_PX, SPACING_PX, MutedLabel, plain_tip, theme_icon
from .history import Run
from .naming import method_title, moment_text


class HistoryPanel(QWidget):
    """Runs, newest first; "Again" fills the form, "Open" loads the layers.

    Signals:
        again_requested: The Run that shall be asked for again.
        open_requested: The Run whose results shall be shown.
        remove_requested: The Run that shall be forgotten.
    """

    again_requested = pyqtSignal(object)
    open_requested = pyqtSignal(object)
    remove_requested = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self._runs: Tuple[Run, ...] = ()
        self._busy = False
        self.empty = MutedLabel(tr("Finished runs appear here. They can be opened or repeated."))
        self.list = _list()
        self.list.itemSelectionChanged.connect(self._enable)
        self.list.itemDoubleClicked.connect(lambda _item, _column: self._tell(self.open_requested))
        self.open_button = QPushButton(theme_icon("mActionAddLayer.svg"), tr("Open"))
        self.open_button.setToolTip(tr("Add the results of the run to the project"))
        self.open_button.clicked.connect(lambda: self._tell(self.open_requested))
        self.again_button = QPushButton(theme_icon("mActionRefresh.svg"), tr("Again"))
        self.again_button.setToolTip(tr("Fill the form with what this run was asked to do"))
        self.again_button.clicked.connect(lambda: self._tell(self.again_requested))
        self.remove_button = QPushButton(theme_icon("mActionDeleteSelected.svg"), tr("Forget"))
        self.remove_button.setToolTip(tr("Take the run off the list; its files stay"))
        self.remove_button.clicked.connect(lambda: self._tell(self.remove_requested))
        self._build()
        self.show_runs(())

    def show_runs(self, runs: Iterable[Run]) -> None:
        """Show these runs in place of what was shown before."""
        self._runs = tuple(runs)
        self.list.clear()
        for run in self._runs:
            self.list.addTopLevelItem(_item(run))
        self.empty.setVisible(not self._runs)
        self.list.setVisible(bool(self._runs))
        self._enable()

    def set_busy(self, busy: bool) -> None:
        """While a run goes on the form cannot be filled."""
        self._busy = busy
        self._enable()

    def choose(self, index: int) -> None:
        """Select a run."""
        self.list.setCurrentItem(self.list.topLevelItem(index))

    def _chosen(self) -> Optional[Run]:
        items = self.list.selectedItems()
        return self._runs[self.list.indexOfTopLevelItem(items[0])] if items else None

    def _tell(self, signal) -> None:
        run = self._chosen()
        if run is not None:
            signal.emit(run)

    def _enable(self) -> None:
        run = self._chosen()
        self.open_button.setEnabled(run is not None and run.is_there)
        self.again_button.setEnabled(run is not None and not self._busy)
        self.remove_button.setEnabled(run is not None)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(SPACING_PX)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        row = QHBoxLayout()
        for button in (self.open_button, self.again_button, self.remove_button):
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(0)


def _list() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setColumnCount(3)
    tree.setHeaderLabels([tr("Result"), tr("Method"), tr("When")])
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    tree.setToolTip(tr("Runs that came to a result, the last one first"))
    tree.header().setStretchLastSection(False)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column in (1, 2):
        tree.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    return tree


def _item(run: Run) -> QTreeWidgetItem:
    item = QTreeWidgetItem([run.name, method_title(run.job), moment_text(run.job.created)])
    lines = [
        run.result.class_raster,
        tr("took {time}").format(time=duration(run.result.seconds)),
        run.result.model_name,
    ]
    if not run.is_there:
        lines.append(tr("The class raster is not there any more."))
        font = item.font(0)
        font.setStrikeOut(True)
        item.setFont(0, font)
    for column in range(3):
        item.setToolTip(column, plain_tip("\n".join(line for line in lines if line)))
    return item
