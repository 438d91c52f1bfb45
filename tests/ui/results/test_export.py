import pytest
from qgis.core import QgsApplication, QgsField, QgsVectorLayer
from qgis.PyQt.QtCore import QVariant
from qgis_fixtures import wait_until, write_polygons

from uhr_landcover.ui.results.export import DRIVERS, ExportTask, with_suffix


@pytest.fixture
def polygons(tmp_path, qgis_app):
    write_polygons(str(tmp_path / "p.gpkg"))
    return QgsVectorLayer(str(tmp_path / "p.gpkg"), "p")


def export(layer, path):
    heard = []
    task = ExportTask(layer, str(path))
    task.ended.connect(lambda *answer: heard.append(answer))
    QgsApplication.taskManager().addTask(task)
    assert wait_until(lambda: heard)
    return heard[0]


@pytest.mark.parametrize("suffix", list(DRIVERS))
def test_export_keeps_features_and_fields(polygons, tmp_path, suffix):
    (tmp_path / "out").mkdir()
    path = tmp_path / "out" / f"map{suffix}"

    assert export(polygons, path) == (str(path), "")

    copy = QgsVectorLayer(str(path), "copy")
    assert copy.isValid()
    assert sorted(f["class_name"] for f in copy.getFeatures()) == ["Barren – 'land'", "Water"]
    assert {"class_id", "class_name", "area_m2"} <= set(copy.fields().names())
    assert copy.crs().authid() == ("EPSG:4326" if suffix == ".geojson" else "EPSG:32633")
    assert not [p for p in (tmp_path / "out").iterdir() if p.name.startswith(".")]


def test_export_shapefile_names_its_encoding(polygons, tmp_path):
    export(polygons, tmp_path / "map.shp")

    assert (tmp_path / "map.cpg").read_text().strip() == "UTF-8"
    assert (tmp_path / "map.prj").exists()


def test_export_shapefile_names_its_long_field_as_the_engine_does(polygons, tmp_path):
    polygons.dataProvider().addAttributes([QgsField("perimeter_m", QVariant.Double)])
    polygons.updateFields()

    export(polygons, tmp_path / "map.shp")

    names = QgsVectorLayer(str(tmp_path / "map.shp"), "copy").fields().names()
    assert names == ["class_id", "class_name", "area_m2", "perim_m"]
    assert polygons.attributeAlias(polygons.fields().indexOf("perimeter_m")) == ""


def test_export_to_a_folder_that_is_not_there_fails_with_a_sentence(polygons, tmp_path):
    _, error = export(polygons, tmp_path / "nowhere" / "map.shp")

    assert "Cannot write" in error
    assert "nowhere" in error


def test_with_suffix_takes_the_chosen_filter_where_the_name_has_none():
    assert with_suffix("/a/map", "GeoPackage (*.gpkg)") == "/a/map.gpkg"
    assert with_suffix("/a/map.v2", "ESRI Shapefile (*.shp)") == "/a/map.v2.shp"
    assert with_suffix("/a/map.GPKG", "ESRI Shapefile (*.shp)") == "/a/map.GPKG"
