"""From a job to a plan: everything a run decides, and every refusal, before the first tile is read."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from ...models.checkpoint import Checkpoint, load_checkpoint, starter_path
from ...models.errors import CheckpointError, CheckpointMissing
from ...models.inference.affine import fold_batch_norm_in_place
from ...models.inference.form import trace_classify
from ..contract.job import ReadErrorPolicy, SegmentationJob
from ..raster.area_of_interest import PolygonMask, choose_area
from ..raster.grid import Window
from ..raster.input_files import local_files, vector_files
from ..raster.raster_info import RasterInfo, read_info
from ..raster.scaling import Scale, choose_scale
from ..raster.stretch import Stretch, declared_stretch, measure_stretch
from ..run.run_history import calibrate, with_foreknowledge
from ..system.device import choose_device
from ..system.errors import InvalidJob, UhrError
from ..system.files import folder_bytes
from ..system.host import (
    free_disk_bytes,
    free_memory_bytes,
    give_back_freed_memory,
    resident_memory_bytes,
    total_memory_bytes,
)
from ..tiles.source import RasterSource
from ..tiles.tiling import TilePlan, plan_tiles
from ..tiles.unreadable import refuse_holes
from .disk_use import is_cog, largest_use
from .outputs import OutputNames, check_outputs, name_outputs
from .presets import (
    STRETCH_PERCENTILES,
    STRETCH_SAMPLES_SIDE,
    ExecutionPlan,
    Host,
    plan_execution,
)


@dataclass(frozen=True, kw_only=True)
class RunPlan:
    """All that is known before a run.

    Attributes:
        job: What was asked.
        checkpoint: The network and its card.
        info: The raster's header.
        scale: Source pixels per model pixel.
        stretch: How values become 8 bits; None takes them as they are.
        tiles: What is read and written.
        mask: Polygons within which pixels get a class; None for all of the tiles' area.
        execution: How the machine is used.
        outputs: Names of the results.
        notes: Sentences of warning.
    """

    job: SegmentationJob
    checkpoint: Checkpoint
    info: RasterInfo
    scale: Scale
    stretch: Stretch | None
    tiles: TilePlan
    mask: PolygonMask | None
    execution: ExecutionPlan
    outputs: OutputNames
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as JSON-ready data."""
        grid, stretch = self.info.grid, self.stretch
        return {
            **self.execution.to_dict(),
            "raster": self.info.path,
            "width": grid.width,
            "height": grid.height,
            "ground_resolution_m": list(grid.ground_resolution_m or ()),
            "bands": list(self.info.bands.indexes),
            "stretch": {"low": list(stretch.low), "high": list(stretch.high)} if stretch else None,
            "scale": [self.tiles.x.scale, self.tiles.y.scale],
            "read_px": list(self.tiles.padded_shape[::-1]),
            "area_px": [self.tiles.area.width, self.tiles.area.height],
            "model": self.checkpoint.card.name,
            "notes": list(self.notes),
        }


def plan_run(job: SegmentationJob, checkpoint: Checkpoint | None = None, *, check_files: bool = True) -> RunPlan:
    """Decide how a job is run; refuse what cannot be.

    Args:
        job: The request.
        checkpoint: Network to use instead of the one the job names.
        check_files: Also check that the results can be written.

    Raises:
        UhrError: With one sentence, if raster, job, device, or output folder do not fit.
        CheckpointError: If the checkpoint is missing, damaged or for another method.
    """
    info_names = job.bands
    checkpoint = checkpoint or checkpoint_of(job)
    card = checkpoint.card
    if job.output.confidence and not checkpoint.network.gives_scores:
        raise InvalidJob(
            f"{card.title} gives classes without scores, so there is no confidence. Ask for the map alone."
        )
    info = read_info(job.raster, card.bands, info_names)
    scale = choose_scale(_resolution(job, info), card.ground_resolution_m)
    area, mask = choose_area(job.area, info.grid)
    tiles = _tiles(info, scale, checkpoint, area, mask)
    if job.on_read_error is ReadErrorPolicy.FAIL:
        refuse_holes(info, _read_area(tiles))
    outputs = name_outputs(job)
    device = choose_device(job.device)
    execution = plan_execution(
        job.preset,
        device,
        card,
        info,
        tiles,
        trace=partial(
            trace_classify,
            checkpoint.network,
            card,
            tiles.padded_shape,
            wide_pixels=card.raw_values and not info.is_8bit,
        ),
        host=partial(_host, outputs.directory),
        disk_bytes=largest_use(tiles, job.output, len(card.legend.classes)).peak(cog=is_cog(job.output)),
    )
    plan = with_foreknowledge(
        RunPlan(
            job=job,
            checkpoint=checkpoint,
            info=info,
            scale=scale,
            stretch=None,
            tiles=tiles,
            mask=mask,
            execution=execution,
            outputs=outputs,
            notes=(*info.notes, *scale.notes),
        )
    )
    if check_files:
        needed = plan.execution.predicted_disk_bytes
        free = plan.execution.free_disk_bytes + folder_bytes(outputs.job_directory)
        if free < needed and not plan.execution.disk_is_measured:
            needed = _looked_at(plan).execution.predicted_disk_bytes
        check_outputs(
            outputs,
            _files_read(job, info),
            overwrite=job.output.overwrite,
            needed_bytes=needed,
            layer_per_class=job.output.polygons.layer_per_class,
        )
        plan = with_foreknowledge(plan)
    return replace(plan, stretch=choose_stretch(info, raw_values=card.raw_values))


