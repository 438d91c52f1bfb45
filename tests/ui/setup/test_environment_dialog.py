"""The window that makes the engine's environment: with a scripted pip, and once in earnest."""

import os
import stat
import time

import pytest
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtWidgets import QApplication, QWidget
from qgis_fixtures import wait_until

from uhr_landcover.engine.contract import events
from uhr_landcover.ui.process.engine_client import EngineClient
from uhr_landcover.ui.process.environment import child_environment, find_interpreter
from uhr_landcover.ui.settings import PluginSettings
from uhr_landcover.ui.setup import environment_dialog as environment_page
from uhr_landcover.ui.setup import install_plan, install_task
from uhr_landcover.ui.setup.environment_dialog import EnvironmentDialog
from uhr_landcover.ui.setup.environment_facts import EngineFacts
from uhr_landcover.ui.setup.install_plan import MARKER, InstallChoice
from uhr_landcover.ui.setup.install_task import BasePython
from uhr_landcover.ui.setup.torch_build import TorchBuild

CPU = TorchBuild("cpu", "torch-cpu.txt", "No NVIDIA driver was found.")
MAKES_ENVIRONMENT = """#!/bin/sh
case "$*" in
  *"-m venv"*)
    for folder; do :; done
    mkdir -p "$folder/bin" && cp "{pip}" "$folder/bin/python" && echo "venv $folder" >> "{calls}" ;;
  *find_spec*) echo '[[3, 11, 2], []]' ;;
esac
"""
FAKE_PIP = """#!/bin/sh
case "$*" in
  *"import pip"*) exit 0 ;;
  *"-m pip install"*) echo "$@ HTTPS_PROXY=$HTTPS_PROXY PYTHONPATH=$PYTHONPATH" >> "{calls}"
{body}
    exit 0 ;;
esac
exit 1
"""


def _script(path, text):
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.fixture
def calls(tmp_path):
    """Return a function that reads what venv and pip were called with."""
    path = tmp_path / "calls"
    return lambda: path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def make_base(tmp_path):
    """Return a factory of Pythons whose venv holds a pip that runs a few shell lines."""

    def make(body=""):
        pip = _script(tmp_path / "pip", FAKE_PIP.format(calls=tmp_path / "calls", body=body))
        return _script(tmp_path / "base", MAKES_ENVIRONMENT.format(pip=pip, calls=tmp_path / "calls"))

    return make


@pytest.fixture
def page(qgis_app, tmp_path, monkeypatch):
    """Return the window, not looking around by itself, with a form that is filled in by `fill`."""
    monkeypatch.setattr(EnvironmentDialog, "survey", lambda self, named="": None)
    monkeypatch.setattr(EnvironmentDialog, "look", lambda self: None)
    page = EnvironmentDialog(PluginSettings(QgsSettings()))
    page.form.folder.setFilePath(str(tmp_path / "made" / "env-1"))
    yield page
    page.cancel()
    assert wait_until(lambda: not page.is_making)
    page.deleteLater()


def _fill(page, base):
    page.form.offer([BasePython(base, (3, 11, 2), "")], CPU)
    page._check_form()


def _made(page):
    used = []
    page.interpreter_chosen.connect(used.append)
    page.make()
    assert wait_until(lambda: not page.is_making)
    return used


def test_page_makes_the_environment_and_uses_it(page, make_base, calls, tmp_path):
    _fill(page, make_base())

    used = _made(page)

    folder = tmp_path / "made" / "env-1"
    assert used == [str(folder / "bin" / "python")]
    venv, torch, rest = calls()
    assert venv == f"venv {folder}"
    assert "-r" in torch
    assert "torch-cpu.txt" in torch
    assert "pins.txt" in rest
    assert "engine.txt" in rest
    assert (folder / MARKER).is_file()
    assert "is used from now on" in page.form.notes.texts[0]


