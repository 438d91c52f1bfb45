"""Systematic sample: a square lattice on the ground with a random start."""

from __future__ import annotations

import math

import numpy as np

from ...raster.grid import RasterGrid
from .random_stream import RandomStream


def lattice_places(grid: RasterGrid, pixels: int, count: int, stream: RandomStream) -> tuple[np.ndarray, np.ndarray]:
    """Return rows and columns of a lattice with about `count` places in the population.

    The steps are as long on the ground along rows as along columns, and need not be whole pixels; the start is drawn
    within one step, so that every pixel has the same probability.

    Args:
        grid: Grid of the map.
        pixels: Pixels of the population, which the lattice is as dense for.
        count: Places that are wanted among them.
        stream: Random numbers.
    """
    across, down = grid.ground_resolution_m or (1.0, 1.0)
    step_m = math.sqrt(pixels * across * down / count)
    row, col = (
        _places(length, max(1.0, step_m / size), start)
        for length, size, start in zip(
            (grid.height, grid.width), (down, across), stream.fractions(2).tolist(), strict=True
        )
    )
    rows, cols = np.meshgrid(row, col, indexing="ij")
    return rows.ravel(), cols.ravel()


def _places(length: int, step: float, start: float) -> np.ndarray:
    places = np.floor(np.arange(start * step, length, step)).astype(np.int64)
    return places[places < length]
