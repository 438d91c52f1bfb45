"""The Assess panel: design, labels and estimates, one page each.

It knows widgets only: no files are looked at, no engine is started here.
"""

from typing import Optional

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtWidgets import QTabWidget, QWidget

from ..base.i18n import tr
from ..base.widgets import scrolled
from .design.design_page import DesignPage
from .labels.label_page import LabelPage
from .report_page import ReportPage

DESIGN, LABEL, REPORT = range(3)


class AssessDock(QgsDockWidget):
    """The panel."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(tr("Assess"), parent)
        self.setObjectName("UhrLandCoverAssessDock")
        self.design = DesignPage()
        self.label = LabelPage()
        self.report = ReportPage()
        self.tabs = QTabWidget()
        self.tabs.addTab(scrolled(self.design), tr("1  Sample"))
        self.tabs.addTab(scrolled(self.label), tr("2  Labels"))
        self.tabs.addTab(scrolled(self.report), tr("3  Estimates"))
        self.setWidget(self.tabs)
        self.show_sample(is_there=False)

    def show_sample(self, *, is_there: bool) -> None:
        """Offer the pages that need a sample, or not."""
        for page in (LABEL, REPORT):
            self.tabs.setTabEnabled(page, is_there)

    def show_page(self, page: int) -> None:
        """Turn to a page."""
        self.tabs.setCurrentIndex(page)
