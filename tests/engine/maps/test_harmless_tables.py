"""Tables that spreadsheets open: names of classes and zones are never calculated."""

from __future__ import annotations

import csv
import json

import numpy as np
import pyogrio
import pytest
import shapely
from fault_support import CRS, command, write_raster

from uhr_landcover.engine.maps.area_report import write_csv

HOSTILE = ['=cmd|"/c calc"!A1', "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"]


@pytest.mark.parametrize("name", HOSTILE)
def test_class_that_begins_like_a_formula_is_neutralised(tmp_path, name):
    raster = write_raster(tmp_path / "c.tif", np.ones((4, 5), np.uint8), nodata=255)
    legend = {"name": "x", "classes": [{"id": 1, "name": name, "color": [1, 2, 3]}]}
    (tmp_path / "l.json").write_text(json.dumps(legend))

    command("areas", raster, "--legend", tmp_path / "l.json", "--out", tmp_path / "a.csv")

    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        assert [row["class_name"] for row in csv.DictReader(file)] == [f"'{name}"]
    assert json.loads((tmp_path / "a.json").read_text())["classes"][0]["class_name"] == name


@pytest.mark.parametrize("name", HOSTILE)
def test_zone_that_begins_like_a_formula_is_neutralised(tmp_path, name):
    raster = write_raster(tmp_path / "c.tif", np.ones((20, 20), np.uint8), nodata=255)
    square = np.array([shapely.to_wkb(shapely.box(500_001, 5_399_991, 500_009, 5_399_999))])
    pyogrio.raw.write(tmp_path / "z.gpkg", geometry=square, field_data=[np.array([name], object)], fields=["zone"],
                      geometry_type="Polygon", crs=CRS)  # fmt: skip

    command("areas", raster, "--zones", tmp_path / "z.gpkg", "--zone-field", "zone", "--out", tmp_path / "a.csv")

    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        assert {row["zone"] for row in csv.DictReader(file)} == {f"'{name}"}


def test_numbers_and_plain_names_stay_what_they_are(tmp_path):
    cells = [1, -2, 3.5, "-4", "+5.25", "-1e-3", "Wald", "a=b", "", None]

    write_csv(["x"] * len(cells), [cells], tmp_path / "t.csv")

    assert (tmp_path / "t.csv").read_text().splitlines()[1] == "1,-2,3.5,-4,+5.25,-1e-3,Wald,a=b,,"
