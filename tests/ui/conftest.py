"""Fixtures for tests against real PyQGIS, offscreen; skipped, with the reason, where there is none."""

import importlib
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = ROOT / ".venv" / "plugins"
NEEDS_QGIS = "needs PyQGIS: run with .venv/host/bin/python and QT_QPA_PLATFORM=offscreen"

# The UI tests' environment has no installation of the package: they load it as QGIS does, by folder.
PLUGINS.mkdir(parents=True, exist_ok=True)
if not (PLUGINS / "uhr_landcover").exists():
    (PLUGINS / "uhr_landcover").symlink_to(ROOT, target_is_directory=True)
if importlib.util.find_spec("uhr_landcover") is None:
    sys.path.append(str(PLUGINS))
sys.path.append(str(ROOT / "tests" / "support"))

HAS_QGIS = importlib.util.find_spec("qgis") is not None
collect_ignore = (
    []
    if HAS_QGIS
    else [
        str(p.relative_to(Path(__file__).parent))
        for p in Path(__file__).parent.rglob("test_*.py")
        if "qgis" in p.read_text()
    ]
)


def pytest_report_header():
    if not HAS_QGIS:
        return f"QGIS: none, {len(collect_ignore)} files left out ({NEEDS_QGIS})"
    from qgis.core import Qgis

    return f"QGIS {Qgis.QGIS_VERSION}, platform {os.environ.get('QT_QPA_PLATFORM', 'default')}"


if HAS_QGIS:
    from qgis_fixtures import *  # noqa: F403 - fixtures shared with the desktop tests
    from tile_service import tile_server  # noqa: F401 - a fixture


@pytest.fixture
def fake_child(tmp_path):
    """Return a factory of engine interpreters that play a script of protocol lines."""
    from fake_engine import write_fake_python

    return lambda body: write_fake_python(tmp_path, body)
