"""Prediction of a batch: from its 8-bit pixels to class ids, confidence and scores, all on the network's device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..card import Normalization
from ..preprocess import normalize
from .scores import class_probabilities, class_scores, winner_percent

Slices = tuple[slice, slice]
"""Rows and columns of a part of an image."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What the network says of a batch.

    Attributes:
        class_ids: ``(N, H, W)`` uint8.
        is_finite: ``(N,)`` bool, whether all logits of an image are.
        confidence: ``(N, H, W)`` uint8 per cent, or None.
        probabilities: ``(N, K, H, W)`` uint8 in 250ths, or None.
        scores: For each image the ``(K, h, w)`` uint16 scores of the parts asked for.
    """

    class_ids: Tensor
    is_finite: Tensor
    confidence: Tensor | None
    probabilities: Tensor | None
    scores: list[dict[str, Tensor]]

    def mended(self, wide: Prediction) -> Prediction:
        """Return the answer with the images whose logits are not finite taken from another one."""
        is_good = self.is_finite[:, None, None]
        confidence = None if self.confidence is None else torch.where(is_good, self.confidence, wide.confidence)
        probabilities = self.probabilities
        if probabilities is not None:
            probabilities = torch.where(is_good[:, None], probabilities, wide.probabilities)
        pairs = zip(self.is_finite.tolist(), self.scores, wide.scores, strict=False)
        return Prediction(
            class_ids=torch.where(is_good, self.class_ids, wide.class_ids),
            is_finite=self.is_finite,
            confidence=confidence,
            probabilities=probabilities,
            scores=[own if good else other for good, own, other in pairs],
        )

    def on_host(self) -> Prediction:
        """Return the answer in host memory."""
        return Prediction(
            class_ids=self.class_ids.cpu(),
            is_finite=self.is_finite.cpu(),
            confidence=None if self.confidence is None else self.confidence.cpu(),
            probabilities=None if self.probabilities is None else self.probabilities.cpu(),
            scores=[{name: part.cpu() for name, part in parts.items()} for parts in self.scores],
        )


def predict(
    network: nn.Module,
    pixels: Tensor,
    valid: Tensor,
    normalization: Normalization,
    *,
    confidence: bool = False,
    probabilities: bool = False,
    parts: Sequence[Mapping[str, Slices]] = (),
) -> Prediction:
    """Run a network on 8-bit images.

    Args:
        network: Network on the device of the pixels.
        pixels: ``(N, C, H, W)`` uint8.
        valid: ``(N, H, W)`` bool.
        normalization: Input scaling.
        confidence: Whether the winner's probability is wanted.
        probabilities: Whether those of all classes are.
        parts: For each image, the parts of which all scores are wanted; images beyond have none.
    """
    image = normalize(pixels, normalization, layout=torch.channels_last)  # (N, C, H, W)
    # Pixels without data become the average colour: what a nodata value would look like must not matter.
    image.masked_fill_(~valid[:, None], 0.0)
    logits = network(image)  # (N, K, H, W)
    del image
    class_ids = logits.argmax(dim=1).to(torch.uint8)
    is_finite = torch.ones(len(logits), dtype=torch.bool)
    if logits.device.type != "cpu":  # there in float32, which does not overflow
        is_finite = logits.amax(dim=(1, 2, 3)).isfinite() & logits.amin(dim=(1, 2, 3)).isfinite()
    return Prediction(
        class_ids=class_ids,
        is_finite=is_finite,
        confidence=winner_percent(logits) if confidence else None,
        probabilities=class_probabilities(logits) if probabilities else None,
        scores=[
            {name: class_scores(logits[i, :, rows, cols], class_ids[i, rows, cols]) for name, (rows, cols) in p.items()}
            for i, p in enumerate(parts)
        ],
    )
