"""Names that both processes know."""

import pytest

from uhr_landcover.engine.contract import names
from uhr_landcover.engine.contract.job import VectorFormat


@pytest.mark.parametrize(
    ("raster", "stem"),
    [
        ("/data/city.tif", "city_landcover"),
        ("city.v2.tif", "city.v2_landcover"),
        ("/data/mosaic.zarr/", "mosaic_landcover"),
        ("/", "raster_landcover"),
        ("ä" * 150 + ".tif", "ä" * 100 + "_landcover"),
    ],
    ids=["path", "two dots", "folder", "nothing", "long"],
)
def test_default_stem_is_the_rasters_name_as_far_as_file_systems_take_it(raster, stem):
    assert names.default_stem(raster) == stem


def test_job_folder_and_its_stem_are_inverse():
    assert names.job_folder("city_landcover") == ".city_landcover.uhr-job"
    assert names.stem_of_job_folder(".city_landcover.uhr-job") == "city_landcover"


@pytest.mark.parametrize("name", ["city.uhr-job", ".city", ".uhr-job", "..uhr-work"])
def test_stem_of_job_folder_of_another_name_is_none(name):
    assert names.stem_of_job_folder(name) is None


def test_polygon_endings_are_those_of_the_formats():
    assert tuple(f".{kind.value}" for kind in VectorFormat) == names.POLYGON_ENDINGS
