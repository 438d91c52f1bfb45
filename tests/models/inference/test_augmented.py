"""Test-time augmentation against means that are computed by hand."""

from __future__ import annotations

import pytest
import torch
from fakes import BlurNetwork, fake_card
from torch import nn

from uhr_landcover.models.checkpoint import load_checkpoint, starter_path
from uhr_landcover.models.inference.augmented import FORMS, AugmentedNetwork, passes
from uhr_landcover.models.inference.form import prepare_for_inference, trace_classify
from uhr_landcover.models.network import SegmentationNetwork


class SlopeNetwork(SegmentationNetwork):
    """A convolution that looks to one side, so that no form of an image gives what another one gives."""

    size_divisor = 8
    min_side_px = 16

    def __init__(self):
        super().__init__(num_classes=4, in_channels=3, config={})
        generator = torch.Generator().manual_seed(0)
        self.layer = nn.Conv2d(3, 4, (3, 5), padding=(1, 2))
        self.layer.weight.data = torch.randn(self.layer.weight.shape, generator=generator)

    def forward(self, image):
        self.check_image(image)
        return self.layer(image)


@pytest.fixture
def image():
    return torch.rand(2, 3, 32, 48, generator=torch.Generator().manual_seed(1))


@torch.inference_mode()
def test_flips_give_the_mean_probabilities_of_four_images(image):
    network = SlopeNetwork().eval()

    logits = AugmentedNetwork(network, "flips")(image)

    by_hand = [network(image.flip(d)).flip(d).softmax(1) for d in ((), (-1,), (-2,), (-2, -1))]
    assert logits.softmax(1) == pytest.approx(torch.stack(by_hand).mean(0), abs=1e-6)


@torch.inference_mode()
def test_turns_give_the_same_answer_for_every_way_an_image_lies(image):
    network = AugmentedNetwork(SlopeNetwork().eval(), "turns")

    upright, turned, mirrored = network(image), network(image.rot90(1, (-2, -1))), network(image.flip(-1))

    assert turned.rot90(-1, (-2, -1)) == pytest.approx(upright, abs=1e-5)
    assert mirrored.flip(-1) == pytest.approx(upright, abs=1e-5)
    assert (network.network(image) - upright).abs().max() > 0.1


@torch.inference_mode()
def test_network_that_looks_at_single_pixels_is_not_changed_by_forms(image):
    network = BlurNetwork().eval()

    logits = AugmentedNetwork(network, "flips")(image)

    assert torch.equal(logits.argmax(1), network(image).argmax(1))


@torch.inference_mode()
def test_scales_take_part_at_sizes_that_the_network_takes(image):
    sizes = []
    network = SlopeNetwork().eval()
    network.register_forward_pre_hook(lambda module, given: sizes.append(tuple(given[0].shape[-2:])))

    logits = AugmentedNetwork(network, "none", (0.5, 1.3))(image)

    assert sizes == [(32, 48), (16, 24), (40, 64)]
    assert logits.shape == (2, 4, 32, 48)
    assert logits.isfinite().all()


def test_passes_count_the_pixels_that_are_looked_at():
    assert passes("none", ()) == 1
    assert passes("flips", ()) == 4
    assert passes("turns", (0.5,)) == 8 * 1.25
    assert all(forms[0] == (0, False) for forms in FORMS.values())


def test_settings_reach_the_network_behind():
    network = load_checkpoint(starter_path("ppn")).network
    augmented = AugmentedNetwork(network, "flips")

    augmented.patch_batch = 1

    assert (network.patch_batch, augmented.patch_batch) == (1, 1)
    assert (augmented.size_divisor, augmented.min_side_px) == (network.size_divisor, network.min_side_px)
    assert not hasattr(augmented, "no_such_setting")


@torch.inference_mode()
def test_form_for_inference_says_the_same(image):
    network = load_checkpoint(starter_path("isdnet")).network
    picture = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(2))
    augmented = AugmentedNetwork(network, "flips")

    form = prepare_for_inference(augmented, torch.device("cpu"), torch.float32, {"row_strips": 2}, winograd=False)

    assert form(picture) == pytest.approx(augmented(picture), abs=1e-3)
    assert (form.network.row_strips, network.row_strips) == (2, 1)


def test_memory_of_augmented_looks_is_that_of_one_and_of_the_sum():
    network, card = load_checkpoint(starter_path("isdnet")).network, fake_card()
    settings = {"precision": "float32", "batch": 1, "patch_batch": 1, "row_strips": 1}
    plain = trace_classify(network, card, (256, 256), **settings)

    eight = trace_classify(AugmentedNetwork(network, "turns"), card, (256, 256), **settings)

    one_map = 4 * network.num_classes * 256 * 256
    assert plain.live_bytes < eight.live_bytes <= plain.live_bytes + 4 * one_map
