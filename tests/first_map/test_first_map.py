"""From the zip to a map, an export and a report: in a fresh profile, by clicks, with nothing of the checkout."""

import csv
import os
import re
import sys
from pathlib import Path

import pytest
from clicking import button, click, in_window, shoot, type_into
from osgeo import gdal, ogr
from qgis import utils
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QObject, Qt, QUrl, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QListWidget, QMessageBox, QPushButton
from qgis_fixtures import wait_until

NAME = "uhr_landcover"
CHECKOUT = Path(__file__).resolve().parents[2]
HOME = Path.home()
INSTALL_LIMIT_S = 1500
RUN_LIMIT_S = 600


@pytest.fixture
def browser():
    """Return the list of addresses that QGIS hands to the browser."""
    opened = []

    class Browser(QObject):
        @pyqtSlot(QUrl)
        def open(self, url):
            opened.append(url)

    catcher = Browser()
    QDesktopServices.setUrlHandler("file", catcher, "open")
    yield opened
    QDesktopServices.unsetUrlHandler("file")


def test_map_export_and_report_come_out_by_clicks(browser):
    window = utils.iface.mainWindow()
    window.showNormal()
    window.resize(1600, 980)
    window.move(0, 0)
    assert NAME not in utils.plugins, "the profile is not fresh"
    assert not (HOME / ".uhr_landcover").exists()

    install_zip(os.environ["UHR_FIRST_MAP_ZIP"])
    plugin = utils.plugins[NAME]
    folder = Path(sys.modules[NAME].__file__).parent
    assert folder == Path(QgsApplication.qgisSettingsDirPath()) / "python" / "plugins" / NAME

    click(utils.iface.pluginToolBar().widgetForAction(plugin.action))
    dock = plugin.dock
    assert wait_until(dock.isVisible, 10)
    assert wait_until(dock.form.set_up.isVisible, 10)
    wait_until(lambda: False, 2)
    shoot("2_dock")

    make_environment(dock)
    assert wait_until(lambda: plugin.controller.engine_is_ready, 120)

    click(sample_button(dock))
    assert wait_until(lambda: dock.form.current_layer() is not None, 120)
    assert dock.form.advanced.report.isChecked()
    assert wait_until(lambda: dock.form.estimate_line.text().startswith("Needs "), 120)
    shoot("5_ready")

    click(dock.form.start_button)
    assert wait_until(lambda: engine_commands(), 60)
    commands = engine_commands()
    assert wait_until(lambda: not plugin.controller.is_running, RUN_LIMIT_S)
    shoot("6_result")
    assert all(str(folder / "engine" / "bootstrap.py") in command for command in commands), commands
    assert all(command[0].startswith(str(HOME / ".uhr_landcover")) for command in commands), commands

    results = Path(dock.form.folder_path())
    assert results.is_relative_to(HOME)
    check_map(results / "sample_landscape_landcover.tif", results / "sample_landscape_landcover_areas.csv")
    export(dock, HOME / "my_map.shp")
    assert (
        count_features(HOME / "my_map.shp") == count_features(results / "sample_landscape_landcover_polygons.gpkg") > 0
    )

    click(dock.result.report_button)
    report = results / "sample_landscape_landcover_report.html"
    assert [Path(url.toLocalFile()) for url in browser] == [report]
    assert "data:image/png" in report.read_text(encoding="utf-8")

    assert not (HOME / ".local" / "lib").exists(), "something was installed for QGIS's own Python"
    assert not mentions_of_checkout(results, folder, Path(QgsApplication.qgisSettingsDirPath()) / "QGIS")
    QgsProject.instance().clear()


def sample_button(dock):
    """Return the button in the note that offers a sample."""
    return next(b for b in dock.form.image.notes.buttons() if b.objectName() == "sample")


