"""Engine runs under QGIS's task manager: a worker thread each, no widget and no layer touched there."""

import json
import os
import shutil
import tempfile
from typing import List, Optional

from qgis.core import QgsTask
from qgis.PyQt.QtCore import QProcess, QTimer, pyqtSignal

from ...engine.contract import events
from ...engine.contract.job import SegmentationJob
from ..base.i18n import tr
from ..base.messages import task_title
from .engine_client import EngineClient, start_failure, start_process
from .environment import EngineStatus, Interpreter, probe_command

# Share of the whole run at which each stage begins and ends, in percent; the bar only has to move
# forward, the stage's own figures stand beside it.
_STAGE_SPAN = {
    events.Stage.PREPARE: (0.0, 3.0),
    events.Stage.CLASSIFY: (3.0, 80.0),
    events.Stage.ASSEMBLE: (80.0, 86.0),
    events.Stage.POLYGONIZE: (86.0, 98.0),
    events.Stage.REPORT: (98.0, 100.0),
}
PROBE_TIMEOUT_MS = 20_000


class CommandTask(QgsTask):
    """Runs one engine command; the signals arrive in the main thread.

    Args:
        title: What the task manager shows.
        arguments: Sub-command and its arguments.
        client: Runs it.

    Signals:
        happened: An event of the engine (progress, note, plan, preview).
        ended: The outcome: events.Result or events.Failure.
    """

    happened = pyqtSignal(object)
    ended = pyqtSignal(object)

    def __init__(self, title: str, arguments: List[str], client: EngineClient) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._arguments = arguments
        self._client = client
        self._outcome: Optional[object] = None

    def stop_now(self) -> None:
        """Have no patience with an engine that is asked to stop."""
        self._client.stop_now()

    def run(self) -> bool:
        """Run the command; called by the task manager in a worker thread."""
        try:
            self._outcome = self._converse()
        except Exception as error:  # whatever happens here must reach the user as a sentence
            self._outcome = events.Failure(events.ErrorCode.INTERNAL, repr(error))
        return isinstance(self._outcome, events.Result)

    def finished(self, result: bool) -> None:
        """Tell the outcome; called by the task manager in the main thread."""
        self._outcome = self._outcome or events.Failure(events.ErrorCode.CANCELLED, tr("The run was cancelled."))
        # Later, because QGIS itself says "Task complete" or "Task failed" after a long task, in the
        # message bar where the system has no notifications: our sentence, which says why, lies on top.
        QTimer.singleShot(0, self._tell)

    def _tell(self) -> None:
        self.ended.emit(self._outcome)

    def _converse(self) -> object:
        return self._client.run(self._arguments, self._pass_on, self.isCanceled)

    def _pass_on(self, event: events.Event) -> None:
        if isinstance(event, events.Progress):
            self.setProgress(overall_percent(event))
        self.happened.emit(event)


class SegmentTask(CommandTask):
    """Runs one job from the raster to the results; the job file is there while it runs."""

    def __init__(self, job: SegmentationJob, client: EngineClient) -> None:
        name = task_title(os.path.basename(job.raster))
        super().__init__(tr("Segment {name}").format(name=name), ["run"], client)
        self.job = job

    def _converse(self) -> object:
        folder = tempfile.mkdtemp(prefix="uhr-landcover-")
        try:
            path = write_job(self.job, folder)
            return self._client.run([*self._arguments, path], self._pass_on, self.isCanceled)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


class ProbeTask(QgsTask):
    """Asks an interpreter whether it can run the engine.

    Signals:
        answered: The EngineStatus, in the main thread.
    """

    answered = pyqtSignal(object)

    def __init__(self, interpreter: Interpreter, environ: dict) -> None:
        super().__init__(tr("Look at the land-cover engine"), QgsTask.Flag.CanCancel)
        self._interpreter = interpreter
        self._environ = environ
        self._status = EngineStatus(interpreter, error=start_failure(interpreter.path))

    def run(self) -> bool:
        """Start the interpreter once; called in a worker thread."""
        process = start_process(probe_command(self._interpreter), self._environ)
        if process is not None:
            self._status = _read_probe(process, self._interpreter)
        return True

    def finished(self, result: bool) -> None:
        """Tell what was found; called in the main thread."""
        self.answered.emit(self._status)


class CheckTask(QgsTask):
    """Lets the engine test itself and say which devices there are.

    Signals:
        answered: The outcome: events.Result with what `check` found, or events.Failure.
    """

    answered = pyqtSignal(object)

    def __init__(self, client: EngineClient) -> None:
        super().__init__(tr("Test the land-cover engine"), QgsTask.Flag.CanCancel)
        self._client = client
        self._outcome: Optional[object] = None

    def stop_now(self) -> None:
        """Have no patience with an engine that is asked to stop."""
        self._client.stop_now()

    def run(self) -> bool:
        """Run `check`; called in a worker thread."""
        self._outcome = self._client.run(["check"], lambda _event: None, self.isCanceled)
        return True

    def finished(self, result: bool) -> None:
        """Tell what was found; called in the main thread."""
        if self._outcome is not None:
            self.answered.emit(self._outcome)


def write_job(job: SegmentationJob, folder: str) -> str:
    """Write the job file that the engine is started with; return its path."""
    path = os.path.join(folder, "job.json")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(job.to_json())
    return path


def overall_percent(event: events.Progress) -> float:
    """Return how far the whole run is, in percent."""
    start, end = _STAGE_SPAN.get(event.stage, (0.0, 100.0))
    share = min(1.0, event.done / event.total) if event.total else 0.0
    return start + share * (end - start)


def _read_probe(process: QProcess, interpreter: Interpreter) -> EngineStatus:
    if not process.waitForFinished(PROBE_TIMEOUT_MS):
        process.kill()
        process.waitForFinished(2000)
        return EngineStatus(interpreter, error=tr("'{path}' gave no answer.").format(path=interpreter.path))
    try:
        data = json.loads(bytes(process.readAllStandardOutput()).decode("utf-8", "replace"))
        return EngineStatus(interpreter, tuple(data["python"]), tuple(data["missing"]))
    except (ValueError, KeyError, TypeError):
        return EngineStatus(interpreter, error=tr("'{path}' is not a Python.").format(path=interpreter.path))
