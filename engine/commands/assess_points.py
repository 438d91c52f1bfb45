"""`assess points MAP POINTS --field CLASS --out NAME`: estimate from reference points that are there already."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..system.run_context import RunContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the step's arguments."""
    parser.add_argument("map", type=Path, metavar="MAP", help="class raster, or polygons with a class field")
    parser.add_argument("points", type=Path, metavar="POINTS", help="file of points, or CSV with lon and lat")
    parser.add_argument("--field", required=True, help="field of the points with the class")
    parser.add_argument("--layer", default="", help="layer of the file of points; else the first")
    parser.add_argument(
        "--drawn",
        choices=("srs", "systematic", "stratified"),
        help="if they are a probability sample, how it was drawn",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="NAME", help="writes NAME.csv, .json, .html, .xml")
    parser.add_argument("--map-field", default="", help="field of the map's polygons with the class")
    parser.add_argument("--unit-m", type=float, default=0.0, help="side of a unit of the map's polygons in metres")
    parser.add_argument("--legend", default="", help="name of a legend or a JSON file; else what the raster says")
    parser.add_argument("--merge", action="append", default=[], metavar="A+B", help="take these classes as one stratum")
    parser.add_argument("--confidence", type=float, default=0.95, help="of the intervals; 0.95 is z = 1.96")
    parser.add_argument("--overwrite", action="store_true", help="replace existing files")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Write the report; return its data."""
    from ..assess.estimates.estimator import z_of
    from ..assess.estimates.stratification import Design
    from ..assess.reports.json_form import assessment_data
    from ..assess.reports.writing import ReportFiles, stem_of, write_report
    from ..assess.scoring.from_points import PointReport, assess_points
    from ..overlays.map_source import MapSource
    from ..raster.classes.class_raster import CACHE_BYTES
    from ..raster.input_files import raster_files, vector_files
    from ..raster.raster_info import gdal_session
    from ..system.staging import Staging

    asked = PointReport(
        source=MapSource(path=args.map, field=args.map_field, unit_m=args.unit_m, legend=args.legend),
        points=args.points,
        field=args.field,
        layer=args.layer,
        drawn=Design(args.drawn) if args.drawn else None,
        merge=tuple(tuple(part.strip() for part in group.split("+")) for group in args.merge),
        z=z_of(args.confidence),
    )
    files = ReportFiles(stem_of(args.out))
    inputs = [*raster_files(args.map), *vector_files(args.map), *vector_files(args.points)]
    with (
        gdal_session(CACHE_BYTES),
        Staging(*files.all(), inputs=inputs, overwrite=args.overwrite) as staging,
    ):
        assessment = assess_points(asked, staging.path(files.data).parent, context.should_stop)
        write_report(assessment, files, staging)
        written = staging.publish()
    return {"files": [str(f) for f in written], "assessment": assessment_data(assessment)}
