"""`assess matrix COUNTS.csv --design stratified|srs --out NAME`: estimate from a printed error matrix."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..system.run_context import RunContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the step's arguments."""
    parser.add_argument(
        "counts", type=Path, metavar="COUNTS.csv", help="header map,<reference classes>,area; a row per map class"
    )
    parser.add_argument("--design", choices=("stratified", "srs", "systematic"), required=True, help="how it was drawn")
    parser.add_argument("--out", type=Path, required=True, metavar="NAME", help="writes NAME.csv, .json and .html")
    parser.add_argument("--unit", default="", help="unit of the areas, such as ha")
    parser.add_argument("--population", type=int, metavar="N", help="units that could have been drawn; else very many")
    parser.add_argument(
        "--merge", action="append", default=[], metavar="A+B", help="take these map classes as one stratum"
    )
    parser.add_argument("--confidence", type=float, default=0.95, help="of the intervals; 0.95 is z = 1.96")
    parser.add_argument("--overwrite", action="store_true", help="replace existing files")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Write the report; return its data."""
    from ..assess.estimates.estimator import z_of
    from ..assess.estimates.stratification import Design
    from ..assess.matrix.matrix_assessment import assess_matrix
    from ..assess.reports.json_form import assessment_data
    from ..assess.reports.writing import ReportFiles, stem_of, write_report
    from ..system.staging import Staging

    stem = stem_of(args.out)
    files = ReportFiles(stem)
    assessment = assess_matrix(
        args.counts,
        Design(args.design),
        z=z_of(args.confidence),
        unit=args.unit,
        units=args.population or float("inf"),
        merge=tuple(tuple(part.strip() for part in group.split("+")) for group in args.merge),
    )
    with Staging(*files.all(), inputs=[args.counts], overwrite=args.overwrite) as staging:
        write_report(assessment, files, staging)
        written = staging.publish()
    return {"files": [str(f) for f in written], "assessment": assessment_data(assessment)}
