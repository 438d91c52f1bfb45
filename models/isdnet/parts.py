"""Parts of ISDNet beside its deep branch: shallow branch, relation-aware fusion, classifiers, super-resolution.

Parameter names are those of the public checkpoint without its alias keys.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..inference.low_precision import WideConv2d
from ..layers.blocks import ConvBNReLU, resize_bilinear, scaled
from ..layers.normalization import BatchNorm2d
from .config import RELATION_GROUPS, ISDNetConfig


class STDCBlock(nn.Module):
    """Short-term dense concatenation: four ever narrower convolutions, all of them concatenated.

    Fan et al., "Rethinking BiSeNet for real-time semantic segmentation", CVPR 2021; block "cat" with four convolutions.
    """

    def __init__(self, in_channels: int, out_channels: int, stride: int) -> None:
        super().__init__()
        half, quarter, eighth = out_channels // 2, out_channels // 4, out_channels // 8
        self.conv_list = nn.ModuleList(
            [
                ConvBNReLU(in_channels, half, 1),
                ConvBNReLU(half, quarter),
                ConvBNReLU(quarter, eighth),
                ConvBNReLU(eighth, eighth),
            ]
        )
        self.stride = stride
        if stride == 2:
            depthwise = nn.Conv2d(half, half, 3, 2, 1, groups=half, bias=False)
            self.avd_layer = nn.Sequential(depthwise, BatchNorm2d(half))

    def forward(self, x: Tensor) -> Tensor:
        """Return ``(N, out_channels, H / stride, W / stride)``."""
        first = self.conv_list[0](x)
        inner = first
        if self.stride == 2:
            inner = self.avd_layer(first)
            first = functional.avg_pool2d(first, 3, 2, 1)
        parts = [first]
        for conv in self.conv_list[1:]:
            inner = conv(inner)
            parts.append(inner)
        return torch.cat(parts, dim=1)


class ShallowBranch(nn.Module):
    """First part of STDC1 on the Laplacian residuals."""

    def __init__(self, in_channels: int, widths: tuple[int, ...]) -> None:
        super().__init__()
        self.features = nn.Sequential(
            ConvBNReLU(in_channels, widths[0], stride=2),
            ConvBNReLU(widths[0], widths[1], stride=2),
            STDCBlock(widths[1], widths[2], 2),
            STDCBlock(widths[2], widths[2], 1),
            STDCBlock(widths[2], widths[3], 2),
            STDCBlock(widths[3], widths[3], 1),
        )

    def forward(self, residuals: Tensor) -> tuple[Tensor, Tensor]:
        """Return the features at 1/8 and at 1/16."""
        return self.finish(self.begin(residuals))

    def begin(self, residuals: Tensor) -> Tensor:
        """Return the first features at 1/8; what comes before them is larger than all the rest of the network."""
        return self.features[:3](residuals)

    def finish(self, x8: Tensor) -> tuple[Tensor, Tensor]:
        """Return the features at 1/8 and at 1/16 from what `begin` gives."""
        x8 = self.features[3](x8)
        return x8, self.features[4:](x8)


class Attention(nn.Module):
    """Features and the attention vector of their mean."""

    def __init__(self, in_channels: int, channels: int) -> None:
        super().__init__()
        self.conv_bn_relu = ConvBNReLU(in_channels, channels)
        self.conv_1x1 = ConvBNReLU(channels, channels, 1, relu=False)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return features ``(N, C, H, W)`` and attention ``(N, C, 1, 1)``."""
        features = self.conv_bn_relu(x)
        return features, self.conv_1x1(features.mean(dim=(2, 3), keepdim=True))


class RelationAwareFusion(nn.Module):
    """Modulates shallow and deep features by the relations between their channels, then adds them (RAF)."""

    def __init__(self, spatial_channels: int, context_channels: int, channels: int) -> None:
        super().__init__()
        relations = RELATION_GROUPS**2
        self.g1 = nn.Parameter(torch.zeros(1))
        self.g2 = nn.Parameter(torch.zeros(1))
        self.spatial_mlp = nn.Sequential(nn.Linear(relations, channels), nn.ReLU(), nn.Linear(channels, channels))
        self.context_mlp = nn.Sequential(nn.Linear(relations, channels), nn.ReLU(), nn.Linear(channels, channels))
        self.spatial_att = Attention(spatial_channels, channels)
        self.context_att = Attention(context_channels, channels)
        self.context_head = ConvBNReLU(channels, channels)
        self.smooth = ConvBNReLU(channels, channels, relu=False)

    def forward(self, spatial: Tensor, context: Tensor) -> tuple[Tensor, Tensor]:
        """Return the fused features and the context features, both at the spatial size."""
        s_features, s_attention = self.spatial_att(spatial)
        c_features, c_attention = self.context_att(context)
        n, c = s_attention.shape[:2]
        s_rows = s_attention.view(n, RELATION_GROUPS, -1)
        c_rows = c_attention.view(n, RELATION_GROUPS, -1)
        relations = torch.bmm(s_rows, c_rows.transpose(1, 2)).flatten(1)  # (N, 256)
        s_shift = functional.relu(self.spatial_mlp(relations)).view(n, c, 1, 1)
        c_shift = functional.relu(self.context_mlp(relations)).view(n, c, 1, 1)
        s_features = scaled(s_features, torch.sigmoid(s_attention + self.g1 * s_shift))
        c_features = scaled(c_features, torch.sigmoid(c_attention + self.g2 * c_shift))
        c_features = self.context_head(resize_bilinear(c_features, tuple(s_features.shape[-2:])))
        return self.smooth(s_features + c_features), c_features


