"""Connects the Assess panel with the engine, the files of a sample and the map."""

import os
from typing import Callable, Dict, List, Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog, QInputDialog, QMessageBox

from ...engine.contract import events
from ...engine.contract.sample import DESIGN_END
from ..base.i18n import tr
from ..base.message_bar import Messenger
from ..base.messages import explain
from ..process.engine_client import EngineClient
from ..process.engine_finder import EngineFinder
from ..process.task import CommandTask
from ..settings import PluginSettings
from .assess_dock import DESIGN, LABEL, REPORT, AssessDock
from .drawn_sample import DrawnSample, SampleRefused, read_sample
from .labels.label_file import LabelFile, copy_for_interpreter
from .labels.labelling import Labelling

REPORT_END = "_report"


class AssessController(QObject):
    """Carries out what the panel asks for.

    Args:
        iface: QGIS's interface.
        dock: The panel.
        settings: What is remembered.
    """

    def __init__(self, iface, dock: AssessDock, settings: PluginSettings) -> None:
        super().__init__()
        self._iface = iface
        self._dock = dock
        self._messenger = Messenger(iface)
        self._finder = EngineFinder(settings)
        self._task: Optional[CommandTask] = None
        self._others: List[str] = []
        self._files: Dict[str, str] = {}
        self.labelling = Labelling(iface, dock.label, self._messenger)
        self.sample: Optional[DrawnSample] = None
        self._connect()
        if self._finder.find() is None:
            self._dock.design.show_problem(self._finder.help_text())

    @property
    def is_busy(self) -> bool:
        """Whether the engine works for the panel."""
        return self._task is not None

    def assess(self, layer) -> None:
        """Turn to the design of a sample of a layer."""
        self._dock.design.map.setLayer(layer)
        self._dock.show_page(DESIGN)

    def plan(self) -> None:
        """Count the strata, and show what every allocation gives."""
        self._run(
            tr("Look at a map"), [*self._dock.design.current().arguments(), "--plan"], self._dock.design.show_plan
        )

    def draw(self) -> None:
        """Draw the sample; asks before labels are replaced."""
        stem = self._dock.design.out_stem()
        if not stem:
            self._dock.design.show_problem(tr("Nobody said where the sample is to go. Choose a file."))
            return
        words = [*self._dock.design.current().arguments(), "--out", stem]
        if os.path.exists(stem + DESIGN_END):
            if not self._may_replace(stem):
                return
            self._leave_sample()
            words.append("--overwrite")
        self._run(tr("Draw a sample"), words, lambda data: self._drawn(data, stem))

    def open_sample(self, design: str, interpreter: str = "") -> None:
        """Go on with a sample.

        Args:
            design: File of the design.
            interpreter: Who labels; each has a file of labels.
        """
        try:
            sample = read_sample(design)
            path = sample.label_file(interpreter)
            if interpreter.strip() and not os.path.exists(path):
                copy_for_interpreter(sample.label_file(), path)
            file = LabelFile(path)
        except SampleRefused as error:
            self._dock.design.show_problem(str(error))
            return
        self._show_sample(sample, file, interpreter)

    def estimate(self) -> None:
        """Estimate from the labels so far."""
        if self.sample is None:
            return
        labels = self._dock.report.chosen_files()
        if not labels:
            self._dock.report.show_nothing("warning", tr("No file of labels is chosen. Tick at least one."))
            return
        words = ["assess", "report", self.sample.design, "--out", self._report_stem(), "--overwrite"]
        words += ["--labels", *labels]
        if os.path.exists(self.sample.settled_file):
            words += ["--adjudicated", self.sample.settled_file]
        if self._others:
            words += ["--compare", *self._others]
        self._run(tr("Estimate accuracy and areas"), words, self._estimated)

    def settle(self) -> None:
        """Gather the points on which interpreters differ, to be labelled once more."""
        if self.sample is None:
            return
        out = self.sample.settled_file
        if os.path.exists(out):
            self._open_settled()
            return
        words = ["assess", "adjudicate", self.sample.design, "--out", out]
        words += ["--labels", *self._dock.report.chosen_files()]
        self._run(tr("Gather disagreements"), words, lambda _data: self._open_settled())

    def compare_with(self, path: str) -> None:
        """Score one more map on the same points, and estimate."""
        if path and path not in self._others:
            self._others.append(path)
            self.estimate()

    def shut_down(self) -> None:
        """Let go of everything; labels are on disk."""
        if self._task is not None:
            self._task.ended.disconnect()
            self._task.stop_now()
            self._task.cancel()
            self._task = None
        self._leave_sample()
        self._messenger.shut_down()

    def _connect(self) -> None:
        dock = self._dock
        dock.design.plan_wanted.connect(self.plan)
        dock.design.draw_wanted.connect(self.draw)
        dock.design.open_wanted.connect(self._choose_sample)
        dock.label.report_wanted.connect(self._turn_to_report)
        dock.report.estimate_wanted.connect(self.estimate)
        dock.report.settle_wanted.connect(self.settle)
        dock.report.label_wanted.connect(lambda: dock.show_page(LABEL))
        dock.report.open_wanted.connect(lambda: _open(self._files.get(".html", "")))
        dock.report.folder_wanted.connect(lambda: _open(os.path.dirname(self._files.get(".html", ""))))
        dock.report.compare_wanted.connect(self._choose_other)

    def _run(self, title: str, words: List[str], then: Callable[[dict], None]) -> None:
        if self._task is not None:
            return
        if self._finder.interpreter is None and self._finder.find() is None:
            self._fail(events.Failure(events.ErrorCode.ENVIRONMENT_MISSING, self._finder.help_text()))
            return
        client = EngineClient(self._finder.interpreter.path, self._finder.environ())
        self._task = CommandTask(title, words, client)
        self._task.ended.connect(lambda outcome: self._ended(outcome, then))
        self._show_busy(title + " …")
        QgsApplication.taskManager().addTask(self._task)

    def _ended(self, outcome: object, then: Callable[[dict], None]) -> None:
        self._task = None
        self._show_busy("")
        if isinstance(outcome, events.Failure):
            self._fail(outcome)
            return
        self._dock.design.show_problem("")
        then(outcome.data)

    def _fail(self, failure: events.Failure) -> None:
        self._messenger.fail(failure)
        text = explain(failure).full_text
        if self._dock.tabs.currentIndex() == REPORT:
            self._dock.report.show_nothing("error", text)
        else:
            self._dock.design.show_problem(text)

    def _show_busy(self, text: str) -> None:
        self._dock.design.show_busy(text)
        self._dock.report.estimate_button.setEnabled(not text)
        self._dock.report.settle_button.setEnabled(not text and self._dock.report.files.count() > 1)

    def _drawn(self, data: dict, stem: str) -> None:
        self._dock.design.show_plan(data)
        self.open_sample(stem + DESIGN_END)

    def _show_sample(self, sample: DrawnSample, file: LabelFile, interpreter: str) -> None:
        self._leave_sample()
        self.sample = sample
        self._dock.show_sample(is_there=True)
        self._dock.show_page(LABEL)
        self.labelling.begin(sample, file, interpreter)
        self._dock.report.show_files(sample.label_files())
        self._dock.report.show_nothing()

    def _leave_sample(self) -> None:
        self.labelling.end()
        self.sample = None
        self._others, self._files = [], {}
        self._dock.show_sample(is_there=False)

    def _turn_to_report(self) -> None:
        self._dock.report.show_files(self.sample.label_files() if self.sample else [])
        self._dock.show_page(REPORT)

    def _estimated(self, data: dict) -> None:
        self._files = {os.path.splitext(path)[1]: path for path in data["files"]}
        self._dock.report.show_assessment(data["assessment"])

    def _open_settled(self) -> None:
        try:
            file = LabelFile(self.sample.settled_file)
        except SampleRefused as error:
            self._dock.report.show_nothing("error", str(error))
            return
        self._show_sample(self.sample, file, "")

    def _report_stem(self) -> str:
        return self.sample.stem + REPORT_END

    def _may_replace(self, stem: str) -> bool:
        question = tr("“{name}” is there already. Draw it anew? Its labels are lost.").format(
            name=os.path.basename(stem)
        )
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(self._dock, tr("Draw sample"), question, buttons.Yes | buttons.No, buttons.No)
        return answer == buttons.Yes

    def _choose_sample(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self._dock, tr("Open a sample"), "", f"(*{DESIGN_END})")
        if not path:
            return
        name, wanted = QInputDialog.getText(
            self._dock, tr("Open a sample"), tr("Who labels? Leave empty if it is one person alone.")
        )
        if wanted:
            self.open_sample(path, name)

    def _choose_other(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self._dock, tr("Compare with a map"))
        self.compare_with(path)


def _open(path: str) -> None:
    if path:
        QDesktopServices.openUrl(QUrl.fromLocalFile(path))
