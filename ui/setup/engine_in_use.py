"""The part of the engine's window that shows what the engine runs on now."""

import os

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QGroupBox, QHBoxLayout, QPushButton

from ..base.i18n import tr
from ..base.widgets import WrappingLabel, column_layout, form_layout, theme_icon
from .environment_facts import NOTHING, EngineFacts, rows


class EngineStatusBox(QGroupBox):
    """What the engine runs on now.

    Signals:
        chosen: Path of an existing Python to use.
    """

    chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__(tr("In use"))
        self.labels = []
        self._form = form_layout()
        self._form.setVerticalSpacing(2)  # rows without a fact are hidden, and the space between them stays
        for title, text in rows(EngineFacts()):
            label = WrappingLabel(text)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.labels.append(label)
            self._form.addRow(title, label)
        self.show_facts(EngineFacts())
        self.again = QPushButton(theme_icon("mActionRefresh.svg"), tr("Check again"))
        self.again.setToolTip(tr("Ask the Python in use again and let the engine test itself"))
        self.use_button = QPushButton(tr("Use an existing Python …"))
        self.use_button.setToolTip(tr("A Python that has the engine's packages already; nothing is installed into it"))
        self.use_button.clicked.connect(self._ask)
        self.find_button = QPushButton(tr("Find by itself"))
        self.find_button.setToolTip(tr("Forget the choice and look in the usual places"))
        self.find_button.clicked.connect(lambda: self.chosen.emit(""))
        buttons = QHBoxLayout()
        for button in (self.again, self.use_button, self.find_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = column_layout(self)
        layout.addLayout(self._form)
        layout.addLayout(buttons)

    def show_looking(self) -> None:
        """Show that the interpreter is asked."""
        self.show_facts(EngineFacts())
        self.labels[0].setText(tr("Looking for the engine …"))

    def show_facts(self, facts: EngineFacts) -> None:
        """Show what is known."""
        for label, (_, text) in zip(self.labels, rows(facts)):  # noqa: B905 - not in Python 3.9
            label.setText(text)
            for widget in (label, self._form.labelForField(label)):
                widget.setVisible(text != NOTHING)

    def _ask(self) -> None:
        filters = "python.exe" if os.name == "nt" else ""
        path, _ = QFileDialog.getOpenFileName(self, tr("Python of the engine"), "", filters)
        if path:
            self.chosen.emit(path)
