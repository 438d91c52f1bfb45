"""The Land Cover panel: one page at a time, and the bar that leads to them.

It knows widgets only: no files are looked at, no engine is started here.
"""

from typing import Dict, Optional, Tuple

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QShortcut, QStackedWidget, QVBoxLayout, QWidget

from ..engine.contract.job import JobResult, SegmentationJob
from .base.i18n import tr
from .base.page_bar import PageBar
from .base.strip import Strip
from .base.widgets import plugin_icon, scrolled, theme_icon
from .corrections.panel import CorrectPanel
from .form.form import SegmentForm
from .results.naming import run_title
from .results.result_panel import ResultPanel
from .runs.history_panel import HistoryPanel
from .runs.running_page import RunningPage
from .teach.panel import TeachPanel

FORM, RUNNING, RESULT, HISTORY = "form", "running", "result", "history"
TEACH, CORRECT = "teach", "correct"
SEGMENT = "segment"
"""Key of the button behind which form, run and result are: the steps of one way."""


class LandCoverDock(QgsDockWidget):
    """The panel.

    Signals:
        page_changed: Key of the page that is shown now.
        help_wanted: Key of the page that the guide shall tell about.
    """

    page_changed = pyqtSignal(str)
    help_wanted = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(tr("Land Cover"), parent)
        self.setObjectName("UhrLandCoverDock")
        self.form = SegmentForm()
        self.running = RunningPage()
        self.result = ResultPanel()
        self.history = HistoryPanel()
        self.teach = TeachPanel()
        self.corrections = CorrectPanel()
        self.bar = PageBar()
        self.strip = Strip()
        self._stack = QStackedWidget()
        self._pages: Dict[str, QWidget] = {}
        self._is_running = False
        self._last_result = ""
        self._build()
        self._connect()
        self.show_page(FORM)

    @property
    def page(self) -> str:
        """Key of the page that is shown."""
        return next(key for key, page in self._pages.items() if page is self._stack.currentWidget())

    def pages(self) -> Tuple[str, ...]:
        """Return the keys of all pages."""
        return tuple(self._pages)

    def show_page(self, key: str) -> None:
        """Show a page."""
        self._stack.setCurrentWidget(self._pages[key])
        self.bar.show_current(key if key in self.bar.buttons else SEGMENT)
        self._show_strip()
        self.page_changed.emit(key)

    def show_run(self, title: str) -> None:
        """Turn to a run that begins."""
        self._is_running = True
        self.running.show_start(title)
        self._running_changed()
        self.show_page(RUNNING)

    def show_no_run(self) -> None:
        """Turn back to the form: the run has ended."""
        self._is_running = False
        self._running_changed()
        if self.page == RUNNING:
            self.show_page(FORM)
        self._show_strip()

    def show_progress(self, percent: float, text: str) -> None:
        """Show how far the run is, on its page and on the others."""
        self.running.show_progress(percent, text)
        self._show_strip()

    def show_result(self, result: JobResult, job: SegmentationJob, *, turn: bool = True) -> None:
        """Show a finished run.

        Args:
            result: What the engine left on disk.
            job: What it was asked to do.
            turn: Turn to its page; else only the strip tells of it.
        """
        self._last_result = run_title(job)
        self.result.show_result(self._last_result, result, job)
        if turn:
            self.show_page(RESULT)
        self._show_strip()

    def _show_strip(self) -> None:
        text = ""
        if self._is_running and self.page != RUNNING:
            text = tr("Running: {percent}").format(percent=self.running.bar.text() or "…")
        elif self._last_result and not self._is_running and self.page == FORM:
            text = tr("Last result: {title}").format(title=self._last_result)
        self.strip.show_text(text)

    def _show_what_the_strip_is_about(self) -> None:
        self.show_page(RUNNING if self._is_running else RESULT)

    def _show_segment(self) -> None:
        self.show_page(RUNNING if self._is_running and self.page != RUNNING else FORM)

    def _ask_for_help(self) -> None:
        self.help_wanted.emit(self.page)

    def _running_changed(self) -> None:
        self.form.show_queueing(self._is_running)
        self.form.show_failure(None)

    def _build(self) -> None:
        tip = tr("Make a land-cover map of an image")
        self.bar.add(SEGMENT, tr("Segment"), plugin_icon("segment.svg"), tip)
        tip = tr("Draw a few examples on an image and see it mapped")
        self.bar.add(TEACH, tr("Teach"), plugin_icon("teach.svg"), tip)
        tip = tr("Give parts of a finished map another class")
        self.bar.add(CORRECT, tr("Correct"), theme_icon("mActionToggleEditing.svg"), tip)
        tip = tr("Finished runs: open them, or do them again")
        self.bar.add(HISTORY, tr("History"), theme_icon("mIconHistory.svg"), tip)
        for key, page in (
            (FORM, self.form),
            (RUNNING, scrolled(self.running)),
            (RESULT, scrolled(self.result)),
            (HISTORY, self.history),
            (TEACH, scrolled(self.teach)),
            (CORRECT, scrolled(self.corrections)),
        ):
            self._pages[key] = page
            self._stack.addWidget(page)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.strip)
        layout.addWidget(self._stack, 1)
        self.setWidget(body)

    def _connect(self) -> None:
        self.bar.page_wanted.connect(lambda key: self._show_segment() if key == SEGMENT else self.show_page(key))
        self.bar.help_wanted.connect(self._ask_for_help)
        self._help_key = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self)
        self._help_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._help_key.activated.connect(self._ask_for_help)
        self.strip.show_wanted.connect(self._show_what_the_strip_is_about)
        self.running.next_wanted.connect(lambda: self.show_page(FORM))
        self.result.new_wanted.connect(lambda: self.show_page(FORM))
