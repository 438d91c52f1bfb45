"""Estimate of a run's time and disk space, from what earlier runs on this machine have shown."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from ...models.card import ModelCard
from ..contract.job import SegmentationJob
from ..tiles.tiling import TilePlan
from .presets import ExecutionPlan
from .run_history import RunEstimate, pace_key, predict_seconds, recall
from .run_plan import RunPlan


def with_estimate(plan: RunPlan) -> RunPlan:
    """Return a plan with what earlier runs and trials tell of its time and of the room its results take."""
    known = recall(run_key(plan))
    execution = plan.execution
    if known is not None:
        execution = replace(execution, predicted_disk_bytes=known.disk_bytes, disk_is_measured=True)
    seconds = _predicted_seconds(plan.job, plan.checkpoint.card, plan.tiles, execution, known)
    return replace(plan, execution=replace(execution, predicted_seconds=seconds))


def _predicted_seconds(
    job: SegmentationJob, card: ModelCard, tiles: TilePlan, execution: ExecutionPlan, known: RunEstimate | None
) -> float | None:
    """Return the wall time of a run; None if nothing like it has been timed on this machine.

    Where augmented looks have not been timed, they take as many times what plain ones do.
    """
    rest = (tiles.area.pixels, 0.0) if known is None else (0, known.rest_s)
    count = len(tiles.tiles) * (1.0 if known is None else known.data_share)
    seconds = predict_seconds(pace_key_of(card, tiles, execution), rest_key(job), count, *rest)
    if seconds is None and execution.passes != 1:
        plain = pace_key_of(card, tiles, replace(execution, passes=1.0))
        return predict_seconds(plain, rest_key(job), count * execution.passes, *rest)
    return seconds


def run_key(plan: RunPlan) -> str:
    """Return under which name a run is remembered: all that its results depend on."""
    return hashlib.sha256(json.dumps(plan.fingerprint, sort_keys=True).encode()).hexdigest()[:32]


def pace_key_of(card: ModelCard, tiles: TilePlan, execution: ExecutionPlan) -> str:
    """Return under which name the pace of a plan's network is remembered."""
    return pace_key(
        device=execution.device_title,
        threads=execution.torch_threads,
        precision=execution.precision,
        weights_sha256=card.weights_sha256,
        preset=execution.preset.value + (f" x {execution.passes:g}" if execution.passes != 1 else ""),
        read_px=tiles.padded_shape,
    )


def rest_key(job: SegmentationJob) -> str:
    """Return under which name the time for what follows the network is remembered: the kinds of its results."""
    output, polygons = job.output, job.output.polygons
    options = (polygons.minimum_mapping_unit_m2 > 0, polygons.simplify_m > 0, polygons.smooth, output.confidence)
    formats = sorted(f.value for f in output.vector_formats)
    return ",".join([*formats, *(str(int(option)) for option in options), output.raster_format.value])
