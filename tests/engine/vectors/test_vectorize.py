"""Polygon files of a class raster, and the commands that make things of one."""

from __future__ import annotations

import argparse
import json
import sqlite3

import numpy as np
import pyogrio
import pytest
import shapely
from affine import Affine
from coverage_support import blobs
from fakes import RecordingEmit
from PIL import Image

from uhr_landcover.engine.commands import areas, picture, vectorize
from uhr_landcover.engine.contract import events
from uhr_landcover.engine.contract.job import PolygonSpec, VectorFormat
from uhr_landcover.engine.raster.classes.class_legend import legend_of
from uhr_landcover.engine.system.errors import Cancelled, InvalidJob, OutputError, RasterError
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.engine.vectors.vectorize import write_vectors
from uhr_landcover.models.legend import NODATA, LandCoverClass, Legend, load_legend

GPKG, SHP, GEOJSON, FGB = VectorFormat
AWKWARD = 'wood "old"; it\'s\n水域 ö'


def never():
    return False


@pytest.fixture
def class_raster(make_raster):
    values = blobs(np.random.default_rng(3), 90, 70, 4, 2.0)
    values[20:30, 15:40] = NODATA
    return make_raster(values[None], "classes.tif", nodata=NODATA)


@pytest.fixture
def write(tmp_path):
    """Write formats of a class raster under one name; return format to path and the events."""

    def run(raster, *formats, name="x", legend=None, layer="land cover", should_stop=never, **options):
        folder = tmp_path / "out"
        folder.mkdir(exist_ok=True)
        paths = {f: folder / f"{name}.{f.value}" for f in formats}
        emit = RecordingEmit()
        write_vectors(
            raster, legend or load_legend(), paths, PolygonSpec(**options),
            layer_name=layer, context=RunContext(emit, should_stop),
        )  # fmt: skip
        return paths, emit

    return run


def read(path, layer=None):
    meta, _, geometry, fields = pyogrio.raw.read(path, layer=layer)
    return meta, shapely.from_wkb(geometry), dict(zip(meta["fields"], fields, strict=True))


def test_all_formats_hold_the_same_features(class_raster, write):
    paths, _ = write(class_raster, *VectorFormat)

    tables = {f: read(p, "land cover" if f is GPKG else None) for f, p in paths.items()}

    _, polygons, fields = tables[GPKG]
    assert shapely.coverage_is_valid(polygons)
    assert fields["pixels"].sum() == 90 * 70 - 250
    for fmt, (_, others, values) in tables.items():
        order = np.arange(len(others)) if fmt is not FGB else np.lexsort((values["area_m2"], values["class_id"]))
        same = np.arange(len(others)) if fmt is not FGB else np.lexsort((fields["area_m2"], fields["class_id"]))
        for name in ("class_id", "pixels"):
            assert values[name][order].tolist() == fields[name][same].tolist()
        assert values["area_m2"][order] == pytest.approx(fields["area_m2"][same])
        if fmt is not GEOJSON:
            assert shapely.area(others).sum() == shapely.area(polygons).sum()


def test_shapefile_has_its_parts_and_short_names(class_raster, write):
    paths, _ = write(class_raster, SHP)

    folder = paths[SHP].parent

    assert sorted(p.name for p in folder.iterdir()) == ["x.cpg", "x.dbf", "x.prj", "x.qml", "x.shp", "x.shx", "x.sld"]
    assert (folder / "x.cpg").read_text() == "UTF-8"
    assert list(read(paths[SHP])[0]["fields"]) == ["class_id", "class_name", "area_m2", "perim_m", "pixels"]


def test_geojson_is_longitude_and_latitude_counter_clockwise(class_raster, write):
    paths, _ = write(class_raster, GEOJSON)

    _, polygons, _ = read(paths[GEOJSON])

    assert shapely.total_bounds(polygons) == pytest.approx([15.0001, 41.9985, 15.0007, 42.0], abs=0.01)
    assert shapely.is_ccw(shapely.get_exterior_ring(polygons)).all()


def test_names_are_data_whatever_they_hold(make_raster, write):
    legend = Legend(name="x", title="x", classes=(LandCoverClass(class_id=0, name=AWKWARD, color=(1, 2, 3)),))
    layer = 'a"; DROP TABLE gpkg_contents; --'
    raster = make_raster(np.zeros((1, 3, 3), np.uint8))

    paths, _ = write(raster, *VectorFormat, legend=legend, layer=layer)

    assert read(paths[GPKG], layer)[2]["class_name"].tolist() == [AWKWARD]
    for fmt in (SHP, GEOJSON, FGB):
        assert read(paths[fmt])[2]["class_name"].tolist() == [AWKWARD]


