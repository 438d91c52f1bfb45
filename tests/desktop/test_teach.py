"""A person teaches the sample photograph by clicks, in the real desktop with the real engine, and maps it whole."""

import os
from pathlib import Path

import numpy as np
import pytest
from desktop_steps import click, results
from osgeo import gdal
from qgis.core import QgsPointXY, QgsProject, QgsRasterLayer, QgsSettings
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis_fixtures import wait_until

from uhr_landcover.ui.dock import CORRECT, FORM, TEACH
from uhr_landcover.ui.image.sample import place_sample
from uhr_landcover.ui.settings import PluginSettings
from uhr_landcover.ui.teach.drawing_tool import FREEHAND, POINT, POLYGON, RECTANGLE

LIMIT_S = 480
"""The features of an image take seconds; on a machine that does much else they may take minutes."""

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
URBAN, RANGELAND, FOREST, WATER = 1, 3, 4, 5
RECTANGLES = (
    (FOREST, (40, 150, 150, 400)),
    (WATER, (390, 220, 550, 480)),
    (FOREST, (600, 690, 700, 740)),
    (WATER, (30, 890, 110, 960)),
    (URBAN, (408, 566, 438, 600)),
    (URBAN, (620, 228, 648, 258)),
    (URBAN, (160, 790, 185, 810)),
    (RANGELAND, (470, 560, 520, 620)),
    (RANGELAND, (255, 890, 300, 920)),
)
"""Class and left, top, right, bottom in pixels of the photograph."""

LAKE, WOOD = (450, 350), (100, 300)


@pytest.fixture
def photograph(iface, tmp_path):
    layer = QgsRasterLayer(place_sample(str(tmp_path)), "coast")
    QgsProject.instance().addMapLayer(layer)
    iface.setActiveLayer(layer)
    iface.mapCanvas().setDestinationCrs(layer.crs())
    iface.mapCanvas().setExtent(layer.extent())
    wait_until(lambda: not iface.mapCanvas().isDrawing(), 10)
    yield layer
    iface.messageBar().clearWidgets()
    QgsProject.instance().clear()


@pytest.fixture
def page(plugin, photograph, tmp_path):
    """Return the page of teaching with the photograph chosen, results going to a folder of the test's."""
    settings = PluginSettings(QgsSettings())
    before, settings.output_dir = settings.output_dir, str(tmp_path / "results")
    plugin.action.setChecked(True)
    click(plugin.dock.bar.buttons[TEACH])
    panel = plugin.dock.teach
    panel.layer_combo.setLayer(photograph)
    yield panel
    plugin.controller.teaching.stop()
    panel.show_map.setChecked(True)
    plugin.dock.show_page(FORM)
    plugin.action.setChecked(False)
    settings.output_dir = before


class Mouse:
    """The mouse over the map, in pixels of the photograph."""

    def __init__(self, canvas, layer):
        self._canvas, self._layer = canvas, layer

    def at(self, col, row):
        box, side = self._layer.extent(), self._layer.rasterUnitsPerPixelX()
        spot = QgsPointXY(box.xMinimum() + col * side, box.yMaximum() - row * side)
        pixel = self._canvas.getCoordinateTransform().transform(spot)
        return QPoint(round(pixel.x()), round(pixel.y()))

    def drag(self, *places):
        first, *between, last = places
        view = self._canvas.viewport()
        QTest.mousePress(view, LEFT, pos=self.at(*first))
        for place in between:
            QTest.mouseMove(view, self.at(*place))
            QTest.qWait(20)
        QTest.mouseRelease(view, LEFT, pos=self.at(*last))

    def click(self, col, row, button=LEFT):
        QTest.mouseClick(self._canvas.viewport(), button, pos=self.at(col, row))
        QTest.qWait(20)


def shown_class(plugin, layer, col, row):
    """Return what the map of the view says at a pixel of the photograph."""
    found = plugin.controller.teaching.view_map.layer
    box, side = layer.extent(), layer.rasterUnitsPerPixelX()
    spot = QgsPointXY(box.xMinimum() + col * side, box.yMaximum() - row * side)
    value, is_there = found.dataProvider().sample(spot, 1)
    return int(value) if is_there else None


