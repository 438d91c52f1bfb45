"""The tree shows what the program is: size of folders, order of packages, no circle, nothing private across folders."""

import ast
from collections import Counter

import pytest
from architecture.source_tree import FILES, MODULES, folder_of, imports_of, tree_of

MOST_ENTRIES = 14
NO_LIMIT = {"engine/commands"}
"""One module for each word of the command line."""

CROWDED = {"engine/maps": 20, "engine/system": 17}
"""Folders that hold more, and how much. The list may only shrink."""

ORDER = [
    ["engine/contract"],
    # Networks know nothing of the engine.
    ["models/errors.py", "models/files.py", "models/scenes"],
    ["models/legend.py", "models/weights_file.py"],
    ["models/card_values.py", "models/layers"],
    ["models/card.py"],
    ["models/preprocess.py"],
    ["models/network.py"],
    ["models/inference", "models/registry.py"],
    ["models/encoders", "models/checkpoint.py"],
    ["models/heads", "models/onnx", "models/glnet", "models/ppn", "models/isdnet", "models/public_formats.py"],
    ["models/pretrained.py", "models/onnx/export"],
    ["models/training/config.py", "models/training/chips.py", "models/training/metrics.py"],
    ["models/training/optimization.py", "models/training/chip_set.py", "models/training/splits.py"],
    ["models/training/record", "models/training/tile_sets"],
    ["models/training/augment.py"],
    ["models/training/samples.py"],
    ["models/training/labels", "models/training/evaluate.py"],
    ["models/training/loop.py"],
    # The engine: a job's way from its raster to its results.
    ["engine/bootstrap.py", "engine/system"],
    ["engine/raster/grid.py"],
    ["engine/raster/mosaic.py"],
    ["engine/raster/opening.py"],
    ["engine/raster/spectral/band_names.py"],
    ["engine/raster"],
    ["engine/raster/classes", "engine/raster/spectral"],
    ["engine/tiles", "engine/coverage"],
    ["engine/maps"],
    ["engine/overlays"],
    ["engine/vectors"],
    ["engine/plan"],
    ["engine/run"],
    ["engine/training"],
    # What is done with maps and examples: four rooms that do not know each other.
    ["engine/teach/examples", "engine/assess/estimates", "engine/corrections", "engine/change"],
    ["engine/teach/features", "engine/assess"],
    ["engine/teach", "engine/assess/reports"],
    ["engine/teach/session", "engine/assess/matrix"],
    ["engine/assess/sampling"],
    ["engine/assess/response"],
    ["engine/assess/scoring"],
    ["engine/requests"],
    ["engine/api.py"],
    ["engine/commands"],
    ["engine"],
    # QGIS's side, which knows the contract only.
    ["ui/settings.py"],
    ["ui/base"],
    ["ui/process"],
    ["ui/setup", "ui/model_store"],
    ["ui/image"],
    ["ui/form"],
    ["ui/results"],
    ["ui/runs"],
    ["ui/teach"],
    ["ui/corrections", "ui/assess/drawn_sample.py"],
    ["ui/assess/design", "ui/assess/labels"],
    ["ui/assess"],
    ["ui/dock.py"],
    ["ui/windows.py"],
    ["ui"],
    ["ui/processing"],
    ["."],
]
"""Rows of folders (or single files); a file imports from its own entry and from rows above, never sideways or down."""

APART = ("engine/teach", "engine/assess", "engine/corrections", "engine/change")

RANK = {entry: row for row, entries in enumerate(ORDER) for entry in entries}

DOWNWARDS: set[tuple[str, str]] = {
    ("ui/base/help.py", "ui/process/environment.py"),
    ("ui/form/form.py", "ui/runs/interrupted.py"),
    ("ui/image/image_sources.py", "ui/dock.py"),
    ("ui/image/image_sources.py", "ui/form/job_builder.py"),
    ("ui/image/raster_export.py", "ui/form/job_builder.py"),
    ("ui/image/raster_facts.py", "ui/form/job_builder.py"),
    ("ui/image/render_layer.py", "ui/form/area_section.py"),
    ("ui/image/render_layer.py", "ui/form/job_builder.py"),
    ("ui/results/results.py", "ui/dock.py"),
    ("ui/results/results.py", "ui/runs/history.py"),
    ("ui/runs/run_controller.py", "ui/dock.py"),
}
"""Imports that still run against the order. The list may only shrink."""


def entry_of(file: str) -> str:
    """Return the entry of the order that a file belongs to."""
    return file if file in RANK else folder_of(file)


