"""Sizes and durations in words."""

import pytest

from uhr_landcover.engine.contract.text import duration_text, size_text


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [(0, "0 kB"), (1, "1 kB"), (7_400, "7 kB"), (340_000_000, "340 MB"), (999_999_999, "1000 MB"), (1.25e9, "1.2 GB")],
)
def test_size_text_is_in_the_unit_people_say(size_bytes, text):
    assert size_text(size_bytes) == text


def test_size_text_writes_numbers_as_it_is_told():
    assert size_text(1.5e9, lambda value, decimals: f"{value:.{decimals}f}".replace(".", ",")) == "1,5 GB"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (200, "3 min 20 s"), (3900, "1 h 05 min")],
)
def test_duration_text_has_the_two_largest_units(seconds, text):
    assert duration_text(seconds) == text
