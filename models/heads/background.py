"""Background: features of cells spread over an image, which tell what is usual there."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from .linear_head import Standardisation


class Background:
    """Features spread over an image.

    Args:
        features: ``(m, D)`` float32.
        channels: Channels of each of the joined maps.
    """

    def __init__(self, features: np.ndarray, channels: tuple[int, ...]) -> None:
        self.features, self.channels = features, channels

    @cached_property
    def scale(self) -> Standardisation:
        """Mean and deviation of each feature, the maps counting the same; computed once."""
        return Standardisation.of(torch.from_numpy(self.features), self.channels)

    @cached_property
    def standardised(self) -> Tensor:
        """``(m, D)`` standardised features."""
        return self.scale.apply(torch.from_numpy(self.features))