def install_zip(path):
    """Install the plugin from a zip in QGIS's plugin manager."""

    def choose_tab(manager):
        tabs = manager.findChild(QListWidget, "mOptionsListWidget")
        item = next(tabs.item(i) for i in range(tabs.count()) if "ZIP" in tabs.item(i).text())
        place = tabs.visualItemRect(item).center()
        QTest.mouseClick(tabs.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        return True

    def install(manager):
        field = manager.findChild(QgsFileWidget, "mZipFileWidget")
        type_into(field.findChild(QLineEdit), path)
        in_window(lambda: click(manager.findChild(QPushButton, "buttonInstallFromZip")), trust)
        return True

    def trust(question):
        """QGIS asks before each installation from a file."""
        assert isinstance(question, QMessageBox)
        click(question.button(QMessageBox.StandardButton.Yes))
        return True

    def close(manager):
        if NAME not in utils.plugins:
            return False
        shoot("1_installed")
        click(manager.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close))
        return True

    def wait_for_manager(window):
        # A window before it says that the list of plugins is fetched; without network it goes by itself.
        return window.findChild(QListWidget, "mOptionsListWidget") is not None

    in_window(utils.iface.actionManagePlugins().trigger, wait_for_manager, choose_tab, install, close)


def make_environment(dock):
    """Make the engine's environment with the plugin's window, in the folder that it offers."""
    click(dock.form.set_up.button)
    page = dock.form.engine.page
    assert wait_until(page.form.make_button.isEnabled, 60), page.form.notes.texts
    assert page.form.folder_text().startswith(str(HOME / ".uhr_landcover"))
    shoot("3_environment")
    click(page.form.make_button)
    assert wait_until(lambda: "2 of 3" in page.form.step_line.text() or not page.is_making, 120)
    shoot("3_environment_making")
    assert wait_until(lambda: not page.is_making, INSTALL_LIMIT_S)
    assert str(HOME) in " ".join(page.form.notes.texts), page.form.notes.texts
    assert wait_until(lambda: "passed" in dock.form.engine.test_line.text(), 180), dock.form.engine.notes.texts
    assert not dock.form.set_up.isVisible()
    shoot("4_environment_made")
    click(button(page, "Close"))
    assert not page.isVisible()


def export(dock, path):
    """Export the polygons as a Shapefile with the button and QGIS's dialog."""

    def name_file(dialog):
        assert isinstance(dialog, QFileDialog)
        type_into(dialog.findChild(QLineEdit, "fileNameEdit"), str(path))
        shoot("7_export")
        click(button(dialog, "Save"))
        return True

    in_window(lambda: click(dock.result.export_button), name_file)
    assert wait_until(path.exists, 60)
    wait_until(lambda: False, 1)
    shoot("8_exported")


def check_map(raster, areas):
    values = gdal.Open(str(raster)).ReadAsArray()
    classes = set(values.ravel().tolist())
    assert len(classes) >= 2
    assert classes <= set(range(7))
    with areas.open(encoding="utf-8") as file:
        assert sum(int(row["pixels"]) for row in csv.DictReader(file)) == values.size
    kinds = {layer.customProperty("uhr_landcover/result") for layer in QgsProject.instance().mapLayers().values()}
    assert kinds == {None, "classes", "polygons"}  # the scene has none


def count_features(path):
    dataset = ogr.Open(str(path))
    return dataset.GetLayer().GetFeatureCount()


def engine_commands():
    """Return the command lines of the engine's processes that this desktop has started."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
            line = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        except (OSError, ValueError):
            continue
        if parent == os.getpid() and any("bootstrap.py" in part for part in line):
            found.append(line)
    return found


def mentions_of_checkout(*folders):
    """Return the text files that name the checkout this test lies in."""
    pattern = re.compile(re.escape(str(CHECKOUT)).encode() + rb"(?![\w-])")
    kinds = (".json", ".ini", ".html", ".qml", ".csv", ".txt", ".py", ".xml", ".md")
    files = [p for folder in folders for p in folder.rglob("*") if p.suffix in kinds and p.is_file()]
    assert files
    return [str(p) for p in files if pattern.search(p.read_bytes())]
