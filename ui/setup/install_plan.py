"""How the engine's environment is made: which commands, on which Python, and what their failures mean.

Nothing is started here and no widget is touched.
"""

import os
import re
import shutil
import sys
from dataclasses import dataclass
from typing import Dict, List, Mapping, Optional, Tuple

from ..base.i18n import tr
from ..process.environment import MANAGED_ROOT, MINIMUM_PYTHON, PACKAGE_DIR, python_of
from .torch_build import TorchBuild, torch_index

REQUIREMENTS = os.path.join(PACKAGE_DIR, "resources", "requirements")
ENVIRONMENT_NAME = "env-1"
MARKER = "uhr-landcover-environment.txt"
"""Lies in every folder that the plugin made for an environment; without it a folder is somebody else's."""

DISK_NEED_GB = {"cpu": 2.0, "mps": 2.0, "cuda": 8.0}
DOWNLOAD_GB = {"cpu": 0.4, "mps": 0.4, "cuda": 3.0}
NEWEST_MINOR = 14

BASE_PROBE = """
import json, sys
from importlib.util import find_spec
print(json.dumps([list(sys.version_info[:3]), [n for n in ("venv", "ensurepip") if find_spec(n) is None]]))
"""
"""Asks a Python whether it can make environments."""


@dataclass(frozen=True)
class InstallChoice:
    """What the user chose.

    Attributes:
        base: Python that makes the environment.
        folder: Where it goes.
        build: The torch to install.
        wheels: Folder of wheels to install from, without the network; empty to download.
    """

    base: str
    folder: str
    build: TorchBuild
    wheels: str = ""

    @property
    def python(self) -> str:
        """Interpreter of the environment."""
        return python_of(self.folder)


@dataclass(frozen=True)
class Step:
    """One command on the way.

    Attributes:
        title: What it does, for people.
        commands: Tried in turn until one of them succeeds.
    """

    title: str
    commands: Tuple[Tuple[str, ...], ...]


def default_folder() -> str:
    """Return where the environment goes if nothing else is chosen; it is looked for there."""
    return os.path.join(os.path.expanduser(MANAGED_ROOT), ENVIRONMENT_NAME)


def base_candidates(path: Optional[str] = None) -> List[str]:
    """Return Pythons that may make the environment, best first; QGIS's own is the last resort and stays as it is."""
    names = [f"python3.{minor}" for minor in range(NEWEST_MINOR, MINIMUM_PYTHON[1] - 1, -1)]
    found = [shutil.which(name, path=path) for name in (*names, "python3", "python")]
    if os.name == "nt":
        found += [shutil.which("py", path=path), os.path.join(sys.base_exec_prefix, "python.exe")]
    else:
        # QGIS is often started with a shorter PATH than a terminal has.
        folders = ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", os.path.join(sys.base_exec_prefix, "bin"))
        found += [os.path.join(folder, "python3") for folder in folders]
    # Several names of one program count once; the store's stand-in on Windows is no Python.
    unique = {os.path.realpath(p): p for p in reversed(found) if p and os.path.isfile(p) and "WindowsApps" not in p}
    return list(reversed(list(unique.values())))


def base_problem(path: str, version: Tuple[int, ...], missing: Tuple[str, ...]) -> str:
    """Return why a Python cannot make the environment; empty if it can."""
    if version < MINIMUM_PYTHON:
        return tr("{path} is Python {found}; the engine needs {needed} or newer.").format(
            path=path, found=".".join(map(str, version)), needed=".".join(map(str, MINIMUM_PYTHON))
        )
    if missing:
        return tr(
            "{path} cannot make environments: it lacks {names}. On Debian and Ubuntu install the package python3-venv "
            "(sudo apt install python3-venv), then try again."
        ).format(path=path, names=", ".join(missing))
    return ""


def folder_problem(folder: str, build: TorchBuild, free_bytes: Optional[int] = None) -> str:
    """Return why the environment cannot go into a folder; empty if it can."""
    if not os.path.isabs(folder):
        return tr("“{folder}” is not a full path; choose a folder for the environment.").format(folder=folder)
    if os.path.isfile(folder):
        return tr("“{folder}” is a file; choose a folder for the environment.").format(folder=folder)
    if os.path.isdir(folder) and os.listdir(folder) and not os.path.isfile(os.path.join(folder, MARKER)):
        return tr("“{folder}” holds something else; choose an empty or a new folder.").format(folder=folder)
    free = free_space(folder) if free_bytes is None else free_bytes
    need = 0 if os.path.isfile(python_of(folder)) else DISK_NEED_GB[build.kind]
    if free < need * 1e9:
        return tr("{free} GB are free there; the environment needs about {need} GB. Free some space first.").format(
            free=f"{free / 1e9:.1f}", need=f"{need:.0f}"
        )
    return ""


