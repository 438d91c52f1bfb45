"""Base of GLNet's inference paths: the global branch, the way in and out, and the parts of those with patches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..encoders.backbone import EncoderBackbone
from ..errors import CheckpointError
from ..layers.losses import focal_at_logits
from ..layers.patching import (
    PatchGrid,
    crop_for_patches,
    cut_patches,
    pad_to_patch,
    patch_counts,
    plan_patches,
)
from ..layers.pyramid import PyramidHead, SharedMaps
from ..layers.resizing import resize_antialiased, resize_unit_8bit
from ..layers.resnet import ResNet
from ..network import SegmentationNetwork
from .config import GLNetConfig


class GLNet(SegmentationNetwork):
    """What the three paths have in common: the global branch and the way in and out.

    Args:
        num_classes: Number of classes K, unknown included.
        config: Sizes.

    Attributes:
        patch_batch: Patches that go through the local branch together; memory and speed, never the result.
        smooth_patches: Whether logits are enlarged bilinearly and patches go over into each other, so that neither the
            4 × 4 blocks of the authors' code nor its patch borders show in a map. False: as the authors' code.

    Shape:
        image: ``(N, 3, H, W)`` float in [0, 1], RGB, not mean/std normalised; sides shorter than a patch are padded.
        logits: ``(N, K, H, W)``; where patches overlap, the mean of theirs.

    References:
        Differs from the authors' code in: logits are divided by the number of patches (same classes; `scores` has
        their sums); a side of exactly one patch, or less, works; labels of 255 are left out of the losses.
    """

    method: ClassVar[str] = "glnet"
    path: ClassVar[str] = ""
    size_divisor = 1
    blend_px = 96  # its answers vary more with the tile than those of the others
    min_side_px = 16
    frozen: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *, num_classes: int = 7, config: GLNetConfig | None = None) -> None:
        self.sizes = replace(config or GLNetConfig(), path=self.path)
        data = {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self.sizes).items()}
        super().__init__(num_classes=num_classes, in_channels=3, config=data)
        self.patch_batch = self.sizes.sub_batch
        self.smooth_patches = False

    def forward(self, image: Tensor) -> Tensor:
        """Return the logits of every pixel."""
        self.check_image(image)
        logits = [self._mean_scores(one) for one in image.split(1)]
        return torch.cat(logits) if len(logits) > 1 else logits[0]  # a tile's logits are large: no copy of one

    def scores(self, image: Tensor) -> Tensor:
        """Return the summed logits of all patches over one image ``(1, 3, H, W)``, as the authors' code has them.

        With `smooth_patches`, their weighted mean.
        """
        raise NotImplementedError

    def training_terms(self, image: Tensor, class_ids: Tensor) -> Iterator[dict[str, Tensor]]:
        """Yield the loss terms of one batch in parts whose gradients may be taken one after the other.

        Gradients add up to those of ``training_loss``; memory is that of one part. Each dict has a "total".
        """
        raise NotImplementedError

    def training_loss(self, image: Tensor, class_ids: Tensor) -> dict[str, Tensor]:
        """Return the stage's loss terms; sub-batches of patches are summed, images averaged."""
        sums: dict[str, Tensor] = {}
        for terms in self.training_terms(image, class_ids):
            for name, value in terms.items():
                sums[name] = sums[name] + value if name in sums else value
        return sums

    def start_from(self, previous: SegmentationNetwork) -> None:
        """Take over what the earlier training stage has learnt.

        Raises:
            CheckpointError: If ``previous`` is not the stage this one starts from.
        """
        raise CheckpointError(f"GLNet's stage '{self.path}' starts from nothing; it takes no earlier stage.")

    def train(self, mode: bool = True) -> GLNet:
        """Switch to training; frozen parts stay as they are in inference."""
        super().train(mode)
        for name in self.frozen:
            getattr(self, name).eval()
        return self

    def _focal(self, logits: Tensor, class_ids: Tensor) -> Tensor:
        return focal_at_logits(logits, class_ids, self.sizes.focal_gamma)

    def global_view(self, image: Tensor) -> Tensor:
        """Return the whole image at ``global_px`` × ``global_px``."""
        size = (self.sizes.global_px, self.sizes.global_px)
        return resize_unit_8bit(image, size) if self.sizes.eight_bit else resize_antialiased(image, size)

    def _mean_scores(self, image: Tensor) -> Tensor:
        h, w = image.shape[-2:]
        padded = pad_to_patch(image, self.sizes.patch_px)
        scores = self.scores(padded)
        return (scores if self.smooth_patches else self._divide(scores))[..., :h, :w]

    def _divide(self, scores: Tensor) -> Tensor:
        grid = plan_patches(*scores.shape[-2:], self.sizes.patch_px)
        return scores.div_(patch_counts(grid, scores.device))

    def _backbone(self) -> ResNet | EncoderBackbone:
        if self.sizes.backbone == "resnet":
            return ResNet(self.sizes.depth, self.sizes.backbone_widths)
        return EncoderBackbone(self.sizes.backbone, unit_input=True)

    def _head(
        self,
        backbone: ResNet | EncoderBackbone,
        *,
        partner: bool = False,
        suffix: str = "",
        classify: bool = True,
    ) -> PyramidHead:
        return PyramidHead(
            backbone.out_channels,
            width=self.sizes.pyramid_width,
            detail=self.sizes.detail_width,
            num_classes=self.num_classes if classify else 0,
            partner=partner,
            suffix=suffix,
        )

    def _ensemble(self) -> nn.Conv2d:
        conv = nn.Conv2d(8 * self.sizes.detail_width, self.num_classes, 3, padding=1)
        nn.init.normal_(conv.weight, std=0.01)
        return conv

    def _freeze(self) -> None:
        for name in self.frozen:
            getattr(self, name).requires_grad_(False)
        self.train(self.training)


