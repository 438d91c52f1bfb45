import configparser
import os
import subprocess
import sys

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QDockWidget

from uhr_landcover import classFactory
from uhr_landcover.ui.process.environment import PACKAGE_DIR

HEAVY = ("torch", "rasterio", "cv2", "shapely", "pyogrio", "safetensors")


def test_loading_the_plugin_loads_nothing_heavy():
    """In a process of its own: what pytest or other tests have loaded must not count, nor what others compute."""
    code = (
        "import sys, time\n"
        f"sys.path.append({os.path.dirname(PACKAGE_DIR)!r})\n"
        "from qgis.core import QgsApplication\n"
        "app = QgsApplication([], True); app.initQgis()\n"
        "from unittest.mock import MagicMock\n"
        "before, start = set(sys.modules), time.process_time()\n"
        "import uhr_landcover\n"
        "from qgis.gui import QgsMapCanvas\n"
        "from qgis.PyQt.QtWidgets import QMainWindow\n"
        "iface = MagicMock(); window = QMainWindow(); iface.mainWindow.return_value = window\n"
        "canvas = QgsMapCanvas(); iface.mapCanvas.return_value = canvas\n"
        "plugin = uhr_landcover.classFactory(iface)\n"
        "plugin.initGui()\n"
        "took = time.process_time() - start\n"
        "plugin.show_dock(True)\n"
        "gained = {m.split('.')[0] for m in set(sys.modules) - before}\n"
        f"print(sorted(gained & set({HEAVY!r})), took < 1.0)\n"
        "plugin.unload()\n"
        "import os; sys.stdout.flush(); os._exit(0)\n"
    )

    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)

    assert answer.stdout.strip() == "[] True", answer.stdout + answer.stderr


@pytest.mark.parametrize("round_number", [1, 2, 3])
def test_unload_undoes_everything(qgis_iface, qgis_app, round_number):
    provider_count = len(QgsApplication.processingRegistry().providers())
    plugin = classFactory(qgis_iface)

    plugin.initGui()
    assert QgsApplication.processingRegistry().providerById("uhr_landcover") is not None
    plugin.action.setChecked(True)
    dock = plugin.dock
    assert isinstance(dock, QDockWidget)
    plugin.unload()

    assert len(QgsApplication.processingRegistry().providers()) == provider_count
    assert (plugin.dock, plugin.action, plugin.controller, plugin.provider) == (None, None, None, None)


def test_provider_works_without_an_interface(qgis_app):
    """`qgis_process` makes the plugin with no interface and calls initProcessing only."""
    plugin = classFactory(None)

    plugin.initProcessing()
    found = QgsApplication.processingRegistry().algorithmById("uhr_landcover:segment")
    plugin.unload()

    assert found is not None


def test_metadata_is_complete_and_its_icon_exists():
    parser = configparser.ConfigParser()
    parser.read(os.path.join(PACKAGE_DIR, "metadata.txt"), encoding="utf-8")
    general = dict(parser["general"])

    assert (general["qgisMinimumVersion".lower()], general["qgisMaximumVersion".lower()]) == ("3.22", "4.99")
    assert "supportsqt6" not in general
    assert general["hasprocessingprovider"] == "yes"
    assert os.path.isfile(os.path.join(PACKAGE_DIR, general["icon"]))
