"""Unloading and loading the plugin in the real desktop leaves nothing behind."""

import os
from collections import Counter

import pytest
from qgis import utils
from qgis.core import QgsApplication, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget
from qgis_fixtures import wait_until, write_raster

NAME = "uhr_landcover"
START_LIMIT_S = 120


@pytest.fixture
def loaded():
    """Leave the plugin loaded, whatever the test did."""
    yield
    if NAME not in utils.plugins:
        utils.loadPlugin(NAME)
        utils.startPlugin(NAME)


def settle():
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    wait_until(lambda: False, 0.2)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def inventory(iface):
    window = iface.mainWindow()
    return Counter(
        docks=len([w for w in window.findChildren(QDockWidget) if "UhrLandCover" in w.objectName()]),
        actions=len([a for a in window.findChildren(QAction) if "UhrLandCover" in a.objectName()]),
        raster_menu=len(iface.rasterMenu().actions()),
        providers=len(QgsApplication.processingRegistry().providers()),
    )


def test_three_rounds_leave_nothing_behind(iface, loaded):
    counts = []
    for _ in range(3):
        assert utils.unloadPlugin(NAME)
        settle()
        counts.append(inventory(iface))
        assert utils.loadPlugin(NAME)
        assert utils.startPlugin(NAME)
        utils.plugins[NAME].action.setChecked(True)
        settle()

    assert counts[0]["docks"] == counts[0]["actions"] == 0
    assert counts[0] == counts[1] == counts[2]
    assert inventory(iface)["docks"] == 1


def test_unload_during_a_run_ends_the_engine(iface, plugin, dock, loaded, tmp_path):
    layer = QgsRasterLayer(write_raster(tmp_path / "field.tif", width=2000, height=2000), "field")
    QgsProject.instance().addMapLayer(layer)
    plugin.controller.choose_layer(layer)
    dock.form.folder.setFilePath(str(tmp_path / "results"))
    assert wait_until(lambda: plugin.controller.engine_is_ready, START_LIMIT_S)
    QTest.mouseClick(dock.form.start_button, Qt.MouseButton.LeftButton)
    assert wait_until(lambda: dock.running.bar.maximum() > 0, START_LIMIT_S)

    assert engine_children()

    assert utils.unloadPlugin(NAME)

    assert wait_until(lambda: not engine_children(), 15)
    QgsProject.instance().clear()


def engine_children():
    """Return the engine processes that this desktop has started."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as stat, open(f"/proc/{pid}/cmdline") as line:
                parent = int(stat.read().rpartition(")")[2].split()[1])
                if parent == os.getpid() and "bootstrap.py" in line.read():
                    found.append(pid)
        except OSError:
            continue
    return found