def free_space(folder: str) -> int:
    """Return the free bytes where a folder is or would be made."""
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return shutil.disk_usage(folder).free


def install_steps(choice: InstallChoice, environ: Mapping[str, str]) -> List[Step]:
    """Return the commands that make the environment, in their order.

    What is there already is left alone by pip, so the same steps also finish what was interrupted.
    """
    pip = (choice.python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--prefer-binary")
    source: Tuple[str, ...] = ("--no-index", "--find-links", choice.wheels) if choice.wheels else ()
    torch = (*pip, *source, "-r", _requirement(choice.build.requirements))
    tries = [torch]
    index = torch_index(REQUIREMENTS, environ)
    if index and not choice.wheels and choice.build.requirements == "torch-cpu.txt":
        # The +cpu pin never becomes the CUDA build: where no source has it, pip says so at once.
        tries.append((*torch, "--extra-index-url", index))
    rest = (*pip, *source, "-c", _requirement("pins.txt"), "-r", _requirement("engine.txt"))
    return [
        Step(tr("Making the environment"), ((choice.base, "-I", "-m", "venv", choice.folder),)),
        # torch comes first, so that no other package can ask for a build of its own choice.
        Step(tr("Installing torch, the largest part"), tuple(tries)),
        Step(tr("Installing the other packages"), (rest,)),
    ]


def network_variables(proxy: str, excluded: str) -> Dict[str, str]:
    """Return variables that make pip use QGIS's proxy; in a command line a password could be seen."""
    if not proxy:
        return {}
    variables = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), proxy)
    return {**variables, "NO_PROXY": excluded, "no_proxy": excluded} if excluded else variables


def explain_failure(output: str, choice: InstallChoice) -> str:
    """Return one sentence for what pip or venv ended with."""
    for pattern, sentence in _causes():
        if re.search(pattern, output, re.IGNORECASE):
            return sentence
    missing = re.findall(r"No matching distribution found for ([^\s(]+)", output)
    if missing and choice.wheels:
        return tr(
            "The folder {folder} has no fitting wheel of {name}; add it, or leave the folder empty to download."
        ).format(folder=choice.wheels, name=missing[-1])
    if missing:
        return tr(
            "No package source offers {name} for this Python. Choose another Python (3.11 to 3.13 are safe), or a "
            "folder with the wheels."
        ).format(name=missing[-1])
    last = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), tr("no message"))
    return tr("It ended with: {line}").format(line=last[:300])


def _causes() -> Tuple[Tuple[str, str], ...]:
    return (
        (
            r"No space left|Errno 28|not enough space",
            tr("The disk is full. Free some space, then click again: it goes on."),
        ),
        (
            r"ensurepip is not available|No module named '?(venv|ensurepip)",
            tr("This Python cannot make environments. On Debian and Ubuntu: sudo apt install python3-venv."),
        ),
        (
            r"ProxyError|407 Proxy|Tunnel connection failed|Missing dependencies for SOCKS",
            tr("The proxy refuses. Check the proxy under Settings ▸ Options ▸ Network, then click again."),
        ),
        (
            r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerification",
            tr(
                "The certificate of the package source is not trusted, often because a firewall opens the traffic. Ask "
                "your administrator for the certificate and name it in the variable PIP_CERT."
            ),
        ),
        (
            r"Failed to establish a new connection|name resolution|getaddrinfo|Network is unreachable|ConnectTimeout"
            r"|Read timed out|NewConnectionError|Connection (refused|reset|aborted)|Max retries",
            tr("The package source cannot be reached. Check the network and click again: it goes on where it stopped."),
        ),
        (r"do not match the hashes|BadZipFile|invalid wheel", tr("A download arrived damaged. Click again.")),
        (
            r"Permission denied|Access is denied|WinError 5\b|Read-only file system",
            tr("Files cannot be written there. Choose another folder, or ask whether a virus scanner holds them."),
        ),
    )


def _requirement(name: str) -> str:
    return os.path.join(REQUIREMENTS, name)
