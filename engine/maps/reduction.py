"""Reduced copies of a raster, a half, a quarter … of its size, made from the rows that are being written. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

Reduce = Callable[[np.ndarray, int], np.ndarray]
"""From ``(…, 2h, 2w)`` uint8 and the value without data to ``(…, h, w)``."""


SMALLEST_PX = 256
"""No copy is smaller than this."""


def overview_factors(width: int, height: int) -> list[int]:
    """Return the factors by which a raster of this size is reduced: 2, 4, …."""
    factors: list[int] = []
    while max(width, height) >= SMALLEST_PX * 2 ** (len(factors) + 1):
        factors.append(2 ** (len(factors) + 1))
    return factors


class ReducedCopies:
    """Holds, of every copy, one row of blocks; each copy is made of the one before.

    Args:
        width: Columns of the raster.
        height: Its rows.
        block_px: Side of the blocks in which copies are given; strips of the raster have an even number of rows.
        factors: 2, 4, …; none for no copies.
        reduce: What a pixel of a copy is of the four under it.
        nodata: Value of pixels without data.
        bands: Bands of the raster.
    """

    def __init__(
        self,
        width: int,
        height: int,
        block_px: int,
        factors: Sequence[int],
        *,
        reduce: Reduce,
        nodata: int,
        bands: int = 1,
    ) -> None:
        self._block_px, self._reduce, self._nodata = block_px, reduce, nodata
        self._sizes = [(-(-width // factor), -(-height // factor)) for factor in factors]
        self._rows = [np.full((bands, block_px, w), nodata, np.uint8) for w, _ in self._sizes]
        self._has_data = [False] * len(factors)

    def add(self, row_off: int, col_off: int, values: np.ndarray) -> None:
        """Take over a window of the raster, which begins at an even row and column and does not pass a row of blocks.

        Args:
            row_off: Its first row.
            col_off: Its first column.
            values: ``(bands, rows, columns)`` uint8.
        """
        if self._rows:
            self._put(0, row_off // 2, col_off // 2, values)

    def finished(self, end: int) -> Iterator[tuple[int, int, np.ndarray]]:
        """Yield the rows of blocks that are complete now: level (1 for the first copy), first row, values.

        Args:
            end: Rows of the raster that have been added, or have no data.
        """
        for level, (width, height) in enumerate(self._sizes):
            done = min(height, -(-end // 2 ** (level + 1)))
            if done % self._block_px and done < height:
                return
            first = (done - 1) // self._block_px * self._block_px
            rows = self._rows[level][:, : done - first, :width]
            if self._has_data[level]:
                yield level + 1, first, rows
                if level + 1 < len(self._rows):
                    self._put(level + 1, first // 2, 0, rows)
                self._rows[level].fill(self._nodata)
                self._has_data[level] = False

    def _put(self, level: int, row_off: int, col_off: int, values: np.ndarray) -> None:
        if (values == self._nodata).all():
            return
        reduced = self._reduce(_even(values), self._nodata)
        top = row_off % self._block_px
        rows, columns = reduced.shape[1:]
        self._rows[level][:, top : top + rows, col_off : col_off + columns] = reduced
        self._has_data[level] = True


def most_frequent(values: np.ndarray, nodata: int) -> np.ndarray:
    """Return of every four pixels the most frequent value that is data; of equally frequent ones the first.

    Args:
        values: ``(…, 2h, 2w)`` uint8.
        nodata: Value of pixels without data; given where none of the four has data.
    """
    a, b, c, d = _quarters(values)
    if (values == nodata).any():
        return _most_frequent_of_data(a, b, c, d, nodata)
    # b wins only if a stands alone and b does not; c only if a and b do and c is d.
    out = a.copy()
    is_alone = (a != b) & (a != c) & (a != d)
    np.copyto(out, b, where=is_alone & ((b == c) | (b == d)))
    np.copyto(out, c, where=is_alone & (b != c) & (b != d) & (c == d))
    return out


def first_pixel(values: np.ndarray, nodata: int) -> np.ndarray:
    """Return of every four pixels the first: nothing is mixed."""
    return values[..., ::2, ::2].copy()


def _most_frequent_of_data(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray, nodata: int) -> np.ndarray:
    is_a = (a != nodata) & ((a == b) | (a == c) | (a == d))
    is_b = (b != nodata) & ((b == c) | (b == d))
    is_c = (c != nodata) & (c == d)
    out = a.copy()
    for other in (b, c, d):  # the first of the four that has data, if none of them is there twice
        np.copyto(out, other, where=out == nodata)
    np.copyto(out, c, where=is_c)
    np.copyto(out, b, where=is_b)
    np.copyto(out, a, where=is_a)
    return out


def _quarters(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    left, right = values[..., ::2], values[..., 1::2]
    return left[..., ::2, :], right[..., ::2, :], left[..., 1::2, :], right[..., 1::2, :]


def _even(values: np.ndarray) -> np.ndarray:
    """Return values with the last row and column doubled where their number is odd."""
    _, rows, cols = values.shape
    return np.pad(values, ((0, 0), (0, rows % 2), (0, cols % 2)), mode="edge") if rows % 2 or cols % 2 else values
