"""`areas CLASSES.tif --out CSV`: measure the area of each class of a class raster, as a whole or per zone."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..system.run_context import RunContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("classes", metavar="CLASSES.tif", help="class raster")
    parser.add_argument("--out", type=Path, required=True, metavar="CSV", help="table to write; a .json lies beside it")
    parser.add_argument("--area", metavar="POLYGONS", help="measure only what lies in these polygons")
    parser.add_argument("--area-layer", default="", help="layer of that file; else the first")
    parser.add_argument("--zones", metavar="POLYGONS", help="measure each of these polygons")
    parser.add_argument("--zones-layer", default="", help="layer of that file; else the first")
    parser.add_argument("--zone-field", default="", metavar="NAME", help="field with the zones' names; else numbers")
    parser.add_argument("--legend", default="", help="name of a legend or a JSON file; else what the raster says")
    parser.add_argument("--overwrite", action="store_true", help="replace an existing table")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Write the tables; return their rows."""
    from ..maps.area_report import measure_areas, write_area_csv, write_area_json
    from ..maps.zone_report import measure_zones, write_zone_csv, write_zone_json, zones_data
    from ..maps.zones import one_zone, read_zones, within
    from ..plan.presets import READING_CACHE_BYTES
    from ..raster.classes.class_legend import legend_of
    from ..raster.classes.class_raster import ClassRaster
    from ..raster.raster_info import gdal_session
    from ..system.errors import InvalidJob
    from ..system.staging import Staging

    if args.zone_field and not args.zones:
        raise InvalidJob("--zone-field names zones; give their polygons with --zones.")
    table, data = args.out, args.out.with_name(f"{args.out.name.removesuffix('.csv')}.json")
    with (
        gdal_session(READING_CACHE_BYTES),
        Staging(table, data, inputs=_inputs(args), overwrite=args.overwrite) as staging,
    ):
        legend = legend_of(args.classes, args.legend)
        with ClassRaster(args.classes) as raster:
            grid = raster.grid
        if grid.ground_note:
            context.warn(grid.ground_note)
        area = one_zone(read_zones(args.area, grid, layer=args.area_layer)) if args.area else None
        if args.zones:
            zones = read_zones(args.zones, grid, field=args.zone_field, layer=args.zones_layer)
            found = measure_zones(args.classes, legend, within(zones, area) if area else zones, context=context)
            write_zone_csv(found, staging.path(table))
            write_zone_json(found, staging.path(data))
            return {"files": [str(f) for f in staging.publish()], "zones": zones_data(found)}
        if area:
            rows = measure_zones(args.classes, legend, [area], context=context)[0].rows
        else:
            rows = measure_areas(args.classes, legend, context=context)
        write_area_csv(rows, staging.path(table))
        write_area_json(rows, staging.path(data))
        return {"files": [str(f) for f in staging.publish()], "areas": [asdict(row) for row in rows]}


def _inputs(args: argparse.Namespace) -> list[str]:
    from ..raster.input_files import legend_files, raster_files, vector_files

    shapes = [f for path in (args.area, args.zones) if path for f in vector_files(path)]
    return [*raster_files(args.classes), *shapes, *legend_files(args.legend)]
