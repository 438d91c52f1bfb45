"""Positions of samples: pixels of each example, spread evenly, at most some hundred. Pure; reads no file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

MOST_SAMPLES = 100
"""Samples of an example: more say nothing new, since neighbours are alike."""

CANDIDATES = 20_000
"""Points that are tried in the box around a polygon, at most about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Positions:
    """Where samples are taken.

    Attributes:
        x: ``(n,)`` columns in model pixels, fractions included.
        y: ``(n,)`` lines in model pixels.
        example: ``(n,)`` number of the example.
    """

    x: np.ndarray
    y: np.ndarray
    example: np.ndarray


def sample_positions(shapes: np.ndarray, scale_x: float, scale_y: float, cell_px: int) -> Positions:
    """Return positions in the cells of a model grid that lie in each example.

    Of polygons the cells whose centre is inside; of what is smaller than that, of lines and of points, the cells they
    touch.

    Args:
        shapes: ``(n,)`` examples in source pixels.
        scale_x: Source pixels per model pixel along columns.
        scale_y: The same along lines.
        cell_px: Side of a cell in model pixels.
    """
    cells = shapely.transform(shapes, lambda xy: xy / (scale_x * cell_px, scale_y * cell_px))
    parts = [_thinned(_cells_of(shape)) for shape in cells]
    found = np.concatenate(parts) if parts else np.zeros((0, 2))
    example = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    return Positions(x=(found[:, 0] + 0.5) * cell_px, y=(found[:, 1] + 0.5) * cell_px, example=example)


def _cells_of(shape: shapely.Geometry) -> np.ndarray:
    """Return ``(n, 2)`` column and row of the cells of a shape, in rows."""
    left, top, right, bottom = np.floor(shapely.bounds(shape)).astype(int)
    step = max(1, int(np.sqrt((right - left + 1) * (bottom - top + 1) / CANDIDATES)))
    cols, rows = np.meshgrid(np.arange(left, right + 1, step), np.arange(top, bottom + 1, step))
    cols, rows = cols.ravel(), rows.ravel()
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, cols + 0.5, rows + 0.5)
    if not inside.any():
        inside = shapely.intersects(shape, shapely.box(cols, rows, cols + 1, rows + 1))
    return np.column_stack([cols[inside], rows[inside]])


def _thinned(cells: np.ndarray) -> np.ndarray:
    """Return at most `MOST_SAMPLES` cells, in the same order and evenly spread."""
    if len(cells) <= MOST_SAMPLES:
        return cells
    return cells[np.linspace(0, len(cells) - 1, MOST_SAMPLES).round().astype(int)]
