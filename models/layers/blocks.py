"""Small pieces that more than one network is made of."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from .normalization import BatchNorm2d
from .pointwise import pointwise_conv


class ConvBNReLU(nn.Module):
    """Bias-free convolution, batch normalisation and (unless switched off) ReLU.

    Args:
        in_channels: Channels of the input.
        out_channels: Channels of the output.
        kernel: Side of the square kernel; the padding keeps the size at stride 1.
        stride: Step of the kernel.
        dilation: Spacing of the kernel's taps.
        relu: Whether a ReLU follows.

    Shape:
        ``(N, in_channels, H, W)`` → ``(N, out_channels, ceil(H / stride), ceil(W / stride))``.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel: int = 3,
        *,
        stride: int = 1,
        dilation: int = 1,
        relu: bool = True,
    ) -> None:
        super().__init__()
        padding = dilation * (kernel // 2)
        if kernel == 1:
            self.conv = pointwise_conv(in_channels, out_channels, stride)
        else:
            self.conv = nn.Conv2d(
                in_channels, out_channels, kernel, stride=stride, padding=padding, dilation=dilation, bias=False
            )
        self.bn = BatchNorm2d(out_channels)
        self.relu = relu

    def forward(self, x: Tensor) -> Tensor:
        """Return the activated features."""
        x = self.bn(self.conv(x))
        return relu(x) if self.relu else x


def relu(x: Tensor) -> Tensor:
    """Return the ReLU of a tensor that nothing else uses: in its own memory where no gradient is wanted."""
    return functional.relu(x, inplace=not torch.is_grad_enabled())


def relu_of_sum(x: Tensor, shortcut: Tensor) -> Tensor:
    """Return the ReLU of ``x + shortcut``; nothing else uses ``x``, whose memory is taken where that may be."""
    if torch.is_grad_enabled() or x.dtype != shortcut.dtype:
        return relu(x + shortcut)
    return x.add_(shortcut).relu_()


def scaled(x: Tensor, factor: Tensor) -> Tensor:
    """Return ``x * factor``; nothing else uses ``x``, whose memory is taken where that may be."""
    return x * factor if torch.is_grad_enabled() or x.dtype != factor.dtype else x.mul_(factor)


def resize_bilinear(x: Tensor, size: tuple[int, int]) -> Tensor:
    """Return ``x`` (N, C, H, W) resized bilinearly to ``size`` (height, width), corners not aligned.

    Args:
        x: Maps to resize.
        size: Target height and width.
    """
    if tuple(x.shape[-2:]) == tuple(size):
        return x
    return functional.interpolate(x, size=size, mode="bilinear", align_corners=False)


def full_precision(like: Tensor) -> torch.autocast:
    """Return a context without mixed precision on a tensor's device."""
    return torch.autocast(_autocast_device(like), enabled=False)


def result_type(like: Tensor) -> torch.dtype:
    """Return the number type in which the convolutions of a tensor give their results just now."""
    device = _autocast_device(like)
    return torch.get_autocast_dtype(device) if torch.is_autocast_enabled(device) else like.dtype


def _autocast_device(like: Tensor) -> str:
    """Return whose state of autocast counts: it knows no tensors without data, so a trace goes by the CPU's."""
    return "cpu" if like.is_meta else like.device.type


def kept_constants(count: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator for functions that make constant tensors: the last ``count`` results are kept.

    They are made outside of inference mode, because what is made in it cannot be trained with.
    """
    return lambda function: lru_cache(maxsize=count)(torch.inference_mode(False)(function))
