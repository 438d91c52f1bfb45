"""Whole runs with a network whose answer is known: tiling must be invisible, and nothing may be lost or left behind."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from fakes import BlurNetwork, RecordingEmit, RimNetwork, fake_checkpoint, threshold_classes
from rasterio.enums import ColorInterp

from uhr_landcover.engine.contract.events import ErrorCode, PlanReady, Progress, Stage
from uhr_landcover.engine.contract.job import (
    AreaOfInterest,
    Augmentation,
    JobError,
    OutputSpec,
    Preset,
    SegmentationJob,
)
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.errors import Cancelled, InvalidJob, OutputError, RasterError
from uhr_landcover.engine.system.folder_lock import MARK
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.models.legend import NODATA

ORIGIN = Affine.translation(500_010.25, 4_649_999.75)


def scene(height, width, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (3, height, width), dtype=np.uint8)


def job_for(raster, out, *, output=None, **job):
    spec = {"directory": str(out), "vector_formats": (), **(output or {})}
    return SegmentationJob(raster=str(raster), output=OutputSpec(**spec), device="cpu", **job)


def segment(raster, out, checkpoint=None, emit=None, **job):
    return run(
        job_for(raster, out, **job),
        RunContext(emit or RecordingEmit()),
        checkpoint=checkpoint or fake_checkpoint(),
    )


def results_in(folder):
    """Files a user sees; the finished tiles of an interrupted run are kept in a hidden folder."""
    return [name for name in os.listdir(folder) if name != ".scene_landcover.uhr-job"]


def classes_of(result):
    with rasterio.open(result.class_raster) as raster:
        return raster.read(1)


@pytest.mark.parametrize(
    ("height", "width"),
    [(1, 1), (1, 200), (200, 1), (7, 9), (64, 64), (63, 65), (64, 65), (130, 47), (129, 257), (151, 203)],
    ids=lambda side: str(side),
)
def test_tiled_run_equals_untiled_numpy(make_raster, tmp_path, height, width):
    rgb = scene(height, width)

    result = segment(make_raster(rgb), tmp_path / "out")

    assert (classes_of(result) == threshold_classes(rgb)).all()


@pytest.mark.parametrize("preset", list(Preset), ids=lambda p: p.value)
def test_preset_does_not_change_the_map(make_raster, tmp_path, preset):
    rgb = scene(150, 170)

    result = segment(make_raster(rgb), tmp_path / "out", preset=preset)

    assert (classes_of(result) == threshold_classes(rgb)).all()


@pytest.mark.parametrize(
    "transform",
    [
        ORIGIN @ Affine.rotation(30) @ Affine.scale(0.5, -0.5),
        ORIGIN @ Affine.scale(0.5, 0.5),
        ORIGIN @ Affine.shear(10, 0) @ Affine.scale(0.5, -0.5),
        ORIGIN @ Affine.scale(-0.5, -0.5),
    ],
    ids=["rotated", "south-up", "sheared", "mirrored"],
)
def test_any_orientation_gives_the_same_map_on_the_same_grid(make_raster, tmp_path, transform):
    rgb = scene(100, 130)

    result = segment(make_raster(rgb, transform=transform), tmp_path / "out")

    with rasterio.open(result.class_raster) as raster:
        assert raster.transform == transform
        assert (raster.read(1) == threshold_classes(rgb)).all()


def test_network_with_context_does_not_see_the_tiles(make_raster, tmp_path):
    """A halo larger than the receptive field makes tiling invisible; only the raster's own edge may differ."""
    rgb = scene(140, 190)
    small = segment(make_raster(rgb), tmp_path / "small", fake_checkpoint(BlurNetwork()))
    whole = segment(make_raster(rgb), tmp_path / "whole", fake_checkpoint(BlurNetwork(), tile_px=256, halo_px=8))

    # a raster that is one tile is padded by reflection, whose blur differs within 2 px of the right and lower edge
    assert (classes_of(small)[:-2, :-2] == classes_of(whole)[:-2, :-2]).all()


def test_raster_of_one_tile_gets_what_the_network_gives(make_raster, tmp_path):
    import torch

    rgb = scene(64, 56)
    checkpoint = fake_checkpoint(BlurNetwork())
    logits = checkpoint.network(torch.from_numpy(rgb)[None].float() / 255)

    result = segment(make_raster(rgb), tmp_path / "out", checkpoint)

    assert (classes_of(result) == logits.argmax(dim=1)[0].numpy()).all()


