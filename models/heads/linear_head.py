"""Linear head: subclass scores of standardised features, as one 1×1 convolution per map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..inference.low_precision import WideConv2d
from ..layers.blocks import resize_bilinear


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearScores:
    """Scores that are linear in the joined features: ``features @ weight.T + bias``.

    Attributes:
        weight: ``(S, D)`` for S subclasses and D features.
        bias: ``(S,)``.
    """

    weight: Tensor
    bias: Tensor

    def of(self, features: Tensor) -> Tensor:
        """Return ``(n, S)`` scores of ``(n, D)`` features."""
        return features @ self.weight.t() + self.bias

    def shifted(self, shift: Tensor) -> LinearScores:
        """Return the scores with ``(S,)`` added."""
        return LinearScores(weight=self.weight, bias=self.bias + shift)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standardisation:
    """Mean and deviation of each feature over an image, and the weight of its map.

    Attributes:
        mean: ``(D,)``.
        std: ``(D,)``, above 0: the deviation, larger for maps of many channels.
    """

    mean: Tensor
    std: Tensor

    @staticmethod
    def of(features: Tensor, channels: Sequence[int] = ()) -> Standardisation:
        """Return mean and deviation of ``(n, D)`` features; deviations such that every map counts the same.

        A map of many channels would otherwise outweigh one of few (benchmarks/teach.py measures it).

        Args:
            features: Joined features.
            channels: Channels of each map; empty for one map.
        """
        wide = features.double()
        std = wide.std(dim=0, correction=0)
        std = std + 1e-6 + 1e-4 * std.mean()
        widths = torch.tensor(tuple(channels) or (wide.shape[1],), dtype=torch.float64)
        per_map = (widths * len(widths) / widths.sum()).sqrt()
        return Standardisation(
            mean=wide.mean(dim=0).float(), std=(std * per_map.repeat_interleave(widths.long())).float()
        )

    def apply(self, features: Tensor) -> Tensor:
        """Return standardised features."""
        return (features - self.mean) / self.std

    def folded_into(self, scores: LinearScores) -> LinearScores:
        """Return the scores as a function of features that are not standardised."""
        weight = scores.weight.double() / self.std.double()
        bias = scores.bias.double() - weight @ self.mean.double()
        return LinearScores(weight=weight.float(), bias=bias.float())


class LinearHead(nn.Module):
    """Scores of the subclasses at the resolution of cells.

    A 1×1 convolution and enlarging commute, so that each map is turned into scores where it is small.

    Args:
        channels: Channels of each map.
        subclasses: Number of subclasses S.

    Shape:
        maps: ``(N, channels[i], h_i, w_i)`` each, the first one at the resolution of cells.
        scores: ``(N, S, h_0, w_0)``.
    """

    def __init__(self, channels: Sequence[int], subclasses: int) -> None:
        super().__init__()
        self.parts = nn.ModuleList(WideConv2d(c, subclasses, 1, bias=i == 0) for i, c in enumerate(channels))

    def forward(self, maps: Sequence[Tensor]) -> Tensor:
        """Return the subclass scores of every cell."""
        scores = self.parts[0](maps[0])
        for part, x in zip(self.parts[1:], maps[1:], strict=True):
            scores = scores + resize_bilinear(part(x), tuple(scores.shape[-2:]))
        return scores

    @torch.no_grad()
    def fill(self, scores: LinearScores) -> None:
        """Take over linear scores of joined features that are not standardised."""
        first = 0
        for part in self.parts:
            last = first + part.in_channels
            part.weight.copy_(scores.weight[:, first:last, None, None])
            first = last
        self.parts[0].bias.copy_(scores.bias)
