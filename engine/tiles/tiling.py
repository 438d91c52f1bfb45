"""Tiling: the division of a raster into tiles. Pure; reads no file.

The network looks at pixels of the model's ground resolution, the map is written in pixels of the source raster. So the
raster has a second grid, the model grid, of whole pixels too: `scale` source pixels make one model pixel. Read windows
are windows of the model grid, cores are windows of the source.

Networks that look at a whole image do not say quite the same of a pixel that lies in two tiles. Near the edges of cores
the answers of both are mixed, with weights that go over from one to the other: see blending.py.

Networks see their own zero padding at the edges of what they are given, and classes change towards it. So reads go
beyond the raster by the halo, where the source mirrors it: the raster's rim gets the context that every core has. Where
a model's card does not ask for it, reads stay in the raster, as the model's figures were measured.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..raster.grid import RasterGrid, Window
from ..system.errors import InvalidJob
from .tile_list import TileList

MAX_TILES = 4_000_000
"""Tiles of a run: an image of 10¹² pixels at the model's resolution has two millions of a small model's."""

BLEND_PX = 32
"""Distance from a core's edge, in model pixels, up to which neighbours are mixed where the network names no other; no
more than the halo. Disk space and time grow with it (see blending.py)."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of the tiling: the same arithmetic for columns and for lines.

    Attributes:
        source_px: Length in source pixels.
        model_px: Length in model pixels.
        read_px: Length of every read in model pixels, mirrored context included, the padding not counted.
        padded_px: Length that the network is given; more than `read_px` only where the raster is smaller than a tile.
        core_px: Distance of the core edges in model pixels.
        halo_px: Margin before a core in model pixels.
        blend_px: Distance from inner core edges up to which neighbours are mixed, in model pixels.
        context_px: Model pixels that reads go beyond the raster at both ends.
    """

    source_px: int
    model_px: int
    read_px: int
    padded_px: int
    core_px: int
    halo_px: int
    blend_px: int = 0
    context_px: int = 0

    @property
    def scale(self) -> float:
        """Source pixels per model pixel."""
        return self.source_px / self.model_px

    @property
    def cells(self) -> int:
        """Number of cores."""
        return -(-self.model_px // self.core_px)

    def edge(self, cell: int) -> int:
        """Return the source pixel at which a core begins, rounded once from the raster's origin."""
        return self.source_px if cell >= self.cells else min(self.source_px, round(cell * self.core_px * self.scale))

    def read_start(self, cell: int) -> int:
        """Return the model pixel at which the read of a cell begins; it moves inwards at the raster's edges.

        With context the first read begins before the raster, at a negative pixel.
        """
        last = self.model_px + self.context_px - self.read_px
        return max(-self.context_px, min(cell * self.core_px - self.halo_px, last))

    def reach(self, cell: int) -> tuple[int, int]:
        """Return first and end of the model pixels that a cell contributes to: its core and what is mixed."""
        first = cell * self.core_px
        return max(0, first - self.blend_px), min(self.model_px, first + self.core_px + self.blend_px)

    def weights(self, cell: int, first: int, end: int) -> np.ndarray:
        """Return what a cell's say counts at model pixels first … end - 1; all cells' add up to ``4 · blend_px``.

        The weight is whole inside a core, half at its edge, and nothing at `blend_px` beyond.
        """
        full = 4 * self.blend_px
        centres = 2 * np.arange(first, end) + 1  # twice, to stay in whole numbers
        weights = np.full(end - first, full)
        if cell > 0:
            weights = np.minimum(weights, centres - 2 * cell * self.core_px + full // 2)
        if cell < self.cells - 1:
            weights = np.minimum(weights, 2 * (cell + 1) * self.core_px - centres + full // 2)
        return np.clip(weights, 0, full)

    def model_span(self, first: int, end: int) -> tuple[int, int]:
        """Return first and end of the model pixels over the centres of source pixels first … end - 1."""
        return (int((first + 0.5) / self.scale), min(self.model_px, int((end - 0.5) / self.scale) + 1))

    def cells_reaching(self, first: int, end: int) -> range:
        """Return the cells that contribute to source pixels first … end - 1."""
        if not self.blend_px:
            return self.cells_of(first, end)
        low, high = self.model_span(first, end)
        near = range(max(0, low // self.core_px - 1), min(self.cells, (high - 1) // self.core_px + 2))
        hits = _between(near, lambda c: self.reach(c)[0] < high and self.reach(c)[1] > low)
        own = self.cells_of(first, end)
        return range(min(hits[0], own[0]), max(hits[-1], own[-1]) + 1)

    def cells_of(self, first: int, end: int) -> range:
        """Return the cells whose cores share pixels with source pixels first … end - 1."""
        near = range(max(0, self._cell_near(first) - 1), min(self.cells, self._cell_near(end) + 2))
        return _between(near, lambda c: self.edge(c) < end and self.edge(c + 1) > first)

    def model_index(self, first: int, end: int, read_start: int) -> np.ndarray:
        """Return, for source pixels first … end - 1, the index in a read of the model pixel over their centre."""
        centres = (np.arange(first, end) + 0.5) / self.scale
        return np.clip(np.floor(centres).astype(np.int64) - read_start, 0, self.read_px - 1)

    def _cell_near(self, source: int) -> int:
        return int(source / self.scale / self.core_px)


def _between(cells: range, holds: Callable[[int], bool]) -> range:
    """Return the cells from the first to the last of which something holds; only ends are looked at."""
    first = next((c for c in cells if holds(c)), None)
    if first is None:
        return range(0)
    return range(first, next(c for c in reversed(cells) if holds(c)) + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """Unit of inference.

    Attributes:
        index: Number of the tile in the plan of the whole raster, whatever the area.
        cell: Core of the tile in the plan of the whole raster, in source pixels.
        core: What is written: the part of the cell in the area. It is empty where the tile only contributes to what
            others write.
        read: What the network is given, in model pixels; it may reach beyond the raster, where context is mirrored.
    """

    index: int
    cell: Window
    core: Window
    read: Window


@dataclass(frozen=True, kw_only=True)
class TilePlan:
    """All tiles of an area.

    Attributes:
        x: Tiling of the columns.
        y: Tiling of the lines.
        area: Part that is classified, in source pixels.
        tiles: Tiles in row-major order of their cores; cores partition the area.
    """

    x: Axis
    y: Axis
    area: Window
    tiles: TileList[Tile]

    @property
    def is_resampled(self) -> bool:
        """Whether model pixels differ from source pixels."""
        return self.x.source_px != self.x.model_px or self.y.source_px != self.y.model_px

    @property
    def padded_shape(self) -> tuple[int, int]:
        """(rows, columns) of every image that the network is given."""
        return self.y.padded_px, self.x.padded_px

    def place(self, tile: Tile) -> tuple[int, int]:
        """Return the numbers of a tile's cell along columns and along lines."""
        return tile.index % self.x.cells, tile.index // self.x.cells

    def inside(self, tile: Tile) -> Window:
        """Return the part of a tile's read that lies in the raster, in model pixels."""
        return tile.read.intersection(Window(0, 0, self.x.model_px, self.y.model_px))

    def source_span(self, tile: Tile) -> tuple[float, float, float, float]:
        """Return col_off, row_off, width, height of what is read of the raster, in source pixels with fractions."""
        x, y, read = self.x.scale, self.y.scale, self.inside(tile)
        return read.col_off * x, read.row_off * y, read.width * x, read.height * y

    def to_source(self, class_ids: np.ndarray, tile: Tile, window: Window) -> np.ndarray:
        """Return the classes of source pixels from the classes of a read: those of the model pixel over the centre.

        Args:
            class_ids: ``(H, W)`` uint8 classes of ``tile.read``, padding removed or not.
            tile: The tile.
            window: Part of the tile's core, in source pixels.
        """
        rows = self.y.model_index(window.row_off, window.row_end, tile.read.row_off)
        cols = self.x.model_index(window.col_off, window.col_end, tile.read.col_off)
        return class_ids[rows[:, None], cols]


def plan_axis(
    source_px: int,
    scale: float,
    *,
    tile_px: int,
    halo_px: int,
    blend_px: int | None = None,
    size_divisor: int = 1,
    min_side_px: int = 1,
    mirrors: bool = False,
) -> Axis:
    """Return the tiling of one axis.

    Args:
        source_px: Length of the raster in source pixels.
        scale: Wanted source pixels per model pixel; adjusted so that the raster is a whole number of model pixels.
        tile_px: Length the network is made for, in model pixels.
        halo_px: Margin that is read but not written.
        blend_px: Distance from inner core edges up to which neighbours are mixed, if the halo allows it; None for the
            usual one.
        size_divisor: The network takes multiples of this.
        min_side_px: The network takes no less than this.
        mirrors: Whether reads go beyond the raster by the halo, for mirrored context.
    """
    model_px = max(1, round(source_px / scale))
    context_px = halo_px if mirrors else 0
    read_px = model_px + 2 * context_px
    if read_px > tile_px:
        core_px = tile_px - 2 * halo_px
        wanted = BLEND_PX if blend_px is None else blend_px
        blend = min(wanted, halo_px, core_px // 2)
        return Axis(source_px, model_px, tile_px, tile_px, core_px, halo_px, blend, context_px)
    padded = max(-(-read_px // size_divisor) * size_divisor, -(-min_side_px // size_divisor) * size_divisor)
    return Axis(source_px, model_px, read_px, padded, model_px, context_px, 0, context_px)


def plan_tiles(
    grid: RasterGrid,
    area: Window,
    *,
    tile_px: int,
    halo_px: int,
    scale_x: float = 1.0,
    scale_y: float = 1.0,
    blend_px: int | None = None,
    size_divisor: int = 1,
    min_side_px: int = 1,
    mirrors: bool = False,
    touches: Callable[[Window], bool] | None = None,
) -> TilePlan:
    """Partition an area of a raster into tiles.

    Cores partition `area` and lie on a grid that begins at the raster's origin, so that an area gets the same map
    as the whole raster would. Reads have one size and include a halo around their core. Where context is mirrored they
    go beyond the raster by the halo, and a raster that fits a tile with a halo around it is one tile; otherwise they
    move inwards at edges, and a raster no larger than a tile is one tile.

    Args:
        grid: Pixel grid of the raster.
        area: Part to classify, inside the raster.
        tile_px: Side of a read in model pixels.
        halo_px: Margin of a read that is not written, in model pixels.
        scale_x: Source pixels per model pixel along columns.
        scale_y: The same along lines.
        blend_px: Distance from core edges up to which neighbours are mixed, in model pixels; None for the usual one.
        size_divisor: Sides of what the network is given are multiples of this.
        min_side_px: Smallest side the network takes.
        mirrors: Whether the raster's rim gets mirrored context of the halo's width.
        touches: Whether a window of source pixels has any that are wanted; tiles without a say about wanted pixels are
            left out. None wants all.

    Raises:
        ValueError: If the area is empty or reaches outside the raster.
        InvalidJob: If it has more tiles than anybody waits for.
    """
    if not area.pixels or not grid.window.contains(area):
        raise ValueError(f"The area {area} is empty or not inside the raster of {grid.width} × {grid.height} px.")
    limits = {"tile_px": tile_px, "halo_px": halo_px, "size_divisor": size_divisor, "min_side_px": min_side_px}
    x = plan_axis(grid.width, scale_x, blend_px=blend_px, mirrors=mirrors, **limits)
    y = plan_axis(grid.height, scale_y, blend_px=blend_px, mirrors=mirrors, **limits)
    cols = x.cells_reaching(area.col_off, area.col_end)
    rows = y.cells_reaching(area.row_off, area.row_end)
    count = len(cols) * len(rows)
    if count > MAX_TILES:
        raise InvalidJob(
            f"The area has {area.width} × {area.height} pixels, which are {count:,} tiles of the model; more than "
            f"{MAX_TILES:,} are not planned. Choose a part of it."
        )
    places = np.stack(np.meshgrid(_with_pixels(x, cols), _with_pixels(y, rows)), axis=-1).reshape(-1, 2)
    if touches is not None:
        wanted = [touches(_reached(x, y, col, row).intersection(area)) for col, row in places.tolist()]
        places = places[np.array(wanted, bool)]
    return TilePlan(x=x, y=y, area=area, tiles=TileList(places, lambda col, row: _tile(x, y, col, row, area)))


def _with_pixels(axis: Axis, cells: range) -> np.ndarray:
    """Return the cells that have source pixels: of a raster that is enlarged very much some have none."""
    return np.array([c for c in cells if axis.edge(c + 1) > axis.edge(c)], np.int64)


def _reached(x: Axis, y: Axis, col: int, row: int) -> Window:
    """Return the source pixels that a tile contributes to, and no more than a pixel around them."""
    (left, right), (top, bottom) = x.reach(col), y.reach(row)
    first_col, first_row = math.floor(left * x.scale), math.floor(top * y.scale)
    return Window(first_col, first_row, math.ceil(right * x.scale) - first_col, math.ceil(bottom * y.scale) - first_row)


def _tile(x: Axis, y: Axis, col: int, row: int, area: Window) -> Tile:
    left, top = x.edge(col), y.edge(row)
    cell = Window(left, top, x.edge(col + 1) - left, y.edge(row + 1) - top)
    read = Window(x.read_start(col), y.read_start(row), x.read_px, y.read_px)
    return Tile(index=row * x.cells + col, cell=cell, core=cell.intersection(area), read=read)
