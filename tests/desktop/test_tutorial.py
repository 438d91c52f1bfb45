"""The way of docs/user-guide-tutorial.md, step by step in the real desktop; it leaves the pictures of the guide."""

import os
from pathlib import Path

import pytest
from desktop_steps import RUN_LIMIT_S, START_LIMIT_S, click, results
from osgeo import ogr
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QUrl, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog
from qgis_fixtures import wait_until

from uhr_landcover.engine.contract.job import OutputSpec
from uhr_landcover.ui.form.job_builder import draft_job
from uhr_landcover.ui.results.look import SCREEN


@pytest.fixture
def browser():
    """Return the addresses that QGIS hands to the browser."""
    opened = []

    class Browser(QObject):
        @pyqtSlot(QUrl)
        def open(self, url):
            opened.append(Path(url.toLocalFile()))

    catcher = Browser()
    QDesktopServices.setUrlHandler("file", catcher, "open")
    yield opened
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def empty_project(iface):
    QgsProject.instance().clear()
    yield QgsProject.instance()
    iface.messageBar().clearWidgets()
    QgsProject.instance().clear()


def save_picture(widget, name):
    assert widget.grab().save(str(Path(os.environ["UHR_DESKTOP_OUT"]) / f"guide_{name}.png"))


def test_tutorial_from_the_sample_to_the_report(empty_project, dock, plugin, iface, browser, monkeypatch, tmp_path):
    form, window = dock.form, iface.mainWindow()
    form.area.choose("layer")
    form.show_job(draft_job(OutputSpec(directory=str(tmp_path / "maps"), report=True), device="cpu"))
    for section in (form.advanced, form.engine, dock.result.again):
        section.setCollapsed(True)
    dock.result.look.show_look(SCREEN)

    # 1. The panel, with an engine.
    assert wait_until(lambda: plugin.controller.engine_is_ready, START_LIMIT_S), form.engine.notes.texts
    form.engine.open_page()
    assert wait_until(form.engine.page.form.make_button.isEnabled, START_LIMIT_S)
    save_picture(form.engine.page, "engine_setup")
    form.engine.page.close()

    # 2. The sample.
    click(next(b for b in form.image.notes.buttons() if b.objectName() == "sample"))
    assert wait_until(lambda: form.current_layer() is not None, 30)
    sample = form.current_layer()
    iface.mapCanvas().setDestinationCrs(sample.crs())
    iface.mapCanvas().setExtent(sample.extent())

    # 3. What the run needs.
    assert wait_until(lambda: form.estimate_line.text().startswith("Needs "), START_LIMIT_S)
    settle(iface)
    save_picture(window, "dock_form")

    # 4. The run, with its preview.
    click(form.start_button)
    assert wait_until(lambda: "preview" in results() or not plugin.controller.is_running, RUN_LIMIT_S)
    settle(iface)
    save_picture(window, "dock_preview")
    assert wait_until(lambda: not plugin.controller.is_running, RUN_LIMIT_S)

    # 5. The result over the image.
    assert dock.page == "result"
    first = results()["polygons"]
    assert wait_until(lambda: not plugin.controller.is_running, 5)
    settle(iface)
    save_picture(window, "dock_result")
    dock.result.look.opacity.setValue(30)
    assert {layer.opacity() for layer in results().values()} == {0.3}

    # 6. Fewer and calmer polygons.
    again = dock.result.again
    again.setCollapsed(False)
    again.borders.minimum_area.setValue(500)
    again.borders.simplify.setValue(1)
    again.borders.smooth.setChecked(True)
    wait_until(lambda: False, 0.3)
    click(again.button)
    assert wait_until(lambda: results()["polygons"].id() != first.id(), RUN_LIMIT_S)
    calm = results()["polygons"]
    assert 0 < calm.featureCount() < first.featureCount()

    # 7. The shapefile to hand on.
    handed = tmp_path / "handed.shp"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(handed), "ESRI Shapefile (*.shp)"))
    click(dock.result.export_button)
    assert wait_until(lambda: count(handed) == calm.featureCount(), 60)

    # 8. The report.
    click(dock.result.report_button)
    assert [path.name for path in browser] == ["sample_landscape_landcover_report.html"]
    assert "data:image/png" in browser[0].read_text(encoding="utf-8")


def settle(iface):
    """Wait until the map is drawn."""
    canvas, drawn = iface.mapCanvas(), []
    canvas.mapCanvasRefreshed.connect(lambda: drawn.append(True))
    canvas.refresh()
    wait_until(lambda: drawn and not canvas.isDrawing(), 30)
    wait_until(lambda: False, 0.3)


def count(path):
    """Return how many features a file has; -1 until it is there."""
    dataset = ogr.Open(str(path)) if path.exists() else None
    return dataset.GetLayer().GetFeatureCount() if dataset is not None else -1
