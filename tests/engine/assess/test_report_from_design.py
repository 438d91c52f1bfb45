"""The whole way: draw a sample of a map, label it, read accuracy and areas; with what may happen in between."""

import argparse
import csv
import json
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
from affine import Affine

from uhr_landcover.engine.commands import assess
from uhr_landcover.engine.system.errors import InvalidJob
from uhr_landcover.engine.system.run_context import RunContext

NAMES = ["deforestation", "gain", "stable forest", "stable non-forest"]
COUNTS = [[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]]
PLACE = {"crs": "EPSG:3035", "transform": Affine(30, 0, 4_300_000, 0, -30, 3_200_000), "nodata": 255}


def legend_tag(names=NAMES):
    classes = [{"id": k, "name": n, "color": [40 * k, 90, 120]} for k, n in enumerate(names)]
    return {"UHR_LEGEND": json.dumps({"name": "change", "title": "Change", "unknown_id": None, "classes": classes})}


def run(*words):
    parser = argparse.ArgumentParser()
    assess.add_arguments(parser)
    return assess.execute(parser.parse_args([str(w) for w in words]), RunContext())


@pytest.fixture
def example_map(make_raster):
    """Shares of example A: 0.02, 0.015, 0.32, 0.645."""
    flat = np.repeat(np.arange(4, dtype=np.uint8), [20_000, 15_000, 320_000, 645_000])
    return make_raster(flat.reshape(1, 1000, 1000), "map.tif", tags=legend_tag(), **PLACE)


