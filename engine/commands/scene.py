"""`scene OUT.tif`: generate a landscape with known classes; see models/scenes/landscape.py."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from ..contract.events import Stage
from ..system.run_context import RunContext

CACHE_BYTES = 64 << 20
"""GDAL's cache of blocks: each block is written once, so little is enough."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("raster", type=Path, metavar="OUT.tif", help="picture to write")
    parser.add_argument("--size", type=int, nargs=2, default=(2600, 1900), metavar=("W", "H"), help="width and height")
    parser.add_argument("--seed", type=int, default=1, help="which landscape; the same seed gives the same bytes")
    parser.add_argument("--resolution-m", type=float, default=0.5, help="metres per pixel")
    parser.add_argument("--crs", default="EPSG:32633", help="coordinate reference system; an empty text for none")
    parser.add_argument("--origin", type=float, nargs=2, metavar=("X", "Y"), help="upper left corner in CRS units")
    parser.add_argument("--mask", type=Path, metavar="OUT_mask.tif", help="write the true classes as well")
    parser.add_argument("--overwrite", action="store_true", help="replace existing files")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Write the scene; return its files."""
    from ..raster.raster_info import gdal_session
    from ..training.scene_writer import SceneSpec, write_scene

    begun = time.monotonic()

    def report(done: int, total: int) -> None:
        context.check_stop()
        eta_s = (time.monotonic() - begun) / done * (total - done)
        context.progress(Stage.PREPARE, done, total, "strips", round(eta_s, 1))

    width, height = args.size
    spec = SceneSpec(
        width=width,
        height=height,
        seed=args.seed,
        resolution_m=args.resolution_m,
        crs=args.crs,
        origin=tuple(args.origin) if args.origin else None,
    )
    with gdal_session(CACHE_BYTES):
        files = write_scene(args.raster, spec, mask=args.mask, overwrite=args.overwrite, on_block=report)
    return {"files": [str(file) for file in files]}
