"""Polygon layers as areas: which file the engine gets."""

import pytest
from osgeo import ogr
from qgis.core import QgsFeature, QgsGeometry, QgsRectangle, QgsVectorLayer
from qgis_fixtures import write_polygons

from uhr_landcover.ui.form.area_layer import area_file
from uhr_landcover.ui.form.job_builder import JobRefused


@pytest.fixture
def file_layer(tmp_path):
    path = tmp_path / "fields.gpkg"
    write_polygons(str(path))
    return QgsVectorLayer(f"{path}|layername=landcover", "fields", "ogr")


@pytest.fixture
def memory_layer():
    layer = QgsVectorLayer("Polygon?crs=EPSG:32633", "drawn", "memory")
    for x in (0, 100):
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(500000 + x, 5399900, 500050 + x, 5399990)))
        layer.dataProvider().addFeature(feature)
    return layer


def test_area_file_of_a_file_is_the_file_itself(file_layer, tmp_path):
    copy = tmp_path / "copy.gpkg"

    assert area_file(file_layer, False, str(copy)) == (str(tmp_path / "fields.gpkg"), "landcover")
    assert not copy.exists()


def test_area_file_of_a_selection_holds_the_selection(file_layer, tmp_path):
    file_layer.selectByIds([1])

    path, name = area_file(file_layer, True, str(tmp_path / "out" / "copy.gpkg"))

    dataset = ogr.Open(path)  # a layer does not keep its dataset alive
    layer = dataset.GetLayerByName(name)
    assert layer.GetFeatureCount() == 1
    assert layer.GetSpatialRef().GetAuthorityCode(None) == "32633"


def test_area_file_of_a_filtered_layer_is_a_copy(file_layer, tmp_path):
    file_layer.setSubsetString("class_id = 5")

    path, _ = area_file(file_layer, False, str(tmp_path / "copy.gpkg"))

    assert path.endswith("copy.gpkg")
    dataset = ogr.Open(path)
    assert dataset.GetLayer().GetFeatureCount() == 1


def test_area_file_of_a_memory_layer_is_a_copy(memory_layer, tmp_path):
    path, _ = area_file(memory_layer, False, str(tmp_path / "copy.gpkg"))

    dataset = ogr.Open(path)
    assert [feature.GetGeometryRef().Area() for feature in dataset.GetLayer()] == [4500.0, 4500.0]


def test_area_file_without_a_selection_says_so(file_layer, tmp_path):
    with pytest.raises(JobRefused, match="No polygon of layer “fields” is selected"):
        area_file(file_layer, True, str(tmp_path / "copy.gpkg"))


def test_area_file_of_no_layer_says_so(tmp_path):
    with pytest.raises(JobRefused, match="No polygon layer is chosen"):
        area_file(None, False, str(tmp_path / "copy.gpkg"))


def test_area_file_of_a_deleted_file_names_it(file_layer, tmp_path):
    (tmp_path / "fields.gpkg").unlink()

    with pytest.raises(JobRefused, match=r"not there any more: “.*fields\.gpkg”"):
        area_file(file_layer, False, str(tmp_path / "copy.gpkg"))
