"""Context of a run: where its events go, and whether it is asked to stop."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from ..contract.events import Event, Note, Progress, Stage
from .errors import Cancelled


def _ignore(event: Event) -> None:
    pass


@dataclass(frozen=True, slots=True)
class RunContext:
    """What every stage of a run gets from whoever started it.

    Attributes:
        emit: Receives events, from any thread.
        should_stop: Says whether a stop was asked for; asked between tiles and strips. One that has a method
            `shielded` (see stopping.py) may also end the process from outside.
    """

    emit: Callable[[Event], None] = _ignore
    should_stop: Callable[[], bool] = lambda: False

    def check_stop(self) -> None:
        """Raise Cancelled if a stop was asked for."""
        if self.should_stop():
            raise Cancelled

    def progress(self, stage: Stage, done: int, total: int, unit: str = "tiles", eta_s: float | None = None) -> None:
        """Tell how far a stage is; see `Progress`."""
        self.emit(Progress(stage, done, total, unit, eta_s))

    def inform(self, message: str) -> None:
        """Tell something worth a line in the log."""
        self.emit(Note("info", message))

    def warn(self, message: str) -> None:
        """Tell something worth the user's attention."""
        self.emit(Note("warning", message))

    def shielded(self) -> contextlib.AbstractContextManager[None]:
        """Keep the process from being ended from outside meanwhile: for the few steps not to be cut in two."""
        shield = getattr(self.should_stop, "shielded", None)
        return shield() if shield else contextlib.nullcontext()


QUIET = RunContext()
"""Of work that nobody watches and nobody stops."""
