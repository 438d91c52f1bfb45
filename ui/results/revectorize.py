"""Polygons of a finished map made again with other borders, without running the network. Main thread only."""

import os
from typing import Callable, Optional, Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...engine.contract import events
from ...engine.contract.job import PolygonSpec, VectorFormat
from ...engine.contract.names import POLYGON_ENDINGS, POLYGONS, RASTER_STYLE
from ..base.i18n import tr
from ..process.engine_client import EngineClient
from ..process.task import CommandTask


class Revectorizer(QObject):
    """Runs the engine's `vectorize` command.

    Args:
        make_client: Returns the engine's client; None while there is no engine.

    Signals:
        ended: events.Result with the files, or events.Failure.
    """

    ended = pyqtSignal(object)

    def __init__(self, make_client: Callable[[], Optional[EngineClient]]) -> None:
        super().__init__()
        self._make_client = make_client
        self._task: Optional[CommandTask] = None

    @property
    def is_running(self) -> bool:
        """True while polygons are being made."""
        return self._task is not None

    def start(self, class_raster: str, formats: Sequence[VectorFormat], polygons: PolygonSpec) -> bool:
        """Make polygons beside the class raster, under a name that is free; return whether it was started."""
        client = self._make_client()
        if client is None or self.is_running or not formats:
            return False
        arguments = [
            *("vectorize", class_raster, "--out", free_stem(class_raster)),
            *("--formats", *(kind.value for kind in formats)),
            *("--mmu-m2", repr(polygons.minimum_mapping_unit_m2), "--simplify-m", repr(polygons.simplify_m)),
            *(["--smooth"] if polygons.smooth else []),
        ]
        self._task = CommandTask(tr("Make polygons"), arguments, client)
        self._task.ended.connect(self._on_end)
        QgsApplication.taskManager().addTask(self._task)
        return True

    def shut_down(self) -> None:
        """Stop, and tell nobody."""
        task, self._task = self._task, None
        if task is not None:
            task.ended.disconnect(self._on_end)
            task.stop_now()
            task.cancel()

    def _on_end(self, outcome: object) -> None:
        self._task = None
        if isinstance(outcome, (events.Result, events.Failure)):
            self.ended.emit(outcome)


def free_stem(class_raster: str) -> str:
    """Return folder and name for new polygons, without extension: the first number that is free."""
    stem, number = os.path.splitext(class_raster)[0] + POLYGONS, 2
    while any(os.path.exists(f"{stem}_{number}{suffix}") for suffix in (*POLYGON_ENDINGS, RASTER_STYLE)):
        number += 1
    return f"{stem}_{number}"
