"""Guards of GLNet's training stages: what a stage may start from, and labels for padded images."""

from __future__ import annotations

from dataclasses import asdict

from torch import Tensor, nn
from torch.nn import functional

from ..errors import CheckpointError
from ..layers.patching import pad_to_patch
from ..legend import IGNORE_INDEX
from ..network import SegmentationNetwork
from .config import PATHS, GLNetConfig

FREE_SETTINGS = ("path", "sub_batch", "training_patches", "focal_gamma")
"""Settings that may differ from one stage to the next."""


def check_stage(config: GLNetConfig, num_classes: int, previous: SegmentationNetwork) -> None:
    """Raise CheckpointError unless ``previous`` is the trained stage before one with these sizes and classes.

    Args:
        config: Settings of the stage that starts.
        num_classes: Its number of classes.
        previous: What it would start from.
    """
    needed = PATHS[PATHS.index(config.path) - 1]
    found = previous.config.get("path", previous.method or type(previous).__name__)
    if previous.method != "glnet" or found != needed:
        raise CheckpointError(
            f"GLNet's stage '{config.path}' starts from a trained stage '{needed}'; found '{found}'. "
            f"Train '{needed}' first, or give its checkpoint."
        )
    if previous.num_classes != num_classes:
        raise CheckpointError(
            f"GLNet's stage '{config.path}' is built for {num_classes} classes, the '{found}' it would start from "
            f"has {previous.num_classes}. Use the same legend in all stages."
        )
    here = asdict(config) | {"backbone_widths": list(config.backbone_widths)}
    there = previous.config
    other = {k: (v, there[k]) for k, v in here.items() if k not in FREE_SETTINGS and v != there[k]}
    if other:
        raise CheckpointError(
            f"GLNet's stage '{config.path}' and the '{found}' it would start from differ in {other} (here, there). "
            "Use the same sizes in all stages."
        )
    check_trained(config.path, previous.resnet_global)
    if hasattr(previous, "resnet_local"):
        check_trained(config.path, previous.resnet_local)


def check_trained(path: str, backbone: nn.Module) -> None:
    """Raise CheckpointError if the frozen backbone that a stage builds on has never seen an image.

    Args:
        path: The stage.
        backbone: What it would freeze.
    """
    first = next(part for part in backbone.modules() if isinstance(part, nn.BatchNorm2d))
    if not first.running_mean.any():  # exact zeros: the value before the first training step
        raise CheckpointError(
            f"GLNet's stage '{path}' learns on top of an earlier stage, but the branch it would freeze has never "
            f"been trained. Train the earlier stage, then call start_from() with it."
        )


def pad_labelled(image: Tensor, class_ids: Tensor, patch_px: int) -> tuple[Tensor, Tensor]:
    """Return image and labels of at least one patch per side; labels in the padding are ignored."""
    padded = pad_to_patch(image, patch_px)
    below, right = padded.shape[-2] - image.shape[-2], padded.shape[-1] - image.shape[-1]
    return padded, functional.pad(class_ids, (0, right, 0, below), value=IGNORE_INDEX)
