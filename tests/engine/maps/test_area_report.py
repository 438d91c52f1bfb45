"""Areas per class: pixels, square metres on the ellipsoid, shares."""

from __future__ import annotations

import csv
import math

import numpy as np
import pytest
from affine import Affine

from uhr_landcover.engine.maps.area_report import AreaRow, measure_areas, write_area_csv
from uhr_landcover.engine.raster.classes.class_legend import legend_of
from uhr_landcover.engine.system.errors import RasterError
from uhr_landcover.models.legend import NODATA, LandCoverClass, Legend, load_legend

LEGEND = load_legend()
MERCATOR_RADIUS_M = 6378137.0


def classes(height=40, width=30):
    values = np.full((1, height, width), 2, np.uint8)
    values[0, :10] = 5
    values[0, 10:12] = NODATA
    return values


def by_id(rows):
    return {row.class_id: row for row in rows}


def test_pixels_and_shares_leave_no_data_out(make_raster):
    rows = by_id(measure_areas(make_raster(classes(), nodata=NODATA), LEGEND))

    assert rows[5].pixels == 300
    assert rows[2].pixels == 840
    assert rows[0].pixels == 0
    assert sum(row.share for row in rows.values()) == pytest.approx(1)
    assert rows[5].share == pytest.approx(300 / 1140)


def test_area_in_an_equal_area_crs_is_pixels_times_pixel_area(make_raster):
    raster = make_raster(classes(), nodata=NODATA, crs="EPSG:3035", transform=Affine(10, 0, 4e6, 0, -10, 3e6))

    assert by_id(measure_areas(raster, LEGEND))[5].area_m2 == 300 * 100


def test_area_in_utm_is_that_of_the_ellipsoid(make_raster):
    # On the central meridian lengths are drawn at 0.9996 of the truth.
    raster = make_raster(classes(), nodata=NODATA, transform=Affine(0.5, 0, 500_000, 0, -0.5, 4_650_000))

    assert by_id(measure_areas(raster, LEGEND))[5].area_m2 == pytest.approx(300 * 0.25 / 0.9996**2, rel=1e-6)


def test_area_in_web_mercator_at_sixty_degrees_is_a_quarter(make_raster):
    y = MERCATOR_RADIUS_M * math.log(math.tan(math.pi / 4 + math.radians(60) / 2))
    raster = make_raster(classes(), nodata=NODATA, crs="EPSG:3857", transform=Affine(1, 0, 1e6, 0, -1, y + 20))

    # The sphere's scale on the ellipsoid: cos² φ times the ratio of the two surfaces.
    squared = 0.00669437999014
    bend = 1 - squared * math.sin(math.radians(60)) ** 2
    truth = 300 * math.cos(math.radians(60)) ** 2 * (1 - squared) / bend**2
    assert by_id(measure_areas(raster, LEGEND))[5].area_m2 == pytest.approx(truth, rel=1e-4)
    assert truth == pytest.approx(75, rel=0.01)


def test_area_of_the_whole_globe_in_degrees_is_its_surface(make_raster):
    raster = make_raster(np.ones((1, 90, 180), np.uint8), crs="EPSG:4326", transform=Affine(2, 0, -180, 0, -2, 90))

    assert by_id(measure_areas(raster, LEGEND))[1].area_m2 == pytest.approx(510_065_621_724_088, rel=1e-9)


def test_area_of_a_rotated_raster_is_that_of_the_same_one_upright(make_raster):
    upright = Affine(0.5, 0, 700_000, 0, -0.5, 5_000_000)
    turned = Affine.translation(700_000, 5_000_000) @ Affine.rotation(20) @ Affine.scale(0.5, -0.5)

    areas = [
        by_id(measure_areas(make_raster(classes(), f"{k}.tif", nodata=NODATA, transform=t), LEGEND))[2].area_m2
        for k, t in enumerate((upright, turned))
    ]

    assert areas[0] == pytest.approx(areas[1], rel=1e-5)


