"""Small parts that several panels share."""

from html import escape
from typing import Iterable, Optional, Tuple

from qgis.core import QgsApplication
from qgis.gui import QgsScrollArea
from qgis.PyQt.QtCore import QEvent, QSize, Qt
from qgis.PyQt.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap
from qgis.PyQt.QtWidgets import (
    QApplication,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

SPACING_PX = 6
MARGIN_PX = 9
MINIMUM_WIDTH_PX = 330
ROOM_FOR_SCROLL_BAR_PX = 18
SWATCH_PX = 14
NOTE_ICONS = {"info": "mIconInfo.svg", "warning": "mIconWarning.svg", "error": "mIconWarning.svg"}


class WrappingLabel(QLabel):
    """Plain text that breaks lines instead of widening the dock."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class MutedLabel(WrappingLabel):
    """Text in a quieter shade of the theme's text colour, mixed anew when the theme changes."""

    SHADE = 0.32

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._mix()

    def changeEvent(self, event: QEvent) -> None:  # called by Qt
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._mix()

    def _mix(self) -> None:
        theme = QApplication.palette()
        text, ground = theme.color(QPalette.ColorRole.WindowText), theme.color(QPalette.ColorRole.Window)
        pairs = zip(text.getRgb()[:3], ground.getRgb()[:3])  # noqa: B905 - not in Python 3.9
        mixed = QColor(*(round((1 - self.SHADE) * t + self.SHADE * g) for t, g in pairs))
        if (
            self.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.WindowText) != mixed
        ):  # setting it comes back here
            palette = self.palette()
            for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
                palette.setColor(group, QPalette.ColorRole.WindowText, mixed)
            self.setPalette(palette)


def plain_tip(text: str) -> str:
    """Return a text of strangers for a tooltip, which would read it as HTML: shown as it is, line by line."""
    return "<qt>" + escape(text, quote=False).replace("\n", "<br>") + "</qt>" if text else ""


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


def column_layout(parent: Optional[QWidget] = None) -> QVBoxLayout:
    """Return a column with the panel's margins and spacing."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
    layout.setSpacing(SPACING_PX)
    return layout


def form_layout(parent: Optional[QWidget] = None) -> QFormLayout:
    """Return a form whose fields use the width there is; margins only where it fills a widget."""
    form = QFormLayout(parent) if parent is not None else QFormLayout()
    if parent is not None:
        form.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
    form.setSpacing(SPACING_PX)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def folding_form(box: QWidget) -> QFormLayout:
    """Return the form inside a collapsible box.

    One child holds everything: a folded box hides its children, and a child that is shown meanwhile would
    lie over the title.
    """
    body = QWidget()
    outer = QVBoxLayout(box)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(body)
    return form_layout(body)


def scrolled(widget: QWidget) -> QgsScrollArea:
    """Return a widget in a frame that scrolls up and down only."""
    area = QgsScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    needed_px = widget.minimumSizeHint().width() + ROOM_FOR_SCROLL_BAR_PX
    area.setMinimumWidth(max(MINIMUM_WIDTH_PX, needed_px))
    return area


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
            row = self._layout.takeAt(0).widget()
            row.hide()  # deletion waits for the event loop; until then it would be drawn over the new row
            row.deleteLater()
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
    layout.addWidget(WrappingLabel(text), 1)
    return row
