"""Makes the engine's environment under QGIS's task manager; nothing of QGIS's own Python is touched."""

import json
import os
import shutil
import time
from dataclasses import dataclass
from typing import Dict, List, Mapping, Optional, Tuple

from qgis.core import QgsTask
from qgis.PyQt.QtCore import QProcess, pyqtSignal

from ..base.i18n import tr
from ..process.engine_client import POLL_MS, start_process
from ..process.environment import MINIMUM_PYTHON
from .install_plan import (
    BASE_PROBE,
    MARKER,
    InstallChoice,
    Step,
    base_candidates,
    base_problem,
    explain_failure,
    folder_problem,
    install_steps,
)
from .torch_build import TorchBuild, choose_torch_build

PROBE_TIMEOUT_MS = 15_000
KEPT_LINES = 400
LINES_PAUSE_S = 0.2


@dataclass(frozen=True)
class BasePython:
    """A Python that may make the environment.

    Attributes:
        path: The executable.
        version: For example (3, 11, 2); empty if it did not answer.
        problem: Why it cannot be used; empty if it can.
    """

    path: str
    version: Tuple[int, ...]
    problem: str


class SurveyTask(QgsTask):
    """Finds the Pythons that can make an environment and the torch build that suits the machine.

    Args:
        environ: Environment for children.
        named: A Python to look at besides those found; empty for none.

    Signals:
        surveyed: (list of BasePython, TorchBuild), in the main thread.
    """

    surveyed = pyqtSignal(object, object)

    def __init__(self, environ: Mapping[str, str], named: str = "") -> None:
        super().__init__(tr("Look for Pythons and a GPU"), QgsTask.Flag.CanCancel)
        self._environ = dict(environ)
        self._named = named
        self._answer: Optional[Tuple[List[BasePython], TorchBuild]] = None

    def run(self) -> bool:
        """Ask them all; called in a worker thread."""
        paths = [p for p in (self._named, *base_candidates(self._environ.get("PATH"))) if p]
        pythons = []
        for path in dict.fromkeys(paths):
            if self.isCanceled():
                return False
            pythons.append(_ask_python(path, self._environ))
        self._answer = pythons, choose_torch_build()
        return True

    def finished(self, result: bool) -> None:
        """Tell what was found; called in the main thread."""
        if self._answer is not None:
            self.surveyed.emit(*self._answer)


class InstallTask(QgsTask):
    """Makes the environment, step by step; made again with the same choice it goes on where it stopped.

    Args:
        choice: What to make.
        environ: Environment for children, the proxy included.

    Signals:
        stepped: (number of the step from 1, number of steps, title).
        said: Some lines of output.
        ended: The sentence that says what failed; empty when all is done.
    """

    stepped = pyqtSignal(int, int, str)
    said = pyqtSignal(str)
    ended = pyqtSignal(str)

    def __init__(self, choice: InstallChoice, environ: Mapping[str, str]) -> None:
        super().__init__(tr("Make the land-cover engine's environment"), QgsTask.Flag.CanCancel)
        self.choice = choice
        self._environ: Dict[str, str] = {**environ, "PIP_NO_INPUT": "1", "PIP_REQUIRE_VIRTUALENV": "1"}
        self._lines: List[str] = []
        self._pending: List[str] = []
        self._said_at = 0.0
        self._problem = tr("It was cancelled. Click again to go on where it stopped.")

    def run(self) -> bool:
        """Run the steps; called in a worker thread."""
        try:
            self._problem = self._make()
        except OSError as error:
            self._problem = tr("“{path}”: {reason}.").format(path=error.filename, reason=error.strerror)
        return not self._problem

    def finished(self, result: bool) -> None:
        """Tell how it ended; called in the main thread."""
        self.ended.emit(self._problem)

    def _make(self) -> str:
        problem = folder_problem(self.choice.folder, self.choice.build) or self._prepare_folder()
        if problem:
            return problem
        steps = install_steps(self.choice, self._environ)
        if self._has_pip():
            steps = steps[1:]
        for number, step in enumerate(steps, 1):
            self.stepped.emit(number, len(steps), step.title)
            self.setProgress(100 * (number - 1) / len(steps))
            problem = self._take(step)
            if problem:
                return problem
        return ""

    def _prepare_folder(self) -> str:
        """Make the folder ours; what is broken in it from an earlier try goes."""
        folder, marker = self.choice.folder, os.path.join(self.choice.folder, MARKER)
        os.makedirs(folder, exist_ok=True)
        if os.path.isfile(marker) and not self._has_pip():
            shutil.rmtree(folder)
            os.makedirs(folder)
        with open(marker, "w", encoding="utf-8") as file:
            file.write("Made by the QGIS plugin UHR Land Cover; it may be deleted with everything in it.\n")
        return ""

    def _has_pip(self) -> bool:
        if not os.path.isfile(self.choice.python):
            return False
        process = start_process([self.choice.python, "-I", "-c", "import pip"], self._environ)
        return process is not None and process.waitForFinished(PROBE_TIMEOUT_MS) and process.exitCode() == 0

    def _take(self, step: Step) -> str:
        for command in step.commands:
            first = len(self._lines)
            status = self._run(list(command))
            if status == 0:
                return ""
            if self.isCanceled():
                return tr("It was cancelled. Click again to go on where it stopped.")
        output = "\n".join(self._lines[first:])
        return f"{step.title}: {explain_failure(output, self.choice)}"

    def _run(self, command: List[str]) -> int:
        process = start_process(command, self._environ)
        if process is None:
            self._lines.append(tr("'{path}' could not be started.").format(path=command[0]))
            return 1
        while process.state() != QProcess.ProcessState.NotRunning:
            process.waitForReadyRead(POLL_MS)
            self._listen(process)
            if self.isCanceled():
                process.kill()
                process.waitForFinished(5000)
        self._listen(process, last=True)
        crashed = process.exitStatus() == QProcess.ExitStatus.CrashExit
        return 1 if crashed else process.exitCode()

    def _listen(self, process: QProcess, last: bool = False) -> None:
        for data in (process.readAllStandardError(), process.readAllStandardOutput()):
            lines = bytes(data).decode("utf-8", "replace").splitlines()
            self._lines += lines
            self._pending += lines
        # In bundles: a signal for each of pip's thousands of lines would keep the window busy.
        now = time.monotonic()
        if self._pending and (last or now - self._said_at > LINES_PAUSE_S):
            self.said.emit("\n".join(self._pending[-KEPT_LINES:]))
            self._pending, self._said_at = [], now


def _ask_python(path: str, environ: Mapping[str, str]) -> BasePython:
    process = start_process([path, "-I", "-c", BASE_PROBE], environ)
    silent = tr("'{path}' is not a Python.").format(path=path)
    if process is None:
        return BasePython(path, (), silent)
    if not process.waitForFinished(PROBE_TIMEOUT_MS):
        process.kill()
        process.waitForFinished(2000)
        return BasePython(path, (), silent)
    try:
        version, missing = json.loads(bytes(process.readAllStandardOutput()).decode("utf-8", "replace"))
        version = tuple(int(v) for v in version)
        return BasePython(path, version, base_problem(path, version, tuple(missing)))
    except (ValueError, TypeError):
        return BasePython(path, (), silent)


def best_first(pythons: List[BasePython]) -> List[BasePython]:
    """Return those that can be used, in their order; without any, those that are new enough and say what they lack."""
    usable = [python for python in pythons if not python.problem]
    return usable or [python for python in pythons if python.version >= MINIMUM_PYTHON]
