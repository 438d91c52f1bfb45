"""Heads of the deep branch: maps of a backbone in, the deep feature or auxiliary logits out.

Parameter names are those of mmsegmentation's heads of the same kind. Every head takes the backbone's list of maps,
finest first, and picks its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from ..layers.blocks import ConvBNReLU, resize_bilinear


class FeatureHead(nn.Module):
    """Base of the heads that give the deep feature: `forward` makes it, `classify` is its auxiliary classifier.

    Shape:
        maps: list of ``(N, C_i, h_i, w_i)``.
        deep feature: ``(N, channels, h, w)``.
    """

    def forward(self, maps: list[Tensor]) -> Tensor:
        """Return the deep feature ``(N, channels, h, w)``."""
        raise NotImplementedError

    def classify(self, deep: Tensor) -> Tensor:
        """Return the auxiliary logits of the deep feature (training only)."""
        return self.conv_seg(self.dropout(deep))

    def _add_classifier(self, channels: int, num_classes: int) -> None:
        # Called last by each head: optimiser states of saved runs depend on the order of the parameters.
        self.dropout = nn.Dropout2d(0.1)
        self.conv_seg = nn.Conv2d(channels, num_classes, 1)
        nn.init.normal_(self.conv_seg.weight, std=0.01)
        nn.init.zeros_(self.conv_seg.bias)


class ASPPHead(FeatureHead):
    """Pyramid of dilated convolutions over the last map (DeepLabV3).

    References:
        Chen et al., "Rethinking atrous convolution for semantic image segmentation", 2017.
    """

    def __init__(self, in_channels: int, channels: int, num_classes: int, dilations: tuple[int, ...]) -> None:
        super().__init__()
        self.image_pool = nn.Sequential(nn.AdaptiveAvgPool2d(1), ConvBNReLU(in_channels, channels, 1))
        branches = [ConvBNReLU(in_channels, channels, 1)]
        branches += [ConvBNReLU(in_channels, channels, 3, dilation=d) for d in dilations]
        self.aspp_modules = nn.ModuleList(branches)
        self.bottleneck = ConvBNReLU((len(branches) + 1) * channels, channels)
        self._add_classifier(channels, num_classes)

    def forward(self, maps: list[Tensor]) -> Tensor:
        """Return the deep feature at the size of the last map."""
        x = maps[-1]
        pooled = resize_bilinear(self.image_pool(x), tuple(x.shape[-2:]))
        return self.bottleneck(torch.cat([pooled, *(branch(x) for branch in self.aspp_modules)], dim=1))


class ConcatHead(FeatureHead):
    """All maps at the size of the first, concatenated, then one 1×1 convolution block (HRNetV2's head).

    mmsegmentation's `FCNHead` with "resize_concat"; there the convolution keeps the concatenated width, here it
    reduces to the width of the deep feature.
    """

    def __init__(self, in_channels: Sequence[int], channels: int, num_classes: int) -> None:
        super().__init__()
        self.convs = nn.ModuleList([ConvBNReLU(sum(in_channels), channels, 1)])
        self._add_classifier(channels, num_classes)

    def forward(self, maps: list[Tensor]) -> Tensor:
        """Return the deep feature at the size of the first map."""
        return self.convs[0](_concatenated(maps))


class SegformerHead(FeatureHead):
    """SegFormer's all-MLP decoder: each map to one width, resized to the first, concatenated, mixed per position.

    Xie et al. (see layers/segformer.py). As in mmsegmentation each linear layer is a 1×1 convolution block; its
    published width is 256, ISDNet's is that of the deep feature.
    """

    def __init__(self, in_channels: Sequence[int], channels: int, num_classes: int) -> None:
        super().__init__()
        self.convs = nn.ModuleList([ConvBNReLU(c, channels, 1) for c in in_channels])
        self.fusion_conv = ConvBNReLU(len(in_channels) * channels, channels, 1)
        self._add_classifier(channels, num_classes)

    def forward(self, maps: list[Tensor]) -> Tensor:
        """Return the deep feature at the size of the first map."""
        return self.fusion_conv(_concatenated([conv(m) for conv, m in zip(self.convs, maps, strict=True)]))


class FCNHead(nn.Module):
    """Auxiliary classifier on the third map (training only)."""

    def __init__(self, in_channels: int, channels: int, num_classes: int) -> None:
        super().__init__()
        self.convs = nn.ModuleList([ConvBNReLU(in_channels, channels)])
        self.dropout = nn.Dropout2d(0.1)
        self.conv_seg = nn.Conv2d(channels, num_classes, 1)
        nn.init.normal_(self.conv_seg.weight, std=0.01)
        nn.init.zeros_(self.conv_seg.bias)

    def forward(self, maps: list[Tensor]) -> Tensor:
        """Return logits at the third map's size."""
        return self.conv_seg(self.dropout(self.convs[0](maps[2])))


def _concatenated(maps: Sequence[Tensor]) -> Tensor:
    size = (maps[0].shape[-2], maps[0].shape[-1])
    return torch.cat([resize_bilinear(m, size) for m in maps], dim=1)
