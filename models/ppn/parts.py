"""Parts of GRNet that look at pixels: global and refinement branch, saliency, aggregation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn
from torch.nn import functional

from ..encoders.backbone import EncoderBackbone
from ..inference.low_precision import WideConv2d
from ..layers.blocks import ConvBNReLU, resize_bilinear
from ..layers.normalization import BatchNorm2d
from ..layers.patching import Box
from ..layers.pyramid import PyramidHead
from ..layers.resnet import ResNet
from ..network import SegmentationNetwork
from ..registry import build_network
from .config import GRNetConfig


def tile_boxes(height: int, width: int, grid: int) -> tuple[Box, ...]:
    """Cut a map into ``grid`` × ``grid`` tiles without overlap, borders at round(i · size / grid), row-major."""
    rows = [round(i * height / grid) for i in range(grid + 1)]
    cols = [round(i * width / grid) for i in range(grid + 1)]
    return tuple(
        Box(rows[i], cols[j], rows[i + 1] - rows[i], cols[j + 1] - cols[j]) for i in range(grid) for j in range(grid)
    )


def build_backbone(name: str, depth: int, widths: Sequence[int]) -> ResNet | EncoderBackbone:
    """Return a backbone with fresh weights; depth and widths are those of a ResNet."""
    return ResNet(depth, widths) if name == "resnet" else EncoderBackbone(name)


class PyramidBranch(nn.Module):
    """A backbone with GLNet's plain head.

    Args:
        backbone: Image → maps c2, c3, c4, c5.
        num_classes: Number of classes K.
        config: Widths of the head.

    Shape:
        image ``(N, 3, H, W)`` → features ``(N, 4 * detail, H/4, W/4)``.
    """

    def __init__(self, backbone: ResNet | EncoderBackbone, num_classes: int, config: GRNetConfig) -> None:
        super().__init__()
        self.backbone = backbone
        head = ActivatedPyramidHead if config.head_activation else PyramidHead
        self.head = head(
            self.backbone.out_channels,
            width=config.pyramid_width,
            detail=config.detail_width,
            num_classes=num_classes,
        )
        self.out_channels = self.head.out_channels

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return features, logits (both at 1/4) and the backbone's c4 (at 1/16)."""
        stages = self.backbone(image)
        _, features = self.head(stages)
        return features, self.head.classify(features), stages[2]


@dataclass(frozen=True, slots=True)
class GlobalMaps:
    """What the global branch knows of a batch: features and logits at 1/4 of the view, and c4 where it has one."""

    features: Tensor
    logits: Tensor
    c4: Tensor | None


@dataclass(frozen=True, slots=True)
class RefinedPatches:
    """Selected patches after refinement.

    Attributes:
        where: Image and tile index of each patch, ``(P, 2)``.
        placed: The patches' features in their places on the fusion grid and zero elsewhere, ``(N, C, h, w)``; logits
            where logits are fused.
        logits: ``(K, h, w)`` of each patch, in the order of ``where``, at 1/4 of what the refinement branch was given;
            for a loss, else none.
    """

    where: Tensor
    placed: Tensor
    logits: tuple[Tensor, ...]


class NetworkBranch(nn.Module):
    """Another method as the global branch; its logits stand for features."""

    def __init__(self, method: str, config: dict[str, Any], num_classes: int) -> None:
        super().__init__()
        self.network: SegmentationNetwork = build_network(method, config, num_classes=num_classes)
        self.out_channels = num_classes

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, None]:
        """Return the logits at 1/4 twice, as features and as logits."""
        h, w = image.shape[-2:]
        logits = resize_bilinear(self.network(image), (h // 4, w // 4))
        return logits, logits, None


class ActivatedPyramidHead(PyramidHead):
    """The plain head with batch normalisation and ReLU after each smoothing."""

    def __init__(self, backbone_channels: Sequence[int], *, width: int, detail: int, num_classes: int) -> None:
        super().__init__(backbone_channels, width=width, detail=detail, num_classes=num_classes)
        self.norms = nn.ModuleList(nn.ModuleList(BatchNorm2d(c) for _ in range(4)) for c in (width, detail))

    def _smooth(self, step: int, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
        maps = super()._smooth(step, inputs)
        return tuple(functional.relu(norm(m)) for norm, m in zip(self.norms[step - 1], maps, strict=True))


class Saliency(nn.Module):
    """Weights for the channels of a patch, made from what the global branch thinks of it; 1 everywhere at the start.

    Shape:
        logits ``(N, K, H, W)`` → ``(N, in_channels, H, W)``.
    """

    def __init__(self, num_classes: int, in_channels: int, form: str) -> None:
        super().__init__()
        self.form = form
        self.mix = nn.Conv2d(num_classes, num_classes, 3, padding=1)
        self.weigh = nn.Conv2d(num_classes, in_channels, 5, padding=2)
        nn.init.zeros_(self.weigh.weight)
        nn.init.ones_(self.weigh.bias)

    def forward(self, logits: Tensor) -> Tensor:
        """Return the weights."""
        scores = logits.sigmoid() if self.form == "sigmoid" else logits.softmax(dim=1)
        return self.weigh(functional.relu(self.mix(scores)))


class Aggregation(nn.Sequential):
    """Two 3×3 convolutions and a 1×1 that turn refined and global features into logits."""

    def __init__(self, in_channels: int, width: int, num_classes: int, *, norm: bool) -> None:
        def block(channels: int) -> nn.Module:
            if norm:
                return ConvBNReLU(channels, width)
            return nn.Sequential(nn.Conv2d(channels, width, 3, padding=1), nn.ReLU())

        super().__init__(block(in_channels), block(width), WideConv2d(width, num_classes, 1))
