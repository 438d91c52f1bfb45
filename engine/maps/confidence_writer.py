"""Confidence raster: the winner's probability in per cent, on the grid of the class raster, and its style."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import rasterio

from ..contract.job import RasterFormat
from ..raster.grid import Window
from ..system.files import sync, write_atomically
from ..system.run_context import QUIET, RunContext
from .cog import make_cog
from .raster_writer import RasterSpec, raster_profile, write_blocks
from .reduction import first_pixel

STOPS = ((0, "#a50026"), (50, "#fdae61"), (75, "#ffffbf"), (90, "#a6d96a"), (100, "#1a9850"))
"""Per cent and colour; in between colours go over."""


def write_confidence_raster(
    path: Path, spec: RasterSpec, read: Callable[[Window], np.ndarray], context: RunContext = QUIET
) -> None:
    """Write a raster of confidence in place; give a name in a working folder.

    Args:
        path: GeoTIFF to make: uint8 of 0 to 100, 255 without data.
        spec: Its grid, which is that of the class raster, area, tags and layout.
        read: Gives the ``(H, W)`` uint8 per cent of a window.
        context: Receives progress; asked after every row of blocks whether to stop.

    Raises:
        OSError: If the file cannot be written.
        Cancelled: If asked to stop; what was made is left for the caller to remove.
    """
    with rasterio.open(path, "w", **raster_profile(spec.grid)) as raster:
        raster.update_tags(**spec.tags)
        raster.set_band_description(1, "confidence (%)")
        raster.update_tags(1, UNIT="percent")
    for _ in write_blocks(path, spec, read, first_pixel, context):
        pass
    if spec.layout is RasterFormat.COG:
        make_cog(path, spec.grid.window.pixels, context.check_stop)
    sync(path)


def write_confidence_style(path: Path) -> None:
    """Write a QGIS style: red where the network was in doubt, green where it was sure."""
    items = "".join(
        f'     <item value="{value}" label="{value} %" color="{color}" alpha="255"/>\n' for value, color in STOPS
    )
    write_atomically(
        path,
        f"""<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
 <pipe>
  <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" nodataColor=""
    classificationMin="0" classificationMax="100">
   <rastershader>
    <colorrampshader colorRampType="INTERPOLATED" classificationMode="1" clip="0" minimumValue="0" maximumValue="100">
{items}    </colorrampshader>
   </rastershader>
  </rasterrenderer>
 </pipe>
</qgis>
""",
    )
