"""The plugin without a window, as servers and scripts use it: `qgis_process` with the real engine."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from osgeo import gdal
from qgis_fixtures import write_raster

from uhr_landcover.ui.environment import PACKAGE_DIR, find_interpreter
from uhr_landcover.ui.model_info import starter_path

# Debian's wrapper of 3.22 hands over an option that the program does not know.
QGIS_PROCESS = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
ENGINE = find_interpreter("", os.environ)

pytestmark = [
    pytest.mark.skipif(QGIS_PROCESS is None, reason="qgis_process is not installed"),
    pytest.mark.skipif(ENGINE is None, reason="no engine interpreter: set UHR_ENGINE_PYTHON"),
    pytest.mark.skipif(not os.path.isfile(starter_path("isdnet")), reason="there is no ISDNet starter checkpoint"),
]


@pytest.fixture
def call(tmp_path):
    """Return a function that runs qgis_process in a fresh profile that knows the plugin."""
    plugins = tmp_path / "plugins"
    plugins.mkdir()
    (plugins / "uhr_landcover").symlink_to(os.path.realpath(PACKAGE_DIR), target_is_directory=True)
    (tmp_path / "runtime").mkdir(mode=0o700)
    environ = {
        # pytest-qgis names a profile of its own, which all tests share.
        **{name: value for name, value in os.environ.items() if name != "QGIS_CUSTOM_CONFIG_PATH"},
        "HOME": str(tmp_path),
        "QGIS_PLUGINPATH": str(plugins),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(tmp_path / "runtime"),
        "UHR_ENGINE_PYTHON": ENGINE.path,
    }

    def run(*arguments):
        return subprocess.run([QGIS_PROCESS, *arguments], capture_output=True, text=True, env=environ, timeout=240)

    assert run("plugins", "enable", "uhr_landcover").returncode == 0
    return run


def test_segment_runs_without_a_window(call, tmp_path):
    raster = write_raster(tmp_path / "field.tif", width=200, height=150)

    answer = call("run", "uhr_landcover:segment", "--json", "--", f"INPUT={raster}", f"OUTPUT={tmp_path / 'made'}")

    assert answer.returncode == 0, answer.stdout[-2000:] + answer.stderr[-2000:]
    results = json.loads(answer.stdout)["results"]
    made = gdal.Open(results["CLASSES"])
    assert (made.RasterXSize, made.RasterYSize) == (200, 150)
    assert Path(results["POLYGONS"]).is_file()
    assert Path(results["AREAS"]).is_file()


def test_refusal_is_a_sentence_and_a_status(call, tmp_path):
    raster = write_raster(tmp_path / "two.tif", bands=2)

    answer = call("run", "uhr_landcover:segment", "--", f"INPUT={raster}", f"OUTPUT={tmp_path / 'made'}")

    assert answer.returncode != 0
    assert "Bands do not fit: " in answer.stdout + answer.stderr
    assert not list((tmp_path / "made").glob("*"))
