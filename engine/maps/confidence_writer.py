"""The raster of confidence: the winner's probability in per cent, on the grid of the class raster, and its style."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import rasterio
from rasterio.enums import Resampling
from rasterio.windows import Window as RasterioWindow

from ..contract.job import RasterFormat
from ..raster.grid import RasterGrid, Window
from ..system.files import sync, write_atomically
from .overviews import build_overviews, make_cog
from .raster_writer import block_rows, raster_profile

STOPS = ((0, "#a50026"), (50, "#fdae61"), (75, "#ffffbf"), (90, "#a6d96a"), (100, "#1a9850"))
"""Per cent and colour; in between colours go over."""


def write_confidence_raster(
    path: Path,
    grid: RasterGrid,
    read: Callable[[Window], np.ndarray],
    *,
    area: Window,
    tags: dict[str, str],
    on_strip: Callable[[int, int], None],
    poll: Callable[[], None] = lambda: None,
    layout: RasterFormat = RasterFormat.GEOTIFF,
) -> None:
    """Write a raster of confidence in place; give a name in a working folder.

    Args:
        path: GeoTIFF to make: uint8 of 0 to 100, 255 without data.
        grid: Grid of the class raster.
        read: Gives the ``(H, W)`` uint8 per cent of a window.
        area: Part that was classified; nothing is read outside.
        tags: Metadata items of the file.
        on_strip: Called with (done, total) after every row of blocks; may raise to stop.
        poll: Called now and then while the reduced copies are made; may raise to stop.
        layout: Plain or cloud-optimised.
    """
    rows = list(block_rows(grid.width, grid.height))
    with rasterio.open(path, "w", **raster_profile(grid)) as raster:
        raster.update_tags(**tags)
        raster.set_band_description(1, "confidence (%)")
        raster.update_tags(1, UNIT="percent")
        for done, chunks in enumerate(rows, 1):
            for chunk in (c for c in chunks if c.intersection(area).pixels):
                window = RasterioWindow(chunk.col_off, chunk.row_off, chunk.width, chunk.height)
                raster.write(read(chunk), 1, window=window)
            on_strip(done, len(rows))
    build_overviews(path, poll, resampling=Resampling.nearest)
    if layout is RasterFormat.COG:
        make_cog(path, grid.window.pixels, poll)
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
