"""Batch normalisation of batches with one value per channel and of all others."""

import torch
from torch import nn

from uhr_landcover.models.layers.normalization import BatchNorm2d


def normalizations():
    torch.manual_seed(0)
    ours, torchs = BatchNorm2d(4), nn.BatchNorm2d(4)
    ours.running_mean.copy_(torch.randn(4))
    ours.running_var.copy_(torch.rand(4) + 0.5)
    torchs.load_state_dict(ours.state_dict())
    return ours, torchs


def test_one_value_per_channel_is_normalised_as_at_inference_and_moves_no_statistics():
    ours, torchs = normalizations()
    x = torch.randn(1, 4, 1, 1, requires_grad=True)

    y = ours.train()(x)
    y.sum().backward()

    assert torch.equal(y, torchs.eval()(x))
    assert torch.equal(ours.running_var, torchs.running_var)
    assert bool((x.grad != 0).all())


def test_more_values_are_treated_as_by_torch():
    ours, torchs = normalizations()
    x = torch.randn(2, 4, 1, 1)

    assert torch.equal(ours.train()(x), torchs.train()(x))
    assert torch.equal(ours.running_mean, torchs.running_mean)
