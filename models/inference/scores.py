"""Scores of certainty in whole numbers: the winner's chance, and how far the other classes are behind."""

from __future__ import annotations

import torch
from torch import Tensor

SCORES_PER_LOGIT = 1024
"""Steps of a score in one unit of a logit. With 128, the winner's one step more than a class that is as good decided
along the outlines of classes, which then jumped where two tiles count the same."""

BEST_SCORE = 65535
"""Score of the winner: the largest of 16 bits, so that scores reach 64 logits down."""

PROBABILITY_STEPS = 250
"""Whole numbers that stand for the probability 1: steps of 0.4 per cent, within 8 bits."""

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


def class_probabilities(logits: Tensor) -> Tensor:
    """Return the softmax probabilities of all classes in 250ths, rounded, ``(N, K, H, W)`` uint8.

    Args:
        logits: ``(N, K, H, W)``.
    """
    strips = logits.split(STRIP_ROWS, dim=2)
    return torch.cat([(s.float().softmax(dim=1) * PROBABILITY_STEPS).round_().to(torch.uint8) for s in strips], dim=2)


def class_scores(logits: Tensor, class_ids: Tensor) -> Tensor:
    """Return how far all classes are behind the winner, ``(K, h, w)`` uint16: `BEST_SCORE` less the distance in logits.

    Eight bits would not do: some networks decide by hundredths of a logit, others by tens. Only the winner has the best
    score, so that it stays the winner where another class is as good as equal.

    Args:
        logits: ``(K, h, w)``.
        class_ids: The most likely classes, ``(h, w)`` uint8.
    """
    wide, winner = logits.float(), class_ids[None].long()
    behind = ((wide.gather(0, winner) - wide) * SCORES_PER_LOGIT).round_().clamp_(1, BEST_SCORE)
    return (BEST_SCORE - behind).int().scatter_(0, winner, BEST_SCORE).to(torch.uint16)
