"""Probability raster: a band for each class, on the grid of the class raster."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import rasterio
from rasterio.enums import ColorInterp

from ...models.inference.scores import PROBABILITY_STEPS
from ...models.legend import Legend
from ..contract.job import RasterFormat
from ..raster.grid import Window
from ..system.files import sync
from ..system.run_context import QUIET, RunContext
from .cog import make_cog
from .raster_writer import RasterSpec, raster_profile, write_blocks
from .reduction import first_pixel


def write_probability_raster(
    path: Path, spec: RasterSpec, legend: Legend, read: Callable[[Window], np.ndarray], context: RunContext = QUIET
) -> None:
    """Write a raster of the probabilities of all classes in place; give a name in a working folder.

    Args:
        path: GeoTIFF to make: uint8 of 0 to 250 with a scale that makes per cent of them, 255 without data.
        spec: Its grid, which is that of the class raster, area, tags and layout.
        legend: Classes, by which the bands are called.
        read: Gives the ``(K, H, W)`` uint8 values of a window.
        context: Receives progress; asked after every row of blocks whether to stop.

    Raises:
        OSError: If the file cannot be written.
        Cancelled: If asked to stop; what was made is left for the caller to remove.
    """
    profile = {**raster_profile(spec.grid), "count": legend.num_classes, "interleave": "band"}
    with rasterio.open(path, "w", **profile) as raster:
        raster.update_tags(**spec.tags)
        raster.scales = (100 / PROBABILITY_STEPS,) * raster.count
        raster.units = ("percent",) * raster.count
        raster.colorinterp = (ColorInterp.gray, *(ColorInterp.undefined,) * (raster.count - 1))
        for band, land_cover in enumerate(legend.classes, 1):
            raster.set_band_description(band, land_cover.name)
    for _ in write_blocks(path, spec, read, first_pixel, context, bands=legend.num_classes):
        pass
    if spec.layout is RasterFormat.COG:
        make_cog(path, spec.grid.window.pixels, context.check_stop)
    sync(path)
