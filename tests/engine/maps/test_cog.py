"""Cloud-optimised class rasters: GDAL calls them so, nothing of the plain ones is missing, the bytes are the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from fakes import RecordingEmit, fake_checkpoint, threshold_classes
from rasterio.enums import ColorInterp

from uhr_landcover.engine.contract.job import OutputSpec, RasterFormat, SegmentationJob
from uhr_landcover.engine.maps import cog
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.run_context import RunContext


@pytest.fixture
def rgb():
    return np.random.default_rng(0).integers(0, 256, (3, 700, 900), dtype=np.uint8)


def segment(raster, out, **output):
    spec = OutputSpec(directory=str(out), vector_formats=(), confidence=True, **output)
    job = SegmentationJob(raster=str(raster), output=spec, device="cpu", created="2026-01-01T00:00:00+00:00")
    return run(job, RunContext(RecordingEmit()), checkpoint=fake_checkpoint(tile_px=512))


@pytest.mark.parametrize("own_process", [False, True])
def test_both_rasters_are_cloud_optimised_and_complete(make_raster, tmp_path, rgb, monkeypatch, own_process):
    if own_process:
        monkeypatch.setattr(cog, "OWN_PROCESS_FROM_PX", 1)

    result = segment(make_raster(rgb), tmp_path / "out", raster_format=RasterFormat.COG)

    for path in (result.class_raster, result.confidence_raster):
        with rasterio.open(path) as raster:
            assert raster.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
            assert raster.overviews(1) == [2]
            assert raster.block_shapes == [(512, 512)]
            assert raster.nodata == 255
    with rasterio.open(result.class_raster) as raster:
        assert (raster.read(1) == threshold_classes(rgb)).all()
        assert raster.colorinterp == (ColorInterp.palette,)
        assert raster.colormap(1)[5][:3] != (5, 5, 5)
        assert raster.tags()["UHR_LEGEND"]
    table = Path(f"{result.class_raster}.aux.xml").read_text()
    assert "GDALRasterAttributeTable" in table
    assert not [p.name for p in (tmp_path / "out").iterdir() if "part" in p.name]


def test_copies_hold_only_classes_of_the_map(make_raster, tmp_path):
    rgb = np.zeros((3, 600, 600), np.uint8)
    rgb[:, ::3] = 255  # classes 0 and 6

    result = segment(make_raster(rgb), tmp_path / "out", raster_format=RasterFormat.COG)

    with rasterio.open(result.class_raster, overview_level=0) as raster:
        assert set(np.unique(raster.read(1))) <= {0, 6}


def test_same_job_gives_the_same_bytes(make_raster, tmp_path, rgb):
    raster = make_raster(rgb)

    once, again = (segment(raster, tmp_path / name, raster_format=RasterFormat.COG) for name in ("a", "b"))

    for name in ("class_raster", "confidence_raster"):
        assert Path(getattr(once, name)).read_bytes() == Path(getattr(again, name)).read_bytes()


@pytest.mark.parametrize("is_large", [False, True])
def test_large_rasters_are_cloud_optimised_bigtiffs(make_raster, tmp_path, rgb, monkeypatch, is_large):
    if is_large:
        monkeypatch.setattr(cog, "BIGTIFF_FROM_PX", 1)

    result = segment(make_raster(rgb), tmp_path / "out", raster_format=RasterFormat.COG)

    assert Path(result.class_raster).read_bytes()[:4] == (b"II+\0" if is_large else b"II*\0")
    with rasterio.open(result.class_raster) as raster:
        assert raster.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert (raster.read(1) == threshold_classes(rgb)).all()
