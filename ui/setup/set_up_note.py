"""What the form shows first while the engine cannot run: that it must be set up once, and the button that does it."""

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QGroupBox

from ..base.buttons import Button
from ..base.i18n import tr
from ..base.notes import Notes
from ..base.widgets import WrappingLabel, column_layout


class SetUpNote(QGroupBox):
    """Takes no room once the engine can run.

    Signals:
        wanted: The user wants to set the engine up.
    """

    wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("First of all"))
        self.notes = Notes()
        tip = tr("Opens the window that makes what the engine needs, or takes a Python of yours")
        self.button = Button(tr("Set up the engine …"), tip, "mActionOptions.svg")
        self.button.clicked.connect(self.wanted)
        text = tr("The maps are made by an engine beside QGIS. It is set up once, with a click; QGIS is not changed.")
        layout = column_layout(self)
        layout.addWidget(WrappingLabel(text))
        layout.addWidget(self.notes)
        layout.addWidget(self.button)
        self.hide()

    def show_finding(self, finding: str) -> None:
        """Show what is missing; an empty text hides everything."""
        self.notes.show_notes([("warning", finding)])
        self.setVisible(bool(finding))
