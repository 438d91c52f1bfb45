"""Shift between two images of one place, measured by phase correlation tile by tile.

Tiles spread over the common area are read at the resolution of the coarser image. Where two tiles have little in common
(water, clouds, no texture) the peak of their correlation is low and the tile is left out. What is reported is the
median shift, and the length that 90 % of the tiles stay below: the width of the strips of false change to expect.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import rasterio
from affine import Affine
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform_bounds
from rasterio.windows import Window as RasterioWindow

from ..contract.events import ErrorCode
from ..raster.grid import PROJECTION_ERRORS, RasterGrid, Window
from ..system.errors import InvalidJob, RasterError

TILE_PX = 512
SMALLEST_TILE_PX = 64
TILES_A_SIDE = 6
LEAST_RESPONSE = 0.05
"""Height of the correlation's peak below which two tiles are taken to have nothing in common."""

LEAST_VALID = 0.95
FEWEST_TILES = 3
BANDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageShift:
    """How the later image lies on the earlier one.

    Attributes:
        east_m: Median shift to the east.
        north_m: Median shift to the north.
        width_m: Length of shift that 90 % of the tiles stay below.
        tiles: Tiles that were measured.
        left_out: Tiles that had too little in common.
    """

    east_m: float
    north_m: float
    width_m: float
    tiles: int
    left_out: int


def measure_shift(old_image: Path, new_image: Path) -> ImageShift:
    """Return the shift of the later image against the earlier one.

    Raises:
        RasterError: If an image cannot be read or has no CRS.
        InvalidJob: If they do not overlap or too few tiles have anything in common.
    """
    with _opened(old_image) as old, _opened(new_image) as new:
        grid = _common_grid(old, new)
        shifts, left_out = [], 0
        options = {"crs": grid.crs, "transform": grid.transform, "width": grid.width, "height": grid.height}
        with (
            WarpedVRT(old, **options, resampling=Resampling.bilinear, add_alpha=True) as first,
            WarpedVRT(new, **options, resampling=Resampling.bilinear, add_alpha=True) as second,
        ):
            for window in _tiles(grid):
                shift = _shift(_gray(first, window), _gray(second, window))
                if shift is None:
                    left_out += 1
                else:
                    shifts.append(shift)
    if len(shifts) < FEWEST_TILES:
        raise InvalidJob(
            f"Only {len(shifts)} of {len(shifts) + left_out} tiles of the images have enough in common to measure "
            "their shift. State it in metres instead."
        )
    return _summary(np.array(shifts), grid, left_out)


def _opened(path: Path) -> rasterio.DatasetReader:
    try:
        dataset = rasterio.open(path)
    except RasterioError as error:
        code = ErrorCode.RASTER_UNREADABLE if path.exists() else ErrorCode.RASTER_NOT_FOUND
        raise RasterError(code, f"{str(path)!r} cannot be opened as an image: {error}.") from error
    if dataset.crs is None:
        dataset.close()
        raise RasterError(ErrorCode.RASTER_UNSUITABLE, f"The image {str(path)!r} has no CRS. Assign one.")
    return dataset


def _grid_of(dataset: rasterio.DatasetReader) -> RasterGrid:
    return RasterGrid(
        crs_wkt=dataset.crs.to_wkt(), transform=dataset.transform, width=dataset.width, height=dataset.height
    )


def _common_grid(old: rasterio.DatasetReader, new: rasterio.DatasetReader) -> RasterGrid:
    """Return a north-up grid over the common area, in the earlier image's CRS, with the coarser one's pixels."""
    first, second = _grid_of(old), _grid_of(new)
    try:
        bounds = [first.bounds_of(first.window), second.bounds_of(second.window)]
        bounds[1] = transform_bounds(new.crs, old.crs, *bounds[1], densify_pts=21)
    except PROJECTION_ERRORS as error:
        raise InvalidJob(f"One image cannot be brought to the CRS of the other: {error}.") from error
    left, bottom = (max(b[k] for b in bounds) for k in (0, 1))
    right, top = (min(b[k] for b in bounds) for k in (2, 3))
    if not (right > left and top > bottom):
        raise InvalidJob("The images do not overlap. Choose two images of one place.")
    ratio = max(1.0, max(second.ground_resolution_m) / max(first.ground_resolution_m))
    step = math.sqrt(abs(first.transform.determinant)) * ratio
    width, height = max(1, int((right - left) / step)), max(1, int((top - bottom) / step))
    return RasterGrid(crs_wkt=first.crs_wkt, transform=Affine(step, 0, left, 0, -step, top), width=width, height=height)


def _tiles(grid: RasterGrid) -> list[Window]:
    shorter = min(grid.width, grid.height)
    side = max(SMALLEST_TILE_PX, min(TILE_PX, shorter // 2))
    if shorter < SMALLEST_TILE_PX:
        raise InvalidJob(
            f"The images have {grid.width} × {grid.height} px in common; at least {SMALLEST_TILE_PX} are needed to "
            "measure their shift. State it in metres instead."
        )
    rows, cols = (
        sorted({round(v) for v in np.linspace(0, length - side, min(TILES_A_SIDE, max(2, length // side)))})
        for length in (grid.height, grid.width)
    )
    return [Window(c, r, side, side) for r in rows for c in cols]


def _gray(image: WarpedVRT, window: Window) -> np.ndarray | None:
    """Return the mean of the first bands as float32; None where much is without data."""
    part = RasterioWindow(window.col_off, window.row_off, window.width, window.height)
    indexes = list(range(1, min(BANDS, image.count - 1) + 1))
    try:
        alpha, values = image.read(image.count, window=part), image.read(indexes, window=part)
    except RasterioError as error:
        raise RasterError(ErrorCode.READ_FAILED, f"An image cannot be read: {error}.") from error
    if (alpha > 0).mean() < LEAST_VALID:
        return None
    gray = values.astype(np.float32).mean(axis=0)
    spread = gray.std()
    return (gray - gray.mean()) / spread if spread > 0 else None


def _shift(first: np.ndarray | None, second: np.ndarray | None) -> tuple[float, float] | None:
    """Return columns and rows by which the second tile is moved; None if they have too little in common."""
    if first is None or second is None:
        return None
    window = cv2.createHanningWindow(first.shape[::-1], cv2.CV_32F)
    (across, down), response = cv2.phaseCorrelate(first, second, window)
    return (across, down) if response >= LEAST_RESPONSE else None


def _summary(shifts: np.ndarray, grid: RasterGrid, left_out: int) -> ImageShift:
    across_m, down_m = grid.ground_resolution_m
    east, north = shifts[:, 0] * across_m, -shifts[:, 1] * down_m
    return ImageShift(
        east_m=float(np.median(east)),
        north_m=float(np.median(north)),
        width_m=float(np.quantile(np.hypot(east, north), 0.9)),
        tiles=len(shifts),
        left_out=left_out,
    )
