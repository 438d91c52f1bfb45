"""Class raster: a tiled, compressed GeoTIFF with colours, class names, attribute table and overviews."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from rasterio.crs import CRS
from rasterio.enums import ColorInterp

from ...models.legend import NODATA, Legend
from ..contract.events import Stage
from ..contract.job import RasterFormat
from ..raster.classes.class_legend import LEGEND_TAG
from ..raster.grid import RasterGrid, Window
from ..system.files import sync, write_atomically
from ..system.run_context import QUIET, RunContext
from ..system.trace import span
from .class_totals import ClassTotals
from .cog import make_cog
from .reduction import Reduce, ReducedCopies, most_frequent, overview_factors
from .tiff_blocks import TiffBlocks
from .xml_text import Element, SubElement, to_xml, xml_safe

BLOCK_PX = 512
"""Side of the blocks of the file, and height of what is written at once."""

WIDE_PX = 65_536
"""Width from which blocks are half as large: who reads a raster from top to bottom holds a row of blocks."""

CHUNK_BLOCKS = 32
"""Blocks in a row that are held in memory at once: 8 MB."""

VERSION_TAG = "UHR_VERSION"
"""Metadata item of every raster that a run makes."""

BIGTIFF_FROM_BYTES = 2 * 10**9
"""Raw size from which BigTIFF is chosen; compressed files may still pass 4 GB by surprise."""

MAX_INTEGER = 2**31 - 1
"""Largest value of an integer column of an attribute table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RasterSpec:
    """What the rasters of a run have in common.

    Attributes:
        grid: Grid of the raster that was classified; results get the same.
        area: Part that was classified; nothing is read outside.
        tags: Metadata items of the file.
        layout: Plain or cloud-optimised.
    """

    grid: RasterGrid
    area: Window
    tags: Mapping[str, str] = field(default_factory=dict)
    layout: RasterFormat = RasterFormat.GEOTIFF


def write_class_raster(
    path: Path,
    spec: RasterSpec,
    legend: Legend,
    read: Callable[[Window], np.ndarray],
    context: RunContext = QUIET,
    *,
    overviews: bool = True,
) -> ClassTotals:
    """Write a class raster and its .aux.xml; return the pixels and the ground area of each value.

    The file is made in place: give a name in a working folder, and rename the finished file.

    Args:
        path: GeoTIFF to make.
        spec: Its grid, area, tags and layout.
        legend: Classes of the map.
        read: Gives the ``(H, W)`` uint8 class ids of a window.
        context: Receives progress; asked after every row of blocks whether to stop.
        overviews: Whether reduced copies are made, each pixel the most frequent class under it.

    Raises:
        OSError: If the file cannot be written.
        Cancelled: If asked to stop; what was made is left for the caller to remove.
    """
    grid, totals = spec.grid, ClassTotals(spec.grid)
    with rasterio.open(path, "w", **raster_profile(grid)) as raster:
        raster.write_colormap(1, _colormap(legend))
        raster.colorinterp = [ColorInterp.palette]
        raster.update_tags(**spec.tags, **{LEGEND_TAG: json.dumps(legend.to_dict(), ensure_ascii=False)})
        raster.set_band_description(1, "land cover")
    for window, class_ids in write_blocks(path, spec, read, most_frequent, context, overviews=overviews):
        with span("count"):
            totals.add(window.row_off, window.col_off, class_ids)
    if spec.layout is RasterFormat.COG:
        make_cog(path, grid.window.pixels, context.check_stop)
    survived = _georeference_survived(path, grid)
    totals.pixels[NODATA] += grid.window.pixels - totals.pixels.sum()
    write_attribute_table(Path(f"{path}.aux.xml"), legend, totals.pixels, None if survived else grid)
    with span("sync"):
        sync(path)
    return totals


def write_attribute_table(path: Path, legend: Legend, counts: np.ndarray, grid: RasterGrid | None = None) -> None:
    """Write class names and the raster attribute table as GDAL's .aux.xml.

    Args:
        path: File to make, named after the raster.
        legend: Classes of the map.
        counts: ``(256,)`` pixels of each value.
        grid: Where the raster lies, if its own file cannot say it exactly; None otherwise.
    """
    root = Element("PAMDataset")
    if grid is not None:
        if grid.crs_wkt:
            SubElement(root, "SRS", dataAxisToSRSAxisMapping=axis_mapping(grid)).text = grid.crs_wkt
        SubElement(root, "GeoTransform").text = ", ".join(repr(v) for v in grid.transform.to_gdal())
    band = SubElement(root, "PAMRasterBand", band="1")
    names = SubElement(band, "CategoryNames")
    for c in legend.classes:
        SubElement(names, "Category").text = xml_safe(c.name)
    table = SubElement(band, "GDALRasterAttributeTable", tableType="thematic")
    for index, (name, kind, usage) in enumerate(_COLUMNS):
        column = SubElement(table, "FieldDefn", index=str(index))
        if name == "Count" and counts.max() > MAX_INTEGER:
            kind = _REAL
        for key, value in (("Name", name), ("Type", kind), ("Usage", usage)):
            SubElement(column, key).text = str(value)
    for index, c in enumerate(legend.classes):
        row = SubElement(table, "Row", index=str(index))
        for value in (c.class_id, xml_safe(c.name), int(counts[c.class_id]), *c.color):
            SubElement(row, "F").text = str(value)
    write_atomically(path, to_xml(root))


