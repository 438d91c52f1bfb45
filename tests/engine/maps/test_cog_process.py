"""Cloud-optimised rasters made in a process of their own: the same as here, and stoppable."""

from __future__ import annotations

import time

import numpy as np
import pytest
import rasterio

from uhr_landcover.engine.maps import cog
from uhr_landcover.engine.maps.cog import make_cog
from uhr_landcover.engine.system.errors import Cancelled


@pytest.fixture
def classes(make_raster):
    def make(name, side=1200):
        ids = np.random.default_rng(0).integers(0, 7, (1, side // 2, side // 2), dtype=np.uint8)
        return make_raster(ids.repeat(2, axis=1).repeat(2, axis=2), name, tiled=True, compress="deflate")

    return make


def test_raster_from_a_process_of_its_own_is_the_same(classes, monkeypatch):
    here, there = classes("here.tif"), classes("there.tif")
    make_cog(here, 1200 * 1200, lambda: None)
    monkeypatch.setattr(cog, "OWN_PROCESS_FROM_PX", 1)

    make_cog(there, 1200 * 1200, lambda: None)

    assert there.read_bytes() == here.read_bytes()
    with rasterio.open(there) as raster:
        assert raster.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"


def test_stop_is_heard_within_a_second(classes):
    raster = classes("large.tif", side=8000)
    begun = None

    def poll():
        nonlocal begun
        begun = begun or time.monotonic()
        raise Cancelled

    with pytest.raises(Cancelled):
        make_cog(raster, 8000 * 8000, poll)

    assert time.monotonic() - begun < 1.0
    assert sorted(p.name for p in raster.parent.iterdir()) == ["large.tif"]


def test_failure_of_the_process_is_told(make_raster, tmp_path, monkeypatch):
    path = tmp_path / "raster.tif"
    path.write_bytes(b"no raster")
    monkeypatch.setattr(cog, "OWN_PROCESS_FROM_PX", 1)

    with pytest.raises(OSError, match="could not be made"):
        make_cog(path, 10, lambda: None)
