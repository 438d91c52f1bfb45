"""Taught checkpoint: encoder, head, scaling, legend and card in one file of the same kind as every checkpoint."""

from __future__ import annotations

from pathlib import Path

from ..card import ModelCard
from ..checkpoint import save_checkpoint
from .feature_reader import FeatureReader
from .taught import TaughtConfig, TaughtNetwork
from .taught_head import TaughtHead


def taught_network(reader: FeatureReader, head: TaughtHead, config: TaughtConfig, num_classes: int) -> TaughtNetwork:
    """Return the network of an encoder and a fitted head, in evaluation mode."""
    network = TaughtNetwork(num_classes=num_classes, config=config)
    network.features.encoder.load_state_dict(reader.encoder.state_dict())
    network.head.fill(head.scores)
    return network.eval()


def save_taught(path: Path, network: TaughtNetwork, card: ModelCard) -> ModelCard:
    """Write a taught checkpoint; return its card with the digest of the weights."""
    return save_checkpoint(path, network, card)
