"""QGIS reads the style files and shows the legend's colours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

qgis_core = pytest.importorskip("qgis.core", reason="needs PyQGIS")

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
CLASSES = json.loads((RESOURCES / "legends" / "deepglobe.json").read_text(encoding="utf-8"))["classes"]
GREY = "#808080"


def expected():
    return {c["id"]: (c["name"], "#{:02x}{:02x}{:02x}".format(*c["color"])) for c in CLASSES}


@pytest.fixture
def class_layer(qgis_app, tmp_path):
    from osgeo import gdal

    path = str(tmp_path / "classes.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(path, 7, 1, 1, gdal.GDT_Byte)
    dataset.GetRasterBand(1).WriteRaster(0, 0, 7, 1, bytes(range(7)))
    dataset.FlushCache()
    dataset = None
    return qgis_core.QgsRasterLayer(path, "classes")


def test_raster_style_gives_paletted_renderer_in_legend_colours(class_layer):
    _, loaded = class_layer.loadNamedStyle(str(RESOURCES / "styles" / "deepglobe_raster.qml"))

    renderer = class_layer.renderer()

    assert loaded
    assert isinstance(renderer, qgis_core.QgsPalettedRasterRenderer)
    assert {int(c.value): (c.label, c.color.name()) for c in renderer.classes()} == expected()


def test_vector_style_gives_every_class_its_colour_and_a_thin_outline(qgis_app):
    layer = qgis_core.QgsVectorLayer("Polygon?field=class_id:integer", "polygons", "memory")
    feature = qgis_core.QgsFeature(layer.fields())
    feature.setGeometry(qgis_core.QgsGeometry.fromWkt("POLYGON((0 0, 1 0, 1 1, 0 0))"))
    context = qgis_core.QgsRenderContext()

    _, loaded = layer.loadNamedStyle(str(RESOURCES / "styles" / "deepglobe_polygons.qml"))
    renderer = layer.renderer()
    renderer.startRender(context, layer.fields())
    shown = {}
    for class_id in expected():
        feature.setAttribute("class_id", class_id)
        shown[class_id] = renderer.symbolForFeature(feature, context)

    assert loaded
    assert {k: s.color().name() for k, s in shown.items()} == {k: color for k, (_, color) in expected().items()}
    assert {s.symbolLayer(0).strokeColor().name() for s in shown.values()} == {GREY}
    assert max(s.symbolLayer(0).strokeWidth() for s in shown.values()) <= 0.2
    assert {int(c.value()): c.label() for c in renderer.categories()} == {k: n for k, (n, _) in expected().items()}
    renderer.stopRender(context)
