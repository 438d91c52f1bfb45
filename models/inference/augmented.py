"""Test-time augmentation: the mean of what a network says of an image and of its mirrored, turned and scaled forms."""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from ..network import SegmentationNetwork

FORMS = {
    "none": ((0, False),),
    "flips": ((0, False), (0, True), (2, False), (2, True)),
    "turns": tuple((quarters, is_mirrored) for quarters in range(4) for is_mirrored in (False, True)),
}
"""Quarter turns, and whether columns are mirrored before: flips are none, both ways and together; turns are all eight
ways in which a square lies on itself."""

SCALES = (0.25, 4.0)
"""Smallest and largest scale of a form."""

STRIP_ROWS = 64
"""Rows whose chances are summed at once: a further tensor of the logits' size would double the need."""


class AugmentedNetwork(SegmentationNetwork):
    """A network that looks at an image in several forms, and whose logits are those of the mean probabilities.

    Settings of the network (patches at once, strips) are read and set through this one.

    Args:
        network: Network that does the work.
        forms: "none", "flips" or "turns".
        scales: Scales of further looks, besides 1; each in all forms.
    """

    def __init__(self, network: SegmentationNetwork, forms: str, scales: Sequence[float] = ()) -> None:
        super().__init__(num_classes=network.num_classes, in_channels=network.in_channels, config=network.config)
        self.network = network
        self.forms, self.scales = forms, tuple(scales)
        self.eval()

    @property
    def passes(self) -> float:
        """Work of a look in all forms, as a multiple of that of one."""
        return passes(self.forms, self.scales)

    @property
    def size_divisor(self) -> int:
        """What sides must be multiples of."""
        return self.network.size_divisor

    @property
    def min_side_px(self) -> int:
        """Smallest side."""
        return self.network.min_side_px

    @property
    def blend_px(self) -> int | None:
        """Distance up to which neighbours are mixed."""
        return self.network.blend_px

    @property
    def gives_scores(self) -> bool:
        """Whether logits tell how sure the network is: several looks of one that gives classes are votes."""
        return self.network.gives_scores

    def __copy__(self) -> AugmentedNetwork:
        """Return a copy whose settings are its own; weights are shared."""
        return AugmentedNetwork(copy.copy(self.network), self.forms, self.scales)

    def __getattr__(self, name: str) -> Any:
        """Return a setting that only the network has."""
        try:
            return super().__getattr__(name)
        except AttributeError:
            if name == "network":
                raise
            return getattr(self.network, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute, here or of the network that has it."""
        if name in _OWN or "network" not in self.__dict__.get("_modules", {}) or not hasattr(self.network, name):
            super().__setattr__(name, value)
        else:
            setattr(self.network, name, value)

    def forward(self, image: Tensor) -> Tensor:
        """Return the logits of every pixel, ``(N, K, H, W)`` float32."""
        total: Tensor | None = None
        for scale in (1.0, *self.scales):
            for quarters, is_mirrored in FORMS[self.forms]:
                logits = _unformed(self._scaled(_formed(image, quarters, is_mirrored), scale), quarters, is_mirrored)
                total = _added(total, logits)
                del logits
        return total.div_(len(FORMS[self.forms]) * (1 + len(self.scales))).clamp_min_(_LEAST).log_()

    def for_inference(self) -> SegmentationNetwork:
        """Return the same looks by the network's fastest form."""
        return AugmentedNetwork(self.network.for_inference(), self.forms, self.scales)

    def _scaled(self, image: Tensor, scale: float) -> Tensor:
        if scale == 1.0:
            return self.network(image)
        h, w = image.shape[-2:]
        size = (self._side(h * scale), self._side(w * scale))
        smaller = functional.interpolate(image, size=size, mode="bilinear", align_corners=False)
        return functional.interpolate(self.network(smaller), size=(h, w), mode="bilinear", align_corners=False)

    def _side(self, length: float) -> int:
        d = self.network.size_divisor
        return max(math.ceil(self.network.min_side_px / d), round(length / d)) * d


_LEAST = 1e-12
"""Mean probabilities below count as this: their logarithm must be finite."""

_OWN = frozenset({"passes", "network", "forms", "scales", "num_classes", "in_channels", "config", "training"})


def passes(forms: str, scales: Sequence[float]) -> float:
    """Return the work of augmented looks as a multiple of that of a plain one."""
    return len(FORMS[forms]) * sum(scale * scale for scale in (1.0, *scales))


def _formed(image: Tensor, quarters: int, is_mirrored: bool) -> Tensor:
    image = image.flip(-1) if is_mirrored else image
    return image.rot90(quarters, (-2, -1)) if quarters else image


def _unformed(image: Tensor, quarters: int, is_mirrored: bool) -> Tensor:
    image = image.rot90(-quarters, (-2, -1)) if quarters else image
    return image.flip(-1) if is_mirrored else image


def _added(total: Tensor | None, logits: Tensor) -> Tensor:
    """Return a sum of probabilities with those of further logits added."""
    if total is None:
        total = torch.zeros(logits.shape, dtype=torch.float32, device=logits.device)
    for rows, strip in zip(total.split(STRIP_ROWS, dim=2), logits.split(STRIP_ROWS, dim=2), strict=True):
        rows += strip.float().softmax(dim=1)
    return total