class ClassifierBlock(nn.Module):
    """3×3 convolution block and 1×1 classifier."""

    def __init__(self, in_channels: int, channels: int, out_channels: int) -> None:
        super().__init__()
        self.conv_bn_relu = ConvBNReLU(in_channels, channels)
        self.conv_out = WideConv2d(channels, out_channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Return ``(N, out_channels, H, W)``."""
        return self.conv_out(self.conv_bn_relu(x))


class SuperResolutionDecoder(nn.Module):
    """Rebuilds the image's residuals from the deep feature, so that it keeps structure (training only).

    Args:
        channels: Width of the deep feature and of the super-resolution feature.
        inner: Width between them.
        first_factor: First of the three enlargements; the other two are 2.
    """

    def __init__(self, channels: int, inner: int, first_factor: int = 4) -> None:
        super().__init__()
        self.factors = (first_factor, 2, 2)
        self.conv1 = ConvBNReLU(channels, inner)
        self.conv2 = ConvBNReLU(inner, inner)
        self.conv3 = ConvBNReLU(inner, channels)
        self.conv_sr = ClassifierBlock(channels, inner, 3)

    def forward(self, deep: Tensor) -> tuple[Tensor, Tensor]:
        """Return the super-resolution feature and the image, both at the product of the factors times the size."""
        x = deep
        for factor, conv in zip(self.factors, (self.conv1, self.conv2, self.conv3), strict=True):
            x = conv(functional.interpolate(x, scale_factor=factor, mode="nearest"))
        return x, self.conv_sr(x)


@dataclass(frozen=True, slots=True)
class FusedFeatures:
    """What the two fusions give: the features to classify and the context features the auxiliaries see."""

    out8: Tensor
    context8: Tensor
    context16: Tensor


class RefineHead(nn.Module):
    """Shallow branch, the two fusions and the classifiers.

    The public code names the two auxiliary classifiers crosswise: `conv_seg_aux_16` sees the 1/8 fusion and
    `conv_seg_aux_8` the 1/16 one. The names are kept so that its checkpoints load.

    Args:
        config: Widths.
        num_classes: Number of classes K.
        deep_stride: Pixels of the image per position of the deep feature.
    """

    def __init__(self, config: ISDNetConfig, num_classes: int, deep_stride: int = 32) -> None:
        super().__init__()
        c, inner, shallow = config.channels, config.head_channels, config.shallow_widths
        self.conv_seg = ClassifierBlock(c, inner, num_classes)
        self.dropout = nn.Dropout2d(0.1)
        self.fuse8 = RelationAwareFusion(shallow[2], c, c)
        self.fuse16 = RelationAwareFusion(shallow[3], c, c)
        # The published enlargement of 16 leads from 1/32 to half of the image; from 1/16 one of 8 leads there too.
        self.sr_decoder = SuperResolutionDecoder(c, inner, first_factor=min(4, deep_stride // 8))
        self.stdc_net = ShallowBranch(6, shallow)
        self.conv_seg_aux_16 = ClassifierBlock(c, inner, num_classes)
        self.conv_seg_aux_8 = ClassifierBlock(c, inner, num_classes)

    def fuse(self, residuals: Tensor, deep: Tensor) -> FusedFeatures:
        """Return the fused features of residuals ``(N, 6, H, W)`` and the deep feature."""
        return self.fuse_shallow(*self.stdc_net(residuals), deep)

    def fuse_shallow(self, shallow8: Tensor, shallow16: Tensor, deep: Tensor) -> FusedFeatures:
        """Return the fused features of the shallow branch's maps and the deep feature."""
        out16, context16 = self.fuse16(shallow16, deep)
        out8, context8 = self.fuse8(shallow8, out16)
        return FusedFeatures(out8, context8, context16)

    def classify(self, out8: Tensor) -> Tensor:
        """Return the main logits at 1/8."""
        return self.conv_seg(self.dropout(out8))

    def forward(self, residuals: Tensor, deep: Tensor) -> Tensor:
        """Return the main logits at 1/8."""
        return self.classify(self.fuse(residuals, deep).out8)
