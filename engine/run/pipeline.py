"""Pipeline of a run: a job goes in, a land-cover map and its polygons lie on disk. Every entrance calls `run`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ...models.checkpoint import Checkpoint
from ..contract.events import Event, Note, PlanReady, Stage
from ..contract.job import JobResult, SegmentationJob
from ..maps.preview import Preview
from ..plan.needs import PRODUCTS_CACHE_BYTES
from ..plan.outputs import name_outputs
from ..plan.planning import RunPlan, plan_run
from ..raster.raster_info import gdal_session
from ..system.host import peak_memory_bytes, share_freed_memory
from ..system.run_context import QUIET, RunContext
from ..tiles.blending import rim_slices
from ..tiles.shards import ShardStore
from ..tiles.source import RasterSource
from ..tiles.unreadable import unreadable_notes
from ..vectors.refined_patches import NOT_CHOSEN, PatchNotes
from .classify import ClassifyReport, TileSinks, classify_tiles
from .failures import explain
from .job_folder import JobFolder, remove_remains
from .predictor import Predictor
from .products import Products
from .resume import take_up
from .run_history import RunClock

AREA_COLUMNS = ("class_id", "class_name", "pixels", "area_m2", "share")
PLANNING_CACHE_BYTES = 64 * 1024**2


def run(
    job: SegmentationJob,
    context: RunContext = QUIET,
    *,
    checkpoint: Checkpoint | None = None,
    restart: bool = False,
) -> JobResult:
    """Classify a raster and write everything the job asks for.

    Results appear under their final names only when all of them are complete. The input's folder is left alone. A run
    that is interrupted, in whatever way, leaves its finished tiles beside the results; the same job goes on from there
    and ends with the same bytes.

    Args:
        job: The request.
        context: Receives events, from this thread and others; asked between tiles and strips whether to stop.
        checkpoint: Network to use instead of the one the job names.
        restart: Throw away what an interrupted run of that name has finished.

    Raises:
        UhrError: With one sentence for the user.
        Cancelled: If asked to stop.
    """
    started = time.monotonic()
    share_freed_memory()
    log = _Warnings(context.emit)
    context = RunContext(log.emit, context.should_stop)
    context.progress(Stage.PREPARE, 0, 1, "steps")
    remove_remains(name_outputs(job))
    with gdal_session(PLANNING_CACHE_BYTES):
        plan = plan_run(job, checkpoint)
        with gdal_session(plan.execution.gdal_cache_bytes), JobFolder(plan.outputs) as folder:
            try:
                plan = take_up(plan, folder, restart=restart)
                context.emit(PlanReady(plan.to_dict()))
                for note in plan.notes:
                    context.warn(note)
                return _Run(plan, folder, context, log.said, started).execute()
            except Exception as error:
                explained = explain(error, plan, folder)
                if explained is error:
                    raise
                raise explained from error


@dataclass
class _Warnings:
    """Hands events on and keeps the warnings: they are shown when they come up and again in the result."""

    receiver: Callable[[Event], None]
    said: list[str] = field(default_factory=list)

    def emit(self, event: Event) -> None:
        if isinstance(event, Note) and event.level == "warning":
            self.said.append(event.message)
        self.receiver(event)


@dataclass
class _Run:
    """The stages of one run, in order."""

    plan: RunPlan
    folder: JobFolder
    context: RunContext
    warnings: list[str]
    started: float

    def execute(self) -> JobResult:
        if data := self.folder.recover():
            return JobResult.from_dict(data)
        tiles, confidence = self.plan.tiles, self.plan.outputs.confidence
        shards = ShardStore(self.folder.shards, self.plan.info.grid, tiles, confidence=confidence)
        self._tell_of_resuming()
        patches = self._patch_notes()  # before the predictor, which may take a copy of the network
        predictor = Predictor(
            self.plan.checkpoint,
            self.plan.execution,
            self.context.warn,
            confidence=confidence,
            parts_of=lambda tile: rim_slices(tiles, tile),
        )
        if patches:
            predictor.after_batch = patches.after_batch
        self.context.progress(Stage.PREPARE, 1, 1, "steps")
        clock = RunClock(self.started)
        clock.mark()
        report = self._classify(shards, predictor, patches)
        predictor.release()
        clock.mark()
        with gdal_session(PRODUCTS_CACHE_BYTES):
            areas = self._make_products(shards, patches, report, predictor)
        self.context.check_stop()
        clock.mark()
        clock.remember(self.plan, report.tiles, report.resumed)
        with self.context.shielded():
            data = self.folder.publish(
                lambda files: self._result(files, areas, report, predictor).to_dict(),
                overwrite=self.plan.job.output.overwrite,
            )
        return JobResult.from_dict(data)

    def _make_products(
        self, shards: ShardStore, patches: PatchNotes | None, report: ClassifyReport, predictor: Predictor
    ) -> tuple[dict, ...]:
        """Make all results under their working names; return the table of areas."""
        products = Products(self.plan, self.folder.staged, self.folder.work, self.context)
        self.folder.stage("assemble", lambda: products.class_raster(shards))
        if self.plan.outputs.confidence:
            self.folder.stage("confidence", lambda: products.confidence(shards))
        self.folder.stage("polygonize", products.polygons)
        if patches:
            finished = sorted(self.folder.journal.state.shards)
            self.folder.stage("refined patches", lambda: products.patches(patches, finished))
        rows = products.description()
        areas = tuple({name: getattr(row, name) for name in AREA_COLUMNS} for row in rows)
        if self.plan.job.output.report:
            products.report(self._result([], areas, report, predictor), rows)
        return areas

    def _tell_of_resuming(self) -> None:
        state = self.folder.journal.state
        if state.done:
            begun = f" of {self.plan.job.created}" if self.plan.job.created else ""
            message = f"Going on with the interrupted run{begun}: {state.done} of {state.total} tiles are finished."
            self.context.inform(message)

    def _patch_notes(self) -> PatchNotes | None:
        if not self.plan.job.output.refined_patches:
            return None
        if not self.plan.outputs.refined_patches:
            self.context.warn(NOT_CHOSEN)
            return None
        return PatchNotes(self.folder.patches, self.plan.tiles, self.plan.checkpoint.network)

    def _classify(self, shards: ShardStore, predictor: Predictor, patches: PatchNotes | None) -> ClassifyReport:
        skips = self.plan.job.on_read_error.value == "nodata"
        journal, grid, legend = self.folder.journal, self.plan.info.grid, self.plan.checkpoint.card.legend
        preview = Preview(self.folder.preview, grid, legend, shards.path, self.context.emit)
        sinks = TileSinks(shards=shards, journal=journal, preview=preview, patches=patches)
        info = self.plan.info
        lacking = info.lacking_members if skips else ()
        known = set(journal.state.unreadable) | {m.window for m in lacking}
        with RasterSource(info, self.plan.stretch, skip_unreadable=skips, unreadable=known) as source:
            report = classify_tiles(self.plan, source, predictor, sinks, self.context)
            for note in unreadable_notes(source.unreadable, info.mosaic, lacking):
                self.context.warn(note)
        if report.tiles == 0:
            self.context.warn("The raster has no data in the area; the map is empty.")
        return report

    def _result(
        self, files: list[Path], areas: tuple[dict, ...], report: ClassifyReport, predictor: Predictor
    ) -> JobResult:
        names, card = self.plan.outputs, self.plan.checkpoint.card
        return JobResult(
            class_raster=str(names.class_raster),
            vectors={kind.value: str(_first_file(names.vector(kind), files)) for kind in names.vector_formats},
            files=tuple(str(f) for f in files),
            area_csv=str(names.area_csv),
            confidence_raster=str(names.confidence_raster) if names.confidence else "",
            recipe=str(names.recipe),
            report=str(names.report) if self.plan.job.output.report else "",
            legend=card.legend.to_dict(),
            model_name=card.name,
            model_notice=card.notice,
            device=self.plan.execution.device_title,
            seconds=time.monotonic() - self.started,
            tiles=report.tiles,
            resumed_tiles=report.resumed,
            peak_host_bytes=peak_memory_bytes(),
            peak_device_bytes=predictor.peak_device_bytes,
            areas=areas,
            warnings=tuple(self.warnings),
        )


def _first_file(path: Path, files: list[Path]) -> Path:
    """Return the file of a polygon format; the first one where classes or parts have files of their own."""
    parts = sorted(f for f in files if f.suffix == path.suffix and f.name.startswith(path.stem))
    return path if path in parts or not parts else parts[0]