def test_raster_with_a_mirrored_rim_gets_what_the_network_gives_of_it_with_its_mirror_image(make_raster, tmp_path):
    import torch

    rgb = scene(40, 48)
    checkpoint = fake_checkpoint(RimNetwork(), mirrors_rim=True)
    around = np.pad(rgb, ((0, 0), (8, 8), (8, 8)), mode="reflect")
    logits = checkpoint.network(torch.from_numpy(around)[None].float() / 255)

    result = segment(make_raster(rgb), tmp_path / "out", checkpoint)

    assert (classes_of(result) == logits.argmax(dim=1)[0, 8:-8, 8:-8].numpy()).all()


@pytest.mark.parametrize("size", [(30, 40), (56, 64), (140, 190)])
def test_mirrored_rim_keeps_the_class_up_to_the_rasters_edge(make_raster, tmp_path, size):
    rgb = np.full((3, *size), 200, np.uint8)

    result = segment(make_raster(rgb), tmp_path / "out", fake_checkpoint(RimNetwork(), mirrors_rim=True))

    assert (classes_of(result) == threshold_classes(rgb)).all()


def test_nodata_holes_stay_nodata_exactly_and_empty_tiles_are_not_run(make_raster, tmp_path):
    rgb = np.maximum(scene(150, 200), 1)
    rgb[:, 60:66, 70:75] = 0  # a hole
    rgb[:, :48, :96] = 0  # two cores
    raster = make_raster(rgb, nodata=0)
    emit = RecordingEmit()

    result = segment(raster, tmp_path / "out", emit=emit)

    expected = np.where((rgb == 0).all(axis=0), NODATA, threshold_classes(rgb))
    tiles = emit.of(PlanReady)[0].plan["tiles"]
    assert (classes_of(result) == expected).all()
    assert result.tiles == tiles - 2


@pytest.mark.parametrize("kind", ["alpha", "internal mask", "mask file", "nodata"])
def test_validity_is_that_of_the_dataset_mask(make_raster, tmp_path, kind):
    rgb = np.maximum(scene(90, 110), 1)
    hole = np.zeros((90, 110), bool)
    hole[20:55, 30:80] = True
    if kind == "alpha":
        rgba = np.concatenate([rgb, np.where(hole, 0, 255).astype(np.uint8)[None]])
        raster = make_raster(rgba, alpha="non-premultiplied")
    elif kind == "internal mask":
        raster = make_raster(rgb, mask=~hole)
    elif kind == "mask file":
        raster = make_raster(rgb)
        with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=False), rasterio.open(raster, "r+") as dataset:
            dataset.write_mask(~hole)
        assert raster.with_suffix(".tif.msk").exists()
    else:
        raster = make_raster(np.where(hole, 0, rgb).astype(np.uint8), nodata=0)

    result = segment(raster, tmp_path / "out")

    with rasterio.open(raster) as dataset:
        valid = dataset.dataset_mask() > 0
    assert (valid == ~hole).all()
    assert (classes_of(result) == np.where(hole, NODATA, threshold_classes(rgb))).all()


def test_area_gets_the_map_of_the_whole_raster_and_nodata_outside(make_raster, tmp_path):
    rgb = scene(150, 200)
    raster = make_raster(rgb)
    with rasterio.open(raster) as dataset:
        left, top = dataset.transform @ (37, 21)
        right, bottom = dataset.transform @ (150, 99)

    result = segment(raster, tmp_path / "out", area=AreaOfInterest(bounds=(left, bottom, right, top)))

    expected = np.full((150, 200), NODATA)
    expected[21:99, 37:150] = threshold_classes(rgb)[21:99, 37:150]
    assert (classes_of(result) == expected).all()


def test_area_beside_the_raster_is_refused(make_raster, tmp_path):
    with pytest.raises(InvalidJob, match="does not touch the raster"):
        segment(make_raster(scene(20, 20)), tmp_path / "out", area=AreaOfInterest(bounds=(0, 0, 1, 1)))


def test_finer_raster_is_averaged_and_its_map_is_on_its_own_grid(make_raster, tmp_path):
    """0.25 m pixels under a 0.5 m model: every 2 × 2 block of one colour is one model pixel."""
    coarse = scene(100, 120)
    rgb = coarse.repeat(2, axis=1).repeat(2, axis=2)

    result = segment(make_raster(rgb, transform=ORIGIN @ Affine.scale(0.25, -0.25)), tmp_path / "out")

    expected = threshold_classes(coarse).repeat(2, axis=0).repeat(2, axis=1)
    assert (classes_of(result) == expected).all()