def design_of(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


def draw_example(example_map, folder, *more):
    sizes = [word for name, row in zip(NAMES, COUNTS, strict=True) for word in ("--stratum", f"{name}={sum(row)}")]
    run("design", example_map, "--out", folder / "s", *sizes, *more)
    return folder / "s_design.json"


def references(design):
    """Labels of each point so that the counts are those of the example."""
    waiting = [[NAMES[j] for j, n in enumerate(row) for _ in range(n)] for row in COUNTS]
    return {p["point"]: waiting[p["stratum"]].pop() for p in design["points"]}


def write_labels(path, labels, **more):
    columns = ["point", "label", *more]
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(columns)
        for point, label in labels.items():
            table.writerow([point, label, *(more[c].get(point, "") for c in columns[2:])])
    return path


def report(design, *labels, out="r", more=()):
    run("report", design, "--labels", *labels, "--out", design.parent / out, *more)
    return json.loads((design.parent / f"{out}.json").read_text(encoding="utf-8"))


@pytest.fixture
def labelled(example_map, tmp_path):
    design = draw_example(example_map, tmp_path)
    labels = references(design_of(design))
    return design, labels, write_labels(tmp_path / "anna.csv", labels)


def test_example_a_from_map_to_report_has_the_papers_figures(labelled):
    design, _, table = labelled

    found = report(design, table)

    assert found["overall"]["estimate"] == pytest.approx(0.946512, abs=1e-6)
    assert found["overall"]["half_width"] == pytest.approx(0.018484, abs=1e-6)
    producers = [row["producers"] for row in found["per_class"]]
    assert [p["estimate"] for p in producers] == pytest.approx([0.748661, 0.847156, 0.934509, 0.961609], abs=1e-6)
    assert [p["se"] for p in producers] == pytest.approx([0.108832, 0.129800, 0.017512, 0.009368], abs=1e-6)
    # The map has a tenth of the example's pixels, of 30 m: 0.09 ha each.
    areas = [row["adjusted_area"]["estimate"] * 10 for row in found["per_class"]]
    assert areas == pytest.approx([21_158, 11_686, 285_770, 581_386], abs=0.5)
    assert [row["mapped_area"] for row in found["per_class"]] == pytest.approx([1800, 1350, 28_800, 58_050])
    assert [row["mapped_area_planar"] for row in found["per_class"]] == pytest.approx([1800, 1350, 28_800, 58_050])
    assert found["counts"] == COUNTS
    assert found["unlabelled"] is None
    assert "Interval too narrow" in found["warnings"][0]


def test_response_files_do_not_tell_the_class_of_the_map(example_map, tmp_path):
    draw_example(example_map, tmp_path)

    meta, _, _, _ = pyogrio.raw.read(tmp_path / "s.gpkg", layer="sample")
    header = (tmp_path / "s.csv").read_text(encoding="utf-8").splitlines()[0].split(",")

    known = {"point", "reserve", "lon", "lat", "x", "y", "label", "alternate", "confidence", "image_date", "not_sure"}
    known |= {"skipped", "note", "interpreter"}
    assert set(meta["fields"].tolist()) <= known
    assert set(header) == known
    strata = [p["stratum"] for p in design_of(tmp_path / "s_design.json")["points"]]
    assert strata != sorted(strata)


def test_support_layer_outlines_what_gets_a_label(example_map, tmp_path):
    import shapely

    run(
        "design",
        example_map,
        "--out",
        tmp_path / "b",
        "--points",
        20,
        "--minimum",
        2,
        "--support",
        "block",
        "--size",
        3,
    )
    run(
        "design",
        example_map,
        "--out",
        tmp_path / "c",
        "--points",
        20,
        "--minimum",
        2,
        "--support",
        "circle",
        "--size",
        100,
    )

    blocks, circles = (
        shapely.from_wkb(pyogrio.raw.read(tmp_path / f"{n}.gpkg", layer="support")[2]) for n in ("b", "c")
    )
    assert shapely.area(blocks) == pytest.approx(np.full(20, 8100.0))
    assert shapely.area(circles) == pytest.approx(np.full(20, np.pi * 10_000), rel=0.01)


def test_report_of_half_the_points_treats_the_rest_as_not_reached(labelled):
    design, labels, _ = labelled
    half = {p: label for p, label in labels.items() if p <= 320}

    found = report(design, write_labels(design.parent / "half.csv", half))

    assert found["points"] == 320
    assert sum(s["not_reached"] for s in found["strata"]) == 320
    assert found["unlabelled"] is None


def test_points_without_a_label_give_best_and_worst_case(labelled):
    design, labels, _ = labelled
    not_sure = dict.fromkeys(list(labels)[:10], 1)
    without = {p: ("" if p in (11, 12) else label) for p, label in labels.items()}

    found = report(design, write_labels(design.parent / "l.csv", without, not_sure=not_sure))

    cases = found["unlabelled"]
    assert cases["points"] == 12
    assert sum(s["not_sure"] for s in found["strata"]) == 10
    assert sum(s["skipped"] for s in found["strata"]) == 2
    assert cases["overall_worst"]["estimate"] < found["overall"]["estimate"] < cases["overall_best"]["estimate"]
    for row in cases["per_class"]:
        for quantity in ("users", "producers", "area_share"):
            assert row[f"{quantity}_worst"]["estimate"] <= row[f"{quantity}_best"]["estimate"]


def test_worst_case_is_what_wrong_labels_would_give(labelled):
    design, labels, _ = labelled
    points = {p["point"]: p["stratum"] for p in design_of(design)["points"]}
    right = [p for p, label in labels.items() if NAMES[points[p]] == label][:5]
    without = {p: ("" if p in right else label) for p, label in labels.items()}
    wrong = {p: (NAMES[(points[p] + 1) % 4] if p in right else label) for p, label in labels.items()}

    cases = report(design, write_labels(design.parent / "l.csv", without))["unlabelled"]
    as_wrong = report(design, write_labels(design.parent / "wrong.csv", wrong), out="w")

    assert cases["overall_worst"]["estimate"] == pytest.approx(as_wrong["overall"]["estimate"], abs=1e-12)


def test_interpreters_that_disagree_need_an_adjudicated_label(labelled):
    design, labels, anna = labelled
    other = dict(labels)
    for point in (3, 4, 5, 6):
        other[point] = "gain" if labels[point] != "gain" else "stable forest"
    ben = write_labels(design.parent / "ben.csv", other)
    settled = write_labels(design.parent / "settled.csv", {p: labels[p] for p in (3, 4, 5, 6)})

    without = report(design, anna, ben)
    with_settled = report(design, anna, ben, out="s2", more=("--adjudicated", settled))

    assert without["points"] == 636
    assert without["agreement"] == [{"interpreters": ["anna", "ben"], "points": 640, "same": 636, "share": 636 / 640}]
    assert "4 points have different labels" in " ".join(without["warnings"])
    assert with_settled["points"] == 640
    assert with_settled["overall"]["estimate"] == pytest.approx(0.946512, abs=1e-6)


def test_one_file_may_hold_several_interpreters(labelled):
    design, labels, _ = labelled
    path = design.parent / "both.csv"
    rows = [f"{p},{label},{who}" for p, label in labels.items() for who in ("anna", "ben")]
    path.write_text("point,label,interpreter\n" + "\n".join(rows) + "\n", encoding="utf-8")

    found = report(design, path)

    assert found["agreement"][0]["interpreters"] == ["anna", "ben"]
    assert found["agreement"][0]["share"] == 1
    assert found["points"] == 640


def test_labels_in_the_package_are_read(labelled):
    design, labels, _ = labelled
    meta, _, wkb, values = pyogrio.raw.read(design.parent / "s.gpkg", layer="sample")
    fields = meta["fields"].tolist()
    values[fields.index("label")] = np.array([labels[int(p)] for p in values[fields.index("point")]], dtype=object)
    path = design.parent / "labelled.gpkg"
    pyogrio.raw.write(path, wkb, values, fields, layer="sample", geometry_type="Point", crs=meta["crs"], driver="GPKG")

    assert report(design, path)["overall"]["estimate"] == pytest.approx(0.946512, abs=1e-6)


def test_labels_may_be_class_ids_in_any_case_of_letters(labelled):
    design, labels, _ = labelled
    mixed = {p: (str(NAMES.index(n)) if p % 2 else f" {n.upper()} ") for p, n in labels.items()}

    found = report(design, write_labels(design.parent / "m.csv", mixed))

    assert found["overall"]["estimate"] == pytest.approx(0.946512, abs=1e-6)


def change(path, target, rows):
    """Write a map in which some rows have become stable forest."""
    with rasterio.open(path) as source:
        values, profile, tags = source.read(), source.profile, source.tags()
    values[0, rows] = 2
    with rasterio.open(target, "w", **profile) as raster:
        raster.write(values)
        raster.update_tags(**tags)
    return values[0]


def test_corrected_map_is_assessed_by_stehmans_estimators_with_the_old_strata(labelled, example_map):
    design, labels, table = labelled
    before = report(design, table)
    values = change(example_map, example_map, np.s_[:10])

    after = report(design, table, out="after")

    points = design_of(design)["points"]
    share = np.array([20_000, 15_000, 320_000, 645_000]) / 1e6
    right = np.zeros(4)
    for p in points:
        right[p["stratum"]] += NAMES[values[p["row"], p["col"]]] == labels[p["point"]]
    assert after["overall"]["estimate"] == pytest.approx((share * right / [75, 75, 165, 325]).sum(), abs=1e-9)
    assert after["overall"]["estimate"] < before["overall"]["estimate"]
    assert "old map stays the strata" in " ".join(after["notes"])
    assert "Stehman" in after["method"]
    assert after["facts"]["Digest of the map"] != after["facts"]["Digest of the map that the sample was drawn from"]
    # Areas of the ground do not depend on the map.
    for a, b in zip(before["per_class"], after["per_class"], strict=True):
        assert a["adjusted_area"]["estimate"] == pytest.approx(b["adjusted_area"]["estimate"], rel=1e-12)
    assert sum(row["mapped_area"] for row in after["per_class"]) == pytest.approx(90_000)
    assert after["per_class"][0]["mapped_area"] == pytest.approx(900)


def test_map_stored_anew_is_still_the_same(labelled, example_map):
    design, _, table = labelled
    with rasterio.open(example_map) as source:
        values, profile, tags = source.read(), source.profile, source.tags()
    with rasterio.open(example_map, "w", **{**profile, "compress": "deflate"}) as raster:
        raster.write(values)
        raster.update_tags(**tags)

    found = report(design, table)

    assert "Olofsson" in found["method"]
    assert found["overall"]["half_width"] == pytest.approx(0.018484, abs=1e-6)


def test_several_maps_are_scored_on_the_same_points_with_their_paired_difference(labelled, example_map):
    design, labels, table = labelled
    other = example_map.with_name("other.tif")
    values = change(example_map, other, np.s_[:10])

    found = report(design, table, more=("--compare", other))

    compared = found["comparisons"][0]
    points = design_of(design)["points"]
    share, sizes = np.array([0.02, 0.015, 0.32, 0.645]), np.array([75, 75, 165, 325])
    pairs = [
        (
            p["stratum"],
            (NAMES[p["class_id"]] == labels[p["point"]]) - (NAMES[values[p["row"], p["col"]]] == labels[p["point"]]),
        )
        for p in points
    ]
    mean = np.array([np.mean([int(d) for h, d in pairs if h == k]) for k in range(4)])
    spread = np.array([np.var([int(d) for h, d in pairs if h == k], ddof=1) for k in range(4)])
    difference = compared["difference_of_overall"]
    assert difference["estimate"] == pytest.approx(share @ mean, abs=1e-12)
    assert difference["se"] == pytest.approx(np.sqrt(share**2 @ (spread / sizes)), abs=1e-12)
    assert difference["lower"] < difference["estimate"] < difference["upper"]
    assert compared["map"] == "other.tif"
    assert compared["overall"]["estimate"] == pytest.approx(found["overall"]["estimate"] - difference["estimate"])


def test_same_map_again_differs_by_nothing_with_an_interval(labelled, example_map):
    design, _, table = labelled

    found = report(design, table, more=("--compare", example_map))["comparisons"][0]["difference_of_overall"]

    assert found["estimate"] == 0
    assert found["se"] is None
    assert found["lower"] < 0 < found["upper"]


def districts_file(folder):
    import shapely

    # The raster's rows 0 … 499 and 500 … 999, of 30 m.
    boxes = [
        shapely.box(4_300_000, 3_185_000, 4_330_000, 3_200_000),
        shapely.box(4_300_000, 3_170_000, 4_330_000, 3_185_000),
    ]
    path = folder / "districts.gpkg"
    pyogrio.raw.write(
        path,
        shapely.to_wkb(np.array(boxes)),
        [np.array(["north", "south"], dtype=object)],
        ["name"],
        geometry_type="Polygon",
        crs="EPSG:3035",
        driver="GPKG",
    )
    return path


def test_districts_of_a_report_have_their_own_areas_that_add_up(labelled):
    design, _, table = labelled
    path = districts_file(design.parent)

    found = report(design, table, more=("--districts", path, "--district-field", "name"))

    north, south = found["districts"]
    assert (north["district"], south["district"]) == ("north", "south")
    assert (north["area"], south["area"]) == (pytest.approx(45_000), pytest.approx(45_000))
    assert north["points"] + south["points"] == 640
    # Deforestation and gain are mapped in the north only.
    assert south["per_class"][0]["users"] is None
    assert sum(row["adjusted_area"]["estimate"] for row in north["per_class"]) == pytest.approx(45_000)


def test_strata_of_class_and_district_estimate_each_district(example_map, tmp_path):
    path = districts_file(tmp_path)
    run(
        "design", example_map, "--out", tmp_path / "s", "--points", 300, "--minimum", 30,
        "--strata", path, "--strata-field", "name", "--cross",
    )  # fmt: skip
    design = tmp_path / "s_design.json"
    drawn = design_of(design)
    labels = {p["point"]: NAMES[p["class_id"]] for p in drawn["points"]}

    found = report(design, write_labels(tmp_path / "l.csv", labels))

    assert {s["name"] for s in drawn["strata"]} == {
        "north / deforestation", "north / gain", "north / stable forest", "north / stable non-forest",
        "south / stable non-forest",
    }  # fmt: skip
    assert [d["district"] for d in found["districts"]] == ["north", "south"]
    assert found["districts"][0]["overall"]["estimate"] == 1
    assert found["districts"][0]["overall"]["lower"] < 1
    assert found["districts"][1]["per_class"][3]["adjusted_area"]["estimate"] == pytest.approx(45_000)


def test_reserve_is_used_only_where_it_is_labelled(example_map, tmp_path):
    run("design", example_map, "--out", tmp_path / "s", "--points", 200, "--reserve", 40)
    design = tmp_path / "s_design.json"
    points = design_of(design)["points"]
    main = {p["point"]: NAMES[p["class_id"]] for p in points if not p["reserve"]}
    more = main | {p["point"]: NAMES[p["class_id"]] for p in points[200:220]}

    first = report(design, write_labels(tmp_path / "a.csv", main))
    second = report(design, write_labels(tmp_path / "more.csv", more), out="b")

    assert [p["reserve"] for p in points] == [False] * 200 + [True] * 40
    assert (first["points"], second["points"]) == (200, 220)
    assert sum(s["drawn"] for s in second["strata"]) == 200


def test_majority_of_a_block_counts_on_the_map_too(make_raster, tmp_path):
    ids = np.zeros((1, 60, 60), np.uint8)
    ids[0, ::3, ::3] = 1  # never the most frequent class of 3 × 3 pixels
    path = make_raster(ids, "map.tif", tags=legend_tag(NAMES[:2]), **PLACE)
    run(
        "design", path, "--out", tmp_path / "s", "--points", 60, "--minimum", 20,
        "--support", "block", "--size", 3, "--rule", "majority",
    )  # fmt: skip
    design = tmp_path / "s_design.json"
    labels = {p["point"]: NAMES[0] for p in design_of(design)["points"]}

    found = report(design, write_labels(tmp_path / "l.csv", labels))

    assert found["overall"]["estimate"] == 1
    assert "most frequent" in found["facts"]["Support"]


def test_degrees_with_equal_probability_are_weighted_by_area(make_raster, tmp_path):
    ids = np.zeros((1, 160, 40), np.uint8)
    ids[0, :, 20:] = 1
    place = {"crs": "EPSG:4326", "transform": Affine(0.5, 0, 10, 0, -0.5, 80), "nodata": 255}
    path = make_raster(ids, "map.tif", tags=legend_tag(NAMES[:2]), **place)
    run("design", path, "--out", tmp_path / "s", "--points", 400, "--probability", "equal")
    design = tmp_path / "s_design.json"
    points = design_of(design)["points"]
    # What lies north of 40° is gain: half of the pixels, but much less of the area.
    labels = {p["point"]: NAMES[p["row"] < 80] for p in points}

    found = report(design, write_labels(tmp_path / "l.csv", labels))

    gain = found["per_class"][1]
    true = (np.sin(np.radians(80)) - np.sin(np.radians(40))) / np.sin(np.radians(80))
    assert gain["area_share"]["lower"] < true < gain["area_share"]["upper"]
    assert gain["area_share"]["upper"] < 0.45
    assert "Hájek" in found["method"]
    assert gain["mapped_area_planar"] is None


@pytest.mark.parametrize("kind", ["srs", "systematic"])
def test_sample_without_strata_is_stratified_afterwards(kind, example_map, tmp_path):
    run("design", example_map, "--out", tmp_path / "s", "--points", 300, "--design", kind)
    design = tmp_path / "s_design.json"
    labels = {p["point"]: NAMES[p["class_id"]] for p in design_of(design)["points"]}

    found = report(design, write_labels(tmp_path / "l.csv", labels))

    assert found["overall"]["estimate"] == 1
    assert found["counts_as_they_are"]["overall"]["estimate"] == 1
    assert [row["area_share"]["estimate"] for row in found["per_class"]][2:] == pytest.approx([0.32, 0.645], abs=0.03)
    assert ("approximated" in found["method"]) == (kind == "systematic")


def test_polygons_are_assessed_as_the_raster_they_came_from(example_map, labelled, tmp_path):
    from uhr_landcover.engine.commands import vectorize

    parser = argparse.ArgumentParser()
    vectorize.add_arguments(parser)
    args = parser.parse_args([str(example_map), "--out", str(tmp_path / "p")])
    polygons = next(Path(f) for f in vectorize.execute(args, RunContext())["files"] if f.endswith(".gpkg"))
    run("design", polygons, "--out", tmp_path / "q", "--points", 300, "--unit-m", 30)
    design = tmp_path / "q_design.json"
    drawn = design_of(design)
    names = {c["class_id"]: c["name"] for c in drawn["classes"]}
    labels = {p["point"]: names[p["class_id"]] for p in drawn["points"]}

    found = report(design, write_labels(tmp_path / "l.csv", labels), out="r2")

    assert {s["name"]: s["pixels"] for s in drawn["strata"]} == dict(
        zip(NAMES, [20_000, 15_000, 320_000, 645_000], strict=True)
    )
    assert found["overall"]["estimate"] == 1
    assert found["facts"]["Smallest patch"].endswith("m²")


def test_left_out_examples_are_no_part_of_any_area(example_map, tmp_path):
    import shapely

    path = tmp_path / "examples.gpkg"
    box = shapely.box(4_300_015, 3_199_000, 4_305_985, 3_199_985)
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array([box])), [], [], geometry_type="Polygon", crs="EPSG:3035", driver="GPKG"
    )
    run("design", example_map, "--out", tmp_path / "s", "--points", 300, "--leave-out", path)
    design = tmp_path / "s_design.json"
    labels = {p["point"]: NAMES[p["class_id"]] for p in design_of(design)["points"]}

    found = report(design, write_labels(tmp_path / "l.csv", labels))

    left = found["left_out_area"]
    assert left == pytest.approx(5970 * 985 / 10_000, rel=0.05)
    assert found["total_area"] == pytest.approx(90_000 - left)
    assert "no part of the population" in found["method"]
    assert found["per_class"][0]["mapped_area"] < 1800


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ({1: "forest", 2: "swamp", 3: "gain"}, "no classes of the legend: 'forest', 'swamp'"),
        ({9999: "gain"}, "Points of 'l' are not in the design, such as 9999"),
        ({1: "gain"}, "Only 1 labelled unit was found"),
        (dict.fromkeys(range(1, 6), "gain"), "Too few labelled units in"),
    ],
)
def test_labels_that_do_not_fit_are_refused(labels, sentence, labelled):
    design, _, _ = labelled

    with pytest.raises(InvalidJob, match=sentence):
        report(design, write_labels(design.parent / "l.csv", labels))

    assert not (design.parent / "r.json").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("id,label\n1,gain\n", "has no field 'point'"),
        ("point,class\n1,gain\n", "has no field 'label'"),
        ("point,label\nx,gain\n", "'x' where a point's number"),
        ("point,label\n1,gain\n1,gain\n", "the point 1 twice"),
    ],
)
def test_files_that_hold_no_labels_are_refused(text, sentence, labelled):
    design, _, _ = labelled
    path = design.parent / "l.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidJob, match=sentence):
        report(design, path)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "uhr-sample/9"}', '{"format": "uhr-sample/1", "map": 3}'])
