"""Widgets that several panels share: labels, icons, layouts."""

import os
from html import escape
from typing import Optional, Tuple

from qgis.core import QgsApplication
from qgis.gui import QgsScrollArea
from qgis.PyQt.QtCore import QEvent, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPalette, QPen, QPixmap
from qgis.PyQt.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

PACKAGE_DIR = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SPACING_PX = 6
MARGIN_PX = 9
ROOM_FOR_SCROLL_BAR_PX = 18
NARROW_PANEL_PX = 290
"""A page asks for no more, whatever the language and the letters: wider things are cut off at the right."""

SWATCH_EMS = 0.95


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


class Heading(WrappingLabel):
    """The bold line above a part of a page."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        font = self.font()
        font.setBold(True)
        self.setFont(font)


def plain_tip(text: str) -> str:
    """Return a text of strangers for a tooltip, which would read it as HTML: shown as it is, line by line."""
    return "<qt>" + escape(text, quote=False).replace("\n", "<br>") + "</qt>" if text else ""


def theme_icon(name: str) -> QIcon:
    """Return an icon of QGIS's own theme."""
    return QgsApplication.getThemeIcon(f"/{name}")


def plugin_icon(name: str) -> QIcon:
    """Return an icon of the plugin."""
    return QIcon(os.path.join(PACKAGE_DIR, "resources", "icons", name))


def letters_px() -> int:
    """Return the height of the program's letters in pixels."""
    return QFontMetrics(QApplication.font()).height()


def icon_size() -> int:
    """Return the side of a small icon in pixels: as high as the letters beside it, however the screen is scaled."""
    return max(16, round(1.2 * letters_px()))


def swatch(color: Tuple[int, int, int]) -> QIcon:
    """Return a square of a class colour with an outline that shows on light and dark grounds."""
    ratio = QApplication.instance().devicePixelRatio()
    side = round(SWATCH_EMS * letters_px())
    pixmap = QPixmap(QSize(side, side) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(*color))
    painter = QPainter(pixmap)
    painter.setPen(QPen(QColor(128, 128, 128)))
    painter.drawRect(0, 0, side - 1, side - 1)
    painter.end()
    return QIcon(pixmap)


def narrow(combo: QComboBox) -> QComboBox:
    """Let a list be narrower than its longest entry; return it."""
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(5)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return combo


def column_layout(parent: Optional[QWidget] = None) -> QVBoxLayout:
    """Return a column with the panel's margins and spacing."""
    layout = bare_column(parent)
    layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
    return layout


def bare_column(parent: Optional[QWidget] = None) -> QVBoxLayout:
    """Return a column with the panel's spacing and no margins."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACING_PX)
    return layout


def form_layout(parent: Optional[QWidget] = None) -> QFormLayout:
    """Return a form whose fields use the width there is; margins only where it fills a widget."""
    form = QFormLayout(parent) if parent is not None else QFormLayout()
    if parent is not None:
        form.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
    form.setSpacing(SPACING_PX)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
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
    area.setMinimumWidth(min(NARROW_PANEL_PX, widget.minimumSizeHint().width() + ROOM_FOR_SCROLL_BAR_PX))
    return area
