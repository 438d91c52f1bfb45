"""Where the engine's Python is, and what it needs to run undisturbed by QGIS.

Standard library only. `sys.executable` is never the answer: inside QGIS it names QGIS itself or
another Python than the one that runs.
"""

import glob
import os
from dataclasses import dataclass
from typing import Dict, List, Mapping, Optional, Tuple

PACKAGE_DIR = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BOOTSTRAP = os.path.join(PACKAGE_DIR, "engine", "bootstrap.py")
ENGINE_PYTHON_VARIABLE = "UHR_ENGINE_PYTHON"
MANAGED_ROOT = "~/.uhr_landcover"
MINIMUM_PYTHON = (3, 11)
MODULES = ("torch", "numpy", "rasterio", "shapely", "pyogrio", "cv2", "safetensors", "PIL")

# What QGIS, its launchers and its bundles set for themselves. rasterio obeys PROJ and GDAL variables
# and would read QGIS's databases, which have another layout; Python and library paths mix two worlds.
_DROPPED = frozenset(
    {
        "VIRTUAL_ENV",
        "CONDA_PREFIX",
        "PIP_USER",
        "PIP_TARGET",
        "PIP_PREFIX",
        "PROJ_DATA",
        "PROJ_LIB",
        "GDAL_DATA",
        "GDAL_DRIVER_PATH",
        "GDAL_PYTHON_DRIVER_PATH",
        "LD_LIBRARY_PATH",
        "LD_PRELOAD",
        "SSL_CERT_FILE",
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
        "QT_PLUGIN_PATH",
        "QT_QPA_PLATFORM_PLUGIN_PATH",
    }
)
_DROPPED_PREFIXES = ("PYTHON", "QGIS_", "DYLD_")
_SET = {"PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1", "PYTHONSAFEPATH": "1", "PYTHONNOUSERSITE": "1"}

PROBE = """
import sys, json
from importlib.util import find_spec
names = sys.argv[1:]
print(json.dumps({"python": list(sys.version_info[:3]), "missing": [n for n in names if find_spec(n) is None]}))
"""
"""Asks an interpreter what it has, without importing anything heavy; runs in old Pythons too."""


@dataclass(frozen=True)
class Interpreter:
    """A Python that may run the engine.

    Attributes:
        path: Absolute path of the executable.
        origin: Where it was found: "setting", "variable", "development" or "managed".
    """

    path: str
    origin: str


@dataclass(frozen=True)
class EngineStatus:
    """Whether the engine can run.

    Attributes:
        interpreter: The interpreter looked at; None if there is none.
        python: Its version, e.g. (3, 11, 2); empty if it did not answer.
        missing: Modules it lacks.
        error: Why it did not answer; empty if it did.
    """

    interpreter: Optional[Interpreter] = None
    python: Tuple[int, ...] = ()
    missing: Tuple[str, ...] = ()
    error: str = ""

    @property
    def is_ready(self) -> bool:
        """True if interpreter, version and modules are all there."""
        return bool(self.python) and self.python >= MINIMUM_PYTHON and not self.missing and not self.error


def find_interpreter(chosen: str, environ: Mapping[str, str], package_dir: str = PACKAGE_DIR) -> Optional[Interpreter]:
    """Return the first interpreter there is: the user's choice, then the variable, then known places.

    A choice that does not exist is not passed over silently: it is returned, and the probe reports it.
    """
    if chosen:
        return Interpreter(os.path.abspath(os.path.expanduser(chosen)), "setting")
    named = environ.get(ENGINE_PYTHON_VARIABLE, "")
    if named:
        return Interpreter(os.path.abspath(os.path.expanduser(named)), "variable")
    development = python_of(os.path.join(os.path.realpath(package_dir), ".venv", "engine"))
    if os.path.isfile(development):
        return Interpreter(development, "development")
    for folder in sorted(glob.glob(os.path.join(os.path.expanduser(MANAGED_ROOT), "env-*")), reverse=True):
        if os.path.isfile(python_of(folder)):
            return Interpreter(python_of(folder), "managed")
    return None


def probe_command(interpreter: Interpreter) -> List[str]:
    """Return the command whose output `read_probe` understands."""
    return [interpreter.path, "-I", "-c", PROBE, *MODULES]


def engine_command(python: str, arguments: List[str]) -> List[str]:
    """Return the command that starts the engine as a child that speaks JSON lines."""
    # -I: neither the current folder, nor PYTHON variables, nor the user's site get onto sys.path.
    return [python, "-I", "-X", "utf8", "-u", BOOTSTRAP, "--json", "--listen", *arguments]


def child_environment(environ: Mapping[str, str], qgis_root: str = "") -> Dict[str, str]:
    """Return a copy of an environment without what QGIS sets for itself.

    Args:
        environ: Environment of the QGIS process.
        qgis_root: Folder of a QGIS that brings its own libraries (Windows, macOS): it leaves PATH.
    """
    kept = {
        name: value
        for name, value in environ.items()
        if name.upper() not in _DROPPED and not name.upper().startswith(_DROPPED_PREFIXES)
    }
    if qgis_root:
        for name in [n for n in kept if n.upper() == "PATH"]:
            kept[name] = os.pathsep.join(p for p in kept[name].split(os.pathsep) if not _is_below(p, qgis_root))
    kept.update(_SET)
    return kept


def python_of(folder: str) -> str:
    """Return the interpreter of a virtual environment."""
    return os.path.join(folder, "Scripts", "python.exe") if os.name == "nt" else os.path.join(folder, "bin", "python")


def _is_below(path: str, root: str) -> bool:
    norm = os.path.normcase(os.path.normpath(path))
    root = os.path.normcase(os.path.normpath(root))
    return norm == root or norm.startswith(root.rstrip(os.sep) + os.sep)
