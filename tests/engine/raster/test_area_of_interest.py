"""Runs within polygons: what is inside gets its class, what is outside is nodata, tiles beside them never run."""

from __future__ import annotations

import json
import sqlite3

import numpy as np
import pyogrio.raw
import pytest
import rasterio
import shapely
from affine import Affine
from fakes import RecordingEmit, fake_checkpoint, threshold_classes
from rasterio.warp import transform

from uhr_landcover.engine.contract.events import PlanReady
from uhr_landcover.engine.contract.job import AreaOfInterest, OutputSpec, SegmentationJob
from uhr_landcover.engine.raster.area_of_interest import choose_area
from uhr_landcover.engine.raster.grid import RasterGrid, Window
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.errors import InvalidJob
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.models.legend import NODATA

PLACE = Affine(0.5, 0, 500_010.25, 0, -0.5, 4_649_999.75)  # of make_raster
UTM = "EPSG:32633"


def write_layer(path, shapes, crs=UTM, layer=None, append=False):
    wkb = np.array([s.wkb if s is not None else None for s in shapes], object)
    kind = shapes[0].geom_type if shapes else "Polygon"
    pyogrio.raw.write(path, wkb, [], [], geometry_type=kind, crs=crs, layer=layer, append=append)
    return path


def on_ground(pixels, crs=UTM):
    """A shape in columns and lines, on the ground of the test's rasters."""

    def to_ground(xy):
        x, y = PLACE.a * xy[:, 0] + PLACE.c, PLACE.e * xy[:, 1] + PLACE.f
        return np.column_stack(transform(UTM, crs, x, y)[:2])

    return shapely.transform(pixels, to_ground)


def grid_of(width=200, height=150, crs=UTM, place=PLACE):
    wkt = rasterio.crs.CRS.from_user_input(crs).to_wkt() if crs else ""
    return RasterGrid(crs_wkt=wkt, transform=place, width=width, height=height)


def segment(raster, out, **area):
    emit = RecordingEmit()
    output = OutputSpec(directory=str(out), vector_formats=())
    job = SegmentationJob(raster=str(raster), output=output, device="cpu", area=AreaOfInterest(**area))
    return run(job, RunContext(emit), checkpoint=fake_checkpoint()), emit


def classes_of(result):
    with rasterio.open(result.class_raster) as raster:
        return raster.read(1)


def centres_in(shape, height=150, width=200):
    cols, rows = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    return shapely.contains_xy(shape, cols, rows)


TRIANGLE = shapely.Polygon([(20.3, 10.2), (140.7, 60.4), (61.1, 120.9)])
RING = shapely.Point(120, 70).buffer(38.3).difference(shapely.Point(120, 70).buffer(12.1))


@pytest.mark.parametrize("crs", [UTM, "EPSG:4326", "EPSG:3857"])
def test_map_has_classes_exactly_where_centres_lie_in_polygons(make_raster, tmp_path, crs):
    rgb = np.random.default_rng(0).integers(0, 256, (3, 150, 200), dtype=np.uint8)
    area = write_layer(tmp_path / "area.gpkg", [on_ground(TRIANGLE, crs), on_ground(RING, crs)], crs)

    result, _ = segment(make_raster(rgb), tmp_path / "out", polygons=str(area))

    expected = np.where(centres_in(TRIANGLE) | centres_in(RING), threshold_classes(rgb), NODATA)
    assert (classes_of(result) == expected).all()


def test_tiles_that_polygons_do_not_touch_never_run(make_raster, tmp_path):
    rgb = np.ones((3, 150, 200), np.uint8)
    corners = [shapely.box(2, 2, 20, 20), shapely.box(156, 106, 174, 124)]  # 20 cores of 48 px, mixed within 8
    area = write_layer(tmp_path / "area.gpkg", [on_ground(c) for c in corners])

    result, emit = segment(make_raster(rgb), tmp_path / "out", polygons=str(area))

    assert emit.of(PlanReady)[0].plan["tiles"] == result.tiles == 2
    assert (classes_of(result) != NODATA).sum() == 2 * 18 * 18


def test_bounds_and_polygons_give_what_lies_in_both(make_raster, tmp_path):
    rgb = np.zeros((3, 150, 200), np.uint8)
    area = write_layer(tmp_path / "area.gpkg", [on_ground(shapely.box(10, 10, 100, 100))])
    left, top = PLACE @ (50, 20)
    right, bottom = PLACE @ (150, 40)

    result, _ = segment(make_raster(rgb), tmp_path / "out", polygons=str(area), bounds=(left, bottom, right, top))

    expected = np.full((150, 200), NODATA)
    expected[20:40, 50:100] = 0
    assert (classes_of(result) == expected).all()


