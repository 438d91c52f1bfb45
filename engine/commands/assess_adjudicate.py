"""`assess adjudicate NAME_design.json --labels A B --out FILE.gpkg`: gather the points on which interpreters differ."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..system.run_context import RunContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the step's arguments."""
    parser.add_argument("design", type=Path, metavar="NAME_design.json", help="what 'assess design' wrote")
    parser.add_argument("--labels", type=Path, nargs="+", required=True, metavar="FILE", help="labels of interpreters")
    parser.add_argument(
        "--change", type=Path, metavar="NAME.json", help="of 'change': labels of two dates come to its groups"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.gpkg", help="points to label once more")
    parser.add_argument("--overwrite", action="store_true", help="replace an existing file, labels too")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Write the points; say how often interpreters agreed."""
    from ..assess.reports.json_form import agreement_rows
    from ..assess.response.adjudication import disputed_points
    from ..assess.response.date_pairs import read_date_pairs
    from ..assess.response.labels import agreements
    from ..assess.response.response_files import write_response_package
    from ..assess.scoring.from_design import read_labels
    from ..raster.input_files import vector_files
    from ..system.errors import InvalidJob
    from ..system.files import rename
    from ..system.staging import Staging

    design, interpreters, index = read_labels(
        args.design, args.labels, pairs=read_date_pairs(args.change) if args.change else None
    )
    positions, notes = disputed_points(design, interpreters, index)
    agreed = agreement_rows(agreements(interpreters, index))
    if not len(positions):
        raise InvalidJob("The interpreters agree on all points that they labelled; there is nothing to settle.")
    out = args.out if args.out.suffix.lower() == ".gpkg" else args.out.with_name(args.out.name + ".gpkg")
    inputs = [args.design, *(f for p in args.labels for f in vector_files(p))]
    with Staging(out, inputs=inputs, overwrite=args.overwrite) as staging:
        plain = staging.path(out).with_name("points.gpkg")
        write_response_package(design, plain, only=positions, notes=notes, two_dates=args.change is not None)
        rename(plain, staging.path(out))
        written = staging.publish()
    return {"files": [str(f) for f in written], "points": len(positions), "agreement": agreed}
