"""Engine commands that nobody asked for by a click: the estimate, the look for interrupted runs.

They run in threads of their own, not under the task manager: that one shows every task in the status bar, tells when it
has ended, and has no more threads than the machine has cores, which a run must not have to wait for.
"""

import shutil
import tempfile
import threading
from typing import List, Optional, Set

from qgis.PyQt.QtCore import QThread, pyqtSignal

from ...engine.contract import events
from ...engine.contract.job import SegmentationJob
from .engine_client import EngineClient
from .task import write_job

STOP_WAIT_MS = 5000
_alive: Set["QuietCommand"] = set()
"""A thread must not be deleted while it runs, whoever has lost interest in it."""


class QuietCommand(QThread):
    """Runs one engine command in the background.

    Args:
        arguments: Sub-command and its arguments.
        client: Runs it.
        job: Job whose file is the last argument; None if the command takes none.

    Signals:
        ended: The outcome, in the main thread: events.Result or events.Failure. Not sent after `cancel`.
    """

    ended = pyqtSignal(object)

    def __init__(self, arguments: List[str], client: EngineClient, job: Optional[SegmentationJob] = None) -> None:
        super().__init__()
        self._arguments = arguments
        self._client = client
        self._job = job
        self._stop = threading.Event()
        self._outcome: Optional[object] = None
        self.finished.connect(self._tell)

    def begin(self) -> None:
        """Start; the object lives until it has ended."""
        _alive.add(self)
        self.start()

    def cancel(self, *, wait: bool = False) -> None:
        """Stop without patience, and tell nobody.

        Args:
            wait: Return when the engine's process is gone.
        """
        self._stop.set()
        self._client.stop_now()
        if wait:
            self.wait(STOP_WAIT_MS)

    def run(self) -> None:  # called by Qt, in the thread
        """Run the command."""
        folder = tempfile.mkdtemp(prefix="uhr-landcover-")
        try:
            arguments = self._arguments if self._job is None else [*self._arguments, write_job(self._job, folder)]
            self._outcome = self._client.run(arguments, lambda _event: None, self._stop.is_set, temporary=folder)
        except Exception as error:  # whatever happens here must not take QGIS down
            self._outcome = events.Failure(events.ErrorCode.INTERNAL, repr(error))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _tell(self) -> None:
        _alive.discard(self)
        if not self._stop.is_set():
            self.ended.emit(self._outcome)
