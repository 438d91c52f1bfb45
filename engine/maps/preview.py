"""A raster over the tiles that are finished so far, to look at while the run goes on."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from affine import Affine

from ...models.legend import NODATA, Legend
from ..contract.events import Event
from ..contract.events import Preview as PreviewReady
from ..raster.grid import RasterGrid
from ..system.files import write_atomically
from ..tiles.tiling import Tile
from .raster_writer import axis_mapping
from .xml_text import Element, SubElement, to_xml

PAUSE_S = 2.0
"""Time between two versions, at least."""

COST_SHARE = 20
"""And this many times what the last version took, so that huge mosaics do not slow the run down."""


class Preview:
    """A VRT that is rewritten now and then as tiles are finished; it is a nicety and never fails a run.

    Args:
        path: File to make.
        grid: Grid of the raster that is classified.
        legend: Colours of the classes.
        shard_of: Says where the shard of a tile lies.
        emit: Receives one Preview event, once the file exists.
    """

    def __init__(
        self,
        path: Path,
        grid: RasterGrid,
        legend: Legend,
        shard_of: Callable[[Tile], Path],
        emit: Callable[[Event], None],
    ) -> None:
        self._path, self._grid, self._legend = path, grid, legend
        self._shard_of, self._emit = shard_of, emit
        self._tiles: list[Tile] = []
        self._next = 0.0
        self._is_told = False

    def add(self, tiles: Iterable[Tile]) -> None:
        """Add finished tiles, and write a new version if the last one is old enough."""
        self._tiles += (t for t in tiles if t.core.pixels)
        now = time.monotonic()
        if not self._tiles or now < self._next:
            return
        try:
            self._write()
        except OSError:
            self._next = now + 60 * PAUSE_S
            return
        done = time.monotonic()
        self._next = done + max(PAUSE_S, COST_SHARE * (done - now))
        if not self._is_told:
            self._is_told = True
            self._emit(PreviewReady(str(self._path)))

    def _write(self) -> None:
        write_atomically(self._path, to_xml(self._document()))

    def _document(self) -> Element:
        grid = self._grid
        root = Element("VRTDataset", rasterXSize=str(grid.width), rasterYSize=str(grid.height))
        if grid.crs_wkt:
            SubElement(root, "SRS", dataAxisToSRSAxisMapping=axis_mapping(grid)).text = grid.crs_wkt
        if grid.transform != Affine.identity():
            SubElement(root, "GeoTransform").text = ", ".join(repr(v) for v in grid.transform.to_gdal())
        band = SubElement(root, "VRTRasterBand", dataType="Byte", band="1")
        SubElement(band, "NoDataValue").text = str(NODATA)
        SubElement(band, "ColorInterp").text = "Palette"
        self._add_colors(band)
        for tile in self._tiles:
            self._add_source(band, tile)
        return root

    def _add_colors(self, band: Element) -> None:
        table = SubElement(band, "ColorTable")
        colors = {c.class_id: (*c.color, 255) for c in self._legend.classes}
        for value in range(NODATA + 1):
            entry = zip(("c1", "c2", "c3", "c4"), colors.get(value, (0, 0, 0, 0)), strict=True)
            SubElement(table, "Entry", {name: str(part) for name, part in entry})

    def _add_source(self, band: Element, tile: Tile) -> None:
        core = tile.core
        source = SubElement(band, "SimpleSource")
        name = os.path.relpath(self._shard_of(tile), self._path.parent).replace(os.sep, "/")
        SubElement(source, "SourceFilename", relativeToVRT="1").text = name
        SubElement(source, "SourceBand").text = "1"
        # With its properties told, a shard is not opened before it is drawn.
        size = {"RasterXSize": str(core.width), "RasterYSize": str(core.height)}
        block = {"BlockXSize": str(core.width), "BlockYSize": "1"}
        SubElement(source, "SourceProperties", {**size, **block}, DataType="Byte")
        extent = {"xSize": str(core.width), "ySize": str(core.height)}
        SubElement(source, "SrcRect", xOff="0", yOff="0", **extent)
        SubElement(source, "DstRect", xOff=str(core.col_off), yOff=str(core.row_off), **extent)
