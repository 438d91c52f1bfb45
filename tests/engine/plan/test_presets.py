"""Plans: what presets may change, and how rasters are scaled."""

from __future__ import annotations

import dataclasses

import pytest
from affine import Affine
from fakes import fake_card
from hypothesis import given
from hypothesis import strategies as st

from uhr_landcover.engine.contract.job import Preset
from uhr_landcover.engine.plan.presets import MIB, Host, plan_execution
from uhr_landcover.engine.raster.bands import BandMapping
from uhr_landcover.engine.raster.grid import RasterGrid
from uhr_landcover.engine.raster.mosaic import Mosaic
from uhr_landcover.engine.raster.raster_info import RasterInfo
from uhr_landcover.engine.raster.scaling import MAX_ENLARGEMENT, choose_scale
from uhr_landcover.engine.system.device import Device
from uhr_landcover.engine.tiles.tiling import plan_tiles
from uhr_landcover.models.inference.memory import ForwardMemory

GPU = Device(name="cuda:0", title="GPU", precision="float16", free_bytes=8 * 10**9, cores=8)
CPU = Device(name="cpu", title="CPU", cores=8)


def info_of(width, height, block_shape=(512, 512)):
    grid = RasterGrid(crs_wkt="", transform=Affine.identity(), width=width, height=height)
    return RasterInfo(
        path="a.tif",
        grid=grid,
        dtype="uint8",
        bits=0,
        bands=BandMapping(indexes=(1, 2, 3)),
        is_all_valid=True,
        alpha=(),
        files=("a.tif",),
        block_shape=block_shape,
        total_bands=3,
        notes=(),
        mosaic=Mosaic(),
    )


def execution_of(preset, device=CPU, width=10_000, height=10_000, block_shape=(512, 512)):
    info = info_of(width, height, block_shape)
    card = fake_card(tile_px=2448, halo_px=200)
    tiles = plan_tiles(info.grid, info.grid.window, tile_px=2448, halo_px=200)
    host = Host(base_bytes=300 * MIB)
    return plan_execution(preset, device, card, info, tiles, trace=tensors_of_a_batch, host=lambda: host)


def tensors_of_a_batch(*, precision, batch, patch_batch, row_strips, winograd):
    """A network whose need is known: it grows with the batch and the patches, and shrinks with the strips."""
    live = batch * 600 * MIB // row_strips + 100 * MIB * patch_batch
    return ForwardMemory(live_bytes=live, largest_bytes=100 * MIB, weight_bytes=80 * MIB, added_bytes=80 * MIB)


@pytest.mark.parametrize("device", [CPU, GPU], ids=["cpu", "gpu"])
def test_presets_agree_in_what_makes_the_map(device):
    plans = [execution_of(preset, device) for preset in Preset]

    assert len({(p.tile_px, p.halo_px, p.precision, p.device) for p in plans}) == 1


def test_memory_preset_needs_least_and_speed_most():
    memory, balanced, speed = (execution_of(p, GPU) for p in (Preset.MEMORY, Preset.BALANCED, Preset.SPEED))

    assert memory.predicted_device_bytes < balanced.predicted_device_bytes < speed.predicted_device_bytes
    assert memory.predicted_host_bytes < speed.predicted_host_bytes
    assert memory.batch == 1


def test_batches_fit_the_free_memory_of_the_gpu():
    small = dataclasses.replace(GPU, free_bytes=2 * 10**9)

    assert execution_of(Preset.SPEED, small).batch == 1
    assert execution_of(Preset.SPEED, GPU).predicted_device_bytes < GPU.free_bytes


def test_batch_is_the_largest_whose_predicted_memory_fits():
    plan = execution_of(Preset.SPEED, GPU)

    assert plan.batch == 6  # (6 * 600 + 6 * 100) * 1.25 + 80 + 32 = 5362 MiB of 6103; 7 tiles need 6112
    assert plan.predicted_device_bytes <= 0.8 * GPU.free_bytes


def test_default_preset_leaves_a_core_to_the_user():
    assert execution_of(Preset.BALANCED).torch_threads == CPU.cores - 1


def test_one_core_still_works():
    assert execution_of(Preset.MEMORY, dataclasses.replace(CPU, cores=1)).torch_threads == 1


@given(height=st.integers(4000, 200_000))
def test_predicted_memory_does_not_depend_on_the_height(height):
    low, high = execution_of(Preset.BALANCED, height=4000), execution_of(Preset.BALANCED, height=height)

    assert high.predicted_host_bytes == low.predicted_host_bytes


def test_striped_file_gets_a_cache_that_holds_a_row_of_tiles():
    plan = execution_of(Preset.MEMORY, block_shape=(1, 10_000))

    assert plan.gdal_cache_bytes >= 2448 * 10_000 * 3


def test_scale_close_to_the_model_is_taken_as_it_is():
    scale = choose_scale((0.502, 0.498), 0.5)

    assert (scale.x, scale.y, scale.notes) == (1.0, 1.0, ())


def test_scale_of_fine_pixels_shrinks():
    assert choose_scale((0.1, 0.1), 0.5).x == pytest.approx(5.0)


def test_scale_of_coarse_pixels_is_limited_and_warned_of():
    scale = choose_scale((10.0, 10.0), 0.5)

    assert scale.x == 1 / MAX_ENLARGEMENT
    assert "10 m on the ground" in scale.notes[0]


def test_scale_of_oblong_pixels_makes_them_square_and_warns():
    scale = choose_scale((0.5, 1.0), 0.5)

    assert (scale.x, scale.y) == (1.0, 0.5)
    assert "not square" in scale.notes[0]


def test_scale_without_georeference_is_the_models():
    scale = choose_scale(None, 0.5)

    assert (scale.x, scale.y) == (1.0, 1.0)
    assert "no coordinate system" in scale.notes[0]
