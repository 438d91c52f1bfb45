"""Metadata of ONNX files as the QGIS plugin Deepness reads and writes them (its documentation, 0.6).

Values are JSON texts, of older files Python literals. Resolution is in centimetres, overlap in per cent of a tile,
mean and standard deviation are those of values between 0 and 1.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from typing import Any

from ..card import ModelCard, Normalization
from ..errors import CheckpointError
from .facts import ClassFact, NetworkFacts

KEYS = {"model_type", "class_names", "names", "resolution", "tile_size", "tiles_size", "tiles_overlap", "seg_thresh"}

CLASSIFIES_PIXELS = "segmentor"

OTHER_TYPES = {
    "detector": "finds objects and draws boxes around them",
    "regressor": "gives a quantity for every pixel",
    "superresolution": "makes an image finer",
    "recognition": "finds images that are alike",
}


def deepness_facts(metadata: Mapping[str, str], channels: int, output: int = 0) -> NetworkFacts | None:
    """Return what Deepness's metadata say of a network; None if there are none.

    Args:
        metadata: Texts of an ONNX file, by name.
        channels: Bands that the network takes.
        output: Which of several outputs is wanted.

    Raises:
        CheckpointError: If the network is of a kind that classifies no pixels, or a value cannot be read.
    """
    if not KEYS & set(metadata):
        return None
    values = {key: _value(key, text) for key, text in metadata.items() if key in KEYS or key.startswith("standard")}
    _check_type(str(values.get("model_type", "")))
    try:
        tile = int(values.get("tile_size", values.get("tiles_size", 0)))
        overlap = values.get("tiles_overlap")
        return NetworkFacts(
            source="metadata of Deepness",
            classes=_classes(values.get("class_names", values.get("names")), output),
            normalization=_normalization(values, channels),
            ground_resolution_m=float(values.get("resolution", 0)) / 100,
            tile_px=tile,
            halo_px=None if overlap is None or not tile else round(tile * float(overlap) / 200),
            threshold=float(values["seg_thresh"]) if "seg_thresh" in values else None,
        )
    except (TypeError, ValueError) as error:
        raise CheckpointError(
            f"The network's metadata cannot be used: {error}. Describe the network by hand."
        ) from error


def deepness_metadata(card: ModelCard) -> dict[str, str]:
    """Return a card's facts as Deepness reads them."""
    overlap = round(200 * card.halo_px / card.tile_px)
    values = {
        "model_type": "Segmentor",
        "class_names": {c.class_id: c.name for c in card.legend.classes},
        "resolution": card.ground_resolution_m * 100,
        "tile_size": card.tile_px,
        "tiles_size": card.tile_px,
        "tiles_overlap": overlap,
        "seg_thresh": 0.0,
        "standardization_mean": [m / 255 for m in card.normalization.mean],
        "standardization_std": [s / 255 for s in card.normalization.std],
    }
    return {key: json.dumps(value, ensure_ascii=False) for key, value in values.items()}


def _value(key: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        if key == "model_type":
            return text  # some write the bare word
        raise CheckpointError(
            f"The network's metadata {key!r} is {text[:40]!r}, which is neither JSON nor a Python literal. Describe "
            "the network by hand."
        ) from None


def _check_type(kind: str) -> None:
    does = OTHER_TYPES.get(kind.lower())
    if does:
        raise CheckpointError(
            f"The network is a {kind}: it {does}. Only networks that give the class of every pixel can make a map; "
            "choose one of those."
        )


def _classes(names: Any, output: int) -> tuple[ClassFact, ...]:
    if isinstance(names, list) and names and isinstance(names[0], dict):
        names = names[output]
    if isinstance(names, list):
        names = dict(enumerate(names))
    if not isinstance(names, dict):
        return ()
    by_id = {int(number): str(name) for number, name in names.items()}
    if sorted(by_id) != list(range(len(by_id))):
        raise ValueError(f"its class numbers are {sorted(by_id)}, expected 0, 1, 2 … without gaps")
    classes = tuple(ClassFact(name=by_id[i]) for i in range(len(by_id)))
    return (ClassFact(name="background"), *classes) if len(classes) == 1 else classes


def _normalization(values: Mapping[str, Any], channels: int) -> Normalization:
    mean = _per_channel(values.get("standardization_mean"), 0.0, channels)
    std = _per_channel(values.get("standardization_std"), 1.0, channels)
    return Normalization(mean=tuple(255 * m for m in mean), std=tuple(255 * s for s in std))


def _per_channel(value: Any, otherwise: float, channels: int) -> tuple[float, ...]:
    if value is None:
        return (otherwise,) * channels
    numbers = tuple(float(v) for v in (value if isinstance(value, list | tuple) else [value]))
    numbers = numbers * channels if len(numbers) == 1 else numbers
    if len(numbers) != channels:
        raise ValueError(f"it scales {len(numbers)} bands and takes {channels}")
    return numbers
