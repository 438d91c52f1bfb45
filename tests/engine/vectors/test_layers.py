"""Layers and files for each class, Shapefiles that would grow too large, names that hold anything, kills."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time

import numpy as np
import pyogrio
import pytest
import shapely
from coverage_support import blobs

from uhr_landcover.engine.contract.events import ErrorCode
from uhr_landcover.engine.contract.job import PolygonSpec, VectorFormat
from uhr_landcover.engine.system.errors import Cancelled, OutputError, RasterError
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.engine.vectors import vectorize
from uhr_landcover.engine.vectors.layer_names import class_file_stem, class_file_suffix, distinct_layer_names
from uhr_landcover.engine.vectors.shapefile_size import SHAPEFILE_LIMIT
from uhr_landcover.engine.vectors.vectorize import write_vectors
from uhr_landcover.models.legend import NODATA, LandCoverClass, Legend, load_legend

GPKG, SHP, GEOJSON, FGB = VectorFormat
HOSTILE = {
    "path": "../../etc/passwd",
    "windows path": "..\\..\\CON",
    "device": "CON",
    "quotes": '\'; DROP TABLE "gpkg_contents"; --',
    "line breaks": "a\r\nb\tc",
    "right to left": "\u202eغابة\u200f",
    "han": "水域",
    "long": "森" * 300,
    "own table": "gpkg_contents",
    "empty": "",
    "nul": "a\0b",
    "dots": "..",
    "percent": "100 % %s {x}",
}


@pytest.fixture
def class_raster(make_raster):
    values = blobs(np.random.default_rng(3), 90, 70, 4, 2.0)
    values[20:30, 15:40] = NODATA
    return make_raster(values[None], "classes.tif", nodata=NODATA)


@pytest.fixture
def write(tmp_path, monkeypatch):
    def run(raster, *formats, name="x", legend=None, should_stop=lambda: False, **options):
        folder = tmp_path / "out"
        folder.mkdir(exist_ok=True)
        monkeypatch.setattr(vectorize, "SHAPEFILE_LIMIT", options.pop("shapefile_limit", SHAPEFILE_LIMIT))
        others = {"layer_name": options.pop("layer", "land cover"), "context": RunContext(should_stop=should_stop)}
        others["confidence_raster"] = options.pop("confidence_raster", None)
        paths = {f: folder / f"{name}.{f.value}" for f in formats}
        return sorted(write_vectors(raster, legend or load_legend(), paths, PolygonSpec(**options), **others))

    return run


def features(path, layer=None):
    """Class, pixels and geometry of every feature; where rings begin and which way they run depends on the format."""
    meta, _, geometry, columns = pyogrio.raw.read(path, layer=layer)
    columns = dict(zip(meta["fields"], columns, strict=True))
    shapes = shapely.to_wkb(shapely.normalize(shapely.from_wkb(geometry))).tolist()
    return sorted(zip(columns["class_id"].tolist(), columns["pixels"].tolist(), shapes, strict=True))


def legend_named(*names):
    return Legend(
        name="x",
        title="x",
        classes=tuple(LandCoverClass(class_id=i, name=n, color=(i, 2, 3)) for i, n in enumerate(names)),
    )


def test_geopackage_has_a_layer_for_each_class(class_raster, write):
    together = features(write(class_raster, GPKG, name="all")[0])

    (path,) = write(class_raster, GPKG, layer_per_class=True)

    layers = [name for name, kind in pyogrio.list_layers(path) if kind]
    assert layers == ["Unknown", "Urban land", "Agriculture land", "Rangeland"]
    assert sorted(f for name in layers for f in features(path, name)) == together
    with sqlite3.connect(path) as database:
        styled = {name for (name,) in database.execute("SELECT f_table_name FROM layer_styles")}
        indexed = {name for (name,) in database.execute("SELECT table_name FROM gpkg_extensions")}
    assert styled == set(layers)
    assert indexed >= set(layers)


def test_other_formats_have_a_file_for_each_class_with_its_style(class_raster, write):
    together = features(write(class_raster, SHP, name="all")[0])

    files = write(class_raster, SHP, FGB, layer_per_class=True)

    stems = ["x_0_Unknown", "x_1_Urban_land", "x_2_Agriculture_land", "x_3_Rangeland"]
    assert [f.name for f in files if f.suffix == ".shp"] == [f"{s}.shp" for s in stems]
    assert [f.name for f in files if f.suffix == ".fgb"] == [f"{s}.fgb" for s in stems]
    assert sorted(x for f in files if f.suffix == ".shp" for x in features(f)) == together
    assert all(f.with_suffix(ending).exists() for f in files for ending in (".qml", ".sld"))


def test_layers_of_an_empty_map_are_one_empty_layer(make_raster, write):
    raster = make_raster(np.full((1, 5, 5), NODATA, np.uint8), nodata=NODATA)

    files = write(raster, GPKG, SHP, layer_per_class=True)

    assert [f.name for f in files] == ["x.gpkg", "x.shp"]
    assert [features(f) for f in files] == [[], []]


def test_large_shapefile_is_divided_by_class_then_into_parts(make_raster, write):
    values = blobs(np.random.default_rng(0), 120, 120, 2, 0.0)
    values[:, 100:] = 2
    raster = make_raster(values[None])
    together = features(write(raster, GPKG, name="all")[0])
    limit = 160_000

    files = write(raster, SHP, GPKG, shapefile_limit=limit)

    shapes = [f for f in files if f.suffix == ".shp"]
    names = [f.stem for f in shapes]
    assert {n.split("_part")[0] for n in names} == {"x_0_Unknown", "x_1_Urban_land", "x_2_Agriculture_land"}
    assert "x_2_Agriculture_land" in names
    assert "x_0_Unknown_part2" in names
    assert sorted(x for f in shapes for x in features(f)) == sorted(together)
    sizes = [f.with_suffix(e).stat().st_size for f in shapes for e in (".shp", ".dbf")]
    assert max(sizes) <= limit
    assert not (files[0].parent / "x.shp").exists()


def test_shapefile_just_under_the_limit_stays_one(class_raster, write):
    whole = write(class_raster, SHP, name="whole")[0]
    size = max(whole.with_suffix(e).stat().st_size for e in (".shp", ".dbf"))

    assert len(write(class_raster, SHP, shapefile_limit=2 * size + 60_000)) == 1
    assert len(write(class_raster, SHP, name="y", shapefile_limit=size - 1)) > 1


@pytest.mark.parametrize("options", [{}, {"layer_per_class": True}], ids=["one layer", "layer per class"])
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_names_do_no_harm(make_raster, write, tmp_path, hostile, options):
    raster = make_raster(np.array([[[0, 1, 2]]], np.uint8))
    before = set(tmp_path.rglob("*"))
    legend = legend_named(hostile, hostile.upper(), "wood")

    files = write(raster, *VectorFormat, legend=legend, layer=hostile, **options)

    made = set(tmp_path.rglob("*")) - before
    assert {p.parent for p in made if p.is_file()} == {tmp_path / "out"}
    assert all(p.name.startswith("x") for p in made if p.is_file())
    for file in files:
        layers = [name for name, kind in pyogrio.list_layers(file) if kind]
        assert len({name.casefold() for name in layers}) == (3 if file.suffix == ".gpkg" and options else 1)
        for layer in layers:
            meta, _, _, columns = pyogrio.raw.read(file, layer=layer)
            classes, names = (columns[list(meta["fields"]).index(c)] for c in ("class_id", "class_name"))
            for class_id, name in zip(classes, names, strict=True):
                expected = legend.classes[class_id].name.split("\0")[0]
                if file.suffix == ".shp":
                    expected = expected.encode()[:254].decode(errors="ignore")
                assert (name or "") == expected
    with sqlite3.connect(tmp_path / "out" / "x.gpkg") as database:
        assert database.execute("SELECT count(*) FROM gpkg_contents").fetchone()[0] == (4 if options else 2)


def test_layer_names_differ_in_more_than_case_and_are_none_of_the_formats_own():
    names = distinct_layer_names(["Wood", "wood", "WOOD\n", "gpkg_x", "", "\u200f", "w" * 300])

    assert names == ["Wood", "wood 2", "WOOD 3", "layer gpkg_x", "layer", "layer 2", "w" * 200]


def test_file_suffixes_are_short_and_plain():
    assert class_file_suffix(3, "../a b/ö") == "3_a_b_ö"
    assert class_file_suffix(-7, "\u202e..") == "-7"
    assert len(class_file_suffix(1, "森" * 300).encode()) <= 42


def test_confidence_is_a_field_of_every_format(make_raster, write):
    raster = make_raster(np.array([[[0, 0, 1]]], np.uint8), "classes.tif")
    percent = make_raster(np.array([[[50, 61, 255]]], np.uint8), "percent.tif")

    for path in write(raster, *VectorFormat, confidence_raster=percent):
        meta, _, _, columns = pyogrio.raw.read(path)
        means = dict(zip(columns[0].tolist(), columns[list(meta["fields"]).index("confidence")].tolist(), strict=True))
        assert means[0] == 55.5
        assert np.isnan(means[1])


@pytest.mark.parametrize(
    ("values", "message"),
    [(np.zeros((1, 2, 3), np.uint8), "3 × 2 pixels"), (np.zeros((1, 1, 3), np.float32), "float32")],
    ids=["other size", "other type"],
)
def test_confidence_that_does_not_fit_is_refused(make_raster, write, values, message):
    raster = make_raster(np.array([[[0, 0, 1]]], np.uint8), "classes.tif")

    with pytest.raises(RasterError, match=message):
        write(raster, GPKG, confidence_raster=make_raster(values, "percent.tif"))


def test_values_of_any_class_raster_are_in_fields_and_styles(make_raster, write):
    raster = make_raster(np.array([[[-4, 311, 311]]], np.int16))
    legend = legend_named("deep", "high")

    (path,) = write(raster, GPKG, legend=legend)

    meta, _, _, columns = pyogrio.raw.read(path)
    named = dict(zip(columns[0].tolist(), columns[list(meta["fields"]).index("class_name")].tolist(), strict=True))
    assert named == {-4: "deep", 311: "high"}
    assert '<category value="311"' in path.with_suffix(".qml").read_text(encoding="utf-8")
    assert "<ogc:Literal>-4</ogc:Literal>" in path.with_suffix(".sld").read_text(encoding="utf-8")


def test_stop_while_files_are_divided_is_a_stop(class_raster, write):
    asked = iter([False] * 3 + [True] * 100)

    with pytest.raises(Cancelled):
        write(class_raster, FGB, layer_per_class=True, should_stop=lambda: next(asked))


def test_full_disk_is_said_to_be_full(class_raster, write, monkeypatch):
    def refuse(spool, batch):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("uhr_landcover.engine.vectors.spool.Spool.add", refuse)

    with pytest.raises(OutputError, match="is full") as caught:
        write(class_raster, SHP)

    assert caught.value.code is ErrorCode.DISK_FULL


def test_one_polygon_that_is_too_large_is_said_to_be(make_raster, write):
    values = np.zeros((1, 60, 60), np.uint8)
    values[0, 1::2, 1::2] = 1

    with pytest.raises(OutputError, match="minimum mapping unit"):
        write(make_raster(values), SHP, shapefile_limit=30_000)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs kill signals")
def test_command_that_is_killed_anywhere_gives_the_same_bytes_when_it_is_run_again(make_raster, tmp_path):
    values = blobs(np.random.default_rng(1), 300, 300, 5, 1.0)
    raster = make_raster(values[None], "classes.tif")

    def command(folder):
        options = ["--formats", "gpkg", "shp", "--simplify-m", "1", "--layer-per-class"]
        out = ["--out", str(folder / "x")]
        return [sys.executable, "-m", "uhr_landcover.engine", "vectorize", str(raster), *out, *options]

    begun = time.monotonic()
    subprocess.run(command(tmp_path / "whole"), check=True, capture_output=True)
    duration = time.monotonic() - begun
    whole = {p.name: p.read_bytes() for p in (tmp_path / "whole").iterdir()}
    folder = tmp_path / "killed"
    rng = np.random.default_rng(0)
    for share in (*rng.uniform(0.5, 1.0, 3), 0.95):
        process = subprocess.Popen(command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(share * duration)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            visible = [p for p in folder.iterdir() if not p.name.startswith(".")] if folder.exists() else []
            assert visible == [] or {p.name for p in visible} <= set(whole)  # all or, between two renames, some
        subprocess.run(command(folder), capture_output=True, check=False)
        assert {p.name: p.read_bytes() for p in folder.iterdir()} == whole
        for path in folder.iterdir():
            path.unlink()


def test_class_file_of_the_longest_stem_has_room_for_its_number_and_endings():
    for stem, class_id, name in (("ü" * 104, 254, "森" * 300), ("x" * 240, -2147483648, "a"), ("x", 3, "Wald")):
        made = class_file_stem(stem, class_id, name)
        assert made.startswith(f"{stem}_{class_id}")
        assert len(f"{made}_part99.geojson".encode()) <= 255 or len(stem) > 230
    assert class_file_stem("x", 3, "Wald") == "x_3_Wald"
