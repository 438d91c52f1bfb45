import json
from pathlib import Path

import pytest
import torch

from uhr_landcover.models.encoders.efficientnet_lite import EfficientNetLite0
from uhr_landcover.models.encoders.stored import load_encoder
from uhr_landcover.models.layers.normalization import fold_batch_norm

EXPECTED = json.loads((Path(__file__).parent / "lite0_expected.json").read_text())
"""Values of the network of PyPI's `efficientnet-lite-pytorch` with these weights, see tools/convert_lite0.py."""


def waves(height=96, width=128):
    rows, cols = torch.arange(height, dtype=torch.float64)[:, None], torch.arange(width, dtype=torch.float64)[None]
    return torch.stack(
        [torch.sin(rows * (0.11 + 0.05 * c) + cols * (0.07 + 0.09 * c) + rows * cols * 1e-3) for c in range(3)]
    )[None].float()


@pytest.fixture(scope="module")
def shipped():
    return load_encoder("efficientnet-lite0")


@pytest.mark.parametrize("level", range(5), ids=[f"stride_{s}" for s in EfficientNetLite0.strides])
def test_features_of_a_fixed_image_equal_those_of_the_published_network(shipped, level):
    with torch.no_grad():
        features = shipped.encoder(waves())[level]

    expected = EXPECTED[level]
    flat = features.flatten()
    assert list(features.shape) == expected["shape"]
    assert flat[:: max(1, flat.numel() // 12)][:12].tolist() == pytest.approx(expected["values"], abs=1e-4)
    assert float(flat.square().mean().sqrt()) == pytest.approx(expected["rms"], abs=1e-4)


def test_features_have_the_sides_and_channels_that_the_encoder_states(shipped):
    encoder = shipped.encoder

    with torch.no_grad():
        features = encoder(torch.zeros(2, 3, 64, 160))

    assert [tuple(f.shape) for f in features] == [
        (2, c, 64 // s, 160 // s) for c, s in zip(encoder.channels, encoder.strides, strict=True)
    ]


def test_features_with_folded_batch_norm_are_the_same_up_to_rounding(shipped):
    image = waves()

    with torch.no_grad():
        plain, folded = shipped.encoder(image), fold_batch_norm(shipped.encoder)(image)

    for a, b in zip(plain, folded, strict=True):
        assert torch.allclose(a, b, atol=2e-3)


def test_features_can_be_trained(shipped):
    encoder = EfficientNetLite0()
    encoder.load_state_dict(shipped.encoder.state_dict())

    sum(level.mean() for level in encoder(waves())).backward()

    assert all(p.grad is not None and bool(p.grad.isfinite().all()) for p in encoder.parameters())


@pytest.mark.parametrize(
    ("shape", "sentence"),
    [
        ((1, 3, 100, 128), "Pad it to 128 × 128 px"),
        ((1, 4, 64, 64), "Image has 4 channels; this encoder was built for 3"),
    ],
    ids=["sides", "channels"],
)
def test_image_that_does_not_fit_is_refused(shipped, shape, sentence):
    with pytest.raises(ValueError, match=sentence):
        shipped.encoder(torch.zeros(shape))
