"""Which deep branches ISDNet can have: an explicit table from name to builder.

A deep branch sees the image at every fourth pixel. Its backbone gives maps, its decode head turns them into the deep
feature, ISDNet's auxiliary head classifies its third map in training. With ResNet-18 that is the third stage, as the
authors have it. With HRNet it is the third resolution after the last stage and with SegFormer the third stage, both at
1/16 of the branch's input and what mmsegmentation's auxiliary heads get under the same index; the authors' settings
for these two have no auxiliary head.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from torch import nn

from ..layers.hrnet import HRNet
from ..layers.resnet import ResNet
from ..layers.segformer import HEADS, MixTransformer
from .deep_heads import ASPPHead, ConcatHead, FeatureHead, SegformerHead

if TYPE_CHECKING:
    from .network import ISDNetConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepBranch:
    """The parts of a deep branch.

    Attributes:
        backbone: Image ``(N, 3, h, w)`` → list of maps, finest first.
        decode_head: Maps → deep feature, and its auxiliary logits.
        auxiliary_channels: Channels of the third map, which the auxiliary head (`FCNHead`) classifies in training.
    """

    backbone: nn.Module
    decode_head: FeatureHead
    auxiliary_channels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepBranchKind:
    """An entry of the table.

    Attributes:
        build: Configuration and number of classes → branch with fresh weights.
        widths: Published widths of the backbone.
        multiples: Each width must be a multiple of the number at its place.
        stride: Pixels of the image per position of the deep feature.
    """

    build: Callable[[ISDNetConfig, int], DeepBranch]
    widths: tuple[int, ...]
    multiples: tuple[int, ...]
    stride: int


def _resnet18(config: ISDNetConfig, num_classes: int, *, deep_stem: bool = True) -> DeepBranch:
    widths, dilations = config.deep_widths, ((1, 1), (1, 1), (1, 2), (2, 4))
    return DeepBranch(
        backbone=ResNet(18, widths, strides=(1, 2, 1, 1), dilations=dilations, deep_stem=deep_stem),
        decode_head=ASPPHead(widths[-1], config.channels, num_classes, config.aspp_dilations),
        auxiliary_channels=widths[2],
    )


def _resnet18_v1b(config: ISDNetConfig, num_classes: int) -> DeepBranch:
    return _resnet18(config, num_classes, deep_stem=False)


def _hrnet18_concat(config: ISDNetConfig, num_classes: int) -> DeepBranch:
    backbone = HRNet(config.deep_widths)
    return DeepBranch(
        backbone=backbone,
        decode_head=ConcatHead(backbone.out_channels, config.channels, num_classes),
        auxiliary_channels=backbone.out_channels[2],
    )


def _hrnet18(config: ISDNetConfig, num_classes: int) -> DeepBranch:
    backbone = HRNet(config.deep_widths)
    return DeepBranch(
        backbone=backbone,
        decode_head=ASPPHead(backbone.out_channels[3], config.channels, num_classes, config.aspp_dilations),
        auxiliary_channels=backbone.out_channels[2],
    )


def _segformer_b0(config: ISDNetConfig, num_classes: int) -> DeepBranch:
    backbone = MixTransformer(config.deep_widths)
    return DeepBranch(
        backbone=backbone,
        decode_head=SegformerHead(backbone.out_channels, config.channels, num_classes),
        auxiliary_channels=backbone.out_channels[2],
    )


RESNET18_WIDTHS = (64, 128, 256, 512)
HRNET18_WIDTHS = (64, 18, 36, 72, 144)
MIT_B0_WIDTHS = (32, 64, 160, 256)

DEEP_BRANCHES = {
    "resnet18": DeepBranchKind(build=_resnet18, widths=RESNET18_WIDTHS, multiples=(2, 1, 1, 1), stride=32),
    "resnet18_v1b": DeepBranchKind(build=_resnet18_v1b, widths=RESNET18_WIDTHS, multiples=(1, 1, 1, 1), stride=32),
    "hrnet18": DeepBranchKind(build=_hrnet18, widths=HRNET18_WIDTHS, multiples=(1,) * 5, stride=128),
    "hrnet18_concat": DeepBranchKind(build=_hrnet18_concat, widths=HRNET18_WIDTHS, multiples=(1,) * 5, stride=16),
    "segformer_b0": DeepBranchKind(build=_segformer_b0, widths=MIT_B0_WIDTHS, multiples=HEADS, stride=16),
}
"""Name → deep branch.

"resnet18" is the published ISDNet, with the authors' stem of three 3×3 convolutions; "resnet18_v1b" has the 7×7 stem,
which torchvision's weights of ResNet-18 fit as they are. "hrnet18" is the authors' public DeepGlobe setting, which
looks at HRNet's coarsest resolution only (its fusion layers towards the two finest maps then never learn);
"hrnet18_concat" concatenates all four resolutions as mmsegmentation's head for HRNet does. "segformer_b0" has the sizes
of the authors' public Cityscapes setting; its head is mmsegmentation's, since theirs was not to be seen.
"""


def deep_branch_kind(name: str) -> DeepBranchKind:
    """Return the table's entry; raise ValueError, naming those there are, for an unknown name."""
    if not isinstance(name, str) or name not in DEEP_BRANCHES:
        raise ValueError(f"There is no deep branch {name!r}; known are {', '.join(DEEP_BRANCHES)}.")
    return DEEP_BRANCHES[name]


def check_deep_widths(name: str, widths: tuple[int, ...]) -> None:
    """Raise ValueError, saying what would fit, if the branch cannot be built with these widths."""
    kind = deep_branch_kind(name)
    fits = len(widths) == len(kind.multiples) and all(
        isinstance(w, int) and w > 0 and w % m == 0 for w, m in zip(widths, kind.multiples, strict=True)
    )
    if not fits:
        raise ValueError(
            f"The deep branch {name} needs {len(kind.multiples)} widths, multiples of {kind.multiples} in this order; "
            f"got {widths}. The published ones are {kind.widths}."
        )
