"""GLNet's sizes, and what its three inference paths (glnet.py) have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from ..errors import CheckpointError
from ..layers.patching import pad_to_patch, patch_counts, plan_patches
from ..layers.pyramid import PyramidHead
from ..layers.resizing import resize_antialiased, resize_unit_8bit
from ..layers.resnet import ResNet
from ..network import SegmentationNetwork
from .stages import focal_at_logits

PATHS = ("global", "global_to_local", "global_and_local")
"""The paths by name, in the order in which they are trained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GLNetConfig:
    """Sizes of GLNet; the defaults are the published ones.

    Attributes:
        path: "global", "global_to_local" or "global_and_local".
        global_px: Side of the small view, divisible by 4.
        patch_px: Side of a patch, divisible by 4 and larger than 50.
        depth: ResNet depth of both branches.
        backbone_widths: Base widths of the ResNet stages.
        pyramid_width: Channels of the pyramid.
        detail_width: Channels of each level before gathering.
        eight_bit: Whether the small view is made from 8-bit levels as Pillow does; the image must then be in [0, 1].
        sub_batch: Patches that go through the local branch together, unless `patch_batch` is set.
        training_patches: Patches per image that enter the loss of a step, drawn at random; 0 for all.
        focal_gamma: Focusing exponent of the loss: 3 in the authors' code, 6 in their supplement.
    """

    path: str = "global_and_local"
    global_px: int = 508
    patch_px: int = 508
    depth: int = 50
    backbone_widths: tuple[int, ...] = (64, 128, 256, 512)
    pyramid_width: int = 256
    detail_width: int = 128
    eight_bit: bool = True
    sub_batch: int = 6
    training_patches: int = 0
    focal_gamma: float = 3.0

    def __post_init__(self) -> None:
        if self.global_px % 4 or self.patch_px % 4 or min(self.global_px, self.patch_px) < 64:
            raise ValueError(
                "GLNet needs view and patch sides divisible by 4 and of 64 px or more; "
                f"got {self.global_px} and {self.patch_px}."
            )
        if self.path not in PATHS:
            raise ValueError(f"GLNet has no path {self.path!r}; known are {', '.join(PATHS)}.")

    @staticmethod
    def from_dict(data: dict[str, Any]) -> GLNetConfig:
        """Build a configuration from JSON data; raise ValueError for unknown names or impossible sizes."""
        known = {f.name for f in fields(GLNetConfig)}
        if unknown := sorted(set(data) - known):
            raise ValueError(f"Unknown GLNet settings {unknown}; known are {sorted(known)}.")
        return GLNetConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in data.items()})


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

    def _resnet(self) -> ResNet:
        return ResNet(self.sizes.depth, self.sizes.backbone_widths)

    def _head(self, backbone: ResNet, *, partner: bool = False, suffix: str = "", classify: bool = True) -> PyramidHead:
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
