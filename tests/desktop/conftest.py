"""Fixtures for tests inside the real desktop; elsewhere these tests are left out, with the reason."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
IN_DESKTOP = "UHR_DESKTOP_SITE" in os.environ
collect_ignore_glob = [] if IN_DESKTOP else ["test_*.py"]
sys.path.append(str(ROOT / "tests" / "support"))


def pytest_report_header():
    if not IN_DESKTOP:
        return "desktop tests: left out (run them with: bash tests/desktop/run.sh)"
    from qgis.core import Qgis

    return f"QGIS desktop {Qgis.QGIS_VERSION}, engine {os.environ.get('UHR_ENGINE_PYTHON', 'found by the plugin')}"


sys.path.append(str(ROOT / "tests" / "desktop"))
if IN_DESKTOP:
    from desktop_steps import layer, ready, scene  # noqa: F401 - fixtures of these tests
    from qgis_fixtures import *  # noqa: F403 - fixtures shared with tests/ui


@pytest.fixture
def iface():
    from qgis.utils import iface

    return iface


@pytest.fixture
def plugin():
    from qgis.utils import plugins

    assert "uhr_landcover" in plugins, "QGIS did not load the plugin"
    return plugins["uhr_landcover"]


@pytest.fixture
def dock(plugin):
    from qgis.PyQt.QtWidgets import QDockWidget

    plugin.action.setChecked(True)
    # For work on the plugin while there is no starter: another checkpoint, named from outside.
    plugin.dock.form.model.choose("isdnet", os.environ.get("UHR_DESKTOP_CHECKPOINT", ""))
    plugin.dock.show_page("form")
    for other in plugin.dock.parent().findChildren(QDockWidget):
        if type(other).__name__ == "ResultsDock":
            other.hide()  # opened by Processing in another test, it takes the room
    yield plugin.dock
    if plugin.action is not None:  # a test may have unloaded the plugin
        plugin.action.setChecked(False)


@pytest.fixture(scope="session")
def plugin_engine():
    """Return the interpreter that the plugin finds for the engine."""
    from uhr_landcover.ui.process.environment import find_interpreter

    found = find_interpreter("", os.environ)
    assert found is not None, "no engine interpreter; set UHR_ENGINE_PYTHON"
    return found.path


@pytest.fixture
def shoot(iface):
    """Return a function that saves a picture of the window to out/<name>.png when the map is drawn."""
    from qgis_fixtures import wait_until

    def save(name):
        canvas, drawn = iface.mapCanvas(), []
        canvas.mapCanvasRefreshed.connect(lambda: drawn.append(True))
        canvas.refresh()
        wait_until(lambda: drawn and not canvas.isDrawing(), 30)
        wait_until(lambda: False, 0.3)
        path = Path(os.environ["UHR_DESKTOP_OUT"]) / f"{name}.png"
        assert iface.mainWindow().grab().save(str(path))
        return path

    return save


@pytest.fixture(autouse=True, scope="session")
def _window():
    if IN_DESKTOP:
        from qgis.utils import iface

        iface.mainWindow().showNormal()
        # For a look at a small screen: UHR_DESKTOP_WINDOW=1280x690.
        width, _, height = os.environ.get("UHR_DESKTOP_WINDOW", "1600x980").partition("x")
        iface.mainWindow().resize(int(width), int(height))
        iface.mainWindow().move(0, 0)
