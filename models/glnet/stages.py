"""What GLNet's training stages share: their guards and their losses at the logits' size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import Tensor, nn
from torch.nn import functional

from ..errors import CheckpointError
from ..layers.losses import IGNORE_INDEX, focal_loss
from ..layers.patching import pad_to_patch
from ..layers.resizing import resize_labels
from ..network import SegmentationNetwork

if TYPE_CHECKING:
    from .base import GLNet

FREE_SETTINGS = ("path", "sub_batch", "training_patches", "focal_gamma")
"""Settings that may differ from one stage to the next."""


def check_stage(stage: GLNet, previous: SegmentationNetwork, needed: type[GLNet]) -> None:
    """Raise CheckpointError unless ``previous`` is a trained ``needed`` of the same sizes and classes."""
    found = previous.config.get("path", previous.method or type(previous).__name__)
    if not isinstance(previous, needed):
        raise CheckpointError(
            f"GLNet's stage '{stage.path}' starts from a trained stage '{needed.path}'; found '{found}'. "
            f"Train '{needed.path}' first, or give its checkpoint."
        )
    if previous.num_classes != stage.num_classes:
        raise CheckpointError(
            f"GLNet's stage '{stage.path}' is built for {stage.num_classes} classes, the '{found}' it would start from "
            f"has {previous.num_classes}. Use the same legend in all stages."
        )
    other = {
        k: (v, previous.config[k])
        for k, v in stage.config.items()
        if k not in FREE_SETTINGS and v != previous.config[k]
    }
    if other:
        raise CheckpointError(
            f"GLNet's stage '{stage.path}' and the '{found}' it would start from differ in {other} (here, there). "
            "Use the same sizes in all stages."
        )
    check_trained(stage, previous.resnet_global)
    if hasattr(previous, "resnet_local"):
        check_trained(stage, previous.resnet_local)


def check_trained(stage: GLNet, backbone: nn.Module) -> None:
    """Raise CheckpointError if the frozen backbone a stage builds on has never seen an image."""
    if not backbone.bn1.running_mean.any():  # exact zeros: the value before the first training step
        raise CheckpointError(
            f"GLNet's stage '{stage.path}' learns on top of an earlier stage, but the branch it would freeze has never "
            f"been trained. Train the earlier stage, then call start_from() with it."
        )


def pad_labelled(image: Tensor, class_ids: Tensor, patch_px: int) -> tuple[Tensor, Tensor]:
    """Return image and labels of at least one patch per side; labels in the padding are ignored."""
    padded = pad_to_patch(image, patch_px)
    below, right = padded.shape[-2] - image.shape[-2], padded.shape[-1] - image.shape[-1]
    return padded, functional.pad(class_ids, (0, right, 0, below), value=IGNORE_INDEX)


def focal_at_logits(logits: Tensor, class_ids: Tensor, gamma: float) -> Tensor:
    """Return the focal loss with the labels reduced to the logits' size."""
    return focal_loss(logits.float(), resize_labels(class_ids, tuple(logits.shape[-2:])), gamma)
