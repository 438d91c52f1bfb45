"""EfficientNet-Lite0 in the place of a ResNet: its maps, its weights, and the networks built around it."""

import pytest
import torch

from uhr_landcover.models.encoders.backbone import BACKBONES, EncoderBackbone
from uhr_landcover.models.encoders.efficientnet_lite import EfficientNetLite0
from uhr_landcover.models.encoders.stored import encoder_path, load_encoder
from uhr_landcover.models.preprocess import SIGNED
from uhr_landcover.models.pretrained import load_backbones
from uhr_landcover.models.registry import build_network

LITE0 = encoder_path("efficientnet-lite0")
NETWORKS = {
    "glnet": {
        "path": "global_to_local", "backbone": "efficientnet-lite0-s16", "global_px": 64, "patch_px": 64,
        "pyramid_width": 8, "detail_width": 4,
    },
    "ppn": {
        "global_backbone": "efficientnet-lite0-s16", "refine_backbone": "efficientnet-lite0-s16", "global_px": 64,
        "shared_proposal_backbone": True, "pyramid_width": 8, "detail_width": 4, "aggregation_width": 8,
    },
    "isdnet": {
        "deep_branch": "efficientnet-lite0-s16", "shallow_widths": [8, 8, 16, 16], "channels": 16, "head_channels": 8,
    },
}  # fmt: skip


@pytest.mark.parametrize("name", list(BACKBONES))
def test_backbone_gives_four_maps_from_stride_4_on(name):
    backbone = EncoderBackbone(name).eval()

    maps = backbone(torch.rand(1, 3, 96, 128))

    assert [tuple(m.shape[1:]) for m in maps] == [
        (c, 96 // s, 128 // s) for c, s in zip(backbone.out_channels, (4, 8, 16, 32), strict=True)
    ]


def test_backbone_takes_images_of_any_size():
    maps = EncoderBackbone("efficientnet-lite0").eval()(torch.rand(1, 3, 127, 70))

    assert [tuple(m.shape[-2:]) for m in maps] == [(31, 17), (15, 8), (7, 4), (3, 2)]


def test_fewer_levels_compute_the_same_first_maps():
    whole = load_encoder("efficientnet-lite0").encoder
    cut = EfficientNetLite0(levels=3)
    cut.load_state_dict({k: whole.state_dict()[k] for k in cut.state_dict()})
    image = torch.rand(1, 3, 64, 64)

    first = cut.eval()(image)

    assert cut.strides == (2, 4, 8)
    for a, b in zip(first, whole(image), strict=False):
        assert torch.equal(a, b)


def test_unit_input_is_standardised_inside():
    plain, unit = EncoderBackbone("efficientnet-lite0-s16"), EncoderBackbone("efficientnet-lite0-s16", unit_input=True)
    unit.load_state_dict(plain.state_dict())
    image = torch.rand(1, 3, 64, 64)
    mean, std = (torch.tensor(v).view(1, 3, 1, 1) for v in (SIGNED.mean, SIGNED.std))

    for a, b in zip(plain.eval()((image * 255 - mean) / std), unit.eval()(image), strict=True):
        torch.testing.assert_close(a, b)


def test_backbone_of_an_unknown_name_is_refused():
    with pytest.raises(ValueError, match="no backbone 'vgg'; known are resnet, efficientnet-lite0"):
        EncoderBackbone("vgg")


@pytest.mark.parametrize("method", list(NETWORKS))
def test_network_around_the_encoder_takes_all_its_weights(method):
    network = build_network(method, NETWORKS[method], num_classes=7)

    rows = load_backbones(network, LITE0)

    assert rows
    assert all(row.fresh == () for row in rows)


@pytest.mark.parametrize("method", list(NETWORKS))
def test_network_around_the_encoder_trains_without_touching_its_statistics(method):
    torch.manual_seed(0)
    network = build_network(method, NETWORKS[method], num_classes=7)
    load_backbones(network, LITE0)
    before = {k: v.clone() for k, v in network.state_dict().items() if "encoder" in k and "running" in k}
    network.train()

    for terms in network.training_terms(torch.rand(2, 3, 128, 128), torch.randint(0, 7, (2, 128, 128))):
        terms["total"].backward()

    moved = [n for n, p in network.named_parameters() if "encoder" in n and p.grad is not None and p.grad.any()]
    assert any("depth_conv" in name for name in moved)
    assert before
    assert all(torch.equal(network.state_dict()[k], v) for k, v in before.items())


@pytest.mark.parametrize("method", list(NETWORKS))
def test_network_around_the_encoder_is_the_same_when_folded(method):
    torch.manual_seed(0)
    network = build_network(method, NETWORKS[method], num_classes=7)
    load_backbones(network, LITE0)
    image = torch.rand(1, 3, 192, 160)

    with torch.inference_mode():
        expected = network.eval()(image)
        folded = network.for_inference()(image)

    torch.testing.assert_close(folded, expected, atol=1e-5, rtol=1e-4)
