"""Grid of a raster's pixels: windows, bounds and ground resolution. Pure; reads no file."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property

from affine import Affine
from rasterio._err import CPLE_BaseError
from rasterio.crs import CRS
from rasterio.errors import CRSError, RasterioError
from rasterio.warp import transform as reproject

PROJECTION_ERRORS = (RasterioError, CRSError, CPLE_BaseError)
"""What a reprojection may raise: PROJ's own errors do not derive from rasterio's."""

WGS84 = (6378137.0, 298.257223563)
"""Semi-major axis in metres and inverse flattening."""


@dataclass(frozen=True, slots=True)
class Window:
    """Rectangle of whole pixels.

    Attributes:
        col_off: First column.
        row_off: First row.
        width: Number of columns.
        height: Number of rows.
    """

    col_off: int
    row_off: int
    width: int
    height: int

    @property
    def col_end(self) -> int:
        """First column behind the window."""
        return self.col_off + self.width

    @property
    def row_end(self) -> int:
        """First row behind the window."""
        return self.row_off + self.height

    @property
    def pixels(self) -> int:
        """Number of pixels; 0 if the window is empty."""
        return max(0, self.width) * max(0, self.height)

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns), as numpy wants it."""
        return self.height, self.width

    def intersection(self, other: Window) -> Window:
        """Return the common part; its width or height is 0 where there is none."""
        left, top = max(self.col_off, other.col_off), max(self.row_off, other.row_off)
        right, bottom = min(self.col_end, other.col_end), min(self.row_end, other.row_end)
        return Window(left, top, max(0, right - left), max(0, bottom - top))

    def contains(self, other: Window) -> bool:
        """Return whether every pixel of another window is in this one."""
        return self.intersection(other) == other

    def slices_in(self, outer: Window) -> tuple[slice, slice]:
        """Return the (rows, columns) slices of this window in an array that covers `outer`."""
        row, col = self.row_off - outer.row_off, self.col_off - outer.col_off
        return slice(row, row + self.height), slice(col, col + self.width)

    def strips(self, rows: int) -> list[Window]:
        """Return the window cut into strips of at most `rows` rows, top to bottom."""
        starts = range(self.row_off, self.row_end, max(1, rows))
        return [Window(self.col_off, r, self.width, min(max(1, rows), self.row_end - r)) for r in starts]


@dataclass(frozen=True, kw_only=True)
class RasterGrid:
    """The pixel grid of a raster.

    Attributes:
        crs_wkt: Coordinate reference system as WKT; empty if the raster has none.
        transform: Affine map from (column, line) to CRS coordinates.
        width: Columns.
        height: Lines.
    """

    crs_wkt: str
    transform: Affine
    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise ValueError(f"A raster of {self.width} × {self.height} px has no pixels.")
        if self.transform.is_degenerate:
            raise ValueError("The raster's transform maps every pixel onto one line; it has no pixel size.")

    @property
    def window(self) -> Window:
        """The whole raster."""
        return Window(0, 0, self.width, self.height)

    @cached_property
    def crs(self) -> CRS | None:
        """The coordinate reference system; None if there is none."""
        return CRS.from_wkt(self.crs_wkt) if self.crs_wkt else None

    @property
    def known_crs(self) -> CRS:
        """The coordinate reference system, where only rasters with one are asked.

        Raises:
            ValueError: If there is none.
        """
        if self.crs is None:
            raise ValueError("The raster has no coordinate reference system, so nothing can be measured on the ground.")
        return self.crs

    @property
    def is_georeferenced(self) -> bool:
        """Whether the raster says where on the ground it lies."""
        return bool(self.crs_wkt)

    @cached_property
    def ground_resolution_m(self) -> tuple[float, float] | None:
        """Metres on the ground per pixel, along columns and along lines, at the raster's centre.

        Degrees are measured on the CRS's ellipsoid. Projected pixels are measured between their places on the
        globe, so that EPSG:3857 tells the truth away from the equator. None if the raster has no CRS.
        """
        if self.crs is None:
            return None
        across, down = self._steps()
        if self.crs.is_geographic:
            return _degrees_to_metres(across, self._centre[1], self.crs_wkt), _degrees_to_metres(
                down, self._centre[1], self.crs_wkt
            )
        unit_m = linear_unit_m(self.crs)
        nominal = math.hypot(*across) * unit_m, math.hypot(*down) * unit_m
        measured = self._measured_resolution_m()
        return measured if measured and _is_plausible(measured, nominal) else nominal

    @property
    def pixel_area_m2(self) -> float | None:
        """Ground area of the pixel at the raster's centre; None if the raster has no CRS."""
        if self.ground_resolution_m is None:
            return None
        across, down = self._steps()
        shear = abs(self.transform.determinant) / (math.hypot(*across) * math.hypot(*down))
        return self.ground_resolution_m[0] * self.ground_resolution_m[1] * shear

    @property
    def lattice_transform(self) -> Affine:
        """The map from corners of pixels to the coordinates of polygons.

        An image without any georeference is drawn by QGIS with y from -height up to 0, so its polygons lie there too.
        """
        if not self.is_georeferenced and self.transform == Affine.identity():
            return Affine.scale(1, -1)
        return self.transform

    @cached_property
    def ground_note(self) -> str:
        """Sentence on what areas and lengths are measured by, where PROJ has no way to the ellipsoid; else empty."""
        if self.crs is None or self.crs.is_geographic or self._measured_resolution_m() is not None:
            return ""
        name, factor = self.crs.units_factor if self.crs.units_factor[1] else ("metre", 1.0)
        unit = "metres" if factor == 1 else f"{name} of {factor:g} m"
        return (
            f"The raster's coordinate system has no known place on the Earth; areas and lengths are those of its own "
            f"plane, in which coordinates count {unit}."
        )

    def window_of(self, bounds: tuple[float, float, float, float]) -> Window:
        """Return the pixels that bounds touch, cut to the raster; empty if they lie beside it.

        Args:
            bounds: left, bottom, right, top in CRS units. Without georeference: columns and lines, counted down
                from the top, or negative lines counted up to 0, the way QGIS draws such a raster.
        """
        left, bottom, right, top = bounds
        if not self.is_georeferenced and self.transform == Affine.identity() and top <= 0 and bottom < 0:
            bottom, top = -top, -bottom
        inverse = ~self.transform
        corners = [inverse @ (x, y) for x in (left, right) for y in (bottom, top)]
        cols, rows = [c for c, _ in corners], [r for _, r in corners]
        first_col, first_row = _floor(min(cols)), _floor(min(rows))
        touched = Window(first_col, first_row, _ceil(max(cols)) - first_col, _ceil(max(rows)) - first_row)
        return self.window.intersection(touched)

    def bounds_of(self, window: Window) -> tuple[float, float, float, float]:
        """Return left, bottom, right, top of a window; of a rotated one the rectangle around it."""
        corners = [
            self.transform @ (c, r) for c in (window.col_off, window.col_end) for r in (window.row_off, window.row_end)
        ]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def _centre(self) -> tuple[float, float]:
        return self.transform @ (self.width / 2, self.height / 2)

    def _steps(self) -> tuple[tuple[float, float], tuple[float, float]]:
        t = self.transform
        return (t.a, t.d), (t.b, t.e)

    def _measured_resolution_m(self) -> tuple[float, float] | None:
        x, y = self._centre
        across, down = self._steps()
        points = [(x, y), (x + across[0], y + across[1]), (x + down[0], y + down[1])]
        try:
            lon, lat = reproject(self.crs, CRS.from_epsg(4326), [p[0] for p in points], [p[1] for p in points])
        except PROJECTION_ERRORS:
            return None
        if not all(math.isfinite(v) for v in (*lon, *lat)):
            return None
        step = [((lon[i] - lon[0] + 180) % 360 - 180, lat[i] - lat[0]) for i in (1, 2)]
        return _metres(step[0], lat[0], WGS84), _metres(step[1], lat[0], WGS84)


