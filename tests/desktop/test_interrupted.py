"""A run that is cancelled, shown while it grows, and taken up again, in the real desktop with the real engine."""

import pytest
from desktop_steps import RUN_LIMIT_S, START_LIMIT_S, click, make_scene, results
from qgis.core import QgsProject, QgsRasterLayer
from qgis_fixtures import wait_until

CANCEL_LIMIT_S = 20
"""Far above the two seconds that are promised: those are measured where nothing else runs."""


@pytest.fixture
def large(plugin_engine, plugin, ready, iface, tmp_path):
    """Choose an image of several tiles."""
    layer = QgsRasterLayer(str(make_scene(plugin_engine, tmp_path / "county.tif", (3400, 2300))), "county")
    QgsProject.instance().addMapLayer(layer)
    plugin.controller.choose_layer(layer)
    iface.mapCanvas().setExtent(layer.extent())
    return ready


def test_cancelled_run_is_offered_and_taken_up_again(large, plugin, iface, shoot, tmp_path):
    click(large.form.start_button)
    assert wait_until(lambda: "preview" in results(), RUN_LIMIT_S), "the map so far is not shown"
    shoot("desktop_preview")
    click(large.running.cancel_button)

    assert wait_until(lambda: not plugin.controller.is_running, CANCEL_LIMIT_S)
    assert results() == {}, "the preview is taken away"
    assert large.form.start_button.isVisible()
    left = [p for p in (tmp_path / "results").rglob("*") if p.is_file() and ".uhr-job" not in str(p)]
    assert left == []
    assert wait_until(lambda: large.form.interrupted.jobs, START_LIMIT_S)
    (job,) = large.form.interrupted.jobs
    assert 0 < job.done < job.total
    shoot("desktop_interrupted")

    click(large.form.interrupted.button(0, "resume"))

    assert wait_until(lambda: not plugin.controller.is_running, RUN_LIMIT_S)
    assert set(results()) == {"classes", "polygons"}, iface.messageBar().currentItem().text()
    (run,) = [r for r in plugin.controller.history.runs() if r.name == "county_landcover"]
    assert run.result.resumed_tiles >= job.done
    assert wait_until(lambda: large.form.interrupted.isHidden(), START_LIMIT_S)


def test_interrupted_run_can_be_thrown_away(large, plugin, tmp_path):
    click(large.form.start_button)
    assert wait_until(lambda: "preview" in results(), RUN_LIMIT_S)
    click(large.running.cancel_button)
    assert wait_until(lambda: large.form.interrupted.jobs, START_LIMIT_S)

    click(large.form.interrupted.button(0, "delete"))

    assert wait_until(lambda: not large.form.interrupted.jobs, START_LIMIT_S)
    assert list((tmp_path / "results").iterdir()) == []
