"""Editing of land-cover polygons in QGIS: what follows from class and shape is true after each edit."""

import math

import pytest
from qgis.core import QgsDistanceArea, QgsFeature, QgsGeometry, QgsPointXY, QgsProject, QgsRectangle, QgsVectorLayer
from qgis_fixtures import LEGEND

from uhr_landcover.ui.results.editing import keep_true

PIXEL_M2 = 0.25
FIELDS = "&field=".join(
    ("class_id:integer", "class_name:string(80)", "area_m2:double", "perimeter_m:double", "pixels:integer")
)


def layer_of(crs, rectangle):
    layer = QgsVectorLayer(f"Polygon?crs={crs}&field={FIELDS}", "polygons", "memory")
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromRect(rectangle))
    feature.setAttributes([3, "Rangeland", -1.0, -1.0, -1])
    layer.dataProvider().addFeature(feature)
    keep_true(layer, LEGEND, PIXEL_M2)
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def layer(qgis_new_project):
    return layer_of("EPSG:32633", QgsRectangle(500_000, 5_399_900, 500_100, 5_400_000))


def on_ellipsoid(layer, geometry):
    measure = QgsDistanceArea()
    measure.setSourceCrs(layer.crs(), QgsProject.instance().transformContext())
    measure.setEllipsoid("EPSG:7030")
    return measure.measureArea(geometry)


def only(layer):
    return next(layer.getFeatures())


def test_another_class_brings_its_name(layer):
    layer.startEditing()
    layer.changeAttributeValue(only(layer).id(), 0, 4)
    assert layer.commitChanges()

    assert (only(layer)["class_id"], only(layer)["class_name"]) == (4, "Forest land")


def test_class_that_the_legend_lacks_keeps_the_name_it_had(layer):
    layer.startEditing()
    layer.changeAttributeValue(only(layer).id(), 0, 77)
    layer.commitChanges()

    assert only(layer)["class_name"] == "Rangeland"


@pytest.mark.parametrize(
    ("crs", "rectangle"),
    [
        ("EPSG:32633", QgsRectangle(500_000, 5_399_900, 500_040, 5_399_950)),
        ("EPSG:4326", QgsRectangle(15.0, 48.7, 15.001, 48.7005)),
        ("EPSG:3857", QgsRectangle(1_669_792, 8_399_700, 1_669_892, 8_399_750)),
    ],
    ids=["UTM", "degrees", "web map at 60° N"],
)
def test_moved_border_brings_the_area_on_the_ellipsoid(qgis_new_project, crs, rectangle):
    layer = layer_of(crs, rectangle)
    smaller = QgsGeometry.fromRect(rectangle.buffered(-rectangle.width() / 8))

    layer.startEditing()
    layer.changeGeometry(only(layer).id(), smaller)
    assert layer.commitChanges()

    expected = on_ellipsoid(layer, smaller)
    assert only(layer)["area_m2"] == pytest.approx(expected, rel=1e-5)
    assert only(layer)["pixels"] == pytest.approx(expected / PIXEL_M2, rel=1e-3, abs=1)


def test_divided_polygon_has_two_true_areas(layer):
    layer.startEditing()
    layer.splitFeatures([QgsPointXY(500_030, 5_399_800), QgsPointXY(500_030, 5_400_100)])
    layer.commitChanges()

    areas = sorted(f["area_m2"] for f in layer.getFeatures())
    whole = on_ellipsoid(layer, QgsGeometry.fromRect(QgsRectangle(500_000, 5_399_900, 500_100, 5_400_000)))
    assert areas == pytest.approx([0.3 * whole, 0.7 * whole], rel=1e-5)
    assert [f["class_name"] for f in layer.getFeatures()] == ["Rangeland"] * 2


def test_drawn_polygon_gets_name_and_area(layer):
    from qgis.core import QgsVectorLayerUtils

    shape = QgsGeometry.fromRect(QgsRectangle(500_200, 5_399_900, 500_210, 5_399_910))
    layer.startEditing()
    layer.addFeature(QgsVectorLayerUtils.createFeature(layer, shape, {0: 5}))
    layer.commitChanges()

    drawn = [f for f in layer.getFeatures() if f["class_id"] == 5]
    assert [f["class_name"] for f in drawn] == ["Water"]
    assert drawn[0]["area_m2"] == pytest.approx(on_ellipsoid(layer, shape), rel=1e-5)


def test_polygons_without_crs_keep_their_areas(qgis_new_project):
    layer = layer_of("", QgsRectangle(0, -20, 10, 0))

    layer.startEditing()
    layer.changeAttributeValue(only(layer).id(), 0, 5)
    layer.commitChanges()

    assert (only(layer)["class_name"], only(layer)["area_m2"]) == ("Water", -1.0)


def test_names_with_quotes_are_data(qgis_new_project):
    layer = layer_of("EPSG:32633", QgsRectangle(500_000, 5_399_900, 500_100, 5_400_000))
    keep_true(layer, {"classes": [{"id": 1, "name": "it's \"here\" \\ || 'x'"}]})

    layer.startEditing()
    layer.changeAttributeValue(only(layer).id(), 0, 1)
    layer.commitChanges()

    assert only(layer)["class_name"] == "it's \"here\" \\ || 'x'"
    assert not math.isnan(only(layer)["area_m2"])
