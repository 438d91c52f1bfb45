"""The house rules that can be read off the source: who imports whom, and what may not happen at import."""

import ast
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest
from architecture.source_tree import FILES, NAME, ROOT, read

CONTRACT = "engine/contract/"
TORCH_FILES = {"engine/system/device.py", "engine/run/predictor.py"}
STDOUT_FILES = {"engine/system/console.py", "engine/__main__.py"}
COMPILED = {"torch", "rasterio", "cv2", "shapely", "pyogrio", "safetensors", "PIL", "numpy"}
ENGINE_MAY = (COMPILED - {"torch"}) | {"affine"}
MODELS_MAY = {"torch", "numpy", "cv2", "safetensors", "PIL"}
UI_MAY = {"qgis", "osgeo", "processing"}  # the last is QGIS's own, which opens an algorithm's dialog
SOFT_LINES = 300
HARD_LINES = 600

OLD_PYTHON = [f for f in FILES if f.startswith(CONTRACT) or f in ("__init__.py", "plugin.py") or f.startswith("ui/")]
PACKAGE_INITS = [f for f in FILES if f.endswith("/__init__.py")]


def imports_of(file: str, source: str) -> Iterator[tuple[str, int]]:
    """Yield the absolute dotted name and the line of everything a file imports, at any depth."""
    package = [NAME, *PurePosixPath(file).parent.parts]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            dotted = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((f"{dotted}.{alias.name}", node.lineno) for alias in node.names)


def import_violations(file: str, source: str) -> list[str]:
    """Return a sentence for every import that the rules forbid."""
    found = []
    for name, line in imports_of(file, source):
        reason = _inside_reason(file, name) if name.split(".")[0] == NAME else _outside_reason(file, name)
        if reason:
            found.append(f"{file}:{line} imports {name}: {reason}")
    absolute = [
        f"{file}:{node.lineno}: imports inside the package are relative"
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] == NAME)
        or (isinstance(node, ast.Import) and any(a.name.split(".")[0] == NAME for a in node.names))
    ]
    return found + absolute


def _inside_reason(file: str, name: str) -> str:
    room, target = PurePosixPath(file).parts[0], name.split(".")[1:]
    other = target[0] if target else ""
    if room == "models" and other != "models":
        return "models knows nothing else of the package"
    if file.startswith(CONTRACT) and target[:2] != ["engine", "contract"]:
        return "the contract stands alone"
    if room == "engine" and other not in ("engine", "models"):
        return "engine knows itself and models"
    if room == "ui" and other != "ui" and target[:2] != ["engine", "contract"]:
        return "ui knows itself and engine.contract"
    if file == "plugin.py" and other != "ui":
        return "plugin.py knows ui"
    if file == "__init__.py" and other != "plugin":
        return "the root knows plugin.py"
    return ""


def _outside_reason(file: str, name: str) -> str:
    room, top = PurePosixPath(file).parts[0], name.split(".")[0]
    if top in sys.stdlib_module_names:
        return ""
    if top.startswith(("PyQt", "PySide")):
        return "Qt comes through qgis.PyQt"
    if file.startswith(CONTRACT):
        return "the contract takes the standard library only"
    if top == "torch" and room == "engine":
        return "" if file in TORCH_FILES else f"in engine, torch belongs to {sorted(TORCH_FILES)}"
    allowed = {"engine": ENGINE_MAY, "models": MODELS_MAY, "ui": UI_MAY, "plugin.py": UI_MAY}.get(room, set())
    return "" if top in allowed else f"{room} may import {sorted(allowed)} and the standard library"


def import_time_actions(file: str, source: str) -> list[str]:
    """Return the statements at module level that do something other than define."""
    found = []
    body = ast.parse(source).body
    own_classes = {node.name for node in body if isinstance(node, ast.ClassDef)}
    for node in body:
        if isinstance(node, (ast.For, ast.While, ast.With, ast.Try, ast.Delete)):
            found.append(f"{file}:{node.lineno}: {type(node).__name__} at module level")
        elif isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
            found.append(f"{file}:{node.lineno}: a call at module level")
        elif isinstance(node, ast.Assign) and any(_is_foreign(target, own_classes) for target in node.targets):
            found.append(f"{file}:{node.lineno}: changes another object at module level")
    return found


def _is_foreign(target: ast.expr, own_classes: set[str]) -> bool:
    # Classes that name each other can be completed after their definition only.
    return isinstance(target, (ast.Subscript, ast.Attribute)) and ast.unparse(target.value) not in own_classes


