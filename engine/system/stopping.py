"""Requests to stop a run: by a line, by a signal, or because whoever started it is gone.

Code that asks stops by itself within a tile or a strip. A pass through a large network takes longer than anybody wants
to wait, so a run whose journal makes that safe may also be ended from outside, after a moment's grace.
"""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from typing import TextIO

from ..contract import events

CANCEL = json.loads(events.CANCEL_LINE)

LONGEST_LINE = 4096

GRACE_S = 1.0
"""What the tile at work gets before the process is ended."""


class StopRequest:
    """Becomes true when the starter asks to cancel or goes away."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._shield = threading.Lock()

    def __call__(self) -> bool:
        """Say whether a stop was asked for."""
        return self._event.is_set()

    def set(self) -> None:
        """Ask to stop."""
        self._event.set()

    def listen(self, stream: TextIO) -> None:
        """Watch a stream for the cancel line or its end, in a thread of its own."""
        _start(self._watch_stream, stream)

    def catch_signals(self) -> None:
        """Take Ctrl-C and SIGTERM as requests to stop, also while the main thread is deep in a library."""
        ours, theirs = socket.socketpair()
        theirs.setblocking(False)
        # Python runs handlers between two steps of the main thread, which may be minutes away; the number of the
        # signal is written to this socket at once.
        signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.set())
        _start(self._watch_signals, ours, theirs)

    def end_after_grace(self, end: Callable[[], None], grace_s: float = GRACE_S) -> None:
        """Call `end` in a thread when a stop was asked for and nothing came of it; it must not return."""
        _start(self._end_later, end, grace_s)

    @contextlib.contextmanager
    def shielded(self) -> Iterator[None]:
        """Keep `end` from being called meanwhile: for the few steps that had better not be cut in two."""
        with self._shield:
            yield

    def _end_later(self, end: Callable[[], None], grace_s: float) -> None:
        self._event.wait()
        threading.Event().wait(grace_s)
        with self._shield:
            end()

    def _watch_stream(self, stream: TextIO) -> None:
        # Pieces of a line that is longer than any of ours are none.
        while line := stream.readline(LONGEST_LINE):
            try:
                if json.loads(line) == CANCEL:
                    self._event.set()
            except (ValueError, RecursionError):
                continue
        # The end of the stream: who started this run is gone, and nobody would take the result.
        self._event.set()

    def _watch_signals(self, ours: socket.socket, theirs: socket.socket) -> None:
        with ours, theirs:
            while number := ours.recv(1):
                if number[0] in (signal.SIGTERM, signal.SIGINT):
                    self._event.set()


def _start(target: Callable[..., None], *arguments: object) -> None:
    threading.Thread(target=target, args=arguments, daemon=True, name=target.__name__).start()
