"""Fields of what shall be known how well: several targets, each a standard error or a half-width."""

from typing import Iterable, List, Tuple

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from ...base.i18n import tr
from ...base.widgets import column_layout

OVERALL = "overall"


class TargetFields(QWidget):
    """A row to make a target of, and the targets.

    Signals:
        changed: Other targets.
    """

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.what = QComboBox()
        self.what.setToolTip(tr("What shall be known"))
        self.measure = QComboBox()
        self.measure.addItem(tr("± half-width"), "half")
        self.measure.addItem(tr("standard error"), "se")
        self.measure.setToolTip(tr("How its uncertainty is given"))
        self.value = QDoubleSpinBox()
        self.value.setRange(0.01, 50.0)
        self.value.setValue(5.0)
        self.value.setSuffix(" %")
        self.value.setToolTip(tr("Of 100 %; for an area: of the whole area"))
        self.add_button = QPushButton(tr("Add"))
        self.add_button.setToolTip(tr("Add this target"))
        self.remove_button = QPushButton(tr("Remove"))
        self.remove_button.setToolTip(tr("Remove the chosen target"))
        self.list = QListWidget()
        self.list.setMaximumHeight(70)
        self.list.setToolTip(tr("Targets; the sample is large enough for all of them"))
        self.add_button.clicked.connect(lambda _checked: self.add())
        self.remove_button.clicked.connect(lambda _checked: self._remove())
        self._build()
        self.show_classes(())

    def show_classes(self, names: Iterable[str]) -> None:
        """Offer the classes of a map."""
        self.what.clear()
        self.what.addItem(tr("Overall accuracy"), OVERALL)
        for name in names:
            self.what.addItem(tr("Area of {name}").format(name=name), f"area:{name}")
            self.what.addItem(tr("User's accuracy of {name}").format(name=name), f"users:{name}")

    def add(self) -> None:
        """Add what the row says."""
        text = f"{self.what.currentData()}:{self.measure.currentData()}={self.value.value() / 100:g}"
        if text in self.targets():
            return
        item = QListWidgetItem(f"{self.what.currentText()}: {self.measure.currentText()} {self.value.text()}")
        item.setData(Qt.ItemDataRole.UserRole, text)
        self.list.addItem(item)
        self.changed.emit()

    def targets(self) -> Tuple[str, ...]:
        """Return the targets as the engine reads them."""
        return tuple(self.list.item(k).data(Qt.ItemDataRole.UserRole) for k in range(self.list.count()))

    def clear(self) -> None:
        """Forget all targets: another map."""
        self.list.clear()

    def _remove(self) -> None:
        chosen: List[QListWidgetItem] = self.list.selectedItems()
        for item in chosen:
            self.list.takeItem(self.list.row(item))
        if chosen:
            self.changed.emit()

    def _build(self) -> None:
        layout = column_layout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.what)
        row = QHBoxLayout()
        for widget in (self.measure, self.value, self.add_button, self.remove_button):
            row.addWidget(widget)
        layout.addLayout(row)
        layout.addWidget(self.list)