def test_failed_step_says_why_and_the_next_try_goes_on_there(page, make_base, calls, tmp_path):
    broken = tmp_path / "broken"
    broken.touch()
    body = f'case "$*" in *engine.txt*) [ ! -e "{broken}" ] || {{ echo "No space left on device" >&2; exit 1; }};; esac'
    _fill(page, make_base(body))

    used = _made(page)
    assert used == []
    assert "The disk is full" in page.form.notes.texts[0]
    assert "other packages" in page.form.notes.texts[0]
    broken.unlink()

    assert len(_made(page)) == 1
    assert [line.split()[0] == "venv" for line in calls()].count(True) == 1


def test_torch_is_asked_for_at_the_fall_back_index_when_no_source_has_it(page, make_base, calls, monkeypatch):
    monkeypatch.setenv("UHR_TORCH_INDEX", "https://wheels.example.org/cpu")
    body = (
        'case "$*" in *extra-index-url*) ;; *torch-cpu*) echo "No matching distribution found for torch"; exit 1;; esac'
    )
    _fill(page, make_base(body))

    assert len(_made(page)) == 1

    first, second = (line for line in calls() if "torch-cpu.txt" in line)
    assert "--extra-index-url" not in first
    assert "--extra-index-url https://wheels.example.org/cpu" in second


def test_folder_of_wheels_is_the_only_source(page, make_base, calls, tmp_path):
    _fill(page, make_base('echo "ERROR: No matching distribution found for torch==2.13.0+cpu"; exit 1'))
    page.form.wheels.setFilePath(str(tmp_path))

    _made(page)

    (line,) = (line for line in calls() if "pip install" in line)
    assert f"--no-index --find-links {tmp_path}" in line
    assert f"The folder {tmp_path} has no fitting wheel of torch==2.13.0+cpu" in page.form.notes.texts[0]


def test_cancel_ends_pip_at_once_and_keeps_what_is_there(page, make_base, calls, tmp_path):
    _fill(page, make_base(f'echo $$ > "{tmp_path}/pid"; exec sleep 60'))
    page.make()
    assert wait_until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip())
    assert page.form.cancel_button.isEnabled()

    started = time.monotonic()
    page.cancel()
    assert wait_until(lambda: not page.is_making, 10)

    assert time.monotonic() - started < 8
    assert not os.path.exists(f"/proc/{(tmp_path / 'pid').read_text().strip()}")
    assert (tmp_path / "made" / "env-1" / MARKER).is_file()


def test_proxy_of_qgis_reaches_pip_by_its_variables(page, make_base, calls, monkeypatch):
    monkeypatch.setattr(environment_page, "_proxy_variables", lambda: {"HTTPS_PROXY": "http://anna:pw@proxy:3128"})
    monkeypatch.setenv("PYTHONPATH", "/qgis/python")
    _fill(page, make_base())

    _made(page)

    lines = [line for line in calls() if "pip install" in line]
    assert all("HTTPS_PROXY=http://anna:pw@proxy:3128 PYTHONPATH=" in line for line in lines)
    assert not any("/qgis/python" in line or "pw@" in line.split("HTTPS_PROXY")[0] for line in lines)
    assert "pw" not in page.diagnosis()


def test_proxy_is_read_from_qgis(qgis_app, monkeypatch):
    from qgis.core import QgsNetworkAccessManager
    from qgis.PyQt.QtNetwork import QNetworkProxy

    manager = QgsNetworkAccessManager.instance()
    before = manager.fallbackProxy()
    proxy = QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "proxy.firm", 3128, "an:na", "p@w")
    try:
        manager.setFallbackProxyAndExcludes(proxy, [], [])
        assert environment_page._proxy_variables()["HTTPS_PROXY"] == "http://an%3Ana:p%40w@proxy.firm:3128"
    finally:
        manager.setFallbackProxyAndExcludes(before, [], [])


def test_pip_outside_an_environment_is_forbidden(make_base, tmp_path):
    """Whatever goes wrong, QGIS's own Python is not installed into."""
    choice = InstallChoice(make_base(), str(tmp_path / "e"), CPU)

    assert install_task.InstallTask(choice, {})._environ["PIP_REQUIRE_VIRTUALENV"] == "1"


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda p: p.mkdir() or (p / "letter.txt").write_text("mine"), "holds something else"),
        (lambda p: p.write_text("x"), "is a file"),
    ],
)
def test_folder_of_somebody_else_is_refused_and_left_alone(page, make_base, tmp_path, prepare, words):
    folder = tmp_path / "theirs"
    prepare(folder)
    before = sorted(tmp_path.rglob("*"))
    _fill(page, make_base())
    page.form.folder.setFilePath(str(folder))

    assert words in page.form.notes.texts[0]
    assert not page.form.make_button.isEnabled()
    assert set(before) <= set(tmp_path.rglob("*"))