@pytest.mark.parametrize("name", ["a;b", "a'b", 'a"b', "a%sb", "a?b", "a#b", "🏞 土地", "a.b"])
def test_file_names_are_literal(make_raster, write, name):
    paths, _ = write(make_raster(np.zeros((1, 3, 3), np.uint8)), *VectorFormat, name=name)

    endings = ("cpg", "dbf", "fgb", "geojson", "gpkg", "prj", "qml", "shp", "shx", "sld")
    assert sorted(p.name for p in paths[GPKG].parent.iterdir()) == [f"{name}.{ending}" for ending in endings]


def test_geopackage_carries_its_style_and_the_date_of_the_job(make_raster, write):
    raster = make_raster(np.zeros((1, 3, 3), np.uint8), tags={"UHR_CREATED": "2026-03-01T10:00:00+02:00"})

    paths, _ = write(raster, GPKG)

    with sqlite3.connect(paths[GPKG]) as database:
        style = database.execute("SELECT f_table_name, useAsDefault, styleQML FROM layer_styles").fetchall()
        dates = set(database.execute("SELECT last_change FROM gpkg_contents"))
    assert style[0][:2] == ("land cover", 1)
    assert 'attr="class_id"' in style[0][2]
    assert dates == {("2026-03-01T08:00:00.000Z",)}


def test_files_are_the_same_bytes_again(class_raster, write):
    first, second = ({f: p.read_bytes() for f, p in write(class_raster, *VectorFormat)[0].items()} for _ in range(2))

    assert first == second


def test_raster_without_data_gives_empty_layers(make_raster, write):
    raster = make_raster(np.full((1, 5, 5), NODATA, np.uint8), nodata=NODATA)

    paths, _ = write(raster, *VectorFormat)

    assert [len(read(p, "land cover" if f is GPKG else None)[1]) for f, p in paths.items()] == [0, 0, 0, 0]


def test_raster_without_crs_has_no_square_metres_and_no_prj(make_raster, write):
    values = np.array([[[0, 1], [1, 1]]], np.uint8)

    paths, emit = write(make_raster(values, crs=None, transform=None), GPKG, SHP, simplify_m=1.0)

    _, polygons, fields = read(paths[GPKG], "land cover")
    assert shapely.total_bounds(polygons).tolist() == [0, -2, 2, 0]
    assert np.isnan(fields["area_m2"]).all()
    assert not paths[SHP].with_suffix(".prj").exists()
    assert [e.level for e in emit.events if isinstance(e, events.Note)] == ["warning"]


def test_minimum_mapping_unit_and_tolerance_are_in_metres(class_raster, write):
    paths, _ = write(class_raster, GPKG, minimum_mapping_unit_m2=10.0, simplify_m=1.0)

    _, polygons, fields = read(paths[GPKG], "land cover")

    assert fields["pixels"].min() >= 40 - 1  # 10 m² on the ellipsoid are 39.97 pixels here
    assert fields["pixels"].sum() == 90 * 70 - 250
    assert shapely.coverage_is_valid(polygons)
    assert shapely.area(polygons).sum() == pytest.approx((90 * 70 - 250) * 0.25)


def test_cancelling_stops_the_writers(class_raster, write):
    with pytest.raises(Cancelled):
        write(class_raster, *VectorFormat, should_stop=lambda: True)


def test_progress_reaches_the_end(class_raster, write):
    _, emit = write(class_raster, GPKG)

    last = [e for e in emit.events if isinstance(e, events.Progress)][-1]
    assert (last.stage, last.done, last.total) == (events.Stage.POLYGONIZE, 90, 90)


