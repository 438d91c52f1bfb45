"""`assess polygons MAP POLYGONS --field CLASS --out NAME`: how much of reference polygons' area the map has right."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..system.run_context import RunContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the step's arguments."""
    parser.add_argument("map", type=Path, metavar="MAP", help="class raster, or polygons with a class field")
    parser.add_argument("polygons", type=Path, metavar="POLYGONS", help="reference polygons")
    parser.add_argument("--field", required=True, help="field of the reference polygons with the class")
    parser.add_argument("--out", type=Path, required=True, metavar="NAME", help="writes NAME.csv, .json and .html")
    parser.add_argument("--map-field", default="", help="field of the map's polygons with the class")
    parser.add_argument("--unit-m", type=float, default=0.0, help="side of a unit of the map's polygons in metres")
    parser.add_argument("--legend", default="", help="name of a legend or a JSON file; else what the raster says")
    parser.add_argument("--overwrite", action="store_true", help="replace existing files")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Write table, JSON and page; return the agreement."""
    from ..assess.reports.writing import ReportFiles, stem_of
    from ..assess.scoring.polygon_agreement import agreement_data, measure_agreement, write_agreement
    from ..overlays.map_source import MapSource
    from ..raster.classes.class_raster import CACHE_BYTES
    from ..raster.input_files import raster_files, vector_files
    from ..raster.raster_info import gdal_session
    from ..system.staging import Staging

    source = MapSource(path=args.map, field=args.map_field, unit_m=args.unit_m, legend=args.legend)
    files = ReportFiles(stem_of(args.out))
    made = files.table, files.data, files.page
    inputs = [*raster_files(args.map), *vector_files(args.map), *vector_files(args.polygons)]
    with gdal_session(CACHE_BYTES), Staging(*made, inputs=inputs, overwrite=args.overwrite) as staging:
        scratch = staging.path(files.data).parent
        found = measure_agreement(source, args.polygons, args.field, scratch, context.should_stop)
        write_agreement(found, *(staging.path(path) for path in made))
        written = staging.publish()
    return {"files": [str(f) for f in written], "agreement": agreement_data(found)}
