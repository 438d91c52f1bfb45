"""Configuration of ISDNet: its deep branch, its widths, and which widths each deep branch can have."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from ..layers.segformer import HEADS

RELATION_GROUPS = 16
"""Rows into which an attention vector is folded before the relation matrix (k in the paper)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepBranchSizes:
    """Sizes of a deep branch.

    Attributes:
        widths: Published widths of the backbone.
        multiples: Each width must be a multiple of the number at its place.
        stride: Pixels of the image per position of the deep feature.
        reduction: The branch sees the image reduced by this factor.
        is_averaged: Whether it is reduced by means of squares; otherwise by taking every n-th pixel.
    """

    widths: tuple[int, ...]
    multiples: tuple[int, ...]
    stride: int
    reduction: int = 4
    is_averaged: bool = False


RESNET18_WIDTHS = (64, 128, 256, 512)
HRNET18_WIDTHS = (64, 18, 36, 72, 144)
MIT_B0_WIDTHS = (32, 64, 160, 256)
LITE0_WIDTHS = (24, 40, 112, 320)

DEEP_BRANCH_SIZES = {
    "resnet18": DeepBranchSizes(widths=RESNET18_WIDTHS, multiples=(2, 1, 1, 1), stride=32),
    "resnet18_v1b": DeepBranchSizes(widths=RESNET18_WIDTHS, multiples=(1, 1, 1, 1), stride=32),
    "hrnet18": DeepBranchSizes(widths=HRNET18_WIDTHS, multiples=(1,) * 5, stride=128),
    "hrnet18_concat": DeepBranchSizes(widths=HRNET18_WIDTHS, multiples=(1,) * 5, stride=16),
    "segformer_b0": DeepBranchSizes(widths=MIT_B0_WIDTHS, multiples=HEADS, stride=16),
    "efficientnet-lite0": DeepBranchSizes(
        widths=LITE0_WIDTHS, multiples=LITE0_WIDTHS, stride=8, reduction=2, is_averaged=True
    ),
    "efficientnet-lite0-s16": DeepBranchSizes(
        widths=LITE0_WIDTHS[:3], multiples=LITE0_WIDTHS[:3], stride=8, reduction=2, is_averaged=True
    ),
}
"""Name → sizes; deep_branches.py says what the names mean and builds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ISDNetConfig:
    """Deep branch and widths of ISDNet; the defaults are the published ones.

    Attributes:
        deep_branch: Name of the deep branch, a key of `DEEP_BRANCH_SIZES`.
        deep_widths: Widths of the deep branch's four stages, for HRNet its stem and its four resolutions; empty for
            the published widths of the branch.
        shallow_widths: Widths of the shallow branch at 1/2, 1/4, 1/8 and 1/16.
        channels: Width of the deep feature and of both fusions; a multiple of 16.
        head_channels: Width inside the classifier blocks.
        aspp_dilations: Dilations of the three 3×3 branches of the pyramid pooling, where the branch has one.
    """

    deep_branch: str = "resnet18"
    deep_widths: tuple[int, ...] = ()
    shallow_widths: tuple[int, ...] = (32, 64, 256, 512)
    channels: int = 128
    head_channels: int = 64
    aspp_dilations: tuple[int, ...] = (12, 24, 36)

    def __post_init__(self) -> None:
        if not self.deep_widths:
            object.__setattr__(self, "deep_widths", deep_branch_sizes(self.deep_branch).widths)
        check_deep_widths(self.deep_branch, self.deep_widths)
        if (
            self.channels % RELATION_GROUPS
            or len(self.shallow_widths) != 4
            or any(w % 8 for w in self.shallow_widths[2:])
        ):
            raise ValueError(
                f"ISDNet needs channels divisible by {RELATION_GROUPS} and four shallow widths, the last two divisible "
                f"by 8; got {self.channels} and {self.shallow_widths}."
            )

    @staticmethod
    def from_dict(data: dict[str, Any]) -> ISDNetConfig:
        """Build a configuration from JSON data; raise ValueError for unknown names or impossible widths."""
        known = {f.name for f in fields(ISDNetConfig)}
        if unknown := sorted(set(data) - known):
            raise ValueError(f"Unknown ISDNet settings {unknown}; known are {sorted(known)}.")
        return ISDNetConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in data.items()})


def deep_branch_sizes(name: str) -> DeepBranchSizes:
    """Return the table's entry; raise ValueError, naming those there are, for an unknown name."""
    if not isinstance(name, str) or name not in DEEP_BRANCH_SIZES:
        raise ValueError(f"There is no deep branch {name!r}; known are {', '.join(DEEP_BRANCH_SIZES)}.")
    return DEEP_BRANCH_SIZES[name]


def check_deep_widths(name: str, widths: tuple[int, ...]) -> None:
    """Raise ValueError, saying what would fit, if the branch cannot be built with these widths."""
    sizes = deep_branch_sizes(name)
    fits = len(widths) == len(sizes.multiples) and all(
        isinstance(w, int) and w > 0 and w % m == 0 for w, m in zip(widths, sizes.multiples, strict=True)
    )
    if not fits:
        raise ValueError(
            f"Deep branch {name} needs {len(sizes.multiples)} widths, in this order multiples of {sizes.multiples}, "
            f"not {widths}. The published ones are {sizes.widths}."
        )
