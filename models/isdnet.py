"""ISDNet: a deep branch on a small image and a shallow branch on the full one, fused by their relations.

Guo et al., "ISDNet: Integrating Shallow and Deep Networks for Efficient Ultra-high Resolution Segmentation", CVPR 2022.
Follows the authors' code (cedricgsh/ISDNet) where it differs from the paper; parameter names are those of the public
checkpoint without its alias keys.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from .backbones import ResNet
from .blocks import ConvBNReLU, resize_bilinear
from .laplacian import laplacian_residuals
from .losses import cross_entropy_over_all, structure_distillation
from .network import SegmentationNetwork

RELATION_GROUPS = 16
"""Rows into which an attention vector is folded before the relation matrix (k in the paper)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ISDNetConfig:
    """Widths of ISDNet; the defaults are the published ones.

    Attributes:
        deep_widths: Widths of the deep branch's four ResNet-18 stages.
        shallow_widths: Widths of the shallow branch at 1/2, 1/4, 1/8 and 1/16.
        channels: Width of the deep feature and of both fusions; a multiple of 16.
        head_channels: Width inside the classifier blocks.
        aspp_dilations: Dilations of the three 3×3 branches of the pyramid pooling.
    """

    deep_widths: tuple[int, ...] = (64, 128, 256, 512)
    shallow_widths: tuple[int, ...] = (32, 64, 256, 512)
    channels: int = 128
    head_channels: int = 64
    aspp_dilations: tuple[int, ...] = (12, 24, 36)

    @staticmethod
    def from_dict(data: dict[str, Any]) -> ISDNetConfig:
        """Build a configuration from JSON data; raise ValueError for unknown names or impossible widths."""
        known = {f.name for f in fields(ISDNetConfig)}
        if unknown := sorted(set(data) - known):
            raise ValueError(f"Unknown ISDNet settings {unknown}; known are {sorted(known)}.")
        config = ISDNetConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in data.items()})
        if config.channels % RELATION_GROUPS or any(w % 8 for w in config.shallow_widths[2:]):
            raise ValueError(
                f"ISDNet needs channels divisible by {RELATION_GROUPS} and shallow block widths divisible by 8; "
                f"got {config.channels} and {config.shallow_widths}."
            )
        return config


