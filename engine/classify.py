"""The loop of a run: tiles are read ahead in threads, classified, and written as shards in another thread."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from ..models.legend import NODATA
from .errors import Cancelled
from .events import Event, Progress, Stage
from .grid import Window
from .planning import RunPlan
from .predictor import Predictor
from .shards import ShardStore
from .source import RasterSource, TileImage, strip_rows


@dataclass(frozen=True, slots=True)
class ClassifyReport:
    """What the loop did.

    Attributes:
        tiles: Tiles that the network has seen.
        empty: Tiles that were skipped because their core has no data.
    """

    tiles: int
    empty: int


def classify_tiles(
    plan: RunPlan,
    source: RasterSource,
    predictor: Predictor,
    shards: ShardStore,
    emit: Callable[[Event], None],
    should_stop: Callable[[], bool],
) -> ClassifyReport:
    """Classify every tile of a plan that has data and write its shard.

    Raises:
        Cancelled: If asked to stop; finished shards stay.
    """
    clock = _Clock(len(plan.tiles.tiles), emit)
    seen = empty = 0
    batch: list[TileImage] = []
    with ThreadPoolExecutor(1, "shard-writer") as executor:
        writer = _Writer(plan, source, shards, executor)
        for image in _read_ahead(plan, source, should_stop):
            if image.has_data:
                batch.append(image)
            else:
                empty += 1
                clock.tick()
            if len(batch) == plan.execution.batch:
                seen += _flush(batch, predictor, writer, clock)
        seen += _flush(batch, predictor, writer, clock)
        writer.finish()
    return ClassifyReport(seen, empty)


def _flush(batch: list[TileImage], predictor: Predictor, writer: _Writer, clock: _Clock) -> int:
    if not batch:
        return 0
    for image, class_ids in zip(batch, predictor.classify(batch), strict=True):
        writer.put(image, class_ids)
        clock.tick()
    done = len(batch)
    batch.clear()
    return done


def _read_ahead(plan: RunPlan, source: RasterSource, should_stop: Callable[[], bool]) -> Iterator[TileImage]:
    """Yield tiles in order while a bounded number of later ones is being read."""
    waiting: deque[Future[TileImage]] = deque()
    tiles = iter(plan.tiles.tiles)
    executor = ThreadPoolExecutor(plan.execution.readers, "tile-reader")
    try:
        while True:
            while len(waiting) < plan.execution.prefetch and (tile := next(tiles, None)):
                waiting.append(executor.submit(source.read_tile, tile, plan.tiles))
            if should_stop():
                raise Cancelled
            if not waiting:
                return
            yield waiting.popleft().result()
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


class _Writer:
    """Brings class ids to the source's grid and writes them, one tile behind the network."""

    def __init__(self, plan: RunPlan, source: RasterSource, shards: ShardStore, executor: ThreadPoolExecutor) -> None:
        self._plan, self._source, self._shards, self._executor = plan, source, shards, executor
        self._pending: Future[None] | None = None

    def put(self, image: TileImage, class_ids: np.ndarray) -> None:
        """Write a tile as soon as the one before is written; raises what went wrong with that one."""
        self.finish()
        self._pending = self._executor.submit(self._write, image, class_ids)

    def finish(self) -> None:
        """Wait for the last tile."""
        if self._pending:
            self._pending.result()

    def _write(self, image: TileImage, class_ids: np.ndarray) -> None:
        self._shards.write(image.tile, self._parts(image, class_ids))

    def _parts(self, image: TileImage, class_ids: np.ndarray) -> Iterator[tuple[Window, np.ndarray]]:
        tile, tiles = image.tile, self._plan.tiles
        if not tiles.is_resampled:
            inside = tile.core.slices_in(tile.read)
            yield tile.core, np.where(image.valid[inside], class_ids[inside], np.uint8(NODATA))
            return
        # A core may be far larger in source pixels than in the model's: strip by strip.
        for strip in tile.core.strips(strip_rows(tile.core)):
            out = tiles.to_source(class_ids, tile, strip)
            yield strip, np.where(self._source.read_validity(strip), out, np.uint8(NODATA))


class _Clock:
    """Counts tiles and estimates the rest of the stage."""

    def __init__(self, total: int, emit: Callable[[Event], None]) -> None:
        self._total, self._emit = total, emit
        self._done, self._start = 0, time.monotonic()

    def tick(self) -> None:
        self._done += 1
        pace = (time.monotonic() - self._start) / self._done
        self._emit(Progress(Stage.CLASSIFY, self._done, self._total, "tiles", pace * (self._total - self._done)))
