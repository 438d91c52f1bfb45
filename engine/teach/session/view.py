"""View: the part of a raster that is on the screen, in the pixels and tiles of the model."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from affine import Affine

from ...raster.grid import RasterGrid, Window
from ...system.errors import InvalidJob
from ...tiles.tiling import Axis, Tile, TilePlan

MOST_PIXELS = 4_000_000
"""Model pixels of a view; of a larger one the middle is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is looked at.

    Attributes:
        window: In model pixels.
        tiles: Tiles whose cores share pixels with it.
    """

    window: Window
    tiles: tuple[Tile, ...]


def plan_view(bounds: tuple[float, float, float, float], grid: RasterGrid, tiles: TilePlan) -> View:
    """Return the view of bounds in the raster's coordinate system.

    Raises:
        InvalidJob: If nothing of the raster lies in them.
    """
    seen = grid.window_of(bounds)
    if not seen.pixels:
        raise InvalidJob("The view does not show the raster. Move the map to it.")
    first_col, end_col = _span(tiles.x, seen.col_off, seen.col_end)
    first_row, end_row = _span(tiles.y, seen.row_off, seen.row_end)
    window = _middle(Window(first_col, first_row, end_col - first_col, end_row - first_row))
    shown = tuple(t for t in tiles.tiles if core_in_model(t, tiles).intersection(window).pixels)
    return View(window=window, tiles=shown)


def core_in_model(tile: Tile, tiles: TilePlan) -> Window:
    """Return the core of a tile in model pixels."""
    col, row = tiles.place(tile)
    left, top = col * tiles.x.core_px, row * tiles.y.core_px
    right, bottom = min(left + tiles.x.core_px, tiles.x.model_px), min(top + tiles.y.core_px, tiles.y.model_px)
    return Window(left, top, right - left, bottom - top)


def place_of(window: Window, grid: RasterGrid, tiles: TilePlan) -> Affine:
    """Return the transform of model pixels of a window to the raster's coordinates, as QGIS draws them."""
    x, y = tiles.x.scale, tiles.y.scale
    return grid.lattice_transform @ Affine.translation(window.col_off * x, window.row_off * y) @ Affine.scale(x, y)


def parts(view: View, tiles: TilePlan) -> Iterator[tuple[Tile, Window]]:
    """Yield the tiles of a view with the part of it that is their core's, in model pixels."""
    for tile in view.tiles:
        yield tile, core_in_model(tile, tiles).intersection(view.window)


def _span(axis: Axis, first: int, end: int) -> tuple[int, int]:
    """Return the model pixels over source pixels ``first`` to ``end - 1``."""
    start = min(axis.model_px - 1, math.floor(first / axis.scale))
    return start, max(start + 1, min(axis.model_px, math.ceil(end / axis.scale)))


def _middle(window: Window) -> Window:
    if window.pixels <= MOST_PIXELS:
        return window
    shrink = math.sqrt(MOST_PIXELS / window.pixels)
    width, height = max(1, int(window.width * shrink)), max(1, int(window.height * shrink))
    return Window(
        window.col_off + (window.width - width) // 2, window.row_off + (window.height - height) // 2, width, height
    )
