"""`side-tables CLASSES.tif`: ArcGIS's attribute table (.vat.dbf) and colour table (.clr) beside a class raster."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..system.run_context import RunContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("classes", type=Path, metavar="CLASSES.tif", help="class raster")
    parser.add_argument("--legend", default="", help="name of a legend or its file; else what the raster says")
    parser.add_argument("--overwrite", action="store_true", help="replace tables that are there")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Count the classes and write both tables."""
    from ..maps.area_report import measure_areas
    from ..maps.esri_tables import COLOR_TABLE, VALUE_TABLE, write_color_table, write_value_table
    from ..raster.classes.class_legend import legend_of
    from ..raster.input_files import legend_files, raster_files
    from ..raster.raster_info import READING_CACHE_BYTES, gdal_session
    from ..system.staging import Staging

    table = args.classes.with_name(args.classes.name + VALUE_TABLE)
    colors = args.classes.with_suffix(COLOR_TABLE)
    own = {str(table), str(colors)}
    inputs = [f for f in (*raster_files(args.classes), *legend_files(args.legend)) if f not in own]
    with (
        gdal_session(READING_CACHE_BYTES),
        Staging(table, colors, inputs=inputs, overwrite=args.overwrite) as staging,
    ):
        legend = legend_of(args.classes, args.legend)
        rows = measure_areas(args.classes, legend, context=context)
        shades = {c.name: c.color for c in legend.classes}
        colored = [(row, shades.get(row.class_name, (0, 0, 0))) for row in rows]
        write_value_table(colored, staging.path(table))
        write_color_table(colored, staging.path(colors))
        return {"files": [str(f) for f in staging.publish()]}
