"""Normalisation of 8-bit pixels to network input: one code path for training and inference."""

from __future__ import annotations

import torch
from torch import Tensor

from .card import Normalization
from .layers.blocks import kept_constants

IMAGENET = Normalization(mean=(123.675, 116.28, 103.53), std=(58.395, 57.12, 57.375))
"""ImageNet statistics on the scale 0 to 255, as ISDNet uses them."""

SIGNED = Normalization(mean=(127.0, 127.0, 127.0), std=(128.0, 128.0, 128.0))
"""About -1 to 1, as EfficientNet-Lite0 uses them."""

UNIT = Normalization(mean=(0.0, 0.0, 0.0), std=(255.0, 255.0, 255.0))
"""Values become 0 to 1 and nothing more, as GLNet uses them."""


def normalize(
    image: Tensor,
    normalization: Normalization,
    dtype: torch.dtype = torch.float32,
    layout: torch.memory_format = torch.preserve_format,
) -> Tensor:
    """Return network input made from 8-bit values.

    Args:
        image: ``(N, C, H, W)`` uint8, or float on the scale 0 to 255.
        normalization: Mean and std per channel, on the scale 0 to 255.
        dtype: Result type; the arithmetic is float32.
        layout: How the result lies in memory.
    """
    mean, std = (_per_channel(tuple(v), image.device) for v in (normalization.mean, normalization.std))
    values = image.to(torch.float32, copy=True, memory_format=layout)
    return values.sub_(mean).div_(std).to(dtype)  # in place: one copy, not three


@kept_constants(16)
def _per_channel(values: tuple[float, ...], device: torch.device) -> Tensor:
    return torch.tensor(values, dtype=torch.float32).view(1, -1, 1, 1).to(device)
