"""Encoder backbones: EfficientNet-Lite0 in the place of a ResNet, by name, for networks that take a list of maps."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..preprocess import SIGNED
from .efficientnet_lite import EfficientNetLite0

FIRST_LEVEL = 1
"""The map of stride 4 is the first that networks with a ResNet take."""


@dataclass(frozen=True, slots=True)
class BackboneKind:
    """An entry of the table: how many levels of the encoder are computed."""

    levels: int


BACKBONES = {"efficientnet-lite0": BackboneKind(5), "efficientnet-lite0-s16": BackboneKind(4)}
"""Name → backbone. "s16" ends at stride 16: a quarter of the weights."""


class EncoderBackbone(nn.Module):
    """EfficientNet-Lite0 as a backbone. Its batch normalisation stays as it came: it starts from trained weights.

    Args:
        name: Name in the table.
        maps: Maps that are wanted; where the encoder has fewer, the last is pooled for each missing one.
        unit_input: Whether images come in [0, 1] and are scaled here as the encoder takes them.

    Attributes:
        out_channels: Channels of the maps.

    Shape:
        image ``(N, 3, H, W)`` → list of ``(N, out_channels[i], …)`` at strides 4, 8, 16 and so on.
    """

    def __init__(self, name: str, *, maps: int = 4, unit_input: bool = False) -> None:
        super().__init__()
        if name not in BACKBONES:
            raise ValueError(f"There is no backbone {name!r}; known are resnet, {', '.join(BACKBONES)}.")
        self.maps, self.unit_input = maps, unit_input
        for key, values in (("mean", SIGNED.mean), ("std", SIGNED.std)):
            self.register_buffer(key, torch.tensor([v / 255 for v in values]).view(1, -1, 1, 1), persistent=False)
        self.encoder = EfficientNetLite0(BACKBONES[name].levels)
        own = list(self.encoder.channels[FIRST_LEVEL : FIRST_LEVEL + maps])
        self.out_channels = own + own[-1:] * (maps - len(own))

    def forward(self, image: Tensor) -> list[Tensor]:
        """Return the maps, finest first."""
        levels = self.encoder.features((image - self.mean) / self.std if self.unit_input else image)
        maps = list(levels[FIRST_LEVEL : FIRST_LEVEL + self.maps])
        while len(maps) < self.maps:
            maps.append(_halved(maps[-1]))
        return maps

    def train(self, mode: bool = True) -> EncoderBackbone:
        """Switch to training; batch normalisation keeps its statistics."""
        super().train(mode)
        frozen_normalisation(self)
        return self


def _halved(x: Tensor) -> Tensor:
    """Return means of 2 × 2; of an odd side the last row or column counts alone (ONNX reads ceil_mode otherwise)."""
    odd = (0, x.shape[-1] % 2, 0, x.shape[-2] % 2)
    return functional.avg_pool2d(functional.pad(x, odd, mode="replicate") if any(odd) else x, 2)


def frozen_normalisation(module: nn.Module) -> None:
    """Let the batch normalisation of a module use the statistics it has, in training too."""
    for part in module.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.eval()
