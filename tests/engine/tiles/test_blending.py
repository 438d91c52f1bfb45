"""Neighbours are mixed near core edges: smoothly, the same in any order, and invisibly where they agree."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from fakes import LEVELS, RecordingEmit, ThresholdNetwork, fake_checkpoint, threshold_classes
from hypothesis import given, settings
from hypothesis import strategies as st

from uhr_landcover.engine.contract.job import AreaOfInterest, OutputSpec, SegmentationJob
from uhr_landcover.engine.raster.grid import RasterGrid, Window
from uhr_landcover.engine.run import classification
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.errors import Cancelled
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.engine.tiles.blending import Blender, overlap_windows, packed_overlap, read_overlap
from uhr_landcover.engine.tiles.tiling import plan_axis, plan_tiles
from uhr_landcover.models.inference.scores import BEST_SCORE, SCORES_PER_LOGIT, class_scores, winner_percent
from uhr_landcover.models.legend import NODATA


class MoodyNetwork(ThresholdNetwork):
    """Two classes; a pixel's chance of the second depends on its value and on the mean of its whole tile."""

    def forward(self, image):
        mood = image.mean(dim=(1, 2, 3), keepdim=True)
        second = 40 * (image.mean(dim=1, keepdim=True) - mood)
        others = torch.full_like(second, -20).expand(-1, LEVELS - 2, -1, -1)
        return torch.cat([torch.zeros_like(second), second, others], dim=1)


def segment(raster, out, *, should_stop=lambda: False, checkpoint=None, area=None, **output):
    spec = OutputSpec(directory=str(out), vector_formats=(), **output)
    job = SegmentationJob(raster=str(raster), output=spec, device="cpu", area=area)
    return run(job, RunContext(RecordingEmit(), should_stop), checkpoint=checkpoint or fake_checkpoint(MoodyNetwork()))


def band_of(path):
    with rasterio.open(path) as raster:
        return raster.read(1)


def slope(height=200, width=230):
    """A picture that gets brighter to the right and down, with noise: every tile has another mood."""
    noise = np.random.default_rng(0).integers(-25, 26, (3, height, width))
    light = np.linspace(40, 200, width)[None] + np.linspace(0, 30, height)[:, None]
    return np.clip(light + noise, 1, 255).astype(np.uint8)


@settings(max_examples=200)
@given(st.integers(1, 400), st.integers(0, 40), st.integers(1, 60), st.sampled_from([0.5, 1.0, 2.3]))
def test_weights_of_all_cells_add_up_and_go_over_by_equal_steps(side, halo, more, scale):
    axis = plan_axis(side, scale, tile_px=2 * halo + more, halo_px=halo)
    weights = np.array([axis.weights(cell, 0, axis.model_px) for cell in range(axis.cells)])

    if axis.blend_px:
        assert (weights.sum(axis=0) == 4 * axis.blend_px).all()
        assert (abs(np.diff(weights, axis=1)) <= 2).all()
    for cell in range(axis.cells):
        first, end = axis.reach(cell)
        assert not weights[cell, :first].any()
        assert not weights[cell, end:].any()


@settings(max_examples=100)
@given(st.integers(1, 300), st.integers(1, 300), st.sampled_from([0.5, 1.0, 2.3]))
def test_strips_of_an_overlap_lie_in_the_read(height, width, scale):
    grid = RasterGrid(crs_wkt="", transform=Affine.identity(), width=width, height=height)
    plan = plan_tiles(grid, grid.window, tile_px=64, halo_px=8, scale_x=scale, scale_y=scale)

    for tile in plan.tiles:
        assert all(tile.read.contains(strip) for strip in overlap_windows(plan, tile).values())


