"""Reference points and polygons that somebody brings along, and points that interpreters do not agree on."""

import argparse
import json

import numpy as np
import pyogrio
import pytest
import shapely
from affine import Affine

from uhr_landcover.engine.commands import assess
from uhr_landcover.engine.system.errors import InvalidJob
from uhr_landcover.engine.system.run_context import RunContext

NAMES = ["forest", "water"]
PLACE = {"crs": "EPSG:3035", "transform": Affine(10, 0, 4_300_000, 0, -10, 3_200_000), "nodata": 255}


def run(*words):
    parser = argparse.ArgumentParser()
    assess.add_arguments(parser)
    return assess.execute(parser.parse_args([str(w) for w in words]), RunContext())


@pytest.fixture
def simple_map(make_raster):
    """West forest, east water, of 100 × 200 pixels; the first ten rows have no data."""
    ids = np.zeros((1, 100, 200), np.uint8)
    ids[0, :, 100:] = 1
    ids[0, :10] = 255
    classes = [{"id": k, "name": n, "color": [10, 20, 30]} for k, n in enumerate(NAMES)]
    tags = {"UHR_LEGEND": json.dumps({"name": "two", "title": "Two", "unknown_id": None, "classes": classes})}
    return make_raster(ids, "map.tif", tags=tags, **PLACE)


def xy(row, col):
    return 4_300_000 + 10 * (np.asarray(col) + 0.5), 3_200_000 - 10 * (np.asarray(row) + 0.5)


def write_layer(path, shapes, labels, kind, crs="EPSG:3035"):
    pyogrio.raw.write(
        path,
        shapely.to_wkb(np.asarray(shapes, dtype=object)),
        [np.array(labels, dtype=object)],
        ["class"],
        geometry_type=kind,
        crs=crs,
        driver="GPKG",
    )
    return path


def some_points(folder, crs="EPSG:3035"):
    rng = np.random.default_rng(3)
    row, col = rng.integers(10, 100, 200), rng.integers(0, 200, 200)
    labels = [NAMES[int(c >= 110)] for c in col]  # ten columns of water are forest
    outside = [(5, 50), (50, 300), (-4, 10)]
    row, col = np.append(row, [r for r, _ in outside]), np.append(col, [c for _, c in outside])
    x, y = xy(row, col)
    return write_layer(folder / "points.gpkg", shapely.points(x, y), [*labels, *["water"] * 3], "Point"), col[:200]


def test_reference_points_are_assessed_with_a_warning(simple_map, tmp_path):
    points, col = some_points(tmp_path)

    found = run("points", simple_map, points, "--field", "class", "--out", tmp_path / "r")["assessment"]

    east = col >= 100
    right = (col[east] >= 110).mean()
    assert found["overall"]["estimate"] == pytest.approx(0.5 + 0.5 * right)
    assert found["points"] == 200
    assert found["design"] is None
    assert "Nobody says that these points are a probability sample" in found["warnings"][0]
    assert "3 of 203 points lie outside the map or where it has no data" in found["warnings"][1]
    assert "no probability sample" in found["method"]


def test_reference_points_of_a_probability_sample_have_no_such_warning(simple_map, tmp_path):
    points, _ = some_points(tmp_path)

    srs, stratified = (
        run("points", simple_map, points, "--field", "class", "--drawn", how, "--out", tmp_path / how)["assessment"]
        for how in ("srs", "stratified")
    )

    assert not any("probability sample" in w for w in (*srs["warnings"], *stratified["warnings"]))
    assert srs["counts_as_they_are"]["points"] == 200
    assert stratified["counts_as_they_are"] is None
    assert stratified["overall"]["estimate"] == pytest.approx(srs["overall"]["estimate"])


def test_reference_points_in_a_table_of_degrees_are_the_same(simple_map, tmp_path):
    from rasterio.crs import CRS
    from rasterio.warp import transform

    points, _ = some_points(tmp_path)
    _, _, wkb, values = pyogrio.raw.read(points)
    shapes = shapely.from_wkb(wkb)
    lon, lat = transform(CRS.from_epsg(3035), CRS.from_epsg(4326), shapely.get_x(shapes), shapely.get_y(shapes))
    rows = [f"{a!r};{b!r};{c}" for a, b, c in zip(lon, lat, values[0], strict=True)]
    table = tmp_path / "points.csv"
    table.write_text("lon;lat;class\n" + "\n".join(rows), encoding="utf-8")

    of_layer, of_table = (
        run("points", simple_map, p, "--field", "class", "--out", tmp_path / p.suffix[1:].join(("r", "")))["assessment"]
        for p in (points, table)
    )

    assert of_table["counts"] == of_layer["counts"]


