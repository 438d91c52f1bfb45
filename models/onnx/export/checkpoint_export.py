"""Export of our checkpoints as ONNX files that carry their card, Deepness's metadata and a STAC item."""

from __future__ import annotations

import copy
import dataclasses
import io
import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from ...card import ModelCard
from ...checkpoint import CARD_KEY, Checkpoint
from ...errors import CheckpointError
from ...files import whole_file
from ...inference.form import MAP_SETTINGS
from ...inference.memory import forget_cached_tensors
from ..deepness import deepness_metadata
from ..mlm import METADATA_KEY
from ..packages import required
from .mlm_item import mlm_item
from .tracing import ExportedNetwork

OPERATORS = 17
"""Version of ONNX's operators that files are written with; read by onnxruntime 1.12 and newer, and Deepness."""

AGREEMENT = 0.999
"""Share of the pixels of a trial image that must get the same class from the file as from the checkpoint."""


def export_onnx(path: Path, checkpoint: Checkpoint, tile_px: int = 0) -> ModelCard:
    """Write a checkpoint as an ONNX file for images of one size, and hold both against each other.

    Args:
        path: File to write; it appears only when complete and right.
        checkpoint: Network, in evaluation mode, and card.
        tile_px: Side of the images; 0 for that of the card.

    Returns:
        The card as it lies in the file.

    Raises:
        CheckpointError: If the network cannot be exported, or the file says something else than it.
    """
    card = checkpoint.card
    side = tile_px or card.tile_px
    if side % checkpoint.network.size_divisor or side < checkpoint.network.min_side_px:
        raise CheckpointError(
            f"{card.title} takes images whose sides are multiples of {checkpoint.network.size_divisor} px, from "
            f"{checkpoint.network.min_side_px} px; {side} px is none. Choose another tile."
        )
    card = _for_tiles(card, side)
    network = _export_form(checkpoint.network)
    model = _model(network, len(card.bands), side)
    _describe(model, card, path.name)
    with whole_file(path) as part:
        required("onnx").save(model, str(part))
        _compare(part, network, len(card.bands), side)
    return card


def _for_tiles(card: ModelCard, side: int) -> ModelCard:
    halo = min(card.halo_px, round(card.halo_px * side / card.tile_px))
    return dataclasses.replace(card, tile_px=side, halo_px=halo)


def _export_form(network: nn.Module) -> nn.Module:
    """Return a network as it is for maps; patches stay together as it has them, since each pass is written out."""
    form = copy.deepcopy(network).eval()
    for name, value in MAP_SETTINGS.items():
        if hasattr(form, name):
            setattr(form, name, value)
    return ExportedNetwork(form).eval()  # the exporter gives it back in the mode that it came in


def _model(network: nn.Module, channels: int, side: int) -> Any:
    buffer = io.BytesIO()
    try:
        with warnings.catch_warnings(), torch.no_grad():
            # They tell of sizes that become fixed, which is meant, and that another exporter is the newer one.
            warnings.simplefilter("ignore")
            torch.onnx.export(
                network,
                (torch.zeros(1, channels, side, side),),
                buffer,
                dynamo=False,
                opset_version=OPERATORS,
                input_names=["image"],
                output_names=["classes"],
            )
    except (RuntimeError, TypeError, ValueError) as error:
        raise CheckpointError(f"This network cannot be exported: {str(error).splitlines()[0]}") from error
    finally:
        forget_cached_tensors()
    return required("onnx").ModelProto.FromString(buffer.getvalue())


def _describe(model: Any, card: ModelCard, file_name: str) -> None:
    texts = {
        CARD_KEY: card.to_json(),
        METADATA_KEY: json.dumps(mlm_item(card, file_name, framework="ONNX"), ensure_ascii=False),
        **deepness_metadata(card),
    }
    for key, text in texts.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, text


def _compare(path: Path, network: nn.Module, channels: int, side: int) -> None:
    """Raise CheckpointError unless a file gives the classes of its network for a trial image."""
    rng = np.random.default_rng(0)
    coarse = rng.normal(size=(1, channels, side // 16 + 1, side // 16 + 1)).astype(np.float32)
    image = np.kron(coarse, np.ones((1, 1, 16, 16), np.float32))[..., :side, :side].clip(0, 1)
    image = np.ascontiguousarray(image)
    session = required("onnxruntime").InferenceSession(str(path), providers=["CPUExecutionProvider"])
    told = session.run(["classes"], {"image": image})[0].argmax(1)
    with torch.inference_mode():
        expected = network.network(torch.from_numpy(image)).argmax(1).numpy()
    agreement = float((told == expected).mean())
    if agreement < AGREEMENT:
        raise CheckpointError(
            f"The exported file gives {agreement:.1%} of a trial image's pixels the class that the checkpoint gives; "
            "it is not kept."
        )
