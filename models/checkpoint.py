"""Checkpoints: one safetensors file that holds the weights and, as metadata, the model card; others by their readers.

Safetensors is data without code: opening a file never runs anything. The card is untrusted text and is checked
field by field.
"""

from __future__ import annotations

import dataclasses
import importlib
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import torch
from safetensors import safe_open
from torch import Tensor

from .card import ModelCard
from .errors import CheckpointError
from .network import SegmentationNetwork
from .registry import build_network
from .weights_file import (
    UndrawnWeights,
    check_shapes,
    check_weights,
    opened_weights,
    read_value,
    shapes_in,
    stored_state,
    stored_value,
    weights_digest,
    write_weights,
)

CHECKPOINT_DIR = Path(__file__).resolve().parent.parent / "resources" / "checkpoints"
FOREIGN_READERS = {".onnx": ".onnx.checkpoint"}
"""Endings of files of other formats, and the module that reads them (`load` and `read_card`)."""

CARD_KEY = "uhr_landcover_card"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A network with its weights, in evaluation mode on the CPU, and its card."""

    card: ModelCard
    network: SegmentationNetwork


def starter_path(method: str) -> Path:
    """Return where the starter checkpoint of a method ships."""
    return CHECKPOINT_DIR / f"{method}-starter.safetensors"


def read_card(path: str | Path) -> ModelCard:
    """Return the model card of a checkpoint without loading its weights.

    Raises:
        CheckpointMissing: If there is no such file.
        CheckpointDamaged: If the file is not one of our checkpoints or is broken.
    """
    path = Path(path)
    if reader := _foreign_reader(path):
        return reader.read_card(path)
    with opened_weights(path) as file:
        return _card_of(file, path)


def read_method(path: str | Path) -> str:
    """Return the method of a checkpoint; of a file of another format without opening it. Errors as in `read_card`."""
    reader = _foreign_reader(Path(path))
    return reader.METHOD if reader else read_card(path).method


def load_checkpoint(path: str | Path) -> Checkpoint:
    """Return a checkpoint's network, ready for inference, and its card.

    Raises:
        CheckpointMissing: If there is no such file.
        CheckpointDamaged: If weights are missing, surplus, misshapen, not finite or altered since they were saved.
        CheckpointError: If the card asks for a network that cannot be built.
    """
    path = Path(path)
    if reader := _foreign_reader(path):
        return Checkpoint(*reader.load(path))
    with opened_weights(path) as file:
        card = _card_of(file, path)
        shapes = shapes_in(file)
        with torch.device("meta"), UndrawnWeights():  # shapes are compared before any memory is taken
            network = build_network(card.method, card.config, num_classes=card.legend.num_classes)
        check_shapes(shapes, _shapes(inference_state(network)), _shapes(stored_state(network)), path.name)
        weights = {name: file.get_tensor(name) for name in shapes}
    check_weights(weights, card.weights_sha256, path.name)
    network = build_network(card.method, card.config, num_classes=card.legend.num_classes)
    network.load_state_dict({k: read_value(v) for k, v in weights.items()}, strict=False)
    return Checkpoint(card, network.eval())


def save_checkpoint(
    path: str | Path,
    network: SegmentationNetwork,
    card: ModelCard,
    *,
    half: bool = True,
    training_parts: bool = False,
) -> ModelCard:
    """Write weights and card to one file; return the card with the digest of its weights.

    Args:
        path: Destination; it appears only when complete.
        network: Network to save.
        card: Card to store.
        half: Store floating-point weights in 16 bits (batch statistics stay in 32).
        training_parts: Also keep the parts that only training needs (auxiliary heads).
    """
    state = stored_state(network) if training_parts else inference_state(network)
    weights = {k: stored_value(k, v, half and not k.startswith(network.wide_prefixes)) for k, v in state.items()}
    card = dataclasses.replace(card, config=network.config, weights_sha256=weights_digest(weights))
    write_weights(Path(path), weights, {CARD_KEY: card.to_json()})
    return card


def inference_state(network: SegmentationNetwork) -> dict[str, Tensor]:
    """Return the part of a network's state that inference needs."""
    return {k: v for k, v in stored_state(network).items() if not k.startswith(network.training_only_prefixes)}


def _foreign_reader(path: Path) -> ModuleType | None:
    """Return what reads a file of another format, imported only now: it needs packages that are optional."""
    module = FOREIGN_READERS.get(path.suffix.lower())
    return importlib.import_module(module, __package__) if module else None


def _card_of(file: safe_open, path: Path) -> ModelCard:
    text = (file.metadata() or {}).get(CARD_KEY)
    if text is None:
        raise CheckpointError(f"{path.name} holds weights but no model card; it was not made by this software.")
    return ModelCard.from_json(text)


def _shapes(state: dict[str, Tensor]) -> dict[str, tuple[int, ...]]:
    return {k: tuple(v.shape) for k, v in state.items()}