def test_too_little_disk_is_said_before_anything_starts(page, make_base, monkeypatch):
    monkeypatch.setattr(install_plan, "free_space", lambda folder: 10**9)

    _fill(page, make_base())

    assert page.form.notes.texts == ("1.0 GB are free there; the environment needs about 2 GB. Free some space first.",)
    assert not page.form.make_button.isEnabled()


def test_sizes_are_said_before_it_starts(page, make_base):
    _fill(page, make_base())

    assert "Downloads about 0.4 GB and takes about 2 GB of disk" in page.form.size_line.text()
    page.form.device.setCurrentIndex(page.form.device.findData("cuda"))
    assert "Downloads about 3 GB and takes about 8 GB of disk" in page.form.size_line.text()
    assert page.form.choice().build.requirements == "torch-cuda.txt"


def test_python_without_venv_says_which_package_to_install(page, tmp_path, qgis_app):
    base = _script(tmp_path / "base", "#!/bin/sh\necho '[[3, 11, 2], [\"ensurepip\"]]'\n")
    task = install_task.SurveyTask({"PATH": str(tmp_path)}, base)
    task.run()
    pythons, _ = task._answer
    page.form.offer([python for python in pythons if python.path == base], CPU)
    page._check_form()

    assert "python3-venv" in page.form.notes.texts[0]
    assert not page.form.make_button.isEnabled()


def test_closing_the_panel_ends_the_work(qgis_app, make_base, tmp_path):
    parent = QWidget()
    page = EnvironmentDialog(PluginSettings(QgsSettings()), parent)
    page.form.folder.setFilePath(str(tmp_path / "env"))
    _fill(page, make_base(f'echo $$ > "{tmp_path}/pid"; exec sleep 60'))
    page.make()
    assert wait_until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip())

    parent.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert wait_until(lambda: not os.path.exists(f"/proc/{(tmp_path / 'pid').read_text().strip()}"), 10)


def test_page_shows_the_engine_in_use_with_its_devices(qgis_app, fake_child, monkeypatch):
    python = fake_child("")
    monkeypatch.setattr(PluginSettings, "engine_python", python)
    page = EnvironmentDialog(PluginSettings(QgsSettings()))

    page.look()

    assert wait_until(lambda: page.now.labels[-1].text() == "passed"), [x.text() for x in page.now.labels]
    texts = [label.text() for label in page.now.labels]
    assert texts[:3] == [python, "your choice", "3.11.2"]
    assert texts[4] == "CPU, 2 cores, Fake GPU, 8 GB"
    assert "Self-test: passed" in page.diagnosis()
    page.deleteLater()


@pytest.mark.slow
def test_a_real_environment_is_made_and_passes_the_engines_test(qgis_app, tmp_path):
    """With pip as it is configured on this machine; downloads where it has to."""
    page = EnvironmentDialog(PluginSettings(QgsSettings()))
    page.form.folder.setFilePath(str(tmp_path / "env-1"))
    survey = install_task.SurveyTask(child_environment(os.environ))
    survey.run()
    page.form.offer(*survey._answer)
    page._check_form()
    assert page.form.make_button.isEnabled(), page.form.notes.texts
    used = []
    page.interpreter_chosen.connect(used.append)

    page.make()

    assert wait_until(lambda: not page.is_making, 1500)
    assert used, page.form.notes.texts
    python = find_interpreter(used[0], {})
    outcome = EngineClient(python.path, child_environment(os.environ)).run(["check"], lambda event: None, lambda: False)
    assert isinstance(outcome, events.Result), outcome
    assert "torch 2." in EngineFacts(check=outcome.data).versions
    page.deleteLater()