def test_mixed_classes_are_those_of_the_weighted_sums(tmp_path):
    """All pixels of a map, against one big sum over whole tiles."""
    grid = RasterGrid(crs_wkt="", transform=Affine.identity(), width=170, height=131)
    plan = plan_tiles(grid, grid.window, tile_px=64, halo_px=8)
    draw = np.random.default_rng(0)
    own, sums = np.zeros(grid.window.shape, np.uint8), np.zeros((4, *grid.window.shape), np.int64)
    weight_sum = np.zeros(grid.window.shape, np.int64)
    for tile in plan.tiles:
        logits = torch.from_numpy(draw.normal(0, 2, (4, *tile.read.shape)).astype(np.float32))
        class_ids = logits.argmax(dim=0).to(torch.uint8)
        scores = class_scores(logits, class_ids).numpy()
        own[tile.core.slices_in(grid.window)] = class_ids.numpy()[tile.core.slices_in(tile.read)]
        (col, row), read = plan.place(tile), tile.read
        weights = plan.y.weights(row, read.row_off, read.row_end)[:, None] * plan.x.weights(
            col, read.col_off, read.col_end
        )
        sums[:, *read.slices_in(grid.window)] += scores.astype(np.int64) * weights
        weight_sum[read.slices_in(grid.window)] += weights
        strips = overlap_windows(plan, tile)
        overlap = {s: scores[:, *w.slices_in(read)] for s, w in strips.items()}
        (tmp_path / f"{tile.index}").write_bytes(packed_overlap(overlap))
    blender = Blender(plan, lambda tile: tmp_path / f"{tile.index}")
    confidence = np.full(grid.window.shape, 7, np.uint8)

    mixed = own.copy()
    for window in (Window(0, 0, 100, 131), Window(100, 0, 70, 50), Window(100, 50, 70, 81)):
        part = window.slices_in(grid.window)
        blender.apply(window, mixed[part], confidence=confidence[part])

    assert (mixed == sums.argmax(axis=0)).all()
    near = confidence != 7
    behind = (sums.max(axis=0) - sums) / weight_sum / SCORES_PER_LOGIT
    expected = 100 / np.exp(-behind).sum(axis=0)
    assert near.mean() > 0.3
    assert abs(confidence - expected)[near].max() <= 0.5 + 1e-9


def test_edges_do_not_show_where_tiles_disagree(make_raster, tmp_path, monkeypatch):
    raster = make_raster(slope(480, 480))

    def changes(name):
        ids = band_of(segment(raster, tmp_path / name).class_raster).astype(int)
        across = (ids[:, 1:] != ids[:, :-1]).mean(axis=0)
        edges = np.arange(48, 480, 48) - 1
        return across[edges].mean() / np.delete(across, edges).mean()

    mixed = changes("mixed")
    monkeypatch.setattr("uhr_landcover.engine.tiles.tiling.BLEND_PX", 0)
    side_by_side = changes("side by side")
    assert abs(mixed - 1) < 0.12  # the noise of this picture
    assert side_by_side > 1.4


def test_an_area_gets_the_same_map_as_the_whole_raster(make_raster, tmp_path):
    raster = make_raster(slope())
    whole = band_of(segment(raster, tmp_path / "whole").class_raster)
    with rasterio.open(raster) as source:
        (left, top), (right, bottom) = source.transform @ (45, 40), source.transform @ (101, 95)

    part = band_of(
        segment(raster, tmp_path / "part", area=AreaOfInterest(bounds=(left, bottom, right, top))).class_raster
    )

    assert (part[40:95, 45:101] == whole[40:95, 45:101]).all()


def test_interrupted_run_ends_with_the_same_bytes(make_raster, tmp_path, monkeypatch):
    raster = make_raster(slope())
    whole = segment(raster, tmp_path / "whole", confidence=True)
    written, write = [], classification._Writer._write

    def count(self, image, classes):
        write(self, image, classes)
        written.append(image.tile.index)

    monkeypatch.setattr(classification._Writer, "_write", count)
    with pytest.raises(Cancelled):
        segment(raster, tmp_path / "cut", confidence=True, should_stop=lambda: len(written) >= 7)
    resumed = segment(raster, tmp_path / "cut", confidence=True)

    assert 7 <= resumed.resumed_tiles < resumed.tiles
    for name in ("class_raster", "confidence_raster"):
        contents = {Path(getattr(r, name)).read_bytes() for r in (whole, resumed)}
        assert len(contents) == 1


