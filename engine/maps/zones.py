"""Reads polygons of any file and CRS as zones on the pixels of a raster."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.crs import CRS
from rasterio.warp import transform as reproject

from ..raster.grid import PROJECTION_ERRORS, RasterGrid
from ..raster.opening import is_gdal_name
from ..raster.placement import layer_crs
from ..raster.vector_input import read_vector, shapes_of, vector_info
from ..system.errors import InvalidJob

LONGEST_EDGE = 1 / 1000
"""Edges are brought to another CRS in parts of this share of the polygons' extent, because they bend on the way."""

FARTHEST = 1e11
"""Largest coordinate: in millimetres, twice the way round the Earth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A part of the ground.

    Attributes:
        name: What the zone is called.
        shape: Polygon or multipolygon in pixels of the raster: x is the column, y the row.
    """

    name: str
    shape: shapely.Geometry

    def rings(self) -> list[np.ndarray]:
        """Return closed rings, outer ones in one direction, holes in the other."""
        parts = shapely.get_parts(shapely.orient_polygons(self.shape))
        rings = shapely.get_rings(parts[shapely.get_dimensions(parts) == 2])
        return [shapely.get_coordinates(ring) for ring in rings]


def read_zones(path: str | Path, grid: RasterGrid, *, field: str = "", layer: str = "") -> list[Zone]:
    """Return the polygons of a file, in its order.

    Args:
        path: File of polygons in any CRS; without one its coordinates are taken for the raster's.
        grid: Grid of the raster.
        field: Field with the names; empty numbers the zones from 1.
        layer: Layer of the file; empty takes the first.

    Raises:
        InvalidJob: If the file is missing, holds no polygons or lacks the field.
    """
    names, shapes = read_shapes(path, grid, field=field, layer=layer)
    is_area = shapely.get_dimensions(shapes) == 2
    if not is_area.any():
        raise InvalidJob(f"{str(path)!r} holds no polygons. Name a layer of polygons.")
    return [Zone(name=names[k], shape=shapes[k]) for k in np.flatnonzero(is_area).tolist()]


def read_shapes(
    path: str | Path, grid: RasterGrid, *, field: str = "", layer: str = "", what: str = "polygons"
) -> tuple[list[str], np.ndarray]:
    """Return names and geometries of a file of any kind, in its order, in pixels of a raster.

    Args:
        path: File in any CRS; without one its coordinates are taken for the raster's.
        grid: Grid of the raster.
        field: Field with the names; empty numbers them from 1.
        layer: Layer of the file; empty takes the first.
        what: What the file should hold, for people.

    Raises:
        InvalidJob: If the file is missing or lacks the field.
    """
    if not is_gdal_name(str(path)) and not Path(path).exists():
        raise InvalidJob(f"There is no file of {what} {str(path)!r}. Check the path.")
    try:
        known = vector_info(path, layer=layer or 0)
        if field and field not in known["fields"]:
            has = ", ".join(known["fields"]) or "none"
            raise InvalidJob(f"{str(path)!r} has no field {field!r}; its fields are {has}. Name one.")
        columns = [field] if field else []
        meta, _, wkb, values = read_vector(path, layer=layer or 0, columns=columns, force_2d=True)
    except (DataSourceError, DataLayerError) as error:
        raise InvalidJob(f"{str(path)!r} cannot be read as {what}: {error}.") from error
    shapes = shapes_of(wkb, str(path))
    names = values[0].tolist() if field else list(range(1, len(shapes) + 1))
    there = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    names = [names[k] for k in np.flatnonzero(there).tolist()]
    placed = _on_pixels(shapes[there], layer_crs(meta), grid, path) if there.any() else shapes[there]
    return ["" if n is None else str(n) for n in names], placed


def one_zone(zones: list[Zone], name: str = "area") -> Zone:
    """Return what lies in any of the zones."""
    return Zone(name=name, shape=shapely.union_all([z.shape for z in zones]))


def within(zones: list[Zone], area: Zone) -> list[Zone]:
    """Return the parts of zones that lie in an area; empty ones stay."""
    return [Zone(name=z.name, shape=shapely.intersection(z.shape, area.shape)) for z in zones]


def _on_pixels(shapes: np.ndarray, crs: str, grid: RasterGrid, path: Path) -> np.ndarray:
    far = np.abs(shapely.get_coordinates(shapes)) > FARTHEST
    if far.any():
        raise InvalidJob(f"Polygons of {str(path)!r} have coordinates that lie nowhere on the Earth. Check them.")
    if crs and grid.crs is not None:
        try:
            source = CRS.from_user_input(crs)
            if source != grid.crs:
                shapes = _reprojected(shapes, source, grid.crs)
        except PROJECTION_ERRORS as error:
            raise InvalidJob(
                f"The polygons of {str(path)!r} cannot be brought to the raster's CRS: {error}."
            ) from error
    to_pixels = ~grid.lattice_transform

    def forward(xy: np.ndarray) -> np.ndarray:
        return np.column_stack(to_pixels @ (xy[:, 0], xy[:, 1]))

    moved = shapely.transform(shapes, forward)
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        raise InvalidJob(f"Polygons of {str(path)!r} lie where the raster's CRS has no coordinates. Choose others.")
    return shapely.make_valid(moved)


def _reprojected(shapes: np.ndarray, source: CRS, target: CRS) -> np.ndarray:
    left, bottom, right, top = shapely.total_bounds(shapes)
    dense = shapely.segmentize(shapes, max(right - left, top - bottom) * LONGEST_EDGE or 1.0)

    def forward(xy: np.ndarray) -> np.ndarray:
        return np.column_stack(reproject(source, target, xy[:, 0], xy[:, 1]))

    return shapely.transform(dense, forward)
