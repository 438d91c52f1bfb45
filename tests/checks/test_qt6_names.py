"""Every Qt class and enum that the plugin names exists in Qt 6; no QGIS on Qt 6 is needed for that.

`qgis.PyQt` is played by PyQt6 itself, and the Qgs classes by stand-ins. What this cannot see are methods of objects:
the plugin is prepared for QGIS 4, not run there.
"""

import ast
import importlib
import sys
import types
from pathlib import Path

import pytest

QtCore = pytest.importorskip("PyQt6.QtCore", reason="needs PyQt6 and its system libraries", exc_type=ImportError)
QtWidgets = pytest.importorskip("PyQt6.QtWidgets", reason="needs PyQt6 and its system libraries", exc_type=ImportError)

ROOT = Path(__file__).resolve().parents[2]
FILES = [ROOT / "plugin.py", *sorted((ROOT / "ui").rglob("*.py"))]
MOVED = {"QtWidgets": {"QAction", "QActionGroup", "QShortcut"}}
"""What lies elsewhere in Qt 6 and is still found here by QGIS's own qgis.PyQt."""

OLD_METHODS = {"exec_", "print_", "setMargin", "desktop", "setTabStopWidth"}
BASES = {
    "QgsCollapsibleGroupBox": QtWidgets.QGroupBox,
    "QgsDockWidget": QtWidgets.QDockWidget,
    "QgsMapTool": QtCore.QObject,
    "QgsScrollArea": QtWidgets.QScrollArea,
    "QgsTask": QtCore.QObject,
}
"""Stand-ins whose subclasses declare signals, which only classes of Qt may."""


def resolve(module, chain):
    """Return what is missing of `Class.Enum.Member` in a module of PyQt6; None if all is there."""
    found = importlib.import_module("PyQt6.QtGui" if chain[0] in MOVED.get(module, ()) else f"PyQt6.{module}")
    for name in chain:
        if not hasattr(found, name):
            return name
        found = getattr(found, name)
    return None


def imported_from_qt(tree):
    """Return the names a file imports from qgis.PyQt, with their modules."""
    return {
        alias.asname or alias.name: (node.module.split(".")[-1], alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis.PyQt.")
        for alias in node.names
    }


def chains(tree):
    """Return every dotted name in a file, longest forms included."""
    for node in ast.walk(tree):
        parts, part = [], node
        while isinstance(part, ast.Attribute):
            parts.append(part.attr)
            part = part.value
        if isinstance(part, ast.Name):
            yield node.lineno, [part.id, *reversed(parts)]


def unresolved(text):
    """Return what a file's text names of Qt that Qt 6 does not have."""
    tree = ast.parse(text)
    names = imported_from_qt(tree)
    missing = [f"{name} in {module}" for module, name in names.values() if resolve(module, [name])]
    for line, chain in chains(tree):
        if chain[0] in names and chain[0] not in ("pyqtSignal", "pyqtSlot"):
            module, name = names[chain[0]]
            lost = resolve(module, [name, *chain[1:]])
            if lost:
                missing.append(f"line {line}: {'.'.join(chain)} ({lost})")
    return missing


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_qt_name_exists_in_qt_6(path):
    assert unresolved(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_method_is_called_that_qt_6_dropped(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {n.func.attr for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)}

    assert called & OLD_METHODS == set()


@pytest.mark.parametrize(
    "text",
    [
        "from qgis.PyQt.QtCore import Qt\nx = Qt.AlignLeft\n",
        "from qgis.PyQt.QtCore import QRegExp\n",
        "from qgis.PyQt.QtWidgets import QSizePolicy\nx = QSizePolicy.Expanding\n",
        "from qgis.PyQt.QtGui import QFontMetrics\nx = QFontMetrics.width\n",
    ],
    ids=["unscoped enum of Qt", "dropped class", "unscoped enum of a class", "dropped method"],
)
def test_names_that_qt_6_does_not_have_are_found(text):
    assert len(unresolved(text)) == 1


def test_every_module_is_imported_with_qt_6(qgis_on_qt6):
    for path in FILES:
        name = f"uhr_landcover.{path.relative_to(ROOT).with_suffix('').as_posix().replace('/', '.')}"
        importlib.import_module(name)

    assert sys.modules["uhr_landcover.ui.dock"].LandCoverDock.__mro__[1].__name__ == "QgsDockWidget"


class _Member:
    """An enum member, a flag or a function of a Qgs class: whatever is done with it gives another."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Member()

    def __call__(self, *_, **__):
        return _Member()

    def __or__(self, other):
        return self

    def __hash__(self):
        return id(self)


class _StandInMeta(type(QtCore.QObject)):
    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Member()


class _QgisModule(types.ModuleType):
    """A module of QGIS in which every class exists."""

    __path__ = ()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = _StandInMeta(name, (BASES.get(name, QtCore.QObject),), {})
        setattr(self, name, made)
        return made


@pytest.fixture
def qgis_on_qt6(monkeypatch, tmp_path):
    """Let `qgis.PyQt` be PyQt6 and everything else of QGIS stand-ins, for one test."""
    (tmp_path / "uhr_landcover").symlink_to(ROOT, target_is_directory=True)
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("qgis", "qgis.core", "qgis.gui", "qgis.utils", "qgis.analysis", "osgeo", "processing"):
        monkeypatch.setitem(sys.modules, name, _QgisModule(name))
    pyqt = types.ModuleType("qgis.PyQt")
    pyqt.sip = importlib.import_module("PyQt6.sip")
    monkeypatch.setitem(sys.modules, "qgis.PyQt", pyqt)
    for module in ("QtCore", "QtGui", "QtNetwork", "QtWidgets", "QtXml", "QtSvg"):
        shim = types.ModuleType(f"qgis.PyQt.{module}")
        shim.__dict__.update(importlib.import_module(f"PyQt6.{module}").__dict__)
        for name in MOVED.get(module, ()):
            setattr(shim, name, getattr(importlib.import_module("PyQt6.QtGui"), name))
        monkeypatch.setitem(sys.modules, f"qgis.PyQt.{module}", shim)
    yield
    for name in [n for n in sys.modules if n.split(".")[0] == "uhr_landcover"]:
        monkeypatch.delitem(sys.modules, name)
