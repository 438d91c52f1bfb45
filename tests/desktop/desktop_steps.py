"""Steps and fixtures of the tests in the real desktop: an image, the form filled in, clicks."""

import os

import pytest
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis_fixtures import wait_until

from uhr_landcover.engine.contract import events
from uhr_landcover.engine.contract.job import OutputSpec
from uhr_landcover.ui.form.job_builder import draft_job
from uhr_landcover.ui.process.engine_client import EngineClient
from uhr_landcover.ui.process.environment import child_environment
from uhr_landcover.ui.results.groups import RESULT_PROPERTY
from uhr_landcover.ui.results.look import SCREEN

START_LIMIT_S = 120
RUN_LIMIT_S = 240
SIZE = (1100, 800)


def make_scene(engine, path, size, *options):
    """Write a generated landscape with the real engine; return its path."""
    arguments = ["scene", str(path), "--size", *(str(v) for v in size), "--seed", "3", *options]
    client = EngineClient(engine, child_environment(os.environ))
    outcome = client.run(arguments, lambda event: None, lambda: False)
    assert isinstance(outcome, events.Result), outcome
    return path


@pytest.fixture(scope="module")
def scene(plugin_engine, tmp_path_factory):
    return make_scene(plugin_engine, tmp_path_factory.mktemp("scene") / "valley.tif", SIZE)


@pytest.fixture
def layer(scene, iface):
    layer = QgsRasterLayer(str(scene), "valley")
    assert layer.isValid()
    QgsProject.instance().addMapLayer(layer)
    iface.setActiveLayer(layer)
    iface.mapCanvas().setDestinationCrs(layer.crs())
    iface.mapCanvas().setExtent(layer.extent())
    yield layer
    iface.messageBar().clearWidgets()
    QgsProject.instance().clear()


@pytest.fixture
def ready(dock, plugin, layer, tmp_path):
    """Return the dock with the layer chosen, an output folder set and the engine found."""
    plugin.controller.choose_layer(layer)
    form = dock.form
    form.area.choose("layer")
    form.show_job(draft_job(OutputSpec(directory=str(tmp_path / "results")), device="cpu"))
    for section in (form.advanced, form.engine, dock.result.again):
        section.setCollapsed(True)
    dock.result.look.show_look(SCREEN)
    assert wait_until(lambda: plugin.controller.engine_is_ready, START_LIMIT_S), form.engine.notes.texts
    assert form.start_button.isEnabled(), form.start_button.toolTip()
    return dock


def click(button):
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def results():
    """Return our layers in the project by what they are; of several of a kind the one on top."""
    order = [node.layer() for node in reversed(QgsProject.instance().layerTreeRoot().findLayers())]
    return {
        layer.customProperty(RESULT_PROPERTY): layer
        for layer in order
        if layer is not None and layer.customProperty(RESULT_PROPERTY)
    }
