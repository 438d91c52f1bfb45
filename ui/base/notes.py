"""Notes: sentences with an icon, and where there is a remedy the button that does it."""

from dataclasses import dataclass
from typing import Iterable, List, Tuple, Union

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QWidget

from .buttons import Button
from .widgets import SPACING_PX, WrappingLabel, bare_column, icon_size, theme_icon

ICONS = {"info": "mIconInfo.svg", "warning": "mIconWarning.svg", "error": "mIconCritical.svg"}


@dataclass(frozen=True)
class Remedy:
    """What can be done about what a note says.

    Attributes:
        key: Name of the action, for who carries it out.
        text: What the button says.
        tip: What it does.
    """

    key: str
    text: str
    tip: str


@dataclass(frozen=True)
class Note:
    """A sentence for the user.

    Attributes:
        level: "info", "warning" or "error".
        text: The sentence; a note without one is not shown.
        remedies: What can be done about it.
    """

    level: str
    text: str
    remedies: Tuple[Remedy, ...] = ()


class Notes(QWidget):
    """A column of notes; takes no room when there are none.

    Signals:
        remedy_wanted: Key of the remedy whose button was clicked.
    """

    remedy_wanted = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._layout = bare_column(self)
        self.texts: Tuple[str, ...] = ()
        self.hide()

    def show_notes(self, notes: Iterable[Union[Note, Tuple[str, str]]]) -> None:
        """Show these in place of what was shown before; a pair stands for (level, sentence)."""
        shown = [note for note in (_as_note(each) for each in notes) if note.text]
        self.texts = tuple(note.text for note in shown)
        while self._layout.count():
            row = self._layout.takeAt(0).widget()
            row.hide()  # deletion waits for the event loop; until then it would be drawn over the new row
            row.deleteLater()
        for note in shown:
            self._layout.addWidget(self._row(note))
        self.setVisible(bool(shown))

    def buttons(self) -> List[Button]:
        """Return the buttons of the remedies, from top to bottom."""
        rows = [self._layout.itemAt(index).widget() for index in range(self._layout.count())]
        return [button for row in rows for button in row.findChildren(Button)]

    def _row(self, note: Note) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING_PX)
        picture, side = QLabel(), icon_size()
        picture.setPixmap(theme_icon(ICONS[note.level]).pixmap(QSize(side, side)))
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        column = bare_column()
        column.setSpacing(3)
        column.addWidget(WrappingLabel(note.text))
        for remedy in note.remedies:
            button = Button(remedy.text, remedy.tip)
            button.setObjectName(remedy.key)
            button.clicked.connect(lambda _down=False, key=remedy.key: self.remedy_wanted.emit(key))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(column, 1)
        return row


def _as_note(note: Union[Note, Tuple[str, str]]) -> Note:
    return note if isinstance(note, Note) else Note(*note)
