import pytest
import torch

from uhr_landcover.models.glnet.config import PATHS, GLNetConfig
from uhr_landcover.models.glnet.folded import STEPS, FoldedGLNet, fold, folding_pays
from uhr_landcover.models.glnet.network import build_glnet
from uhr_landcover.models.inference.affine import (
    compose,
    conv_by_rows,
    conv_of_enlarged,
    kernel_rows,
    kernel_taps,
    resize_matrix,
    shifted_resize,
)
from uhr_landcover.models.layers.normalization import fold_batch_norm
from uhr_landcover.models.layers.resnet import ResNet

SIZES = {
    "global_px": 64,
    "patch_px": 72,
    "depth": 18,
    "backbone_widths": (4, 4, 8, 8),
    "pyramid_width": 8,
    "detail_width": 4,
}


def tiny(path):
    torch.manual_seed(1)
    network = build_glnet(num_classes=3, config=GLNetConfig(path=path, **SIZES))
    for m in network.modules():
        if isinstance(m, torch.nn.BatchNorm2d):
            m.running_mean.normal_(0, 0.2)
            m.running_var.uniform_(0.5, 2)
            torch.nn.init.uniform_(m.weight, 0.5, 1.5)
            torch.nn.init.normal_(m.bias)
        if isinstance(m, torch.nn.Conv2d):
            torch.nn.init.normal_(m.weight, std=m.weight[0].numel() ** -0.5)
            if m.bias is not None:
                torch.nn.init.normal_(m.bias)
    return network.eval()


@pytest.mark.parametrize("steps", [STEPS, *[(s,) for s in STEPS], ()], ids=lambda s: "+".join(s) or "none")
@pytest.mark.parametrize("path", PATHS[1:])
@pytest.mark.parametrize("size", [(96, 176), (72, 72), (200, 109)], ids=str)
def test_folded_scores_equal_the_plain_ones_everywhere(path, steps, size):
    network, image = tiny(path), torch.rand(1, 3, *size)
    with torch.inference_mode():
        plain = network.scores(image)
        folded = FoldedGLNet(network, steps).scores(image)

    assert float((plain - folded).abs().max()) < 1e-4 * float(plain.abs().max())


@pytest.mark.parametrize("smooth", [False, True])
def test_folded_forward_pads_and_crops_like_the_plain_one(smooth):
    network, image = tiny("global_to_local"), torch.rand(2, 3, 50, 90)
    folded = FoldedGLNet(network)
    network.smooth_patches = folded.smooth_patches = smooth
    with torch.inference_mode():
        assert torch.allclose(network(image), folded(image), atol=1e-4)


def test_folded_network_works_with_channels_last():
    network, image = tiny("global_and_local"), torch.rand(1, 3, 96, 176)
    folded = FoldedGLNet(network).to(memory_format=torch.channels_last)
    with torch.inference_mode():
        plain = network(image)
        assert torch.allclose(plain, folded(image.contiguous(memory_format=torch.channels_last)), atol=1e-3)


def test_folding_leaves_the_network_as_it_was():
    network = tiny("global_and_local")
    before = {k: v.clone() for k, v in network.state_dict().items()}

    trained = {k: p.requires_grad for k, p in network.named_parameters()}

    FoldedGLNet(network).scores(torch.rand(1, 3, 96, 96))

    assert all(torch.equal(before[k], v) for k, v in network.state_dict().items())
    assert {k: p.requires_grad for k, p in network.named_parameters()} == trained


def test_folded_network_keeps_its_classes_under_mixed_precision():
    network, image = tiny("global_and_local"), torch.rand(1, 3, 96, 176)
    folded = FoldedGLNet(network)
    with torch.inference_mode():
        exact = network(image)
        with torch.autocast("cpu", torch.bfloat16):
            mixed = folded(image)

    assert mixed.dtype == torch.float32
    assert float((mixed - exact).abs().max()) < 0.05 * float(exact.abs().max())


def test_for_inference_folds_where_it_pays():
    network = tiny("global_to_local").train()

    assert isinstance(network.for_inference(), FoldedGLNet)
    assert not network.training
    assert not isinstance(tiny("global").for_inference(), FoldedGLNet)


def test_folding_pays_for_the_published_widths_and_not_for_the_global_path():
    with torch.device("meta"):
        published = build_glnet()
        view_only = build_glnet(config=GLNetConfig(path="global"))

    assert folding_pays(published)
    assert fold(view_only) is view_only


def test_conv_of_enlarged_equals_resize_then_convolution():
    x, weight = torch.randn(2, 6, 13, 11), torch.randn(7, 6, 5, 5)
    enlarged = torch.nn.functional.interpolate(x, size=(30, 40), mode="bilinear", align_corners=False)
    rows, cols = shifted_resize(resize_matrix(13, 30), 5), shifted_resize(resize_matrix(11, 40), 5)

    ours = conv_of_enlarged(x, kernel_taps(weight), 5, rows, cols)

    assert torch.allclose(ours, torch.nn.functional.conv2d(enlarged, weight, padding=2), atol=1e-4)


def test_conv_by_rows_equals_convolution():
    x, weight = torch.randn(2, 6, 13, 11), torch.randn(7, 6, 5, 5)

    assert torch.allclose(
        conv_by_rows(x, kernel_rows(weight), 5), torch.nn.functional.conv2d(x, weight, padding=2), atol=1e-4
    )


def test_compose_equals_both_convolutions_except_on_the_border():
    x, a, b = torch.randn(1, 4, 9, 9).double(), torch.randn(5, 4, 3, 3).double(), torch.randn(6, 5, 3, 3).double()
    both = torch.nn.functional.conv2d(torch.nn.functional.conv2d(x, a, padding=1), b, padding=1)

    one = torch.nn.functional.conv2d(x, compose(a, b), padding=2)

    assert torch.allclose(one[..., 1:-1, 1:-1], both[..., 1:-1, 1:-1])
    assert not torch.allclose(one, both)


def test_fold_batch_norm_equals_the_network_and_removes_every_normalisation():
    network = tiny("global").resnet_global
    folded = fold_batch_norm(network)
    image = torch.rand(1, 3, 64, 64)

    assert not any(isinstance(m, torch.nn.BatchNorm2d) for m in folded.modules())
    assert all(torch.allclose(a, b, atol=1e-4) for a, b in zip(network(image), folded(image), strict=True))


def test_fold_batch_norm_of_a_deep_stem_folds_it_too():
    network = ResNet(18, (4, 4, 8, 8), deep_stem=True).eval()
    image = torch.rand(1, 3, 64, 64)

    folded = fold_batch_norm(network)

    assert torch.allclose(network(image)[-1], folded(image)[-1], atol=1e-5)
    assert not any(isinstance(m, torch.nn.BatchNorm2d) for m in folded.modules())
