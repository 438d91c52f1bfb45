"""Places to look at next: those of a view at which another example would help most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from ....models.heads.head_map import HeadMap
from ...raster.grid import Window
from ...tiles.tiling import Tile, TilePlan
from ..examples.positions import sample_positions
from ..features.feature_store import FeatureStore
from ..features.kept_features import TileFeatures
from ..lesson import Lesson
from .view import View, parts

SMOOTHING_CELLS = 2.0
"""Deviation of the Gaussian that margins are smoothed with: single doubtful cells are borders."""

SPACING_CELLS = 12
"""Places are this far apart, and this far from examples."""

RANDOM_SHARE = 0.2
"""Part of the places that is drawn by chance: what the head is sure of may be wrong too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place to look at.

    Attributes:
        x: Column in model pixels of the raster.
        y: Line.
        first: Class id of the likeliest class.
        second: Class id of the next.
        margin: Difference of their chances there.
        is_random: Whether the place was drawn by chance.
    """

    x: float
    y: float
    first: int
    second: int
    margin: float
    is_random: bool


def places_of(lesson: Lesson, view: View, store: FeatureStore, count: int) -> list[Place]:
    """Return where in a view another example would help most, the best first.

    Args:
        lesson: What is known so far.
        view: The view.
        store: Features of the raster.
        count: How many places.
    """
    tiles, cell_px = store.source.tiles, store.source.reader.cell_px
    head = lesson.head_map(store.source.reader.channels)
    chances, may = chances_of_view(view, tiles, store.tile, head, cell_px)
    drawn = sample_positions(lesson.examples.shapes, tiles.x.scale, tiles.y.scale, cell_px)
    cols = ((drawn.x - view.window.col_off) // cell_px).astype(int)
    rows = ((drawn.y - view.window.row_off) // cell_px).astype(int)
    for row, col in {*zip(rows.tolist(), cols.tolist(), strict=True)}:
        block(may, row, col)
    places = []
    for row, col, is_random in where_next(chances, may, count, seed=len(lesson.examples.shapes)):
        first, second = np.argsort(-chances[:, row, col], kind="stable")[:2]
        places.append(
            Place(
                x=view.window.col_off + (col + 0.5) * cell_px,
                y=view.window.row_off + (row + 0.5) * cell_px,
                first=int(first) + 1,
                second=int(second) + 1,
                margin=float(chances[first, row, col] - chances[second, row, col]),
                is_random=is_random,
            )
        )
    return places


def where_next(chances: np.ndarray, may: np.ndarray, count: int, seed: int) -> list[tuple[int, int, bool]]:
    """Return (row, column, drawn by chance) of the cells to ask about, the best first.

    Args:
        chances: ``(K, h, w)`` chances of the classes.
        may: ``(h, w)`` bool, cells that may be asked about.
        count: How many.
        seed: For those drawn by chance.
    """
    margin = smoothed_margin(chances, may)
    free = may.copy()
    random = np.random.default_rng(seed)
    by_chance = set(random.permutation(count)[: round(count * RANDOM_SHARE)].tolist())
    found: list[tuple[int, int, bool]] = []
    for number in range(count):
        if not free.any():
            break
        is_random = number in by_chance
        if is_random:
            rows, cols = np.nonzero(free)
            pick = int(random.integers(len(rows)))
            row, col = int(rows[pick]), int(cols[pick])
        else:
            row, col = np.unravel_index(int(np.where(free, margin, np.inf).argmin()), margin.shape)
        found.append((int(row), int(col), is_random))
        block(free, int(row), int(col))
    return found


def smoothed_margin(chances: np.ndarray, may: np.ndarray) -> np.ndarray:
    """Return ``(h, w)`` difference of the two largest chances, averaged over neighbours that may be asked about."""
    top = np.partition(chances, -2, axis=0)
    margin = np.where(may, top[-1] - top[-2], 0).astype(np.float32)
    weight = cv2.GaussianBlur(may.astype(np.float32), (0, 0), SMOOTHING_CELLS)
    return cv2.GaussianBlur(margin, (0, 0), SMOOTHING_CELLS) / np.maximum(weight, 1e-6)


def block(free: np.ndarray, row: int, col: int) -> None:
    """Take the cells around a place out of a mask."""
    top, left = max(0, row - SPACING_CELLS), max(0, col - SPACING_CELLS)
    rows, cols = np.ogrid[top : row + SPACING_CELLS + 1, left : col + SPACING_CELLS + 1]
    part = free[top : row + SPACING_CELLS + 1, left : col + SPACING_CELLS + 1]
    rows, cols = rows[: part.shape[0]], cols[:, : part.shape[1]]
    part &= (rows - row) ** 2 + (cols - col) ** 2 > SPACING_CELLS**2


def chances_of_view(
    view: View, tiles: TilePlan, features: Callable[[Tile], TileFeatures], head: HeadMap, cell_px: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return ``(K, h, w)`` chances of the cells of a view and ``(h, w)`` bool, where there is data."""
    height, width = (max(1, side // cell_px) for side in view.window.shape)
    result, may = None, np.zeros((height, width), bool)
    for tile, part in parts(view, tiles):
        known = features(tile)
        found = head.chances(known.maps)
        if result is None:
            result = np.zeros((len(found), height, width), np.float32)
        own, theirs = _cells(part, view.window, tile.read, cell_px, (height, width))
        result[:, own[0], own[1]] = found[:, theirs[0], theirs[1]]
        may[own] = known.valid[theirs[0] * cell_px + cell_px // 2, theirs[1] * cell_px + cell_px // 2]
    return (np.zeros((1, height, width), np.float32) if result is None else result), may


def _cells(
    part: Window, view: Window, read: Window, cell_px: int, shape: tuple[int, int]
) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Return rows and columns of a part's cells, counted in the view and in a tile's read."""
    rows, own_rows = _along(part.row_off, part.row_end, view.row_off, read.row_off, cell_px, shape[0])
    cols, own_cols = _along(part.col_off, part.col_end, view.col_off, read.col_off, cell_px, shape[1])
    return (own_rows[:, None], own_cols[None]), (rows[:, None], cols[None])


def _along(first: int, end: int, view: int, read: int, cell_px: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return, along one axis, a tile's cells over the centres of the view's cells in a part, and these."""
    own = np.arange(-(-(first - view) // cell_px), min(count, -(-(end - view) // cell_px)))
    centres = view + own * cell_px + cell_px // 2
    return (centres - read) // cell_px, own