def test_destination_that_cannot_be_written_is_an_error(class_raster, write, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x.gpkg").mkdir()

    with pytest.raises(OutputError, match=r"cannot be written to .*x\.gpkg"):
        write(class_raster, GPKG, SHP)


def parse(command, *arguments):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args([str(a) for a in arguments])


def test_vectorize_command_writes_files_and_style_and_nothing_else(class_raster, tmp_path):
    args = parse(vectorize, class_raster, "--out", tmp_path / "new" / "plan 1.5", "--formats", "gpkg", "shp")

    result = vectorize.execute(args, RunContext(RecordingEmit()))

    endings = ["cpg", "dbf", "gpkg", "prj", "qml", "shp", "shx", "sld"]
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == [f"plan 1.5.{e}" for e in endings]
    assert len(result["files"]) == 8


def test_vectorize_command_that_is_cancelled_leaves_nothing(class_raster, tmp_path):
    args = parse(vectorize, class_raster, "--out", tmp_path / "new" / "x")

    with pytest.raises(Cancelled):
        vectorize.execute(args, RunContext(RecordingEmit(), lambda: True))

    assert list((tmp_path / "new").iterdir()) == []


def test_vectorize_command_does_not_replace_silently(class_raster, tmp_path):
    (tmp_path / "x.gpkg").write_text("mine")

    with pytest.raises(OutputError, match="already there"):
        vectorize.execute(parse(vectorize, class_raster, "--out", tmp_path / "x"), RunContext(RecordingEmit()))

    assert (tmp_path / "x.gpkg").read_text() == "mine"


def test_vectorize_command_refuses_a_negative_unit(class_raster, tmp_path):
    with pytest.raises(InvalidJob, match="--mmu-m2 is -1"):
        vectorize.execute(parse(vectorize, class_raster, "--out", tmp_path / "x", "--mmu-m2=-1"), RunContext())


def test_areas_command_writes_the_table(class_raster, tmp_path):
    result = areas.execute(parse(areas, class_raster, "--out", tmp_path / "a.csv"), RunContext(RecordingEmit()))

    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("class_id,class_name,pixels,area_m2")
    assert sum(row["pixels"] for row in result["areas"]) == 90 * 70 - 250


def test_picture_command_draws_map_and_source_in_legend_colours(make_raster, tmp_path):
    raster = make_raster(np.full((1, 40, 60), 5, np.uint8), "classes.tif")
    source = make_raster(np.full((3, 40, 60), 90, np.uint8), "scene.tif")
    out = tmp_path / "p.png"
    arguments = (raster, "--raster", source, "--out", out, "--legend", "deepglobe", "--side-px", "120")

    picture.execute(parse(picture, *arguments), RunContext(RecordingEmit()))

    with Image.open(out) as image:
        counts = {color: n for n, color in image.convert("RGB").getcolors(1_000_000)}
    assert counts[0, 0, 255] >= 120 * 80
    assert counts[90, 90, 90] >= 120 * 80


@pytest.mark.parametrize("dtype", [np.uint16, np.float32])
def test_picture_stretches_sources_of_other_types(make_raster, tmp_path, dtype):
    raster = make_raster(np.zeros((1, 20, 20), np.uint8), "classes.tif")
    source = make_raster((np.arange(1200).reshape(3, 20, 20) * 3).astype(dtype), "scene.tif", photometric=None)

    picture.execute(
        parse(picture, raster, "--raster", source, "--out", tmp_path / "p.png"), RunContext(RecordingEmit())
    )

    assert (tmp_path / "p.png").stat().st_size > 1000


def test_legend_comes_from_the_tag_of_our_rasters(make_raster):
    legend = load_legend()

    found = legend_of(make_raster(np.zeros((1, 3, 3), np.uint8), tags={"UHR_LEGEND": json.dumps(legend.to_dict())}))

    assert found == legend


def test_legend_comes_from_values_where_nothing_tells(make_raster):
    found = legend_of(make_raster(np.full((1, 3, 3), 4, np.uint8), tags={"UHR_LEGEND": "{broken"}))

    assert [(c.class_id, c.name) for c in found.classes] == [(4, "Class 4")]


def test_legend_can_be_named_or_a_file(make_raster, tmp_path):
    raster = make_raster(np.zeros((1, 3, 3), np.uint8))
    (tmp_path / "own.json").write_text(json.dumps(load_legend().to_dict() | {"name": "own"}), encoding="utf-8")

    assert legend_of(raster, "deepglobe") == load_legend()
    assert legend_of(raster, str(tmp_path / "own.json")).name == "own"


@pytest.mark.parametrize("named", ["nowhere", "nowhere.json"])
def test_legend_that_is_not_there_is_refused(make_raster, named):
    with pytest.raises(InvalidJob, match="nowhere"):
        legend_of(make_raster(np.zeros((1, 3, 3), np.uint8)), named)


def test_missing_class_raster_is_refused(tmp_path):
    with pytest.raises(RasterError, match=r"none\.tif"):
        legend_of(tmp_path / "none.tif")


def test_polygons_of_a_rotated_raster_lie_in_its_bounds(make_raster, write):
    turned = Affine.translation(500_000, 4_650_000) @ Affine.rotation(30) @ Affine.scale(0.5, -0.5)
    raster = make_raster(np.array([[[1, 2], [1, 2]]], np.uint8), transform=turned)

    _, polygons, _ = read(write(raster, GPKG)[0][GPKG], "land cover")

    corners = {turned @ corner for corner in ((0, 0), (2, 0), (2, 2), (0, 2))}
    hull = shapely.union_all(polygons)
    assert all(hull.distance(shapely.Point(c)) < 1e-9 for c in corners)
    assert hull.area == pytest.approx(1.0)
