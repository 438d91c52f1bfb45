import os
import shlex

from qgis.core import Qgis

from uhr_landcover.ui.process.environment import find_interpreter
from uhr_landcover.ui.setup import set_up_advice
from uhr_landcover.ui.setup.torch_build import TorchBuild

CPU = TorchBuild("cpu", "torch-cpu.txt", "No NVIDIA driver was found.")
CUDA = TorchBuild("cuda", "torch-cuda.txt", "It runs.")


def test_commands_make_an_environment_that_the_plugin_then_finds(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    first, *rest = set_up_advice.set_up_commands(CPU).splitlines()

    folder = shlex.split(first)[-1]
    python = shlex.split(rest[0])[0]
    os.makedirs(os.path.dirname(python))
    open(python, "w").close()

    assert python.startswith(folder)
    assert find_interpreter("", {}, str(tmp_path)).path == python
    assert Qgis.QGIS_VERSION


def test_commands_name_files_that_are_there():
    for build in (CPU, CUDA):
        words = shlex.split(set_up_advice.set_up_commands(build).replace("\n", " "))
        files = [word for word in words if word.endswith(".txt")]
        assert len(files) == 3
        assert all(os.path.isfile(name) for name in files)


def test_commands_quote_folders_with_blanks(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "Anna O'Hara"))

    first = set_up_advice.set_up_commands(CPU).splitlines()[0]

    assert shlex.split(first)[-1].startswith(str(tmp_path / "Anna O'Hara"))
