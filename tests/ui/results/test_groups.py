"""Groups of results in the layer tree."""

import pytest
from qgis.core import QgsLayerTreeGroup, QgsProject, QgsVectorLayer

from uhr_landcover.ui.results.groups import RESULT_PROPERTY, group_of, move_to_group


@pytest.fixture
def project(qgis_new_project):
    return QgsProject.instance()


def layer_of(project, kind):
    layer = QgsVectorLayer("Point", kind, "memory")
    layer.setCustomProperty(RESULT_PROPERTY, kind)
    project.addMapLayer(layer)
    return layer


def test_layers_of_a_run_lie_in_one_group_with_the_polygons_above_the_map(project):
    layers = [layer_of(project, kind) for kind in ("classes", "polygons", "confidence", "patches")]
    other = layer_of(project, "else")

    for layer in layers:
        move_to_group(project, layer, "valley")

    group = group_of(project, layers[0].id())
    assert isinstance(group, QgsLayerTreeGroup)
    assert [node.name() for node in group.findLayers()] == ["patches", "polygons", "classes", "confidence"]
    assert group_of(project, other.id()) is None
    assert [child.name() for child in project.layerTreeRoot().children()] == ["valley", "else"]


def test_group_of_a_layer_that_is_gone_is_none(project):
    assert group_of(project, "gone") is None
    assert group_of(project, "") is None
