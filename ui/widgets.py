"""Small parts that several panels share."""

from typing import Iterable, Tuple

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

SPACING_PX = 6
MARGIN_PX = 9
SWATCH_PX = 14
NOTE_ICONS = {"info": "mIconInfo.svg", "warning": "mIconWarning.svg", "error": "mIconCritical.svg"}


def muted_label(text: str = "") -> QLabel:
    """Return a wrapping label in the theme's quiet text colour."""
    label = wrapping_label(text)
    # A role, not a fixed colour: it stays readable when the theme changes.
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def wrapping_label(text: str = "") -> QLabel:
    """Return a label that breaks lines instead of widening the dock."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def theme_icon(name: str) -> QIcon:
    """Return an icon of QGIS's own theme."""
    return QgsApplication.getThemeIcon(f"/{name}")


def swatch(color: Tuple[int, int, int]) -> QIcon:
    """Return a square of a class colour with an outline that shows on light and dark grounds."""
    pixmap = QPixmap(SWATCH_PX, SWATCH_PX)
    pixmap.fill(QColor(*color))
    painter = QPainter(pixmap)
    painter.setPen(QPen(QColor(128, 128, 128)))
    painter.drawRect(0, 0, SWATCH_PX - 1, SWATCH_PX - 1)
    painter.end()
    return QIcon(pixmap)


class Notes(QWidget):
    """Sentences with an icon each; takes no room when there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING_PX)
        self.texts: Tuple[str, ...] = ()
        self.hide()

    def show_notes(self, notes: Iterable[Tuple[str, str]]) -> None:
        """Show (level, sentence) pairs in place of what was shown before."""
        notes = tuple((level, text) for level, text in notes if text)
        self.texts = tuple(text for _, text in notes)
        while self._layout.count():
            self._layout.takeAt(0).widget().deleteLater()
        for level, text in notes:
            self._layout.addWidget(_note_row(NOTE_ICONS[level], text))
        self.setVisible(bool(notes))


def _note_row(icon: str, text: str) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACING_PX)
    picture = QLabel()
    picture.setPixmap(theme_icon(icon).pixmap(QSize(16, 16)))
    layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(wrapping_label(text), 1)
    return row
