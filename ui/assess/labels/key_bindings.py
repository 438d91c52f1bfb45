"""Keys that act in some widgets and in what they hold while the first of them is seen, and nowhere else in QGIS."""

from typing import Callable, List, Tuple

from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QShortcut, QWidget


class KeyBindings(QObject):
    """Keys and what they do.

    Args:
        place: First widget in which they act; while it is hidden, they act nowhere.
    """

    def __init__(self, place: QWidget) -> None:
        super().__init__(place)
        self._places = [place]
        self._actions: List[Tuple[str, Callable[[], None]]] = []
        self._shortcuts: List[QShortcut] = []
        place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # called by Qt
        """Give the keys back to others, the tools of the map first of all, while the first widget is hidden."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            for shortcut in self._shortcuts:
                shortcut.setEnabled(event.type() == QEvent.Type.Show)
        return False

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
                shortcut.setEnabled(self._places[0].isVisible())
                self._shortcuts.append(shortcut)
