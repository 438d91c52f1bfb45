"""The sample landscape: what ships, and how it gets beside the results."""

import os

import pytest
from osgeo import gdal

from uhr_landcover.ui.image.sample import FILE_NAME, SOURCE, place_sample


def test_sample_is_a_small_credited_photograph_on_the_map():
    image = gdal.Open(SOURCE)

    assert os.path.getsize(SOURCE) < 3e6
    assert (image.RasterCount, image.RasterXSize, image.RasterYSize) == (3, 1002, 1002)
    assert image.GetGeoTransform()[1::4] == (0.5, -0.5)
    assert "Public domain: NOAA" in image.GetMetadataItem("TIFFTAG_COPYRIGHT")


def test_place_sample_new_folder_holds_the_same_bytes(tmp_path):
    path = place_sample(str(tmp_path / "sample"))

    assert path == str(tmp_path / "sample" / FILE_NAME)
    with open(path, "rb") as copy, open(SOURCE, "rb") as source:
        assert copy.read() == source.read()
    assert os.listdir(tmp_path / "sample") == [FILE_NAME]


def test_place_sample_again_leaves_the_file_that_is_there(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"of the user")

    path = place_sample(str(tmp_path))

    with open(path, "rb") as file:
        assert file.read() == b"of the user"


def test_place_sample_where_no_folder_can_be_is_an_error(tmp_path):
    (tmp_path / "sample").write_bytes(b"a file")

    with pytest.raises(FileExistsError, match="sample"):
        place_sample(str(tmp_path / "sample"))
    assert (tmp_path / "sample").read_bytes() == b"a file"
