"""Windows, bounds and ground resolution."""

from __future__ import annotations

import math

import pytest
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from rasterio.crs import CRS

from uhr_landcover.engine.raster.grid import RasterGrid, Window

UTM = CRS.from_epsg(32633).to_wkt()
PIXELS = st.integers(0, 300)


def grid_of(crs, transform, width=100, height=80):
    wkt = CRS.from_user_input(crs).to_wkt() if crs else ""
    return RasterGrid(crs_wkt=wkt, transform=transform, width=width, height=height)


@given(
    a=st.tuples(PIXELS, PIXELS, st.integers(1, 90), st.integers(1, 90)),
    b=st.tuples(PIXELS, PIXELS, st.integers(1, 90), st.integers(1, 90)),
)
def test_intersection_of_windows_is_the_common_pixels(a, b):
    first, second = Window(*a), Window(*b)
    cols = set(range(a[0], a[0] + a[2])) & set(range(b[0], b[0] + b[2]))
    rows = set(range(a[1], a[1] + a[3])) & set(range(b[1], b[1] + b[3]))

    common = first.intersection(second)

    assert common.pixels == len(cols) * len(rows)
    assert common == second.intersection(first)


@given(height=st.integers(1, 500), rows=st.integers(1, 600))
def test_strips_of_a_window_cover_it_once(height, rows):
    strips = Window(3, 5, 7, height).strips(rows)

    assert [r for s in strips for r in range(s.row_off, s.row_end)] == list(range(5, 5 + height))
    assert all(s.height <= rows for s in strips)


@given(
    angle=st.floats(-180, 180),
    flip=st.sampled_from([1, -1]),
    window=st.tuples(st.integers(0, 50), st.integers(0, 40), st.integers(1, 50), st.integers(1, 40)),
)
def test_bounds_of_window_touch_that_window_again(angle, flip, window):
    transform = Affine.translation(5e5, 4.6e6) @ Affine.rotation(angle) @ Affine.scale(0.5, 0.5 * flip)
    grid = grid_of("EPSG:32633", transform)

    again = grid.window_of(grid.bounds_of(Window(*window)))

    assert again.contains(Window(*window))


def test_bounds_of_north_up_window_give_exactly_that_window():
    grid = grid_of("EPSG:32633", Affine(0.3, 0, 500_000.1, 0, -0.3, 4_650_000.7))
    window = Window(13, 7, 31, 29)

    assert grid.window_of(grid.bounds_of(window)) == window


@pytest.mark.parametrize("sign", [1, -1], ids=["lines count down", "QGIS draws upwards"])
def test_bounds_without_georeference_are_pixels(sign):
    grid = grid_of(None, Affine.identity())
    bounds = (10, *sorted((sign * 20, sign * 50)), 40)

    window = grid.window_of((bounds[0], bounds[1], bounds[3], bounds[2]))

    assert window == Window(10, 20, 30, 30)


def test_bounds_beside_raster_give_an_empty_window():
    grid = grid_of("EPSG:32633", Affine(0.5, 0, 0, 0, -0.5, 0))

    assert grid.window_of((900, 900, 950, 950)).pixels == 0


def test_ground_resolution_of_utm_is_its_metres():
    resolution = grid_of("EPSG:32633", Affine(0.5, 0, 500_000, 0, -1.0, 4_650_000)).ground_resolution_m

    assert resolution == pytest.approx((0.5, 1.0), rel=1e-3)


def test_ground_resolution_of_web_mercator_is_corrected_by_latitude():
    y = 8_399_737.89  # 60° north
    x_m, y_m = grid_of("EPSG:3857", Affine(1, 0, 1e6, 0, -1, y), 2, 2).ground_resolution_m

    assert x_m == pytest.approx(0.5, rel=0.01)
    assert y_m == pytest.approx(0.5, rel=0.01)


def test_ground_resolution_of_degrees_at_60_north():
    degree = 1 / 3600
    x_m, y_m = grid_of("EPSG:4326", Affine(degree, 0, 10, 0, -degree, 60), 2, 2).ground_resolution_m

    assert x_m == pytest.approx(15.5, abs=0.1)  # WGS 84: 55 800 m a degree of longitude
    assert y_m == pytest.approx(30.95, abs=0.05)  # 111 412 m a degree of latitude


def test_ground_resolution_of_feet_is_in_metres():
    resolution = grid_of("EPSG:2263", Affine(1, 0, 984_250, 0, -1, 200_000)).ground_resolution_m

    assert resolution == pytest.approx((0.3048, 0.3048), rel=1e-3)


def test_ground_resolution_of_another_planet_falls_back_to_its_units():
    europa = (
        'PROJCS["Europa",GEOGCS["Europa",DATUM["Europa",SPHEROID["Europa",1560800,0]],PRIMEM["Reference",0],'
        'UNIT["degree",0.0174532925199433]],PROJECTION["Equirectangular"],PARAMETER["standard_parallel_1",0],'
        'PARAMETER["central_meridian",0],UNIT["metre",1]]'
    )

    resolution = grid_of(europa, Affine(20, 0, 0, 0, -20, 0)).ground_resolution_m

    assert resolution == pytest.approx((20, 20), rel=0.01)


def test_ground_resolution_of_rotated_raster_is_along_its_axes():
    transform = Affine.translation(5e5, 4.65e6) @ Affine.rotation(30) @ Affine.scale(0.5, -2)

    assert grid_of("EPSG:32633", transform).ground_resolution_m == pytest.approx((0.5, 2), rel=1e-3)


def test_pixel_area_of_sheared_raster_is_the_determinant():
    transform = Affine(0.5, 0.25, 5e5, 0, -0.5, 4.65e6)

    assert grid_of("EPSG:32633", transform).pixel_area_m2 == pytest.approx(abs(transform.determinant), rel=2e-3)


def test_raster_without_crs_claims_no_metres():
    grid = grid_of(None, Affine.identity())

    assert grid.ground_resolution_m is None
    assert grid.pixel_area_m2 is None


def test_degenerate_transform_is_refused():
    with pytest.raises(ValueError, match="no pixel size"):
        grid_of("EPSG:32633", Affine(0, 0, 0, 0, 0, 0))


def test_pole_has_a_finite_resolution():
    x_m, _ = grid_of("EPSG:4326", Affine(0.1, 0, 0, 0, -0.1, 94), 10, 80).ground_resolution_m

    assert math.isfinite(x_m)
    assert x_m > 0
