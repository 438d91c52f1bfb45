"""Planning of a run: from a job to all that can be known and decided before the first tile is read."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from pathlib import Path

from ...models.checkpoint import Checkpoint, load_checkpoint, starter_path
from ...models.errors import CheckpointError, CheckpointMissing
from ...models.inference.augmented import AugmentedNetwork
from ...models.inference.form import trace_classify
from ...models.layers.normalization import fold_batch_norm_in_place
from ..contract.job import Augmentation, ReadErrorPolicy, SegmentationJob, VectorFormat
from ..raster.area_of_interest import PolygonMask, choose_area
from ..raster.grid import Window
from ..raster.raster_info import RasterInfo, read_info
from ..raster.scaling import Scale, choose_scale
from ..raster.stretch import stretch_note
from ..system.device import choose_device
from ..system.errors import InvalidJob
from ..system.host import (
    free_disk_bytes,
    free_memory_bytes,
    give_back_freed_memory,
    resident_memory_bytes,
    total_memory_bytes,
)
from ..tiles.stretch_choice import choose_stretch
from ..tiles.tiling import TilePlan, plan_tiles
from ..tiles.unreadable import refuse_holes
from ..vectors.lon_lat import require_lon_lat
from .disk_use import is_cog, largest_use
from .estimate import with_estimate
from .fingerprint import fingerprint
from .outputs import name_outputs
from .presets import Host, plan_execution
from .run_plan import RunPlan


def plan_run(job: SegmentationJob, checkpoint: Checkpoint | None = None) -> RunPlan:
    """Decide how a job is run; refuse what cannot be. Runs no network and writes nothing.

    Args:
        job: The request.
        checkpoint: Network to use instead of the one the job names.

    Raises:
        UhrError: With one sentence, if raster, job or device do not fit.
        CheckpointError: If the checkpoint is missing, damaged or for another method.
    """
    checkpoint = checkpoint or checkpoint_of(job)
    checkpoint = _augmented(checkpoint, job)
    card = checkpoint.card
    wants_scores = job.output.confidence or job.output.probabilities
    if wants_scores and not checkpoint.network.gives_scores:
        raise InvalidJob(
            f"{card.title} gives classes without scores, so there is neither confidence nor a probability. Ask for the "
            "map alone."
        )
    info = read_info(job.raster, card.bands, job.bands)
    scale = choose_scale(_resolution(job, info), card.ground_resolution_m)
    area, mask = choose_area(job.area, info.grid)
    tiles = _tiles(info, scale, checkpoint, area, mask)
    if job.on_read_error is ReadErrorPolicy.FAIL:
        refuse_holes(info, _read_area(tiles))
    if VectorFormat.GEOJSON in job.output.vector_formats:
        require_lon_lat(info.grid)
    outputs = name_outputs(job)
    execution = plan_execution(
        job.preset,
        choose_device(job.device),
        card,
        info,
        tiles,
        trace=partial(
            trace_classify,
            checkpoint.network,
            card,
            tiles.padded_shape,
            wide_pixels=card.raw_values and not info.is_8bit,
            probabilities=outputs.probabilities,
        ),
        host=partial(_host, outputs.directory),
        probabilities=card.legend.num_classes if outputs.probabilities else 0,
        disk_bytes=largest_use(tiles, job.output, len(card.legend.classes)).peak(cog=is_cog(job.output)),
    )
    stretch = choose_stretch(info, raw_values=card.raw_values)
    notes = (*info.notes, *scale.notes, info.grid.ground_note, stretch_note(stretch) if stretch else "")
    plan = RunPlan(
        job=job,
        checkpoint=checkpoint,
        info=info,
        scale=scale,
        stretch=stretch,
        tiles=tiles,
        mask=mask,
        execution=replace(execution, passes=checkpoint.network.passes),
        outputs=outputs,
        fingerprint=fingerprint(job, info, card, tiles, precision=execution.precision),
        notes=tuple(note for note in notes if note),
    )
    return with_estimate(plan)


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


def _augmented(checkpoint: Checkpoint, job: SegmentationJob) -> Checkpoint:
    """Return the network that looks at a tile in all forms that a job asks for."""
    forms, scales, network = job.augmentation.value, job.augmentation_scales, checkpoint.network
    if job.augmentation is Augmentation.NONE and not scales:
        return checkpoint
    if job.output.refined_patches:
        raise InvalidJob(
            "Refined patches are those of one look at a tile. Ask for them without augmentation, or for the map alone."
        )
    if scales and network.size_divisor >= checkpoint.card.tile_px:
        raise InvalidJob(
            f"{checkpoint.card.title} takes images of one size only. Leave the scales of augmentation out."
        )
    return Checkpoint(checkpoint.card, AugmentedNetwork(network, forms, scales))


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
        touches=mask.touches if mask else None,
    )


def _read_area(tiles: TilePlan) -> Window:
    """Return the part of the raster that tiles are read from, margins included."""
    across, down = (math.ceil(axis.halo_px * axis.scale) for axis in (tiles.x, tiles.y))
    area = tiles.area
    return Window(area.col_off - across, area.row_off - down, area.width + 2 * across, area.height + 2 * down)
