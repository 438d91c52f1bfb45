"""Pixels and ground area of every class, added up window by window; the same in whatever order they come."""

from __future__ import annotations

import numpy as np

from ..coverage.runs import find_runs
from ..raster.grid import RasterGrid
from ..raster.ground_area import ground_area_of

COLUMNS = 16_384
"""Runs are cut at multiples of this: who reads whole rows and who reads parts of them measures the same runs."""

VALUES = 256


class ClassTotals:
    """Totals of a raster of up to 256 values.

    Args:
        grid: Its grid.
    """

    def __init__(self, grid: RasterGrid) -> None:
        self._ground = ground_area_of(grid)
        self.pixels = np.zeros(VALUES, np.int64)
        self._units = np.zeros(VALUES, np.int64)

    @property
    def area_m2(self) -> np.ndarray | None:
        """Ground area of each value in m², ``(256,)``; None if the raster has no CRS."""
        return None if self._ground is None else self._units * self._ground.unit_m2

    def add(self, row_off: int, col_off: int, class_ids: np.ndarray) -> None:
        """Add a window.

        Args:
            row_off: Its first row in the raster.
            col_off: Its first column, a multiple of COLUMNS.
            class_ids: ``(rows, columns)`` uint8.
        """
        for left in range(0, class_ids.shape[1], COLUMNS):
            runs = find_runs(class_ids[:, left : left + COLUMNS])
            self.pixels += _sums(runs.class_ids, runs.ends - runs.starts)
            if self._ground is not None:
                first = col_off + left
                areas = self._ground.of_runs(runs.rows + row_off, runs.starts + first, runs.ends + first)
                self._units += _sums(runs.class_ids, np.rint(areas / self._ground.unit_m2).astype(np.int64))


def _sums(class_ids: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    """Return the sum of whole numbers by class, exactly: `bincount` adds floats, which hold 53 bits."""
    low, high = amounts & 0xFFFFFFFF, amounts >> 32
    return np.bincount(class_ids, high, VALUES).astype(np.int64) * (1 << 32) + np.bincount(
        class_ids, low, VALUES
    ).astype(np.int64)