def import_circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of files that import each other, directly or through others."""
    reach = {file: _reached(graph, file) for file in graph}
    groups = {frozenset(o for o in reach[f] if f in reach.get(o, ())) for f in graph if f in reach[f]}
    return sorted(sorted(group) for group in groups)


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    seen, todo = set(), list(graph[start])
    while todo:
        file = todo.pop()
        if file not in seen:
            seen.add(file)
            todo.extend(graph.get(file, ()))
    return seen


def test_folders_hold_at_most_fourteen_entries():
    sizes = Counter(folder_of(file) for file in FILES)

    crowded = {f: n for f, n in sizes.items() if n > CROWDED.get(f, MOST_ENTRIES) and f not in NO_LIMIT}

    assert crowded == {}, (
        f"A folder holds one idea, and at most {MOST_ENTRIES} modules, __init__ counted. Find the two ideas in it and "
        "make a folder of one (with a line in pyproject's packages and in ORDER of this file)."
    )
    assert {f: sizes[f] for f in CROWDED if sizes[f] != CROWDED[f]} == {}, "Bring CROWDED up to date."


def test_every_folder_has_its_place_in_the_order():
    missing = sorted({entry_of(file) for file in MODULES} - set(RANK))

    assert missing == [], "Give the new folder a row in ORDER: below all that it imports, above all that import it."


def test_the_order_names_only_what_exists():
    known = {folder_of(file) for file in FILES} | set(FILES)

    assert sorted(set(RANK) - known) == [], "Take what was moved or deleted out of ORDER."


def test_imports_run_one_way():
    against = {
        (i.file, i.target)
        for file in MODULES
        for i in imports_of(file)
        if entry_of(i.target) != entry_of(file) and RANK[entry_of(i.target)] >= RANK[entry_of(file)]
    }

    assert sorted(against - DOWNWARDS) == [], (
        "These imports run against the order of the packages (ORDER in this file, drawn in docs/architecture.md). "
        "Move what both need into the lower of the two, or hand it in as an argument."
    )
    assert sorted(DOWNWARDS - against) == [], "These are mended: take them off the list DOWNWARDS."


def test_rooms_for_maps_and_examples_do_not_know_each_other():
    across = [
        f"{i.file}:{i.line} imports {i.target}"
        for room in APART
        for file in MODULES
        if file.startswith(f"{room}/")
        for i in imports_of(file)
        if any(i.target.startswith(f"{other}/") for other in APART if other != room)
    ]

    assert across == [], f"{APART} stand side by side; what two of them need belongs to maps, overlays or run."


def test_no_file_imports_itself_through_others():
    graph = {file: {i.target for i in imports_of(file)} for file in MODULES}

    assert import_circles(graph) == [], (
        "Files in a circle cannot be read one after the other. Put what they share (often a dataclass or a constant) "
        "into a file of its own that imports neither. Imports for type checking count."
    )


def test_nothing_private_is_taken_from_another_folder():
    private = [
        f"{i.file}:{i.line} takes {i.name} from {i.target}"
        for file in MODULES
        for i in imports_of(file)
        if i.name.startswith("_") and folder_of(i.target) != folder_of(file)
    ]

    assert private == [], "Give the name its public form and a docstring, or ask the module for what you want of it."


def test_every_imported_name_exists():
    """Imports inside functions fail only when they are reached; here they are all looked at."""
    missing = [
        f"{i.file}:{i.line} takes {i.name} from {i.target}"
        for file in FILES
        for i in imports_of(file)
        if i.name and i.name not in _names_of(i.target)
    ]

    assert missing == [], "The name was moved or renamed: import it from where it is now."


def _names_of(file: str) -> set[str]:
    body = [node for top in tree_of(file).body for node in (ast.walk(top) if isinstance(top, ast.If) else [top])]
    names = {
        alias.asname or alias.name for n in body if isinstance(n, ast.ImportFrom | ast.Import) for alias in n.names
    }
    names |= {n.name for n in body if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)}
    targets = [t for n in body if isinstance(n, ast.Assign) for t in n.targets]
    targets += [n.target for n in body if isinstance(n, ast.AnnAssign)]
    return names | {name.id for t in targets for name in ast.walk(t) if isinstance(name, ast.Name)}


@pytest.mark.parametrize(
    ("graph", "circles"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"a"}, "c": {"a"}}, [["a", "b"]]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}}, [["a", "b", "c"]]),
    ],
)
def test_import_circles_are_found(graph, circles):
    assert import_circles(graph) == circles
