"""Buttons that are content with a narrow panel: texts are shortened, and told whole by the tooltip."""

from typing import Any, Iterable, Tuple

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from .widgets import theme_icon

NARROWEST_EMS = 3
ROOM_PX = 8
"""Frame of a button, beside text and icon."""

ICON_GAP_PX = 4


class Button(QPushButton):
    """A button that may become narrower than its text.

    Args:
        text: What it says.
        tip: What it does.
        icon: Icon of QGIS's theme; empty for none.
    """

    def __init__(self, text: str, tip: str, icon: str = "") -> None:
        super().__init__(theme_icon(icon) if icon else QIcon(), text)
        self.setToolTip(tip)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # called by Qt
        """Return room for a few letters."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), NARROWEST_EMS * self.fontMetrics().height()), hint.height())

    def paintEvent(self, event: Any) -> None:  # called by Qt
        """Draw the button with as much of its text as there is room for."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        icon_px = 0 if self.icon().isNull() else option.iconSize.width() + ICON_GAP_PX
        place = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        room = max(place.width(), self.width() - ROOM_PX) - icon_px
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


class CheckBox(QCheckBox):
    """A box to tick that may become narrower than its text.

    Args:
        text: What it says.
        tip: What it does.
    """

    def __init__(self, text: str, tip: str) -> None:
        super().__init__(text)
        self.setToolTip(tip)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # called by Qt
        """Return room for a few letters."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), NARROWEST_EMS * self.fontMetrics().height()), hint.height())

    def paintEvent(self, event: Any) -> None:  # called by Qt
        """Draw the box with as much of its text as there is room for."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        place = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self)
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, place.width())
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_CheckBox, option)


class IconButton(QToolButton):
    """A small button with an icon alone; its tooltip is its name.

    Args:
        icon: Icon of QGIS's theme.
        tip: What it does.
    """

    def __init__(self, icon: str, tip: str) -> None:
        super().__init__()
        self.setIcon(theme_icon(icon))
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


class Switch(QWidget):
    """A row of buttons of which one is down.

    Args:
        name: What is chosen, for people who cannot see it.
        choices: (key, title, tooltip) of each.

    Signals:
        changed: Another button is down.
    """

    changed = pyqtSignal()

    def __init__(self, name: str, choices: Iterable[Tuple[str, str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.buttons = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for key, title, tip in choices:
            button = self.buttons[key] = Button(title, tip)
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {title}")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            # The longest title gets the most room.
            row.addWidget(button, 4 + len(title))
            self._group.addButton(button)
        next(iter(self.buttons.values())).setChecked(True)
        self._group.buttonToggled.connect(self._toggled)

    def current(self) -> str:
        """Return the key of the button that is down."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Press a button; one that is not there changes nothing."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)

    def _toggled(self, _button: Any, down: bool) -> None:
        if down:
            self.changed.emit()
