"""Weights in 16 bits whose errors do not add up, and logits that stay in 32."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from uhr_landcover.models.inference.low_precision import WideConv2d, lower_weights, rounded_with_equal_sums


@pytest.mark.parametrize("shape", [(8, 32, 3, 3), (8, 300), (6, 1, 5, 5)])
@pytest.mark.parametrize("precision", [torch.float16, torch.bfloat16])
def test_sums_of_rounded_weights_are_those_of_the_weights(shape, precision):
    weight = torch.randn(shape, generator=torch.Generator().manual_seed(1)).mul_(0.05)

    got = rounded_with_equal_sums(weight, precision)

    step = torch.finfo(precision).eps * weight.abs().max()
    error = (got.double() - weight.double()).flatten(1)
    assert (got.dtype, got.shape) == (precision, weight.shape)
    assert error.abs().max() <= 1.5 * step  # its own rounding and what it was given
    assert error.cumsum(1).abs().max() <= step  # any beginning of a row, so any run of cells or inputs
    nearest = (weight.to(precision).double() - weight.double()).flatten(1)
    assert error.sum(1).abs().mean() < 0.5 * nearest.sum(1).abs().mean()


def test_weights_beyond_the_range_stay_infinite_and_spoil_no_other():
    weight = torch.tensor([[1.0, 1e6, 0.3]])

    got = rounded_with_equal_sums(weight, torch.float16)

    assert got[0, 1].isinf()
    assert got[0, [0, 2]].tolist() == pytest.approx([1.0, 0.3], abs=1e-3)


def test_tensors_without_data_are_only_cast():
    assert rounded_with_equal_sums(torch.empty(4, 3, device="meta"), torch.float16).is_meta


def test_logits_stay_in_float32_under_mixed_precision():
    network = nn.Sequential(nn.Conv2d(3, 8, 1), WideConv2d(8, 2, 1)).eval()
    exact = network[1].weight.clone()

    lower_weights(network, torch.bfloat16)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        logits = network(torch.rand(1, 3, 4, 4))

    assert network[0].weight.dtype is torch.bfloat16
    assert torch.equal(network[1].weight, exact)
    assert logits.dtype is torch.float32
    assert not torch.equal(logits, logits.bfloat16().float())
