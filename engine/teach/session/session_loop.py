"""Session loop: requests come in as lines and wait; of each kind only the newest is done."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ...contract.events import CANCEL_LINE, Answer, ErrorCode, Event, Refusal
from ...contract.teach import CloseRequest, Request, decode_request, kind_of
from ...system.errors import Cancelled, code_of

CANCEL = json.loads(CANCEL_LINE)
WAIT_S = 0.2
"""How often a waiting session asks whether it should stop."""


@dataclass
class RequestQueue:
    """Requests that wait, the newest of each kind; filled by one thread and emptied by another.

    Attributes:
        is_closed: Whether nothing more will come and the session should end at once.
    """

    is_closed: bool = False
    _waiting: dict[str, Request] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def fill(self, lines: Iterable[str], emit: Callable[[Event], None]) -> None:
        """Take requests from lines until these end, or one asks to close."""
        for line in lines:
            if not line.strip():
                continue
            try:
                if json.loads(line) == CANCEL:
                    break
                request = decode_request(line)
            except ValueError as error:  # JobError is one
                emit(_refusal(line, str(error)))
                continue
            if isinstance(request, CloseRequest):
                break
            self.put(request)
        with self._changed:
            self.is_closed = True
            self._changed.notify()

    def put(self, request: Request) -> None:
        """Add a request; an older one of its kind that still waits is dropped."""
        with self._changed:
            self._waiting.pop(kind_of(request), None)
            self._waiting[kind_of(request)] = request
            self._changed.notify()

    def take(self, timeout_s: float) -> Request | None:
        """Return the request that waits longest; None if none came in time or the queue is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self.is_closed, timeout_s)
            if self.is_closed or not self._waiting:
                return None
            return self._waiting.pop(next(iter(self._waiting)))

    def has_newer(self, kind: str) -> bool:
        """Return whether a request of a kind waits: the one being done need not be finished."""
        return kind in self._waiting


def serve(
    queue: RequestQueue,
    answer: Callable[[Request], dict],
    emit: Callable[[Event], None],
    should_stop: Callable[[], bool],
) -> None:
    """Answer requests until the queue is closed.

    What is wrong with one request is told, and the session goes on; a raster that changed ends it.

    Raises:
        UhrError: If the session cannot go on.
        Cancelled: If asked to stop from outside.
    """
    while not queue.is_closed:
        if should_stop():
            raise Cancelled
        request = queue.take(WAIT_S)
        if request is None:
            continue
        kind = kind_of(request)
        try:
            emit(Answer(request.number, kind, answer(request)))
        except Cancelled:
            continue  # a newer one of its kind waits, or the session ends
        except Exception as error:
            code = code_of(error)
            if code in (ErrorCode.RASTER_CHANGED, ErrorCode.INTERNAL):
                raise
            emit(Refusal(request.number, kind, code, str(error)))


def _refusal(line: str, message: str) -> Refusal:
    """Return the refusal of a line that is no request, with its number and kind where it has them."""
    try:
        data = json.loads(line)
        number, kind = data.get("number"), data.get("request")
    except (ValueError, AttributeError, RecursionError):
        number = kind = None
    known = number if isinstance(number, int) and not isinstance(number, bool) else -1
    return Refusal(known, kind if isinstance(kind, str) else "", ErrorCode.JOB_INVALID, message)
