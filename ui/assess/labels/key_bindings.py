"""Keys that act in some widgets and in what they hold, and nowhere else in QGIS."""

from typing import Callable, List, Tuple

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QShortcut, QWidget


class KeyBindings:
    """Keys and what they do.

    Args:
        place: First widget in which they act.
    """

    def __init__(self, place: QWidget) -> None:
        self._places = [place]
        self._actions: List[Tuple[str, Callable[[], None]]] = []
        self._shortcuts: List[QShortcut] = []

    def set_actions(self, actions: List[Tuple[str, Callable[[], None]]]) -> None:
        """Replace all keys."""
        self._actions = list(actions)
        self._bind()

    def add_place(self, place: QWidget) -> None:
        """Let the keys act in another widget too."""
        if place not in self._places:
            self._places.append(place)
            self._bind()

    def remove_place(self, place: QWidget) -> None:
        """Take the keys from a widget."""
        if place in self._places:
            self._places.remove(place)
            self._bind()

    def _bind(self) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = []
        for place in self._places:
            for key, action in self._actions:
                shortcut = QShortcut(QKeySequence(key), place)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(action)
                self._shortcuts.append(shortcut)
