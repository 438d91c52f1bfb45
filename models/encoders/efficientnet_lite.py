"""EfficientNet-Lite0: inverted residual blocks with ReLU6 and no squeeze-and-excitation, light enough for a CPU."""

from __future__ import annotations

from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from .encoder import Encoder

STEM_CHANNELS = 32
BATCH_NORM_EPS = 1e-3
STAGES = (
    # blocks, kernel, stride, expansion, channels
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
"""Table 1 of the paper at width and depth 1; the stem takes the image to stride 2."""

LEVEL_STAGES = (0, 1, 2, 4, 6)
"""Last stage of each resolution: its output is the feature map of strides 2, 4, 8, 16, 32."""


class EfficientNetLite0(Encoder):
    """EfficientNet-Lite0 without the classifier and the convolution before it.

    Args:
        levels: Resolutions that are computed; fewer than five leave out the last stages, which hold most weights.

    References:
        Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", ICML 2019,
        <https://arxiv.org/abs/1905.11946>; the Lite variant is the authors' in
        <https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite>.
        Padding is TensorFlow's "SAME": at stride 2 the even side gets its extra zeros right and below.
        No stochastic depth: weights come trained.
    """

    architecture: ClassVar[str] = "efficientnet-lite0"
    strides = (2, 4, 8, 16, 32)
    channels = tuple(STAGES[i][4] for i in LEVEL_STAGES)

    def __init__(self, levels: int = len(LEVEL_STAGES)) -> None:
        super().__init__()
        if not 1 <= levels <= len(LEVEL_STAGES):
            raise ValueError(f"EfficientNet-Lite0 has 1 to {len(LEVEL_STAGES)} levels, not {levels}.")
        self.strides, self.channels = self.strides[:levels], self.channels[:levels]
        self.stem_conv = nn.Conv2d(3, STEM_CHANNELS, 3, stride=2, bias=False)
        self.stem_bn = nn.BatchNorm2d(STEM_CHANNELS, eps=BATCH_NORM_EPS)
        widths = [STEM_CHANNELS, *(stage[4] for stage in STAGES)]
        self.stages = nn.ModuleList(
            _stage(widths[i], channels, blocks, kernel, stride, expansion)
            for i, (blocks, kernel, stride, expansion, channels) in enumerate(STAGES[: LEVEL_STAGES[levels - 1] + 1])
        )

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """Return the feature maps of strides 2, 4, 8, 16 and 32."""
        self.check_image(image)
        return self.features(image)

    def features(self, image: Tensor) -> tuple[Tensor, ...]:
        """Return the feature maps of an image of any size; a side is halved and rounded down from level to level."""
        x = relu6(self.stem_bn(conv_same(self.stem_conv, image)))  # (N, 32, H/2, W/2)
        levels = []
        for number, stage in enumerate(self.stages):
            x = stage(x)
            if number in LEVEL_STAGES:
                levels.append(x)
        return tuple(levels)


class InvertedResidual(nn.Module):
    """A wide 1×1 convolution, a depthwise one and a narrow 1×1, with a shortcut where the shape stays.

    Args:
        in_channels: Channels of the input.
        out_channels: Channels of the output.
        kernel: Side of the depthwise kernel, odd.
        stride: Step of the depthwise kernel, 1 or 2.
        expansion: Factor of the width in between; 1 leaves the first convolution out.
    """

    def __init__(self, in_channels: int, out_channels: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = in_channels * expansion
        self.has_shortcut = stride == 1 and in_channels == out_channels
        self.expand_conv = nn.Conv2d(in_channels, wide, 1, bias=False) if expansion > 1 else None
        self.expand_bn = nn.BatchNorm2d(wide, eps=BATCH_NORM_EPS) if expansion > 1 else None
        self.depth_conv = nn.Conv2d(wide, wide, kernel, stride=stride, groups=wide, bias=False)
        self.depth_bn = nn.BatchNorm2d(wide, eps=BATCH_NORM_EPS)
        self.project_conv = nn.Conv2d(wide, out_channels, 1, bias=False)
        self.project_bn = nn.BatchNorm2d(out_channels, eps=BATCH_NORM_EPS)

    def forward(self, x: Tensor) -> Tensor:
        """Return ``(N, out_channels, H / stride, W / stride)``."""
        y = x
        if self.expand_conv is not None:
            y = relu6(self.expand_bn(self.expand_conv(y)))
        y = relu6(self.depth_bn(conv_same(self.depth_conv, y)))
        y = self.project_bn(self.project_conv(y))
        return y + x if self.has_shortcut else y


def relu6(x: Tensor) -> Tensor:
    """Return ``x`` cut to 0 … 6, in its own memory where no gradient is wanted; nothing else may use ``x``."""
    return functional.relu6(x, inplace=not torch.is_grad_enabled())


def conv_same(conv: nn.Conv2d, x: Tensor) -> Tensor:
    """Return a convolution with TensorFlow's "SAME" padding of sides that the stride divides.

    The zeros needed are ``kernel - stride`` per axis; an odd one goes right and below.
    """
    kernel, stride = conv.kernel_size[0], conv.stride[0]
    before, after = (kernel - stride) // 2, (kernel - stride + 1) // 2
    if before != after:
        x = functional.pad(x, (before, after, before, after))
        return functional.conv2d(x, conv.weight, conv.bias, conv.stride, 0, 1, conv.groups)
    return functional.conv2d(x, conv.weight, conv.bias, conv.stride, before, 1, conv.groups)


def _stage(in_channels: int, out_channels: int, blocks: int, kernel: int, stride: int, expansion: int) -> nn.Sequential:
    first = InvertedResidual(in_channels, out_channels, kernel, stride, expansion)
    others = (InvertedResidual(out_channels, out_channels, kernel, 1, expansion) for _ in range(blocks - 1))
    return nn.Sequential(first, *others)
