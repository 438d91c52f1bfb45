"""The one way of running: a job goes in, a land-cover map and its polygons lie on disk. Every entrance calls `run`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..models.checkpoint import Checkpoint
from .blending import rim_slices
from .classify import ClassifyReport, Finished, classify_tiles
from .confidence_writer import write_confidence_raster, write_confidence_style
from .errors import Cancelled
from .events import Event, Note, PlanReady, Progress, Stage
from .host import peak_memory_bytes
from .job import JobResult, SegmentationJob
from .job_folder import JobFolder, remove_remains
from .outputs import OutputNames, name_outputs
from .planning import RunPlan, plan_run
from .predictor import Predictor
from .preview import Preview
from .raster_info import gdal_session
from .raster_writer import VERSION_TAG, write_class_raster
from .refined_patches import NOT_CHOSEN, PatchNotes, write_patches
from .resume import take_up
from .setbacks import explain
from .shards import ShardStore, sync
from .source import RasterSource
from .stopping import shielded
from .timekeeping import RunClock
from .version import package_version

if TYPE_CHECKING:
    from .area_report import AreaRow

AREA_COLUMNS = ("class_id", "class_name", "pixels", "area_m2", "share")
PLANNING_CACHE_BYTES = 64 * 1024**2


def run(
    job: SegmentationJob,
    emit: Callable[[Event], None],
    should_stop: Callable[[], bool],
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
        emit: Receives events, from this thread and others.
        should_stop: Asked between tiles and strips; True cancels.
        checkpoint: Network to use instead of the one the job names.
        restart: Throw away what an interrupted run of that name has finished.

    Raises:
        UhrError: With one sentence for the user.
        Cancelled: If `should_stop` said so.
    """
    started = time.monotonic()
    emit(Progress(Stage.PREPARE, 0, 1, "steps"))
    log = _Warnings(emit)
    remove_remains(name_outputs(job))
    with gdal_session(PLANNING_CACHE_BYTES):
        plan = plan_run(job, checkpoint)
        with gdal_session(plan.execution.gdal_cache_bytes), JobFolder(plan.outputs) as folder:
            try:
                plan = take_up(plan, folder, restart=restart)
                emit(PlanReady(plan.to_dict()))
                for note in plan.notes:
                    log.warn(note)
                return _Run(plan, folder, emit, should_stop, log, started).execute()
            except Exception as error:
                explained = explain(error, plan, folder)
                if explained is error:
                    raise
                raise explained from error


@dataclass
class _Warnings:
    """Warnings are shown when they come up and again in the result."""

    emit: Callable[[Event], None]
    said: list[str] = field(default_factory=list)

    def warn(self, message: str) -> None:
        self.said.append(message)
        self.emit(Note("warning", message))


