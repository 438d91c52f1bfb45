"""Processing in the real desktop: the algorithm's dialog, a batch, and the window of models."""

import os
from pathlib import Path

import pytest
from desktop_steps import click, results
from qgis.core import QgsApplication, QgsPalettedRasterRenderer, QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis_fixtures import wait_until, write_raster

from uhr_landcover.ui.results.groups import group_of

RUN_LIMIT_S = 120


@pytest.fixture
def clean_project():
    yield
    QgsProject.instance().clear()


def picture(widget, name):
    assert widget.grab().save(str(Path(os.environ["UHR_DESKTOP_OUT"]) / f"{name}.png"))


def test_dialog_of_segment_runs_and_loads_styled_layers(iface, raster_layer, shoot, tmp_path, clean_project):
    import processing

    values = {"INPUT": raster_layer.id(), "OUTPUT": str(tmp_path / "made"), "DEVICE": "cpu"}
    dialog = processing.createAlgorithmDialog("uhr_landcover:segment", values)
    dialog.show()
    wait_until(lambda: False, 0.5)
    picture(dialog, "processing_dialog")

    dialog.runAlgorithm()
    assert wait_until(lambda: len(QgsProject.instance().mapLayers()) == 3, RUN_LIMIT_S)
    wait_until(lambda: False, 0.3)
    picture(dialog, "processing_log")
    dialog.close()

    made = results()
    classes, polygons = made["classes"], made["polygons"]
    assert wait_until(lambda: group_of(QgsProject.instance(), classes.id()) is not None)
    group = group_of(QgsProject.instance(), classes.id())
    assert group.name().startswith("scene · ISDNet · ")
    assert [node.layer() for node in group.findLayers()] == [polygons, classes]
    assert isinstance(classes.renderer(), QgsPalettedRasterRenderer)
    assert classes.metadata().history()
    assert polygons.renderer().classAttribute() == "class_id"
    assert polygons.featureCount() >= 1


def test_batch_classifies_every_row_and_goes_on_after_a_refusal(iface, tmp_path, clean_project):
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

    images = [write_raster(tmp_path / f"{name}.tif", width=80, height=60) for name in ("a", "b")]
    two_bands = write_raster(tmp_path / "c.tif", bands=2)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("uhr_landcover:segment")
    dialog = BatchAlgorithmDialog(algorithm, iface.mainWindow())
    panel = dialog.mainWidget()
    panel.addRow(2)
    for row, image in enumerate((images[0], two_bands, images[1])):
        panel.setRowValue(row, "INPUT", image) if hasattr(panel, "setRowValue") else fill(panel, row, "INPUT", image)
        output = panel.tblParameters.cellWidget(row + 1, panel.parameter_to_column["OUTPUT"])
        output.setValue(str(tmp_path / "made"))
    ticks = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start(100)

    dialog.runAlgorithm()
    # Newer QGIS goes through the rows in the background, 3.22 before it returns.
    assert wait_until(dialog.runButton().isEnabled, RUN_LIMIT_S)
    timer.stop()
    picture(dialog, "processing_batch")
    dialog.close()

    made = sorted(p.name for p in (tmp_path / "made").glob("*_landcover.tif"))
    assert made == ["a_landcover.tif", "b_landcover.tif"]
    assert len(ticks) > 10, "the window was frozen while the engine worked"


def fill(panel, row, name, value):
    from processing.tools import dataobjects

    wrapper = panel.wrappers[row][panel.parameter_to_column[name]]
    wrapper.setParameterValue(value, dataobjects.createContext())


def test_window_of_models(iface, plugin):
    from uhr_landcover.ui.model_store.models_dialog import open_models
    from uhr_landcover.ui.process.engine_finder import EngineFinder
    from uhr_landcover.ui.settings import PluginSettings

    dialog = open_models(iface.mainWindow(), PluginSettings(), EngineFinder(PluginSettings()))
    form = dialog.open_import()
    wait_until(lambda: False, 0.3)

    picture(dialog, "models")
    picture(form, "models_import")
    assert dialog.tree.topLevelItemCount() >= 1

    form.close()
    click(dialog.tune_button)
    assert wait_until(lambda: dialog.tuning is not None and dialog.tuning.isVisible(), 30)
    assert dialog.tuning.mainWidget().wrappers["CHECKPOINT"].parameterValue() == dialog.current().path
    picture(dialog.tuning, "processing_fine_tune")
    dialog.tuning.close()
    dialog.shut_down()
    dialog.close()
    dialog.deleteLater()
