"""`change OLD NEW --out NAME`: what became what between two maps."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..system.run_context import RunContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("old", type=Path, metavar="OLD", help="map of the first date: class raster or polygons")
    parser.add_argument("new", type=Path, metavar="NEW", help="map of the second date")
    parser.add_argument("--out", type=Path, required=True, metavar="NAME", help="writes NAME.tif, .csv, .html and more")
    parser.add_argument("--crosswalk", type=Path, metavar="CSV", help="map,class,common: classes that belong together")
    parser.add_argument("--old-date", default="", metavar="DATE", help="of the old image: 2015, 2015-06 or 2015-06-30")
    parser.add_argument("--new-date", default="", metavar="DATE", help="of the new image")
    parser.add_argument("--old-image", type=Path, metavar="IMAGE", help="with --new-image: their shift is measured")
    parser.add_argument("--new-image", type=Path, metavar="IMAGE", help="image of the new map")
    parser.add_argument("--shift-m", type=float, help="shift between the images, if you know it; 0 for none")
    parser.add_argument("--smallest-m2", type=float, default=0.0, help="smaller patches of change join a neighbour")
    parser.add_argument(
        "--smallest", action="append", default=[], metavar="CLASS=M2", help="the same for change to one class"
    )
    parser.add_argument(
        "--groups", default="", metavar="GROUPS", help="strata to assess: change, loss-gain:CLASS, transitions or a CSV"
    )
    parser.add_argument("--buffer-m", type=float, default=0.0, help="stratum of this width around mapped change")
    parser.add_argument("--no-polygons", action="store_true", help="make no polygons")
    parser.add_argument("--field", default="", help="field of polygons with the class; else class_name")
    parser.add_argument("--unit-m", type=float, default=0.0, help="side of a unit of polygons in metres")
    parser.add_argument("--legend", default="", help="name or JSON file of the legend of both; else what they say")
    parser.add_argument("--overwrite", action="store_true", help="replace existing files")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Write the files; return transitions and classes."""
    from ..change.analysis import analyse
    from ..change.change_report import change_data
    from ..change.map_pair import open_pair
    from ..change.request import ChangeRequest
    from ..change.writing import ChangeFiles, write_change
    from ..overlays.map_source import MapSource
    from ..raster.raster_info import gdal_session
    from ..system.staging import Staging

    request = ChangeRequest(
        old=MapSource(path=args.old, field=args.field, unit_m=args.unit_m, legend=args.legend),
        new=MapSource(path=args.new, field=args.field, unit_m=args.unit_m, legend=args.legend),
        crosswalk=args.crosswalk,
        old_image=args.old_image,
        new_image=args.new_image,
        old_date=args.old_date,
        new_date=args.new_date,
        shift_m=args.shift_m,
        smallest_m2=args.smallest_m2,
        smallest_by_class=dict(_pair(text) for text in args.smallest),
        groups=args.groups,
        buffer_m=args.buffer_m,
        polygons=not args.no_polygons,
    )
    out = args.out.with_suffix("") if args.out.suffix.lower() in (".tif", ".json", ".csv", ".html") else args.out
    files = ChangeFiles(out, with_polygons=request.polygons, with_strata=bool(request.groups))
    with (
        gdal_session(CACHE_BYTES),
        Staging(*files.all(), inputs=_inputs(args), overwrite=args.overwrite) as staging,
        open_pair(request.old, request.new, request.crosswalk, staging.path(files.file(".tif")).parent) as pair,
    ):
        analysis = analyse(request, pair, context)
        write_change(analysis, request, files, staging, context)
        for text in analysis.warnings:
            context.warn(text)
        written = staging.publish()
    return {"files": [str(f) for f in written], "change": change_data(analysis, request)}


CACHE_BYTES = 128 * 1024**2
"""GDAL's block cache: both maps are read block row by block row, so little of them is needed twice."""


def _inputs(args: argparse.Namespace) -> list[str]:
    from ..raster.input_files import legend_files, raster_files, vector_files

    layers = [p for p in (args.old, args.new, args.old_image, args.new_image, args.crosswalk) if p]
    return [*(f for p in layers for f in (*raster_files(p), *vector_files(p))), *legend_files(args.legend)]


def _pair(text: str) -> tuple[str, float]:
    from ..system.errors import InvalidJob

    name, _, value = text.rpartition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        raise InvalidJob(f"{text!r} cannot be read; expected CLASS=M2, such as forest=500.") from None