def test_file_that_is_no_design_is_refused(text, tmp_path):
    path = tmp_path / "s_design.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidJob, match="is no sample design"):
        report(path, tmp_path / "l.csv")


def test_metadata_is_iso_19157_with_every_value(labelled):
    from xml.etree import ElementTree

    design, _, table = labelled
    found = report(design, table)

    root = ElementTree.parse(design.parent / "r.xml").getroot()

    mdq = "{http://standards.iso.org/iso/19157/-2/mdq/1.0}"
    gco = "{http://standards.iso.org/iso/19115/-3/gco/1.0}"
    assert root.tag == f"{mdq}DQ_DataQuality"
    reports = root.findall(f"{mdq}report/{mdq}DQ_ThematicClassificationCorrectness")
    names = [r.find(f".//{mdq}nameOfMeasure/{gco}CharacterString").text for r in reports]
    values = [[float(v.text) for v in r.iter(f"{gco}Record")] for r in reports]
    assert names[:3] == ["misclassification rate", "misclassification matrix", "relative misclassification matrix"]
    assert values[0][0] == pytest.approx(1 - found["overall"]["estimate"])
    assert values[0][1] < values[0][0] < values[0][2]
    assert values[1] == [n for row in found["counts"] for n in row]
    assert len(reports) == 3 + 3 * 4
    for r in reports:
        children = [c.tag.removeprefix(mdq) for c in r]
        assert children == ["measure", "evaluationMethod", "result"]