@dataclass
class _Run:
    """The stages of one run, in order."""

    plan: RunPlan
    folder: JobFolder
    emit: Callable[[Event], None]
    should_stop: Callable[[], bool]
    log: _Warnings
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
            self.log.warn,
            confidence=confidence,
            parts_of=lambda tile: rim_slices(tiles, tile),
        )
        if patches:
            predictor.after_batch = patches.after_batch
        self.emit(Progress(Stage.PREPARE, 1, 1, "steps"))
        clock = RunClock(self.started)
        clock.mark()
        report = self._classify(shards, predictor, patches)
        predictor.release()
        clock.mark()
        self.folder.stage("assemble", lambda: self._assemble(shards))
        if confidence:
            self.folder.stage("confidence", lambda: self._assemble_confidence(shards))
        self.folder.stage("polygonize", self._polygonize)
        if patches:
            self.folder.stage("looked at twice", lambda: self._write_patches(patches))
        rows = self._describe()
        areas = tuple({name: getattr(row, name) for name in AREA_COLUMNS} for row in rows)
        if self.plan.job.output.report:
            self._write_report(self._result([], areas, report, predictor), rows)
        self._check_stop()
        clock.mark()
        clock.remember(self.plan, report.tiles - report.resumed)
        with shielded(self.should_stop):
            data = self.folder.publish(lambda files: self._result(files, areas, report, predictor).to_dict())
        return JobResult.from_dict(data)

    def _tell_of_resuming(self) -> None:
        state = self.folder.journal.state
        if state.done:
            begun = f" of {self.plan.job.created}" if self.plan.job.created else ""
            message = f"Going on with the interrupted run{begun}: {state.done} of {state.total} tiles are finished."
            self.emit(Note("info", message))

    def _patch_notes(self) -> PatchNotes | None:
        if not self.plan.job.output.looked_at_twice:
            return None
        if not self.plan.outputs.looked_at_twice:
            self.log.warn(NOT_CHOSEN)
            return None
        return PatchNotes(self.folder.path / "patches", self.plan.tiles, self.plan.checkpoint.network)

    def _write_patches(self, patches: PatchNotes) -> None:
        self._check_stop()
        finished = sorted(self.folder.journal.state.shards)
        created = self.plan.job.created
        write_patches(patches.read(finished), self.plan.info.grid, self._staged.patches, self.folder.work, created)

    def _classify(self, shards: ShardStore, predictor: Predictor, patches: PatchNotes | None) -> ClassifyReport:
        skips = self.plan.job.on_read_error.value == "nodata"
        journal, grid, legend = self.folder.journal, self.plan.info.grid, self.plan.checkpoint.card.legend
        preview = Preview(self.folder.preview, grid, legend, shards.path, self.emit)
        finished = Finished(shards=shards, journal=journal, preview=preview, patches=patches)
        known = set(journal.state.unreadable)
        with RasterSource(self.plan.info, self.plan.stretch, skip_unreadable=skips, unreadable=known) as source:
            report = classify_tiles(self.plan, source, predictor, finished, self.emit, self.should_stop)
            for block in sorted(source.unreadable, key=lambda w: (w.row_off, w.col_off)):
                self.log.warn(
                    f"Columns {block.col_off} to {block.col_end - 1}, rows {block.row_off} to {block.row_end - 1} "
                    "could not be read and have no data in the map."
                )
        if report.tiles == 0:
            self.log.warn("The raster has no data in the area; the map is empty.")
        return report

    def _assemble(self, shards: ShardStore) -> None:
        def on_strip(done: int, total: int) -> None:
            self._check_stop()
            self.emit(Progress(Stage.ASSEMBLE, done, total, "strips"))

        card = self.plan.checkpoint.card
        write_class_raster(
            self._staged.class_raster,
            self.plan.info.grid,
            card.legend,
            shards.read,
            area=self.plan.tiles.area,
            tags=_tags(self.plan),
            on_strip=on_strip,
            poll=self._check_stop,
            layout=self.plan.job.output.raster_format,
        )

    def _assemble_confidence(self, shards: ShardStore) -> None:
        def on_strip(done: int, total: int) -> None:
            self._check_stop()
            self.emit(Progress(Stage.ASSEMBLE, done, total, "strips"))

        write_confidence_raster(
            self._staged.confidence_raster,
            self.plan.info.grid,
            shards.read_confidence,
            area=self.plan.tiles.area,
            tags=_tags(self.plan),
            on_strip=on_strip,
            poll=self._check_stop,
            layout=self.plan.job.output.raster_format,
        )
        write_confidence_style(self._staged.confidence_style)

    def _polygonize(self) -> None:
        self._check_stop()
        output = self.plan.job.output
        if not output.vector_formats:
            return
        from .vectorize import write_vectors

        write_vectors(
            self._staged.class_raster,
            self.plan.checkpoint.card.legend,
            {kind: self._staged.vector(kind) for kind in output.vector_formats},
            layer_name=self._staged.vector(output.vector_formats[0]).stem,
            minimum_mapping_unit_m2=output.minimum_mapping_unit_m2,
            simplify_m=output.simplify_m,
            smooth=output.smooth,
            layer_per_class=output.layer_per_class,
            confidence_raster=self._staged.confidence_raster if self._staged.confidence else None,
            emit=self.emit,
            should_stop=self.should_stop,
            work_dir=self.folder.work,
        )

    def _describe(self) -> list[AreaRow]:
        """Write the table of areas, the styles and the recipe; return the rows of the table."""
        from .area_report import measure_areas, write_area_csv
        from .sld import write_raster_sld
        from .styles import write_raster_style

        self.emit(Progress(Stage.REPORT, 0, 1, "steps"))
        legend = self.plan.checkpoint.card.legend
        rows = measure_areas(self._staged.class_raster, legend)
        write_area_csv(rows, self._staged.area_csv)
        write_raster_style(legend, self._staged.raster_style)
        write_raster_sld(legend, self._staged.raster_style.with_suffix(".sld"))
        self._staged.recipe.write_text(self.plan.job.to_json(), encoding="utf-8")
        sync(self._staged.recipe)
        self.emit(Progress(Stage.REPORT, 1, 1, "steps"))
        return rows

    def _write_report(self, result: JobResult, rows: list[AreaRow]) -> None:
        from .report import RunFacts, write_report

        files = tuple(str(self.plan.outputs.directory / p.name) for p in sorted(self._staged.directory.iterdir()))
        facts = RunFacts(
            job=self.plan.job,
            card=self.plan.checkpoint.card,
            grid=self.plan.info.grid,
            rows=rows,
            class_raster=self._staged.class_raster,
        )
        write_report(self._staged.report, replace(result, files=files), facts)

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
            warnings=tuple(self.log.said),
        )

    @property
    def _staged(self) -> OutputNames:
        return self.folder.staged

    def _check_stop(self) -> None:
        if self.should_stop():
            raise Cancelled


def _first_file(path: Path, files: list[Path]) -> Path:
    """Return the file of a polygon format; the first one where classes or parts have files of their own."""
    parts = sorted(f for f in files if f.suffix == path.suffix and f.name.startswith(path.stem))
    return path if path in parts or not parts else parts[0]


def _tags(plan: RunPlan) -> dict[str, str]:
    """Provenance that stays the same when a run is repeated."""
    card, execution = plan.checkpoint.card, plan.execution
    tags = {
        VERSION_TAG: package_version(),
        "UHR_MODEL": card.name,
        "UHR_METHOD": card.method,
        "UHR_WEIGHTS_SHA256": card.weights_sha256,
        "UHR_TILE_PX": str(execution.tile_px),
        "UHR_HALO_PX": str(execution.halo_px),
        "UHR_BLEND_PX": str(plan.tiles.x.blend_px or plan.tiles.y.blend_px),
        "UHR_PRECISION": execution.precision,
        "UHR_CREATED": plan.job.created,
    }
    return {key: value for key, value in tags.items() if value}
