"""Area of a transition with its interval: two maps, a sample of their change, a class for each date."""

import argparse
import csv
import json

import numpy as np
import pyogrio
import pytest
import rasterio
from affine import Affine

from uhr_landcover.engine.commands import assess, change
from uhr_landcover.engine.system.errors import InvalidJob
from uhr_landcover.engine.system.run_context import RunContext

NAMES = ["water", "forest", "grass"]


def run(command, *words):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.execute(parser.parse_args([str(w) for w in words]), RunContext())


@pytest.fixture
def truth():
    """Classes at both dates, as they are on the ground."""
    old = np.ones((200, 300), np.uint8)
    old[:, :100] = 2
    old[150:] = 0
    new = old.copy()
    new[20:60, 150:230] = 2
    return old, new


@pytest.fixture
def drawn(make_raster, truth, tmp_path):
    """A sample of the change between two maps that miss a part of the loss."""
    classes = [{"id": k, "name": n, "color": [40 * k, 90, 120]} for k, n in enumerate(NAMES)]
    tags = {"UHR_LEGEND": json.dumps({"name": "l", "title": "L", "unknown_id": None, "classes": classes})}
    place = {"crs": "EPSG:3035", "transform": Affine(10, 0, 4_300_000, 0, -10, 3_200_000), "nodata": 255}
    old, new = truth
    mapped = new.copy()
    mapped[20:60, 210:230] = 1  # a quarter of the loss is missed, close to what is mapped
    paths = [make_raster(v[None], f"{k}.tif", tags=tags, **place) for k, v in enumerate((old, mapped))]
    run(change, *paths, "--out", tmp_path / "c", "--groups", "loss-gain:forest", "--buffer-m", 100, "--no-polygons")
    groups, strata = tmp_path / "c_groups.tif", tmp_path / "c_strata.tif"
    run(assess, "design", groups, "--strata", strata, "--points", 400, "--two-dates", "--out", tmp_path / "s")
    return tmp_path


def label(folder, truth, name="labels.csv", **wrong):
    points = json.loads((folder / "s_design.json").read_text(encoding="utf-8"))["points"]
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["point", "label_old", "label"])
        for p in points:
            at = p["row"], p["col"]
            table.writerow([p["point"], wrong.get("old", NAMES[truth[0][at]]), wrong.get("new", NAMES[truth[1][at]])])
    return folder / name


def report(folder, labels, *more):
    words = ("report", folder / "s_design.json", "--labels", labels, "--out", folder / "r", "--overwrite")
    return run(assess, *words, "--change", folder / "c.json", *more)["assessment"]


def test_area_of_loss_is_estimated_with_what_the_maps_missed(drawn, truth):
    found = report(drawn, label(drawn, truth))

    rows = {row["class"]: row for row in found["per_class"]}
    loss, true_ha = rows["loss of forest"], 40 * 80 * 0.01
    assert loss["mapped_area"] == pytest.approx(40 * 60 * 0.01)
    assert loss["users"]["estimate"] == 1
    assert loss["adjusted_area"]["lower"] <= true_ha <= loss["adjusted_area"]["upper"]
    assert loss["adjusted_area"]["estimate"] == pytest.approx(true_ha, rel=0.25)
    assert loss["adjusted_area"]["estimate"] > loss["mapped_area"]
    assert sum(row["adjusted_area"]["estimate"] for row in rows.values()) == pytest.approx(found["total_area"])
    assert [s["stratum"] for s in found["strata"]][-1] == "buffer around change"
    assert "Stehman" in found["method"]


def test_points_of_change_have_a_field_for_each_date(drawn):
    for layer_fields in (
        pyogrio.read_info(drawn / "s.gpkg", layer="sample")["fields"].tolist(),
        (drawn / "s.csv").read_text(encoding="utf-8").split("\n", 1)[0].strip().split(","),
    ):
        assert {"label", "label_old"} <= set(layer_fields)


def test_point_with_a_class_for_one_date_only_has_no_label(drawn, truth):
    labels = label(drawn, truth)
    rows = labels.read_text(encoding="utf-8").splitlines()
    number, _, new = rows[1].split(",")
    labels.write_text("\n".join([rows[0], f"{number},,{new}", *rows[2:]]), encoding="utf-8")

    found = report(drawn, labels)

    assert found["points"] == 399


def test_class_that_neither_map_has_is_named(drawn, truth):
    with pytest.raises(
        InvalidJob, match=r"label 'swamp', which is no class of the maps; these are water, forest, grass"
    ):
        report(drawn, label(drawn, truth, new="swamp"))


def test_labels_without_the_first_date_are_refused(drawn, truth):
    labels = label(drawn, truth)
    labels.write_text(labels.read_text(encoding="utf-8").replace("label_old", "before"), encoding="utf-8")

    with pytest.raises(InvalidJob, match=r"no field 'label_old'.*--two-dates"):
        report(drawn, labels)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("{}", "is no analysis of change"), ('{"format": "uhr-change/1", "groups": null}', "Run 'change' with --groups")],
)
def test_change_without_groups_is_refused(drawn, truth, text, sentence):
    labels = label(drawn, truth)
    (drawn / "c.json").write_text(text, encoding="utf-8")

    with pytest.raises(InvalidJob, match=sentence):
        report(drawn, labels)


def test_groups_raster_is_the_population_of_both_maps(drawn, truth):
    with rasterio.open(drawn / "c_groups.tif") as raster:
        assert raster.shape == truth[0].shape
        assert (raster.read(1) != 255).all()