def test_coarser_raster_is_enlarged_and_warned_of(make_raster, tmp_path):
    rgb = np.full((3, 60, 70), 200, np.uint8)
    rgb[:, :, 35:] = 20
    emit = RecordingEmit()

    result = segment(make_raster(rgb, transform=ORIGIN @ Affine.scale(1.6, -1.6)), tmp_path / "out", emit=emit)

    got, expected = classes_of(result), threshold_classes(rgb)
    assert (got[:, :33] == expected[:, :33]).all()
    assert (got[:, 37:] == expected[:, 37:]).all()
    assert "expect a poor map" in " ".join(emit.warnings)


def test_resampled_raster_keeps_its_nodata_exactly(make_raster, tmp_path):
    rgb = np.maximum(scene(131, 173), 1)
    holes = np.random.default_rng(1).random((131, 173)) < 0.2
    rgb[:, holes] = 0

    for name, size in (("finer", 0.17), ("coarser", 1.1)):
        transform = ORIGIN @ Affine.scale(size, -size)
        result = segment(make_raster(rgb, f"in/{name}.tif", nodata=0, transform=transform), tmp_path / name)

        assert ((classes_of(result) == NODATA) == holes).all()


def test_single_valid_pixel_is_classified_even_if_the_model_cannot_see_it(make_raster, tmp_path):
    rgb = np.zeros((3, 400, 400), np.uint8)
    rgb[:, 203, 11] = 255

    result = segment(make_raster(rgb, nodata=0, transform=ORIGIN @ Affine.scale(0.1, -0.1)), tmp_path / "out")

    assert (classes_of(result) != NODATA).sum() == 1


def test_degrees_are_resampled_by_latitude(make_raster, tmp_path):
    degree = 0.5 / 111_412  # 0.5 m along the meridian at 60° north
    rgb = scene(80, 100)
    emit = RecordingEmit()

    segment(
        make_raster(rgb, crs="EPSG:4326", transform=Affine(degree, 0, 10, 0, -degree, 60)), tmp_path / "out", emit=emit
    )

    scale = emit.of(PlanReady)[0].plan["scale"]
    assert scale == pytest.approx([2.0, 1.0], rel=0.02)


def test_band_order_follows_colour_interpretation(make_raster, tmp_path):
    rgb = scene(60, 60)
    order = (ColorInterp.blue, ColorInterp.green, ColorInterp.red)
    emit = RecordingEmit()

    segment(make_raster(rgb[::-1].copy(), colorinterp=order, photometric=None), tmp_path / "out", emit=emit)

    assert emit.of(PlanReady)[0].plan["bands"] == [3, 2, 1]


@pytest.mark.parametrize("factor", [16, 257], ids=["12 bit", "16 bit"])
def test_deep_pixels_get_the_classes_of_8_bit_under_the_stretch(make_raster, tmp_path, factor):
    rgb = scene(90, 120)
    rgb[:, 0, :2] = [0, 255]

    result = segment(make_raster(rgb.astype(np.uint16) * factor), tmp_path / "out")

    assert (classes_of(result) == threshold_classes(rgb)).mean() > 0.97  # the stretch cuts 0.1 % at each end


def test_stretch_is_one_for_the_whole_raster(make_raster, tmp_path):
    """Halves of different brightness must not be stretched apart, which a stretch per tile would do."""
    values = np.full((3, 64, 200), 1000, np.uint16)
    values[:, :, 100:] = 3000
    values[:, 0, 0] = 0
    values[:, 0, 199] = 4000

    result = segment(make_raster(values), tmp_path / "out")

    left, right = classes_of(result)[5, 5], classes_of(result)[5, 195]
    assert left < right


def test_float_with_nan_and_inf_has_no_data_there(make_raster, tmp_path):
    values = scene(70, 90).astype(np.float32)
    values[0, 10, 20], values[1, 30, 40], values[2, 50, 60] = np.nan, np.inf, -np.inf

    result = segment(make_raster(values), tmp_path / "out")

    holes = np.argwhere(classes_of(result) == NODATA)
    assert holes.tolist() == [[10, 20], [30, 40], [50, 60]]


