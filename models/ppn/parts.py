"""The parts of GRNet that look at pixels: its settings, global and refinement branch, saliency, aggregation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..inference.low_precision import WideConv2d
from ..layers.blocks import ConvBNReLU, resize_bilinear
from ..layers.losses import IGNORE_INDEX
from ..layers.normalization import BatchNorm2d
from ..layers.patching import Box
from ..layers.pyramid import PyramidHead
from ..layers.resnet import ResNet
from ..network import SegmentationNetwork
from ..registry import build_network


@dataclass(frozen=True, slots=True, kw_only=True)
class GRNetConfig:
    """Sizes of GRNet and its choices where the paper is silent; the defaults are the published or recommended ones.

    Attributes:
        grid: Tiles per side that the image is cut into (2, 4 or 8 in the paper).
        global_px: Side of the small view of the whole image, divisible by 16 times ``grid``.
        patch_input_px: Side to which a selected patch is resized for the refinement branch; 0 keeps its native size
            (the paper's text gives 612 px of 2448, its memory figures suggest a fixed size).
        base: Global branch: "pyramid" (ResNet with GLNet's head) or another method's name, whose logits are then fused.
        base_config: Settings of that other method.
        global_depth: ResNet depth of the global branch.
        global_widths: Its base widths.
        refine_depth: ResNet depth of the refinement branch.
        refine_widths: Its base widths.
        proposal_widths: Widths of the first three ResNet-18 stages that propose patches.
        shared_proposal_backbone: Propose from the global branch's c4 (no gradient) in place of a network of its own.
        pyramid_width: Channels of both pyramids.
        detail_width: Channels of each pyramid level before gathering.
        head_activation: Batch normalisation and ReLU after the pyramids' smoothings (GLNet's head has none).
        aggregation_width: Channels inside the aggregation.
        aggregation_norm: Batch normalisation inside the aggregation.
        fusion: What is fused: "features" (512 channels each) or "logits".
        fusion_scale: 1 fuses at the view's 1/4, as the paper says; 2 or 4 on a finer grid, which keeps more detail.
        saliency: How logits become saliency: "softmax" or "sigmoid" (as in RSTN).
        joint_saliency: Whether the refinement's gradient reaches the global branch through the saliency.
        selection: Patches to refine: "proposals", or for comparison "all" or "none".
        keep_global_unselected: Keep the global branch's logits, not the aggregation's, where no patch was refined.
        overall_score: What a patch's score is compared with in training: that of its "image", or the "running" mean.
        focal_form: "softmax" (GLNet's) or "one_vs_all" (sigmoid per class).
        focal_gamma: Focusing exponent.
        ignore_unknown: Leave class 0 out of the losses and of the patch scores.
    """

    grid: int = 4
    global_px: int = 512
    patch_input_px: int = 0
    base: str = "pyramid"
    base_config: dict[str, Any] = field(default_factory=dict)
    global_depth: int = 50
    global_widths: tuple[int, ...] = (64, 128, 256, 512)
    refine_depth: int = 18
    refine_widths: tuple[int, ...] = (64, 128, 256, 512)
    proposal_widths: tuple[int, ...] = (64, 128, 256)
    shared_proposal_backbone: bool = False
    pyramid_width: int = 256
    detail_width: int = 128
    head_activation: bool = False
    aggregation_width: int = 256
    aggregation_norm: bool = True
    fusion: str = "features"
    fusion_scale: int = 1
    saliency: str = "softmax"
    joint_saliency: bool = True
    selection: str = "proposals"
    keep_global_unselected: bool = False
    overall_score: str = "image"
    focal_form: str = "softmax"
    focal_gamma: float = 3.0
    ignore_unknown: bool = True

    def __post_init__(self) -> None:
        if self.grid < 1 or self.global_px < 1 or self.global_px % (16 * self.grid):
            raise ValueError(f"The view of {self.global_px} px must be divisible by 16 × grid = {16 * self.grid}.")
        for name, known in _CHOICES.items():
            if getattr(self, name) not in known:
                raise ValueError(f"{name} = {getattr(self, name)!r} is unknown; use one of {list(known)}.")
        if self.base != "pyramid" and (self.fusion != "logits" or self.shared_proposal_backbone):
            raise ValueError(f"A base network '{self.base}' gives logits only: use fusion 'logits' and own proposals.")

    @staticmethod
    def from_dict(data: dict[str, Any]) -> GRNetConfig:
        """Build a configuration from JSON data; raise ValueError for unknown names or values."""
        known = {f.name for f in fields(GRNetConfig)}
        if unknown := sorted(set(data) - known):
            raise ValueError(f"Unknown GRNet settings {unknown}; known are {sorted(known)}.")
        return GRNetConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in data.items()})


_CHOICES = {
    "fusion": ("features", "logits"),
    "fusion_scale": (1, 2, 4),
    "saliency": ("softmax", "sigmoid"),
    "selection": ("proposals", "all", "none"),
    "overall_score": ("image", "running"),
    "focal_form": ("softmax", "one_vs_all"),
}


def tile_boxes(height: int, width: int, grid: int) -> tuple[Box, ...]:
    """Cut a map into ``grid`` × ``grid`` tiles without overlap, borders at round(i · size / grid), row-major."""
    rows = [round(i * height / grid) for i in range(grid + 1)]
    cols = [round(i * width / grid) for i in range(grid + 1)]
    return tuple(
        Box(rows[i], cols[j], rows[i + 1] - rows[i], cols[j + 1] - cols[j]) for i in range(grid) for j in range(grid)
    )


class PyramidBranch(nn.Module):
    """ResNet with GLNet's plain head.

    Shape:
        image ``(N, 3, H, W)`` → features ``(N, 4 * detail, H/4, W/4)``.
    """

    def __init__(self, depth: int, widths: Sequence[int], num_classes: int, config: GRNetConfig) -> None:
        super().__init__()
        self.backbone = ResNet(depth, widths)
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


def one_vs_all_focal_loss(logits: Tensor, class_ids: Tensor, gamma: float) -> Tensor:
    """Return the binary focal loss of every class against the rest, mean over labelled pixels.

    Args:
        logits: ``(N, K, H, W)``.
        class_ids: ``(N, H, W)`` int64; 255 is ignored.
        gamma: Focusing exponent.
    """
    labelled = class_ids != IGNORE_INDEX
    truth = functional.one_hot(class_ids.masked_fill(~labelled, 0), logits.shape[1]).movedim(-1, 1).bool()
    p = torch.where(truth, logits, -logits).sigmoid().clamp(1e-7, 1 - 1e-7)
    terms = (-((1 - p) ** gamma) * p.log()).sum(dim=1)
    return (terms * labelled).sum() / labelled.sum().clamp(min=1)
