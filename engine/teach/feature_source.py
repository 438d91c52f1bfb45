"""Features of a raster: tiles are read as a run reads them, and sampled where examples are and all over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from ...models.heads.feature_reader import FeatureReader, features_at
from ..raster.grid import Window
from ..raster.raster_info import RasterInfo
from ..raster.scaling import Scale
from ..raster.stretch import Stretch
from ..system.errors import Cancelled
from ..tiles.source import RasterSource, TileImage
from ..tiles.tiling import Tile, TilePlan, plan_tiles
from .positions import Positions

TILE_PX, HALO_PX = 1024, 128
"""Side of a tile and of its margin in model pixels, for teaching and on the card."""

BACKGROUND_TILES = 16
"""Tiles that tell how the image looks as a whole, spread over it."""

BACKGROUND_SAMPLES = 24_000
"""Cells of these tiles, at most about."""


@dataclass(frozen=True, kw_only=True)
class FeatureSource:
    """A raster and the encoder that looks at it.

    Attributes:
        info: Header of the raster.
        stretch: How values become 8 bits; None takes them as they are.
        tiles: Tiles of the whole raster.
        reader: The encoder at work.
    """

    info: RasterInfo
    stretch: Stretch | None
    tiles: TilePlan
    reader: FeatureReader


@dataclass(frozen=True, slots=True, kw_only=True)
class RasterFeatures:
    """What was sampled.

    Attributes:
        features: ``(n, D)`` float32 of the positions that have data.
        kept: ``(n,)`` which positions these are.
        background: ``(m, D)`` features spread over the raster.
    """

    features: np.ndarray
    kept: np.ndarray
    background: np.ndarray


def plan_feature_tiles(info: RasterInfo, scale: Scale, reader: FeatureReader) -> TilePlan:
    """Return the tiles in which features of a raster are computed."""
    return plan_tiles(
        info.grid, info.grid.window, tile_px=TILE_PX, halo_px=HALO_PX, scale_x=scale.x, scale_y=scale.y,
        size_divisor=reader.size_divisor, min_side_px=reader.size_divisor,
    )  # fmt: skip


def sample_features(
    source: FeatureSource,
    positions: Positions,
    on_tile: Callable[[int, int], None],
    should_stop: Callable[[], bool],
) -> RasterFeatures:
    """Return the features of positions and of cells spread over a raster.

    Args:
        source: Raster and encoder.
        positions: Where to sample.
        on_tile: Called with (done, total) tiles.
        should_stop: Asked between tiles.

    Raises:
        Cancelled: If asked to stop.
        RasterError: If a tile cannot be read.
    """
    chosen = _positions_by_tile(source.tiles, positions)
    spread = _spread_tiles(source.tiles)
    wanted = [tile for tile in source.tiles.tiles if tile.index in chosen or tile.index in spread]
    cells = -(-BACKGROUND_SAMPLES // max(1, len(spread)))
    features, kept, background = [], [], []
    for done, (tile, image) in enumerate(_images(source, wanted, should_stop), 1):
        maps = source.reader.maps(image.image, image.valid)
        if tile.index in chosen:
            here = chosen[tile.index]
            rows, cols = _cells(tile, positions, here, source.reader.cell_px)
            has_data = _have_data(image, rows, cols, source.reader.cell_px)
            features.append(features_at(maps, rows[has_data], cols[has_data]))
            kept.append(here[has_data])
        if tile.index in spread:
            background.append(features_at(maps, *_spread_cells(image, source.reader.cell_px, cells)))
        on_tile(done, len(wanted))
    order = np.argsort(np.concatenate(kept), kind="stable") if kept else np.array([], int)
    return RasterFeatures(
        features=np.concatenate(features)[order] if features else np.zeros((0, 0), np.float32),
        kept=np.concatenate(kept)[order] if kept else order,
        background=np.concatenate(background),
    )


def _images(
    source: FeatureSource, tiles: list[Tile], should_stop: Callable[[], bool]
) -> Iterator[tuple[Tile, TileImage]]:
    with RasterSource(source.info, source.stretch) as raster:
        for tile in tiles:
            if should_stop():
                raise Cancelled
            yield tile, raster.read_tile(tile, source.tiles)


def _positions_by_tile(tiles: TilePlan, positions: Positions) -> dict[int, np.ndarray]:
    """Return, by tile index, which positions lie in the tile's cell."""
    cols = np.clip(positions.x * tiles.x.scale, 0, tiles.x.source_px - 1e-6)
    rows = np.clip(positions.y * tiles.y.scale, 0, tiles.y.source_px - 1e-6)
    found = {tile.index: np.flatnonzero(_inside(tile.cell, cols, rows)) for tile in tiles.tiles}
    return {index: here for index, here in found.items() if len(here)}


def _inside(window: Window, cols: np.ndarray, rows: np.ndarray) -> np.ndarray:
    across = (cols >= window.col_off) & (cols < window.col_end)
    return across & (rows >= window.row_off) & (rows < window.row_end)


def _cells(tile: Tile, positions: Positions, here: np.ndarray, cell_px: int) -> tuple[np.ndarray, np.ndarray]:
    """Return rows and columns of positions in the cells of a tile's maps."""
    rows = (positions.y[here] - tile.read.row_off) // cell_px
    cols = (positions.x[here] - tile.read.col_off) // cell_px
    last_row, last_col = (tile.read.height - 1) // cell_px, (tile.read.width - 1) // cell_px
    return np.clip(rows, 0, last_row).astype(np.int64), np.clip(cols, 0, last_col).astype(np.int64)


def _have_data(image: TileImage, rows: np.ndarray, cols: np.ndarray, cell_px: int) -> np.ndarray:
    return image.valid[rows * cell_px + cell_px // 2, cols * cell_px + cell_px // 2]


def _spread_tiles(tiles: TilePlan) -> set[int]:
    """Return the indexes of some tiles, evenly spread."""
    count = min(BACKGROUND_TILES, len(tiles.tiles))
    places = np.linspace(0, len(tiles.tiles) - 1, count).round().astype(int)
    return {tiles.tiles[place].index for place in places}


def _spread_cells(image: TileImage, cell_px: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return rows and columns of about ``count`` cells of a read with data, on a regular grid."""
    height, width = (max(1, side // cell_px) for side in image.tile.read.shape)
    step = max(1, int(np.sqrt(height * width / count)))
    rows, cols = (x.ravel() for x in np.meshgrid(np.arange(0, height, step), np.arange(0, width, step), indexing="ij"))
    has_data = _have_data(image, rows, cols, cell_px)
    return rows[has_data], cols[has_data]