_INTEGER, _REAL, _TEXT = 0, 1, 2
_COLUMNS = (
    ("Value", _INTEGER, 5),
    ("Class", _TEXT, 2),
    ("Count", _INTEGER, 1),
    ("Red", _INTEGER, 6),
    ("Green", _INTEGER, 7),
    ("Blue", _INTEGER, 8),
)
"""Name, GDALRATFieldType and GDALRATFieldUsage of each column."""


def raster_profile(grid: RasterGrid) -> dict:
    """Return how rasters of results are stored; blocks are added by `write_blocks`."""
    is_big = grid.window.pixels >= BIGTIFF_FROM_BYTES
    block = block_side(grid.width)
    profile = {
        "driver": "GTiff", "dtype": "uint8", "count": 1, "nodata": NODATA,
        "width": grid.width, "height": grid.height,
        "tiled": True, "blockxsize": block, "blockysize": block,
        # Deflate is read by every GDAL and by ArcGIS; the shards, which nobody else reads, use ZSTD.
        "compress": "deflate", "endianness": "little",
        "sparse_ok": True,  # blocks without data take no space
        "bigtiff": "yes" if is_big else "if_safer",
    }  # fmt: skip
    if grid.crs is not None:
        profile["crs"] = grid.crs
    if grid.transform != Affine.identity():
        profile["transform"] = grid.transform
    return profile


def _colormap(legend: Legend) -> dict[int, tuple[int, int, int, int]]:
    colors = {c.class_id: (*c.color, 255) for c in legend.classes}
    return {**colors, NODATA: (0, 0, 0, 0)}


def write_blocks(
    path: Path,
    spec: RasterSpec,
    read: Callable[[Window], np.ndarray],
    reduce: Reduce,
    context: RunContext,
    *,
    bands: int = 1,
    overviews: bool = True,
) -> Iterator[tuple[Window, np.ndarray]]:
    """Fill a sparse raster in windows of whole blocks, with its reduced copies; yield windows and what was written.

    Args:
        path: The file, as made with `raster_profile`; complete when the iteration has ended.
        spec: Its grid, and the part of it that has values.
        read: Gives the ``(H, W)`` or, of several bands, ``(B, H, W)`` uint8 values of a window.
        reduce: What a pixel of a copy is of the four under it.
        context: Receives progress; asked after every row of blocks whether to stop.
        bands: Bands of the file.
        overviews: Whether reduced copies are made.
    """
    width, height = spec.grid.width, spec.grid.height
    block_px, factors = block_side(width), overview_factors(width, height) if overviews else []
    step, total = BLOCK_PX * max(1, CHUNK_BLOCKS // bands), -(-height // BLOCK_PX)
    form = {"width": width, "height": height, "block_px": block_px, "factors": factors, "nodata": NODATA}
    copies = ReducedCopies(reduce=reduce, bands=bands, **form)
    with TiffBlocks(path, bands=bands, **form) as blocks:
        for strip in range(total):
            top = strip * BLOCK_PX
            rows = min(BLOCK_PX, height - top)
            for left in range(0, width, step):
                chunk = Window(left, top, min(step, width - left), rows)
                if chunk.intersection(spec.area).pixels:
                    values = read(chunk)
                    planes = values.reshape(bands, rows, -1)
                    with span("write blocks"):
                        blocks.write(0, top, left, planes)
                    with span("overviews"):
                        copies.add(top, left, planes)
                    yield chunk, values
            with span("overviews"):
                for level, first, reduced in copies.finished(top + rows):
                    blocks.write(level, first, 0, reduced)
            context.check_stop()
            context.progress(Stage.ASSEMBLE, strip + 1, total, "strips")


def block_side(width: int) -> int:
    """Return the side of the blocks of a raster of this width."""
    return BLOCK_PX if width < WIDE_PX else BLOCK_PX // 2


def _georeference_survived(path: Path, grid: RasterGrid) -> bool:
    with rasterio.open(path) as raster:
        wkt = raster.crs.to_wkt() if raster.crs else ""
        return wkt == grid.crs_wkt and raster.transform == grid.transform


def axis_mapping(grid: RasterGrid) -> str:
    """Return which axis of the CRS is x and which is y, as GDAL's .aux.xml and VRT tell it."""
    # x first on our side; a CRS that is defined with latitude first needs its axes swapped.
    crs = grid.crs or CRS()
    return "2,1" if crs.is_geographic and crs.to_epsg() else "1,2"
