"""Styles for QGIS; that QGIS reads them is tested in tests/ui."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from uhr_landcover.engine.maps.styles import write_raster_style, write_vector_style
from uhr_landcover.models.legend import LandCoverClass, Legend, load_legend

AWKWARD = "a \"b\" <c> & 'd'\nwood\x00 水域 \ud800"
STYLES = Path(__file__).resolve().parents[3] / "resources" / "styles"


def legend_of(name):
    return Legend(name="x", title="x", classes=(LandCoverClass(class_id=0, name=name, color=(255, 255, 255)),))


def test_raster_style_has_an_entry_per_class(tmp_path):
    write_raster_style(load_legend(), tmp_path / "a.qml")

    entries = ElementTree.parse(tmp_path / "a.qml").findall(".//paletteEntry")

    assert [(e.get("value"), e.get("label"), e.get("color")) for e in entries[:2]] == [
        ("0", "Unknown", "#000000"),
        ("1", "Urban land", "#00ffff"),
    ]
    assert len(entries) == 7


def test_vector_style_sorts_by_class_and_has_an_outline(tmp_path):
    write_vector_style(load_legend(), tmp_path / "a.qml")

    root = ElementTree.parse(tmp_path / "a.qml")

    assert root.find("renderer-v2").get("attr") == "class_id"
    assert [c.get("value") for c in root.iter("category")] == [str(i) for i in range(7)]
    barren = root.find(".//symbol[@name='6']")
    options = {o.get("name"): o.get("value") for o in barren.iter("Option")}
    assert options["color"] == "255,255,255,255"
    assert options["outline_color"] == "128,128,128,255"


@pytest.mark.parametrize("write", [write_raster_style, write_vector_style], ids=["raster", "vector"])
def test_any_class_name_makes_a_readable_style(tmp_path, write):
    write(legend_of(AWKWARD), tmp_path / "a.qml")

    text = ElementTree.tostring(ElementTree.parse(tmp_path / "a.qml").getroot(), encoding="unicode")

    assert "水域" in text
    assert [p.name for p in tmp_path.iterdir()] == ["a.qml"]


@pytest.mark.parametrize(
    ("name", "write"), [("deepglobe_raster.qml", write_raster_style), ("deepglobe_polygons.qml", write_vector_style)]
)
def test_styles_in_resources_are_those_of_the_legend(tmp_path, name, write):
    write(load_legend(), tmp_path / name)

    assert (STYLES / name).read_bytes() == (tmp_path / name).read_bytes()
