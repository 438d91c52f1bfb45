"""`areas CLASSES.tif --out CSV`: measure the area of each class of a class raster."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .. import events


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("classes", type=Path, metavar="CLASSES.tif", help="class raster")
    parser.add_argument("--out", type=Path, required=True, metavar="CSV", help="table to write")
    parser.add_argument("--legend", default="", help="name of a legend or a JSON file; else what the raster says")
    parser.add_argument("--overwrite", action="store_true", help="replace an existing table")


def execute(
    args: argparse.Namespace, emit: Callable[[events.Event], None], should_stop: Callable[[], bool]
) -> dict[str, Any]:
    """Write the table; return its rows."""
    from ..area_report import measure_areas, write_area_csv
    from ..class_legend import legend_of
    from ..presets import READING_CACHE_BYTES
    from ..raster_info import gdal_session
    from ..staging import Staging

    with gdal_session(READING_CACHE_BYTES), Staging(args.out, overwrite=args.overwrite) as staging:
        rows = measure_areas(args.classes, legend_of(args.classes, args.legend), should_stop=should_stop)
        write_area_csv(rows, staging.path(args.out))
        files = staging.publish()
    return {"files": [str(f) for f in files], "areas": [asdict(row) for row in rows]}
