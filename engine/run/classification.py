"""Classification of a run's raster: its tiles through the network to shards, and what that was like."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.events import Stage
from ..contract.job import ReadErrorPolicy
from ..maps.preview import Preview
from ..plan.run_plan import RunPlan
from ..system.run_context import RunContext
from ..tiles.shards import ShardStore
from ..tiles.source import RasterSource
from ..tiles.unreadable import unreadable_notes
from ..vectors.refined_patches import NOT_CHOSEN, PatchNotes
from .classify import ClassifyReport, TileSinks, classify_tiles
from .job_folder import JobFolder
from .predictor import Predictor, network_at_work
from .run_clock import RunClock


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
    shards = ShardStore(folder.shards, plan.info.grid, plan.tiles, confidence=plan.outputs.confidence)
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
