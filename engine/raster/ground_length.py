"""Ground length of lines between lattice points of a raster. Reads no file."""

from __future__ import annotations

import math

import numpy as np
from rasterio.crs import CRS
from rasterio.warp import transform as reproject

from .grid import PROJECTION_ERRORS, RasterGrid, ellipsoid_of, linear_unit_m

NODES = 129
"""Places along each axis at which the metric is known; the nearest one serves."""

SAME_EVERYWHERE = 1e-5
"""Relative change of the metric below which one place serves for all."""


class GroundLength:
    """Measures lines on the ellipsoid with the metric at the place nearest to each.

    Args:
        grid: Pixel grid with a CRS.
    """

    def __init__(self, grid: RasterGrid) -> None:
        self._cell = max(grid.width, 1) / (NODES - 1), max(grid.height, 1) / (NODES - 1)
        cols, rows = np.meshgrid(np.linspace(0, grid.width, NODES), np.linspace(0, grid.height, NODES))
        metric = _metric(grid, cols.ravel(), rows.ravel()).reshape(3, NODES, NODES)
        spread = np.ptp(metric, axis=(1, 2)).max() / np.abs(metric).max()
        self._metric = metric
        self._constant = metric[:, NODES // 2, NODES // 2] if spread < SAME_EVERYWHERE else None

    def of_path(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the length in metres of the lines from each lattice point to the next; one less than points."""
        dx, dy = np.diff(x).astype(np.float64), np.diff(y).astype(np.float64)
        if self._constant is not None:
            e, f, g = self._constant
        else:
            col = np.clip(np.rint(x[1:] / self._cell[0]).astype(np.int64), 0, NODES - 1)
            row = np.clip(np.rint(y[1:] / self._cell[1]).astype(np.int64), 0, NODES - 1)
            e, f, g = self._metric[:, row, col]
        return np.sqrt((e * dx + 2 * f * dy) * dx + g * dy * dy)


def _metric(grid: RasterGrid, cols: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return the first fundamental form ``(3, n)`` in m² per square pixel: E, F, G."""
    half = max(0.5, min(grid.width, grid.height) / 512)
    points = [(cols + half, rows), (cols - half, rows), (cols, rows + half), (cols, rows - half)]
    t = grid.transform
    x = np.concatenate([t.a * c + t.b * r + t.c for c, r in points])
    y = np.concatenate([t.d * c + t.e * r + t.f for c, r in points])
    east, north = _local_metres(grid, x, y)
    u = np.stack([east[0] - east[1], north[0] - north[1]]) / (2 * half)
    v = np.stack([east[2] - east[3], north[2] - north[3]]) / (2 * half)
    metric = np.stack([(u * u).sum(0), (u * v).sum(0), (v * v).sum(0)])
    plain = _plain_metric(grid)
    with np.errstate(invalid="ignore"):
        sane = np.isfinite(metric).all(axis=0) & (metric[0] < plain[0] * 1e4) & (metric[2] < plain[2] * 1e4)
    return np.where(sane, metric, plain[:, None])


def _local_metres(grid: RasterGrid, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return places as metres east and north, right for differences between the four points around a place."""
    axis, inverse_flattening = ellipsoid_of(grid.crs_wkt)
    shape = f"+rf={inverse_flattening}" if inverse_flattening else f"+b={axis}"
    if grid.known_crs.is_geographic:
        unit = grid.known_crs.units_factor[1] or math.radians(1)
        lam, phi = x * unit, y * unit
    else:
        try:
            lon, lat = reproject(grid.known_crs, CRS.from_proj4(f"+proj=longlat +a={axis} {shape} +no_defs"), x, y)
            lam, phi = np.radians(lon), np.radians(lat)
        except PROJECTION_ERRORS:
            lam = phi = np.full(len(x), np.nan)
    lam, phi = lam.reshape(4, -1), phi.reshape(4, -1)
    lam = (lam - lam[:1] + math.pi) % (2 * math.pi) - math.pi
    centre = phi.mean(axis=0)
    flattening = 1 / inverse_flattening if inverse_flattening else 0.0
    squared = flattening * (2 - flattening)
    bend = 1 - squared * np.sin(centre) ** 2
    return axis / np.sqrt(bend) * np.cos(centre) * lam, axis * (1 - squared) / bend**1.5 * (phi - phi[:1])


def _plain_metric(grid: RasterGrid) -> np.ndarray:
    """Return E, F, G as the coordinates say, for places where there is no telling."""
    t = grid.transform
    if grid.known_crs.is_geographic:
        across, down = grid.ground_resolution_m or (1.0, 1.0)
        return np.array([across**2, 0.0, down**2])
    return np.array([t.a**2 + t.d**2, t.a * t.b + t.d * t.e, t.b**2 + t.e**2]) * linear_unit_m(grid.known_crs) ** 2
