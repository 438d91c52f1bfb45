"""Class scores: what subclasses add up to, and when no class is likely enough."""

from __future__ import annotations

import math

import torch
from torch import Tensor

UNCLASSIFIED_ID = 0
"""Class id that stands for "none of these"."""

NEVER = 1e-12
"""Probability below which "unclassified" wins where it is not wanted: none."""


class ClassScores:
    """Scores of classes from those of their subclasses.

    The score of a class is the log of the sum of its subclasses' chances. That of "unclassified" is the log of the sum
    of all, less what the chosen probability demands, so that it wins where no class is that likely.

    Args:
        class_of_subclass: Class id of every subclass; each id from 1 on has one.
        unclassified_below: Chance below which the best class gives way to "unclassified"; 0 for never.
    """

    def __init__(self, class_of_subclass: tuple[int, ...], unclassified_below: float) -> None:
        ids = range(UNCLASSIFIED_ID + 1, max(class_of_subclass) + 1)
        self._members = [[i for i, c in enumerate(class_of_subclass) if c == class_id] for class_id in ids]
        self._demand = math.log(max(unclassified_below, NEVER))

    def __call__(self, scores: Tensor) -> Tensor:
        """Return ``(N, K, …)`` scores of the classes, "unclassified" first, from ``(N, S, …)`` of the subclasses."""
        none = scores.logsumexp(dim=1, keepdim=True) + self._demand
        return torch.cat([none, *(_joined(scores, members) for members in self._members)], dim=1)


def _joined(scores: Tensor, members: list[int]) -> Tensor:
    if len(members) == 1:
        return scores[:, members[0]].unsqueeze(1)
    return scores[:, members].logsumexp(dim=1, keepdim=True)
