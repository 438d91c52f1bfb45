"""Registry of networks: an explicit table from method name to builder."""

from __future__ import annotations

import importlib
from typing import Any

from .errors import CheckpointError
from .network import SegmentationNetwork

NETWORKS = {
    "glnet": ("glnet.network:build_glnet", "glnet.config:GLNetConfig"),
    "ppn": ("ppn.network:GRNet", "ppn.config:GRNetConfig"),
    "encoder": ("encoders.tuning:EncoderTuning", "encoders.tuning:EncoderTuningConfig"),
    "isdnet": ("isdnet.network:ISDNet", "isdnet.config:ISDNetConfig"),
    "taught": ("heads.taught:TaughtNetwork", "heads.taught:TaughtConfig"),
}
"""Method → builder, configuration class (with a `from_dict`), each as module and name."""


def list_methods() -> tuple[str, ...]:
    """Return the names of the methods that can be built."""
    return tuple(NETWORKS)


def build_network(method: str, config: dict[str, Any], *, num_classes: int) -> SegmentationNetwork:
    """Return a network with fresh weights.

    Args:
        method: "glnet", "ppn", "isdnet", "taught", or "encoder" (the tuning of an encoder).
        config: Settings of the network, as on a model card; empty for the published ones.
        num_classes: Number of classes K.

    Raises:
        CheckpointError: If the method is unknown or the settings do not fit it.
    """
    if method not in NETWORKS:
        raise CheckpointError(f"There is no method {method!r}; known are {', '.join(NETWORKS)}.")
    builder, settings = (_named(text) for text in NETWORKS[method])
    try:
        return builder(num_classes=num_classes, config=settings.from_dict(config))
    except (ValueError, TypeError) as error:
        raise CheckpointError(f"The settings of this {method} network do not fit: {error}") from error


def _named(text: str) -> Any:
    module, name = text.split(":")
    return getattr(importlib.import_module(f".{module}", __package__), name)
