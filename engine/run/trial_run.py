"""A few tiles of a run, done for real in a temporary folder: how long a run takes and how much room its results need.

Tiles are taken from all over the raster, since content decides: borders make polygons, and calm maps pack well. Each
tile's part of the map is made into all the results that are asked for; what they take beyond empty ones is scaled up
to the whole area, with a margin for what the sample cannot know.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from affine import Affine

from ...models.legend import NODATA
from ..contract.names import JOURNAL, PREVIEW, SHARDS, STAGED, WORK
from ..maps.preview import Preview
from ..plan.disk_use import DiskUse, fixed_bytes, is_cog, overlap_scores, use_of_files
from ..plan.estimate import pace_key_of, run_key, with_estimate
from ..plan.run_history import Pace, RunEstimate, remember, remember_pace
from ..plan.run_plan import RunPlan
from ..raster.grid import Window
from ..system.run_context import QUIET
from ..tiles.blending import overlap_windows
from ..tiles.journal import Journal
from ..tiles.shards import ShardStore
from ..tiles.source import RasterSource
from ..tiles.tiling import Tile
from .classification import TileSinks, classify_tiles, shard_bands
from .predictor import Predictor, network_at_work
from .products import Products

MOST_TILES = 12
"""Tiles of a sample."""

ENOUGH_SECONDS = 12.0
"""No further tiles are classified after so long; two batches always are."""

MARGIN_ERRORS = 1.5
"""Standard errors that are added to a mean."""

LEAST_MARGIN = 0.03

DATABASE_JOURNAL_BYTES = 16 * 1024
"""What SQLite puts beside a GeoPackage while it writes."""

EMPTY_PX = 16
"""Side of the map that shows what results take that hold next to nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the sample says of the run.

    Attributes:
        start_s: Seconds until the first tile.
        tile_s: Seconds for each tile that the network sees; 0 if the sample had none.
        rest_s: Seconds for what is made of all tiles.
        data_share: Share of the tiles that have data.
        disk_bytes: Room at the peak, the margin included.
    """

    start_s: float
    tile_s: float
    rest_s: float
    data_share: float
    disk_bytes: int


def calibrate(plan: RunPlan, planning_s: float = 0.0) -> RunPlan:
    """Do a few tiles of a run and remember how long they took and what they need; return the plan with it.

    Args:
        plan: The run.
        planning_s: Seconds that planning took; they are part of the time until the first tile.
    """
    sample = sample_run(plan, planning_s)
    if sample.tile_s:
        pace = Pace(tile_s=sample.tile_s, start_s=sample.start_s)
        remember_pace(pace_key_of(plan.checkpoint.card, plan.tiles, plan.execution), pace)
    known = RunEstimate(disk_bytes=sample.disk_bytes, rest_s=sample.rest_s, data_share=sample.data_share)
    remember(run_key(plan), known)
    return with_estimate(plan)


def sample_run(plan: RunPlan, planning_s: float = 0.0) -> Sample:
    """Do a few tiles of a run.

    Args:
        plan: The run.
        planning_s: Seconds that planning took; they are part of the time until the first tile.
    """
    with tempfile.TemporaryDirectory(prefix="uhr-sample-") as folder:
        return _Sampling(plan, Path(folder)).sample(planning_s)


class _Sampling:
    def __init__(self, plan: RunPlan, folder: Path) -> None:
        self._plan, self._folder = plan, folder
        self._shards = ShardStore(folder / SHARDS, plan.info.grid, plan.tiles, shard_bands(plan))
        self._tiles: list[Tile] = []
        self._seen = 0
        self._classify_s = 0.0

    def sample(self, planning_s: float) -> Sample:
        clock = time.monotonic()
        ordered = _spread(self._plan.tiles.tiles)
        with (
            network_at_work(self._plan) as predictor,
            RasterSource(self._plan.info, self._plan.stretch, skip_unreadable=True) as source,
        ):
            start_s, clock = planning_s + time.monotonic() - clock, time.monotonic()
            predictor.classify([source.read_tile(ordered[0], self._plan.tiles)])  # warms up
            warm_s = time.monotonic() - clock
            self._classify(ordered, source, predictor)
        tile_s = self._classify_s / self._seen if self._seen else 0.0
        empty, empty_s = self._products("empty", Window(0, 0, EMPTY_PX, EMPTY_PX), self._one_of_each)
        uses, rest_s = [], 0.0
        for tile in self._tiles:
            use, seconds = self._products(str(tile.index), tile.core, self._shards)
            uses.append(_beyond(use, empty))
            rest_s += max(0.0, seconds - empty_s)
        sampled_px = sum(t.core.pixels for t in self._tiles)
        return Sample(
            start_s=start_s + max(0.0, warm_s - tile_s * self._plan.execution.batch),  # what a first batch takes more
            tile_s=tile_s,
            rest_s=empty_s + rest_s * self._plan.tiles.area.pixels / max(1, sampled_px),
            data_share=self._seen / len(self._tiles),
            disk_bytes=self._peak(uses, empty.others + empty.vectors + empty.rasters),
        )

    def _classify(self, ordered: Sequence[Tile], source: RasterSource, predictor: Predictor) -> None:
        journal, legend = Journal(self._folder / JOURNAL), self._plan.checkpoint.card.legend
        preview = Preview(self._folder / PREVIEW, self._plan.info.grid, legend, self._shards.path, QUIET.emit)
        sinks = TileSinks(shards=self._shards, journal=journal, preview=preview)
        step = 2 * self._plan.execution.batch  # less would not show how reading and writing overlap
        for first in range(0, min(len(ordered), max(step, MOST_TILES)), step):
            group = ordered[first : first + step]
            part = replace(self._plan, tiles=replace(self._plan.tiles, tiles=tuple(group)))
            clock = time.monotonic()
            report = classify_tiles(part, source, predictor, sinks, QUIET)
            self._classify_s += time.monotonic() - clock
            self._seen += report.tiles - report.resumed
            self._tiles += group
            if self._classify_s > ENOUGH_SECONDS:
                break
        journal.close()

    def _products(self, name: str, window: Window, shards: object) -> tuple[DiskUse, float]:
        """Make all results for a part of the map; return what they take, and the seconds."""
        if not window.pixels:
            return DiskUse(), 0.0
        grid = self._plan.info.grid
        transform = grid.transform @ Affine.translation(window.col_off, window.row_off)
        grid = replace(grid, width=window.width, height=window.height, transform=transform)
        part = replace(
            self._plan,
            info=replace(self._plan.info, grid=grid),
            tiles=replace(self._plan.tiles, area=grid.window),
        )
        folder = self._folder / name
        (folder / WORK).mkdir(parents=True)
        (folder / STAGED).mkdir()
        names = self._plan.outputs.inside(folder / STAGED)
        clock = time.monotonic()
        products = Products(part, names, folder / WORK, QUIET)
        products.class_raster(_Shifted(shards, window))
        if names.confidence:
            products.confidence(_Shifted(shards, window))
        if names.probabilities:
            products.probabilities(_Shifted(shards, window))
        products.polygons()
        products.description()
        return use_of_files(names, self._plan.job.output), time.monotonic() - clock

    @property
    def _one_of_each(self) -> _OneOfEach:
        return _OneOfEach([c.class_id for c in self._plan.checkpoint.card.legend.classes])

    def _peak(self, uses: Sequence[DiskUse], empty_bytes: float) -> int:
        """Return the peak of the whole run from what the sample's tiles took."""
        cog, tiles = is_cog(self._plan.job.output), self._plan.tiles
        shards = [_size(self._shards.path(t)) for t in self._tiles]
        overlaps = [_size(self._shards.path(t).with_suffix(".rim")) for t in self._tiles]
        scores = [sum(w.pixels for w in overlap_windows(tiles, t).values()) for t in self._tiles]
        made = [replace(use, others=0.0, shards=size).peak(cog=cog) for use, size in zip(uses, shards, strict=True)]
        pixels = [t.core.pixels for t in self._tiles]
        left_out = len(tiles.tiles) - len(self._tiles)
        content = _scaled(made, pixels, tiles.area.pixels, left_out)
        content += _scaled(overlaps, scores, overlap_scores(tiles), left_out)
        fixed = DATABASE_JOURNAL_BYTES + empty_bytes + fixed_bytes(tiles, self._plan.job.output)
        return math.ceil((1 + LEAST_MARGIN) * fixed + content)


