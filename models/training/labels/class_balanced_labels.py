"""Class balance for any loss: pixels of frequent classes are left out at random, so that rare classes count as well.

In expectation this weights the classes of every loss that skips ignored pixels, whatever its form, and needs no change
in the networks. Own addition, not in the papers; off unless a recipe sets `class_balance`.
"""

from __future__ import annotations

import torch
from torch import Tensor

from ...legend import IGNORE_INDEX
from ..samples import SampleStream

COUNTED_BATCHES = 24
"""Batches whose labels tell the frequencies: the first ones of the run, drawn again after a resume."""

LEAST_KEPT = 0.1
"""Every class keeps at least this share of its pixels."""


class ClassBalancedLabels:
    """Leaves out labels of frequent classes.

    Args:
        stream: Where the training samples come from.
        num_classes: Number of classes.
        strength: Exponent: 0 changes nothing, 1 makes all classes equally frequent, 0.5 is between.
    """

    def __init__(self, stream: SampleStream, num_classes: int, strength: float) -> None:
        counts = torch.zeros(num_classes, dtype=torch.double)
        for number in range(COUNTED_BATCHES):
            labels = torch.from_numpy(stream.batch(number)[1]).long().flatten()
            counts += torch.bincount(labels[labels < num_classes], minlength=num_classes)
        share = counts / counts.sum().clamp_min(1)
        rarest = share[share > 0.01].min() if (share > 0.01).any() else torch.tensor(1.0)
        self.kept = ((rarest / share.clamp_min(1e-9)) ** strength).clamp(LEAST_KEPT, 1.0).float()

    def __call__(self, class_ids: Tensor) -> Tensor:
        """Return the labels ``(N, H, W)`` with some of them ignored; draws from torch's generator."""
        known = class_ids != IGNORE_INDEX
        kept = self.kept.to(class_ids.device)[class_ids.clamp_max(len(self.kept) - 1)]
        drawn = torch.rand(class_ids.shape, device=class_ids.device) < kept
        return torch.where(known & ~drawn, torch.full_like(class_ids, IGNORE_INDEX), class_ids)
