"""Areas that are cut along a grid: still a true coverage, and no area reaches over a line."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from affine import Affine
from coverage_support import blobs, class_rasters, features_of, polygons_of
from hypothesis import given, settings
from hypothesis import strategies as st

from uhr_landcover.engine.coverage.cutting import CUT_PX, LARGEST_CUT_CLASS, LARGEST_UNCUT_PX, marked, usual_cut
from uhr_landcover.engine.raster.grid import RasterGrid
from uhr_landcover.engine.system.errors import RasterError
from uhr_landcover.engine.system.run_context import QUIET
from uhr_landcover.engine.vectors.vectorize import _cut_px
from uhr_landcover.models.legend import NODATA


@given(raster=class_rasters(), cut_px=st.integers(1, 40), rows=st.integers(1, 30))
@settings(max_examples=100)
def test_cut_polygons_are_the_whole_ones_cut(raster, cut_px, rows):
    batch, whole = features_of(raster, rows, cut_px=cut_px), features_of(raster)

    if batch is None:
        assert whole is None
        return
    polygons = polygons_of(batch)
    assert shapely.is_valid(polygons).all()
    assert shapely.coverage_is_valid(polygons)
    assert (shapely.area(polygons) == batch.pixels).all()
    left, bottom, right, top = shapely.bounds(polygons).T
    for low, high in ((left, right), (bottom, top)):
        assert ((np.ceil(high / cut_px) - np.floor(low / cut_px)) <= 1).all()
    assert np.bincount(batch.class_ids, batch.pixels).tolist() == np.bincount(whole.class_ids, whole.pixels).tolist()
    for class_id in set(batch.class_ids.tolist()):
        parts = shapely.union_all(polygons[batch.class_ids == class_id])
        assert parts.equals(shapely.union_all(polygons_of(whole)[whole.class_ids == class_id]))


@pytest.mark.parametrize("form", [{}, {"tolerance_px": 2.0}, {"smooth": True}], ids=["exact", "simplified", "smooth"])
def test_cut_polygons_do_not_depend_on_strips_and_keep_straight_cuts(form):
    raster = blobs(np.random.default_rng(5), 150, 170, 4, 6.0)

    batch, other = features_of(raster, cut_px=64, **form), features_of(raster, 19, cut_px=64, **form)

    assert batch.wkb == other.wkb
    assert shapely.coverage_is_valid(polygons_of(batch))
    bounds = shapely.bounds(polygons_of(batch))
    assert (np.ceil(bounds[:, 2] / 64) - np.floor(bounds[:, 0] / 64) <= 1).all()
    assert len(batch.class_ids) > len(features_of(raster, **form).class_ids)


def test_an_area_across_the_raster_is_held_no_longer_than_its_square():
    from uhr_landcover.engine.coverage.polygonize import polygonize

    raster = np.zeros((401, 65), np.uint8)
    raster[1::2, 1::2] = 1  # one area with 6 400 holes
    strips = [(row, raster[row : row + 10]) for row in range(0, 401, 10)]

    largest = [
        max(np.bincount(f.rings.face).max() for f in polygonize(strips, 65, cut_px=cut) if f.count) for cut in (0, 64)
    ]

    assert largest[0] == 1 + 200 * 32
    assert largest[1] <= 1 + 32 * 32


def test_only_rasters_of_unusual_size_are_cut():
    assert usual_cut(LARGEST_UNCUT_PX, LARGEST_UNCUT_PX) == 0
    assert usual_cut(1000, LARGEST_UNCUT_PX + 1) == usual_cut(100_000, 100_000) == CUT_PX


@pytest.mark.parametrize(("largest", "cut"), [(LARGEST_CUT_CLASS, CUT_PX), (LARGEST_CUT_CLASS + 1, 0)])
def test_nobody_is_refused_for_cuts_that_nobody_asked_for(largest, cut):
    side = LARGEST_UNCUT_PX + 1
    grid = RasterGrid(crs_wkt="", transform=Affine.identity(), width=side, height=side)

    assert _cut_px(grid, None, largest, QUIET) == cut


def test_class_ids_without_a_free_bit_are_refused_with_the_way_out():
    raster = np.full((2, 2), NODATA, np.uint8)
    assert (next(marked([(0, raster)], 1))[1] == NODATA).all()
    raster[0, 0] = LARGEST_CUT_CLASS + 1

    with pytest.raises(RasterError, match=r"Class 127 .* --cut-px 0"):
        next(marked([(0, raster)], 1))
