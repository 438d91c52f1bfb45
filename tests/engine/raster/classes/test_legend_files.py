"""Legends that ship, and those of other programs: names and colours of values as the file has them."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio

from uhr_landcover.engine.commands import legend as legend_command
from uhr_landcover.engine.commands import side_tables
from uhr_landcover.engine.maps.styles import write_raster_style, write_vector_style
from uhr_landcover.engine.raster.classes.class_legend import legend_of
from uhr_landcover.engine.raster.classes.legend_files import named_values
from uhr_landcover.engine.system.errors import InvalidJob, OutputError
from uhr_landcover.models.legend import LEGEND_DIR, LandCoverClass, Legend, load_legend
from uhr_landcover.models.training.chips import ids_from_colors, ids_from_values

NLCD_FOREST, NLCD_WATER = 42, 11
WOOD, SEA = (10, 120, 30), (0, 60, 200)
LEGEND = Legend(
    name="coast",
    title="Coast",
    unknown_id=None,
    classes=(
        LandCoverClass(class_id=3, name="Wood & scrub", color=WOOD),
        LandCoverClass(class_id=7, name="Sea", color=SEA),
    ),
)


def call(module, *arguments):
    parser = ArgumentParser()
    module.add_arguments(parser)
    from uhr_landcover.engine.system.run_context import QUIET

    return module.execute(parser.parse_args([str(a) for a in arguments]), QUIET)


@pytest.mark.parametrize("path", sorted(LEGEND_DIR.glob("*.json")), ids=lambda path: path.stem)
def test_legend_that_ships_says_its_source_licence_and_a_colour_for_each_class(path):
    data = json.loads(path.read_text(encoding="utf-8"))

    values = named_values(path.stem)
    assert data["title"]
    assert data.get("source")
    assert data.get("licence")
    assert set(values.names) == set(values.colors) == {c["id"] for c in data["classes"]}
    assert len(set(values.names.values())) == len(values.names)


def test_legend_with_gaps_is_numbered_for_networks_and_knows_its_values():
    legend = load_legend("nlcd")

    assert legend.is_dense
    assert legend.num_classes == 20
    evergreen = next(c for c in legend.classes if c.value == NLCD_FOREST)
    assert (evergreen.name, evergreen.color) == ("Evergreen forest", (28, 95, 44))
    assert Legend.from_dict(legend.to_dict()) == legend
    assert load_legend("flair").classes[18].name == "Other"
    assert load_legend("flair").unknown_id == 18  # 19 in masks


def test_masks_of_values_and_of_colours_become_the_same_class_ids():
    legend = load_legend("nlcd")
    mask = np.array([[NLCD_WATER, NLCD_FOREST], [255, 95]])

    ids = ids_from_values(mask, legend, "mask")

    assert ids.dtype == np.uint8
    assert [legend.classes[i].value for i in (ids[0, 0], ids[0, 1], ids[1, 1])] == [11, 42, 95]
    assert ids[1, 0] == 255
    colors = np.array([[(70, 107, 159), (28, 95, 44)]], np.uint8)
    assert (ids_from_colors(colors, legend, "mask") == ids[:1]).all()


def test_mask_with_class_ids_in_place_of_values_is_refused():
    from uhr_landcover.models.errors import DataError

    with pytest.raises(DataError, match="has values 0 that legend 'nlcd' lacks; it knows 11, 12, 21"):
        ids_from_values(np.zeros((2, 2), np.uint8), load_legend("nlcd"), "mask")


def _csv(path):
    path = path / "coast.csv"
    path.write_text("Code;Label;Red;Green;Blue\n3;Wood & scrub;10;120;30\n7;Sea;0;60;200\n", encoding="utf-8-sig")
    return path


def _hex(path):
    path = path / "coast.csv"
    path.write_text('value,name,color\n3,"Wood & scrub",#0a781e\n7,Sea,#003CC8\n', encoding="utf-8")
    return path


def _exported(path):
    path = path / "coast.txt"
    path.write_text(
        "# QGIS Generated Color Map Export File\nINTERPOLATION:EXACT\n"
        "3,10,120,30,255,Wood & scrub\n7,0,60,200,255,Sea\n"
    )
    return path


def _raster_style(path):
    write_raster_style(LEGEND, path / "coast.qml")
    return path / "coast.qml"


def _vector_style(path):
    write_vector_style(LEGEND, path / "coast.qml")
    return path / "coast.qml"


def _class_raster(path):
    values = np.array([[3, 3], [7, 7]], np.uint8)
    profile = {"driver": "GTiff", "width": 2, "height": 2, "count": 1, "dtype": "uint8"}
    with rasterio.open(path / "coast.tif", "w", **profile, transform=rasterio.Affine(1, 0, 5, 0, -1, 5)) as file:
        file.write(values, 1)
    (path / "own.json").write_text(json.dumps(LEGEND.to_dict()))
    call(side_tables, path / "coast.tif", "--legend", path / "own.json")
    return path / "coast.tif"


def _dbase(path):
    return _class_raster(path).with_name("coast.tif.vat.dbf")


FORMS = (_csv, _hex, _exported, _raster_style, _vector_style, _class_raster, _dbase)


@pytest.mark.parametrize("make", FORMS, ids=lambda make: make.__name__)
def test_legend_of_another_program_becomes_a_legend_file_with_its_names_and_colours(make, tmp_path):
    path = make(tmp_path)

    result = call(legend_command, path, "--out", tmp_path / "mine.json", "--title", "Mine")

    assert result["files"] == [str(tmp_path / "mine.json")]
    values = named_values(str(tmp_path / "mine.json"))
    assert values.names == {3: "Wood & scrub", 7: "Sea"}
    assert values.colors == {3: WOOD, 7: SEA}
    assert [c.value for c in load_legend(str(tmp_path / "mine.json")).classes] == [3, 7]


def test_style_names_the_classes_of_a_raster_without_a_legend_file(tmp_path):
    raster, style = _class_raster(tmp_path), _raster_style(tmp_path)
    Path(f"{raster}.vat.dbf").unlink()

    names = {c.class_id: c.name for c in legend_of(raster, str(style)).classes}

    assert names == {3: "Wood & scrub", 7: "Sea"}


def test_colour_table_alone_gives_colours_and_numbered_names(tmp_path):
    _class_raster(tmp_path)

    values = named_values(str(tmp_path / "coast.clr"))

    assert values.colors == {3: WOOD, 7: SEA}
    assert values.names == {3: "Class 3", 7: "Class 7"}


def test_side_tables_hold_value_count_name_and_colour(tmp_path):
    raster = _class_raster(tmp_path)

    meta, _, _, columns = pyogrio.raw.read(f"{raster}.vat.dbf", read_geometry=False)

    table = dict(zip(meta["fields"], (c.tolist() for c in columns), strict=True))
    assert table == {
        "Value": [3, 7], "Count": [2.0, 2.0], "Class_name": ["Wood & scrub", "Sea"],
        "Red": [10, 0], "Green": [120, 60], "Blue": [30, 200],
    }  # fmt: skip
    assert (tmp_path / "coast.clr").read_text() == "3 10 120 30\n7 0 60 200\n"
    with pytest.raises(OutputError, match="overwrit"):
        call(side_tables, raster)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "one,two\n1,2\n", "expected columns such as value, name, color"),
        ("a.csv", "value,name\n1,\n", "line 2 has no name"),
        ("a.csv", "value,name\n1,a\n1,b\n", "line 3 .* no new whole number"),
        ("a.clr", "1 2 3\n", "is not value, red, green, blue"),
        ("a.clr", "1 2 3 900\n", "not three whole numbers of 0 to 255"),
        ("a.qml", "<qgis/>", "names no class"),
        ("a.qml", "<qgis>", "cannot be read"),
        ("a.qml", '<!DOCTYPE q [<!ENTITY a "b">]><qgis/>', "entities of its own"),
    ],
)
def test_file_that_is_no_legend_is_refused_with_what_is_expected(tmp_path, name, content, message):
    (tmp_path / name).write_text(content)

    with pytest.raises(InvalidJob, match=message):
        named_values(str(tmp_path / name))


def test_legends_that_ship_are_listed():
    names = {row["name"] for row in call(legend_command)["legends"]}

    assert {
        "deepglobe",
        "corine-1",
        "corine-2",
        "worldcover",
        "nlcd",
        "lccs",
        "dynamic-world",
        "loveda",
        "flair",
    } <= names
