"""How to make the engine's environment by hand: the commands for this machine, ready to copy."""

import os
import shlex
from typing import Optional

from qgis.core import QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from .environment import MINIMUM_PYTHON, python_of
from .i18n import tr
from .install_plan import DOWNLOAD_GB, REQUIREMENTS, default_folder
from .torch_build import TorchBuild, choose_torch_build


class AdviceTask(QgsTask):
    """Finds out which torch suits this machine; asks the NVIDIA driver, so not in the main thread.

    Signals:
        advised: (sentences, commands), in the main thread.
    """

    advised = pyqtSignal(str, str)

    def __init__(self) -> None:
        super().__init__(tr("Look for a GPU"), QgsTask.Flag.CanCancel)
        self._build: Optional[TorchBuild] = None

    def run(self) -> bool:
        """Ask the driver; called in a worker thread."""
        self._build = choose_torch_build()
        return True

    def finished(self, result: bool) -> None:
        """Tell the advice; called in the main thread."""
        if self._build is not None:
            self.advised.emit(advice_text(self._build), set_up_commands(self._build))


def advice_text(build: TorchBuild) -> str:
    """Return what the commands do, and what to know before running them."""
    text = tr(
        "These commands make the environment in a folder of its own; QGIS is not changed. They need Python {python} "
        "or newer and download {size}. Then leave “Python” empty and click “Check again”."
    ).format(
        python=".".join(str(v) for v in MINIMUM_PYTHON),
        size=tr("about {size} GB").format(size=f"{DOWNLOAD_GB[build.kind]:g}"),
    )
    if build.requirements == "torch-cpu.txt":
        text += " " + tr("If pip does not find torch, add --extra-index-url and the address of PyTorch's CPU wheels.")
    return text


def set_up_commands(build: TorchBuild) -> str:
    """Return one command a line: environment, torch, the rest."""
    folder = default_folder()
    python = _quoted(python_of(folder))
    return "\n".join(
        (
            f"{'py -3' if os.name == 'nt' else 'python3'} -m venv {_quoted(folder)}",
            f"{python} -m pip install -r {_requirement(build.requirements)}",
            f"{python} -m pip install -r {_requirement('engine.txt')} -c {_requirement('pins.txt')}",
        )
    )


def _requirement(name: str) -> str:
    return _quoted(os.path.join(REQUIREMENTS, name))


def _quoted(path: str) -> str:
    return f'"{path}"' if os.name == "nt" else shlex.quote(path)
