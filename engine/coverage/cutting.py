"""Cuts the areas of a large raster along a grid, so that no polygon grows with the raster. Pure.

A class that holds together across a mosaic would be one polygon with millions of corners: it stays in memory until its
last row, and no program can draw it. In every other square of a grid, as on a chessboard, the class ids get a mark of
their own; so areas end at the grid's lines, and their tracing needs to know nothing of it. What two polygons share on
such a line has the same points on both sides, like every other border.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from ...models.legend import NODATA
from ..contract.events import ErrorCode
from ..system.errors import RasterError

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
        if ((class_ids > LARGEST_CUT_CLASS) & known).any():
            raise RasterError(
                ErrorCode.RASTER_UNSUITABLE,
                f"Class {class_ids[known].max()} is too large a number for polygons to be cut; up to "
                f"{LARGEST_CUT_CLASS} can be. Leave areas whole with --cut-px 0, or reclassify the raster first.",
            )
        marks = known.view(np.uint8) * np.uint8(_MARK)
        for rows, cols in _even_squares(first_row, class_ids.shape, cut_px):
            marks[rows, cols] = 0
        yield first_row, class_ids + marks


def _even_squares(first_row: int, shape: tuple[int, int], cut_px: int) -> Iterator[tuple[slice, slice]]:
    """Yield the parts of a strip that lie in squares without a mark."""
    height, width = shape
    for line in range(first_row // cut_px, (first_row + height - 1) // cut_px + 1):
        rows = slice(max(0, line * cut_px - first_row), (line + 1) * cut_px - first_row)
        for left in range(line % 2 * cut_px, width, 2 * cut_px):
            yield rows, slice(left, left + cut_px)


def unmarked(class_ids: np.ndarray) -> np.ndarray:
    """Return class ids of areas without the mark."""
    return class_ids % np.uint8(_MARK)