def _looked_at(plan: RunPlan) -> RunPlan:
    """Return the plan with what a few tiles tell; as it is, if they cannot be done.

    Most rasters need far less room than the bound, and nobody should be refused for a bound.
    """
    try:
        return calibrate(replace(plan, stretch=choose_stretch(plan.info, raw_values=plan.checkpoint.card.raw_values)))
    except (OSError, UhrError):
        return plan


def _host(directory: Path) -> Host:
    give_back_freed_memory()  # of the tracing: what a run goes on from is without it
    return Host(
        base_bytes=resident_memory_bytes(),
        total_bytes=total_memory_bytes(),
        free_bytes=free_memory_bytes(),
        free_disk_bytes=free_disk_bytes(directory),
    )


def checkpoint_of(job: SegmentationJob) -> Checkpoint:
    """Return the network of a job, its batch normalisation folded: what a run needs, and held in memory once.

    Raises:
        CheckpointError: If the checkpoint is missing, damaged or for another method.
    """
    path = Path(job.checkpoint) if job.checkpoint else starter_path(job.method.value)
    if not job.checkpoint and not path.is_file():
        raise CheckpointMissing(
            f"No starter for {job.method.value} is installed. Choose a checkpoint file or another method."
        )
    checkpoint = load_checkpoint(path)
    if checkpoint.card.method != job.method.value:
        raise CheckpointError(
            f"{path.name} is a checkpoint for {checkpoint.card.method}; the job asks for {job.method.value}. "
            "Choose the method that fits, or another checkpoint."
        )
    fold_batch_norm_in_place(checkpoint.network)
    give_back_freed_memory()  # what loading took besides: more than the network itself
    return checkpoint


def _resolution(job: SegmentationJob, info: RasterInfo) -> tuple[float, float] | None:
    if job.ground_resolution_m:
        return job.ground_resolution_m, job.ground_resolution_m
    return info.grid.ground_resolution_m


def _tiles(info: RasterInfo, scale: Scale, checkpoint: Checkpoint, area: Window, mask: PolygonMask | None) -> TilePlan:
    card, network = checkpoint.card, checkpoint.network
    return plan_tiles(
        info.grid,
        area,
        tile_px=card.tile_px,
        halo_px=card.halo_px,
        scale_x=scale.x,
        scale_y=scale.y,
        blend_px=network.blend_px,
        size_divisor=network.size_divisor,
        min_side_px=network.min_side_px,
        mirrors=card.mirrors_rim,
        touches=mask.touches if mask else (lambda window: True),
    )


def _files_read(job: SegmentationJob, info: RasterInfo) -> list[str]:
    area = vector_files(job.area.polygons) if job.area and job.area.polygons else ()
    return [*info.files, *local_files(info.path), *area, *([job.checkpoint] if job.checkpoint else [])]


def _read_area(tiles: TilePlan) -> Window:
    """Return the part of the raster that tiles are read from, margins included."""
    across, down = (math.ceil(axis.halo_px * axis.scale) for axis in (tiles.x, tiles.y))
    area = tiles.area
    return Window(area.col_off - across, area.row_off - down, area.width + 2 * across, area.height + 2 * down)


def choose_stretch(info: RasterInfo, *, raw_values: bool = False) -> Stretch | None:
    """Return how the values of a raster become 8 bits; None where they are already, or go in as they are.

    Args:
        info: Header of the raster.
        raw_values: Whether the network takes the raster's own values.
    """
    if info.is_8bit or raw_values:
        return None
    channels = len(info.bands.indexes)
    if info.bits:
        return declared_stretch(info.bits, channels)
    with RasterSource(info) as source:
        stretch = measure_stretch(*source.read_samples(STRETCH_SAMPLES_SIDE), STRETCH_PERCENTILES)
    give_back_freed_memory()  # 70 MB that would stay with the process through the run
    return stretch
