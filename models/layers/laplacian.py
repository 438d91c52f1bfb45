"""Laplacian residuals of an image: what each level loses when it is halved (ISDNet, Guo et al. 2022)."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from .blocks import full_precision, kept_constants, resize_bilinear, result_type


def laplacian_residuals(image: Tensor, levels: int = 2) -> Tensor:
    """Return the residuals of the finest levels, brought to full size and concatenated.

    Each level is blurred with a 5×5 binomial kernel and sampled at even rows and columns; the residual is the level
    minus the sampled image expanded again.

    Args:
        image: ``(N, C, H, W)`` normalised image.
        levels: Number of residuals.

    Returns:
        ``(N, C * levels, H, W)``, the full-resolution residual first.
    """
    size = (image.shape[-2], image.shape[-1])
    kernel = _binomial_kernel(image.shape[1], image.dtype, image.device)
    dtype = result_type(image)
    residuals = []
    level = image
    with full_precision(image):  # small differences of large numbers
        for _ in range(levels):
            smaller = _blur(level, kernel)[..., ::2, ::2]
            residuals.append(resize_bilinear(level - _expand(smaller, kernel, level), size).to(dtype))
            level = smaller
    return torch.cat(residuals, dim=1)


@kept_constants(8)
def _binomial_kernel(channels: int, dtype: torch.dtype, device: torch.device) -> Tensor:
    row = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0], dtype=dtype)
    kernel = torch.outer(row, row) / 256
    return kernel.to(device).expand(channels, 1, 5, 5)


def _blur(image: Tensor, kernel: Tensor) -> Tensor:
    padded = functional.pad(image, (2, 2, 2, 2), mode="reflect")
    return functional.conv2d(padded, kernel, groups=image.shape[1])


def _expand(smaller: Tensor, kernel: Tensor, level: Tensor) -> Tensor:
    n, c, h, w = smaller.shape
    # In the level's own layout: with three channels the CPU's convolutions turn the other one to and fro, which takes
    # five times the time and ten times the memory (measured).
    spread = torch.zeros_like(level) if level.shape[-2:] == (2 * h, 2 * w) else smaller.new_zeros(n, c, 2 * h, 2 * w)
    spread[..., ::2, ::2] = smaller
    larger = _blur(spread, 4 * kernel)
    if larger.shape[-2:] != level.shape[-2:]:  # odd sides: the reference resizes with nearest
        larger = functional.interpolate(larger, size=level.shape[-2:], mode="nearest")
    return larger