def test_area_without_crs_is_not_claimed(make_raster):
    rows = by_id(measure_areas(make_raster(classes(), nodata=NODATA, crs=None, transform=None), LEGEND))

    assert rows[5].pixels == 300
    assert rows[5].area_m2 is None
    assert rows[5].share == pytest.approx(300 / 1140)


def test_values_that_the_legend_does_not_know_are_listed(make_raster):
    values = classes()
    values[0, 0, 0] = 77

    assert by_id(measure_areas(make_raster(values, nodata=NODATA), LEGEND))[77].class_name == "Class 77"


def test_other_nodata_value_and_wider_integers_are_understood(make_raster):
    values = classes().astype(np.int16)
    values[values == NODATA] = -1

    assert by_id(measure_areas(make_raster(values, nodata=-1), LEGEND))[2].pixels == 840


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (np.full((1, 3, 3), 0.5, np.float32), "float32; a class raster holds whole numbers"),
        (np.arange(400, dtype=np.uint16).reshape(1, 20, 20), "holds more than 255 different values"),
        (np.full((1, 3, 3), 2**31, np.uint32), "class values are at most 2147483647"),
    ],
    ids=["fractions", "many values", "huge values"],
)
def test_raster_without_class_ids_is_refused(make_raster, values, message):
    with pytest.raises(RasterError, match=message):
        measure_areas(make_raster(values), LEGEND)


@pytest.mark.parametrize(("dtype", "nodata"), [(np.int16, -9999), (np.uint16, None), (np.int32, -9999), (np.uint8, 0)])
def test_values_that_are_no_class_ids_keep_their_numbers(make_raster, dtype, nodata):
    large = 255 if dtype == np.uint8 else 30_311
    values = np.full((1, 6, 5), large, dtype)
    values[0, 2:] = 7
    if nodata is not None:
        values[0, 0, 0] = nodata
    raster = make_raster(values, nodata=nodata)

    rows = by_id(measure_areas(raster, legend_of(raster)))

    assert {i: row.pixels for i, row in rows.items() if row.pixels} == {7: 20, large: 10 - (nodata is not None)}
    assert rows[large].class_name == f"Class {large}"


def test_two_hundred_and_fifty_five_values_are_still_classes(make_raster):
    raster = make_raster((np.arange(255, dtype=np.int32) * 1000 - 5000).reshape(1, 15, 17))

    rows = by_id(measure_areas(raster, legend_of(raster)))

    assert sorted(rows) == list(range(-5000, 250_000, 1000))
    assert {row.pixels for row in rows.values()} == {1}


def test_legend_names_values_not_their_order(make_raster):
    raster = make_raster(np.array([[[5, 300]]], np.uint16))

    rows = by_id(measure_areas(raster, legend_of(raster, "deepglobe")))

    assert rows[5].class_name == "Water"
    assert rows[300].class_name == "Class 300"


def test_missing_raster_is_refused(tmp_path):
    with pytest.raises(RasterError, match="There is no class raster"):
        measure_areas(tmp_path / "none.tif", LEGEND)


def test_csv_keeps_any_class_name_and_leaves_unknown_areas_empty(tmp_path):
    name = 'wood, "old"\nand ö 水'
    rows = [
        AreaRow(class_id=0, class_name=name, pixels=3, area_m2=None, share=0.25),
        AreaRow(class_id=1, class_name="b", pixels=9, area_m2=1_234_567.891, share=0.75),
    ]

    write_area_csv(rows, tmp_path / "a.csv")

    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert first["class_name"] == name
    assert first["area_m2"] == ""
    assert (second["area_m2"], second["area_ha"], second["area_km2"]) == ("1234567.89", "123.4568", "1.234568")
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_legend_with_other_names_is_used(make_raster):
    legend = Legend(name="x", title="x", classes=(LandCoverClass(class_id=0, name="all", color=(1, 2, 3)),))

    rows = measure_areas(make_raster(np.zeros((1, 4, 4), np.uint8)), legend)

    assert [(row.class_name, row.pixels, row.share) for row in rows] == [("all", 16, 1.0)]
