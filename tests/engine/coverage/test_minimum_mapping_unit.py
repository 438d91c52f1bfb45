"""Small areas join neighbours, and it does not matter in which strips."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from coverage_support import class_rasters, strips_of
from hypothesis import given, settings
from hypothesis import strategies as st

from uhr_landcover.engine.coverage.minimum_mapping_unit import MappingUnit, merge_small_areas
from uhr_landcover.models.legend import NODATA


def pixels_of(runs, first_row):
    return np.where(runs.rows > 0, runs.ends - runs.starts, 0)


def merged(raster, limit, rows=1000, side=1, top=1):
    unit = MappingUnit(limit=limit, measure=pixels_of, side_weight=side, top_weight=top)
    strips = list(merge_small_areas(strips_of(raster, rows), raster.shape[1], unit))
    firsts = np.cumsum([0] + [len(strip) for _, strip in strips])[:-1]
    assert [first for first, _ in strips] == firsts.tolist()
    return np.concatenate([strip for _, strip in strips])


def areas_of(raster):
    """Masks of all 4-connected areas with data, by size, then by first pixel."""
    found = []
    for class_id in np.unique(raster[raster != NODATA]):
        count, labels = cv2.connectedComponents((raster == class_id).astype(np.uint8), connectivity=4)
        found += [labels == k for k in range(1, count)]
    return sorted(found, key=lambda mask: (mask.sum(), mask.ravel().argmax()))


def merged_by_the_rule(raster, limit, side, top):
    """The rule of the module, one area at a time, on the whole raster."""
    raster = raster.copy()
    limits = np.broadcast_to(limit, 256)
    while True:
        for area in (a for a in areas_of(raster) if a.sum() < limits[raster[a][0]]):
            borders = np.zeros(NODATA, np.int64)
            for shift, axis, weight in ((1, 0, top), (-1, 0, top), (1, 1, side), (-1, 1, side)):
                padded = np.pad(area, 1)
                beside = (np.roll(padded, shift, axis) & ~padded)[1:-1, 1:-1]
                ids = raster[beside]
                borders += weight * np.bincount(ids[ids != NODATA], minlength=NODATA)
            if borders.any():
                raster[area] = borders.argmax()
                break
        else:
            return raster


@given(
    raster=class_rasters(max_side=14),
    limit=st.integers(1, 25),
    rows=st.integers(1, 15),
    weights=st.tuples(st.integers(1, 3), st.integers(1, 3)),
)
@settings(max_examples=80)
def test_merging_in_strips_follows_the_rule_on_the_whole_raster(raster, limit, rows, weights):
    side, top = weights

    assert (merged(raster, limit, rows, side, top) == merged_by_the_rule(raster, limit, side, top)).all()


@given(raster=class_rasters(max_side=40), limit=st.integers(1, 60))
@settings(max_examples=60)
def test_merging_leaves_no_small_area_that_has_a_neighbour_and_no_data_untouched(raster, limit):
    result = merged(raster, limit, 7)

    assert ((result == NODATA) == (raster == NODATA)).all()
    for area in areas_of(result):
        grown = cv2.dilate(area.astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))) > 0
        has_neighbour = (result[grown & ~area] != NODATA).any()
        assert area.sum() >= limit or not has_neighbour


def test_small_area_joins_the_neighbour_with_the_longest_border_not_the_larger_one():
    raster = np.full((6, 9), 2, np.uint8)
    raster[:2] = 1
    raster[1, 3:5] = 0  # two pixels: four edges to class 1, two to class 2

    assert merged(raster, 3)[1, 3] == 1


def test_small_area_amid_no_data_stays():
    raster = np.full((5, 5), NODATA, np.uint8)
    raster[2, 2] = 3

    assert (merged(raster, 100, 2) == raster).all()


@pytest.mark.parametrize("limit", [0, 1])
def test_unit_of_at_most_a_pixel_changes_nothing(limit):
    raster = np.random.default_rng(0).integers(0, 3, (20, 20)).astype(np.uint8)

    assert (merged(raster, limit, 6) == raster).all()


@given(
    raster=class_rasters(max_side=14),
    limits=st.lists(st.integers(0, 25), min_size=4, max_size=4),
    rows=st.integers(1, 15),
)
def test_every_class_may_have_a_smallest_area_of_its_own(raster, limits, rows):
    limit = np.zeros(256, np.int64)
    limit[:4] = limits

    assert (merged(raster, limit, rows) == merged_by_the_rule(raster, limit, 1, 1)).all()
