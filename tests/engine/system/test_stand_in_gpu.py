"""The stand-in GPU refuses what a GPU refuses, and rounds and counts as one."""

from __future__ import annotations

import pytest
import torch
from stand_in_gpu import stand_in_gpu
from torch import nn

pytestmark = pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")


@pytest.fixture
def memory():
    with stand_in_gpu(total=1 << 20) as memory:
        yield memory


def test_values_come_back_as_they_went(memory):
    values = torch.arange(12.0).view(3, 4)

    there = values.to("cuda:0")[1:] + 1

    assert there.is_cuda
    assert torch.equal(there.cpu(), values[1:] + 1)


@pytest.mark.parametrize(
    "mix",
    [
        lambda here, there: here + there,
        lambda here, there: torch.cat([there, here]),
        lambda here, there: nn.functional.conv2d(there, here),
        lambda here, there: there.masked_fill_(here > 0, 0.0),
        lambda here, there: here[there > 0],
        lambda here, there: there.numpy(),
    ],
    ids=["sum", "cat", "convolution", "mask", "index", "numpy"],
)
def test_devices_do_not_mix(memory, mix):
    here = torch.ones(1, 1, 2, 2)

    with pytest.raises((RuntimeError, TypeError)):
        mix(here, here.to("cuda:0"))


def test_memory_is_counted_in_grains_and_given_back(memory):
    small = torch.zeros(1, device="cuda:0")
    large = torch.zeros(1000, device="cuda:0")
    view = large[10:]
    del large

    assert memory.live == 512 + 4096
    del small, view
    assert (memory.live, memory.peak) == (0, 512 + 4096)


def test_more_than_there_is_cannot_be_had(memory):
    with pytest.raises(torch.OutOfMemoryError):
        torch.zeros(1 << 20, device="cuda:0")

    assert memory.live == 0


def test_mixed_precision_follows_the_rules_of_cuda(memory):
    layer = nn.Conv2d(3, 4, 1).to("cuda:0")
    image = torch.rand(1, 3, 8, 8).to("cuda:0")

    with torch.inference_mode(), torch.autocast("cuda", torch.float16):
        features = layer(image)
        chances = features.softmax(1)

    assert (features.dtype, chances.dtype) == (torch.float16, torch.float32)


@pytest.mark.parametrize("allowed", [True, False])
def test_convolutions_in_float32_lose_bits_where_tf32_is_allowed(memory, monkeypatch, allowed):
    monkeypatch.setattr(torch.backends.cudnn, "allow_tf32", allowed)
    image, kernel = torch.rand(1, 3, 8, 8), torch.rand(4, 3, 3, 3)

    got = nn.functional.conv2d(image.to("cuda:0"), kernel.to("cuda:0")).cpu()

    error = (got - nn.functional.conv2d(image, kernel)).abs().max()
    assert (1e-5 < error < 1e-2) if allowed else error < 1e-5
