"""Keeps track of whether the engine can run, asking its interpreter in the background."""

import os
import sys
from typing import Dict, Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..base.i18n import tr
from ..settings import PluginSettings
from .engine_client import EngineClient
from .environment import (
    MINIMUM_PYTHON,
    EngineStatus,
    Interpreter,
    child_environment,
    find_interpreter,
)
from .task import CheckTask, ProbeTask

MODULE_PACKAGES = {"cv2": "opencv-python-headless", "PIL": "pillow"}
"""Module → name under which it is installed, where the two differ."""


class EngineFinder(QObject):
    """Finds the interpreter and remembers what it answered.

    Signals:
        found: The status is known (again).
        tested: The engine has tested itself: events.Result or events.Failure.
    """

    found = pyqtSignal()
    tested = pyqtSignal(object)

    def __init__(self, settings: PluginSettings) -> None:
        super().__init__()
        self._settings = settings
        self._task: Optional[ProbeTask] = None
        self._check: Optional[CheckTask] = None
        self.interpreter: Optional[Interpreter] = None
        self.status: Optional[EngineStatus] = None

    def look(self) -> None:
        """Look for an interpreter and ask it; `found` tells when the answer is there."""
        self.forget()
        if self.find() is None:
            self.found.emit()
            return
        self._task = ProbeTask(self.interpreter, self.environ())
        self._task.answered.connect(self._on_answer)
        QgsApplication.taskManager().addTask(self._task)

    def find(self) -> Optional[Interpreter]:
        """Look for an interpreter without asking it anything; None, and a status that says so, if there is none."""
        self.status = None
        self.interpreter = find_interpreter(self._settings.engine_python, os.environ)
        if self.interpreter is None:
            self.status = EngineStatus(error=tr("No Python for the engine was found."))
        return self.interpreter

    def forget(self) -> None:
        """Do not wait for an answer any more."""
        if self._task is not None:
            self._task.answered.disconnect(self._on_answer)
            self._task = None
        if self._check is not None:
            self._check.answered.disconnect(self._on_check)
            self._check.stop_now()
            self._check.cancel()
            self._check = None

    def environ(self) -> Dict[str, str]:
        """Return the environment for children."""
        return child_environment(os.environ, bundle_root())

    def help_text(self) -> str:
        """Return sentences that say what is missing and what to do; empty if nothing is."""
        if self.status is None or self.status.is_ready:
            return ""
        return " ".join((_finding(self.status), tr("Click “Set up the engine …” in the Land Cover panel.")))

    def finding(self) -> str:
        """Return what is missing; empty if nothing is."""
        return "" if self.status is None or self.status.is_ready else _finding(self.status)

    def _on_answer(self, status: EngineStatus) -> None:
        self._task = None
        self.status = status
        self.found.emit()
        if status.is_ready:
            self._check = CheckTask(EngineClient(self.interpreter.path, self.environ()))
            self._check.answered.connect(self._on_check)
            QgsApplication.taskManager().addTask(self._check)

    def _on_check(self, outcome: object) -> None:
        self._check = None
        self.tested.emit(outcome)


def bundle_root() -> str:
    """Return the folder of a QGIS that brings its own libraries; empty where the system's are used."""
    if os.name == "nt":
        return os.path.dirname(os.path.dirname(QgsApplication.prefixPath()))
    return QgsApplication.prefixPath() if sys.platform == "darwin" else ""


def _finding(status: EngineStatus) -> str:
    if status.error:
        return status.error
    if status.python < MINIMUM_PYTHON:
        return tr("{path} is Python {found}; the engine needs {needed} or newer.").format(
            path=status.interpreter.path,
            found=".".join(str(v) for v in status.python),
            needed=".".join(str(v) for v in MINIMUM_PYTHON),
        )
    names = ", ".join(MODULE_PACKAGES.get(name, name) for name in status.missing)
    return tr("{path} lacks {names}.").format(path=status.interpreter.path, names=names)
