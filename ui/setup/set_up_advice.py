"""How to make the engine's environment by hand: the commands for this machine, ready to copy."""

import os
import shlex

from ..process.environment import python_of
from .install_plan import REQUIREMENTS, default_folder
from .torch_build import TorchBuild


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
