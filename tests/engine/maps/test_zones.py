"""Areas within polygons: parts of pixels, zones, other CRSs."""

from __future__ import annotations

import argparse
import csv
import json

import numpy as np
import pyogrio
import pytest
import shapely
from affine import Affine
from fakes import RecordingEmit
from rasterio.warp import transform as reproject

from uhr_landcover.engine.commands import areas
from uhr_landcover.engine.maps.pixel_cover import Edges
from uhr_landcover.engine.maps.zones import Zone
from uhr_landcover.engine.system.errors import InvalidJob
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.models.legend import NODATA

TRANSFORM = Affine(2.0, 0, 4_000_000, 0, -2.0, 3_000_000)


def on_map(shape):
    """A shape in pixels, brought to the coordinates of the rasters here."""
    return shapely.transform(shape, lambda xy: np.column_stack(TRANSFORM @ (xy[:, 0], xy[:, 1])))


@pytest.fixture
def class_raster(make_raster):
    rng = np.random.default_rng(0)
    values = rng.integers(0, 4, (1, 60, 50)).astype(np.uint8)
    values[0, 30:33] = NODATA
    return make_raster(values, "classes.tif", nodata=NODATA, crs="EPSG:3035", transform=TRANSFORM)


@pytest.fixture
def polygons(tmp_path):
    """Write polygons with names; return the file."""

    def write(shapes, names=None, crs="EPSG:3035", file="zones.gpkg"):
        path = tmp_path / file
        fields, data = (["name"], [np.array(names, object)]) if names else ([], [])
        pyogrio.raw.write(
            path, shapely.to_wkb(np.array(shapes)), data, fields, geometry_type="Unknown", crs=crs, driver="GPKG"
        )
        return path

    return write


@pytest.fixture
def measure(class_raster, tmp_path):
    def run(*arguments, raster=None, out="a.csv"):
        parser = argparse.ArgumentParser()
        areas.add_arguments(parser)
        args = parser.parse_args([str(a) for a in (raster or class_raster, "--out", tmp_path / out, *arguments)])
        return areas.execute(args, RunContext(RecordingEmit()))

    return run


def covers(shape, height, width):
    """Covered part of each pixel, by asking GEOS pixel by pixel."""
    rows, cols = np.mgrid[:height, :width]
    boxes = shapely.box(cols, rows, cols + 1, rows + 1)
    return shapely.area(shapely.intersection(boxes, shape))


def random_shapes(seed, count=12):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        points = shapely.points(rng.uniform(-10, 40, (rng.integers(3, 9), 2)))
        star = shapely.convex_hull(shapely.multipoints(points)).buffer(rng.uniform(-1, 4), quad_segs=3)
        hole = shapely.Point(rng.uniform(0, 30, 2)).buffer(rng.uniform(0.1, 6))
        yield shapely.difference(star, hole)
    yield shapely.box(3, 4, 9, 11)
    yield shapely.box(-5, -5, 100, 100)
    yield shapely.Polygon([(2.5, 0), (2.5, 30), (2.6, 30), (2.6, 0)])


@pytest.mark.parametrize("seed", range(3))
def test_covered_parts_are_those_of_geos(seed):
    for shape in random_shapes(seed):
        edges = Edges(Zone(name="", shape=shape).rings())

        found = np.concatenate([edges.cover(r, r + 7, 0, 31) for r in range(0, 28, 7)])
        window = edges.cover(3, 20, 5, 17)

        expected = covers(shape, 28, 31)
        assert np.abs(found - expected).max() < 1e-9
        assert np.abs(window - expected[3:20, 5:17]).max() < 1e-9


