"""Classification of a run's raster: tiles are read ahead, classified, and written as shards in other threads."""

from __future__ import annotations

import itertools
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from ...models.legend import NODATA
from ..contract.events import Stage
from ..contract.job import ReadErrorPolicy
from ..maps.preview import Preview
from ..plan.run_plan import RunPlan
from ..raster.grid import Window
from ..system.run_context import RunContext
from ..system.trace import span
from ..tiles.journal import Journal
from ..tiles.shards import ShardBands, ShardStore
from ..tiles.source import RasterSource, TileImage, strip_rows
from ..tiles.tiling import Tile
from ..tiles.unreadable import unreadable_notes
from ..vectors.refined_patches import NOT_CHOSEN, PatchNotes
from .job_folder import JobFolder
from .predictor import Predictor, TileClasses, network_at_work
from .run_clock import RunClock


@dataclass(frozen=True, slots=True)
class ClassifyReport:
    """What the loop did.

    Attributes:
        tiles: Tiles that the network has seen, now or before the interruption.
        resumed: Those that were finished before.
    """

    tiles: int
    resumed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TileSinks:
    """Where finished tiles go.

    Attributes:
        shards: Their files.
        journal: What tells that they are complete.
        preview: What shows them meanwhile.
        patches: Notes of refined patches, if they are wanted.
    """

    shards: ShardStore
    journal: Journal
    preview: Preview
    patches: PatchNotes | None = None

    def take_over(self) -> tuple[set[int], set[int]]:
        """Return the indexes of the tiles with a valid shard, and of all that need not be looked at again."""
        state = self.journal.state
        valid = self.shards.keep_valid(state.shards)
        return valid, valid | state.empty


@dataclass(frozen=True, kw_only=True)
class Classified:
    """A raster whose tiles are all finished.

    Attributes:
        shards: The tiles.
        patches: Notes of refined patches; None if they are not wanted.
        report: How many tiles there were.
        peak_device_bytes: Largest memory allocated on the GPU; 0 on the CPU.
    """

    shards: ShardStore
    patches: PatchNotes | None
    report: ClassifyReport
    peak_device_bytes: int


def classify_raster(plan: RunPlan, folder: JobFolder, context: RunContext, clock: RunClock) -> Classified:
    """Classify every tile of a run that is not finished.

    Args:
        plan: The run.
        folder: Its folder, which receives the shards and the journal.
        context: Receives progress and a preview; asked between tiles whether to stop.
        clock: Is told when the first tile begins and when the last one has ended.

    Raises:
        Cancelled: If asked to stop; finished tiles stay.
        RasterError: If the raster cannot be read.
        DeviceError: If even a single tile on the CPU needs more memory than there is.
    """
    _tell_of_resuming(plan, folder, context)
    shards = ShardStore(folder.shards, plan.info.grid, plan.tiles, shard_bands(plan))
    patches = _patch_notes(plan, folder, context)  # before the predictor, which may take a copy of the network
    with network_at_work(plan, context.warn) as predictor:
        if patches:
            predictor.after_batch = patches.after_batch
        context.progress(Stage.PREPARE, 1, 1, "steps")
        clock.mark()
        preview = Preview(folder.preview, plan.info.grid, plan.checkpoint.card.legend, shards.path, context.emit)
        sinks = TileSinks(shards=shards, journal=folder.journal, preview=preview, patches=patches)
        report = _classify(plan, predictor, sinks, context)
    clock.mark()
    return Classified(shards=shards, patches=patches, report=report, peak_device_bytes=predictor.peak_device_bytes)


def _classify(plan: RunPlan, predictor: Predictor, sinks: TileSinks, context: RunContext) -> ClassifyReport:
    info, skips = plan.info, plan.job.on_read_error is ReadErrorPolicy.NODATA
    lacking = info.lacking_members if skips else ()
    known = set(sinks.journal.state.unreadable) | {m.window for m in lacking}
    with RasterSource(info, plan.stretch, skip_unreadable=skips, unreadable=known) as source:
        report = classify_tiles(plan, source, predictor, sinks, context)
        for note in unreadable_notes(source.unreadable, info.mosaic, lacking):
            context.warn(note)
    if report.tiles == 0:
        context.warn("The raster has no data in the area; the map is empty.")
    return report


def shard_bands(plan: RunPlan) -> ShardBands:
    """Return what the tiles of a run keep besides class ids."""
    classes = plan.checkpoint.card.legend.num_classes if plan.outputs.probabilities else 0
    return ShardBands(plan.outputs.confidence, classes)


def _tell_of_resuming(plan: RunPlan, folder: JobFolder, context: RunContext) -> None:
    state = folder.journal.state
    if state.done:
        begun = f" of {plan.job.created}" if plan.job.created else ""
        context.inform(f"Going on with the interrupted run{begun}: {state.done} of {state.total} tiles are finished.")


def _patch_notes(plan: RunPlan, folder: JobFolder, context: RunContext) -> PatchNotes | None:
    if not plan.job.output.refined_patches:
        return None
    if not plan.outputs.refined_patches:
        context.warn(NOT_CHOSEN)
        return None
    return PatchNotes(folder.patches, plan.tiles, plan.checkpoint.network)


