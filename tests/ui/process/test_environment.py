import os
import sys

import pytest

from uhr_landcover.ui.process import environment
from uhr_landcover.ui.process.environment import EngineStatus, Interpreter, child_environment, find_interpreter


def test_child_environment_drops_what_qgis_sets_and_keeps_the_rest():
    given = {
        "PYTHONHOME": "/qgis",
        "PYTHONPATH": "/qgis",
        "PROJ_LIB": "/qgis/proj",
        "PROJ_DATA": "/qgis/proj",
        "GDAL_DATA": "/qgis/gdal",
        "LD_LIBRARY_PATH": "/qgis/lib",
        "DYLD_FALLBACK_LIBRARY_PATH": "/qgis/lib",
        "QT_QPA_PLATFORM_PLUGIN_PATH": "/qgis/qt",
        "QGIS_PREFIX_PATH": "/qgis",
        "VIRTUAL_ENV": "/venv",
        "HOME": "/home/a",
        "PATH": "/usr/bin",
        "CUDA_VISIBLE_DEVICES": "1",
    }

    cleaned = child_environment(given)

    assert {k for k in cleaned if k in given} == {"HOME", "PATH", "CUDA_VISIBLE_DEVICES"}
    assert cleaned["PYTHONIOENCODING"] == "utf-8"
    assert cleaned["PYTHONNOUSERSITE"] == "1"


def test_child_environment_of_a_bundled_qgis_takes_its_folders_from_path():
    path = os.pathsep.join([os.path.join("/opt/qgis", "bin"), "/usr/bin", "/opt/qgis-other/bin"])

    cleaned = child_environment({"PATH": path}, qgis_root="/opt/qgis")

    assert cleaned["PATH"].split(os.pathsep) == ["/usr/bin", "/opt/qgis-other/bin"]


def test_find_interpreter_prefers_choice_then_variable_then_development(tmp_path, monkeypatch):
    development = tmp_path / ".venv" / "engine" / "bin" / "python"
    development.parent.mkdir(parents=True)
    development.touch()
    monkeypatch.setattr(environment, "MANAGED_ROOT", str(tmp_path / "none"))
    variable = {"UHR_ENGINE_PYTHON": "/variable/python"}

    found = [
        find_interpreter("/chosen/python", variable, str(tmp_path)),
        find_interpreter("", variable, str(tmp_path)),
        find_interpreter("", {}, str(tmp_path)),
        find_interpreter("", {}, str(tmp_path / "elsewhere")),
    ]

    assert found == [
        Interpreter("/chosen/python", "setting"),
        Interpreter("/variable/python", "variable"),
        Interpreter(str(development), "development"),
        None,
    ]


def test_find_interpreter_takes_the_managed_environment(tmp_path, monkeypatch):
    python = tmp_path / "env-12ab" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(environment, "MANAGED_ROOT", str(tmp_path))

    found = find_interpreter("", {}, str(tmp_path / "plugin"))

    assert found == Interpreter(str(python), "managed")


@pytest.mark.parametrize(
    ("status", "ready"),
    [
        (EngineStatus(Interpreter("p", "setting"), (3, 11, 0)), True),
        (EngineStatus(Interpreter("p", "setting"), (3, 10, 9)), False),
        (EngineStatus(Interpreter("p", "setting"), (3, 12, 0), missing=("torch",)), False),
        (EngineStatus(error="none"), False),
    ],
    ids=["fit", "python too old", "module missing", "no interpreter"],
)
def test_engine_status_is_ready(status, ready):
    assert status.is_ready is ready


def test_the_interpreter_is_never_the_running_one_by_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "MANAGED_ROOT", str(tmp_path / "none"))

    assert find_interpreter("", {}, str(tmp_path)) is None
    assert sys.executable not in environment.engine_command("/engine/python", ["check"])