def test_few_strokes_give_a_map_and_the_whole_layer_is_mapped(page, plugin, iface, photograph, shoot):
    mouse = Mouse(iface.mapCanvas(), photograph)
    click(page.shape_buttons[RECTANGLE])
    assert plugin.controller.teaching.session.is_open, page.sentence.text()

    for number, (left, top, right, bottom) in RECTANGLES[:2]:
        QTest.keyClick(iface.mapCanvas(), str(number))
        mouse.drag((left, top), (right, bottom))
    assert wait_until(lambda: plugin.controller.teaching.view_map.layer is not None, LIMIT_S), page.sentence.text()
    assert shown_class(plugin, photograph, *LAKE) != shown_class(plugin, photograph, *WOOD)
    shoot("teach_first_map")

    for number, (left, top, right, bottom) in RECTANGLES[2:]:
        QTest.keyClick(iface.mapCanvas(), str(number))
        mouse.drag((left, top), (right, bottom))
    assert wait_until(lambda: "polygons" in page.agreement.text(), LIMIT_S)
    assert wait_until(lambda: f"of {len(RECTANGLES)} polygons" in page.agreement.text(), LIMIT_S)
    shoot("teach_more_examples")

    places_before = iface.mapCanvas().center()
    click(page.next_button)
    assert wait_until(lambda: "Draw what it is" in page.place.text(), LIMIT_S), page.sentence.text()
    assert iface.mapCanvas().center() != places_before
    shoot("teach_where_next")

    click(page.map_button)
    assert wait_until(lambda: plugin.controller.is_running, LIMIT_S)
    assert wait_until(lambda: not plugin.controller.is_running, LIMIT_S)
    assert {"classes", "polygons"} <= set(results()), iface.messageBar().currentItem()
    iface.mapCanvas().setExtent(photograph.extent())
    shoot("teach_whole_layer")

    made = gdal.Open(results()["classes"].source())  # in the folder that the form names
    assert (made.RasterXSize, made.RasterYSize) == (photograph.width(), photograph.height())
    classes = made.ReadAsArray()
    names = {c.value: c.label for c in results()["classes"].renderer().classes()}
    lake, wood = classes[300:400, 420:520], classes[200:350, 60:140]
    assert {names[v] for v in np.unique(lake)} == {"Water"}
    assert np.mean([names[v] == "Forest land" for v in wood.ravel().tolist()]) > 0.95
    correct_the_lake(plugin, iface, mouse, shoot)


def correct_the_lake(plugin, iface, mouse, shoot):
    """Give a rectangle in the lake another class, then take it back."""
    path = Path(results()["classes"].source())
    before, page = path.read_bytes(), plugin.dock.corrections
    click(plugin.dock.bar.buttons[CORRECT])
    assert page.current_map() is results()["classes"]
    page.new_class.setCurrentText("Forest land")
    click(page.shape_buttons[RECTANGLE])
    mouse.drag((440, 300), (500, 340))
    assert wait_until(lambda: not plugin.controller.correcting.is_running and "1" in page.count.text(), LIMIT_S), (
        page.sentence.text()
    )
    names = {c.value: c.label for c in results()["classes"].renderer().classes()}
    changed = gdal.Open(str(path)).ReadAsArray()
    assert {names[v] for v in np.unique(changed[302:338, 442:498])} == {"Forest land"}
    assert {names[v] for v in np.unique(changed[345:400, 442:498])} == {"Water"}
    shoot("teach_corrected")

    click(page.undo_button)
    assert wait_until(lambda: not plugin.controller.correcting.is_running and "0" in page.count.text(), LIMIT_S)
    assert path.read_bytes() == before


def test_polygon_freehand_and_point_are_examples_and_undo_takes_one_back(page, plugin, iface, photograph):
    mouse = Mouse(iface.mapCanvas(), photograph)
    examples = plugin.controller.teaching.examples
    click(page.shape_buttons[POLYGON])
    QTest.keyClick(iface.mapCanvas(), "5")
    for corner in ((400, 250), (540, 250), (540, 450), (400, 450)):
        mouse.click(*corner)
    mouse.click(300, 300, RIGHT)
    assert wait_until(lambda: examples.counts() == {WATER: 1}), examples.counts()

    click(page.shape_buttons[FREEHAND])
    QTest.keyClick(iface.mapCanvas(), "4")
    mouse.drag((50, 150), (90, 130), (140, 160), (150, 300), (100, 380), (40, 300), (50, 160))
    assert wait_until(lambda: examples.counts() == {WATER: 1, FOREST: 1}), examples.counts()

    click(page.shape_buttons[POINT])
    QTest.keyClick(iface.mapCanvas(), "1")
    mouse.click(422, 583)
    assert wait_until(lambda: examples.counts() == {WATER: 1, FOREST: 1, URBAN: 1}), examples.counts()

    iface.setActiveLayer(examples.layer)
    undo = next(a for a in iface.mainWindow().findChildren(type(plugin.action)) if a.objectName() == "mActionUndo")
    undo.trigger()

    assert wait_until(lambda: examples.counts() == {WATER: 1, FOREST: 1}), examples.counts()


def test_closing_and_opening_again_finds_the_examples(page, plugin, iface, photograph, tmp_path):
    mouse = Mouse(iface.mapCanvas(), photograph)
    click(page.shape_buttons[RECTANGLE])
    for number, (left, top, right, bottom) in RECTANGLES[:2]:
        QTest.keyClick(iface.mapCanvas(), str(number))
        mouse.drag((left, top), (right, bottom))
    assert wait_until(lambda: sum(plugin.controller.teaching.examples.counts().values()) == 2)
    plugin.controller.teaching.stop()
    layers = QgsProject.instance().mapLayersByName("Examples")
    QgsProject.instance().removeMapLayers([layer.id() for layer in layers])
    assert os.path.exists(tmp_path / "results" / "sample_landscape_landcover_examples.gpkg")

    click(page.shape_buttons[RECTANGLE])

    assert plugin.controller.teaching.examples.counts() == {FOREST: 1, WATER: 1}
    assert wait_until(lambda: plugin.controller.teaching.view_map.layer is not None, LIMIT_S), (
        page.sentence.text(),
        page.progress.value(),
        plugin.controller.teaching.session.is_open,
    )
