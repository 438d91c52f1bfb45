"""Backbone weights from a local file, for training that does not start from nothing. No downloads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from .encoders.efficientnet_lite import EfficientNetLite0
from .encoders.stored import load_encoder
from .errors import CheckpointError
from .layers.hrnet import HRNet
from .layers.resnet import ResNet
from .layers.segformer import MixTransformer
from .public_formats import read_public_state

BACKBONES = (ResNet, HRNet, MixTransformer, EfficientNetLite0)
"""What a file can fill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedBackbone:
    """What was taken from a file, for the model card.

    Attributes:
        file: Name of the file.
        backbone: Name of the backbone inside the network.
        loaded: Tensors taken.
        fresh: Tensors of the backbone that the file does not have in this shape; they keep their random start.
    """

    file: str
    backbone: str
    loaded: int
    fresh: tuple[str, ...]


def load_backbones(network: nn.Module, path: str | Path) -> list[LoadedBackbone]:
    """Fill every backbone of a network with the tensors of a file that fit by name and shape.

    Files with torchvision's names (ResNet) or mmsegmentation's (HRNet, Mix Transformer) are understood, whole or in
    part, in 16 or 32 bits, and encoders of this software (.safetensors); a classifier is not looked at.

    Args:
        network: Network to fill.
        path: File of a state dict, opened with weights-only unpickling, or of an encoder.

    Returns:
        One row per backbone that took something.

    Raises:
        CheckpointError: If the file cannot be read or fits no backbone of the network.
    """
    state = _read(Path(path))
    rows = []
    for name, module in network.named_modules():
        if isinstance(module, BACKBONES):
            loaded, fresh = _fill(module, state)
            if loaded:
                rows.append(LoadedBackbone(file=Path(path).name, backbone=name, loaded=loaded, fresh=tuple(fresh)))
    if not rows:
        raise CheckpointError(
            f"{Path(path).name} fits no backbone of this {type(network).__name__}: no tensor has the same name and "
            "shape. Use a file for the same kind and depth, and the published widths."
        )
    return rows


def _read(path: Path) -> dict[str, torch.Tensor]:
    if path.suffix == ".safetensors":
        return load_encoder(str(path)).encoder.state_dict()
    return {k: v for k, v in read_public_state(path).items() if not k.startswith("fc.")}


def filled_parameters(network: nn.Module, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the names of the parameters that came from a file, by the rows (as dicts) of `load_backbones`."""
    names = []
    for row in rows:
        module = network.get_submodule(row["backbone"])
        names += [f"{row['backbone']}.{k}" for k, _ in module.named_parameters() if k not in set(row["fresh"])]
    return names


@torch.no_grad()
def _fill(backbone: nn.Module, state: dict[str, torch.Tensor]) -> tuple[int, list[str]]:
    own = {k: v for k, v in backbone.state_dict().items() if not k.endswith("num_batches_tracked")}
    fitting = {k: state[k] for k, v in own.items() if k in state and state[k].shape == v.shape}
    # A convolution without its normalisation, or the reverse, would be worse than a fresh pair.
    whole = {k: v for k, v in fitting.items() if _partner(k) not in own or _partner(k) in fitting}
    for key, value in whole.items():
        own[key].copy_(value)
    return len(whole), [k for k in own if k not in whole]


def _partner(key: str) -> str:
    """Return the convolution weight that belongs to a batch normalisation tensor, and the reverse."""
    parts = key.split(".")
    name = parts[-2].split("_")[-1]  # "bn1", "conv1"; "expand_bn", "expand_conv"
    if name.startswith("bn"):
        return ".".join([*parts[:-2], parts[-2].replace("bn", "conv"), "weight"])
    if name.startswith("conv"):
        return ".".join([*parts[:-2], parts[-2].replace("conv", "bn"), "weight"])
    return key