def print_calls(file: str, source: str) -> list[str]:
    """Return where a file prints or touches standard output."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            found.append(f"{file}:{node.lineno}: print")
        elif isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.stdout" and file not in STDOUT_FILES:
            found.append(f"{file}:{node.lineno}: sys.stdout")
    return found


def newer_than_python_39(file: str, source: str) -> list[str]:
    """Return what Python 3.9 would not accept in a file, as far as its syntax tree shows it."""
    try:
        tree = ast.parse(source, feature_version=(3, 9))
    except SyntaxError as error:
        return [f"{file}:{error.lineno}: {error.msg}"]
    postponed = any(isinstance(n, ast.ImportFrom) and n.module == "__future__" for n in tree.body)
    return [
        *(f"{file}:{k.value.lineno}: {k.arg}= needs 3.10" for k in _decorator_keywords(tree, {"slots", "kw_only"})),
        *(
            f"{file}:{a.lineno}: X | Y as a type needs 3.10"
            for a in _annotations(tree)
            if not postponed and _is_union(a)
        ),
    ]


def _decorator_keywords(tree: ast.Module, names: set[str]) -> Iterator[ast.keyword]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            calls = (d for d in node.decorator_list if isinstance(d, ast.Call))
            yield from (k for call in calls for k in call.keywords if k.arg in names)


def _annotations(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.AnnAssign, ast.arg)) and node.annotation is not None:
            yield node.annotation
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.returns is not None:
            yield node.returns


def _is_union(annotation: ast.expr) -> bool:
    return any(isinstance(n, ast.BinOp) and isinstance(n.op, ast.BitOr) for n in ast.walk(annotation))


@pytest.mark.parametrize("file", FILES)
def test_imports_keep_to_the_rooms(file):
    assert import_violations(file, read(file)) == []


@pytest.mark.parametrize("file", PACKAGE_INITS)
def test_package_init_holds_a_docstring_only(file):
    body = ast.parse(read(file)).body

    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)
    assert isinstance(body[0].value, ast.Constant)


def test_root_init_holds_the_lazy_class_factory_only():
    docstring, *rest = ast.parse(read("__init__.py")).body

    assert isinstance(docstring, ast.Expr)
    assert [type(node).__name__ for node in rest] == ["FunctionDef"]
    assert rest[0].name == "classFactory"


@pytest.mark.parametrize("file", OLD_PYTHON)
def test_files_that_qgis_loads_are_python_39(file):
    assert newer_than_python_39(file, read(file)) == []


@pytest.mark.parametrize("file", FILES)
def test_library_code_does_not_print(file):
    assert print_calls(file, read(file)) == []


@pytest.mark.parametrize("file", FILES)
def test_nothing_happens_at_import(file):
    assert import_time_actions(file, read(file)) == []


def test_contract_and_command_line_import_without_heavy_packages():
    script = (
        f"import sys, {NAME}, {NAME}.engine.contract.job, {NAME}.engine.contract.events, {NAME}.engine.__main__;"
        f"print(sorted(set(sys.modules) & {COMPILED!r}))"
    )

    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT.anchor, capture_output=True, text=True, check=True)

    assert loaded.stdout.strip() == "[]"


def test_files_stay_readable():
    lengths = {file: len(read(file).splitlines()) for file in FILES}

    long = {file: n for file, n in lengths.items() if n > SOFT_LINES}
    if long:
        warnings.warn(f"Files over {SOFT_LINES} lines, to be split when next touched: {long}", stacklevel=1)
    assert {file: n for file, n in lengths.items() if n > HARD_LINES} == {}


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("models/net.py", "import rasterio"),
        ("models/net.py", "from ..engine import job"),
        ("models/net.py", "def f():\n    from ..engine.contract.job import Method"),
        ("engine/tiling.py", "import torch"),
        ("engine/tiling.py", "from ..ui import dock"),
        ("engine/tiling.py", "import qgis.core"),
        ("engine/tiling.py", "from uhr_landcover.models import card"),
        ("engine/tiling.py", "import pandas"),
        ("engine/contract/events.py", "import numpy"),
        ("engine/contract/events.py", "from ..system import errors"),
        ("engine/commands/run.py", "from ...ui import dock"),
        ("ui/dock.py", "from ..engine.run import pipeline"),
        ("ui/dock.py", "from ..engine.system.errors import UhrError"),
        ("ui/dock.py", "from ..models.legend import Legend"),
        ("ui/dock.py", "try:\n    import numpy\nexcept ImportError:\n    pass"),
        ("ui/dock.py", "from PyQt5.QtCore import Qt"),
        ("plugin.py", "from .engine import job"),
        ("__init__.py", "from .ui import dock"),
    ],
)
def test_rules_find_a_forbidden_import(file, source):
    assert import_violations(file, source)


@pytest.mark.parametrize(
    ("file", "source"),
    [
        (
            "ui/dock.py",
            "from qgis.PyQt.QtCore import Qt\nfrom ..engine.contract import events, job",
        ),
        (
            "engine/commands/run.py",
            "from ..contract.job import Method\nfrom ...models.card import ModelCard\nimport rasterio",
        ),
        ("engine/system/device.py", "import torch"),
        ("models/net.py", "import torch\nfrom .blocks import ConvBlock\nfrom . import losses"),
        ("plugin.py", "from .ui.dock import Dock"),
    ],
)
def test_rules_accept_an_allowed_import(file, source):
    assert import_violations(file, source) == []


@pytest.mark.parametrize(
    "source",
    [
        "match x:\n    case 1: pass",
        "@dataclass(slots=True)\nclass A: pass",
        "def f(a: int | None): pass",
        "def f() -> int | None: pass",
    ],
)
def test_rules_find_newer_syntax(source):
    assert newer_than_python_39("ui/dock.py", source)


@pytest.mark.parametrize(
    "source", ["import os\nos.environ['A'] = '1'", "main()", "for x in y: pass", "try: import a\nexcept: a = 0"]
)
def test_rules_find_an_action_at_import(source):
    assert import_time_actions("engine/a.py", source)
