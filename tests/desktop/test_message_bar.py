"""Buttons in QGIS's message bar after the project has changed under them: the way on which QGIS once crashed."""

import pytest
from desktop_steps import results
from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QPushButton
from qgis_fixtures import wait_until, write_result

from uhr_landcover.engine.contract.job import JobResult, OutputSpec, SegmentationJob

ROUNDS = 50


@pytest.fixture
def finished(tmp_path):
    """Return job and result of a run whose files are there."""
    result = JobResult.from_dict(write_result(tmp_path))
    return SegmentationJob(raster=str(tmp_path / "scene.tif"), output=OutputSpec(directory=str(tmp_path))), result


def test_results_of_a_run_are_added_to_another_project_fifty_times(dock, plugin, iface, finished):
    job, result = finished
    project, bar = QgsProject.instance(), iface.messageBar()
    for number in range(ROUNDS):
        plugin.controller.results.show(result, job, None, in_this_project=False)
        item = bar.currentItem()
        project.clear()
        button = item.findChild(QPushButton)

        button.click()
        button.click()
        assert wait_until(lambda: set(results()) == {"classes", "polygons"}, 10), number

        for layer in results().values():
            project.removeMapLayer(layer.id())
        if number % 2:
            iface.newProject(False)
        wait_until(lambda: False, 0.02)
    assert results() == {}
    bar.clearWidgets()
