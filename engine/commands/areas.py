"""`areas CLASSES.tif --out CSV`: measure the area of each class of a class raster, as a whole or per zone."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .. import api
from ..system.errors import InvalidJob
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
    if args.zone_field and not args.zones:
        raise InvalidJob("--zone-field names zones; give their polygons with --zones.")
    area = api.PolygonLayer(path=args.area, layer=args.area_layer) if args.area else None
    zones = api.PolygonLayer(path=args.zones, layer=args.zones_layer, field=args.zone_field) if args.zones else None
    spec = api.AreasSpec(
        classes=args.classes, out=args.out, area=area, zones=zones, legend=args.legend, overwrite=args.overwrite
    )
    found = api.areas(spec, context)
    files = [str(path) for path in found.files]
    if zones:
        from ..maps.zone_report import zones_data

        return {"files": files, "zones": zones_data(found.zones)}
    return {"files": files, "areas": [asdict(row) for row in found.rows]}