def test_raster_without_georeference_runs_with_one_warning(make_raster, tmp_path):
    rgb = scene(70, 90)
    emit = RecordingEmit()

    result = segment(make_raster(rgb, crs=None, transform=None), tmp_path / "out", emit=emit)

    assert (classes_of(result) == threshold_classes(rgb)).all()
    assert len(emit.warnings) == 1
    assert "no coordinate system" in emit.warnings[0]


def test_palette_is_expanded(make_raster, tmp_path):
    ids = np.random.default_rng(0).integers(0, 4, (1, 70, 80), dtype=np.uint8)
    colors = {0: (0, 0, 0), 1: (255, 255, 255), 2: (100, 110, 120), 3: (10, 200, 90)}
    raster = make_raster(ids)
    with rasterio.open(raster, "r+") as dataset:
        dataset.write_colormap(1, colors)

    result = segment(raster, tmp_path / "out")

    rgb = np.array([colors[i] for i in range(4)], np.uint8)[ids[0]].transpose(2, 0, 1)
    assert (classes_of(result) == threshold_classes(rgb)).all()


def test_few_bits_are_scaled_as_declared(make_raster, tmp_path):
    nibbles = np.random.default_rng(0).integers(0, 16, (3, 40, 50), dtype=np.uint8)

    result = segment(make_raster(nibbles, nbits=4), tmp_path / "out")

    assert (classes_of(result) == threshold_classes(nibbles * 17)).all()


def test_unreadable_block_fails_naming_it(make_raster, tmp_path):
    raster, _ = raster_with_bad_block(make_raster)

    with pytest.raises(RasterError, match="columns 64 to 127, rows 64 to 127") as caught:
        segment(raster, tmp_path / "out")

    assert caught.value.code is ErrorCode.READ_FAILED
    assert results_in(tmp_path / "out") == []


@pytest.mark.parametrize("size", [0.5, 0.25], ids=["as is", "resampled"])
def test_unreadable_block_becomes_nodata_on_request(make_raster, tmp_path, size):
    raster, rgb = raster_with_bad_block(make_raster, transform=ORIGIN @ Affine.scale(size, -size))
    emit = RecordingEmit()

    result = segment(raster, tmp_path / "out", emit=emit, on_read_error="nodata")

    bad = np.zeros(rgb.shape[1:], bool)
    bad[64:128, 64:128] = True
    got = classes_of(result)
    assert ((got == NODATA) == bad).all()
    assert [w for w in emit.warnings if "could not be read" in w] == [
        "Columns 64 to 127, rows 64 to 127 could not be read and have no data in the map."
    ]
    if size == 0.5:
        assert (got[~bad] == threshold_classes(rgb)[~bad]).all()


def raster_with_bad_block(make_raster, depth=np.uint8, **profile):
    rgb = scene(200, 200).astype(depth)
    path = make_raster(rgb, tiled=True, blockxsize=64, blockysize=64, compress="deflate", interleave="pixel", **profile)
    with rasterio.open(path) as dataset:
        offset = int(dataset.get_tag_item("BLOCK_OFFSET_1_1", "TIFF", bidx=1))
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(b"\xff" * 400)
    return path, rgb


def test_nothing_is_written_beside_the_input(make_raster, tmp_path):
    raster = make_raster(scene(70, 70).astype(np.uint16) * 200)
    before = {p.name: p.stat().st_mtime_ns for p in raster.parent.iterdir()}

    segment(raster, tmp_path / "out")

    assert {p.name: p.stat().st_mtime_ns for p in raster.parent.iterdir()} == before


def test_results_and_nothing_else_are_left(make_raster, tmp_path):
    result = segment(make_raster(scene(70, 70)), tmp_path / "out", output={"vector_formats": ("gpkg", "shp")})

    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert names == {Path(f).name for f in result.files}
    assert {
        "scene_landcover.tif", "scene_landcover.tif.aux.xml", "scene_landcover.qml", "scene_landcover_areas.csv",
        "scene_landcover_job.json", "scene_landcover_polygons.gpkg", "scene_landcover_polygons.shp",
        "scene_landcover_polygons.qml",
    } <= names  # fmt: skip


def test_recipe_reproduces_the_result(make_raster, tmp_path):
    raster = make_raster(scene(90, 90))
    first = segment(raster, tmp_path / "out", created="2030-01-01T00:00:00+00:00")
    recipe = json.loads(Path(first.recipe).read_text())
    recipe["output"]["directory"] = str(tmp_path / "again")

    second = run(SegmentationJob.from_dict(recipe), RunContext(RecordingEmit()), checkpoint=fake_checkpoint())

    assert Path(first.class_raster).read_bytes() == Path(second.class_raster).read_bytes()


