"""Deep branches of ISDNet: an explicit table from name to builder.

A deep branch sees the image at every fourth pixel. Its backbone gives maps, its decode head turns them into the deep
feature, ISDNet's auxiliary head classifies its third map in training. With ResNet-18 that is the third stage, as the
authors have it. With HRNet it is the third resolution after the last stage and with SegFormer the third stage, both at
1/16 of the branch's input and what mmsegmentation's auxiliary heads get under the same index; the authors' settings
for these two have no auxiliary head. EfficientNet-Lite0 is none of the paper's branches and sees the image at half its
size: it is light enough for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import nn

from ..encoders.backbone import EncoderBackbone
from ..layers.hrnet import HRNet
from ..layers.resnet import ResNet
from ..layers.segformer import MixTransformer
from .config import ISDNetConfig
from .deep_heads import ASPPHead, ConcatHead, FeatureHead, SegformerHead


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


def _lite0(config: ISDNetConfig, num_classes: int) -> DeepBranch:
    backbone = EncoderBackbone(config.deep_branch, maps=len(config.deep_widths))
    if list(config.deep_widths) != backbone.out_channels:
        raise ValueError(f"{config.deep_branch} has the widths {backbone.out_channels}, not {config.deep_widths}.")
    return DeepBranch(
        backbone=backbone,
        decode_head=SegformerHead(backbone.out_channels, config.channels, num_classes),
        auxiliary_channels=backbone.out_channels[2],
    )


DEEP_BRANCHES: dict[str, Callable[[ISDNetConfig, int], DeepBranch]] = {
    "resnet18": _resnet18,
    "resnet18_v1b": _resnet18_v1b,
    "hrnet18": _hrnet18,
    "hrnet18_concat": _hrnet18_concat,
    "segformer_b0": _segformer_b0,
    "efficientnet-lite0": _lite0,
    "efficientnet-lite0-s16": _lite0,
}
"""Name → builder: configuration and number of classes give the branch with fresh weights.

"resnet18" is the published ISDNet, with the authors' stem of three 3×3 convolutions; "resnet18_v1b" has the 7×7 stem,
which torchvision's weights of ResNet-18 fit as they are. "hrnet18" is the authors' public DeepGlobe setting, which
looks at HRNet's coarsest resolution only (its fusion layers towards the two finest maps then never learn);
"hrnet18_concat" concatenates all four resolutions as mmsegmentation's head for HRNet does. "segformer_b0" has the sizes
of the authors' public Cityscapes setting; its head is mmsegmentation's, since theirs was not to be seen.
"efficientnet-lite0" is the encoder of encoders/efficientnet_lite.py from stride 4 on, with SegFormer's all-MLP head;
"s16" ends at the encoder's stride 16.
"""