def test_confidence_does_not_change_the_map_and_is_the_winners_chance(make_raster, tmp_path):
    rgb = np.maximum(slope(100, 60), 1)
    rgb[:, 20:30, 10:25] = 0
    raster = make_raster(rgb, nodata=0)
    card = {"tile_px": 128, "halo_px": 8}  # one tile: what the network says

    plain = segment(raster, tmp_path / "plain", checkpoint=fake_checkpoint(MoodyNetwork(), **card))
    result = segment(raster, tmp_path / "more", checkpoint=fake_checkpoint(MoodyNetwork(), **card), confidence=True)

    got = band_of(result.confidence_raster)
    assert Path(plain.class_raster).read_bytes() == Path(result.class_raster).read_bytes()
    hole = (rgb == 0).all(axis=0)
    assert (got[hole] == NODATA).all()
    assert got[~hole].min() >= 49
    assert got[~hole].max() <= 100
    assert not plain.confidence_raster
    assert {"scene_landcover_confidence.tif", "scene_landcover_confidence.qml"} <= {
        p.name for p in (tmp_path / "more").iterdir()
    }


def test_resampled_raster_has_confidence_on_its_own_grid(make_raster, tmp_path):
    rgb = slope(150, 170)
    raster = make_raster(rgb, transform=Affine(0.25, 0, 500_000, 0, -0.25, 4_600_000))

    result = segment(raster, tmp_path / "out", confidence=True)

    classes, confidence = band_of(result.class_raster), band_of(result.confidence_raster)
    assert confidence.shape == classes.shape == (150, 170)
    assert confidence.max() <= 100


@pytest.mark.parametrize("place", [0.25, 0.5, 1.3])
def test_local_network_shows_no_tiles_at_any_resolution(make_raster, tmp_path, place):
    """A network that looks at single pixels gives the same map from tiles and from one image."""
    raster = make_raster(slope(160, 190), transform=Affine(place, 0, 500_000, 0, -place, 4_600_000))

    tiled = segment(raster, tmp_path / "tiled", checkpoint=fake_checkpoint())
    whole = segment(raster, tmp_path / "whole", checkpoint=fake_checkpoint(tile_px=640))

    assert (band_of(tiled.class_raster) == band_of(whole.class_raster)).mean() > (1 if place == 0.5 else 0.995) - 1e-9


@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(1, 9), st.integers(1, 9))
def test_packed_scores_are_the_same_afterwards(seed, classes, height, width):
    scores = np.random.default_rng(seed).integers(0, 2**16, (classes, height, width), np.uint16)

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "overlap").write_bytes(packed_overlap({"top": scores}))
        back = read_overlap(Path(folder) / "overlap", "top")

    assert back.dtype == np.uint16
    assert (back == scores).all()


def test_overlap_comes_back_as_written(tmp_path):
    scores = {"left": np.arange(24, dtype=np.uint16).reshape(2, 3, 4), "top": np.zeros((2, 1, 5), np.uint16)}

    (tmp_path / "overlap").write_bytes(packed_overlap(scores))

    assert all((read_overlap(tmp_path / "overlap", side) == values).all() for side, values in scores.items())
    with pytest.raises(ValueError, match="no strip 'right'"):
        read_overlap(tmp_path / "overlap", "right")


def test_winner_stays_the_winner_in_whole_numbers():
    logits = torch.tensor([[0.0, 0.0001], [0.0001, 0.0], [-30.0, -30.0]])[:, None]
    class_ids = logits.argmax(dim=0).to(torch.uint8)

    scores = class_scores(logits, class_ids)

    assert (scores.int().argmax(dim=0) == class_ids).all()
    assert scores[2].int().max() == BEST_SCORE - 30 * SCORES_PER_LOGIT
    assert winner_percent(logits[None]).tolist() == [[[50, 50]]]


def test_threshold_network_is_as_untiled_with_confidence(make_raster, tmp_path):
    rgb = np.random.default_rng(1).integers(0, 256, (3, 130, 97), dtype=np.uint8)

    result = segment(make_raster(rgb), tmp_path / "out", checkpoint=fake_checkpoint(), confidence=True)

    assert (band_of(result.class_raster) == threshold_classes(rgb)).all()
    assert dataclasses.asdict(result)["confidence_raster"].endswith("_confidence.tif")
