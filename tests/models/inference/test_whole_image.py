"""Maps of images in memory: tiles leave no trace, and the rim has context where it is mirrored."""

import numpy as np
import pytest
from fakes import LEVELS, RimNetwork, ThresholdNetwork, threshold_classes

from uhr_landcover.models.card import Normalization
from uhr_landcover.models.inference.whole_image import ImageTiling, classify_image

PLAIN = Normalization(mean=(0.0, 0.0, 0.0), std=(255.0, 255.0, 255.0))
SIZES = [(7, 9), (48, 48), (64, 64), (65, 150)]


@pytest.mark.parametrize("mirrors_rim", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_image_in_tiles_has_the_class_of_every_pixel(size, mirrors_rim):
    image = np.random.default_rng(0).integers(0, 256, (*size, 3), dtype=np.uint8)
    tiling = ImageTiling(tile_px=64, halo_px=8, mirrors_rim=mirrors_rim)

    classes = classify_image(ThresholdNetwork().eval(), image, PLAIN, tiling)

    assert np.array_equal(classes, threshold_classes(image.transpose(2, 0, 1)))


@pytest.mark.parametrize("size", SIZES)
def test_mirrored_rim_keeps_the_class_up_to_the_edge(size):
    image = np.full((*size, 3), 200, np.uint8)
    network = RimNetwork().eval()

    as_it_is = classify_image(network, image, PLAIN, ImageTiling(tile_px=64, halo_px=8))
    mirrored = classify_image(network, image, PLAIN, ImageTiling(tile_px=64, halo_px=8, mirrors_rim=True))

    inside = 200 * LEVELS // 256
    assert (mirrored == inside).all()
    assert (as_it_is[0] < inside).all()
