"""ResNet feature extractors with torchvision's parameter names, in any width. No classifier, no downloads."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn
from torch.nn import functional

from .blocks import relu, relu_of_sum
from .normalization import BatchNorm2d
from .pointwise import pointwise_conv

BLOCKS = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3)}
"""Blocks per stage; depth 50 uses bottleneck blocks."""


class BasicBlock(nn.Module):
    """Two 3×3 convolutions with a shortcut; a dilation applies to the first only."""

    expansion = 1

    def __init__(self, in_channels: int, width: int, stride: int, dilation: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, width, 3, stride, padding=dilation, dilation=dilation, bias=False)
        self.bn1 = BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = BatchNorm2d(width)
        self.downsample = _shortcut(in_channels, width, stride)

    def forward(self, x: Tensor) -> Tensor:
        """Return the block's activated sum."""
        y = relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return relu_of_sum(y, x if self.downsample is None else self.downsample(x))


class Bottleneck(nn.Module):
    """1×1, 3×3, 1×1 convolutions with a shortcut; the stride is in the 3×3 ("v1b")."""

    expansion = 4

    def __init__(self, in_channels: int, width: int, stride: int, dilation: int) -> None:
        super().__init__()
        out_channels = width * self.expansion
        self.conv1 = nn.Conv2d(in_channels, width, 1, bias=False)
        self.bn1 = BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, padding=dilation, dilation=dilation, bias=False)
        self.bn2 = BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, out_channels, 1, bias=False)
        self.bn3 = BatchNorm2d(out_channels)
        self.downsample = _shortcut(in_channels, out_channels, stride)

    def forward(self, x: Tensor) -> Tensor:
        """Return the block's activated sum."""
        y = relu(self.bn1(self.conv1(x)))
        y = relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return relu_of_sum(y, x if self.downsample is None else self.downsample(x))


class ResNet(nn.Module):
    """Residual network without its classifier.

    Args:
        depth: 18, 34 (basic blocks) or 50 (bottlenecks).
        widths: Base width of each stage; fewer than four widths leave out the last stages.
        strides: Stride of each stage.
        dilations: Dilation of each block's (first) 3×3, per stage; None for 1 everywhere.
        deep_stem: Three 3×3 convolutions ("v1c") instead of one 7×7 ("v1b").
        in_channels: Channels of the image.

    Shape:
        image ``(N, C, H, W)`` → list of stage outputs, c2 first: ``(N, widths[i] * expansion, …)``
        at 1/4 times the strides so far.

    References:
        He et al., "Deep residual learning for image recognition", CVPR 2016. Parameter names follow torchvision
        (v1b) and mmsegmentation (v1c stem), so that published weights load as they are.
    """

    def __init__(
        self,
        depth: int,
        widths: Sequence[int] = (64, 128, 256, 512),
        *,
        strides: Sequence[int] = (1, 2, 2, 2),
        dilations: Sequence[Sequence[int]] | None = None,
        deep_stem: bool = False,
        in_channels: int = 3,
    ) -> None:
        super().__init__()
        block = Bottleneck if depth >= 50 else BasicBlock
        self.deep_stem = deep_stem
        if deep_stem:
            self.stem = _deep_stem(in_channels, widths[0])
        else:
            self.conv1 = nn.Conv2d(in_channels, widths[0], 7, 2, 3, bias=False)
            self.bn1 = BatchNorm2d(widths[0])

        channels, names = widths[0], []
        for stage, width in enumerate(widths):
            count = BLOCKS[depth][stage]
            dilation = dilations[stage] if dilations else (1,) * count
            blocks = []
            for i in range(count):
                blocks.append(block(channels, width, strides[stage] if i == 0 else 1, dilation[i]))
                channels = width * block.expansion
            names.append(f"layer{stage + 1}")
            self.add_module(names[-1], nn.Sequential(*blocks))
        self.stage_names = names
        self.out_channels = [w * block.expansion for w in widths]
        initialise_convolutions(self)

    def forward(self, image: Tensor) -> list[Tensor]:
        """Return the output of every stage, finest first."""
        x = self.stem(image) if self.deep_stem else relu(self.bn1(self.conv1(image)))  # (N, C, H/2, W/2)
        x = functional.max_pool2d(x, 3, 2, 1)  # (N, C, H/4, W/4)
        outputs = []
        for name in self.stage_names:
            x = getattr(self, name)(x)
            outputs.append(x)
        return outputs


def _shortcut(in_channels: int, out_channels: int, stride: int) -> nn.Module | None:
    if stride == 1 and in_channels == out_channels:
        return None
    return nn.Sequential(pointwise_conv(in_channels, out_channels, stride), BatchNorm2d(out_channels))


def _deep_stem(in_channels: int, width: int) -> nn.Sequential:
    half = width // 2
    return nn.Sequential(
        nn.Conv2d(in_channels, half, 3, 2, 1, bias=False),
        BatchNorm2d(half),
        nn.ReLU(),
        nn.Conv2d(half, half, 3, 1, 1, bias=False),
        BatchNorm2d(half),
        nn.ReLU(),
        nn.Conv2d(half, width, 3, 1, 1, bias=False),
        BatchNorm2d(width),
        nn.ReLU(),
    )


def initialise_convolutions(module: nn.Module) -> None:
    """Draw every convolution of a module anew: Kaiming, for ReLU, by the fan out."""
    for m in module.modules():
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
