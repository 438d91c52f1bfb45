import numpy as np
import pytest
import rasterio

from uhr_landcover.engine.__main__ import COMMANDS
from uhr_landcover.engine.commands import scene as command
from uhr_landcover.engine.raster.grid import Window
from uhr_landcover.engine.system.errors import Cancelled, InvalidJob, OutputError
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.engine.training.scene_writer import SceneSpec, render_block, scene_grid, write_scene
from uhr_landcover.models.scenes.landscape import render_window

SMALL = SceneSpec(width=70, height=50, seed=3)


def test_write_scene_files_hold_the_landscape_and_its_classes(tmp_path):
    write_scene(tmp_path / "a.tif", SceneSpec(width=600, height=530, seed=3), mask=tmp_path / "m.tif")

    rgb, class_ids = render_window(3, 0, 0, 530, 600)
    with rasterio.open(tmp_path / "a.tif") as picture, rasterio.open(tmp_path / "m.tif") as mask:
        np.testing.assert_array_equal(picture.read(), rgb.transpose(2, 0, 1))
        np.testing.assert_array_equal(mask.read(1), class_ids)
        assert mask.transform == picture.transform
        assert mask.crs == picture.crs == rasterio.CRS.from_epsg(32633)
        assert picture.res == (0.5, 0.5)
        assert mask.colormap(1)[2][:3] == (255, 255, 0)


def test_write_scene_leaves_only_its_files(tmp_path):
    files = write_scene(tmp_path / "a.tif", SMALL)

    assert files == [tmp_path / "a.tif"]
    assert list(tmp_path.iterdir()) == files


def test_write_scene_existing_file_is_kept(tmp_path):
    (tmp_path / "m.tif").write_text("mine")

    with pytest.raises(OutputError, match="already there"):
        write_scene(tmp_path / "a.tif", SMALL, mask=tmp_path / "m.tif")

    assert [p.name for p in tmp_path.iterdir()] == ["m.tif"]
    assert (tmp_path / "m.tif").read_text() == "mine"


def test_write_scene_stopped_midway_leaves_nothing(tmp_path):
    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        write_scene(tmp_path / "a.tif", SMALL, mask=tmp_path / "m.tif", on_block=stop)

    assert list(tmp_path.iterdir()) == []


def test_write_scene_picture_and_mask_in_one_file_are_refused(tmp_path):
    with pytest.raises(InvalidJob, match="Name two files"):
        write_scene(tmp_path / "a.tif", SMALL, mask=tmp_path / "." / "a.tif")


@pytest.mark.parametrize("resolution_m", [0.0, -1.0, 0.3, 0.75, 9.0, float("nan")])
def test_scene_spec_resolution_that_does_not_fit_is_refused(resolution_m):
    with pytest.raises(InvalidJob, match=r"Choose 0\.5 m"):
        SceneSpec(width=5, height=5, resolution_m=resolution_m)


@pytest.mark.parametrize("crs", ["EPSG:32633", "EPSG:4326", "EPSG:2263"], ids=["metres", "degrees", "feet"])
def test_scene_grid_pixels_have_the_asked_size_on_the_ground(crs):
    grid = scene_grid(SceneSpec(width=40, height=40, resolution_m=2.0, crs=crs, origin=_origin(crs)))

    assert grid.ground_resolution_m == pytest.approx((2.0, 2.0), rel=2e-3)


def _origin(crs):
    return (983000.0, 199000.0) if crs == "EPSG:2263" else None


def test_scene_grid_unknown_crs_is_a_sentence():
    with pytest.raises(InvalidJob, match="'EPSG:0' cannot be used"):
        scene_grid(SceneSpec(width=5, height=5, crs="EPSG:0"))


def test_render_block_coarser_averages_the_landscape():
    rgb, class_ids = render_block(SceneSpec(width=99, height=99, resolution_m=2.0), Window(10, 5, 8, 6))

    fine_rgb, fine_ids = render_window(1, 20, 40, 24, 32)
    np.testing.assert_allclose(rgb, fine_rgb.reshape(6, 4, 8, 4, 3).mean(axis=(1, 3)), atol=0.6)
    np.testing.assert_array_equal(class_ids, fine_ids[2::4, 2::4])


@pytest.mark.parametrize("resolution_m", [0.25, 0.125])
def test_render_block_finer_shows_the_same_landscape(resolution_m):
    k = round(0.5 / resolution_m)

    rgb, class_ids = render_block(
        SceneSpec(width=99, height=99, resolution_m=resolution_m), Window(8 * k, 4 * k, 40, 24)
    )

    fine_rgb, fine_ids = render_window(1, 4, 8, 24 // k, 40 // k)
    np.testing.assert_array_equal(class_ids[::k, ::k], fine_ids)
    shrunk = rgb.reshape(24 // k, k, 40 // k, k, 3).mean(axis=(1, 3))
    assert np.abs(shrunk - fine_rgb).mean() < 4


def test_scene_command_is_listed_and_writes(tmp_path):
    import argparse

    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    args = parser.parse_args([str(tmp_path / "a.tif"), "--size", "33", "20", "--seed", "8", "--crs", ""])

    result = command.execute(args, RunContext())

    assert "scene" in COMMANDS
    assert result == {"files": [str(tmp_path / "a.tif")]}
    with rasterio.open(tmp_path / "a.tif") as picture:
        assert (picture.width, picture.height, picture.crs) == (33, 20, None)
