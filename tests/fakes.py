"""Stand-ins whose answers are known in closed form."""

from __future__ import annotations

import dataclasses

import numpy as np
import torch
from torch import Tensor, nn

from uhr_landcover.engine.contract.events import Event, Note
from uhr_landcover.models.card import ModelCard, Normalization
from uhr_landcover.models.checkpoint import Checkpoint
from uhr_landcover.models.legend import load_legend
from uhr_landcover.models.network import SegmentationNetwork

LEVELS = 7


class ThresholdNetwork(SegmentationNetwork):
    """Class of a pixel = floor(7 · mean of its channels / 256); looks at nothing else."""

    method = "isdnet"
    size_divisor = 8
    min_side_px = 16

    def __init__(self, in_channels: int = 3) -> None:
        super().__init__(num_classes=LEVELS, in_channels=in_channels, config={})
        self.weight = nn.Parameter(torch.ones(1))

    def forward(self, image: Tensor) -> Tensor:
        self.check_image(image)
        class_ids = (image.mean(dim=1) * 255 * LEVELS / 256 + 1e-4).long().clamp(0, LEVELS - 1)
        return nn.functional.one_hot(class_ids, LEVELS).permute(0, 3, 1, 2).float()


def threshold_classes(rgb: np.ndarray) -> np.ndarray:
    """The same answer by numpy, for ``(3, H, W)`` uint8."""
    return np.minimum(rgb.astype(np.int64).sum(axis=0) * LEVELS // (256 * 3), LEVELS - 1).astype(np.uint8)


class LinearNetwork(SegmentationNetwork):
    """One 1 × 1 convolution: as light as a network can be, for runs where only the engine is measured."""

    method = "isdnet"
    size_divisor = 8
    min_side_px = 16

    def __init__(self) -> None:
        super().__init__(num_classes=LEVELS, in_channels=3, config={})
        self.layer = nn.Conv2d(3, LEVELS, 1)
        with torch.no_grad():
            self.layer.weight.copy_(torch.arange(LEVELS, dtype=torch.float32).view(-1, 1, 1, 1).expand(-1, 3, -1, -1))
            self.layer.bias.copy_(-(torch.arange(LEVELS, dtype=torch.float32) ** 2) / 5)

    def forward(self, image: Tensor) -> Tensor:
        return self.layer(image)


class BlurNetwork(ThresholdNetwork):
    """As above, on a 5 × 5 mean: a network with a receptive field of 2 pixels around."""

    def forward(self, image: Tensor) -> Tensor:
        padded = nn.functional.pad(image, (2, 2, 2, 2), mode="replicate")
        return super().forward(nn.functional.avg_pool2d(padded, 5, stride=1))


class RimNetwork(ThresholdNetwork):
    """As above, on a 5 × 5 mean that takes what is beyond the image for black: darker classes near its edges."""

    def forward(self, image: Tensor) -> Tensor:
        return super().forward(nn.functional.avg_pool2d(image, 5, stride=1, padding=2))


def fake_card(**changes: object) -> ModelCard:
    card = ModelCard(
        name="threshold",
        title="Threshold",
        method="isdnet",
        config={},
        legend=load_legend(),
        normalization=Normalization(mean=(0.0, 0.0, 0.0), std=(255.0, 255.0, 255.0)),
        tile_px=64,
        halo_px=8,
    )
    return dataclasses.replace(card, **changes)


def fake_checkpoint(network: SegmentationNetwork | None = None, **card: object) -> Checkpoint:
    return Checkpoint(fake_card(**card), (network or ThresholdNetwork()).eval())


class RecordingEmit:
    """Collects events."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    def of(self, kind: type) -> list[Event]:
        return [e for e in self.events if isinstance(e, kind)]

    @property
    def warnings(self) -> list[str]:
        return [e.message for e in self.of(Note) if e.level == "warning"]
