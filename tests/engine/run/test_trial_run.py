"""A few tiles done beforehand tell what a run takes."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from affine import Affine
from fakes import LinearNetwork, fake_checkpoint

from uhr_landcover.engine.contract.job import OutputSpec, PolygonSpec, SegmentationJob
from uhr_landcover.engine.plan.disk_use import DiskUse, largest_use, overlap_scores
from uhr_landcover.engine.plan.planning import plan_run
from uhr_landcover.engine.raster.grid import RasterGrid
from uhr_landcover.engine.run.checks import refuse_full_disk
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.run.trial_run import _scaled, _spread, calibrate, sample_run
from uhr_landcover.engine.system.errors import OutputError
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.engine.tiles.blending import overlap_windows
from uhr_landcover.engine.tiles.tiling import plan_tiles

GRID = RasterGrid(crs_wkt="", transform=Affine.identity(), width=1000, height=700)
TILES = plan_tiles(GRID, GRID.window, tile_px=128, halo_px=16)


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))


def speckled(size=600, seed=0):
    """Squares of 3 px in random colours: a map of many polygons."""
    noise = np.random.default_rng(seed).integers(0, 256, (3, size // 3, size // 3), dtype=np.uint8)
    return noise.repeat(3, axis=1).repeat(3, axis=2)


def job_of(raster, out, **output):
    return SegmentationJob(raster=str(raster), device="cpu", output=OutputSpec(str(out), **output))


def checkpoint():
    return fake_checkpoint(LinearNetwork(), tile_px=128, halo_px=16)


OPTIONS = [
    {},
    {"vector_formats": ("gpkg",)},
    {"polygons": PolygonSpec(layer_per_class=True)},
    {"confidence": True, "raster_format": "cog"},
]


@pytest.mark.parametrize("output", OPTIONS, ids=["as usual", "GeoPackage", "by class", "confidence and COG"])
def test_room_that_a_sample_predicts_is_what_the_run_takes(make_raster, tmp_path, output):
    job = job_of(make_raster(speckled()), tmp_path / "out", **output)
    plan = plan_run(job, checkpoint())
    sampled = calibrate(plan).execution

    run(job, RunContext(), checkpoint=checkpoint())
    finished = plan_run(dataclasses.replace(job, output=dataclasses.replace(job.output, overwrite=True)), checkpoint())

    measured = finished.execution.predicted_disk_bytes  # remembered from the run: its files
    assert sampled.disk_is_measured
    assert finished.execution.disk_is_measured
    assert measured <= sampled.predicted_disk_bytes <= 1.25 * measured
    assert not plan.execution.disk_is_measured


def test_what_is_remembered_is_the_size_of_the_files(make_raster, tmp_path):
    job, one_tile = job_of(make_raster(speckled()), tmp_path / "out"), fake_checkpoint(LinearNetwork(), tile_px=1024)
    run(job, RunContext(), checkpoint=one_tile)
    results = sum(p.stat().st_size for p in (tmp_path / "out").iterdir())

    known = plan_run(job, one_tile).execution.predicted_disk_bytes

    assert 1.2 * results < known < 2 * results  # with the shard and the features that waited on the disk


def test_another_raster_is_not_taken_for_the_one_that_was_sampled(make_raster, tmp_path):
    calibrate(plan_run(job_of(make_raster(speckled(300), "a.tif"), tmp_path / "out"), checkpoint()))

    other = plan_run(job_of(make_raster(speckled(300, seed=1), "b.tif"), tmp_path / "out"), checkpoint())

    assert not other.execution.disk_is_measured
    assert other.execution.predicted_seconds is not None  # the network's pace is the same everywhere


def test_sample_of_a_raster_without_data_says_so(make_raster, tmp_path):
    raster = make_raster(np.zeros((3, 300, 300), np.uint8), nodata=0)

    sample = sample_run(plan_run(job_of(raster, tmp_path / "out"), checkpoint()))

    assert (sample.data_share, sample.tile_s) == (0.0, 0.0)
    assert sample.disk_bytes < 500_000


def test_sampling_leaves_nothing_in_the_folder_of_the_results(make_raster, tmp_path):
    plan = plan_run(job_of(make_raster(speckled(300)), tmp_path / "out"), checkpoint())

    sample_run(plan)

    assert not (tmp_path / "out").exists()


def test_every_beginning_of_a_sample_is_spread_over_the_raster():
    order = [t.index for t in _spread(TILES.tiles)]

    assert len(set(order)) == len(order) == min(64, len(TILES.tiles))
    for count in (2, 4, 8):
        parts = {i * count // len(TILES.tiles) for i in order[: 2 * count]}
        assert len(parts) >= 0.75 * count


def test_a_whole_that_is_known_gets_no_margin_but_the_least():
    assert _scaled([10, 30], [1, 3], 4, left_out=0) == pytest.approx(40 * 1.03)


def test_margin_grows_with_the_spread_and_with_what_is_left_out():
    even, uneven = _scaled([10, 10], [1, 1], 20, 18), _scaled([5, 15], [1, 1], 20, 18)

    assert even == pytest.approx(200 * 1.03)
    assert uneven > _scaled([5, 15], [1, 1], 4, 2) * 5 > even


def test_scores_of_overlaps_are_counted_as_tiles_have_them():
    assert overlap_scores(TILES) == sum(w.pixels for t in TILES.tiles for w in overlap_windows(TILES, t).values())


def test_peak_is_that_of_the_fullest_stage():
    use = DiskUse(shards=1, class_raster=10, vectors=5, spool=2)

    assert use.peak(cog=False) == 1 + 10 + 5 + 2
    assert use.peak(cog=True) == 1 + 10 + 10


def test_bound_counts_what_is_asked_for():
    plain, more = (
        largest_use(TILES, OutputSpec("out", vector_formats=formats, confidence=confidence), 7).peak(cog=False)
        for formats, confidence in (((), False), (("gpkg", "shp"), True))
    )

    assert more > plain + TILES.area.pixels  # half a byte a pixel for each format, more than one for confidence


def test_nobody_is_refused_for_a_bound(make_raster, tmp_path, monkeypatch):
    calm = np.full((3, 600, 600), 200, np.uint8)
    job = job_of(make_raster(calm), tmp_path / "out")
    bound = plan_run(job, checkpoint()).execution.predicted_disk_bytes

    def free(size):
        monkeypatch.setattr("uhr_landcover.engine.run.checks.free_disk_bytes", lambda _: size)

    free(bound - 1)
    plan = refuse_full_disk(plan_run(job, checkpoint()))
    free(10_000)

    assert plan.execution.disk_is_measured
    assert plan.execution.predicted_disk_bytes < bound
    with pytest.raises(OutputError, match="Make room"):
        refuse_full_disk(plan_run(job, checkpoint()))
