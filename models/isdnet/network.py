"""ISDNet: a deep branch on a small image and a shallow branch on the full one, fused by their relations.

Guo et al., "ISDNet: Integrating Shallow and Deep Networks for Efficient Ultra-high Resolution Segmentation", CVPR 2022.
Follows the authors' code (cedricgsh/ISDNet) where it differs from the paper; parameter names are those of the public
checkpoint without its alias keys.

The deep branch is exchangeable by name (deep_branches.py), as in the paper's tables. Everything after the deep feature
stays: the fusions resize it from whatever size it has.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, ClassVar

from torch import Tensor
from torch.nn import functional

from ..layers.blocks import resize_bilinear
from ..layers.laplacian import laplacian_residuals
from ..layers.losses import cross_entropy_over_all, structure_distillation
from ..layers.strips import in_row_strips
from ..network import SegmentationNetwork
from .config import DEEP_BRANCH_SIZES, ISDNetConfig
from .deep_branches import DEEP_BRANCHES
from .deep_heads import FCNHead
from .parts import RefineHead

STRIP_REACH_PX = 64
"""Rows that a value of the shallow branch's first features at 1/8 depends on above and below (47), in whole cells."""


class ISDNet(SegmentationNetwork):
    """Shallow branch for detail, deep branch for context, relation-aware fusion at 1/16 and 1/8.

    Args:
        num_classes: Number of classes K.
        config: Deep branch and widths.

    Attributes:
        row_strips: Strips in which the shallow branch's large maps are made; memory and speed, never the result.

    Shape:
        image: ``(N, 3, H, W)`` float, mean/std normalised; sides of at least 64 px.
        logits: ``(N, K, H, W)``.
    """

    method: ClassVar[str] = "isdnet"
    row_strips = 1
    size_divisor = 8
    takes_any_size = True
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
        deep = DEEP_BRANCHES[config.deep_branch](config, num_classes)
        self.backbone = deep.backbone
        self.decode_head = deep.decode_head
        self.deep_sizes = DEEP_BRANCH_SIZES[config.deep_branch]
        self.refine_head = RefineHead(config, num_classes, self.deep_sizes.stride)
        self.auxiliary_head = FCNHead(deep.auxiliary_channels, config.head_channels, num_classes)

    def forward(self, image: Tensor) -> Tensor:
        """Return the logits of every pixel."""
        self.check_image(image)
        return resize_bilinear(self.raw_logits(image), tuple(image.shape[-2:]))

    def raw_logits(self, image: Tensor) -> Tensor:
        """Return the head's logits at 1/8 of the image, ``(N, K, H/8, W/8)``, rounded up."""
        deep = self.decode_head(self._deep_maps(image))  # (N, C, H/32, W/32) with ResNet-18
        shallow = self.refine_head.stdc_net
        # Strips of odd heights would have other residuals at their ends.
        is_even = not any(side % self.size_divisor for side in image.shape[-2:])
        x8 = in_row_strips(
            lambda rows: shallow.begin(laplacian_residuals(rows)),
            image,
            strips=self.row_strips if is_even else 1,
            reach=STRIP_REACH_PX,
            reduction=8,
        )
        maps = shallow.finish(x8)
        del x8  # as large as all that follows
        fused = self.refine_head.fuse_shallow(*maps, deep)
        return self.refine_head.classify(fused.out8)

    def training_loss(self, image: Tensor, class_ids: Tensor) -> dict[str, Tensor]:
        """Return the seven loss terms and their weighted sum.

        Weights follow the authors' code: 1 for the four cross-entropies and the distillation, 0.4 for the auxiliary
        FCN, 0.1 for super-resolution.
        """
        self.check_image(image)
        size = tuple(image.shape[-2:])
        if size[0] % self.size_divisor or size[1] % self.size_divisor:
            raise ValueError(f"Crops to train on are {size[1]} × {size[0]} px; sides must be multiples of 8.")
        maps = self._deep_maps(image)
        deep = self.decode_head(maps)
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
            "fcn": segmentation(self.auxiliary_head(maps)),
            "super_resolution": functional.mse_loss(resize_bilinear(sr_image, size).float(), target.float()),
            "distillation": structure_distillation(deep.float(), sr_feature.float()),
        }
        weights = {"fcn": 0.4, "super_resolution": 0.1}
        terms["total"] = sum(weights.get(name, 1.0) * term for name, term in terms.items())
        return terms

    def _deep_maps(self, image: Tensor) -> list[Tensor]:
        n = self.deep_sizes.reduction
        if self.deep_sizes.is_averaged:
            return self.backbone(functional.avg_pool2d(image, n))
        size = (image.shape[-2] // n, image.shape[-1] // n)
        return self.backbone(functional.interpolate(image, size=size, mode="nearest"))  # every n-th pixel, no blur


def _jsonable(config: dict[str, Any]) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in config.items()}
