"""What logits say about certainty, in 8 bits: the winner's chance in per cent, and the chances of all classes."""

from __future__ import annotations

import torch
from torch import Tensor

STRIP_ROWS = 64
"""Rows whose logits are turned into chances at once: a second tensor of the logits' size would double the need."""


def winner_percent(logits: Tensor) -> Tensor:
    """Return the softmax probability of the most likely class in per cent, rounded, ``(N, H, W)`` uint8.

    Args:
        logits: ``(N, K, H, W)``.
    """
    parts = []
    for strip in logits.split(STRIP_ROWS, dim=2):
        wide = strip.float()  # (N, K, h, W)
        total = (wide - wide.amax(dim=1, keepdim=True)).exp_().sum(dim=1)
        parts.append((100 / total).round_().to(torch.uint8))
    return torch.cat(parts, dim=1)


def class_scores(logits: Tensor, class_ids: Tensor) -> Tensor:
    """Return the probabilities of all classes as whole numbers of 0 to 255, ``(K, h, w)`` uint8.

    They are rounded to 254ths and the winner gets one more, so that it stays the winner where two round alike.

    Args:
        logits: ``(K, h, w)``.
        class_ids: The most likely classes, ``(h, w)`` uint8.
    """
    scores = (logits.float().softmax(dim=0) * 254).round_().to(torch.uint8)
    winner = class_ids[None].long()
    return scores.scatter_(0, winner, scores.gather(0, winner) + 1)
