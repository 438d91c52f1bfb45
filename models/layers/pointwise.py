"""Convolution with 1×1 kernels that steps over pixels: the pixels are taken first and convolved with stride 1.

torch 2.13.0 (oneDNN 3.12.0) computes the weight gradient of a strided 1×1 convolution with fewer than 8 input channels
wrongly on processors with AVX2 and without AVX-512, and may overwrite foreign memory while doing so
(docs/torch-strided-1x1.md). Taking every ``step``-th pixel first gives the same values without that kernel.
"""

from __future__ import annotations

from torch import Tensor, nn

from .memory_layout import layout_of


class SteppingConv2d(nn.Conv2d):
    """1×1 convolution of every ``step``-th pixel; parameters and their names are those of a strided `nn.Conv2d`.

    Args:
        in_channels: Channels of the input.
        out_channels: Channels of the output.
        step: Distance between the pixels taken, along both axes; the first row and column are taken.
        bias: Whether a bias is added.

    Shape:
        ``(N, in_channels, H, W)`` → ``(N, out_channels, ceil(H / step), ceil(W / step))``.
    """

    def __init__(self, in_channels: int, out_channels: int, step: int, *, bias: bool = False) -> None:
        super().__init__(in_channels, out_channels, 1, bias=bias)
        self.step = step

    def forward(self, x: Tensor) -> Tensor:
        """Return the convolution of the pixels taken."""
        return super().forward(every_nth_pixel(x, self.step))

    def extra_repr(self) -> str:
        """Return the settings as text, the step included."""
        return f"{super().extra_repr()}, step={self.step}"


def pointwise_conv(in_channels: int, out_channels: int, stride: int = 1, *, bias: bool = False) -> nn.Conv2d:
    """Return a 1×1 convolution whose weight gradient is right for every stride and number of channels."""
    if stride == 1:
        return nn.Conv2d(in_channels, out_channels, 1, bias=bias)
    return SteppingConv2d(in_channels, out_channels, stride, bias=bias)


def every_nth_pixel(x: Tensor, step: int) -> Tensor:
    """Return the pixels ``(N, C, ceil(H / step), ceil(W / step))`` at multiples of ``step``, in their own memory."""
    return x[..., ::step, ::step].contiguous(memory_format=layout_of(x))
