"""Cuts the areas of a large raster along a grid, so that no polygon grows with the raster. Pure.

A class that holds together across a mosaic would be one polygon with millions of corners: it stays in memory until its
last row, and no program can draw it. In every other square of a grid, as on a chessboard, the class ids get a mark of
their own; so areas end at the grid's lines, and their tracing needs to know nothing of it. What two polygons share on
such a line has the same points on both sides, like every other border.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from ..models.legend import NODATA
from .errors import RasterError
from .events import ErrorCode

CUT_PX = 8_192
"""Side of the squares where nobody says another one."""

LARGEST_UNCUT_PX = 32_768
"""Longest side of a raster whose areas stay whole where nobody says otherwise."""

LARGEST_CUT_CLASS = 126
"""Largest class id that leaves a bit for the mark, and with it is not that of no data."""

_MARK = 128


def usual_cut(width: int, height: int) -> int:
    """Return the side of the squares for a raster of this size; 0 leaves its areas whole."""
    return CUT_PX if max(width, height) > LARGEST_UNCUT_PX else 0


def marked(strips: Iterable[tuple[int, np.ndarray]], cut_px: int) -> Iterator[tuple[int, np.ndarray]]:
    """Yield (first row, class ids) of the strips with a mark in every other square; no data stays.

    Args:
        strips: (first row, ``(rows, width)`` uint8 class ids).
        cut_px: Side of the squares.

    Raises:
        RasterError: If a class id is larger than LARGEST_CUT_CLASS.
    """
    for first_row, class_ids in strips:
        known = class_ids != NODATA
        largest = int(class_ids.max(where=known, initial=0))
        if largest > LARGEST_CUT_CLASS:
            raise RasterError(
                ErrorCode.RASTER_UNSUITABLE,
                f"Class {largest} is too large a number for polygons to be cut; up to {LARGEST_CUT_CLASS} can be. "
                "Leave areas whole with --cut-px 0, or reclassify the raster first.",
            )
        rows = (first_row + np.arange(class_ids.shape[0])) // cut_px
        cols = np.arange(class_ids.shape[1]) // cut_px
        is_odd = (rows[:, None] + cols) % 2 == 1
        yield first_row, class_ids + np.where(is_odd & known, np.uint8(_MARK), np.uint8(0))


def unmarked(class_ids: np.ndarray) -> np.ndarray:
    """Return class ids of areas without the mark."""
    return class_ids % np.uint8(_MARK)
