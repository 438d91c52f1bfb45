"""History of runs as a page: the list, and what can be done with a run."""

from typing import Iterable, Optional, Tuple

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..base.buttons import Button
from ..base.i18n import tr
from ..base.messages import duration
from ..base.widgets import MARGIN_PX, SPACING_PX, MutedLabel, letters_px, plain_tip
from ..results.naming import image_title, method_title, moment_text
from .history import Run

ROW_PADDING_PX = 10


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
        self.empty = MutedLabel(tr("Finished runs appear here. They can be opened or repeated."))
        self.list = _list()
        self.list.itemSelectionChanged.connect(self._enable)
        self.list.itemDoubleClicked.connect(lambda _item, _column: self._tell(self.open_requested))
        self.open_button = Button(tr("Open"), tr("Add the results of the run to the project"), "mActionAddLayer.svg")
        self.open_button.clicked.connect(lambda: self._tell(self.open_requested))
        tip = tr("Fill the form with what this run was asked to do")
        self.again_button = Button(tr("Again"), tip, "mActionRefresh.svg")
        self.again_button.clicked.connect(lambda: self._tell(self.again_requested))
        tip = tr("Take the run off the list; its files stay")
        self.remove_button = Button(tr("Forget"), tip, "mActionDeleteSelected.svg")
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
        self.again_button.setEnabled(run is not None)
        self.remove_button.setEnabled(run is not None)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(SPACING_PX)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        row = QHBoxLayout()
        for button in (self.open_button, self.again_button, self.remove_button):
            row.addWidget(button, 1)
        layout.addLayout(row)
        layout.addStretch(0)


def _list() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setColumnCount(2)
    tree.setAccessibleName(tr("Finished runs"))
    tree.setHeaderLabels([tr("Image and method"), tr("When")])
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    tree.setToolTip(tr("Runs that came to a result, the last one first"))
    tree.header().setStretchLastSection(False)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    return tree


def _item(run: Run) -> QTreeWidgetItem:
    item = QTreeWidgetItem([f"{image_title(run.job)} · {method_title(run.job)}", moment_text(run.job.created)])
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
    item.setSizeHint(0, QSize(0, letters_px() + ROW_PADDING_PX))
    for column in range(2):
        item.setToolTip(column, plain_tip("\n".join(line for line in lines if line)))
    return item
