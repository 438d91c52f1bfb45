"""What is known about the engine: its interpreter, its versions, its devices, its test of itself."""

import platform
import shutil
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import Qgis
from qgis.PyQt.QtCore import QT_VERSION_STR

from ..base.i18n import tr
from ..process.environment import EngineStatus
from .diagnosis import system_line
from .install_plan import free_space
from .torch_build import TorchBuild

NOTHING = "–"
"""Stands where nothing is known."""


@dataclass(frozen=True)
class EngineFacts:
    """What was found out so far.

    Attributes:
        status: What the interpreter answered; None while it is asked.
        finding: What is missing; empty if nothing is.
        check: What the engine's command `check` found; None before it answered.
        test_failure: Why the test failed; empty if it did not.
    """

    status: Optional[EngineStatus] = None
    finding: str = ""
    check: Optional[Dict[str, Any]] = None
    test_failure: str = ""

    @property
    def versions(self) -> str:
        """Versions of the packages, in one line."""
        found = (self.check or {}).get("packages") or {}
        return ", ".join(f"{name} {version}" for name, version in found.items() if version)

    @property
    def devices(self) -> str:
        """Titles of the devices, in one line."""
        return ", ".join(str(d["title"]) for d in (self.check or {}).get("devices", ()))


def rows(facts: EngineFacts) -> List[Tuple[str, str]]:
    """Return (title, text) pairs for people."""
    status = facts.status
    path = status.interpreter.path if status and status.interpreter else tr("none")
    version = ".".join(map(str, status.python)) if status and status.python else NOTHING
    if facts.test_failure:
        test = facts.test_failure
    elif facts.check is not None:
        test = tr("passed")
    else:
        test = tr("Testing …") if status and status.is_ready else NOTHING
    return [
        (tr("Python"), path),
        (tr("Found by"), _origin(status)),
        (tr("Version"), version),
        (tr("Packages"), facts.finding or facts.versions or NOTHING),
        (tr("Devices"), facts.devices or NOTHING),
        (tr("Self-test"), test),
    ]


def facts_for_report(
    facts: EngineFacts, build: Optional[TorchBuild], folder: str, has_proxy: bool
) -> List[Tuple[str, str]]:
    """Return (name, value) pairs for a report of a fault; in English, whoever reads it."""
    status = facts.status
    interpreter = status.interpreter if status else None
    return [
        ("QGIS", f"{Qgis.QGIS_VERSION}, Qt {QT_VERSION_STR}, Python {platform.python_version()}"),
        ("System", system_line()),
        ("Engine's Python", interpreter.path if interpreter else "none"),
        ("Found by", interpreter.origin if interpreter else "-"),
        ("Version", ".".join(map(str, status.python)) if status and status.python else "-"),
        ("Missing", ", ".join(status.missing) if status and status.missing else "nothing"),
        ("Error", status.error if status and status.error else "none"),
        ("Packages", facts.versions or "-"),
        ("Devices", facts.devices or "-"),
        ("Self-test", facts.test_failure or ("passed" if facts.check is not None else "not run")),
        ("Torch build", f"{build.kind}: {build.reason}" if build else "-"),
        ("Environment folder", folder),
        ("Free there", f"{free_space(folder) / 1e9:.1f} GB" if folder else "-"),
        ("Proxy from QGIS", "yes" if has_proxy else "no"),
        ("pip in PATH", "yes" if shutil.which("pip") or shutil.which("pip3") else "no"),
    ]


def _origin(status: Optional[EngineStatus]) -> str:
    origins = {
        "setting": tr("your choice"),
        "variable": tr("the variable UHR_ENGINE_PYTHON"),
        "development": tr("the plugin's development folder"),
        "managed": tr("the folder made for it"),
    }
    return origins.get(status.interpreter.origin, NOTHING) if status and status.interpreter else NOTHING
