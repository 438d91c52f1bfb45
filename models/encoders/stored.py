"""Stored encoders: weights with their card in one safetensors file, found by name or by path."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from safetensors import safe_open

from ..errors import CheckpointError, CheckpointMissing
from ..weights_file import (
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
from .card import EncoderCard
from .efficientnet_lite import EfficientNetLite0
from .encoder import Encoder

ENCODER_DIR = Path(__file__).resolve().parents[2] / "resources" / "encoders"
CARD_KEY = "uhr_landcover_encoder_card"
ARCHITECTURES: dict[str, type[Encoder]] = {kind.architecture: kind for kind in (EfficientNetLite0,)}
"""Name of an architecture → its class."""


@dataclass(frozen=True, slots=True)
class StoredEncoder:
    """An encoder with its weights, in evaluation mode on the CPU, and its card."""

    card: EncoderCard
    encoder: Encoder


def list_encoders() -> tuple[str, ...]:
    """Return the names of the encoders that ship."""
    return tuple(sorted(path.stem for path in ENCODER_DIR.glob("*.safetensors")))


def encoder_path(name: str) -> Path:
    """Return the file of an encoder, given its name or its path.

    Raises:
        CheckpointMissing: If no encoder of this name ships and there is no such file.
    """
    path = Path(name) if name.endswith(".safetensors") else ENCODER_DIR / f"{name}.safetensors"
    if not path.is_file():
        raise CheckpointMissing(
            f"There is no encoder {name!r}. Give the path of a .safetensors file or one of: "
            f"{', '.join(list_encoders())}."
        )
    return path


def build_encoder(architecture: str) -> Encoder:
    """Return an encoder with fresh weights.

    Raises:
        CheckpointError: If the architecture is unknown.
    """
    if architecture not in ARCHITECTURES:
        raise CheckpointError(f"There is no encoder architecture {architecture!r}; known: {', '.join(ARCHITECTURES)}.")
    return ARCHITECTURES[architecture]()


def read_encoder_card(name: str) -> EncoderCard:
    """Return the card of an encoder, given its name or path, without loading its weights."""
    path = encoder_path(name)
    with opened_weights(path) as file:
        return _card_of(file, path)


def load_encoder(name: str) -> StoredEncoder:
    """Return an encoder, given its name or path.

    Raises:
        CheckpointMissing: If there is no such encoder.
        CheckpointDamaged: If weights are missing, surplus, misshapen, not finite or altered since they were saved.
        CheckpointError: If the file holds no encoder or one of an unknown architecture.
    """
    path = encoder_path(name)
    with opened_weights(path) as file:
        card = _card_of(file, path)
        encoder = build_encoder(card.architecture)
        shapes = {k: tuple(v.shape) for k, v in stored_state(encoder).items()}
        check_shapes(shapes_in(file), shapes, shapes, path.name)
        weights = {k: file.get_tensor(k) for k in shapes}
    check_weights(weights, card.weights_sha256, path.name)
    encoder.load_state_dict({k: read_value(v) for k, v in weights.items()}, strict=False)
    return StoredEncoder(card, encoder.eval())


def save_encoder(path: str | Path, encoder: Encoder, card: EncoderCard) -> EncoderCard:
    """Write an encoder's weights in 16 bits with its card; return the card with the digest of its weights.

    Batch statistics stay in 32 bits. The file appears only when complete.
    """
    weights = {k: stored_value(k, v, half=True) for k, v in stored_state(encoder).items()}
    card = dataclasses.replace(card, architecture=encoder.architecture, weights_sha256=weights_digest(weights))
    write_weights(Path(path), weights, {CARD_KEY: card.to_json()})
    return card


def _card_of(file: safe_open, path: Path) -> EncoderCard:
    text = (file.metadata() or {}).get(CARD_KEY)
    if text is None:
        raise CheckpointError(f"{path.name} holds no encoder of this software.")
    return EncoderCard.from_json(text)
