"""Configuration of GLNet: its inference path, sizes and training choices."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

PATHS = ("global", "global_to_local", "global_and_local")
"""The paths by name, in the order in which they are trained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GLNetConfig:
    """Sizes of GLNet; the defaults are the published ones.

    Attributes:
        path: "global", "global_to_local" or "global_and_local".
        global_px: Side of the small view, divisible by 4.
        patch_px: Side of a patch, divisible by 4 and larger than 50.
        backbone: Backbone of both branches: "resnet" or a name of encoders/backbone.py.
        depth: Depth of the ResNets.
        backbone_widths: Base widths of the ResNets' stages.
        pyramid_width: Channels of the pyramid.
        detail_width: Channels of each level before gathering.
        eight_bit: Whether the small view is made from 8-bit levels as Pillow does; the image must then be in [0, 1].
        sub_batch: Patches that go through the local branch together, unless `patch_batch` is set.
        training_patches: Patches per image that enter the loss of a step, drawn at random; 0 for all.
        focal_gamma: Focusing exponent of the loss: 3 in the authors' code, 6 in their supplement.
    """

    path: str = "global_and_local"
    global_px: int = 508
    patch_px: int = 508
    backbone: str = "resnet"
    depth: int = 50
    backbone_widths: tuple[int, ...] = (64, 128, 256, 512)
    pyramid_width: int = 256
    detail_width: int = 128
    eight_bit: bool = True
    sub_batch: int = 6
    training_patches: int = 0
    focal_gamma: float = 3.0

    def __post_init__(self) -> None:
        if self.global_px % 4 or self.patch_px % 4 or min(self.global_px, self.patch_px) < 64:
            raise ValueError(
                "GLNet needs view and patch sides divisible by 4 and of 64 px or more; "
                f"got {self.global_px} and {self.patch_px}."
            )
        if self.path not in PATHS:
            raise ValueError(f"GLNet has no path {self.path!r}; known are {', '.join(PATHS)}.")

    @staticmethod
    def from_dict(data: dict[str, Any]) -> GLNetConfig:
        """Build a configuration from JSON data; raise ValueError for unknown names or impossible sizes."""
        known = {f.name for f in fields(GLNetConfig)}
        if unknown := sorted(set(data) - known):
            raise ValueError(f"Unknown GLNet settings {unknown}; known are {sorted(known)}.")
        return GLNetConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in data.items()})
