"""Feature store: the feature maps of a raster's tiles, computed once, from memory or disk after that."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from ....models.heads.background import Background
from ....models.heads.feature_reader import FeatureReader, features_at
from ...raster.grid import Window
from ...raster.raster_info import RasterInfo
from ...raster.scaling import Scale
from ...raster.stretch import Stretch
from ...system.errors import Cancelled
from ...tiles.source import RasterSource
from ...tiles.tiling import Tile, TilePlan, plan_tiles
from .kept_features import KeptFeatures, TileFeatures

CORE_PX, HALO_PX = 512, 128
"""Side of a tile's core and width of its margin, in model pixels."""

MEMORY_BYTES = 512 * 1024**2
"""Features that are held in memory: about 20 million pixels."""

BACKGROUND_GRID = 6
"""Windows along each axis that tell how the raster looks as a whole."""

BACKGROUND_SAMPLES = 12_000
"""Cells of all these windows that are taken, about."""

BACKGROUND_PX, BACKGROUND_MARGIN_PX = 256, 64
"""Side of such a window, and its margin that is not sampled: there the encoder sees the padding."""


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


class FeatureStore:
    """Features of tiles; a context manager that closes the raster.

    Args:
        source: Raster and encoder.
        kept: Where features are kept on disk; None for nowhere.
        on_tile: Called after a tile was computed.
        should_stop: Asked before a tile is computed.
    """

    def __init__(
        self,
        source: FeatureSource,
        kept: KeptFeatures | None = None,
        *,
        on_tile: Callable[[], None] = lambda: None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self.source, self.kept = source, kept
        self.on_tile, self.should_stop = on_tile, should_stop
        self.computed = 0
        self._raster = RasterSource(source.info, source.stretch)
        self._held: OrderedDict[int, TileFeatures] = OrderedDict()
        self._background: Background | None = None

    def __enter__(self) -> FeatureStore:
        return self

    def __exit__(self, *_: object) -> None:
        self._raster.__exit__()

    def tile(self, tile: Tile) -> TileFeatures:
        """Return the features of a tile.

        Raises:
            Cancelled: If asked to stop.
            RasterError: If the tile cannot be read.
        """
        found = self._held.pop(tile.index, None)
        if found is None and self.kept:
            found = self.kept.read(tile.index)
        if found is None:
            found = self._computed(tile)
            if self.kept:
                self.kept.write(tile.index, found)
        self._held[tile.index] = found
        while len(self._held) > 1 and sum(f.nbytes for f in self._held.values()) > MEMORY_BYTES:
            self._held.popitem(last=False)
        return found

    def is_known(self, tile: Tile) -> bool:
        """Return whether a tile's features are in memory."""
        return tile.index in self._held

    def background(self) -> Background:
        """Return the features of cells spread over the raster, always the same ones."""
        if self._background is None:
            features = self.kept.read_background() if self.kept else None
            if features is None:
                features = self._spread_features()
            self._background = Background(features, self.source.reader.channels)
        return self._background

    def _spread_features(self) -> np.ndarray:
        parts = [self._sampled(tile) for tile in background_tiles(self.source.tiles)]
        features = np.concatenate(parts)
        features = features[:: max(1, len(features) // BACKGROUND_SAMPLES)]
        if self.kept:
            self.kept.write_background(features)
        return features

    def _computed(self, tile: Tile, plan: TilePlan | None = None) -> TileFeatures:
        if self.should_stop():
            raise Cancelled
        image = self._raster.read_tile(tile, plan or self.source.tiles)
        maps = self.source.reader.maps(image.image, image.valid)
        self.computed += 1
        self.on_tile()
        return TileFeatures(maps=tuple(level.astype(np.float16) for level in maps), valid=image.valid)

    def _sampled(self, tile: Tile) -> np.ndarray:
        tiles, cell_px = self.source.tiles, self.source.reader.cell_px
        side = [-(-n // self.source.reader.size_divisor) * self.source.reader.size_divisor for n in tile.read.shape]
        plan = replace(tiles, y=replace(tiles.y, padded_px=side[0]), x=replace(tiles.x, padded_px=side[1]))
        features = self._computed(tile, plan)
        inner = _inner(tile.read, tiles.x.model_px, tiles.y.model_px)
        rows = np.arange(inner.row_off, inner.row_end - cell_px + 1, cell_px) // cell_px
        cols = np.arange(inner.col_off, inner.col_end - cell_px + 1, cell_px) // cell_px
        rows, cols = (x.ravel() for x in np.meshgrid(rows, cols, indexing="ij"))
        has_data = cells_have_data(features.valid, rows, cols, cell_px)
        return features_at(features.maps, rows[has_data], cols[has_data])


def plan_feature_tiles(info: RasterInfo, scale: Scale, reader: FeatureReader) -> TilePlan:
    """Return the tiles in which features of a raster are computed."""
    return plan_tiles(
        info.grid, info.grid.window, tile_px=CORE_PX + 2 * HALO_PX, halo_px=HALO_PX, scale_x=scale.x,
        scale_y=scale.y, size_divisor=reader.size_divisor, min_side_px=reader.size_divisor,
    )  # fmt: skip


def background_tiles(tiles: TilePlan) -> Iterable[Tile]:
    """Yield small windows on a regular grid over a raster, as tiles of their own."""
    seen = set()
    for top in _starts(tiles.y.model_px):
        for left in _starts(tiles.x.model_px):
            read = Window(left, top, min(BACKGROUND_PX, tiles.x.model_px), min(BACKGROUND_PX, tiles.y.model_px))
            if read not in seen:
                seen.add(read)
                cell = _source_window(read, tiles)
                yield Tile(index=-1, cell=cell, core=cell, read=read)


def cells_have_data(valid: np.ndarray, rows: np.ndarray, cols: np.ndarray, cell_px: int) -> np.ndarray:
    """Return ``(n,)`` bool, whether there is data at the centre of cells."""
    return valid[rows * cell_px + cell_px // 2, cols * cell_px + cell_px // 2]


def _starts(model_px: int) -> list[int]:
    last = max(0, model_px - BACKGROUND_PX)
    return sorted({round(start) for start in np.linspace(0, last, BACKGROUND_GRID)})


def _source_window(read: Window, tiles: TilePlan) -> Window:
    x, y = tiles.x.scale, tiles.y.scale
    left, top = int(read.col_off * x), int(read.row_off * y)
    right, bottom = min(tiles.x.source_px, int(read.col_end * x)), min(tiles.y.source_px, int(read.row_end * y))
    return Window(left, top, max(1, right - left), max(1, bottom - top))


def _inner(read: Window, width: int, height: int) -> Window:
    """Return the part of a window, counted from its corner, that lies off its edges or on those of the raster."""
    left = 0 if read.col_off == 0 else BACKGROUND_MARGIN_PX
    top = 0 if read.row_off == 0 else BACKGROUND_MARGIN_PX
    right = read.width - (0 if read.col_end >= width else BACKGROUND_MARGIN_PX)
    bottom = read.height - (0 if read.row_end >= height else BACKGROUND_MARGIN_PX)
    return Window(left, top, right - left, bottom - top)
