"""The layer of the patches that PPN refined."""

import hashlib

import numpy as np
import pyogrio
import pytest
import shapely
import torch
from fakes import RecordingEmit, fake_checkpoint

from uhr_landcover.engine.contract.job import Method, OutputSpec, SegmentationJob
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.errors import Cancelled
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.models.ppn.config import GRNetConfig
from uhr_landcover.models.ppn.network import GRNet
from uhr_landcover.models.ppn.parts import tile_boxes

TINY = GRNetConfig(
    global_px=64, global_depth=18, global_widths=(4, 4, 8, 8), refine_widths=(4, 4, 8, 8), proposal_widths=(4, 4, 8),
    pyramid_width=8, detail_width=4, aggregation_width=8,
)  # fmt: skip


def checkpoint_of(**card):
    torch.manual_seed(3)
    network = GRNet(num_classes=7, config=TINY).eval()
    for m in network.modules():
        if isinstance(m, torch.nn.BatchNorm2d):
            m.running_var.uniform_(0.5, 2)
    return fake_checkpoint(network, **{"method": "ppn", "tile_px": 128, "halo_px": 16, **card})


def scene(height=150, width=240):
    cells = np.random.default_rng(0).integers(0, 256, (3, height // 10, width // 10), dtype=np.uint8)
    return cells.repeat(10, 1).repeat(10, 2)


def job_for(raster, out, *, method=Method.PPN, **job):
    output = OutputSpec(directory=str(out), vector_formats=(), refined_patches=True)
    return SegmentationJob(raster=str(raster), output=output, method=method, device="cpu", **job)


def segment(job, checkpoint=None, emit=None, stop=lambda: False):
    return run(job, RunContext(emit or RecordingEmit(), stop), checkpoint=checkpoint or checkpoint_of())


def layer(out):
    _, _, geometry, fields = pyogrio.raw.read(out / "scene_landcover_refined_patches.gpkg", layer="refined_patches")
    return shapely.from_wkb(geometry), *fields


def test_patches_partition_the_raster_and_tell_what_the_network_chose(make_raster, tmp_path):
    checkpoint, chosen = checkpoint_of(), []
    checkpoint.network.refine_branch.register_forward_hook(lambda m, args, out: chosen.append(len(args[0])))
    raster = make_raster(scene())

    result = segment(job_for(raster, tmp_path / "out"), checkpoint)

    rectangles, tile, score, selected = layer(tmp_path / "out")
    info = pyogrio.read_info(tmp_path / "out" / "scene_landcover_refined_patches.gpkg", layer="refined_patches")
    assert str(tmp_path / "out" / "scene_landcover_refined_patches.gpkg") in result.files
    assert info["crs"] == "EPSG:32633"
    assert shapely.area(rectangles).sum() == pytest.approx(150 * 240 * 0.25)
    assert shapely.union_all(rectangles).area == pytest.approx(150 * 240 * 0.25)
    assert set(tile) == set(range(6))
    assert (selected == (score >= 0.5)).all()
    assert 0 < selected.sum() < len(selected)
    # every refined patch was a selected one; those wholly in a halo belong to no core
    assert selected.sum() <= sum(chosen) < 6 * 16


def test_patch_lies_where_the_network_saw_it(make_raster, tmp_path):
    checkpoint = checkpoint_of()
    pixels = scene(120, 120)
    segment(job_for(make_raster(pixels), tmp_path / "out"), checkpoint)

    rectangles, _, _, selected = layer(tmp_path / "out")
    with torch.inference_mode():
        expected = checkpoint.network.select_patches(torch.from_numpy(pixels)[None].float() / 255)[0]
    boxes = tile_boxes(*pixels.shape[1:], 4)
    left, top = rectangles[0].bounds[0], rectangles[0].bounds[3]
    for rectangle, is_selected in zip(rectangles, selected, strict=True):
        place = ((rectangle.bounds[0] - left) * 2, (top - rectangle.bounds[3]) * 2)
        number = [(b.left, b.top) for b in boxes].index(tuple(round(v) for v in place))
        assert bool(expected[number]) == bool(is_selected)


def test_resampled_raster_keeps_its_rectangles_inside(make_raster, tmp_path):
    segment(job_for(make_raster(scene()), tmp_path / "out", ground_resolution_m=0.3), checkpoint_of())

    rectangles, *_ = layer(tmp_path / "out")

    assert shapely.area(rectangles).sum() == pytest.approx(150 * 240 * 0.25)


def test_resumed_run_gives_the_same_layer(make_raster, tmp_path):
    raster, digests = make_raster(scene()), []
    for name, stops_at in (("whole", None), ("resumed", 3)):
        job = job_for(raster, tmp_path / name, created="2026-01-02T03:04:05+00:00")
        if stops_at:
            emit = RecordingEmit()

            def stop(emit=emit, stops_at=stops_at):
                return any(getattr(e, "done", 0) >= stops_at for e in emit.events)

            with pytest.raises(Cancelled):
                segment(job, emit=emit, stop=stop)
        result = segment(job)
        path = tmp_path / name / "scene_landcover_refined_patches.gpkg"
        digests.append(hashlib.sha256(path.read_bytes()).hexdigest())

    assert result.resumed_tiles >= 2
    assert digests[0] == digests[1]


def test_other_methods_say_that_there_is_no_such_layer(make_raster, tmp_path):
    result = segment(job_for(make_raster(scene()), tmp_path / "out", method=Method.ISDNET), fake_checkpoint())

    assert any("Only the method PPN" in w for w in result.warnings)
    assert not list((tmp_path / "out").glob("*refined_patches*"))
