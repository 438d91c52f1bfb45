"""Awkward rasters of the real world: each runs or is refused with one sentence."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest
import rasterio
from fakes import RecordingEmit, fake_checkpoint

from uhr_landcover.engine.contract.events import ErrorCode
from uhr_landcover.engine.contract.job import OutputSpec, SegmentationJob
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.errors import RasterError
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.models.legend import NODATA

FIXTURES = Path(os.environ.get("UHR_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data") / "fixtures"

REFUSED = {
    "f32_nan_2x3_nocrs.tif": "has 1 band",
    "f32_nodata_laea.tif": "has 1 band",
    "gray_u8_rotated_nocrs.tif": "has 1 band",
    "u16_2x2_esri_wkt.tif": "has 1 band",
    "gray_u8_3857_nodata255.tif": "has 1 band",
    "f32_bigtiff_europa.tif": "has 1 band",
    "u8_gcps_only.tif": "ground control points",
    "u8_gcps_24.tif": "ground control points",
    "f32_south_up_4326.tif": "has 1 band",
    "u16_dateline_32660.tif": "has 1 band",
    "2band_i16_scale_offset.tif": "has 2 bands",
    "f32_rotated_3577.tif": "has 1 band",
    "u16_sentinel2.jp2": "has 1 band",
    "u16_rpc.tif": "rational polynomial coefficients",
    "rgb_cog_corrupt_tile.tif": "cannot be read",
}
"""Part of the sentence that each unsuitable raster gets."""


def fixture_names() -> list[str]:
    if not FIXTURES.is_dir():
        return []
    with (FIXTURES / "MANIFEST.csv").open(newline="") as file:
        return [*(row["file"] for row in csv.DictReader(file)), "mosaic_abcd.vrt"]


@pytest.fixture(scope="module", autouse=True)
def needs_fixtures():
    if not FIXTURES.is_dir():
        pytest.skip(f"no fixtures at {FIXTURES}; set UHR_DATA")


def segment(name, out, **job):
    spec = OutputSpec(directory=str(out), vector_formats=())
    emit = RecordingEmit()
    checkpoint = fake_checkpoint(tile_px=512, halo_px=32)
    job = SegmentationJob(raster=str(FIXTURES / name), output=spec, device="cpu", **job)
    return run(job, RunContext(emit), checkpoint=checkpoint), emit


@pytest.mark.skipif(not FIXTURES.is_dir(), reason=f"no fixtures at {FIXTURES}; set UHR_DATA")
@pytest.mark.parametrize("name", fixture_names())
def test_fixture_runs_or_is_refused_with_one_sentence(name, tmp_path):
    out = tmp_path / "out"
    if name in REFUSED:
        with pytest.raises(RasterError, match=REFUSED[name]) as caught:
            segment(name, out)
        assert str(caught.value).endswith(".")
        assert not out.exists() or os.listdir(out) == []
        return

    # coarse rasters would be enlarged four times a side, which on the large ones only takes time
    is_large = (FIXTURES / name).stat().st_size > 500_000
    result, _ = segment(name, out, ground_resolution_m=0.5 if is_large else 0)

    assert_same_grid_and_validity(FIXTURES / name, result.class_raster)


def assert_same_grid_and_validity(source, classes):
    with rasterio.open(source) as a, rasterio.open(classes) as b:
        assert (a.width, a.height, a.transform) == (b.width, b.height, b.transform)
        assert (a.crs.to_wkt() if a.crs else "") == (b.crs.to_wkt() if b.crs else "")
        for _, window in b.block_windows(1):
            valid = a.dataset_mask(window=window) > 0
            assert ((b.read(1, window=window) != NODATA) == valid).all()


def test_corrupt_tile_becomes_nodata_on_request(tmp_path):
    result, emit = segment("rgb_cog_corrupt_tile.tif", tmp_path, on_read_error="nodata")

    with rasterio.open(result.class_raster) as raster:
        assert 0 < (raster.read(1) == NODATA).mean() < 1
    assert any("could not be read" in w for w in emit.warnings)


def test_bgra_is_read_in_the_order_of_its_colours(tmp_path):
    from uhr_landcover.engine.raster.raster_info import read_info

    info = read_info(str(FIXTURES / "bgra_u16_alpha.tif"), ("red", "green", "blue"))

    assert info.bands.indexes == (3, 2, 1)


def test_one_band_can_be_mapped_to_all_channels(tmp_path):
    result, _ = segment("f32_rotated_3577.tif", tmp_path, bands=(1, 1, 1))

    assert_finite_map(result)


def assert_finite_map(result):
    with rasterio.open(result.class_raster) as raster:
        assert np.isin(raster.read(1), [*range(7), NODATA]).all()


def test_missing_raster_is_said_so(tmp_path):
    with pytest.raises(RasterError, match="There is no raster") as caught:
        segment("nowhere.tif", tmp_path)

    assert caught.value.code is ErrorCode.RASTER_NOT_FOUND


def test_text_file_is_no_raster(tmp_path):
    with pytest.raises(RasterError, match="cannot be opened as a raster") as caught:
        segment("MANIFEST.csv", tmp_path)

    assert caught.value.code is ErrorCode.RASTER_UNREADABLE
