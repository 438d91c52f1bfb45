"""Teach session from QGIS's side: a child process that answers requests as long as an image is taught."""

from dataclasses import replace
from typing import Optional

from qgis.PyQt.QtCore import QObject, QProcess, QTimer, pyqtSignal

from ...engine.contract import events
from ...engine.contract.teach import CloseRequest, Request, encode_request
from ..base.i18n import tr
from ..process.engine_client import start_failure, start_process
from ..process.engine_finder import EngineFinder
from ..process.environment import engine_command

PATIENCE_MS = 3000
"""How long a child that was asked to close is waited for, in the background."""

LOG_CHARACTERS = 20_000


class SessionProcess(QObject):
    """Holds the child; what it says arrives as signals in the main thread.

    Signals:
        answered: An `events.Answer`.
        refused: An `events.Refusal`.
        happened: Any other event: progress, notes.
        ended: An `events.Failure`: the child is gone, and was not asked to go.
    """

    answered = pyqtSignal(object)
    refused = pyqtSignal(object)
    happened = pyqtSignal(object)
    ended = pyqtSignal(object)

    def __init__(self, finder: EngineFinder) -> None:
        super().__init__()
        self._finder = finder
        self._process: Optional[QProcess] = None
        self._pending = b""
        self._log = ""
        self._failure: Optional[events.Failure] = None
        self._number = 0

    @property
    def is_open(self) -> bool:
        """True while there is a child to talk to."""
        return self._process is not None

    def open(self, raster: str) -> bool:
        """Start a child for a raster; False, and `ended` with the reason, if it does not start."""
        self.close()
        interpreter = self._finder.interpreter or self._finder.find()
        if interpreter is None:
            self.ended.emit(events.Failure(events.ErrorCode.ENVIRONMENT_MISSING, self._finder.help_text()))
            return False
        command = engine_command(interpreter.path, ["teach-session", raster])
        process = start_process(command, self._finder.environ())
        if process is None:
            reason = start_failure(interpreter.path)
            self.ended.emit(events.Failure(events.ErrorCode.ENVIRONMENT_MISSING, reason))
            return False
        self._process, self._pending, self._log, self._failure = process, b"", "", None
        process.setParent(self)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_log)
        process.finished.connect(self._on_finished)
        return True

    def send(self, request: Request) -> int:
        """Send a request under the next number, and return that; 0 if there is no child."""
        if self._process is None:
            return 0
        self._number += 1
        self._process.write((encode_request(replace(request, number=self._number)) + "\n").encode("ascii"))
        return self._number

    def close(self) -> None:
        """Let the child go; it ends by itself, and is ended if it does not."""
        process, self._process = self._process, None
        if process is None:
            return
        process.readyReadStandardOutput.disconnect(self._read)
        process.readyReadStandardError.disconnect(self._read_log)
        process.finished.disconnect(self._on_finished)
        process.finished.connect(process.deleteLater)
        process.write((encode_request(CloseRequest(0)) + "\n").encode("ascii"))
        process.closeWriteChannel()
        timer = QTimer(process)  # which goes with the process
        timer.timeout.connect(process.kill)
        timer.start(PATIENCE_MS)

    def shut_down(self) -> None:
        """Let the child go and wait until it is gone: QGIS takes the plugin away."""
        process = self._process
        self.close()
        if process is not None and not process.waitForFinished(PATIENCE_MS // 3):
            process.kill()
            process.waitForFinished(PATIENCE_MS)

    def _read(self) -> None:
        *lines, self._pending = (self._pending + bytes(self._process.readAllStandardOutput())).split(b"\n")
        for line in lines:
            event = events.decode(line.decode("utf-8", "replace").strip())
            if isinstance(event, events.Answer):
                self.answered.emit(event)
            elif isinstance(event, events.Refusal):
                self.refused.emit(event)
            elif isinstance(event, events.Failure):
                self._failure = event
            elif event is not None:
                self.happened.emit(event)

    def _read_log(self) -> None:
        text = bytes(self._process.readAllStandardError()).decode("utf-8", "replace")
        self._log = (self._log + text)[-LOG_CHARACTERS:]

    def _on_finished(self, *_: object) -> None:
        self._read_log()
        self._read()
        process, self._process = self._process, None
        process.deleteLater()
        died = events.Failure(events.ErrorCode.ENGINE_DIED, tr("The engine ended while it was taught."), self._log)
        self.ended.emit(self._failure or died)