def test_existing_result_is_refused_and_kept(make_raster, tmp_path):
    raster = make_raster(scene(30, 30))
    first = segment(raster, tmp_path / "out")
    content = Path(first.class_raster).read_bytes()

    with pytest.raises(OutputError, match="already in") as caught:
        segment(raster, tmp_path / "out")

    assert caught.value.code is ErrorCode.OUTPUT_EXISTS
    assert Path(first.class_raster).read_bytes() == content


def test_overwrite_replaces_the_result(make_raster, tmp_path):
    raster = make_raster(scene(30, 30))
    segment(raster, tmp_path / "out")
    other = scene(30, 30, seed=5)

    result = segment(make_raster(other), tmp_path / "out", output={"overwrite": True})

    assert (classes_of(result) == threshold_classes(other)).all()


@pytest.mark.parametrize("kind", ["same", "symlink", "hard link", "vrt", "case"])
def test_output_that_is_the_input_is_refused(make_raster, tmp_path, kind):
    rgb = scene(30, 30)
    raster = make_raster(rgb, "data/map.tif")
    name, source = "map", raster
    if kind == "symlink":
        (raster.parent / "alias.tif").symlink_to(raster)
        name = "alias"
    elif kind == "hard link":
        os.link(raster, raster.parent / "twin.tif")
        name = "twin"
    elif kind == "vrt":
        source = tmp_path / "mosaic.vrt"
        os.system(f"gdalbuildvrt -q {source} {raster}")
        outer = tmp_path / "outer.vrt"
        os.system(f"gdalbuildvrt -q {outer} {source}")
        source = outer
    elif kind == "case":
        name = "MAP"

    with pytest.raises(OutputError) as caught:
        segment(source, raster.parent, output={"name": name, "overwrite": True})

    assert caught.value.code is ErrorCode.OUTPUT_IS_INPUT
    with rasterio.open(raster) as dataset:
        assert (dataset.read() == rgb).all()


def test_output_folder_that_is_a_file_is_refused(make_raster, tmp_path):
    (tmp_path / "out").write_text("in the way")

    with pytest.raises(OutputError, match="Nothing can be written") as caught:
        segment(make_raster(scene(30, 30)), tmp_path / "out")

    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE


def test_full_disk_is_refused_before_the_start(make_raster, tmp_path, monkeypatch):
    monkeypatch.setattr("uhr_landcover.engine.run.checks.free_disk_bytes", lambda _: 1000)

    with pytest.raises(OutputError, match="are free") as caught:
        segment(make_raster(scene(30, 30)), tmp_path / "out")

    assert caught.value.code is ErrorCode.DISK_FULL


@pytest.mark.parametrize("stage", [Stage.CLASSIFY, Stage.ASSEMBLE], ids=lambda s: s.value)
def test_cancel_leaves_nothing_under_a_final_name(make_raster, tmp_path, stage):
    emit = RecordingEmit()

    def stop():
        return any(e.stage is stage and e.done for e in emit.of(Progress))

    with pytest.raises(Cancelled):
        run(
            job_for(make_raster(scene(200, 700)), tmp_path / "out"),
            RunContext(emit, stop),
            checkpoint=fake_checkpoint(),
        )

    assert results_in(tmp_path / "out") == []


