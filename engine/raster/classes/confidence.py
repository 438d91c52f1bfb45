"""Reads a raster of confidence in per cent, strip by strip, beside the class raster it belongs to."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import numpy as np
from rasterio.errors import RasterioError
from rasterio.windows import Window

from ...contract.events import ErrorCode
from ...system.errors import RasterError
from ..grid import RasterGrid
from ..opening import open_raster


class ConfidenceRaster:
    """An open raster of per cent; a context manager.

    Args:
        path: Raster whose first band holds whole numbers of 0 to 100; others mean that there is none.
        grid: Grid of the class raster.

    Raises:
        RasterError: If the file is missing, cannot be opened, holds other numbers or has another grid.
    """

    def __init__(self, path: str | Path, grid: RasterGrid) -> None:
        self._dataset = open_raster(path)
        self._path = Path(path)
        has = self._dataset.width, self._dataset.height
        if has != (grid.width, grid.height) or not self._dataset.transform.almost_equals(grid.transform):
            self.close()
            raise RasterError(
                ErrorCode.RASTER_UNSUITABLE,
                f"{str(path)!r} has {has[0]} × {has[1]} pixels or lies elsewhere; the class raster has {grid.width} × "
                f"{grid.height}. Give the confidence raster that was made with it.",
            )
        if self._dataset.dtypes[0] != "uint8":
            kind = self._dataset.dtypes[0]
            self.close()
            raise RasterError(
                ErrorCode.RASTER_UNSUITABLE,
                f"{str(path)!r} holds numbers of type {kind}; a confidence raster holds per cent of 0 to 100 as uint8.",
            )

    def __enter__(self) -> ConfidenceRaster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._dataset.close()

    def read_rows(self, first: int, end: int) -> np.ndarray:
        """Return rows first … end - 1 as ``(rows, width)`` uint8.

        Raises:
            RasterError: If they cannot be read.
        """
        try:
            return self._dataset.read(1, window=Window(0, first, self._dataset.width, end - first))
        except RasterioError as error:
            raise RasterError(
                ErrorCode.READ_FAILED, f"Rows {first} to {end - 1} of {str(self._path)!r} cannot be read: {error}."
            ) from error
