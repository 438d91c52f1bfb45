"""Bar of pages at the top of the panel: an icon with a word for each."""

from typing import Any, Dict

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .buttons import IconButton
from .i18n import tr
from .widgets import icon_size

NARROWEST_EMS = 2.6
"""Of a button, whose word is then cut short."""

TEXT_SHARE = 0.86
"""Of the panel's letters: five words stand beside each other in 300 pixels."""


class PageBar(QWidget):
    """A button for each page, of which one is down.

    Signals:
        page_wanted: Key of the page whose button was clicked.
        help_wanted: The user wants the guide.
    """

    page_wanted = pyqtSignal(str)
    help_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.buttons: Dict[str, _PageButton] = {}
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(4, 2, 4, 2)
        self._row.setSpacing(0)
        self.help_button = IconButton("mActionHelpContents.svg", tr("What the guide says about this page (F1)"))
        self.help_button.clicked.connect(self.help_wanted)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 4, 0)
        row.addLayout(self._row, 1)
        row.addWidget(self.help_button)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(line)

    def add(self, key: str, title: str, icon: QIcon, tip: str) -> None:
        """Add a page.

        Args:
            key: What the signal tells.
            title: One word.
            icon: Its picture.
            tip: What the page is for.
        """
        button = self.buttons[key] = _PageButton()
        button.setText(title)
        button.setIcon(icon)
        button.setIconSize(QSize(icon_size() + 4, icon_size() + 4))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setToolTip(tip)
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        font = button.font()
        font.setPointSizeF(TEXT_SHARE * font.pointSizeF())
        button.setFont(font)
        button.clicked.connect(lambda _down=False: self.page_wanted.emit(key))
        self._group.addButton(button)
        self._row.addWidget(button)

    def show_current(self, key: str) -> None:
        """Show which page is open."""
        self.buttons[key].setChecked(True)


class _PageButton(QToolButton):
    """A button that may become narrower than its word."""

    def minimumSizeHint(self) -> QSize:  # called by Qt
        """Return room for the icon and a few letters."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), round(NARROWEST_EMS * self.fontMetrics().height())), hint.height())

    def paintEvent(self, event: Any) -> None:  # called by Qt
        """Draw the button with as much of its word as there is room for."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, self.width() - 2)
        QStylePainter(self).drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
