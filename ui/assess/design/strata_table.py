"""Table of the strata of a map: area and points of each, what is expected of it, and what every allocation gives."""

from typing import Any, Dict, List, Optional, Tuple

from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from ...base.i18n import tr

NAME, AREA, SHARE, EXPECTED, POINTS = range(5)
DEFAULT_EXPECTED = 80.0
"""User's accuracy in percent that the engine expects of a class unless it is told."""


class StrataTable(QTableWidget):
    """Strata; numbers of points and expected accuracies can be edited."""

    def __init__(self) -> None:
        super().__init__(0, 5)
        self.setHorizontalHeaderLabels([tr("Stratum"), tr("Area, ha"), tr("Share"), tr("Expected, %"), tr("Points")])
        self.setToolTip(tr("Points may be changed: then each stratum gets the number that stands here"))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().hide()
        self._planned: List[Optional[int]] = []
        self._names: List[str] = []

    def show_strata(self, strata: List[Dict[str, Any]]) -> None:
        """Show the strata of a plan."""
        expected = dict(self.expected())
        self._names = [row["stratum"] for row in strata]
        self._planned = [row["points"] for row in strata]
        self.setRowCount(len(strata))
        for k, row in enumerate(strata):
            self._set(k, NAME, row["stratum"], editable=False)
            self._set(k, AREA, QLocale().toString(row["area_ha"], "f", 1), editable=False)
            self._set(k, SHARE, QLocale().toString(100 * row["share"], "f", 1) + " %", editable=False)
            self._set(k, EXPECTED, f"{100 * expected.get(row['stratum'], DEFAULT_EXPECTED / 100):g}", editable=True)
            points = "" if row["points"] is None else str(row["points"])
            self._set(k, POINTS, points, editable=row["points"] is not None)

    def clear_strata(self) -> None:
        """Forget them: another map."""
        self.setRowCount(0)
        self._names, self._planned = [], []

    def sizes(self) -> Tuple[Tuple[str, int], ...]:
        """Return the points of each stratum if any was changed; else nothing."""
        found = [_whole(self.item(k, POINTS)) for k in range(self.rowCount())]
        if found == self._planned or None in found:
            return ()
        return tuple(zip(self._names, found))  # noqa: B905 - not in Python 3.9

    def expected(self) -> Tuple[Tuple[str, float], ...]:
        """Return the accuracies that differ from the default, as shares of 1."""
        found = []
        for k in range(self.rowCount()):
            try:
                percent = float(self.item(k, EXPECTED).text().replace(",", "."))
            except ValueError:
                continue
            if percent != DEFAULT_EXPECTED and 0 < percent <= 100:
                found.append((self._names[k], percent / 100))
        return tuple(found)

    def _set(self, row: int, column: int, text: str, *, editable: bool) -> None:
        item = QTableWidgetItem(text)
        if not editable:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
        if column != NAME:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setItem(row, column, item)


def _whole(item: Optional[QTableWidgetItem]) -> Optional[int]:
    text = item.text().strip() if item is not None else ""
    return int(text) if text.isdigit() else None
