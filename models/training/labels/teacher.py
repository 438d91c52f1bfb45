"""Teacher: a trained network that says what unlabelled pixels of a training crop are, where it is sure."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from ...checkpoint import load_checkpoint
from ...errors import CheckpointError
from ...legend import IGNORE_INDEX, Legend
from ...preprocess import normalize


class Teacher:
    """Fills unlabelled pixels; drawn labels stay as they are.

    Args:
        path: Checkpoint of the teacher.
        legend: Classes of the training, which must be the teacher's.
        sure_from: Probability from which on its class counts.
        device: Where it works.

    Raises:
        CheckpointError: If the teacher knows other classes.
    """

    def __init__(self, path: Path, legend: Legend, sure_from: float, device: torch.device) -> None:
        checkpoint = load_checkpoint(path)
        if checkpoint.card.legend.classes != legend.classes:
            raise CheckpointError(f"The teacher {path.name} knows other classes than the training. Use one legend.")
        self._network = checkpoint.network.for_inference().to(device, memory_format=torch.channels_last)
        self._normalization, self._sure_from = checkpoint.card.normalization, sure_from
        self._unknown = legend.unknown_id

    @torch.no_grad()
    def complete(self, images: Tensor, class_ids: Tensor) -> Tensor:
        """Return labels in which unlabelled pixels have the teacher's class where it is sure.

        Args:
            images: ``(N, 3, H, W)`` uint8.
            class_ids: ``(N, H, W)`` int64; 255 is unlabelled.
        """
        image = normalize(images, self._normalization).to(memory_format=torch.channels_last)
        logits = self._network(image)
        if self._unknown is not None:
            logits[:, self._unknown] = -torch.inf
        sure, found = logits.softmax(1).max(1)
        return torch.where((class_ids == IGNORE_INDEX) & (sure >= self._sure_from), found, class_ids)
