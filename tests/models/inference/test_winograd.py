"""Winograd's method gives a convolution's sums, and takes the place of those it fits only."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from uhr_landcover.models.inference import winograd
from uhr_landcover.models.inference.winograd import WinogradConv2d, convolve, transform_kernel, use_winograd


def drawn(*shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(sum(shape)))


@pytest.mark.parametrize("size", [(8, 8), (9, 30), (31, 10), (17, 64)])
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
@pytest.mark.parametrize("workspace", [1, 3_000_000, 2**30])
def test_sums_are_those_of_the_convolution(size, layout, workspace, monkeypatch):
    monkeypatch.setattr(winograd, "WORKSPACE_BYTES", workspace)
    x, weight, bias = drawn(3, 130, *size), drawn(140, 130, 3, 3) / 34, drawn(140)
    wanted = functional.conv2d(x.double(), weight.double(), bias.double(), padding=1)
    found = convolve(x.contiguous(memory_format=layout), transform_kernel(weight), bias)
    assert found.shape == wanted.shape
    assert (found - wanted).abs().max() < 1e-4 * wanted.abs().max()


def test_one_bit_of_the_input_reaches_only_its_neighbours():
    x, kernel = drawn(1, 128, 20, 20), transform_kernel(drawn(128, 128, 3, 3))
    changed = x.clone()
    changed[0, :, 9, 9] += 1
    difference = (convolve(x, kernel, None) - convolve(changed, kernel, None)).abs().amax((0, 1))
    assert difference[8:11, 8:11].min() > 1e-3
    difference[8:11, 8:11] = 0
    assert difference.max() < 1e-2


def test_only_wide_plain_3x3_convolutions_change_and_weights_are_shared():
    network = nn.Sequential(
        nn.Conv2d(128, 128, 3, padding=1),
        nn.Conv2d(128, 128, 3, padding=3, dilation=3),
        nn.Conv2d(128, 128, 3, padding=1, stride=2),
        nn.Conv2d(128, 64, 3, padding=1),
        nn.Conv2d(64, 128, 1),
    )
    quick = use_winograd(network)
    assert [type(m) is WinogradConv2d for m in quick] == [True, False, False, False, False]
    assert [type(m) for m in network] == [nn.Conv2d] * 5
    assert quick[0].weight is network[0].weight
    assert list(quick.state_dict()) == list(network.state_dict())


def test_a_network_may_name_the_parts_that_are_worth_it():
    network = nn.ModuleDict({"often": nn.Conv2d(128, 128, 3, padding=1), "once": nn.Conv2d(128, 128, 3, padding=1)})
    network.winograd_modules = ("often",)
    assert [name for name, m in use_winograd(network).items() if isinstance(m, WinogradConv2d)] == ["often"]


@pytest.mark.parametrize("size", [(16, 16), (17, 35)])
@torch.inference_mode()
def test_a_dilated_convolution_is_done_in_phases(size):
    conv = nn.Conv2d(128, 130, 3, padding=2, dilation=2)
    x = drawn(2, 128, *size)
    found = use_winograd(nn.Sequential(conv))(x)
    assert (found - conv(x)).abs().max() < 1e-4
    assert not torch.equal(found, conv(x))


@torch.inference_mode()
def test_a_network_with_winograd_says_the_same():
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(128, 256, 3, padding=1, bias=False), nn.ReLU(), nn.Conv2d(256, 128, 3, padding=1))
    x = drawn(2, 128, 19, 23)
    plain, quick = network(x), use_winograd(network)(x)
    # F(4×4) loses about a digit and a half of float32, a little more or less from one processor to the next.
    assert (plain - quick).abs().max() < 5e-5 * plain.abs().max()
    assert not torch.equal(plain, quick)


def test_gradients_small_maps_and_16_bits_take_the_plain_way():
    conv = nn.Conv2d(128, 128, 3, padding=1)
    quick, x = use_winograd(nn.Sequential(conv))[0], drawn(1, 128, 16, 16)
    assert torch.equal(quick(x), conv(x))
    with torch.inference_mode():
        assert torch.equal(quick(x[..., :7]), conv(x[..., :7]))
        with torch.autocast("cpu", torch.bfloat16):
            assert quick(x).dtype is torch.bfloat16