class PatchedGLNet(GLNet):
    """Base of G→L and G⇄L: the local branch and the aggregation."""

    def _local_parts(self) -> None:
        self.resnet_local = self._backbone()
        self.fpn_local = self._head(self.resnet_local, partner=True)
        self.ensemble_conv = self._ensemble()

    def local_maps(
        self, image: Tensor, grid: PatchGrid, indices: Sequence[int], context: SharedMaps
    ) -> tuple[SharedMaps, Tensor]:
        """Return maps and ps3 of some patches of one image, seeing the global maps ``context``."""
        backbone = self.resnet_local(cut_patches(image, grid, indices))
        sizes = [tuple(m.shape[-2:]) for m in reversed(backbone)]
        partner = context.transform(lambda level, m: crop_for_patches(m, grid, indices, sizes[level]))
        return self.fpn_local(backbone, partner)

    def local_half(self, local_ps3: Tensor) -> Tensor:
        """Return what the local features add to the aggregation's logits.

        The aggregation is linear, so the 512-channel map of a patch need not wait for the global one.
        """
        return functional.conv2d(local_ps3, self.ensemble_conv.weight[:, : local_ps3.shape[1]], padding=1)

    def global_half(self, global_ps3: Tensor) -> Tensor:
        """Return what the global features (cropped for the patches) add to the aggregation's logits, with the bias."""
        weight = self.ensemble_conv.weight[:, -global_ps3.shape[1] :]
        return functional.conv2d(global_ps3, weight, self.ensemble_conv.bias, padding=1)

    def grid_of(self, image: Tensor) -> PatchGrid:
        """Return the patches of an image of at least one patch."""
        return plan_patches(*image.shape[-2:], self.sizes.patch_px)

    def _sub_batches(self, indices: Sequence[int]) -> list[Sequence[int]]:
        step = self.patch_batch
        return [indices[i : i + step] for i in range(0, len(indices), step)]

    def _drawn_patches(self, grid: PatchGrid) -> list[int]:
        """Return the patches that enter a step's loss."""
        wanted = self.sizes.training_patches or len(grid)
        return sorted(torch.randperm(len(grid))[:wanted].tolist()) if wanted < len(grid) else list(range(len(grid)))
