"""`picture CLASSES.tif --out PNG`: draw a class raster with its legend."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..system.run_context import RunContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("classes", metavar="CLASSES.tif", help="class raster")
    parser.add_argument("--out", type=Path, required=True, metavar="PNG", help="picture to write")
    parser.add_argument("--raster", help="raster that was classified, shown beside the map")
    parser.add_argument("--legend", default="", help="name of a legend or a JSON file; else what the raster says")
    parser.add_argument("--side-px", type=int, default=900, help="longer side of each map in the picture")
    parser.add_argument("--overwrite", action="store_true", help="replace an existing picture")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Write the picture; return its path."""
    from ..maps.picture import draw_picture
    from ..plan.presets import READING_CACHE_BYTES
    from ..raster.classes.class_legend import legend_of
    from ..raster.raster_info import gdal_session
    from ..system.staging import Staging

    with (
        gdal_session(READING_CACHE_BYTES),
        Staging(args.out, inputs=_inputs(args), overwrite=args.overwrite) as staging,
    ):
        draw_picture(
            args.classes,
            legend_of(args.classes, args.legend),
            staging.path(args.out),
            source=args.raster,
            side_px=max(50, args.side_px),
        )
        files = staging.publish()
    return {"files": [str(f) for f in files]}


def _inputs(args: argparse.Namespace) -> list[str]:
    from ..raster.input_files import legend_files, raster_files

    rasters = [f for path in (args.classes, args.raster) if path for f in raster_files(path)]
    return [*rasters, *legend_files(args.legend)]
