"""Loss terms of the three systems, as pure functions."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from ..legend import IGNORE_INDEX
from .resizing import resize_labels


def cross_entropy_over_all(logits: Tensor, class_ids: Tensor, weight: Tensor | None = None) -> Tensor:
    """Return the cross-entropy summed over labelled pixels, divided by the number of all pixels.

    ISDNet's framework divides by all pixels, ignored ones included, so that a crop with few labels weighs less.

    Args:
        logits: ``(N, K, H, W)``.
        class_ids: ``(N, H, W)`` int64; 255 is ignored.
        weight: Optional weight of each class, ``(K,)``.
    """
    total = functional.cross_entropy(logits, class_ids, weight=weight, ignore_index=IGNORE_INDEX, reduction="sum")
    return total / class_ids.numel()


def focal_loss(logits: Tensor, class_ids: Tensor, gamma: float = 3.0) -> Tensor:
    """Return the softmax focal loss, mean over labelled pixels.

    −(1 − p)^γ · ln p with p the probability of the pixel's class (GLNet's form of Lin et al., ICCV 2017).

    Args:
        logits: ``(N, K, H, W)``.
        class_ids: ``(N, H, W)`` int64; 255 is ignored (the GLNet code knows no ignored pixels).
        gamma: Focusing exponent.
    """
    labelled = class_ids != IGNORE_INDEX
    target = class_ids.masked_fill(~labelled, 0)
    p = logits.softmax(dim=1).gather(1, target[:, None])[:, 0].clamp(1e-7, 1 - 1e-7)
    terms = -((1 - p) ** gamma) * p.log()
    return (terms * labelled).sum() / labelled.sum().clamp(min=1)


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


def focal_at_logits(logits: Tensor, class_ids: Tensor, gamma: float) -> Tensor:
    """Return the focal loss with the labels reduced to the logits' size."""
    return focal_loss(logits.float(), resize_labels(class_ids, tuple(logits.shape[-2:])), gamma)


def structure_distillation(deep: Tensor, sr_feature: Tensor) -> Tensor:
    """Return ISDNet's structure distillation: distance of the two features' pixel-similarity matrices.

    Args:
        deep: Deep feature ``(N, C, h, w)``.
        sr_feature: Super-resolution feature ``(N, C, H, W)``; no gradient reaches it.
    """
    small = functional.interpolate(sr_feature.detach(), size=deep.shape[-2:], mode="bilinear", align_corners=False)
    return (_similarity(deep) - _similarity(small)).abs().mean()


def _similarity(feature: Tensor) -> Tensor:
    flat = feature.flatten(2)  # (N, C, P)
    flat = flat / (flat.norm(dim=2, keepdim=True) + 1e-6)
    return torch.bmm(flat.transpose(1, 2), flat)  # (N, P, P)