def test_reference_polygons_give_agreement_by_area_and_no_interval(simple_map, tmp_path):
    x, y = 4_300_000, 3_200_000
    boxes = [
        shapely.box(x + 500, y - 600, x + 1005, y - 400),  # forest, half a pixel of it on water
        shapely.box(x + 1500, y - 600, x + 1600, y - 500),  # water
        shapely.box(x + 100, y - 150, x + 200, y - 50),  # forest, half of it without data
    ]
    polygons = write_layer(tmp_path / "polygons.gpkg", boxes, ["forest", "water", "forest"], "Polygon")

    found = run("polygons", simple_map, polygons, "--field", "class", "--out", tmp_path / "r")["agreement"]

    assert found["area_ha"] == [
        [pytest.approx(500 * 200 / 1e4 + 0.5), pytest.approx(0)],
        [pytest.approx(5 * 200 / 1e4), pytest.approx(1)],
    ]
    assert found["outside_ha"] == pytest.approx(0.5)
    assert found["agreement"] == pytest.approx(11.5 / 11.6)
    assert "lower" not in json.dumps(found)
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "no interval" in page


def test_disputed_points_come_with_what_was_said_and_settle_the_report(simple_map, tmp_path):
    run("design", simple_map, "--out", tmp_path / "s", "--points", 60, "--minimum", 20)
    design = json.loads((tmp_path / "s_design.json").read_text(encoding="utf-8"))
    truth = {p["point"]: NAMES[p["class_id"]] for p in design["points"]}
    other = {p: (NAMES[1 - NAMES.index(n)] if p in (4, 9) else n) for p, n in truth.items()}
    for name, labels in (("anna", truth), ("ben", other)):
        rows = [f"{p},{n},{int(p == 20 and name == 'ben')}" for p, n in labels.items()]
        (tmp_path / f"{name}.csv").write_text("point,label,not_sure\n" + "\n".join(rows), encoding="utf-8")
    both = tmp_path / "anna.csv", tmp_path / "ben.csv"

    made = run("adjudicate", tmp_path / "s_design.json", "--labels", *both, "--out", tmp_path / "settle")

    meta, _, wkb, values = pyogrio.raw.read(tmp_path / "settle.gpkg", layer="sample")
    fields = meta["fields"].tolist()
    assert values[fields.index("point")].tolist() == [4, 9, 20]
    assert values[fields.index("note")].tolist()[0] == f"anna: {truth[4]}; ben: {other[4]}"
    assert values[fields.index("note")].tolist()[2] == f"anna: {truth[20]}; ben: {other[20]} (not sure)"
    assert made["points"] == 3
    assert made["agreement"][0]["same"] == 57
    assert made["agreement"][0]["points"] == 59

    values[fields.index("label")] = np.array([truth[int(p)] for p in values[0]], dtype=object)
    settled = tmp_path / "settled.gpkg"
    pyogrio.raw.write(
        settled, wkb, values, fields, layer="sample", geometry_type="Point", crs=meta["crs"], driver="GPKG"
    )
    words = ["report", tmp_path / "s_design.json", "--labels", *both]
    before = run(*words, "--out", tmp_path / "r1")["assessment"]
    after = run(*words, "--adjudicated", settled, "--out", tmp_path / "r2")["assessment"]
    assert (before["points"], after["points"]) == (58, 60)
    assert after["overall"]["estimate"] == 1


def test_nothing_to_settle_is_said(simple_map, tmp_path):
    run("design", simple_map, "--out", tmp_path / "s", "--points", 40, "--minimum", 20)
    for name in ("anna", "ben"):
        (tmp_path / f"{name}.csv").write_text("point,label\n1,forest\n", encoding="utf-8")

    with pytest.raises(InvalidJob, match="nothing to settle"):
        run(
            "adjudicate", tmp_path / "s_design.json", "--labels", tmp_path / "anna.csv", tmp_path / "ben.csv",
            "--out", tmp_path / "x",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("points", "nowhere.gpkg", "--field", "class"), "no file of reference points"),
        (("points", "points.gpkg", "--field", "kind"), "no field 'kind'; its fields are class"),
        (("points", "strange.gpkg", "--field", "class"), "no classes of the legend: 'desert', 'swamp'"),
        (("points", "boxes.gpkg", "--field", "class"), "no single points"),
        (("polygons", "points.gpkg", "--field", "class"), "holds no polygons"),
        (("polygons", "far.gpkg", "--field", "class"), "No polygon .* lies on data of the map"),
    ],
)
def test_reference_layers_that_do_not_fit_are_refused(words, sentence, simple_map, tmp_path):
    some_points(tmp_path)
    x, y = xy([50, 60], [20, 30])
    write_layer(tmp_path / "strange.gpkg", shapely.points(x, y), ["swamp", "desert"], "Point")
    write_layer(
        tmp_path / "boxes.gpkg", [shapely.box(4_300_100, 3_199_000, 4_300_200, 3_199_100)], ["water"], "Polygon"
    )
    write_layer(tmp_path / "far.gpkg", [shapely.box(0, 0, 10, 10)], ["water"], "Polygon")
    step, file, *more = words

    with pytest.raises(InvalidJob, match=sentence):
        run(step, simple_map, tmp_path / file, *more, "--out", tmp_path / "r")

    assert not (tmp_path / "r.json").exists()
