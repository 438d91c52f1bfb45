"""Palettes: colours that are told apart, with every kind of sight, and on white paper."""

import itertools

import numpy as np
import pytest
from qgis_fixtures import LEGEND

from uhr_landcover.ui.results.palettes import LEGEND as OWN
from uhr_landcover.ui.results.palettes import MUTED, SAFE, recolored

# Machado, Oliveira and Fernandes (2009), severity 1.
SIGHT = {
    "usual": np.eye(3),
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(color, sight="usual"):
    """Return a colour of sRGB in CIELAB, as it is seen with a kind of sight."""
    c = np.array(color) / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(SIGHT[sight]) @ linear, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def nearest(palette, sight):
    colors = [lab(c["color"], sight) for c in recolored(LEGEND, palette)["classes"]]
    return min(np.linalg.norm(a - b) for a, b in itertools.combinations(colors, 2))


@pytest.mark.parametrize("sight", SIGHT)
def test_safe_colours_are_told_apart_with_every_kind_of_sight(sight):
    assert nearest(SAFE, sight) > 30


def test_muted_colours_are_told_apart():
    assert nearest(MUTED, "usual") > 20


@pytest.mark.parametrize("palette", [MUTED, SAFE])
def test_every_colour_shows_on_white_paper(palette):
    white = lab((255, 255, 255))
    assert min(np.linalg.norm(lab(c["color"]) - white) for c in recolored(LEGEND, palette)["classes"]) > 30


def test_colours_of_the_legend_are_left_as_they_are():
    assert recolored(LEGEND, OWN) == LEGEND


@pytest.mark.parametrize("palette", [MUTED, SAFE])
def test_any_legend_gets_colours_that_show_on_white(palette):
    legend = {"classes": [{"id": i, "name": f"class {i}", "color": [255, 255, 255 - i]} for i in range(9)]}
    white = lab((255, 255, 255))

    found = [c["color"] for c in recolored(legend, palette)["classes"]]

    assert min(np.linalg.norm(lab(color) - white) for color in found) > 20
