"""Output to whoever started the engine: JSON lines to a program, a progress bar to a person.

Only this module and __main__ write to standard output.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import TextIO

from ..contract import events


def claim_stdout() -> TextIO:
    """Return a private stream on standard output and point everybody else's prints at standard error.

    A library that prints must not break the line protocol; this also catches prints from C.
    """
    private = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n", buffering=1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return private


class JsonConsole:
    """Writes every event as a line of JSON."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def emit(self, event: events.Event) -> None:
        """Write one event; called from any thread."""
        with self._lock:
            self._stream.write(events.encode_fitting(event) + "\n")
            self._stream.flush()


class TerminalConsole:
    """Shows a progress bar and plain sentences."""

    BAR_WIDTH = 28

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._bar_open = False

    def emit(self, event: events.Event) -> None:
        """Show one event; called from any thread."""
        with self._lock:
            if isinstance(event, events.Progress):
                self._show_progress(event)
                return
            self._close_bar()
            if isinstance(event, events.Note):
                self._stream.write(("Warning: " if event.level == "warning" else "") + event.message + "\n")
            elif isinstance(event, events.Failure):
                self._stream.write(f"Error: {event.message}\n")
            elif isinstance(event, events.Result):
                self._stream.write(event.data.get("text") or _summary(event.data))
            self._stream.flush()

    def _show_progress(self, event: events.Progress) -> None:
        share = event.done / event.total if event.total else 0.0
        bar = "#" * round(share * self.BAR_WIDTH)
        eta = f", {_duration(event.eta_s)} left" if event.eta_s is not None else ""
        text = f"{event.stage.value:<10} [{bar:<{self.BAR_WIDTH}}] {event.done}/{event.total} {event.unit}{eta}"
        self._stream.write(f"\r{text:<78}")
        self._stream.flush()
        self._bar_open = True
        if event.total and event.done >= event.total:
            self._close_bar()

    def _close_bar(self) -> None:
        if self._bar_open:
            self._stream.write("\n")
            self._bar_open = False


def _summary(data: dict) -> str:
    files = data.get("files")
    if files:
        return "Wrote:\n" + "".join(f"  {name}\n" for name in files)
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
