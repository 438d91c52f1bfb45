"""Which networks there are: an explicit table from method name to builder."""

from __future__ import annotations

import importlib
from typing import Any

from .errors import CheckpointError
from .network import SegmentationNetwork

NETWORKS = {
    "glnet": (".glnet.network", "build_glnet", "GLNetConfig"),
    "ppn": (".ppn.network", "GRNet", "GRNetConfig"),
    "isdnet": (".isdnet.network", "ISDNet", "ISDNetConfig"),
    "taught": (".heads.taught", "TaughtNetwork", "TaughtConfig"),
}
"""Method → module, network class, configuration class (with a `from_dict`)."""


def list_methods() -> tuple[str, ...]:
    """Return the names of the methods that can be built."""
    return tuple(NETWORKS)


def build_network(method: str, config: dict[str, Any], *, num_classes: int) -> SegmentationNetwork:
    """Return a network with fresh weights.

    Args:
        method: "glnet", "ppn" or "isdnet".
        config: Settings of the network, as on a model card; empty for the published ones.
        num_classes: Number of classes K.

    Raises:
        CheckpointError: If the method is unknown or the settings do not fit it.
    """
    if method not in NETWORKS:
        raise CheckpointError(f"There is no method {method!r}; known are {', '.join(NETWORKS)}.")
    module_name, network_name, config_name = NETWORKS[method]
    module = importlib.import_module(module_name, __package__)
    try:
        settings = getattr(module, config_name).from_dict(config)
        return getattr(module, network_name)(num_classes=num_classes, config=settings)
    except (ValueError, TypeError) as error:
        raise CheckpointError(f"The settings of this {method} network do not fit: {error}") from error