@dataclass(frozen=True, slots=True)
class _Shifted:
    """Shards, for a map that begins elsewhere."""

    shards: ShardStore | _OneOfEach
    window: Window

    def read(self, window: Window) -> np.ndarray:
        return self.shards.read(self._there(window))

    def read_confidence(self, window: Window) -> np.ndarray:
        return self.shards.read_confidence(self._there(window))

    def read_probabilities(self, window: Window) -> np.ndarray:
        return self.shards.read_probabilities(self._there(window))

    def _there(self, window: Window) -> Window:
        left, top = window.col_off + self.window.col_off, window.row_off + self.window.row_off
        return Window(left, top, window.width, window.height)


@dataclass(frozen=True, slots=True)
class _OneOfEach:
    """A map without data but for a pixel of every class."""

    class_ids: list[int]

    def read(self, window: Window) -> np.ndarray:
        values = np.full(EMPTY_PX * EMPTY_PX, NODATA, np.uint8)
        values[: 2 * len(self.class_ids) : 2] = self.class_ids[: EMPTY_PX * EMPTY_PX // 2]
        return values.reshape(EMPTY_PX, EMPTY_PX)[: window.height, : window.width]

    def read_confidence(self, window: Window) -> np.ndarray:
        return np.where(self.read(window) == NODATA, np.uint8(NODATA), np.uint8(50))

    def read_probabilities(self, window: Window) -> np.ndarray:
        return np.repeat(self.read_confidence(window)[None], len(self.class_ids), axis=0)


def _spread(tiles: Sequence[Tile]) -> list[Tile]:
    """Return tiles in an order of which every beginning is spread over all: steps of the golden ratio."""
    count, order, position = len(tiles), {}, 0.5
    while len(order) < min(count, max(MOST_TILES, 64)):
        order.setdefault(int(position * count), None)
        position = (position + (math.sqrt(5) - 1) / 2) % 1
    return [tiles[i] for i in order]


def _scaled(values: Sequence[float], amounts: Sequence[float], whole: float, left_out: int) -> float:
    """Return the sum of values over a whole of which some parts are known, and a margin (ratio estimator).

    Args:
        values: Values of the parts that are known.
        amounts: How much of the whole each is.
        whole: How much there is.
        left_out: Parts that are not known.
    """
    known = sum(amounts)
    if not known:
        return 0.0
    share, count = sum(values) / known, len(values)
    off = [v - share * a for v, a in zip(values, amounts, strict=True)]
    spread = math.sqrt(sum(d * d for d in off) / max(1, count - 1)) / (known / count)
    error = spread * math.sqrt(left_out / (left_out + count) / count)
    return whole * (share * (1 + LEAST_MARGIN) + MARGIN_ERRORS * error)


def _beyond(use: DiskUse, empty: DiskUse) -> DiskUse:
    names = ("class_raster", "confidence", "probabilities", "vectors", "spool", "others")
    return DiskUse(**{name: max(0.0, getattr(use, name) - getattr(empty, name)) for name in names})


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
