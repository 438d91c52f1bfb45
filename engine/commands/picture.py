"""`picture CLASSES.tif --out PNG`: draw a class raster with its legend."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .. import api
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
    spec = api.PictureSpec(
        classes=args.classes,
        out=args.out,
        raster=args.raster or "",
        legend=args.legend,
        side_px=args.side_px,
        overwrite=args.overwrite,
    )
    return {"files": [str(api.picture(spec))]}
