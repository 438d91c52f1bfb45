"""List of the classes: colour, name and number of examples; which one is drawn is the one chosen in it."""

from typing import Dict, Optional

from qgis.gui import QgsColorDialog
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..base.buttons import IconButton
from ..base.i18n import tr
from ..base.widgets import swatch
from .palette import Palette

NUMBER_ROLE = Qt.ItemDataRole.UserRole
KEYS = 9
ROWS_SHOWN = 7


class ClassList(QWidget):
    """The list, and buttons to change it.

    Signals:
        chosen: Number of the class that is drawn from now on.
        added: Name of a class to add.
        renamed: Number and new name of a class.
        recolored: Number and new (red, green, blue) of a class.
        removed: Number of a class to take away.
    """

    chosen = pyqtSignal(int)
    added = pyqtSignal(str)
    renamed = pyqtSignal(int, str)
    recolored = pyqtSignal(int, object)
    removed = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self.tree = QTreeWidget()
        self.add_button = IconButton("symbologyAdd.svg", tr("Add a class"))
        self.color_button = IconButton("mIconColorBox.svg", tr("Draw this class in another colour"))
        self.remove_button = IconButton("symbologyRemove.svg", tr("Delete this class and its examples"))
        self._palette = Palette()
        self._build()
        self.tree.currentItemChanged.connect(self._current_changed)
        self.tree.itemChanged.connect(self._edited)
        self.add_button.clicked.connect(lambda: self.added.emit(tr("New class")))
        self.color_button.clicked.connect(self.ask_color)
        self.remove_button.clicked.connect(lambda: self.removed.emit(self.current()))

    def current(self) -> int:
        """Return the number of the chosen class; 0 if there is none."""
        item = self.tree.currentItem()
        return item.data(0, NUMBER_ROLE) if item is not None else 0

    def choose(self, number: int) -> None:
        """Choose a class by its number."""
        item = self._item(number)
        if item is not None:
            self.tree.setCurrentItem(item)

    def choose_row(self, row: int) -> None:
        """Choose the first, second, … class of the list; none if there are not so many."""
        item = self.tree.topLevelItem(row - 1)
        if item is not None:
            self.tree.setCurrentItem(item)

    def show_palette(self, palette: Palette) -> None:
        """Show these classes; the choice stays where its class does."""
        kept, self._palette = self.current(), palette
        self.tree.blockSignals(True)
        self.tree.clear()
        for row, each in enumerate(palette.classes, 1):
            item = QTreeWidgetItem([each.name, "", str(row) if row <= KEYS else ""])
            item.setData(0, NUMBER_ROLE, each.number)
            item.setIcon(0, swatch(each.color))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            for column in (1, 2):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.tree.addTopLevelItem(item)
        self.tree.blockSignals(False)
        self.tree.setCurrentItem(self._item(kept) or self.tree.topLevelItem(0))

    def show_counts(self, counts: Dict[int, int]) -> None:
        """Show how many examples each class has."""
        self.tree.blockSignals(True)
        for row in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(row)
            count = counts.get(item.data(0, NUMBER_ROLE), 0)
            item.setText(1, str(count) if count else "")
        self.tree.blockSignals(False)

    def edit_name(self, number: int) -> None:
        """Let the user type the name of a class."""
        item = self._item(number)
        if item is not None:
            self.tree.setCurrentItem(item)
            self.tree.editItem(item, 0)

    def ask_color(self) -> None:
        """Let the user choose the colour of the chosen class."""
        if not self.current():
            return
        old = QColor(*self._palette.get(self.current()).color)
        new = QgsColorDialog.getColor(old, self, tr("Colour of the class"))
        if new.isValid():
            self.recolored.emit(self.current(), new.getRgb()[:3])

    def _item(self, number: int) -> Optional[QTreeWidgetItem]:
        items = (self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount()))
        return next((item for item in items if item.data(0, NUMBER_ROLE) == number), None)

    def _current_changed(self, item: Optional[QTreeWidgetItem], _before: Optional[QTreeWidgetItem]) -> None:
        for button in (self.color_button, self.remove_button):
            button.setEnabled(item is not None)
        if item is not None:
            self.chosen.emit(item.data(0, NUMBER_ROLE))

    def _edited(self, item: QTreeWidgetItem, column: int) -> None:
        number = item.data(0, NUMBER_ROLE)
        if column == 0 and item.text(0) != self._palette.get(number).name:
            self.renamed.emit(number, item.text(0))

    def _build(self) -> None:
        tree = self.tree
        tree.setHeaderLabels([tr("Class"), tr("Examples"), tr("Key")])
        tree.setAccessibleName(tr("Classes"))
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        tree.setToolTip(tr("The class that is drawn. Double-click a name to change it."))
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            tree.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        tree.setMinimumHeight((ROWS_SHOWN + 1) * round(1.6 * tree.fontMetrics().height()))
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (self.add_button, self.color_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(tree, 1)
        layout.addLayout(buttons)
