"""Units of coordinate systems that PROJ has no way from: surveyors' plans, CAD, labels of data sets."""

from __future__ import annotations

import numpy as np
import pytest
from affine import Affine
from fakes import RecordingEmit
from fault_support import command, noise, segment, write_raster
from rasterio.crs import CRS

from uhr_landcover.engine.raster.grid import RasterGrid
from uhr_landcover.engine.system.errors import InvalidJob

METRES = (
    'ENGCRS["RGF93 v1 / Lambert-93",EDATUM["Unknown engineering datum"],CS[Cartesian,2],'
    'AXIS["(E)",east,ORDER[1],LENGTHUNIT["metre",1]],AXIS["(N)",north,ORDER[2],LENGTHUNIT["metre",1]]]'
)
FEET = 'LOCAL_CS["Arbitrary (ft)",UNIT["foot",0.3048]]'
SURVEY_FEET = 'LOCAL_CS["Plan",UNIT["US survey foot",0.304800609601219]]'
UNNAMED = 'LOCAL_CS["unnamed"]'
MOON = (
    'GEOGCS["Moon",DATUM["D_Moon",SPHEROID["Moon",1737400,0]],PRIMEM["Reference",0],UNIT["degree",0.0174532925199433]]'
)
LOCAL = {"metres": (METRES, 1.0), "feet": (FEET, 0.3048), "survey feet": (SURVEY_FEET, 0.304800609601219),
         "unnamed": (UNNAMED, 1.0)}  # fmt: skip
UTM = Affine(0.5, 0, 500_000, 0, -0.5, 5_400_000)


@pytest.mark.parametrize(("crs", "unit_m"), LOCAL.values(), ids=LOCAL)
def test_areas_in_a_local_system_are_in_its_unit_and_said_to_be(tmp_path, crs, unit_m):
    raster = write_raster(tmp_path / "c.tif", np.ones((30, 40), np.uint8), crs=crs)
    emit = RecordingEmit()

    found = command("areas", raster, "--out", tmp_path / "a.csv", emit=emit)

    assert found["areas"][0]["area_m2"] == pytest.approx(30 * 40 * 0.25 * unit_m**2, rel=1e-9)
    assert len(emit.warnings) == 1
    assert "no known place on the Earth" in emit.warnings[0]
    assert ("metres." if unit_m == 1 else f"of {unit_m:g} m.") in emit.warnings[0]


@pytest.mark.parametrize(("crs", "unit_m"), LOCAL.values(), ids=LOCAL)
def test_run_in_a_local_system_ends_with_polygons(tmp_path, crs, unit_m):
    raster = write_raster(tmp_path / "i.tif", noise(40, 50), crs=crs)
    output = {"vector_formats": ["gpkg", "shp", "fgb"]}

    result = segment(raster, tmp_path / "out", output=output, ground_resolution_m=0.5)

    assert sum(row["area_m2"] for row in result.areas) == pytest.approx(40 * 50 * 0.25 * unit_m**2, rel=1e-9)
    assert len(result.vectors) == 3


@pytest.mark.parametrize("crs", [METRES, FEET, MOON])
def test_geojson_where_there_is_no_longitude_is_refused_before_the_run(tmp_path, crs):
    image = write_raster(tmp_path / "i.tif", noise(40, 50), crs=crs, transform=Affine(0.01, 0, 5, 0, -0.01, 5))
    classes = write_raster(tmp_path / "c.tif", np.ones((40, 50), np.uint8), crs=crs)

    with pytest.raises(InvalidJob, match="has no known way there"):
        segment(image, tmp_path / "out", output={"vector_formats": ["geojson"]})
    with pytest.raises(InvalidJob, match="has no known way there"):
        command("vectorize", classes, "--out", tmp_path / "v.geojson")


def test_geojson_beyond_the_pole_is_refused_before_the_work(tmp_path):
    beyond = Affine(0.1, 0, 10, 0, -0.1, 90.5)
    raster = write_raster(tmp_path / "c.tif", np.ones((40, 50), np.uint8), crs="EPSG:4326", transform=beyond)

    with pytest.raises(InvalidJob, match=r"latitudes of -90 to 90; the raster reaches to 90.5"):
        command("vectorize", raster, "--out", tmp_path / "v.geojson")
    assert command("vectorize", raster, "--out", tmp_path / "v.gpkg")["files"]


def test_metres_of_a_projected_system_are_measured_and_need_no_note():
    grid = RasterGrid(crs_wkt=CRS.from_epsg(32633).to_wkt(), transform=UTM, width=10, height=10)

    assert grid.ground_note == ""


def test_areas_on_the_moon_are_the_moons(tmp_path):
    place = Affine(0.001, 0, 5, 0, -0.001, 5)
    raster = write_raster(tmp_path / "c.tif", np.ones((30, 40), np.uint8), crs=MOON, transform=place)

    found = command("areas", raster, "--out", tmp_path / "a.csv")

    degree_m = np.pi / 180 * 1_737_400
    assert found["areas"][0]["area_m2"] == pytest.approx(30 * 40 * (0.001 * degree_m) ** 2, rel=5e-3)