def test_failure_in_the_last_stage_leaves_nothing_under_a_final_name(make_raster, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("uhr_landcover.engine.maps.area_report.write_area_csv", fail)

    with pytest.raises(OutputError, match="is full"):
        segment(make_raster(scene(30, 30)), tmp_path / "out")

    assert results_in(tmp_path / "out") == []


def test_progress_counts_every_tile_and_ends_at_the_total(make_raster, tmp_path):
    emit = RecordingEmit()

    segment(make_raster(scene(150, 200)), tmp_path / "out", emit=emit)

    steps = [e for e in emit.of(Progress) if e.stage is Stage.CLASSIFY]
    assert [e.done for e in steps] == list(range(1, steps[0].total + 1))
    assert steps[-1].eta_s == 0


def test_names_with_strange_characters_are_literal(make_raster, tmp_path):
    rgb = scene(40, 40)
    raster = make_raster(rgb, "in/ä 'q\"; %s $(x) 土地 🏞.tif")

    result = segment(raster, tmp_path / "out ñ;", output={"vector_formats": ("gpkg",)})

    assert (classes_of(result) == threshold_classes(rgb)).all()


def test_long_name_is_shortened_to_what_a_file_system_takes(make_raster, tmp_path):
    result = segment(make_raster(scene(20, 20), "in/" + "長" * 80 + ".tif"), tmp_path / "out")

    assert Path(result.class_raster).is_file()


def test_leftovers_of_a_killed_run_do_no_harm(make_raster, tmp_path):
    rgb = scene(100, 100)
    left = tmp_path / "out" / ".scene_landcover.uhr-job"
    (left / "shards").mkdir(parents=True)
    (left / "shards" / "tile-000000000.tif").write_bytes(b"half a file")
    (left / "results").mkdir()
    (left / "results" / "scene_landcover.tif").write_bytes(b"II*")
    (left / "lock").write_bytes(MARK)

    result = segment(make_raster(rgb), tmp_path / "out")

    assert (classes_of(result) == threshold_classes(rgb)).all()
    assert not left.exists()


def test_deep_raster_with_a_bad_block_still_gets_its_stretch(make_raster, tmp_path):
    raster, _ = raster_with_bad_block(make_raster, depth=np.uint16)

    result = segment(raster, tmp_path / "out", on_read_error="nodata")

    assert (classes_of(result) == NODATA).sum() == 64 * 64


def test_two_runs_of_one_name_at_once_are_refused(make_raster, tmp_path):
    raster = make_raster(scene(100, 100))
    refused = []

    def try_second(event):
        if isinstance(event, Progress) and event.stage is Stage.CLASSIFY and not refused:
            with pytest.raises(OutputError, match="Another run"):
                segment(raster, tmp_path / "out")
            refused.append(True)

    result = run(job_for(raster, tmp_path / "out"), RunContext(try_second), checkpoint=fake_checkpoint())

    assert refused
    assert Path(result.class_raster).exists()


@pytest.mark.parametrize("preset", list(Preset), ids=lambda p: p.value)
def test_augmented_run_of_a_network_that_has_no_direction_gives_the_same_map(make_raster, tmp_path, preset):
    rgb = scene(150, 70)

    result = segment(make_raster(rgb), tmp_path / "out", preset=preset, augmentation=Augmentation.TURNS)

    assert (classes_of(result) == threshold_classes(rgb)).all()


def test_augmented_run_tells_its_cost_and_is_another_run_than_the_plain_one(make_raster, tmp_path):
    emit = RecordingEmit()
    raster = make_raster(scene(150, 70))
    asked = iter([False] * 6 + [True] * 1000)
    with pytest.raises(Cancelled):
        run(
            job_for(raster, tmp_path / "out", augmentation=Augmentation.FLIPS),
            RunContext(emit, lambda: next(asked)),
            checkpoint=fake_checkpoint(),
        )

    with pytest.raises(OutputError, match=r"augmentation was .*flips"):
        segment(raster, tmp_path / "out")
    assert emit.of(PlanReady)[0].plan["passes"] == 4


def test_refined_patches_of_augmented_looks_are_refused(make_raster, tmp_path):
    with pytest.raises(InvalidJob, match="those of one look at a tile"):
        segment(
            make_raster(scene(64, 64)), tmp_path / "out", augmentation=Augmentation.FLIPS,
            output={"refined_patches": True},
        )  # fmt: skip


@pytest.mark.parametrize("scales", [(1.0,), (0.5, 0.5), (0.1,), (5.0,), (0.5, 0.6, 0.7, 0.8, 0.9)])
def test_scales_of_augmentation_out_of_range_are_refused(tmp_path, scales):
    with pytest.raises(JobError, match="augmentation_scales is"):
        job_for("a.tif", tmp_path, augmentation_scales=scales)


def test_time_of_augmented_looks_is_told_from_that_of_plain_ones(make_raster, tmp_path):
    from uhr_landcover.engine.plan.planning import plan_run

    raster, card = make_raster(scene(150, 200)), {"weights_sha256": "of this test"}
    segment(raster, tmp_path / "out", fake_checkpoint(**card))

    def seconds(**job):
        return plan_run(job_for(raster, tmp_path / "new", **job), fake_checkpoint(**card)).execution.predicted_seconds

    assert seconds(augmentation=Augmentation.TURNS) > seconds(augmentation=Augmentation.FLIPS) > seconds()