def _metres(step_degrees: tuple[float, float], latitude: float, ellipsoid: tuple[float, float]) -> float:
    """Length of a small step in degrees: radii of curvature of the meridian and of the prime vertical."""
    axis_m, inverse_flattening = ellipsoid
    squared = 0.0
    if inverse_flattening:
        flattening = 1 / inverse_flattening
        squared = flattening * (2 - flattening)
    phi = math.radians(latitude)
    bend = 1 - squared * math.sin(phi) ** 2
    east = math.radians(step_degrees[0]) * axis_m / math.sqrt(bend) * math.cos(phi)
    north = math.radians(step_degrees[1]) * axis_m * (1 - squared) / bend**1.5
    return math.hypot(east, north)


def _degrees_to_metres(step: tuple[float, float], latitude: float, crs_wkt: str) -> float:
    # Beyond 89° the width of a degree vanishes; a raster over the pole is better measured at its rim.
    return _metres(step, max(-89.0, min(89.0, latitude)), ellipsoid_of(crs_wkt))


def ellipsoid_of(crs_wkt: str) -> tuple[float, float]:
    """Return the larger half axis (m) and inverse flattening of the ellipsoid of a CRS; WGS 84's if none is named."""
    found = re.search(r'(?:SPHEROID|ELLIPSOID)\["[^"]*",\s*([\d.eE+-]+),\s*([\d.eE+-]+)', crs_wkt)
    return (float(found[1]), float(found[2])) if found else WGS84


def linear_unit_m(crs: CRS) -> float:
    """Return the metres of a unit of a CRS that is not in degrees: also of a local one, which is not projected."""
    try:
        return crs.units_factor[1] or 1.0
    except PROJECTION_ERRORS:
        return 1.0


def _is_plausible(measured: tuple[float, float], nominal: tuple[float, float]) -> bool:
    # Other planets and places outside a projection's use give nonsense; Mercator's scale stays below 100 at 89°.
    return all(0.005 < m / n < 2 for m, n in zip(measured, nominal, strict=True))


def _floor(value: float) -> int:
    # Bounds that were themselves made from pixel edges come back with rounding errors.
    return round(value) if abs(value - round(value)) < 1e-6 else math.floor(value)


def _ceil(value: float) -> int:
    return round(value) if abs(value - round(value)) < 1e-6 else math.ceil(value)
