"""One owner each: shared names, renaming files, the words of the field; functions and files that can be read."""

import ast
import re
from collections.abc import Iterator

import pytest
from architecture.source_tree import FILES, MODULES, NAME, ROOT, folder_of, imports_of, read, tree_of

NAMES = "engine/contract/names.py"
GENERIC = {".tif", ".qml", ".sld", "_polygons", "_landcover"}
"""Endings and parts that other things have too; only the longer names made of them tell whose they are."""

RENAMERS = {
    "engine/system/files.py": "the engine's writer of whole files",
    "models/files.py": "the networks' writer of whole files, since they know nothing of the engine",
    "models/training/record/saved_state.py": "keeps the state before the last one by renaming it",
    "engine/run/checks.py": "tries whether a result can be replaced, by renaming it to its own name",
    # Still to be brought together:
    "ui/assess/labels/label_file.py": "",
    "ui/image/raster_export.py": "",
    "ui/image/sample.py": "",
    "ui/model_store/import_form.py": "",
    "ui/model_store/store.py": "",
    "ui/results/export.py": "",
    "ui/runs/history.py": "",
    "ui/teach/example_layer.py": "",
}

MOST_PARAMETERS = 7
MANY_PARAMETERS = {
    ("engine/coverage/polygonize.py", "polygonize"): 8,
    ("engine/plan/presets.py", "plan_execution"): 9,
    ("engine/tiles/tiling.py", "plan_axis"): 8,
    ("engine/tiles/tiling.py", "plan_tiles"): 11,
    ("engine/training/training_data.py", "prepare_chips"): 8,
    ("models/inference/form.py", "trace_classify"): 10,
    ("models/inference/timing.py", "time_network"): 8,
    ("models/onnx/network.py", "__init__"): 9,
    ("models/training/evaluate.py", "evaluate_scenes"): 9,
    ("models/training/loop.py", "train"): 8,
    ("models/training/samples.py", "__init__"): 8,
}
"""Functions that take more, and how many. The list may only shrink."""

SHARED_NAMES_LEFT = {
    ("ui/process/task.py", "job.json"),
}
"""Literals of shared names that still stand elsewhere. The list may only shrink."""

PATH = re.compile(r"(?<![\w/.<{:\-*~])([a-z_]\w*(?:/[\w.-]+)*\.(?:py|md|toml|csv))\b")
PATH_OF_THE_REPOSITORY = re.compile(r"(?<![\w/.<{:\-*~])((?:tests|docs|benchmarks|resources|tools|recipes)/[\w./-]*\w)")
STARTED_BY_PATH = {"plugin.py", "engine/bootstrap.py"}
"""QGIS starts the first, the plugin the second; tests/ui does both."""

MADE_BY_RUNS = {"job.json", "train.toml", "curves.csv", "tiles.csv"}

OLD_WORDS = (
    "setbacks", "foreknowledge", "take_up", "quicken", "looked_at_twice", "hot_parts", "nowbox", "environmentpage",
    "info_names", "label_thinning", "timekeeping", "_halfpieces", "hurry", "dockstate",
)  # fmt: skip
"""Words that newcomers did not understand; house rules name the field's ones."""

OLD_WORDS_LEFT = {
    (NAMES, "looked_at_twice"): "finds results of version 0.1",
    ("engine/contract/job.py", "looked_at_twice"): "reads jobs of version 0.1",
    ("engine/plan/fingerprint.py", "looked_at_twice"): "takes up runs of version 0.1",
    ("ui/processing/job_parameters.py", "looked_at_twice"): "the name that saved models of Processing use",
}


def docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    """Yield what stands alone as a text: docstrings of modules, classes, functions and constants."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value


def shared_names() -> set[str]:
    """Return the names that QGIS and the engine share and that nothing else is called."""
    values = (n.value for n in tree_of(NAMES).body if isinstance(n, ast.Assign))
    texts = {v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)}
    return {text for text in texts - GENERIC if text[0] in "._" or "." in text}


def literals_of(tree: ast.Module, names: set[str]) -> set[str]:
    """Return which of the names a file writes down itself."""
    told = {id(text) for text in docstrings(tree)}
    texts = [
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in told
    ]
    return {name for name in names for text in texts if text.endswith(name)}


def renames_of(tree: ast.Module) -> list[int]:
    """Return the lines in which files are renamed: by os, shutil, or a path's method with one argument."""
    return [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Call) and _is_rename(n)]


