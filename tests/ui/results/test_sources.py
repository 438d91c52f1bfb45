"""Sources of polygon layers whose files and layers are called anything."""

import pytest
from osgeo import ogr
from qgis.core import QgsVectorLayer
from qgis_fixtures import write_polygons, write_result

from uhr_landcover.engine.contract.job import JobResult
from uhr_landcover.ui.results.layers import open_classes, open_polygons
from uhr_landcover.ui.results.sources import file_of, layer_sources, source_of

ODD = ["a?b", "a#b", "a%20b", "a%b", "a&b=c", "a'b", "ä — 地図"]


@pytest.mark.parametrize("stem", ODD)
def test_results_of_an_oddly_named_image_open(qgis_app, tmp_path, stem):
    result = JobResult.from_dict(write_result(tmp_path, stem))

    polygons = open_polygons(result)

    assert open_classes(result).isValid()
    assert [layer.featureCount() for layer in polygons] == [2]
    assert file_of(polygons[0].source()) == result.vectors["gpkg"]


@pytest.mark.parametrize("name", ODD)
def test_layers_of_one_file_open_under_their_names(qgis_app, tmp_path, name):
    path = str(tmp_path / "50%20.gpkg")
    write_polygons(path)
    file = ogr.Open(path, 1)
    file.CreateLayer(name, None, ogr.wkbPolygon)
    file.CreateLayer("layer_styles", None, ogr.wkbNone)
    del file

    found = layer_sources(path)

    assert [each for _, each in found] == ["landcover", name]
    assert all(QgsVectorLayer(source, each, "ogr").isValid() for source, each in found)


def test_source_of_a_file_that_is_gone_is_its_path(qgis_app, tmp_path):
    assert source_of(str(tmp_path / "50%20.gpkg")) == str(tmp_path / "50%20.gpkg")
