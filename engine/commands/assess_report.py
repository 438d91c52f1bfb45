"""`assess report NAME_design.json --labels FILE… --out NAME`: estimate from a labelled sample."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..system.run_context import RunContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the step's arguments."""
    parser.add_argument("design", type=Path, metavar="NAME_design.json", help="what 'assess design' wrote")
    parser.add_argument(
        "--labels", type=Path, nargs="+", metavar="FILE", help="labelled points of each interpreter; else NAME.gpkg"
    )
    parser.add_argument("--adjudicated", type=Path, metavar="FILE", help="labels that settle disagreements")
    parser.add_argument(
        "--change", type=Path, metavar="NAME.json", help="of 'change': labels of two dates come to its groups"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="NAME", help="writes NAME.csv, .json, .html, .xml")
    parser.add_argument(
        "--map", type=Path, help="map to assess; else the one that the sample was drawn from, as it is now"
    )
    parser.add_argument("--compare", type=Path, nargs="+", default=[], metavar="MAP", help="score these maps too")
    parser.add_argument("--districts", type=Path, metavar="POLYGONS", help="estimate for each of these too")
    parser.add_argument("--district-field", default="", metavar="NAME", help="field with the districts' names")
    parser.add_argument("--merge", action="append", default=[], metavar="A+B", help="take these strata as one")
    parser.add_argument("--confidence", type=float, default=0.95, help="of the intervals; 0.95 is z = 1.96")
    parser.add_argument("--overwrite", action="store_true", help="replace existing files")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Write the report; return its data."""
    from ..assess.estimates.estimator import z_of
    from ..assess.reports.json_form import assessment_data
    from ..assess.reports.writing import ReportFiles, stem_of, write_report
    from ..assess.response.sample_files import SampleFiles
    from ..assess.scoring.design_report import DesignReport
    from ..assess.scoring.from_design import assess_design
    from ..overlays.map_source import MapSource
    from ..raster.classes.class_raster import CACHE_BYTES
    from ..raster.input_files import raster_files, vector_files
    from ..raster.raster_info import gdal_session
    from ..system.staging import Staging

    stem = stem_of(args.out)
    labels = tuple(args.labels or [SampleFiles.of(args.design).package])
    asked = DesignReport(
        design=args.design,
        labels=labels,
        adjudicated=args.adjudicated,
        change=args.change,
        map=args.map,
        others=tuple(MapSource(path=path) for path in args.compare),
        districts=args.districts,
        district_field=args.district_field,
        merge=tuple(tuple(part.strip() for part in group.split("+")) for group in args.merge),
        z=z_of(args.confidence),
    )
    files = ReportFiles(stem)
    read = [*labels, *args.compare, *(p for p in (args.adjudicated, args.change, args.map, args.districts) if p)]
    inputs = [args.design, *(f for p in read for f in (*raster_files(p), *vector_files(p)))]
    with (
        gdal_session(CACHE_BYTES),
        Staging(*files.all(), inputs=inputs, overwrite=args.overwrite) as staging,
    ):
        assessment = assess_design(asked, staging.path(files.data).parent, context.should_stop)
        write_report(assessment, files, staging)
        written = staging.publish()
    return {"files": [str(f) for f in written], "assessment": assessment_data(assessment)}
