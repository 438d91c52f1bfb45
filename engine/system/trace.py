"""Trace of a process: which thread did what and when, in Chrome's format, which Perfetto and chrome://tracing draw.

Off unless `recording` is entered; then a step costs two looks at the clock. One trace a process, so that no stage needs
to be handed anything: steps are told by `span` where they are done.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from .files import write_atomically

Item = TypeVar("Item")

MOST_SPANS = 2_000_000
"""Steps that are kept, about 300 MB of file; later ones are only counted."""

_OFF: contextlib.AbstractContextManager[None] = contextlib.nullcontext()
_trace: _Trace | None = None


@dataclass(slots=True)
class _Trace:
    """Steps of one process.

    Attributes:
        begun: Reading of the clock that counts as 0, in nanoseconds.
        spans: Name, thread's number and name, first and last nanosecond, and facts of each step.
        left_out: Steps beyond MOST_SPANS.
    """

    begun: int = field(default_factory=time.perf_counter_ns)
    spans: list[tuple[str, int, str, int, int, dict]] = field(default_factory=list)
    left_out: int = 0

    def add(self, name: str, first: int, facts: dict) -> None:
        if len(self.spans) >= MOST_SPANS:
            self.left_out += 1
            return
        thread = threading.current_thread()
        self.spans.append((name, thread.native_id or 0, thread.name, first, time.perf_counter_ns(), facts))

    def to_json(self) -> str:
        process = os.getpid()
        threads = {(number, name) for _, number, name, *_ in self.spans}
        events = [
            {"ph": "M", "name": "thread_name", "pid": process, "tid": number, "args": {"name": name}}
            for number, name in sorted(threads)
        ]
        for name, number, _, first, last, facts in sorted(self.spans, key=lambda s: s[3]):
            place = {"ph": "X", "name": name, "pid": process, "tid": number}
            events.append({**place, "ts": (first - self.begun) / 1e3, "dur": (last - first) / 1e3, "args": facts})
        return json.dumps({"traceEvents": events, "otherData": {"left_out": self.left_out}})


@contextlib.contextmanager
def recording(path: Path | None) -> Iterator[None]:
    """Keep the steps that are done inside and write them to a file, also if they end with an error.

    Args:
        path: JSON file to write; None leaves tracing off.

    Raises:
        OSError: If the file cannot be written.
    """
    global _trace
    if path is None:
        yield
        return
    trace = _trace = _Trace()
    try:
        yield
    finally:
        _trace = None
        write_atomically(path, trace.to_json())


def is_recording() -> bool:
    """Return whether steps are kept."""
    return _trace is not None


def span(name: str, **facts: int | str) -> contextlib.AbstractContextManager[None]:
    """Return a context that is a step of the trace; one that does nothing if there is none.

    Args:
        name: What is done, the same for every tile.
        facts: What else is known of it, such as the tile's number.
    """
    return _OFF if _trace is None else _span(_trace, name, facts)


def traced(name: str, items: Iterable[Item]) -> Iterator[Item]:
    """Yield items, each of whose making is a step of the trace."""
    iterator = iter(items)
    while True:
        with span(name):
            try:
                item = next(iterator)
            except StopIteration:
                return
        yield item


@contextlib.contextmanager
def _span(trace: _Trace, name: str, facts: dict) -> Iterator[None]:
    first = time.perf_counter_ns()
    try:
        yield
    finally:
        trace.add(name, first, facts)
