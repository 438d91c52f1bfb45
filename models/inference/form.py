"""Form in which networks work for maps: on their device, in its precision, and what memory they need there."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import torch
from torch import nn

from ..card import ModelCard
from ..network import SegmentationNetwork
from .low_precision import lower_weights
from .memory import ForwardMemory, trace_forward
from .prediction import predict
from .winograd import use_winograd

MAP_SETTINGS = {"smooth_patches": True}
"""Attributes of networks that have them, for maps: GLNet's blocks and patches must not show. Figures of accuracy are
taken without, in the published form."""


def prepare_for_inference(
    network: SegmentationNetwork,
    device: torch.device,
    precision: torch.dtype,
    settings: Mapping[str, Any],
    *,
    winograd: bool,
) -> nn.Module:
    """Return a network's form for inference on a device; the network itself stays as it is.

    Args:
        network: Network as it is in its checkpoint.
        device: Where it works.
        precision: Number type of its arithmetic.
        settings: Attributes for those networks that have them.
        winograd: Whether wide convolutions are done by Winograd's method on the CPU.
    """
    form = network.for_inference()
    # It may be the network itself, or share weights with it.
    if device.type == "cpu" and precision is torch.float32:
        form = use_winograd(form) if winograd else copy.copy(form)
    else:
        form = copy.deepcopy(form)
    for name, value in settings.items():
        if hasattr(form, name):
            setattr(form, name, value)
    if precision is not torch.float32:
        lower_weights(form, precision)
    # channels_last is what convolutions want, on the CPU and on tensor cores alike.
    return form.to(device, memory_format=torch.channels_last)


def trace_classify(
    network: SegmentationNetwork,
    card: ModelCard,
    shape: tuple[int, int],
    *,
    precision: str,
    batch: int,
    patch_batch: int,
    row_strips: int,
    winograd: bool = True,
    wide_pixels: bool = False,
    probabilities: bool = False,
) -> ForwardMemory:
    """Return the memory of classifying a batch, from pixels to class ids; see `trace_forward`.

    Args:
        network: Network.
        card: Its card.
        shape: Rows and columns of a tile.
        precision: Number type of the arithmetic.
        batch: Tiles at once.
        patch_batch: Patches of a tile at once.
        row_strips: Strips of the large layers.
        winograd: Whether wide convolutions are done by Winograd's method.
        wide_pixels: Whether pixels come as float32 and not as 8 bits.
        probabilities: Whether those of all classes are wanted.
    """

    def run(network: SegmentationNetwork) -> object:
        dtype = torch.float32 if wide_pixels else torch.uint8
        pixels = torch.empty((batch, network.in_channels, *shape), dtype=dtype, device="meta")
        valid = torch.empty((batch, *shape), dtype=torch.bool, device="meta")
        return predict(network, pixels, valid, card.normalization, confidence=True, probabilities=probabilities)

    def prepare(network: nn.Module) -> nn.Module:
        if precision != "float32":
            lower_weights(network, getattr(torch, precision))
        return use_winograd(network) if winograd and precision == "float32" else network

    settings = {**MAP_SETTINGS, "patch_batch": patch_batch, "row_strips": row_strips}
    return trace_forward(network, run, precision, prepare=prepare, **settings)
