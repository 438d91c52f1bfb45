"""Resizing of whole images and labels: Pillow's 8-bit bilinear reduction, its float form, nearest labels."""

from __future__ import annotations

import math
from functools import lru_cache

import torch
from torch import Tensor
from torch.nn import functional

FIXED_POINT_BITS = 22
"""Pillow keeps 8-bit filter weights as integers with this many fractional bits."""


def resize_8bit(image: Tensor, size: tuple[int, int]) -> Tensor:
    """Return 8-bit values reduced exactly as Pillow's bilinear resize does.

    The triangle filter widens with the reduction (antialias); columns first, then rows, each rounded to 8 bits.
    Pillow 13 takes the rows first where the height shrinks much more than the width; we keep the order of all versions
    before it, which the published weights were trained with. The integer arithmetic is the same on every device.

    Args:
        image: ``(N, C, H, W)`` uint8.
        size: Target height and width.

    Returns:
        ``(N, C, *size)`` uint8.
    """
    h, w = size
    if image.shape[-1] != w:
        image = _resize_columns(image, w)
    if image.shape[-2] != h:
        image = _resize_columns(image.transpose(-1, -2), h).transpose(-1, -2)
    return image.contiguous()


def resize_unit_8bit(image: Tensor, size: tuple[int, int]) -> Tensor:
    """Return an image in [0, 1] resized on its 8-bit levels, as ``resize_8bit`` does.

    Args:
        image: ``(N, C, H, W)`` float in [0, 1]; values between two 8-bit levels move to the nearer one.
        size: Target height and width.
    """
    levels = (image.float() * 255).round_().clamp_(0, 255).to(torch.uint8, memory_format=torch.contiguous_format)
    return (resize_8bit(levels, size).float() / 255).to(image.dtype)


def resize_antialiased(image: Tensor, size: tuple[int, int]) -> Tensor:
    """Return a float image resized with the same widened triangle filter, without rounding to 8 bits."""
    if tuple(image.shape[-2:]) == tuple(size):
        return image
    resized = functional.interpolate(image.float(), size=size, mode="bilinear", align_corners=False, antialias=True)
    return resized.to(image.dtype)


def resize_labels(class_ids: Tensor, size: tuple[int, int]) -> Tensor:
    """Return labels ``(N, H, W)`` at another size: the label under the middle of each new pixel."""
    rows = _middles(class_ids.shape[-2], size[0], class_ids.device)
    cols = _middles(class_ids.shape[-1], size[1], class_ids.device)
    return class_ids[..., rows, :][..., cols]


def _middles(length: int, target: int, device: torch.device) -> Tensor:
    position = (torch.arange(target, dtype=torch.float64) + 0.5) * (length / target)
    return position.long().clamp(max=length - 1).to(device)


def _resize_columns(image: Tensor, width: int) -> Tensor:
    """Filter the last axis of a uint8 tensor to ``width`` values."""
    positions, weights = _triangle_filter(image.shape[-1], width)
    total = torch.full((*image.shape[:-1], width), 1 << (FIXED_POINT_BITS - 1), dtype=torch.int32, device=image.device)
    for position, weight in zip(positions, weights, strict=True):  # one tap of every output column at a time
        tap = image.index_select(-1, torch.tensor(position, device=image.device)).to(torch.int32)
        total += tap * torch.tensor(weight, dtype=torch.int32, device=image.device)
    return (total >> FIXED_POINT_BITS).clamp(0, 255).to(torch.uint8)


@lru_cache(maxsize=16)
def _triangle_filter(length: int, target: int) -> tuple[list[list[int]], list[list[int]]]:
    """Return source positions and integer weights, ``[tap][output]`` each, of the widened triangle filter."""
    scale = length / target
    support = max(scale, 1.0)
    taps = math.ceil(support) * 2 + 1
    positions, weights = [[0] * target for _ in range(taps)], [[0] * target for _ in range(taps)]
    for i in range(target):
        center = (i + 0.5) * scale
        first = max(int(center - support + 0.5), 0)
        last = min(int(center + support + 0.5), length)
        values = [max(0.0, 1.0 - abs((x - center + 0.5) / support)) for x in range(first, last)]
        total = sum(values)
        for tap, value in enumerate(values):
            positions[tap][i] = first + tap
            weights[tap][i] = int(value / total * (1 << FIXED_POINT_BITS) + 0.5)
    return positions, weights
