"""Which bands become the model's channels."""

from __future__ import annotations

import numpy as np
import pytest

from uhr_landcover.engine.raster.bands import map_bands
from uhr_landcover.engine.system.errors import RasterError

RGB = ("red", "green", "blue")


@pytest.mark.parametrize(
    ("interpretations", "expected"),
    [
        (["red", "green", "blue"], (1, 2, 3)),
        (["blue", "green", "red", "alpha"], (3, 2, 1)),
        (["red", "green", "blue", "undefined"], (1, 2, 3)),
        (["alpha", "red", "green", "blue"], (2, 3, 4)),
        (["undefined", "blue", "green", "red"], (4, 3, 2)),
    ],
    ids=lambda value: "-".join(map(str, value)),
)
def test_bands_are_found_by_colour(interpretations, expected):
    mapping = map_bands(interpretations, RGB)

    assert mapping.indexes == expected
    assert mapping.note == ""


@pytest.mark.parametrize(
    ("interpretations", "expected"),
    [
        (["gray", "undefined", "undefined", "undefined"], (1, 2, 3)),
        (["alpha", "gray", "undefined", "undefined"], (2, 3, 4)),
        (["red", "red", "green", "blue"], (1, 2, 3)),
    ],
    ids=["no colours", "alpha first", "two reds"],
)
def test_bands_without_clear_colours_are_taken_in_order_and_said_so(interpretations, expected):
    mapping = map_bands(interpretations, RGB)

    assert mapping.indexes == expected
    assert "Map the bands if that is wrong" in mapping.note


@pytest.mark.parametrize(
    ("interpretations", "found"),
    [(["gray"], "1 band of"), (["gray", "alpha"], "1 band of"), (["red", "green", "alpha"], "2 bands of")],
    ids=["gray", "gray and alpha", "two"],
)
def test_too_few_bands_are_refused(interpretations, found):
    with pytest.raises(RasterError, match=rf"{found}.*needs 3 \(red, green, blue\)"):
        map_bands(interpretations, RGB)


def test_wish_goes_before_colours():
    assert map_bands(["red", "green", "blue", "undefined"], RGB, (4, 1, 2)).indexes == (4, 1, 2)


def test_wish_for_a_missing_band_is_refused():
    with pytest.raises(RasterError, match="Band 5 was chosen, but the raster has 3"):
        map_bands(["red", "green", "blue"], RGB, (5, 1, 2))


def test_wish_of_the_wrong_length_is_refused():
    with pytest.raises(RasterError, match="2 bands were chosen"):
        map_bands(["red", "green", "blue"], RGB, (1, 2))


def test_palette_gives_its_colours():
    mapping = map_bands(["palette"], RGB, palette={0: (1, 2, 3, 255), 7: (9, 8, 7, 255)})

    assert mapping.indexes == (1,)
    assert np.array_equal(mapping.palette[[0, 7, 9]], [[1, 2, 3], [9, 8, 7], [0, 0, 0]])


def test_palette_does_not_stand_for_four_channels():
    with pytest.raises(RasterError, match="needs 4"):
        map_bands(["palette"], (*RGB, "nir"), palette={0: (1, 2, 3, 255)})
