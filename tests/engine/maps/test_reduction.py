"""Reduced copies: the most frequent class of every four pixels, however the raster is cut into windows."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from uhr_landcover.engine.maps.reduction import ReducedCopies, first_pixel, most_frequent, overview_factors
from uhr_landcover.models.legend import NODATA


@pytest.mark.parametrize(
    ("size", "factors"), [((255, 100), []), ((512, 3), [2]), ((100, 1024), [2, 4]), ((2047, 1), [2, 4])], ids=str
)
def test_factors_end_before_copies_get_smaller_than_256_px(size, factors):
    assert overview_factors(*size) == factors


def most_frequent_of(four):
    known = [int(v) for v in four if v != NODATA]
    if not known:
        return NODATA
    counts = Counter(known)
    return next(v for v in known if counts[v] == max(counts.values()))


@given(arrays(np.uint8, (6, 8), elements=st.sampled_from([0, 1, 2, NODATA])))
def test_most_frequent_counts_data_only_and_takes_the_first_of_equals(values):
    reduced = most_frequent(values, NODATA)

    fours = values.reshape(3, 2, 4, 2).transpose(0, 2, 1, 3).reshape(3, 4, 4)
    assert reduced.tolist() == [[most_frequent_of(four) for four in row] for row in fours]


def copies_of(values, strips, columns, block_px=16, factors=(2, 4, 8), reduce=most_frequent):
    height, width = values.shape
    copies = ReducedCopies(width, height, block_px, factors, reduce=reduce, nodata=NODATA)
    made = [np.full((-(-height // f), -(-width // f)), NODATA, np.uint8) for f in factors]
    for top in range(0, height, strips):
        for left in range(0, width, columns):
            copies.add(top, left, values[None, top : top + strips, left : left + columns])
        for level, first, rows in copies.finished(min(height, top + strips)):
            made[level - 1][first : first + rows.shape[1]] = rows[0]
    return made


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 2**32 - 1))
def test_copies_do_not_depend_on_windows(height, width, seed):
    values = np.random.default_rng(seed).choice([0, 1, NODATA], (height, width)).astype(np.uint8)

    whole = copies_of(values, 16, 128)
    cut = copies_of(values, 16, 32)

    for level, (a, b) in enumerate(zip(whole, cut, strict=True)):
        assert (a == b).all()
        before = values if level == 0 else whole[level - 1]
        padded = np.pad(before, ((0, before.shape[0] % 2), (0, before.shape[1] % 2)), mode="edge")
        assert (a == most_frequent(padded, NODATA)).all()


def test_first_pixel_mixes_nothing():
    values = np.arange(16, dtype=np.uint8).reshape(4, 4)

    assert first_pixel(values, NODATA).tolist() == [[0, 2], [8, 10]]
