import numpy as np
import pytest
import torch
from torch.nn import functional

from uhr_landcover.models.card import Normalization
from uhr_landcover.models.encoders.stored import load_encoder
from uhr_landcover.models.heads.colour import ColourStatistics
from uhr_landcover.models.heads.feature_maps import FeatureMaps, joined_at
from uhr_landcover.models.heads.feature_reader import FeatureReader, features_at


def picture(channels=3, height=64, width=96, seed=0):
    return torch.rand(1, channels, height, width, generator=torch.Generator().manual_seed(seed))


@pytest.fixture(scope="module")
def stored():
    return load_encoder("efficientnet-lite0")


def test_colour_statistics_are_means_and_deviations_of_windows_around_the_cell():
    image = picture()

    found = ColourStatistics(3)(image)[0]

    for place, side in enumerate((1, 3, 7)):
        reach = 4 * (side // 2)
        window = image[0, :, 32 - reach : 36 + reach, 48 - reach : 52 + reach].flatten(1)
        expected = torch.cat([window.mean(dim=1), window.std(dim=1, correction=0)])
        assert torch.allclose(found[6 * place : 6 * place + 6, 8, 12], expected, atol=1e-4)


def test_colour_window_at_the_edge_ends_there():
    image = picture()

    found = ColourStatistics(3)(image)[0]

    assert torch.allclose(found[6:9, 0, 0], image[0, :, :8, :8].flatten(1).mean(dim=1), atol=1e-5)


def test_feature_maps_are_no_finer_than_cells(stored):
    maps = FeatureMaps(stored.encoder, 4)

    found = maps(picture(channels=4))

    assert [tuple(level.shape[1:]) for level in found] == [
        (c, 64 // s, 96 // s) for c, s in zip(maps.channels, maps.strides, strict=True)
    ]
    assert maps.strides == (4, 4, 4, 8, 16, 32)


def test_image_with_fewer_bands_than_the_encoder_needs_is_refused(stored):
    with pytest.raises(ValueError, match="needs 3 bands; there are 2"):
        FeatureMaps(stored.encoder, 2)


def test_joined_features_of_cells_equal_enlarged_maps():
    maps = [torch.randn(2, 16, 24), torch.randn(3, 8, 12), torch.randn(4, 2, 3)]
    rows, cols = torch.tensor([0, 5, 15]), torch.tensor([0, 11, 23])

    found = joined_at(maps, rows, cols)

    enlarged = [functional.interpolate(m[None], size=(16, 24), mode="bilinear", align_corners=False)[0] for m in maps]
    assert torch.allclose(found, torch.cat(enlarged)[:, rows, cols].t(), atol=1e-5)


def test_reader_takes_pixels_without_data_as_the_average_colour(stored):
    reader = FeatureReader(stored)
    image = np.full((3, 64, 64), 127, np.uint8)
    spoilt, valid = image.copy(), np.ones((64, 64), bool)
    spoilt[:, :32], valid[:32] = 250, False

    expected, found = reader.maps(image, np.ones((64, 64), bool)), reader.maps(spoilt, valid)

    assert all(np.array_equal(a, b) for a, b in zip(expected, found, strict=True))


def test_reader_scales_further_bands_by_themselves(stored):
    reader = FeatureReader(stored, Normalization(mean=(10.0,), std=(2.0,)))
    image = np.concatenate([np.full((3, 32, 32), 127, np.uint8), np.full((1, 32, 32), 14, np.uint8)])

    maps = reader.maps(image, np.ones((32, 32), bool))

    assert maps[0][3, 0, 0] == pytest.approx(2.0)
    assert features_at(maps, np.array([0]), np.array([0])).shape == (1, sum(reader.channels))
