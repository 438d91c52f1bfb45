"""HRNet-W18: resolutions run side by side and are fused again and again."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn
from torch.nn import functional

from .blocks import resize_bilinear
from .normalization import BatchNorm2d
from .resnet import BasicBlock, Bottleneck, initialise_convolutions

BLOCKS = 4
"""Residual blocks of every resolution in a module."""

MODULES = (1, 4, 3)
"""Modules of stage 2 (two resolutions), 3 (three) and 4 (four)."""


class HRNet(nn.Module):
    """High-resolution network without its classifier.

    Args:
        widths: Width of the stem (and of the bottlenecks of stage 1), then of the four resolutions.
        in_channels: Channels of the image.

    Shape:
        image ``(N, C, H, W)`` → the four fused maps of the last stage, finest first: ``(N, widths[1 + i], h, w)``
        at 1/4, 1/8, 1/16 and 1/32, sides rounded up.

    References:
        Wang et al., "Deep high-resolution representation learning for visual recognition", TPAMI 2020.
        Graph and parameter names are those of mmsegmentation's `HRNet` with 4-block modules (W18: widths 18, 36, 72,
        144): `conv1/bn1`, `conv2/bn2`, `layer1`, `transition{1,2,3}`, `stage{2,3,4}.M.branches.R.B`,
        `stage{2,3,4}.M.fuse_layers.TO.FROM`. With equal weights it was equal to release 0.30.0 to the last bit, also
        for sides that are no multiples of 32. The classification layers that ImageNet files add are not part of it.
    """

    def __init__(self, widths: Sequence[int] = (64, 18, 36, 72, 144), *, in_channels: int = 3) -> None:
        super().__init__()
        stem, branches = widths[0], list(widths[1:])
        self.conv1 = nn.Conv2d(in_channels, stem, 3, 2, 1, bias=False)
        self.bn1 = BatchNorm2d(stem)
        self.conv2 = nn.Conv2d(stem, stem, 3, 2, 1, bias=False)
        self.bn2 = BatchNorm2d(stem)
        stage1 = stem * Bottleneck.expansion
        self.layer1 = nn.Sequential(
            Bottleneck(stem, stem, 1, 1), *(Bottleneck(stage1, stem, 1, 1) for _ in range(BLOCKS - 1))
        )
        self.transition1 = _transition([stage1], branches[:2])
        self.stage2 = _stage(branches[:2], MODULES[0])
        self.transition2 = _transition(branches[:2], branches[:3])
        self.stage3 = _stage(branches[:3], MODULES[1])
        self.transition3 = _transition(branches[:3], branches)
        self.stage4 = _stage(branches, MODULES[2])
        self.out_channels = branches
        initialise_convolutions(self)

    def forward(self, image: Tensor) -> list[Tensor]:
        """Return the fused maps of the last stage, finest first."""
        x = functional.relu(self.bn1(self.conv1(image)))  # (N, stem, H/2, W/2)
        x = functional.relu(self.bn2(self.conv2(x)))  # (N, stem, H/4, W/4)
        maps = [self.layer1(x)]
        for transition, stage in (
            (self.transition1, self.stage2),
            (self.transition2, self.stage3),
            (self.transition3, self.stage4),
        ):
            maps = stage(_grow(transition, maps))
        return maps


class HRModule(nn.Module):
    """Residual blocks in every resolution, then every resolution receives the sum of all of them.

    Shape:
        list of ``(N, widths[i], h_i, w_i)`` → the same shapes.
    """

    def __init__(self, widths: Sequence[int]) -> None:
        super().__init__()
        self.branches = nn.ModuleList(
            [nn.Sequential(*(BasicBlock(width, width, 1, 1) for _ in range(BLOCKS))) for width in widths]
        )
        rows = range(len(widths))
        self.fuse_layers = nn.ModuleList(
            [nn.ModuleList([_fuse_layer(widths, source, target) for source in rows]) for target in rows]
        )

    def forward(self, maps: list[Tensor]) -> list[Tensor]:
        """Return the fused maps."""
        maps = [branch(m) for branch, m in zip(self.branches, maps, strict=True)]
        fused = []
        for target, layers in enumerate(self.fuse_layers):
            size = (maps[target].shape[-2], maps[target].shape[-1])
            # Enlarged by a factor first and cut to odd sides second, as the public code does: not the same as at once.
            parts = [resize_bilinear(layer(m), size) for layer, m in zip(layers, maps, strict=True)]
            fused.append(functional.relu(sum(parts[1:], start=parts[0])))
        return fused


def _stage(widths: Sequence[int], modules: int) -> nn.Sequential:
    return nn.Sequential(*(HRModule(widths) for _ in range(modules)))


def _fuse_layer(widths: Sequence[int], source: int, target: int) -> nn.Module:
    """Return what brings one resolution to the width of another and, where the sides are even, to its size."""
    if source == target:
        return nn.Identity()
    if source > target:
        return nn.Sequential(
            nn.Conv2d(widths[source], widths[target], 1, bias=False),
            BatchNorm2d(widths[target]),
            nn.Upsample(scale_factor=2 ** (source - target), mode="bilinear", align_corners=False),
        )
    steps = target - source
    inner = [_conv(widths[source], widths[source], stride=2, relu=True) for _ in range(steps - 1)]
    return nn.Sequential(*inner, _conv(widths[source], widths[target], stride=2, relu=False))


def _transition(before: Sequence[int], after: Sequence[int]) -> nn.ModuleList:
    """Return the layers that lead to the maps of the next stage; Identity where a map passes unchanged."""
    layers: list[nn.Module] = []
    for i, width in enumerate(after):
        if i >= len(before):
            layers.append(nn.Sequential(_conv(before[-1], width, stride=2, relu=True)))
        elif before[i] != width:
            layers.append(_conv(before[i], width, stride=1, relu=True))
        else:
            layers.append(nn.Identity())
    return nn.ModuleList(layers)


def _grow(transition: nn.ModuleList, maps: list[Tensor]) -> list[Tensor]:
    # A stage adds one resolution, made from the coarsest map.
    return [layer(maps[min(i, len(maps) - 1)]) for i, layer in enumerate(transition)]


def _conv(in_channels: int, out_channels: int, *, stride: int, relu: bool) -> nn.Sequential:
    layers = [nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False), BatchNorm2d(out_channels)]
    return nn.Sequential(*layers, *([nn.ReLU()] if relu else []))
