"""Runs the engine as a child process and turns what it says into events. QtCore only, no widgets.

`EngineClient.run` blocks its caller, which is therefore a worker thread (a QgsTask or a Processing
algorithm); QProcess is made, used and destroyed in that one thread and needs no event loop there.
"""

import os
import time
from collections import deque
from dataclasses import dataclass
from typing import Callable, Deque, List, Mapping, Optional, Union

from qgis.PyQt.QtCore import QProcess, QProcessEnvironment

from ...engine.contract import events
from ..base.i18n import tr
from . import environment

POLL_MS = 100
START_TIMEOUT_MS = 30_000
LOG_LINES = 200
MAX_LOG_LETTERS = 2000
"""Of a line that is none of the engine's."""


@dataclass(frozen=True)
class Grace:
    """How long a child that was asked to stop is waited for.

    Attributes:
        line_s: After the cancel line: the engine looks at it between two tiles.
        terminate_s: After the terminate signal that follows; then the child is killed.
    """

    line_s: float = 8.0
    terminate_s: float = 2.0


NO_PATIENCE = Grace(line_s=1.0, terminate_s=0.5)
Outcome = Union[events.Result, events.Failure]
EventHandler = Callable[[events.Event], None]


class EngineClient:
    """Starts the engine, passes its events on, stops it; holds nothing between runs.

    Args:
        python: The engine's interpreter.
        environ: Environment of the child, cleaned (see `environment.child_environment`).
        grace: Patience with a child that was asked to stop.
    """

    def __init__(self, python: str, environ: Mapping[str, str], grace: Grace = Grace()) -> None:
        self._python = python
        self._environ = environ
        self._grace = grace

    def stop_now(self) -> None:
        """Have no patience from now on: QGIS is waiting. Called from any thread."""
        self._grace = NO_PATIENCE

    def run(
        self, arguments: List[str], on_event: EventHandler, should_stop: Callable[[], bool], temporary: str = ""
    ) -> Outcome:
        """Run one engine command to its end and return its last word.

        Args:
            arguments: Sub-command and its arguments, e.g. ``["run", "/tmp/job.json"]``.
            on_event: Called in this thread with every event but the last.
            should_stop: Asked every tenth of a second; once it is true the child is stopped.
            temporary: Folder for the child's temporary files, which a child that is killed leaves behind; empty for
                the system's.
        """
        environ = (
            {**self._environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), temporary)} if temporary else self._environ
        )
        process = start_process(environment.engine_command(self._python, arguments), environ)
        if process is None:
            return events.Failure(events.ErrorCode.ENVIRONMENT_MISSING, start_failure(self._python))
        try:
            return _Conversation(process, on_event, should_stop, lambda: self._grace).hold()
        finally:
            _reap(process)


def start_process(command: List[str], environ: Mapping[str, str]) -> Optional[QProcess]:
    """Start a child with exactly this environment; None if it does not start."""
    process = QProcess()
    variables = QProcessEnvironment()
    for name, value in environ.items():
        variables.insert(name, value)
    process.setProcessEnvironment(variables)
    process.setWorkingDirectory(os.path.expanduser("~"))
    process.start(command[0], command[1:])
    return process if process.waitForStarted(START_TIMEOUT_MS) else None


def start_failure(python: str) -> str:
    """Return the sentence for an interpreter that does not start."""
    return tr("The engine's Python '{python}' could not be started. Choose another interpreter.").format(python=python)


class _Conversation:
    """One child from its first line to its end."""

    def __init__(
        self, process: QProcess, on_event: EventHandler, should_stop: Callable[[], bool], grace: Callable[[], Grace]
    ) -> None:
        self._process = process
        self._on_event = on_event
        self._should_stop = should_stop
        self._grace = grace
        self._pending = b""
        self._is_too_long = False
        self._log: Deque[str] = deque(maxlen=LOG_LINES)
        self._last_word: Optional[Outcome] = None
        self._stop_asked_at: Optional[float] = None
        self._terminated = False
        self._killed = False

    def hold(self) -> Outcome:
        """Listen until the child ends; return what it came to."""
        while self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.waitForReadyRead(POLL_MS)
            self._drain()
            if self._stop_asked_at is not None or self._should_stop():
                self._press_stop(time.monotonic())
        self._drain()
        if not self._is_too_long:
            self._take_line(self._pending)
        return self._verdict()

    def _drain(self) -> None:
        # stderr first: an unread pipe fills up and stalls the child.
        for line in bytes(self._process.readAllStandardError()).decode("utf-8", "replace").splitlines():
            self._log.append(line)
        *lines, self._pending = (self._pending + bytes(self._process.readAllStandardOutput())).split(b"\n")
        for line in lines:
            self._take_line(b"" if self._is_too_long else line)
            self._is_too_long = False
        if len(self._pending) > events.MAX_LINE_BYTES:
            if not self._is_too_long:
                self._log.append("A line of more than 1 MB was left out.")
            self._pending, self._is_too_long = b"", True

    def _take_line(self, line: bytes) -> None:
        text = line.decode("utf-8", "replace").strip()
        if not text:
            return
        event = events.decode(text)
        if event is None:
            self._log.append(text[:MAX_LOG_LETTERS])
        elif isinstance(event, (events.Result, events.Failure)):
            self._last_word = event
        else:
            self._on_event(event)

    def _press_stop(self, now: float) -> None:
        """Ask, then insist, then force."""
        if self._stop_asked_at is None:
            self._stop_asked_at = now
            self._process.write((events.CANCEL_LINE + "\n").encode("ascii"))
            self._process.waitForBytesWritten(POLL_MS)
        waited_s, grace = now - self._stop_asked_at, self._grace()
        if waited_s > grace.line_s and not self._terminated:
            self._terminated = True
            self._process.terminate()
        if waited_s > grace.line_s + grace.terminate_s and not self._killed:
            self._killed = True
            self._process.kill()

    def _verdict(self) -> Outcome:
        if isinstance(self._last_word, events.Failure) and not self._last_word.details:
            return events.Failure(self._last_word.code, self._last_word.message, "\n".join(self._log))
        if self._last_word is not None:
            return self._last_word
        if self._stop_asked_at is not None:
            return events.Failure(events.ErrorCode.CANCELLED, tr("The run was cancelled."), "\n".join(self._log))
        return events.Failure(events.ErrorCode.ENGINE_DIED, self._obituary(), "\n".join(self._log))

    def _obituary(self) -> str:
        code = self._process.exitCode()
        if self._process.exitStatus() == QProcess.ExitStatus.CrashExit:
            return tr("The engine was ended by the system (signal or crash {code}).").format(code=code)
        return tr("The engine ended with status {code} and gave no result.").format(code=code)


def _reap(process: QProcess) -> None:
    """Leave no child behind, whatever happened while it was listened to."""
    if process.state() != QProcess.ProcessState.NotRunning:
        process.kill()
        process.waitForFinished(5000)
