"""Legend of a result with areas: a row for each class, with a bar as long as its share."""

from typing import Any, Dict, List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QModelIndex, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ..base.class_names import class_name
from ..base.i18n import tr
from ..base.numbers import area_text, share_text
from ..base.widgets import plain_tip, swatch

ROW_PADDING_PX = 8
UNNAMED_COLOR = (128, 128, 128)
SHARE_ROLE = Qt.ItemDataRole.UserRole
COLOR_ROLE = Qt.ItemDataRole.UserRole + 1


class LegendTable(QTreeWidget):
    """Classes with their colours, areas and shares, the largest first; as high as its rows."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setColumnCount(3)
        self.setHeaderLabels([tr("Class"), tr("Surface area"), tr("Share")])
        self.setAccessibleName(tr("Areas of the classes"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegateForColumn(0, _Bar(self))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(20)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
            self.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight)

    def minimumSizeHint(self) -> QSize:  # called by Qt
        """Return room for a few letters: the names are shortened where there is no more."""
        return QSize(120, super().minimumSizeHint().height())

    def show_areas(self, areas: Sequence[Dict[str, Any]], legend: Dict[str, Any]) -> None:
        """Show the classes that have an area.

        Args:
            areas: Rows of the area table.
            legend: JSON data of the legend, in the colours of the map.
        """
        self.clear()
        colors = {c["id"]: tuple(c["color"][:3]) for c in legend.get("classes", ())}
        present = sorted((row for row in areas if row.get("pixels")), key=lambda row: -row.get("share", 0.0))
        most = max((row.get("share", 0.0) for row in present), default=0.0) or 1.0
        for row in present:
            self.addTopLevelItem(self._item(row, colors.get(row["class_id"], UNNAMED_COLOR), most))
        row_px = self.fontMetrics().height() + ROW_PADDING_PX
        self.setFixedHeight(self.header().sizeHint().height() + len(present) * row_px + 2 * self.frameWidth())

    def texts(self) -> List[Tuple[str, str, str]]:
        """Return name, area and share of each row."""
        items = [self.topLevelItem(index) for index in range(self.topLevelItemCount())]
        return [(item.text(0), item.text(1), item.text(2)) for item in items]

    def _item(self, row: Dict[str, Any], color: Tuple[int, int, int], most: float) -> QTreeWidgetItem:
        name = class_name(row["class_name"])
        area = area_text(row.get("area_m2"), row.get("pixels", 0))
        share = share_text(row.get("share", 0.0))
        item = QTreeWidgetItem([name, area, share])
        item.setIcon(0, swatch(color))
        item.setSizeHint(0, QSize(0, self.fontMetrics().height() + ROW_PADDING_PX))
        item.setData(0, SHARE_ROLE, row.get("share", 0.0) / most)
        item.setData(0, COLOR_ROLE, QColor(*color))
        for column in range(3):
            item.setToolTip(column, plain_tip(f"{name}: {area}, {share}"))
        for column in (1, 2):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item


class _Bar(QStyledItemDelegate):
    """Draws a bar at the foot of the row, in the colour of the class."""

    HEIGHT_PX = 3

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # called by Qt
        """Draw the row, then the bar."""
        super().paint(painter, option, index)
        share, color = index.data(SHARE_ROLE), index.data(COLOR_ROLE)
        if not share or color is None:
            return
        rect = option.rect
        bar = QRectF(rect.left() + 3, rect.bottom() - self.HEIGHT_PX, (rect.width() - 6) * share, self.HEIGHT_PX)
        painter.save()
        painter.fillRect(bar, color)
        if color.lightness() > 215:  # white must show on white
            painter.setPen(QColor(128, 128, 128))
            painter.drawRect(bar)
        painter.restore()