class ISDNet(SegmentationNetwork):
    """Shallow branch for detail, deep branch for context, relation-aware fusion at 1/16 and 1/8.

    Args:
        num_classes: Number of classes K.
        config: Widths.

    Shape:
        image: ``(N, 3, H, W)`` float, mean/std normalised; sides of at least 64 px.
        logits: ``(N, K, H, W)``.
    """

    method: ClassVar[str] = "isdnet"
    size_divisor = 8
    min_side_px = 64
    training_only_prefixes = (
        "auxiliary_head.",
        "decode_head.conv_seg.",
        "refine_head.sr_decoder.",
        "refine_head.conv_seg_aux_8.",
        "refine_head.conv_seg_aux_16.",
    )

    def __init__(self, *, num_classes: int = 7, config: ISDNetConfig | None = None) -> None:
        config = config or ISDNetConfig()
        super().__init__(num_classes=num_classes, in_channels=3, config=_jsonable(asdict(config)))
        self.backbone = ResNet(
            18, config.deep_widths, strides=(1, 2, 1, 1), dilations=((1, 1), (1, 1), (1, 2), (2, 4)), deep_stem=True
        )
        self.decode_head = ASPPHead(config.deep_widths[3], config.channels, num_classes, config.aspp_dilations)
        self.refine_head = RefineHead(config, num_classes)
        self.auxiliary_head = FCNHead(config.deep_widths[2], config.head_channels, num_classes)

    def forward(self, image: Tensor) -> Tensor:
        """Return the logits of every pixel."""
        self.check_image(image)
        return resize_bilinear(self.raw_logits(image), tuple(image.shape[-2:]))

    def raw_logits(self, image: Tensor) -> Tensor:
        """Return the head's logits at 1/8 of the image, ``(N, K, H/8, W/8)``."""
        deep = self.decode_head(self._deep_stages(image)[3])  # (N, C, H/32, W/32)
        return self.refine_head(laplacian_residuals(image), deep)

    def training_loss(self, image: Tensor, class_ids: Tensor) -> dict[str, Tensor]:
        """Return the seven loss terms and their weighted sum.

        Weights follow the authors' code: 1 for the four cross-entropies and the distillation, 0.4 for the auxiliary
        FCN, 0.1 for super-resolution.
        """
        self.check_image(image)
        size = tuple(image.shape[-2:])
        stages = self._deep_stages(image)
        deep = self.decode_head(stages[3])
        residuals = laplacian_residuals(image)
        fused = self.refine_head.fuse(residuals, deep)
        sr_feature, sr_image = self.refine_head.sr_decoder(deep)
        c = image.shape[1]
        target = residuals[:, :c] + residuals[:, c:]

        def segmentation(logits: Tensor) -> Tensor:
            return cross_entropy_over_all(resize_bilinear(logits, size).float(), class_ids)

        terms = {
            "main": segmentation(self.refine_head.classify(fused.out8)),
            "deep": segmentation(self.decode_head.classify(deep)),
            "context8": segmentation(self.refine_head.conv_seg_aux_16(fused.context8)),
            "context16": segmentation(self.refine_head.conv_seg_aux_8(fused.context16)),
            "fcn": segmentation(self.auxiliary_head(stages[2])),
            "super_resolution": functional.mse_loss(resize_bilinear(sr_image, size).float(), target.float()),
            "distillation": structure_distillation(deep.float(), sr_feature.float()),
        }
        weights = {"fcn": 0.4, "super_resolution": 0.1}
        terms["total"] = sum(weights.get(name, 1.0) * term for name, term in terms.items())
        return terms

    def _deep_stages(self, image: Tensor) -> list[Tensor]:
        h, w = image.shape[-2:]
        small = functional.interpolate(image, size=(h // 4, w // 4), mode="nearest")  # every 4th pixel, no blur
        return self.backbone(small)


class ASPPHead(nn.Module):
    """Pyramid of dilated convolutions over the deep features (DeepLabV3), giving the deep feature."""

    def __init__(self, in_channels: int, channels: int, num_classes: int, dilations: tuple[int, ...]) -> None:
        super().__init__()
        self.image_pool = nn.Sequential(nn.AdaptiveAvgPool2d(1), ConvBNReLU(in_channels, channels, 1))
        branches = [ConvBNReLU(in_channels, channels, 1)]
        branches += [ConvBNReLU(in_channels, channels, 3, dilation=d) for d in dilations]
        self.aspp_modules = nn.ModuleList(branches)
        self.bottleneck = ConvBNReLU((len(branches) + 1) * channels, channels)
        self.dropout = nn.Dropout2d(0.1)
        self.conv_seg = nn.Conv2d(channels, num_classes, 1)
        nn.init.normal_(self.conv_seg.weight, std=0.01)
        nn.init.zeros_(self.conv_seg.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Return the deep feature ``(N, channels, h, w)``."""
        pooled = resize_bilinear(self.image_pool(x), tuple(x.shape[-2:]))
        return self.bottleneck(torch.cat([pooled, *(branch(x) for branch in self.aspp_modules)], dim=1))

    def classify(self, deep: Tensor) -> Tensor:
        """Return the auxiliary logits of the deep feature (training only)."""
        return self.conv_seg(self.dropout(deep))


class FCNHead(nn.Module):
    """Auxiliary classifier on the third deep stage (training only)."""

    def __init__(self, in_channels: int, channels: int, num_classes: int) -> None:
        super().__init__()
        self.convs = nn.ModuleList([ConvBNReLU(in_channels, channels)])
        self.dropout = nn.Dropout2d(0.1)
        self.conv_seg = nn.Conv2d(channels, num_classes, 1)
        nn.init.normal_(self.conv_seg.weight, std=0.01)
        nn.init.zeros_(self.conv_seg.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits at the stage's size."""
        return self.conv_seg(self.dropout(self.convs[0](x)))


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
            self.avd_layer = nn.Sequential(depthwise, nn.BatchNorm2d(half))

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
        x8 = self.features[:4](residuals)
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
        s_features = s_features * torch.sigmoid(s_attention + self.g1 * s_shift)
        c_features = c_features * torch.sigmoid(c_attention + self.g2 * c_shift)
        c_features = self.context_head(resize_bilinear(c_features, tuple(s_features.shape[-2:])))
        return self.smooth(s_features + c_features), c_features


class ClassifierBlock(nn.Module):
    """3×3 convolution block and 1×1 classifier."""

    def __init__(self, in_channels: int, channels: int, out_channels: int) -> None:
        super().__init__()
        self.conv_bn_relu = ConvBNReLU(in_channels, channels)
        self.conv_out = nn.Conv2d(channels, out_channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Return ``(N, out_channels, H, W)``."""
        return self.conv_out(self.conv_bn_relu(x))


class SuperResolutionDecoder(nn.Module):
    """Rebuilds the image's residuals from the deep feature, so that it keeps structure (training only)."""

    def __init__(self, channels: int, inner: int) -> None:
        super().__init__()
        self.conv1 = ConvBNReLU(channels, inner)
        self.conv2 = ConvBNReLU(inner, inner)
        self.conv3 = ConvBNReLU(inner, channels)
        self.conv_sr = ClassifierBlock(channels, inner, 3)

    def forward(self, deep: Tensor) -> tuple[Tensor, Tensor]:
        """Return the super-resolution feature and the image, both at 16 times the deep feature's size."""
        x = self.conv1(functional.interpolate(deep, scale_factor=4, mode="nearest"))
        x = self.conv2(functional.interpolate(x, scale_factor=2, mode="nearest"))
        feature = self.conv3(functional.interpolate(x, scale_factor=2, mode="nearest"))
        return feature, self.conv_sr(feature)


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
    """

    def __init__(self, config: ISDNetConfig, num_classes: int) -> None:
        super().__init__()
        c, inner, shallow = config.channels, config.head_channels, config.shallow_widths
        self.conv_seg = ClassifierBlock(c, inner, num_classes)
        self.dropout = nn.Dropout2d(0.1)
        self.fuse8 = RelationAwareFusion(shallow[2], c, c)
        self.fuse16 = RelationAwareFusion(shallow[3], c, c)
        self.sr_decoder = SuperResolutionDecoder(c, inner)
        self.stdc_net = ShallowBranch(6, shallow)
        self.conv_seg_aux_16 = ClassifierBlock(c, inner, num_classes)
        self.conv_seg_aux_8 = ClassifierBlock(c, inner, num_classes)

    def fuse(self, residuals: Tensor, deep: Tensor) -> FusedFeatures:
        """Return the fused features of residuals ``(N, 6, H, W)`` and the deep feature."""
        shallow8, shallow16 = self.stdc_net(residuals)
        out16, context16 = self.fuse16(shallow16, deep)
        out8, context8 = self.fuse8(shallow8, out16)
        return FusedFeatures(out8, context8, context16)

    def classify(self, out8: Tensor) -> Tensor:
        """Return the main logits at 1/8."""
        return self.conv_seg(self.dropout(out8))

    def forward(self, residuals: Tensor, deep: Tensor) -> Tensor:
        """Return the main logits at 1/8."""
        return self.classify(self.fuse(residuals, deep).out8)


def _jsonable(config: dict[str, Any]) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in config.items()}
