"""What of a run is timed, and under which names it is remembered for the estimates of later runs."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from ..models.card import ModelCard
from .calibration import Pace, pace_key, predict_seconds, remember_pace, remember_rest
from .job import SegmentationJob
from .presets import ExecutionPlan
from .source import RasterSource
from .tiling import TilePlan

if TYPE_CHECKING:
    from .planning import RunPlan

CALIBRATION_TILES = 2


class RunClock:
    """Marks the parts of one run: until the first tile, the tiles, and the rest."""

    def __init__(self, started: float) -> None:
        self._marks = [started]

    def mark(self) -> None:
        """End a part."""
        self._marks.append(time.monotonic())

    def remember(self, plan: RunPlan, tiles: int) -> None:
        """Remember a finished run of three parts; ``tiles`` are those that the network has seen in it."""
        start, classify, rest = (b - a for a, b in zip(self._marks, self._marks[1:], strict=False))
        if tiles:
            pace = Pace(tile_s=classify / tiles, start_s=start)
            remember_pace(_pace_key(plan.checkpoint.card, plan.tiles, plan.execution), pace)
        remember_rest(_rest_key(plan.job), rest, plan.tiles.area.pixels)


def predicted_seconds(job: SegmentationJob, card: ModelCard, tiles: TilePlan, execution: ExecutionPlan) -> float | None:
    """Return the wall time of a run; None if nothing like it has been timed on this machine."""
    key = _pace_key(card, tiles, execution)
    return predict_seconds(key, _rest_key(job), len(tiles.tiles), tiles.area.pixels)


def calibrate(plan: RunPlan) -> RunPlan:
    """Classify the first two tiles of a plan, after one to warm up, and remember the pace; return the plan with it."""
    from .predictor import Predictor

    clock = time.monotonic()
    predictor = Predictor(plan.checkpoint, plan.execution)
    tiles = plan.tiles.tiles[:CALIBRATION_TILES]
    with RasterSource(plan.info, plan.stretch, skip_unreadable=True) as source:
        predictor.classify([source.read_tile(tiles[0], plan.tiles)])
        start_s = time.monotonic() - clock
        clock = time.monotonic()
        for tile in tiles:
            predictor.classify([source.read_tile(tile, plan.tiles)] * plan.execution.batch)
    seconds = time.monotonic() - clock
    predictor.release()
    pace = Pace(tile_s=seconds / len(tiles) / plan.execution.batch, start_s=start_s)
    remember_pace(_pace_key(plan.checkpoint.card, plan.tiles, plan.execution), pace)
    execution = plan.execution
    seconds_of_all = predicted_seconds(plan.job, plan.checkpoint.card, plan.tiles, execution)
    return replace(plan, execution=replace(execution, predicted_seconds=seconds_of_all))


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
    output = job.output
    options = (output.minimum_mapping_unit_m2 > 0, output.simplify_m > 0, output.smooth, output.confidence)
    formats = sorted(f.value for f in output.vector_formats)
    return ",".join([*formats, *(str(int(option)) for option in options), output.raster_format.value])
