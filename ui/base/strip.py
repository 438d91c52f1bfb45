"""Strip under the bar of pages: one line about what goes on elsewhere, and the way there."""

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from .buttons import Button
from .i18n import tr
from .widgets import MARGIN_PX, WrappingLabel


class Strip(QWidget):
    """Takes no room when there is nothing to say.

    Signals:
        show_wanted: The user wants to see what the line is about.
    """

    show_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.label = WrappingLabel()
        self.button = Button(tr("Show"), tr("Go to what this line is about"))
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.show_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN_PX, 3, MARGIN_PX, 3)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a line; an empty one hides the strip."""
        self.label.setText(text)
        self.setVisible(bool(text))
