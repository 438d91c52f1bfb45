"""A part of the image by a drawn rectangle, and an image that deserves a warning, in the real desktop."""

import pytest
from desktop_steps import RUN_LIMIT_S, click, results
from osgeo import gdal
from qgis.core import QgsCoordinateTransform, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis_fixtures import wait_until


def test_rectangle_dragged_on_the_map_is_what_is_classified(ready, plugin, iface, shoot, layer):
    ready.form.area.choose("rectangle")
    wait_until(lambda: False, 0.3)
    click(ready.form.area.draw_button)
    canvas = iface.mapCanvas()
    wait_until(lambda: not canvas.isDrawing(), 30)
    tool = canvas.mapTool()

    centre = canvas.viewport().rect().center()
    drag(canvas.viewport(), centre + QPoint(-90, -70), centre + QPoint(60, 80))

    assert ready.form.area.rectangle is not None
    assert canvas.mapTool() is not tool, "the map's former tool is back"
    shoot("desktop_rectangle")
    click(ready.form.start_button)
    assert wait_until(lambda: not plugin.controller.is_running, RUN_LIMIT_S)

    to_layer = QgsCoordinateTransform(ready.form.area.rectangle_crs, layer.crs(), QgsProject.instance())
    drawn = to_layer.transformBoundingBox(ready.form.area.rectangle)
    dataset = gdal.Open(results()["classes"].source())
    transform, rows, columns = dataset.GetGeoTransform(), *(dataset.ReadAsArray() != 255).nonzero()
    left, right = (transform[0] + transform[1] * x for x in (columns.min(), columns.max() + 1))
    top, bottom = (transform[3] + transform[5] * y for y in (rows.min(), rows.max() + 1))
    pixel = transform[1]
    assert (left, right) == pytest.approx((drawn.xMinimum(), drawn.xMaximum()), abs=2 * pixel)
    assert (bottom, top) == pytest.approx((drawn.yMinimum(), drawn.yMaximum()), abs=2 * pixel)


def test_image_too_coarse_for_the_model_is_warned_of_before_and_after(ready, plugin, shoot, scene, tmp_path):
    path = str(tmp_path / "coarse.tif")
    gdal.Translate(path, str(scene), xRes=4.0, yRes=4.0, resampleAlg="average")
    coarse = QgsRasterLayer(path, "coarse")
    QgsProject.instance().addMapLayer(coarse)
    plugin.controller.choose_layer(coarse)

    assert any("coarser than the model" in text for text in ready.form.image.notes.texts)
    assert ready.form.start_button.isEnabled(), "a warning does not hinder the run"
    shoot("desktop_warning")
    click(ready.form.start_button)
    assert wait_until(lambda: not plugin.controller.is_running, RUN_LIMIT_S)

    assert any("m on the ground" in text for text in ready.result.notes.texts), ready.result.notes.texts
    assert any("Weak in" in text for text in ready.result.notes.texts)
    shoot("desktop_warning_result")


def drag(widget, start, end):
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for step in range(1, 6):
        QTest.mouseMove(widget, start + (end - start) * step / 5)
        wait_until(lambda: False, 0.05)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    wait_until(lambda: False, 0.3)
