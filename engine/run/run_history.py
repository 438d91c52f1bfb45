"""What of a run is timed and weighed, and under which names it is remembered for the estimates of later runs."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from ...models.card import ModelCard
from ..contract.job import SegmentationJob
from ..plan.calibration import (
    Foreknowledge,
    Pace,
    pace_key,
    predict_seconds,
    recall,
    remember,
    remember_pace,
    remember_rest,
)
from ..plan.disk_use import DiskUse, is_cog, use_of_files
from ..plan.presets import ExecutionPlan
from ..system.files import folder_bytes
from ..tiles.tiling import TilePlan

if TYPE_CHECKING:
    from ..plan.planning import RunPlan


class RunClock:
    """Marks the parts of one run: until the first tile, the tiles, and the rest."""

    def __init__(self, started: float) -> None:
        self._marks = [started]

    def mark(self) -> None:
        """End a part."""
        self._marks.append(time.monotonic())

    def remember(self, plan: RunPlan, tiles: int, resumed: int) -> None:
        """Remember a finished run of three parts whose results still lie in its folder.

        Args:
            plan: The run.
            tiles: Tiles that the network has seen, now or before an interruption.
            resumed: Those that were finished before.
        """
        start, classify, rest = (b - a for a, b in zip(self._marks, self._marks[1:], strict=False))
        if tiles > resumed:
            pace = Pace(tile_s=classify / (tiles - resumed), start_s=start)
            remember_pace(_pace_key(plan.checkpoint.card, plan.tiles, plan.execution), pace)
        if resumed:
            return  # what follows may have been done in part
        remember_rest(_rest_key(plan.job), rest, plan.tiles.area.pixels)
        share = tiles / max(1, len(plan.tiles.tiles))
        remember(_run_key(plan), Foreknowledge(disk_bytes=_finished_bytes(plan), rest_s=rest, data_share=share))


def with_foreknowledge(plan: RunPlan) -> RunPlan:
    """Return a plan with what earlier runs and samples tell of its time and of the room its results take."""
    known = recall(_run_key(plan))
    execution = plan.execution
    if known is not None:
        execution = replace(execution, predicted_disk_bytes=known.disk_bytes, disk_is_measured=True)
    seconds = _predicted_seconds(plan.job, plan.checkpoint.card, plan.tiles, execution, known)
    return replace(plan, execution=replace(execution, predicted_seconds=seconds))


def calibrate(plan: RunPlan, planning_s: float = 0.0) -> RunPlan:
    """Do a few tiles of a run and remember how long they took and what they need; return the plan with it.

    Args:
        plan: The run.
        planning_s: Seconds that planning took.
    """
    from .trial_run import sample_run

    sample = sample_run(plan, planning_s)
    if sample.tile_s:
        pace = Pace(tile_s=sample.tile_s, start_s=sample.start_s)
        remember_pace(_pace_key(plan.checkpoint.card, plan.tiles, plan.execution), pace)
    known = Foreknowledge(disk_bytes=sample.disk_bytes, rest_s=sample.rest_s, data_share=sample.data_share)
    remember(_run_key(plan), known)
    return with_foreknowledge(plan)


def _predicted_seconds(
    job: SegmentationJob, card: ModelCard, tiles: TilePlan, execution: ExecutionPlan, known: Foreknowledge | None
) -> float | None:
    """Return the wall time of a run; None if nothing like it has been timed on this machine."""
    key, count = _pace_key(card, tiles, execution), len(tiles.tiles)
    if known is None:
        return predict_seconds(key, _rest_key(job), count, tiles.area.pixels)
    return predict_seconds(key, _rest_key(job), count * known.data_share, 0, known.rest_s)


def _finished_bytes(plan: RunPlan) -> int:
    """Return the peak of the disk space of a run that has finished all its stages."""
    folder, output = plan.outputs.job_directory, plan.job.output
    made = use_of_files(plan.outputs.inside(folder / "results"), output)
    shards = folder_bytes(folder) - folder_bytes(folder / "results")
    return (made + DiskUse(shards=shards)).peak(cog=is_cog(output))


def _run_key(plan: RunPlan) -> str:
    """Return under which name a run is remembered: all that its results depend on."""
    from ..plan.fingerprint import fingerprint

    return hashlib.sha256(json.dumps(fingerprint(plan), sort_keys=True).encode()).hexdigest()[:32]


def _pace_key(card: ModelCard, tiles: TilePlan, execution: ExecutionPlan) -> str:
    return pace_key(
        device=execution.device_title,
        threads=execution.torch_threads,
        precision=execution.precision,
        weights_sha256=card.weights_sha256,
        preset=execution.preset.value,
        read_px=tiles.padded_shape,
    )


def _rest_key(job: SegmentationJob) -> str:
    output, polygons = job.output, job.output.polygons
    options = (polygons.minimum_mapping_unit_m2 > 0, polygons.simplify_m > 0, polygons.smooth, output.confidence)
    formats = sorted(f.value for f in output.vector_formats)
    return ",".join([*formats, *(str(int(option)) for option in options), output.raster_format.value])
