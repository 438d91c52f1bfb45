"""Outlines of a label's support on the ground, and the pixels that lie in it."""

from __future__ import annotations

import math

import numpy as np
import shapely
from rasterio.crs import CRS
from rasterio.warp import transform as reproject

from ...raster.grid import WGS84, RasterGrid
from ..sampling.support import Support, SupportShape

CORNERS = 64
"""Corners of what stands for a circle: its area is 0.2 % less."""


def support_outlines(
    support: Support, grid: RasterGrid, row: np.ndarray, col: np.ndarray, lon: np.ndarray, lat: np.ndarray
) -> np.ndarray:
    """Return ``(n,)`` polygons in the map's CRS around pixels.

    Args:
        support: What they are.
        grid: Grid of the map.
        row: ``(n,)`` rows of the pixels.
        col: ``(n,)`` their columns.
        lon: ``(n,)`` degrees east of their middles.
        lat: ``(n,)`` degrees north.
    """
    if support.shape is SupportShape.CIRCLE:
        return _circles(support.size, grid, lon, lat)
    half = (support.size - 1) / 2 if support.shape is SupportShape.BLOCK else 0.0
    t = grid.transform
    corners = np.array([(-half, -half), (1 + half, -half), (1 + half, 1 + half), (-half, 1 + half), (-half, -half)])
    c, r = col[:, None] + corners[:, 0], row[:, None] + corners[:, 1]
    points = np.stack([t.a * c + t.b * r + t.c, t.d * c + t.e * r + t.f], axis=2)
    return shapely.orient_polygons(shapely.polygons(points))


def _circles(radius_m: float, grid: RasterGrid, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return circles on the ellipsoid, right for radii that are small against the earth's."""
    axis, inverse_flattening = WGS84
    squared = (2 - 1 / inverse_flattening) / inverse_flattening
    phi = np.radians(lat)
    bend = 1 - squared * np.sin(phi) ** 2
    metres_east = np.radians(1) * axis / np.sqrt(bend) * np.maximum(np.cos(phi), 1e-9)
    metres_north = np.radians(1) * axis * (1 - squared) / bend**1.5
    angle = np.arange(CORNERS + 1) * (2 * math.pi / CORNERS)
    angle[-1] = 0.0
    east = lon[:, None] + radius_m * np.cos(angle) / metres_east[:, None]
    north = lat[:, None] + radius_m * np.sin(angle) / metres_north[:, None]
    x, y = reproject(CRS.from_epsg(4326), grid.crs, east.ravel(), north.ravel())
    points = np.stack([np.reshape(x, east.shape), np.reshape(y, east.shape)], axis=2)
    return shapely.orient_polygons(shapely.polygons(points))
