"""When ./dev accepts an environment, and which sentence it has for one that does not do."""

import sys
from pathlib import Path

import pytest

from uhr_landcover.ui.setup.torch_build import TorchBuild

TOOLS = Path(__file__).resolve().parents[2] / "tools"


@pytest.fixture
def environments(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(TOOLS))
    import environments

    monkeypatch.setattr(environments, "VENV", tmp_path)
    monkeypatch.setattr(environments, "LOG", tmp_path / "setup.log")
    monkeypatch.delenv("UHR_TORCH_INDEX", raising=False)
    return environments


def _fake_python(folder, answer):
    path = folder / "python"
    path.write_text(f"#!/bin/sh\necho '{answer}'\n")
    path.chmod(0o755)
    return path


def test_checked_interpreter_with_everything_is_accepted(environments):
    assert environments.checked_interpreter(Path(sys.executable)) == Path(sys.executable)


def test_checked_interpreter_that_lacks_packages_is_refused_by_name(environments, tmp_path):
    python = _fake_python(tmp_path, '[[3, 11], ["torch", "cv2"]]')

    with pytest.raises(environments.SetupError, match="lacks torch, cv2"):
        environments.checked_interpreter(python)


def test_checked_interpreter_too_old_is_refused(environments, tmp_path):
    with pytest.raises(environments.SetupError, match=r"Python 3\.9; the engine needs 3\.11"):
        environments.checked_interpreter(_fake_python(tmp_path, "[[3, 9], []]"))


@pytest.mark.parametrize("answer", ["", "hello", "{}"])
def test_checked_interpreter_that_is_no_python_is_refused(environments, tmp_path, answer):
    with pytest.raises(environments.SetupError, match="does not run as a Python"):
        environments.checked_interpreter(_fake_python(tmp_path, answer))


def test_checked_interpreter_that_is_not_there_is_refused(environments, tmp_path):
    with pytest.raises(environments.SetupError, match="does not run as a Python"):
        environments.checked_interpreter(tmp_path / "nothing")


def test_failed_command_shows_the_end_of_its_log_only(environments, tmp_path):
    script = "import sys; print('\\n'.join(f'line {i}' for i in range(200))); sys.exit(3)"

    with pytest.raises(environments.SetupError) as caught:
        environments.logged([sys.executable, "-c", script])

    assert "line 199" in str(caught.value)
    assert "line 100\n" not in str(caught.value)
    assert "line 100\n" in (tmp_path / "setup.log").read_text()


def test_missing_torch_without_index_says_what_to_set(environments, monkeypatch, tmp_path):
    failing = _fake_python(tmp_path, "")
    failing.write_text("#!/bin/sh\nexit 1\n")
    monkeypatch.setattr(environments, "torch_index", lambda: "")
    build = TorchBuild("cpu", "torch-cpu.txt", "")

    with pytest.raises(environments.SetupError, match=r"offers torch==2\.13\.0\+cpu.*UHR_TORCH_INDEX"):
        environments.install_torch(failing, build)


def test_missing_torch_at_an_index_that_fails_too_names_the_index(environments, monkeypatch, tmp_path):
    failing = _fake_python(tmp_path, "")
    failing.write_text("#!/bin/sh\nexit 1\n")
    monkeypatch.setenv("UHR_TORCH_INDEX", "https://wheels.example.org/cpu")

    with pytest.raises(environments.SetupError, match=r"wheels\.example\.org/cpu offers torch==2\.13\.0\+cpu.*network"):
        environments.install_torch(failing, TorchBuild("cpu", "torch-cpu.txt", ""))


def test_repository_names_an_index_for_torch(environments):
    assert environments.torch_index().startswith("https://")


def test_missing_torch_with_index_is_asked_for_there(environments, monkeypatch, tmp_path):
    asked = tmp_path / "asked"
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\necho "$@" >> {asked}\ncase "$*" in *--extra-index-url*) exit 0;; esac\nexit 1\n')
    python.chmod(0o755)
    monkeypatch.setenv("UHR_TORCH_INDEX", "https://wheels.example.org/cpu")

    environments.install_torch(python, TorchBuild("cpu", "torch-cpu.txt", ""))

    first, second = asked.read_text().splitlines()
    assert "--extra-index-url" not in first
    assert "--extra-index-url https://wheels.example.org/cpu" in second


def test_torch_index_of_the_environment_goes_before_the_file(environments, monkeypatch, tmp_path):
    (tmp_path / "torch-index.txt").write_text("# a comment\n\nhttps://stored.example.org\n")
    monkeypatch.setattr(environments, "REQUIREMENTS", tmp_path)

    assert environments.torch_index() == "https://stored.example.org"
    monkeypatch.setenv("UHR_TORCH_INDEX", "https://named.example.org")
    assert environments.torch_index() == "https://named.example.org"


def test_stamp_changes_with_the_files_it_is_made_from(environments, tmp_path):
    file = tmp_path / "requirements.txt"
    file.write_text("a==1\n")
    before = environments.stamp_of(file)
    file.write_text("a==2\n")

    assert environments.stamp_of(file) != before