def classify_tiles(
    plan: RunPlan,
    source: RasterSource,
    predictor: Predictor,
    sinks: TileSinks,
    context: RunContext,
) -> ClassifyReport:
    """Classify every tile of a plan that has data and is not finished, and write its shard.

    Raises:
        Cancelled: If asked to stop; finished shards stay.
    """
    valid, done = sinks.take_over()
    sinks.preview.add(t for t in plan.tiles.tiles if t.index in valid)
    todo = [t for t in plan.tiles.tiles if t.index not in done]
    clock = _Clock(len(plan.tiles.tiles) - len(todo), len(plan.tiles.tiles), context)
    seen = 0
    with ThreadPoolExecutor(plan.execution.writers, "shard-writer") as executor:
        writer = _Writer(plan, source, sinks, executor)
        # Closed before the source is, whatever is raised: readers must not use handles that are gone.
        with closing(_read_ahead(plan, todo, source, context)) as read:
            images = _with_data(read, source, sinks.journal, clock)
            for image, classes in predictor.stream(_batches(images, plan.execution.batch)):
                writer.put(image, classes)
                clock.tick()
                seen += 1
        writer.finish()
    return ClassifyReport(seen + len(valid), len(valid))


def _with_data(
    images: Iterable[TileImage], source: RasterSource, journal: Journal, clock: _Clock
) -> Iterator[TileImage]:
    """Yield tiles that have data; note the others as finished."""
    for image in images:
        if image.has_data:
            yield image
        else:
            journal.unreadable(source.unreadable)
            journal.empty(image.tile.index)
            clock.tick()


def _batches(images: Iterator[TileImage], size: int) -> Iterator[list[TileImage]]:
    """Yield tiles in lists of ``size``; the last one may be shorter."""
    while batch := list(itertools.islice(images, size)):
        yield batch


def _read_ahead(plan: RunPlan, todo: Sequence[Tile], source: RasterSource, context: RunContext) -> Iterator[TileImage]:
    """Yield tiles in order while a bounded number of later ones is being read."""
    waiting: deque[Future[TileImage]] = deque()
    tiles = iter(todo)
    executor = ThreadPoolExecutor(plan.execution.readers, "tile-reader")
    try:
        while True:
            while len(waiting) < plan.execution.prefetch and (tile := next(tiles, None)):
                waiting.append(executor.submit(source.read_tile, tile, plan.tiles))
            context.check_stop()
            if not waiting:
                return
            with span("wait for tiles"):
                image = waiting.popleft().result()
            yield image
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


class _Writer:
    """Brings class ids to the source's grid and writes them, in threads, a few tiles behind the network."""

    def __init__(self, plan: RunPlan, source: RasterSource, sinks: TileSinks, executor: ThreadPoolExecutor) -> None:
        self._plan, self._source, self._sinks, self._executor = plan, source, sinks, executor
        self._pending: deque[Future[None]] = deque()
        self._lock = threading.Lock()

    def put(self, image: TileImage, classes: TileClasses) -> None:
        """Write a tile once one of the threads is free; raises what went wrong with earlier ones."""
        while len(self._pending) >= self._plan.execution.writers:
            with span("wait for writers"):
                self._pending.popleft().result()
        self._pending.append(self._executor.submit(self._write, image, classes))

    def finish(self) -> None:
        """Wait for the last tiles."""
        while self._pending:
            self._pending.popleft().result()

    def _write(self, image: TileImage, classes: TileClasses) -> None:
        if self._sinks.patches:
            self._sinks.patches.write(image.tile)
        with span("shard", tile=image.tile.index):
            digest = self._sinks.shards.write(image.tile, self._parts(image, classes), classes.scores)
        with self._lock:
            self._sinks.journal.unreadable(self._source.unreadable)
            self._sinks.journal.tile(image.tile.index, digest)
            with span("preview"):
                self._sinks.preview.add([image.tile])

    def _parts(self, image: TileImage, classes: TileClasses) -> Iterator[tuple[Window, np.ndarray]]:
        tile, tiles = image.tile, self._plan.tiles
        bands = [classes.class_ids, *_further_bands(classes)]
        # A core may be far larger in source pixels than in the model's: strip by strip.
        for strip in tile.core.strips(strip_rows(tile.core)):
            if tiles.is_resampled:
                values, valid = [tiles.to_source(b, tile, strip) for b in bands], self._source.read_validity(strip)
            else:
                inside = strip.slices_in(tile.read)
                values, valid = [b[inside] for b in bands], image.valid[inside]
            if self._plan.mask is not None:
                valid = valid & self._plan.mask.inside(strip)
            yield strip, np.where(valid, np.stack(values), np.uint8(NODATA))


def _further_bands(classes: TileClasses) -> list[np.ndarray]:
    """Return the bands of a shard after that of class ids."""
    confidence = [] if classes.confidence is None else [classes.confidence]
    return confidence + ([] if classes.probabilities is None else list(classes.probabilities))


class _Clock:
    """Counts tiles and estimates the rest of the stage from those of this process."""

    def __init__(self, resumed: int, total: int, context: RunContext) -> None:
        self._resumed, self._total, self._context = resumed, total, context
        self._done, self._start = resumed, time.monotonic()
        if resumed:
            self._context.progress(Stage.CLASSIFY, resumed, total)

    def tick(self) -> None:
        self._done += 1
        pace = (time.monotonic() - self._start) / (self._done - self._resumed)
        self._context.progress(Stage.CLASSIFY, self._done, self._total, eta_s=pace * (self._total - self._done))
