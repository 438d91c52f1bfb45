"""`correct RESULT.tif [CORRECTIONS]`: give parts of a finished map another class, everywhere at once."""

from __future__ import annotations

import argparse
import datetime
import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..system.errors import InvalidJob
from ..system.run_context import RunContext

if TYPE_CHECKING:
    from ...models.legend import Legend
    from ..corrections.correction_rows import CorrectionRow
    from ..corrections.result_set import ResultSet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("result", type=Path, metavar="RESULT.tif", help="class raster of the map")
    parser.add_argument(
        "corrections", type=Path, nargs="?",
        help="polygons with new_class, and if wanted old_classes, priority, author, date, reason; without it, the "
        "layer beside the map is applied as it is now",
    )  # fmt: skip
    parser.add_argument("--layer", default="", help="layer of that file (default: the first)")
    parser.add_argument("--add", action="store_true", help="keep the corrections that the map has, below the new ones")
    parser.add_argument("--burn-in", type=Path, metavar="FILE", help="burn in the features of this layer")
    parser.add_argument(
        "--table", type=Path, metavar="CSV", help="classes for --burn-in: value, class, priority, width"
    )
    parser.add_argument("--field", default="", help="field of the values that the table lists")
    parser.add_argument("--author", default="", help="who corrects (default: the user)")
    parser.add_argument("--undo", action="store_true", help="take all corrections back")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Correct; return the data of the result."""
    from dataclasses import asdict

    from ..corrections.correct import correct
    from ..corrections.result_set import find_results
    from ..raster.classes.class_legend import legend_of

    if bool(args.burn_in) != bool(args.table):
        raise InvalidJob("--burn-in needs --table, which says what values become, and the other way round.")
    results = find_results(args.result)
    legend = legend_of(results.names.class_raster)
    rows, crs_text = ([], "") if args.undo else _rows(args, results, legend)
    if not rows and not results.is_corrected:
        raise InvalidJob(f"{results.names.class_raster.name} has no corrections, and none are given.")
    made = correct(results, rows, crs_text, context)
    return {
        "class_raster": str(results.names.class_raster),
        "files": [str(path) for path in made.files],
        "corrections": made.corrections,
        "areas": [asdict(row) for row in made.areas],
    }


def _rows(args: argparse.Namespace, results: ResultSet, legend: Legend) -> tuple[list[CorrectionRow], str]:
    """Return all corrections that the map is to have, and their coordinate system."""
    from ..corrections.burn_in import burned_in, read_table
    from ..corrections.correction_rows import joined, read_rows

    parts = []
    wants_old = args.add or args.burn_in or args.corrections is None
    if wants_old and results.corrections.exists():
        parts.append(read_rows(results.corrections, legend))
    if args.corrections is not None:
        parts.append(read_rows(args.corrections, legend, layer=args.layer))
    if args.burn_in:
        parts.append(
            burned_in(
                args.burn_in,
                args.field,
                read_table(args.table, legend),
                layer=args.layer if args.corrections is None else "",
                author=args.author or _user(),
                date=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            )
        )
    return joined(parts)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody is logged in
        return ""
