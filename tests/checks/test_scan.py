"""The plugin's zip under the scanners of QGIS's plugin site: every rule, no configuration, no finding."""

import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("bandit", reason="runs in the environment of the package's checks (./dev test)")

ROOT = Path(__file__).resolve().parents[2]
KEY = "AKIA" + "ZQ3DSIQ5KVT7WM2L"


@pytest.fixture
def tools(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import package
    import package_check

    return package, package_check


def test_the_package_of_this_commit_has_no_findings(tools, tmp_path):
    package, package_check = tools

    assert package_check.scan_findings(package.build(tmp_path), sys.executable) == []


def test_every_scanner_finds_what_it_is_there_for(tools, tmp_path):
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bad/__init__.py", "import pickle\nassert pickle\nprint(undefined_name)\n")
        archive.writestr("bad/notes.txt", f'key = "{KEY}"\n')

    found = tools[1].scan_findings(path, sys.executable)

    assert [text.split()[0] for text in found] == ["bandit", "bandit", "detect-secrets", "flake8"]
    assert "B403" in found[0]
    assert "B101" in found[1]
    assert "notes.txt:1: AWS Access Key" in found[2]
    assert "F821" in found[3]
