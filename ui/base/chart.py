"""The chart of areas: one bar for each class, in the colours of the legend."""

from dataclasses import dataclass
from typing import Iterable, Optional, Tuple

from qgis.PyQt.QtCore import QEvent, QLocale, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPalette, QPen
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from .widgets import plain_tip

HEIGHT_PX = 116
TOP_PX, LEFT_PX, RIGHT_PX = 8, 42, 4
WIDEST_BAR_PX = 54
GRID_STEPS = (0.1, 0.2, 0.25, 0.5)
"""Shares between two grid lines, the first that gives at most four lines is taken."""


@dataclass(frozen=True)
class Bar:
    """One class.

    Attributes:
        share: Part of the whole, 0 to 1.
        color: Red, green, blue.
        text: What the tooltip says.
    """

    share: float
    color: Tuple[int, int, int]
    text: str


class AreaChart(QWidget):
    """Upright bars over a grid of per cent; hovering over a bar tells its class and area."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: Tuple[Bar, ...] = ()
        self._label = QLabel(self)
        self._label.hide()
        self.setMinimumHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:  # called by Qt
        """Return the height that is drawn for."""
        return QSize(200, HEIGHT_PX)

    def show_bars(self, bars: Iterable[Bar]) -> None:
        """Show these bars from left to right."""
        self._bars = tuple(bars)
        # A picture has no words for who cannot see it.
        self.setAccessibleName("; ".join(bar.text for bar in self._bars))
        self.setVisible(bool(self._bars))
        self.update()

    def bar_at(self, x: float, y: float) -> Optional[Bar]:
        """Return the bar under a point; the whole column counts, so that thin bars can be hit."""
        for bar, rect in zip(self._bars, self._rects()):  # noqa: B905 - not in Python 3.9
            if rect.left() <= x <= rect.right() and TOP_PX <= y <= self._floor():
                return bar
        return None

    def event(self, event: QEvent) -> bool:  # called by Qt
        """Show the tooltip of the bar under the pointer."""
        if event.type() == QEvent.Type.ToolTip:
            bar = self.bar_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), plain_tip(bar.text) if bar else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QEvent) -> None:  # called by Qt
        """Draw grid and bars."""
        if not self._bars:
            return
        painter = QPainter(self)
        text = self.ink()
        faint = QColor(text)
        faint.setAlpha(60)
        for share in self._grid():
            y = self._y(share)
            painter.setPen(QPen(faint))
            painter.drawLine(LEFT_PX, round(y), self.width() - RIGHT_PX, round(y))
            painter.setPen(QPen(text))
            label = QRectF(0, y - 10, LEFT_PX - 5, 20)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(label, align, QLocale().toString(100 * share, "f", 0) + " %")
        painter.setPen(QPen(QColor(128, 128, 128)))  # white and black classes need an outline
        for bar, rect in zip(self._bars, self._rects()):  # noqa: B905 - not in Python 3.9
            painter.setBrush(QColor(*bar.color))
            painter.drawRect(rect)
        painter.end()

    def ink(self) -> QColor:
        """Return the theme's colour of text."""
        # A label's: dark themes colour labels by style sheet, and leave every palette as dark as it was.
        self._label.ensurePolished()
        return self._label.palette().color(QPalette.ColorGroup.Active, self._label.foregroundRole())

    def _top_share(self) -> float:
        return max(max(bar.share for bar in self._bars), 0.01)

    def _grid(self) -> Tuple[float, ...]:
        top = self._top_share()
        step = next((s for s in GRID_STEPS if top / s <= 4), GRID_STEPS[-1])
        return tuple(i * step for i in range(int(top / step) + 1))

    def _floor(self) -> float:
        return self.height() - TOP_PX

    def _y(self, share: float) -> float:
        return self._floor() - share / self._top_share() * (self._floor() - TOP_PX)

    def _rects(self) -> Tuple[QRectF, ...]:
        column = (self.width() - LEFT_PX - RIGHT_PX) / max(1, len(self._bars))
        width = min(WIDEST_BAR_PX, 0.72 * column)
        return tuple(
            QRectF(
                LEFT_PX + (i + 0.5) * column - width / 2, self._y(bar.share), width, self._floor() - self._y(bar.share)
            )
            for i, bar in enumerate(self._bars)
        )