def test_area_of_polygons_counts_parts_of_pixels(class_raster, measure, polygons):
    import rasterio

    shape = shapely.Polygon([(3.3, 2.2), (41.7, 9.1), (30.5, 57.9), (8.1, 44.4)])
    overlapping = shapely.box(20, 20, 45.5, 40.25)

    result = measure("--area", polygons([on_map(shape), on_map(overlapping)]))

    with rasterio.open(class_raster) as dataset:
        values = dataset.read(1)
    parts = covers(shapely.union(shape, overlapping), 60, 50)
    for row in result["areas"]:
        expected = parts[values == row["class_id"]].sum()
        assert row["pixels"] == pytest.approx(expected, abs=1e-5)
        assert row["area_m2"] == pytest.approx(expected * 4, abs=1e-4)
    assert sum(row["share"] for row in result["areas"]) == pytest.approx(1)


def test_zones_are_measured_one_by_one_in_their_order(measure, polygons, tmp_path):
    shapes = [shapely.box(0, 0, 50, 60), shapely.box(10.5, 10, 20, 20), shapely.box(900, 900, 950, 950)]
    names = ["z", 'Ä "b",\n水', "far"]

    result = measure("--zones", polygons([on_map(s) for s in shapes], names), "--zone-field", "name")

    whole, part, far = result["zones"]
    assert [z["zone"] for z in result["zones"]] == names
    assert sum(c["pixels"] for c in whole["classes"]) == 50 * 57
    assert sum(c["pixels"] for c in part["classes"]) == 95
    assert sum(c["area_m2"] for c in part["classes"]) == pytest.approx(95 * 4)
    assert {c["pixels"] for c in far["classes"]} == {0}
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [r["zone"] for r in rows] == [n for n in names for _ in part["classes"]]
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["zones"] == result["zones"]


def test_zones_can_be_cut_to_an_area(measure, polygons):
    zones = polygons([on_map(shapely.box(0, 0, 20, 20)), on_map(shapely.box(20, 0, 40, 20))])
    area = polygons([on_map(shapely.box(10, 0, 25, 20))], file="area.gpkg")

    first, second = measure("--zones", zones, "--area", area)["zones"]

    assert (first["zone"], second["zone"]) == ("1", "2")
    assert sum(c["pixels"] for c in first["classes"]) == pytest.approx(200)
    assert sum(c["pixels"] for c in second["classes"]) == pytest.approx(100)


def test_polygons_in_another_crs_are_brought_to_the_raster(measure, polygons):
    shape = shapely.segmentize(on_map(shapely.box(5, 5, 45, 25)), 5)
    lon_lat = shapely.transform(
        shape, lambda xy: np.column_stack(reproject("EPSG:3035", "EPSG:4326", xy[:, 0], xy[:, 1]))
    )

    rows = measure("--area", polygons([lon_lat], crs="EPSG:4326"))["areas"]

    assert sum(r["pixels"] for r in rows) == pytest.approx(40 * 20, rel=1e-5)


def test_zone_in_degrees_has_its_area_on_the_ellipsoid(make_raster, measure, polygons):
    raster = make_raster(
        np.ones((1, 90, 180), np.uint8), "globe.tif", crs="EPSG:4326", transform=Affine(2, 0, -180, 0, -2, 90)
    )

    north = measure("--zones", polygons([shapely.box(-180, 0, 180, 90)], crs="EPSG:4326"), raster=raster)["zones"][0]

    assert next(c for c in north["classes"] if c["class_id"] == 1)["area_m2"] == pytest.approx(
        510_065_621_724_088 / 2, rel=1e-9
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--area", "none.gpkg"), "no file of polygons"),
        (("--zone-field", "name"), "give their polygons with --zones"),
        (("--zones", "@", "--zone-field", "nam"), "its fields are name"),
    ],
    ids=["missing", "field without zones", "other field"],
)
def test_zones_that_cannot_be_read_are_refused(measure, polygons, tmp_path, arguments, message):
    file = polygons([on_map(shapely.box(0, 0, 1, 1))], ["a"])

    with pytest.raises(InvalidJob, match=message):
        measure(*(file if a == "@" else a for a in arguments))

    assert not (tmp_path / "a.csv").exists()


def test_file_without_polygons_is_refused(measure, polygons):
    with pytest.raises(InvalidJob, match="holds no polygons"):
        measure("--area", polygons([shapely.Point(1, 2)]))