def _is_rename(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    if ast.unparse(call.func) in ("os.replace", "os.rename", "os.renames", "shutil.move"):
        return True
    # str.replace takes two arguments, dataclasses.replace keywords; a path's takes one.
    return call.func.attr in ("replace", "rename") and len(call.args) == 1 and not call.keywords


def parameter_counts(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield each function's name and how many parameters it takes, `self` and `cls` left out."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            a = node.args
            yield node.name, len([p for p in (*a.posonlyargs, *a.args, *a.kwonlyargs) if p.arg not in ("self", "cls")])


def missing_paths(file: str, text: str) -> list[str]:
    """Return the paths that a text of a file quotes and that do not exist, seen from any folder above the file."""
    places = [ROOT / file, *(ROOT / file).parents]
    folders = [p for p in places[1:] if p == ROOT or ROOT in p.parents]
    quoted = {m[1] for m in (*PATH.finditer(text), *PATH_OF_THE_REPOSITORY.finditer(text))} - MADE_BY_RUNS
    return sorted(path for path in quoted if not any((folder / path).exists() for folder in folders))


def test_shared_names_are_written_in_one_place():
    found = {(f, name) for f in MODULES if f != NAMES for name in literals_of(tree_of(f), shared_names())}

    assert sorted(found - SHARED_NAMES_LEFT) == [], f"Import the constant from {NAMES} instead of writing its text."
    assert sorted(SHARED_NAMES_LEFT - found) == [], "These are mended: take them off the list SHARED_NAMES_LEFT."


def test_files_are_renamed_by_their_writers_only():
    found = {file for file in MODULES if renames_of(tree_of(file))}

    assert sorted(found - set(RENAMERS)) == [], (
        "Write through system/files.py (write_atomically; models/files.py for networks): it writes beside the "
        "destination, syncs, and renames, and what fails leaves the old file as it was."
    )
    assert sorted(set(RENAMERS) - found) == [], "These are mended: take them off the list RENAMERS."


def test_functions_take_at_most_seven_parameters():
    found = {(f, name): n for f in MODULES for name, n in parameter_counts(tree_of(f)) if n > MOST_PARAMETERS}

    more = {key: n for key, n in found.items() if n > MANY_PARAMETERS.get(key, MOST_PARAMETERS)}
    assert more == {}, (
        "What travels together belongs together: put the parameters that come from one place into a frozen dataclass "
        "(PolygonSpec, RunContext), and pass it whole."
    )
    assert {k: n for k, n in MANY_PARAMETERS.items() if found.get(k) != n} == {}, "Bring MANY_PARAMETERS up to date."


@pytest.mark.parametrize("file", FILES)
def test_paths_that_docstrings_quote_exist(file):
    found = [path for text in docstrings(tree_of(file)) for path in missing_paths(file, text.value)]

    assert found == [], "Name the file where it is now, seen from its package (run/resume.py) or from the root."


@pytest.mark.parametrize("file", [f for f in FILES if not f.startswith("ui/")])
def test_docstring_of_a_module_begins_with_the_noun_of_what_it_holds(file):
    text = ast.get_docstring(tree_of(file)) or ""

    assert text, "Say in one line what the module holds."
    assert not re.match(r"(What|How|Which|Where|When|Why)\b", text), (
        "Begin with the field's noun for what the module holds ('Journal of finished tiles.'), not with a question."
    )


def test_words_of_before_are_gone():
    sources = {file: read(file).lower() for file in MODULES}
    found = {(f, word) for f, text in sources.items() for word in OLD_WORDS if word in text}

    assert sorted(found - set(OLD_WORDS_LEFT)) == [], "Say it in the field's words; CONTRIBUTING.md, Style."
    assert sorted(set(OLD_WORDS_LEFT) - found) == [], "These are mended: take them off the list OLD_WORDS_LEFT."


def test_every_module_is_reached_by_a_test():
    tests = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("*.py")))
    reached = STARTED_BY_PATH | {file for file in MODULES if _is_named(file, tests)}

    while True:
        more = {i.target for f in reached for i in imports_of(f)} - reached
        if not more:
            break
        reached |= more
    assert sorted(set(MODULES) - reached) == [], (
        "No test names these modules, nor one that imports them: write tests/<folder>/test_<module>.py, or "
        "delete the module if nothing needs it."
    )


def _words(stem: str) -> list[str]:
    # "fine_tune" is the word fine-tune, "assess_points" the words assess points.
    return stem.split("_") if stem.startswith("assess_") else [stem.replace("_", "-")]


def _is_named(file: str, tests: str) -> bool:
    folder, stem = folder_of(file).replace("/", "."), file.rsplit("/", 1)[-1].removesuffix(".py")
    dotted = f"{NAME}.{folder}.{stem}" if folder != "." else f"{NAME}.{stem}"
    if folder == "engine.commands" and all(re.search(rf"[\"'\s]{word}[\"'\s]", tests) for word in _words(stem)):
        return True  # started by its words on the command line
    if (ROOT / "tests" / folder_of(file) / f"test_{stem}.py").exists():
        return True
    parent = re.escape(dotted.rsplit(".", 1)[0])
    imported = rf"from {parent} import (?:\([^)]*\b{stem}\b|[^(\n]*\b{stem}\b)"
    return bool(re.search(rf"{re.escape(dotted)}\b", tests) or re.search(imported, tests))


@pytest.mark.parametrize("source", ["os.replace(a, b)", "path.replace(target)", "a.rename(b)", "shutil.move(a, b)"])
def test_a_rename_is_found(source):
    assert renames_of(ast.parse(source)) == [1]


@pytest.mark.parametrize("source", ["text.replace('a', 'b')", "dataclasses.replace(job, name=1)", "replace(plan, a=2)"])
def test_what_only_looks_like_a_rename_is_let_through(source):
    assert renames_of(ast.parse(source)) == []


def test_a_name_written_again_is_found():
    tree = ast.parse('"""Says _areas.csv."""\nfile = f"{stem}_areas.csv"')

    assert literals_of(tree, {"_areas.csv", "_report.html"}) == {"_areas.csv"}


def test_a_path_that_is_not_there_is_found():
    text = "See run/resume.py, docs/README.md and tiles/gone.py."

    assert missing_paths("engine/plan/needs.py", text) == ["tiles/gone.py"]
