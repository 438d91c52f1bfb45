"""Pipeline of a run: a job goes in, a land-cover map and its polygons lie on disk. Every entrance calls `run`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ...models.checkpoint import Checkpoint
from ..contract.events import Event, Note, PlanReady, Stage
from ..contract.job import JobResult, SegmentationJob
from ..plan.needs import PRODUCTS_CACHE_BYTES
from ..plan.outputs import name_outputs
from ..plan.planning import plan_run
from ..plan.run_plan import RunPlan
from ..raster.raster_info import PLANNING_CACHE_BYTES, gdal_session
from ..system.run_context import QUIET, RunContext
from .checks import refuse_full_disk, refuse_unwritable
from .classification import classify_raster
from .failures import explain
from .job_folder import JobFolder, remove_remains
from .products import make_products, write_run_report
from .resume import resume_or_begin
from .run_clock import RunClock
from .run_result import RunRecord


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
    clock, warnings = RunClock(), _Warnings(context.emit)
    context = RunContext(warnings.emit, context.should_stop)
    context.progress(Stage.PREPARE, 0, 1, "steps")
    remove_remains(name_outputs(job))
    with gdal_session(PLANNING_CACHE_BYTES):
        plan = plan_run(job, checkpoint)
        refuse_unwritable(plan)
        plan = refuse_full_disk(plan)
        with gdal_session(plan.execution.gdal_cache_bytes), JobFolder(plan.outputs, restart=restart) as folder:
            try:
                plan = resume_or_begin(plan, folder, restart=restart)
                context.emit(PlanReady(plan.to_dict()))
                for note in plan.notes:
                    context.warn(note)
                return _carry_out(plan, folder, context, clock, warnings.said)
            except Exception as error:
                explained = explain(error, plan, folder)
                if explained is error:
                    raise
                raise explained from error


def _carry_out(
    plan: RunPlan, folder: JobFolder, context: RunContext, clock: RunClock, warnings: list[str]
) -> JobResult:
    """Make the results of a plan and give them their final names, unless an earlier process has come so far."""
    if published := folder.recover():
        return JobResult.from_dict(published)
    classified = classify_raster(plan, folder, context, clock)
    with gdal_session(PRODUCTS_CACHE_BYTES):
        rows = make_products(plan, folder, classified, context)
        record = RunRecord(plan=plan, classified=classified, rows=rows, clock=clock, warnings=warnings)
        write_run_report(plan, folder, record.result([]), rows)
    context.check_stop()
    clock.mark()
    clock.remember(plan, classified.report.tiles, classified.report.resumed)
    with context.shielded():
        data = folder.publish(lambda files: record.result(files).to_dict(), overwrite=plan.job.output.overwrite)
    return JobResult.from_dict(data)


@dataclass
class _Warnings:
    """Hands events on and keeps the warnings: they are shown when they come up and again in the result."""

    receiver: Callable[[Event], None]
    said: list[str] = field(default_factory=list)

    def emit(self, event: Event) -> None:
        if isinstance(event, Note) and event.level == "warning":
            self.said.append(event.message)
        self.receiver(event)
