"""The feature pyramid of GLNet (and of PPN's branches): convolutions and resizes, nothing nonlinear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .blocks import resize_bilinear

LEVELS = (5, 4, 3, 2)
"""Order of the four levels everywhere in this package: coarsest first."""

LATERAL_NAMES = ("toplayer", "latlayer1", "latlayer2", "latlayer3")
"""Names of the lateral convolutions in the public checkpoints, in the order of LEVELS."""


@dataclass(frozen=True, slots=True)
class SharedMaps:
    """The 16 maps that the two branches of GLNet give each other, coarsest level first.

    Attributes:
        backbone: Outputs c5, c4, c3, c2 of the backbone.
        ps0: Top-down sums.
        ps1: After the first smoothing.
        ps2: After the second smoothing.
    """

    backbone: tuple[Tensor, ...]
    ps0: tuple[Tensor, ...]
    ps1: tuple[Tensor, ...]
    ps2: tuple[Tensor, ...]

    def transform(self, function: Callable[[int, Tensor], Tensor]) -> SharedMaps:
        """Return the maps after ``function(level_index, map)``; level index 0 is the coarsest."""
        groups = (self.backbone, self.ps0, self.ps1, self.ps2)
        return SharedMaps(*(tuple(function(i, m) for i, m in enumerate(group)) for group in groups))

    @staticmethod
    def from_flat(maps: Sequence[Tensor]) -> SharedMaps:
        """Return the 16 maps of ``flat`` in their groups again."""
        return SharedMaps(*(tuple(maps[i : i + 4]) for i in range(0, 16, 4)))

    def flat(self) -> list[Tensor]:
        """Return all 16 maps, group after group."""
        return [*self.backbone, *self.ps0, *self.ps1, *self.ps2]


class PyramidHead(nn.Module):
    """Lateral 1×1, top-down sums, two 3×3 smoothings, gathering at level 2, classification.

    With a partner every convolution sees its own features first, then the partner's, and a last 3×3 convolution
    reduces the gathered maps. There is no activation and no normalisation: the head is affine in the features.

    Args:
        backbone_channels: Channels of c2, c3, c4, c5.
        width: Channels of ps0 and ps1.
        detail: Channels of ps2; ps3 has four times as many.
        num_classes: Number of classes; 0 leaves the classifier out.
        partner: Whether the convolutions take a partner's maps.
        suffix: Ending of the parameter names ("_ext" for the extended global pass of the public checkpoints).

    Shape:
        backbone outputs c2…c5 → ``SharedMaps``; ps3 ``(N, 4 * detail, h2, w2)`` with h2, w2 the size of c2.
    """

    def __init__(
        self,
        backbone_channels: Sequence[int],
        *,
        width: int = 256,
        detail: int = 128,
        num_classes: int = 0,
        partner: bool = False,
        suffix: str = "",
    ) -> None:
        super().__init__()
        self.partner, self.suffix, self.out_channels = partner, suffix, 4 * detail
        factor = 2 if partner else 1
        for name, channels in zip(LATERAL_NAMES, reversed(backbone_channels), strict=True):
            self.add_module(name + suffix, nn.Conv2d(factor * channels, width, 1))
        for i in range(1, 5):
            self.add_module(f"smooth{i}_1{suffix}", nn.Conv2d(factor * width, width, 3, padding=1))
            self.add_module(f"smooth{i}_2{suffix}", nn.Conv2d(factor * width, detail, 3, padding=1))
        if partner:
            self.smooth = nn.Conv2d(8 * detail, 4 * detail, 3, padding=1)
        if num_classes:
            self.classify = nn.Conv2d(4 * detail, num_classes, 3, padding=1)
        for m in self.children():
            nn.init.normal_(m.weight, std=0.01)
            nn.init.zeros_(m.bias)

    def forward(self, backbone: Sequence[Tensor], partner: SharedMaps | None = None) -> tuple[SharedMaps, Tensor]:
        """Return the shared maps and ps3.

        Args:
            backbone: c2, c3, c4, c5.
            partner: The other branch's maps in the sizes of these; exactly when the head was built for one.
        """
        shared = self.share(backbone, partner)
        return shared, self.gather(shared.ps2, partner)

    def share(self, backbone: Sequence[Tensor], partner: SharedMaps | None = None) -> SharedMaps:
        """Return the 16 maps, without gathering them."""
        if (partner is not None) != self.partner:
            raise ValueError(f"This pyramid {'needs' if self.partner else 'takes no'} partner maps.")
        own = tuple(reversed(backbone))
        ps0 = self._top_down(_beside(own, partner and partner.backbone))
        ps1 = self._smooth(1, _beside(ps0, partner and partner.ps0))
        ps2 = self._smooth(2, _beside(ps1, partner and partner.ps1))
        return SharedMaps(own, ps0, ps1, ps2)

    def gather(self, ps2: Sequence[Tensor], partner: SharedMaps | None = None) -> Tensor:
        """Return ps3: all levels at the size of level 2, ``(N, 4 * detail, h2, w2)``."""
        size = tuple(ps2[-1].shape[-2:])
        gathered = torch.cat([resize_bilinear(m, size) for m in _beside(ps2, partner and partner.ps2)], dim=1)
        return self.smooth(gathered) if self.partner else gathered

    def lateral(self, level_index: int) -> nn.Conv2d:
        """Return the lateral convolution of a level (0 is the coarsest)."""
        return getattr(self, LATERAL_NAMES[level_index] + self.suffix)

    def smoothing(self, step: int, level_index: int) -> nn.Conv2d:
        """Return the convolution of smoothing 1 or 2 at a level (0 is the coarsest)."""
        return getattr(self, f"smooth{level_index + 1}_{step}{self.suffix}")

    def _top_down(self, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
        maps = [self.lateral(0)(inputs[0])]
        for i in range(1, 4):
            lateral = self.lateral(i)(inputs[i])
            maps.append(resize_bilinear(maps[-1], tuple(lateral.shape[-2:])) + lateral)
        return tuple(maps)

    def _smooth(self, step: int, inputs: Sequence[Tensor]) -> tuple[Tensor, ...]:
        return tuple(self.smoothing(step, i)(m) for i, m in enumerate(inputs))


def _beside(own: Sequence[Tensor], partner: Sequence[Tensor] | None) -> Sequence[Tensor]:
    """Return own and partner maps concatenated per level, own channels first."""
    if partner is None:
        return own
    return [torch.cat([mine, theirs], dim=1) for mine, theirs in zip(own, partner, strict=True)]
