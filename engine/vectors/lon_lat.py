"""Longitude and latitude of a raster, which GeoJSON files are written in: whether there are any, before the work."""

from __future__ import annotations

import numpy as np
from rasterio.crs import CRS
from rasterio.warp import transform as reproject

from ..raster.grid import PROJECTION_ERRORS, RasterGrid
from ..system.errors import InvalidJob

PLACES = 17
"""Places along each axis that are looked at; between them nothing else is to be expected."""

MOST_DEGREES = 90 + 1e-9


def require_lon_lat(grid: RasterGrid) -> None:
    """Refuse a raster whose polygons cannot be written as GeoJSON.

    Raises:
        InvalidJob: If its coordinate system has no way to longitude and latitude, or it reaches beyond a pole.
    """
    cols, rows = np.meshgrid(np.linspace(0, grid.width, PLACES), np.linspace(0, grid.height, PLACES))
    x, y = grid.lattice_transform @ (cols.ravel(), rows.ravel())
    try:
        lon, lat = reproject(grid.crs, CRS.from_epsg(4326), x, y) if grid.crs else (x, y)
    except PROJECTION_ERRORS as error:
        raise InvalidJob(
            "GeoJSON holds longitudes and latitudes on the Earth; the raster's coordinate system has no known way "
            "there. Choose another format, such as GeoPackage."
        ) from error
    if grid.crs is None:
        return
    lon, lat = np.array(lon), np.array(lat)
    if not (np.isfinite(lon) & np.isfinite(lat)).all():
        raise InvalidJob(
            "GeoJSON holds longitudes and latitudes; parts of the raster have none in its coordinate system. Choose "
            "another format, such as GeoPackage."
        )
    furthest = float(lat[np.abs(lat).argmax()])
    if abs(furthest) > MOST_DEGREES:
        raise InvalidJob(
            f"GeoJSON holds latitudes of -90 to 90; the raster reaches to {furthest:g}. Choose another format, such as "
            "GeoPackage, or cut the raster."
        )
