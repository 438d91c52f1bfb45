"""Polygons of a class raster: a coverage that is exact before simplification."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from affine import Affine
from coverage_support import blobs, class_rasters, class_sums, features_of, grid_for, polygons_of, strips_of
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.features import rasterize, shapes

from uhr_landcover.engine.coverage.polygonize import polygonize
from uhr_landcover.engine.raster.ground_area import ground_area_of
from uhr_landcover.models.legend import NODATA

ORIENTATIONS = {
    "north-up": Affine(0.5, 0, 500_000, 0, -0.5, 2_800_000),
    "south-up": Affine(0.5, 0, 500_000, 0, 0.5, 2_800_000),
    "mirrored": Affine(-0.5, 0, 500_000, 0, -0.5, 2_800_000),
    "rotated": Affine.translation(500_000, 2_800_000) @ Affine.rotation(30) @ Affine.scale(0.5, -0.5),
    "sheared": Affine(0.5, 0.2, 500_000, 0.1, -0.6, 2_800_000),
    "not square": Affine(0.5, 0, 500_000, 0, -2.0, 2_800_000),
}


@given(raster=class_rasters(), rows=st.integers(1, 30))
@settings(max_examples=150)
def test_polygons_are_valid_exact_and_share_their_borders(raster, rows):
    batch = features_of(raster, rows)

    if batch is None:
        assert (raster == NODATA).all()
        return
    assert shapely.is_valid(polygons_of(batch)).all()
    assert shapely.coverage_is_valid(polygons_of(batch))
    assert (shapely.area(polygons_of(batch)) == batch.pixels).all()
    assert shapely.union_all(polygons_of(batch)).area == (raster != NODATA).sum()
    assert len(polygons_of(batch)) == sum(1 for _ in shapes(raster, raster != NODATA, 4))
    assert (
        np.bincount(batch.class_ids, batch.pixels, 256)[:NODATA] == np.bincount(raster.ravel(), minlength=256)[:NODATA]
    ).all()


@given(raster=class_rasters(), rows=st.integers(1, 12))
@settings(max_examples=100)
def test_polygons_do_not_depend_on_the_height_of_strips(raster, rows):
    whole, parts = features_of(raster), features_of(raster, rows)

    if whole is None:
        assert parts is None
        return
    assert parts.wkb == whole.wkb
    assert parts.pixels.tolist() == whole.pixels.tolist()


@pytest.mark.parametrize("transform", ORIENTATIONS.values(), ids=ORIENTATIONS.keys())
def test_polygons_rasterised_back_give_the_raster_in_every_orientation(transform):
    rng = np.random.default_rng(4)
    raster = blobs(rng, 57, 43, 5, 1.5)
    raster[rng.random(raster.shape) < 0.05] = NODATA
    grid = grid_for(raster, transform, "EPSG:32640")

    batch = features_of(raster, 16, grid=grid, ground=ground_area_of(grid))

    back = rasterize(
        zip(polygons_of(batch), batch.class_ids, strict=True), raster.shape, fill=NODATA, transform=transform
    )
    assert (back == raster).all()
    assert shapely.is_ccw(shapely.get_exterior_ring(polygons_of(batch))).all()
    assert shapely.coverage_is_valid(polygons_of(batch))
    assert shapely.area(polygons_of(batch)) == pytest.approx(batch.pixels * abs(transform.determinant), rel=1e-9)


def test_polygons_in_degrees_have_their_area_on_the_ellipsoid():
    raster = np.array([[0, 0, 1]], np.uint8)
    grid = grid_for(raster, Affine(0.01, 0, 10, 0, -0.01, 60), "EPSG:4326")

    batch = features_of(raster, grid=grid, ground=ground_area_of(grid))

    # Area of 0.01° × 0.01° just south of 60° N on WGS 84, from the radii of curvature there.
    phi = math.radians(59.995)
    bend = 1 - 0.00669438 * math.sin(phi) ** 2
    pixel_m2 = 6378137**2 * (1 - 0.00669438) / bend**2 * math.cos(phi) * math.radians(0.01) ** 2
    assert dict(zip(batch.class_ids.tolist(), batch.area_m2, strict=True)) == pytest.approx(
        {0: 2 * pixel_m2, 1: pixel_m2}, rel=1e-6
    )


def test_perimeter_of_degrees_is_metres():
    raster = np.zeros((1, 1), np.uint8)
    grid = grid_for(raster, Affine(0.01, 0, 10, 0, -0.01, 0.005), "EPSG:4326")

    batch = features_of(raster, grid=grid, ground=ground_area_of(grid))

    assert batch.perimeter_m[0] == pytest.approx(2 * (1113.1949 + 1105.7427), rel=1e-4)


def test_polygons_without_georeference_lie_where_qgis_draws_the_image():
    raster = np.array([[0, 1], [1, 1], [1, 1]], np.uint8)

    batch = features_of(raster)

    assert grid_for(raster).lattice_transform == Affine.scale(1, -1)
    assert shapely.total_bounds(polygons_of(batch)).tolist() == [0, -3, 2, 0]
    corner = polygons_of(batch)[batch.class_ids == 0][0]
    assert corner.bounds == (0, -1, 1, 0)
    assert np.isnan(batch.area_m2).all()


def test_polygon_that_touches_itself_at_corners_has_simple_rings():
    raster = np.array([[0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]], np.uint8)

    batch = features_of(raster)

    outer = polygons_of(batch)[batch.class_ids == 0][0]
    assert shapely.is_valid(outer)
    assert shapely.get_num_interior_rings(outer) == 2


def test_one_polygon_through_all_strips_with_many_holes_is_one():
    raster = np.zeros((201, 401), np.uint8)
    raster[1::2, 1::2] = 1

    faces = [f for f in polygonize(strips_of(raster, 7), raster.shape[1]) if f.count]

    background = [f for f in faces if (f.class_ids == 0).any()]
    assert sum((f.class_ids == 0).sum() for f in faces) == 1
    rings = background[0].rings
    assert (rings.face == np.flatnonzero(background[0].class_ids == 0)[0]).sum() == 1 + 100 * 200


def test_one_polygon_with_a_hundred_thousand_holes_is_one():
    raster = np.zeros((701, 701), np.uint8)
    raster[1::2, 1::2] = 1

    batch = features_of(raster, 16)

    background = polygons_of(batch)[batch.class_ids == 0]
    assert len(background) == 1
    assert shapely.get_num_interior_rings(background)[0] == 350 * 350
    assert shapely.is_valid(background).all()


def test_memory_of_open_faces_does_not_grow_with_the_number_of_strips():
    from uhr_landcover.engine.coverage.faces import CoverageBuilder
    from uhr_landcover.engine.coverage.polygonize import trace_strip

    rng = np.random.default_rng(0)
    builder = CoverageBuilder(64, float("nan"))
    held = []
    above = np.full((1, 64), NODATA, np.uint8)
    for k in range(60):
        strip = blobs(rng, 32, 64, 4, 2.0)
        builder.add(trace_strip(above, strip, 32 * k, None))
        above = strip[-1:]
        held.append(builder.waiting_points)

    assert max(held[30:]) < 2 * max(held[5:30])


@given(raster=class_rasters(max_side=40, max_classes=5), tolerance=st.sampled_from([1.0, 1.5, 2.0, 3.0, 10.0]))
@settings(max_examples=120)
def test_simplified_polygons_stay_a_valid_coverage(raster, tolerance):
    batch = features_of(raster, 13, tolerance_px=tolerance)

    if batch is None:
        return
    assert shapely.is_valid(polygons_of(batch)).all()
    assert shapely.coverage_is_valid(polygons_of(batch))
    assert shapely.area(polygons_of(batch)).sum() == pytest.approx((raster != NODATA).sum(), rel=1e-12)
    assert len(polygons_of(batch)) == len(features_of(raster).wkb)


def test_simplified_polygons_do_not_depend_on_the_height_of_strips(monkeypatch):
    monkeypatch.setattr("uhr_landcover.engine.coverage.polygonize.band_rows", lambda width: 32)
    raster = blobs(np.random.default_rng(2), 150, 90, 4, 4.0)

    results = [features_of(raster, rows, tolerance_px=2) for rows in (1, 17, 150)]

    wkb = [r.wkb for r in results]
    assert wkb[0] == wkb[1] == wkb[2]


def test_simplifying_by_two_pixels_keeps_class_areas_and_drops_points():
    raster = blobs(np.random.default_rng(1), 500, 500, 6, 12.0)

    exact, simple = features_of(raster), features_of(raster, tolerance_px=2)

    areas, pixels = class_sums(simple)
    assert np.abs(areas[:6] / pixels[:6] - 1).max() < 1e-3
    assert sum(map(len, simple.wkb)) < 0.3 * sum(map(len, exact.wkb))


def test_simplifying_leaves_borders_of_no_data_and_single_pixels_alone():
    raster = np.zeros((20, 20), np.uint8)
    raster[5, 5] = 1
    for k in range(6):
        raster[10 + k, : 6 + k] = NODATA

    exact, simple = features_of(raster), features_of(raster, tolerance_px=5)

    assert simple.wkb == exact.wkb


@given(raster=class_rasters(max_side=40, max_classes=5), tolerance=st.sampled_from([0.0, 1.0, 2.0, 5.0]))
@settings(max_examples=120, deadline=None)
def test_rounded_polygons_stay_a_valid_coverage(raster, tolerance):
    batch = features_of(raster, 13, tolerance_px=tolerance, smooth=True)

    if batch is None:
        return
    assert shapely.is_valid(polygons_of(batch)).all()
    assert shapely.coverage_is_valid(polygons_of(batch))
    assert shapely.area(polygons_of(batch)).sum() == pytest.approx((raster != NODATA).sum(), rel=1e-12)
    assert len(polygons_of(batch)) == len(features_of(raster).wkb)


@pytest.mark.parametrize("seed", range(4))
def test_borders_that_would_cross_when_rounded_are_left_as_they_were(monkeypatch, seed):
    monkeypatch.setattr("uhr_landcover.engine.coverage.smoothing.TAKEN", 14.0)  # corners fly far out
    monkeypatch.setattr("uhr_landcover.engine.coverage.class_balance.DRIFT", 1.0)
    raster = blobs(np.random.default_rng(seed), 60, 60, 4, 2.0)

    batch, plain = features_of(raster, tolerance_px=1, smooth=True), features_of(raster, tolerance_px=1)

    assert shapely.is_valid(polygons_of(batch)).all()
    assert shapely.coverage_is_valid(polygons_of(batch))
    assert batch.wkb != plain.wkb


def test_rounded_polygons_do_not_depend_on_strips_or_workers(monkeypatch):
    monkeypatch.setattr("uhr_landcover.engine.coverage.polygonize.band_rows", lambda width: 32)
    raster = blobs(np.random.default_rng(2), 150, 90, 4, 4.0)

    results = [features_of(raster, rows, smooth=True, workers=w) for rows, w in ((1, 1), (17, 3), (150, 2))]

    assert results[0].wkb == results[1].wkb == results[2].wkb


def test_rounding_turns_corners_into_many_small_ones_and_keeps_areas():
    rows, cols = np.mgrid[:300, :300]
    raster = (np.hypot(rows - 150, cols - 150) < 90).astype(np.uint8)

    plain, rounded = features_of(raster, tolerance_px=2), features_of(raster, tolerance_px=2, smooth=True)

    disc, drawn = polygons_of(plain)[plain.class_ids == 1][0], polygons_of(rounded)[rounded.class_ids == 1][0]
    assert sharpest_turn(drawn) < 0.5 * sharpest_turn(disc)
    assert drawn.area == pytest.approx((raster == 1).sum(), rel=1e-3)
    assert drawn.hausdorff_distance(disc) < 2


def sharpest_turn(polygon):
    """Largest change of direction along the outer ring, in radians; the point where it closes left out."""
    steps = np.diff(np.asarray(polygon.exterior.coords), axis=0)
    angles = np.arctan2(steps[:, 1], steps[:, 0])
    return np.abs((np.diff(angles) + np.pi) % (2 * np.pi) - np.pi).max()


def test_rounding_leaves_long_straight_borders_straight():
    raster = np.zeros((200, 200), np.uint8)
    raster[50:150, 50:150] = 1

    batch = features_of(raster, tolerance_px=2, smooth=True)
    square = polygons_of(batch)[batch.class_ids == 1][0]

    assert square.symmetric_difference(shapely.box(50, -150, 150, -50)).area < 100
    assert square.area == pytest.approx(100 * 100, rel=5e-4)


@pytest.mark.parametrize("smooth", [False, True], ids=["simplified", "rounded"])
def test_no_class_of_a_real_mask_drifts_by_a_thousandth(data_dir, smooth):
    from PIL import Image

    for name in ("tile1_005", "tile5_004", "tile5_006", "tile6_002", "tile4_005"):  # slivers of 71 pixels and more
        raster = np.array(Image.open(data_dir / f"open/dubai_mbrsc/masks_deepglobe/{name}.png")).astype(np.uint8)

        batch = features_of(raster, tolerance_px=2, smooth=smooth)

        areas, pixels = class_sums(batch)
        present = pixels > 0
        assert shapely.coverage_is_valid(polygons_of(batch))
        assert np.abs(areas[present] / pixels[present] - 1).max() <= 1e-3


def test_confidence_is_the_mean_over_the_pixels_of_a_polygon():
    rng = np.random.default_rng(5)
    raster = blobs(rng, 60, 50, 3, 2.0)
    raster[5:9, 5:30] = NODATA
    percent = rng.integers(0, 101, raster.shape).astype(np.uint8)
    percent[rng.random(raster.shape) < 0.1] = 255

    for rows, workers in ((60, 1), (7, 3)):
        batch = features_of(raster, rows, workers=workers, confidence=lambda first, end: percent[first:end])

        for polygon, mean in zip(polygons_of(batch), batch.confidence, strict=True):
            inside = rasterize([(polygon, 1)], raster.shape, transform=Affine.scale(1, -1)) == 1
            known = percent[inside & (percent <= 100)]
            assert mean == pytest.approx(known.mean()) if len(known) else np.isnan(mean)