def test_polygon_that_crosses_itself_counts_with_what_it_encloses(tmp_path):
    bow_tie = shapely.Polygon([(10, 10), (50, 50), (50, 10), (10, 50)])
    area = write_layer(tmp_path / "area.gpkg", [on_ground(bow_tie)])

    _, mask = choose_area(AreaOfInterest(polygons=str(area)), grid_of())

    inside = mask.inside(Window(0, 0, 200, 150))
    assert inside.sum() == pytest.approx(800, abs=40)
    assert inside[30, 12] == inside[30, 47] == True  # noqa: E712


def test_windows_of_a_mask_fit_together(tmp_path):
    area = write_layer(tmp_path / "area.gpkg", [on_ground(TRIANGLE), on_ground(RING)])
    _, mask = choose_area(AreaOfInterest(polygons=str(area)), grid_of())
    whole = mask.inside(Window(0, 0, 200, 150))

    for left in range(0, 200, 33):
        for top in range(0, 150, 41):
            window = Window(left, top, min(33, 200 - left), min(41, 150 - top))
            part = whole[top : top + 41, left : left + 33]
            assert (mask.inside(window) == part).all()
            assert mask.touches(window) == part.any()


def test_named_layer_is_read(tmp_path):
    path = write_layer(tmp_path / "area.gpkg", [on_ground(shapely.box(0, 0, 5, 5))], layer="first")
    write_layer(path, [on_ground(shapely.box(20, 20, 60, 60))], layer="field 2", append=True)

    window, _ = choose_area(AreaOfInterest(polygons=str(path), layer="field 2"), grid_of())

    assert window == Window(20, 20, 40, 40)


@pytest.mark.parametrize("y", [(10, 40), (-40, -10)], ids=["lines down", "lines up, as QGIS draws"])
def test_raster_without_place_takes_polygons_without_one(tmp_path, y):
    path = tmp_path / "area.shp"
    write_layer(path, [shapely.box(5, y[0], 25, y[1])], crs=None)

    window, _ = choose_area(AreaOfInterest(polygons=str(path)), grid_of(crs="", place=Affine.identity()))

    assert window == Window(5, 10, 20, 30)


def test_raster_without_place_takes_a_geopackage_whose_crs_is_undefined(tmp_path):
    """What QGIS writes of a layer without CRS says "Undefined geographic SRS"."""
    path = write_layer(tmp_path / "area.gpkg", [shapely.box(5, -40, 25, -10)], crs=None)
    with sqlite3.connect(path) as file:
        file.execute("update gpkg_geometry_columns set srs_id = 0")
        file.execute("update gpkg_contents set srs_id = 0")
    assert "Undefined" in pyogrio.read_info(path)["crs"]

    window, _ = choose_area(AreaOfInterest(polygons=str(path)), grid_of(crs="", place=Affine.identity()))

    assert window == Window(5, 10, 20, 30)


def bad_files(folder):
    text = folder / "no.gpkg"
    text.write_text("no vector file")
    empty = folder / "empty.geojson"
    empty.write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    inside = on_ground(shapely.box(5, 5, 50, 50))
    good = write_layer(folder / "good.gpkg", [inside], layer="fields")
    return {
        "missing": (folder / "none.gpkg", "", "no file of polygons"),
        "no vector file": (text, "", "cannot be read"),
        "empty": (empty, "", "has no polygons but no features"),
        "points": (write_layer(folder / "points.gpkg", [inside.centroid]), "", "has no polygons but Point"),
        "no CRS": (write_layer(folder / "bare.shp", [inside], crs=None), "", "has no coordinate system"),
        "elsewhere": (write_layer(folder / "far.gpkg", [shapely.box(9, 50, 10, 51)], "EPSG:4326"), "", "not touch"),
        "between centres": (write_layer(folder / "thin.gpkg", [on_ground(shapely.box(5.6, 5, 6.4, 9))]), "", "not tou"),
        "layer": (good, "roads", "no layer 'roads'; its layers are 'fields'"),
    }


@pytest.mark.parametrize(
    "kind", ["missing", "no vector file", "empty", "points", "no CRS", "elsewhere", "between centres", "layer"]
)
def test_bad_file_of_polygons_gets_a_sentence(tmp_path, kind):
    path, layer, sentence = bad_files(tmp_path)[kind]

    with pytest.raises(InvalidJob, match=sentence):
        choose_area(AreaOfInterest(polygons=str(path), layer=layer), grid_of())


def test_polygons_on_a_raster_without_coordinate_system_get_a_sentence(tmp_path):
    path = write_layer(tmp_path / "area.gpkg", [on_ground(TRIANGLE)])

    with pytest.raises(InvalidJob, match="raster has no coordinate system"):
        choose_area(AreaOfInterest(polygons=str(path)), grid_of(crs="", place=Affine.identity()))
