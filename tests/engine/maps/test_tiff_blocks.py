"""Blocks appended to a GeoTIFF: every GDAL reads raster and reduced copies back, whatever the size and the format."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st

from uhr_landcover.engine.maps.tiff_blocks import TiffBlocks

NODATA = 255
SIDE = 32


def write(path, images, *, bigtiff="no", error=None):
    bands, height, width = images[0].shape
    profile = {
        "tiled": True,
        "blockxsize": SIDE,
        "blockysize": SIDE,
        "compress": "deflate",
        "sparse_ok": True,
        "interleave": "band",
    }
    with rasterio.open(
        path, "w", driver="GTiff", dtype="uint8", count=bands, nodata=NODATA, width=width, height=height,
        bigtiff=bigtiff, endianness="little", **profile,
    ) as raster:  # fmt: skip
        if bands == 1:
            raster.write_colormap(1, {0: (1, 2, 3, 255), 1: (4, 5, 6, 255)})
        raster.update_tags(KEPT="yes")
    factors = [2 ** (k + 1) for k in range(len(images) - 1)]
    with TiffBlocks(
        path, width=width, height=height, block_px=SIDE, factors=factors, nodata=NODATA, bands=bands
    ) as blocks:
        for level, image in enumerate(images):
            for top in range(0, image.shape[1], SIDE):
                blocks.write(level, top, 0, image[:, top : top + SIDE])
        if error:
            raise error
    return path


def drawn(rng, bands, height, width):
    values = rng.integers(0, 4, (bands, height, width)).astype(np.uint8)
    values[:, : height // 2, : width // 2] = NODATA
    return values


def pyramid(seed, height, width, copies, bands=1):
    rng = np.random.default_rng(seed)
    return [drawn(rng, bands, -(-height // 2**k), -(-width // 2**k)) for k in range(copies + 1)]


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@pytest.mark.parametrize("bands", [1, 3])
@pytest.mark.parametrize("bigtiff", ["no", "yes"])
@settings(max_examples=25, deadline=None)
@given(height=st.integers(1, 200), width=st.integers(1, 200), copies=st.integers(0, 4), seed=st.integers(0, 2**32 - 1))
def test_raster_and_copies_are_read_back(tmp_path_factory, bigtiff, bands, height, width, copies, seed):
    images = pyramid(seed, height, width, copies, bands)

    path = write(tmp_path_factory.mktemp("tiff") / "x.tif", images, bigtiff=bigtiff)

    with rasterio.open(path) as raster:
        assert (raster.read() == images[0]).all()
        assert bands > 1 or raster.colormap(1)[1] == (4, 5, 6, 255)
        assert raster.tags()["KEPT"] == "yes"
        assert raster.nodata == NODATA
        assert len(raster.overviews(1)) == copies
    for level, image in enumerate(images[1:]):
        with rasterio.open(path, overview_level=level) as raster:
            assert raster.shape == image.shape[1:]
            assert set(raster.block_shapes) == {(SIDE, SIDE)}
            assert raster.nodata == NODATA
            assert (raster.read() == image).all()


def test_same_pixels_give_the_same_bytes(tmp_path):
    images = pyramid(3, 300, 200, 2)

    assert write(tmp_path / "a.tif", images).read_bytes() == write(tmp_path / "b.tif", images).read_bytes()


def test_blocks_without_data_take_no_space(tmp_path):
    nothing = [np.full((1, 640, 640), NODATA, np.uint8)]

    assert write(tmp_path / "x.tif", nothing).stat().st_size < 20_000


def test_error_leaves_a_raster_without_blocks(tmp_path):
    with pytest.raises(ZeroDivisionError):
        write(tmp_path / "x.tif", pyramid(0, 100, 100, 1), error=ZeroDivisionError())

    with rasterio.open(tmp_path / "x.tif") as raster:
        assert (raster.read(1) == NODATA).all()
