"""Ground area that the pixels of a raster cover, on the ellipsoid. Reads no file.

Pixels are mapped onto a plane that keeps areas: x = a·λ, y = a·q(φ)/2, with q the authalic function of the ellipsoid
(Snyder, "Map Projections: A Working Manual", 1987, equations 3-12 and 10-17). Their area there is their area on the
ellipsoid. Rasters in degrees are measured exactly row by row; others at nodes so dense that linear interpolation errs
by less than 1e-6. Where the CRS keeps areas itself, the plain pixel area is taken.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod

import numpy as np
from rasterio.crs import CRS
from rasterio.warp import transform as reproject

from .grid import PROJECTION_ERRORS, RasterGrid, ellipsoid_of, linear_unit_m

NODE_SPACING_M = 2000.0
"""Distance of the nodes between which the scale is interpolated; h² / 8 of its curvature is about 1e-7."""

MAX_NODE_SPACING_PX = 256
EQUAL_AREA_TOLERANCE = 1e-6
UNITS_PER_PIXEL = 1 << 20


class GroundArea(ABC):
    """Measures runs of pixels.

    Args:
        pixel_m2: Ground area of some pixel in the middle of the raster.

    Attributes:
        unit_m2: A unit so small that areas may be rounded to whole multiples, which add up in any order to the same.
    """

    def __init__(self, pixel_m2: float) -> None:
        self.unit_m2 = pixel_m2 / UNITS_PER_PIXEL

    @abstractmethod
    def of_runs(self, rows: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """Return the ground area in m² of runs of pixels.

        Args:
            rows: ``(n,)`` raster rows, ascending and close together.
            starts: ``(n,)`` first columns.
            ends: ``(n,)`` first columns behind the runs.
        """


def ground_area_of(grid: RasterGrid) -> GroundArea | None:
    """Return the measure of a grid; None if the raster has no CRS."""
    if grid.crs is None:
        return None
    if grid.known_crs.is_geographic and grid.transform.b == 0 and grid.transform.d == 0:
        return _RowArea(grid)
    scale = _Scale(grid)
    nominal = _nominal_pixel_m2(grid)
    rows, cols = np.meshgrid(np.linspace(0, grid.height, 17), np.linspace(0, grid.width, 17))
    sampled = scale.at(rows.ravel(), cols.ravel())
    if np.abs(sampled / nominal - 1).max() < EQUAL_AREA_TOLERANCE:
        return _ConstantArea(nominal)
    return _NodeArea(grid, scale)


class _ConstantArea(GroundArea):
    def __init__(self, pixel_m2: float) -> None:
        super().__init__(pixel_m2)
        self._area_m2 = pixel_m2

    def of_runs(self, rows: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        return (ends - starts) * self._area_m2


class _RowArea(GroundArea):
    """Pixels in degrees: all of a row have the same area, known in closed form."""

    def __init__(self, grid: RasterGrid) -> None:
        super().__init__(_pixel_area_m2(grid))
        self._grid = grid
        self._unit = _angular_unit(grid.known_crs)
        self._ellipsoid = ellipsoid_of(grid.crs_wkt)

    def of_runs(self, rows: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        return (ends - starts) * self._pixel_m2(rows)

    def _pixel_m2(self, rows: np.ndarray) -> np.ndarray:
        t = self._grid.transform
        phi = np.clip((t.f + t.e * np.stack([rows, rows + 1])) * self._unit, -math.pi / 2, math.pi / 2)
        heights = np.abs(np.diff(_authalic_y(phi, self._ellipsoid), axis=0)[0])
        return abs(t.a) * self._unit * self._ellipsoid[0] * heights


class _NodeArea(GroundArea):
    """Any other pixels: the area of a pixel at nodes, linear between them along rows and along columns."""

    def __init__(self, grid: RasterGrid, scale: _Scale) -> None:
        super().__init__(_nominal_pixel_m2(grid))
        self._scale = scale
        resolution = grid.ground_resolution_m or (1.0, 1.0)
        self._step_col, self._step_row = (
            max(1, min(MAX_NODE_SPACING_PX, int(NODE_SPACING_M / max(r, 1e-9)))) for r in resolution
        )
        self._node_cols = np.arange(0, grid.width + self._step_col + 1, self._step_col)

    def of_runs(self, rows: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        if not len(rows):
            return np.zeros(0)
        first = int(rows[0])
        scales = self._row_scales(np.arange(first, int(rows[-1]) + 1))
        spans = (scales[:, 1:] + scales[:, :-1]) * (self._step_col / 2)
        cumulated = np.concatenate([np.zeros((len(scales), 1)), np.cumsum(spans, axis=1)], axis=1)
        line = rows - first
        return self._left_of(line, ends, scales, cumulated) - self._left_of(line, starts, scales, cumulated)

    def _row_scales(self, rows: np.ndarray) -> np.ndarray:
        """Pixel areas ``(rows, nodes)`` in the middle of rows, between the nodes above and below."""
        centres = (rows + 0.5) / self._step_row
        above = centres.astype(np.int64)
        node_rows = np.arange(above[0], above[-1] + 2) * self._step_row
        r, c = np.meshgrid(node_rows, self._node_cols, indexing="ij")
        nodes = self._scale.at(r.ravel(), c.ravel()).reshape(r.shape)
        share = (centres - above)[:, None]
        above -= above[0]
        return nodes[above] * (1 - share) + nodes[above + 1] * share

    def _left_of(self, line: np.ndarray, col: np.ndarray, scales: np.ndarray, cumulated: np.ndarray) -> np.ndarray:
        """Area of the pixels of a row left of a column edge: the integral of the interpolated pixel area."""
        node = np.minimum(col // self._step_col, scales.shape[1] - 2)
        offset = col - node * self._step_col
        here, slope = scales[line, node], (scales[line, node + 1] - scales[line, node]) / self._step_col
        return cumulated[line, node] + offset * (here + slope * offset / 2)


class _Scale:
    """Ground area per pixel at points of the raster, by central differences."""

    def __init__(self, grid: RasterGrid) -> None:
        self._grid = grid
        self._nominal = _nominal_pixel_m2(grid)
        self._ellipsoid = ellipsoid_of(grid.crs_wkt)
        resolution = min(grid.ground_resolution_m or (1.0, 1.0))
        self._half_px = max(0.5, min(MAX_NODE_SPACING_PX, NODE_SPACING_M / max(resolution, 1e-9)) / 4)
        axis, flattening = self._ellipsoid
        shape = f"+rf={flattening}" if flattening else f"+b={axis}"
        self._angles = (
            None if grid.known_crs.is_geographic else CRS.from_proj4(f"+proj=longlat +a={axis} {shape} +no_defs")
        )

    def at(self, rows: np.ndarray, cols: np.ndarray) -> np.ndarray:
        """Return the area in m² of a pixel centred on each point; the plain pixel area where there is no telling."""
        h = self._half_px
        cols = np.concatenate([cols + h, cols - h, cols, cols]).astype(np.float64)
        rows = np.concatenate([rows, rows, rows + h, rows - h]).astype(np.float64)
        t = self._grid.transform
        try:
            lam, phi = self._to_radians(t.a * cols + t.b * rows + t.c, t.d * cols + t.e * rows + t.f)
        except PROJECTION_ERRORS:
            return np.full(len(cols) // 4, self._nominal)
        east, west, down, up = range(4)
        lam, y = (
            lam.reshape(4, -1),
            _authalic_y(np.clip(phi, -math.pi / 2, math.pi / 2), self._ellipsoid).reshape(4, -1),
        )
        across = self._ellipsoid[0] * _wrapped(lam[east] - lam[west]), y[east] - y[west]
        along = self._ellipsoid[0] * _wrapped(lam[down] - lam[up]), y[down] - y[up]
        area = np.abs(across[0] * along[1] - across[1] * along[0]) / (4 * h * h)
        with np.errstate(invalid="ignore"):
            sane = np.isfinite(area) & (area > self._nominal * 1e-6) & (area < self._nominal * 1e3)
        return np.where(sane, area, self._nominal)

    def _to_radians(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if self._angles is None:
            unit = _angular_unit(self._grid.crs)
            return x * unit, y * unit
        lon, lat = reproject(self._grid.crs, self._angles, x, y)
        return np.radians(lon), np.radians(lat)


def _authalic_y(phi: np.ndarray, ellipsoid: tuple[float, float]) -> np.ndarray:
    """Return a·q(φ)/2: the height of the equal-area cylindrical map, in metres."""
    axis, inverse_flattening = ellipsoid
    s = np.sin(phi)
    if not inverse_flattening:
        return axis * s
    flattening = 1 / inverse_flattening
    e = math.sqrt(flattening * (2 - flattening))
    return axis * (1 - e * e) / 2 * (s / (1 - (e * s) ** 2) + np.arctanh(e * s) / e)


def _wrapped(angle: np.ndarray) -> np.ndarray:
    return (angle + math.pi) % (2 * math.pi) - math.pi


def _angular_unit(crs: CRS) -> float:
    try:
        return crs.units_factor[1] or math.radians(1)
    except PROJECTION_ERRORS:
        return math.radians(1)


def _nominal_pixel_m2(grid: RasterGrid) -> float:
    if grid.known_crs.is_geographic:
        return _pixel_area_m2(grid)
    return abs(grid.transform.determinant) * linear_unit_m(grid.known_crs) ** 2


def _pixel_area_m2(grid: RasterGrid) -> float:
    if grid.pixel_area_m2 is None:
        raise ValueError("The raster has no coordinate reference system, so its pixels have no area on the ground.")
    return grid.pixel_area_m2
