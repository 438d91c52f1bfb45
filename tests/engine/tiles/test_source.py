"""Opening, checking and reading rasters; the runs of test_pipeline.py cover the rest."""

from __future__ import annotations

import os
import zipfile

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.control import GroundControlPoint
from rasterio.errors import RasterioIOError

from uhr_landcover.engine.contract.events import ErrorCode
from uhr_landcover.engine.raster.grid import Window
from uhr_landcover.engine.raster.raster_info import gdal_session, read_info
from uhr_landcover.engine.system.errors import RasterError
from uhr_landcover.engine.tiles import source as module
from uhr_landcover.engine.tiles.source import RasterSource
from uhr_landcover.engine.tiles.tiling import plan_tiles

RGB = ("red", "green", "blue")


def coordinates(height, width):
    """Pixel values that say where the pixel is: red and green hold row and column, blue their high bits."""
    rows, cols = np.mgrid[:height, :width]
    return np.stack([rows % 256, cols % 256, rows // 256 * 16 + cols // 256]).astype(np.uint8)


def test_tiles_hold_the_pixels_of_their_windows(make_raster):
    values = coordinates(300, 420)
    info = read_info(str(make_raster(values)), RGB)
    plan = plan_tiles(info.grid, info.grid.window, tile_px=128, halo_px=16)

    with RasterSource(info) as source:
        for tile in plan.tiles:
            rows, cols = tile.read.slices_in(info.grid.window)
            assert (source.read_tile(tile, plan).image == values[:, rows, cols]).all()


def test_padding_mirrors_image_and_validity(make_raster):
    values = np.maximum(coordinates(10, 13), 1)
    values[:, :, 12] = 0
    info = read_info(str(make_raster(values, nodata=0)), RGB)
    plan = plan_tiles(info.grid, info.grid.window, tile_px=64, halo_px=8, size_divisor=16)

    with RasterSource(info) as source:
        tile = source.read_tile(plan.tiles[0], plan)

    assert tile.image.shape == (3, 16, 16)
    assert (tile.image[:, :10, 13:] == values[:, :, [11, 10, 9]]).all()
    assert not tile.valid[:10, 12].any()
    assert tile.valid[:10, 13:].all()


@pytest.mark.parametrize("size", [(300, 420), (97, 40), (5, 3)])
def test_reads_beyond_the_raster_hold_its_mirror_image(make_raster, size):
    values = coordinates(*size)
    info = read_info(str(make_raster(values)), RGB)
    plan = plan_tiles(info.grid, info.grid.window, tile_px=128, halo_px=16, mirrors=True)
    around = Window(-16, -16, size[1] + 32, size[0] + 32)
    mirrored = np.pad(values, ((0, 0), (16, 16), (16, 16)), mode="reflect")

    with RasterSource(info) as source:
        for tile in plan.tiles:
            rows, cols = tile.read.slices_in(around)
            read = source.read_tile(tile, plan)
            assert (read.image[:, : tile.read.height, : tile.read.width] == mirrored[:, rows, cols]).all()
            assert read.has_data


def test_handle_is_opened_once_per_thread_and_closed_at_the_end(make_raster, monkeypatch):
    from concurrent.futures import ThreadPoolExecutor

    info = read_info(str(make_raster(coordinates(200, 200))), RGB)
    opened = []
    monkeypatch.setattr(module, "open_raster", lambda path: opened.append(rasterio.open(path)) or opened[-1])

    with RasterSource(info) as source, ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda i: source._read(module._rasterio_window(Window(i, i, 9, 9)), (9, 9)), range(50)))
        assert 1 <= len(opened) <= 2

    assert all(dataset.closed for dataset in opened)


def test_transient_read_error_is_retried(make_raster, monkeypatch):
    values = coordinates(64, 64)
    info = read_info(str(make_raster(values)), RGB)
    plan = plan_tiles(info.grid, info.grid.window, tile_px=64, halo_px=8)
    monkeypatch.setattr(module, "RETRY_PAUSES_S", (0.0, 0.0))
    real, failures = RasterSource._read_native, [True, True]

    def flaky(self, *args):
        if failures:
            failures.pop()
            raise RasterioIOError("network hiccup")
        return real(self, *args)

    monkeypatch.setattr(RasterSource, "_read_native", flaky)

    with RasterSource(info) as source:
        assert (source.read_tile(plan.tiles[0], plan).image == values).all()


def test_samples_are_the_same_every_time_and_spread(make_raster):
    values = np.linspace(0, 60_000, 3 * 300 * 400).reshape(3, 300, 400).astype(np.uint16)
    info = read_info(str(make_raster(values)), RGB)

    with RasterSource(info) as source:
        first, valid = source.read_samples(16)
        second, _ = source.read_samples(16)

    assert (first == second).all()
    assert valid.all()
    assert first[0].min() < 2000
    assert first[0].max() > 18_000


def test_raster_of_control_points_only_is_refused(make_raster):
    points = [GroundControlPoint(row=r, col=c, x=10 + c / 1e3, y=50 - r / 1e3) for r in (0, 40) for c in (0, 50)]
    raster = make_raster(coordinates(40, 50), gcps=points, transform=None)

    with pytest.raises(RasterError, match=r"ground control points only.*gdalwarp") as caught:
        read_info(str(raster), RGB)

    assert caught.value.code is ErrorCode.RASTER_UNSUITABLE


def test_complex_numbers_are_refused(make_raster):
    raster = make_raster(np.zeros((3, 8, 8), np.complex64), photometric=None)

    with pytest.raises(RasterError, match="complex numbers"):
        read_info(str(raster), RGB)


def test_members_of_nested_mosaics_are_known(make_raster, tmp_path):
    raster = make_raster(coordinates(20, 30))
    for name, member in (("inner.vrt", raster), ("outer.vrt", tmp_path / "inner.vrt")):
        if os.system(f"gdalbuildvrt -q {tmp_path / name} {member}"):
            pytest.skip("gdalbuildvrt is not installed")

    info = read_info(str(tmp_path / "outer.vrt"), RGB)

    assert {os.path.basename(f) for f in info.files} == {"outer.vrt", "inner.vrt", raster.name}


def test_raster_in_a_zip_is_read_through_gdal(make_raster, tmp_path):
    raster = make_raster(coordinates(20, 30))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(raster, "a.tif")

    assert read_info(f"/vsizip/{tmp_path}/a.zip/a.tif", RGB).grid.width == 30


def test_folder_is_no_raster(tmp_path):
    with pytest.raises(RasterError, match="cannot be opened as a raster"):
        read_info(str(tmp_path), RGB)


def test_cache_is_bounded_in_bytes():
    from rasterio._env import get_gdal_config

    with gdal_session(64 * 1024**2):
        assert get_gdal_config("GDAL_CACHEMAX") == 64 * 1024**2


def test_float_raster_can_lack_data_anywhere_and_8_bit_cannot(make_raster):
    eight = read_info(str(make_raster(coordinates(8, 8))), RGB)
    floats = read_info(str(make_raster(coordinates(8, 8).astype(np.float32), "in/f.tif")), RGB)

    assert eight.is_all_valid
    assert eight.is_8bit
    assert not floats.is_all_valid
    assert not floats.is_8bit


def test_transform_and_crs_are_taken_as_they_are(make_raster):
    transform = Affine.translation(5e5, 4e6) @ Affine.rotation(20) @ Affine.scale(0.3, 0.4)

    info = read_info(str(make_raster(coordinates(8, 9), transform=transform)), RGB)

    assert info.grid.transform == transform
    assert "UTM zone 33N" in info.grid.crs_wkt
