"""Optional packages of networks in ONNX files, imported only where such a file is used."""

from __future__ import annotations

import importlib
from types import ModuleType

from ..errors import CheckpointError

REQUIREMENTS = "resources/requirements/onnx.txt"


def required(name: str) -> ModuleType:
    """Return a package, imported.

    Args:
        name: "onnx" or "onnxruntime".

    Raises:
        CheckpointError: If it is not installed, saying how to get it.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise CheckpointError(
            f"Networks in ONNX files need the package {name}, which this engine does not have ({error}). Add it in the "
            f"engine's set-up, or with: pip install -r {REQUIREMENTS}"
        ) from error
