"""Samples of examples: the features under them, from the tiles in which they lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ....models.heads.feature_reader import features_at
from ....models.heads.taught_head import ExampleFeatures
from ...tiles.tiling import Axis, Tile, TilePlan
from ..examples.example_layer import Examples
from ..examples.positions import Positions, sample_positions
from .feature_store import FeatureStore, cells_have_data


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledExamples:
    """Features under examples.

    Attributes:
        samples: Features, subclass and number of the example of each sample.
        without_data: ``(k,)`` numbers of the examples that lie wholly where the raster has no data.
    """

    samples: ExampleFeatures
    without_data: np.ndarray


def tiles_of(examples: Examples, store: FeatureStore) -> list[Tile]:
    """Return the tiles in which samples of examples lie."""
    tiles = store.source.tiles
    chosen = _by_tile(tiles, _positions(examples, store))
    return [tile for tile in tiles.tiles if tile.index in chosen]


def sample_examples(examples: Examples, store: FeatureStore) -> SampledExamples:
    """Return the features under examples, in the order of the examples.

    Raises:
        Cancelled: If asked to stop.
        RasterError: If a tile cannot be read.
    """
    tiles, cell_px = store.source.tiles, store.source.reader.cell_px
    positions = _positions(examples, store)
    chosen = _by_tile(tiles, positions)
    features, kept = [np.zeros((0, sum(store.source.reader.channels)), np.float32)], [np.array([], np.int64)]
    for tile in tiles.tiles:
        here = chosen.get(tile.index)
        if here is None:
            continue
        known = store.tile(tile)
        rows, cols = _cells(tile, positions, here, cell_px)
        has_data = cells_have_data(known.valid, rows, cols, cell_px)
        features.append(features_at(known.maps, rows[has_data], cols[has_data]))
        kept.append(here[has_data])
    order = np.argsort(np.concatenate(kept), kind="stable")
    example = positions.example[np.concatenate(kept)[order]]
    return SampledExamples(
        samples=ExampleFeatures(
            features=np.concatenate(features)[order], subclass=examples.subclass[example], example=example
        ),
        without_data=np.setdiff1d(np.arange(len(examples.shapes)), example),
    )


def _positions(examples: Examples, store: FeatureStore) -> Positions:
    tiles = store.source.tiles
    return sample_positions(examples.shapes, tiles.x.scale, tiles.y.scale, store.source.reader.cell_px)


def _by_tile(tiles: TilePlan, positions: Positions) -> dict[int, np.ndarray]:
    """Return, by tile index, which positions lie in the tile's cell."""
    cells = _cell_numbers(tiles.y, positions.y) * tiles.x.cells + _cell_numbers(tiles.x, positions.x)
    return {int(index): np.flatnonzero(cells == index) for index in np.unique(cells)}


def _cell_numbers(axis: Axis, model_px: np.ndarray) -> np.ndarray:
    """Return the number of the cell over each position along an axis."""
    edges = np.array([axis.edge(cell) for cell in range(1, axis.cells)])
    return np.searchsorted(edges, model_px * axis.scale, side="right")


def _cells(tile: Tile, positions: Positions, here: np.ndarray, cell_px: int) -> tuple[np.ndarray, np.ndarray]:
    """Return rows and columns of positions in the cells of a tile's maps."""
    rows = (positions.y[here] - tile.read.row_off) // cell_px
    cols = (positions.x[here] - tile.read.col_off) // cell_px
    last_row, last_col = (tile.read.height - 1) // cell_px, (tile.read.width - 1) // cell_px
    return np.clip(rows, 0, last_row).astype(np.int64), np.clip(cols, 0, last_col).astype(np.int64)
