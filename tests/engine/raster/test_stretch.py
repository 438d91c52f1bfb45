"""From any number type to 8 bits."""

from __future__ import annotations

import numpy as np
import pytest

from uhr_landcover.engine.raster.stretch import Stretch, declared_stretch, measure_stretch


def test_ends_become_0_and_255_and_the_rest_is_cut():
    stretch = Stretch(low=(100.0,), high=(355.0,))

    out = stretch.apply(np.array([[[0, 100, 228, 355, 9999]]], np.uint16))

    assert out.tolist() == [[[0, 0, 128, 255, 255]]]


def test_values_that_are_not_finite_become_0():
    out = Stretch(low=(0.0,), high=(1.0,)).apply(np.array([[[np.nan, np.inf, -np.inf, 1.0]]], np.float32))

    assert out.tolist() == [[[0, 0, 0, 255]]]


def test_measured_stretch_ignores_outliers_and_invalid_samples():
    values = np.arange(10_000, dtype=np.float32)[None].copy()
    values[0, 0] = -1e30
    valid = np.ones(10_000, bool)
    valid[5000:] = False

    stretch = measure_stretch(values, valid, (1, 99))

    assert stretch.low[0] == pytest.approx(50, abs=2)
    assert stretch.high[0] == pytest.approx(4950, abs=2)


@pytest.mark.parametrize("value", [0.0, -7.0, 1e12, 1e-9])
def test_constant_channel_gives_a_stretch_that_is_not_empty(value):
    stretch = measure_stretch(np.full((1, 9), value), np.ones(9, bool), (0.1, 99.9))

    assert stretch.low[0] < stretch.high[0]


def test_raster_without_data_gives_a_stretch():
    assert measure_stretch(np.zeros((2, 5)), np.zeros(5, bool), (0.1, 99.9)) == Stretch(low=(0, 0), high=(1, 1))


def test_declared_bits_are_linear():
    assert declared_stretch(4, 1).apply(np.array([[[0, 1, 15]]], np.uint8)).tolist() == [[[0, 17, 255]]]


def test_empty_stretch_is_refused():
    with pytest.raises(ValueError, match="is empty"):
        Stretch(low=(3.0,), high=(3.0,))
