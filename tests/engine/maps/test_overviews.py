"""Reduced copies: the most frequent class, the same from either process, and stoppable."""

from __future__ import annotations

import time

import numpy as np
import pytest
import rasterio

from uhr_landcover.engine.maps import overviews
from uhr_landcover.engine.maps.overviews import build_overviews, overview_factors
from uhr_landcover.engine.system.errors import Cancelled


@pytest.fixture
def classes(make_raster):
    def make(name, side=1200):
        ids = np.random.default_rng(0).integers(0, 7, (1, side // 2, side // 2), dtype=np.uint8)
        return make_raster(ids.repeat(2, axis=1).repeat(2, axis=2), name, tiled=True, compress="deflate")

    return make


@pytest.mark.parametrize(
    ("size", "factors"), [((255, 100), []), ((512, 3), [2]), ((100, 1024), [2, 4]), ((2047, 1), [2, 4])], ids=str
)
def test_factors_end_before_copies_get_smaller_than_256_px(size, factors):
    assert overview_factors(*size) == factors


def test_copies_from_a_process_of_their_own_are_the_same(classes, monkeypatch):
    here, there = classes("here.tif"), classes("there.tif")
    build_overviews(here)
    monkeypatch.setattr(overviews, "OWN_PROCESS_FROM_PX", 1)

    build_overviews(there)

    assert there.read_bytes() == here.read_bytes()
    with rasterio.open(there) as raster:
        assert raster.overviews(1) == [2, 4]
        full, half = raster.read(1), raster.read(1, out_shape=(600, 600))
    assert (half == full[::2, ::2]).all()


def test_stop_is_heard_within_a_second(classes, monkeypatch):
    raster = classes("large.tif", side=8000)
    begun = None

    def poll():
        nonlocal begun
        begun = begun or time.monotonic()
        raise Cancelled

    with pytest.raises(Cancelled):
        build_overviews(raster, poll)

    assert time.monotonic() - begun < 1.0


def test_failure_of_the_process_is_told(classes, monkeypatch):
    raster = classes("raster.tif")
    monkeypatch.setattr(overviews, "OWN_PROCESS_FROM_PX", 1)
    monkeypatch.setattr(overviews, "overview_factors", lambda *_: ["none"])

    with pytest.raises(OSError, match="could not be made"):
        build_overviews(raster)
