"""The window that shows what the engine runs on and makes its environment, in the background."""

import functools
from typing import List, Optional

from qgis.core import QgsApplication, QgsNetworkAccessManager, QgsSettings
from qgis.gui import QgsScrollArea
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtNetwork import QNetworkProxy
from qgis.PyQt.QtWidgets import QApplication, QDialog, QDialogButtonBox, QFrame, QVBoxLayout, QWidget

from ...engine.contract import events
from ..base import messages
from ..base.help import add_help
from ..base.i18n import tr
from ..base.message_bar import log
from ..base.widgets import column_layout, theme_icon
from ..process.engine_finder import EngineFinder
from ..settings import PluginSettings
from .diagnosis import diagnosis_text
from .engine_in_use import EngineStatusBox
from .environment_facts import EngineFacts, facts_for_report
from .install_form import InstallForm
from .install_plan import folder_problem, network_variables
from .install_task import BasePython, InstallTask, SurveyTask
from .torch_build import TorchBuild

WIDTH_PX, HEIGHT_PX = 640, 760


class EnvironmentDialog(QDialog):
    """Shows the engine's interpreter and its test, and makes an environment where there is none.

    Args:
        settings: What is remembered; only read here.
        parent: Widget it belongs to.

    Signals:
        interpreter_chosen: Path of the Python to use from now on; empty to look for one.
    """

    interpreter_chosen = pyqtSignal(str)

    def __init__(self, settings: PluginSettings, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Land Cover: engine"))
        self.setObjectName("UhrLandCoverEnvironment")
        self._finder = EngineFinder(settings)
        self._facts = EngineFacts()
        self._tasks: List[object] = []
        self._install: Optional[InstallTask] = None
        self._log: List[str] = []
        self.now = EngineStatusBox()
        self.form = InstallForm()
        self._build()
        self._finder.found.connect(self._on_found)
        self._finder.tested.connect(self._on_tested)
        self.now.again.clicked.connect(self.look)
        self.now.chosen.connect(self._use)
        self.form.changed.connect(self._check_form)
        self.form.base_named.connect(self.survey)
        self.form.make_button.clicked.connect(self.make)
        self.form.cancel_button.clicked.connect(self.cancel)
        # By what it needs, not by a method of this window: when the signal comes, the window is gone.
        self.destroyed.connect(functools.partial(_let_go, self._finder, self._tasks))

    @property
    def is_making(self) -> bool:
        """True while an environment is made."""
        return self._install is not None

    def look(self) -> None:
        """Look at the interpreter in use again."""
        self._facts = EngineFacts()
        self.now.show_looking()
        self._finder.look()

    def survey(self, named: str = "") -> None:
        """Look for Pythons that can make an environment, and for a GPU."""
        task = SurveyTask(self._finder.environ(), named)
        task.surveyed.connect(self._on_surveyed)
        self._start(task)

    def make(self) -> None:
        """Make the environment that the form describes."""
        choice = self.form.choice()
        if choice is None or self.is_making:
            return
        environ = {**self._finder.environ(), **_proxy_variables()}
        self._log = []
        self._install = InstallTask(choice, environ)
        self._install.stepped.connect(self.form.show_step)
        self._install.said.connect(self._on_output)
        self._install.ended.connect(self._on_made)
        self.form.show_running(True)
        self._start(self._install)
        QTimer.singleShot(0, self._show_cancel_button)

    def _show_cancel_button(self) -> None:
        self._area.ensureWidgetVisible(self.form.cancel_button)

    def cancel(self) -> None:
        """Stop making the environment; what is there stays for the next try."""
        if self._install is not None:
            self.form.cancel_button.setEnabled(False)
            self._install.cancel()

    def diagnosis(self) -> str:
        """Return what a report of a fault needs, without private names."""
        facts = facts_for_report(self._facts, self.form.build(), self.form.folder_text(), bool(_proxy_variables()))
        return diagnosis_text(facts, "\n".join(self._log))

    def showEvent(self, event) -> None:  # called by Qt
        """Look at everything when the window opens."""
        super().showEvent(event)
        if not event.spontaneous() and not self.is_making:
            self.look()
            self.survey()

    def _start(self, task: object) -> None:
        self._tasks[:] = [t for t in self._tasks if t is self._install] + [task]
        QgsApplication.taskManager().addTask(task)

    def _on_found(self) -> None:
        self._facts = EngineFacts(self._finder.status, self._finder.finding())
        self.now.show_facts(self._facts)

    def _on_tested(self, outcome: object) -> None:
        if isinstance(outcome, events.Failure):
            text = messages.explain(outcome).full_text
            self._log += outcome.details.splitlines()
            self._facts = EngineFacts(self._facts.status, self._facts.finding, test_failure=text)
        else:
            self._facts = EngineFacts(self._facts.status, self._facts.finding, outcome.data)
        self.now.show_facts(self._facts)

    def _on_surveyed(self, pythons: List[BasePython], build: TorchBuild) -> None:
        self.form.offer(pythons, build)
        self._check_form()

    def _check_form(self) -> None:
        choice = self.form.choice()
        self.form.show_problem(folder_problem(choice.folder, choice.build) if choice is not None else "")

    def _on_output(self, text: str) -> None:
        self._log += text.splitlines()
        self.form.show_output(text)

    def _on_made(self, problem: str) -> None:
        choice = self._install.choice
        self._install = None
        self.form.show_running(False)
        if problem:
            log("\n".join([problem, *self._log[-200:]]))
            self.form.show_failure(problem)
            return
        self.form.show_made(choice.folder)
        self._use(choice.python)

    def _use(self, path: str) -> None:
        self.interpreter_chosen.emit(path)
        self.look()

    def _build(self) -> None:
        body = QWidget()
        column = column_layout(body)
        column.addWidget(self.now)
        column.addWidget(self.form)
        column.addStretch(1)
        area = self._area = QgsScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        add_help(buttons, self, "engine")
        copy = buttons.addButton(tr("Copy diagnosis"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setIcon(theme_icon("mActionEditCopy.svg"))
        copy.setToolTip(
            tr("Versions, findings and the end of the log for a report; names of people and folders are replaced")
        )
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.diagnosis()))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)
        self.resize(WIDTH_PX, HEIGHT_PX)


def _let_go(finder: EngineFinder, tasks: List[object], *_: object) -> None:
    finder.forget()
    for task in tasks:
        try:
            task.cancel()
        except RuntimeError:
            continue  # the task manager has deleted it: it is long done


def _proxy_variables() -> dict:
    """Return the proxy of QGIS's settings for pip; called in the main thread."""
    proxy = QgsNetworkAccessManager.instance().fallbackProxy()
    schemes = {QNetworkProxy.ProxyType.HttpProxy: "http", QNetworkProxy.ProxyType.Socks5Proxy: "socks5"}
    if proxy.type() not in schemes or not proxy.hostName():
        return {}
    from urllib.parse import quote

    login = f"{quote(proxy.user(), safe='')}:{quote(proxy.password(), safe='')}@" if proxy.user() else ""
    address = f"{schemes[proxy.type()]}://{login}{proxy.hostName()}:{proxy.port()}"
    excluded = QgsSettings().value("proxy/noProxyUrls", []) or []
    return network_variables(address, ",".join(_host(url) for url in excluded))


def _host(url: str) -> str:
    return str(url).split("//")[-1].split("/")[0]
