"""STAC item of a checkpoint, after the Machine Learning Model extension 1.4: what catalogues are told of it."""

from __future__ import annotations

import re
from typing import Any

from ...card import ModelCard, Normalization

EXTENSIONS = (
    "https://stac-extensions.github.io/mlm/v1.4.0/schema.json",
    "https://stac-extensions.github.io/classification/v2.0.0/schema.json",
    "https://stac-extensions.github.io/eo/v2.0.0/schema.json",
)

COMMON_NAMES = {
    "coastal", "blue", "green", "yellow", "red", "rededge", "nir", "nir08", "nir09", "cirrus", "swir16", "swir22",
    "lwir", "pan",
}  # fmt: skip
"""Names that the EO extension gives to bands of all sensors."""

TASK = "semantic-segmentation"


def mlm_item(card: ModelCard, file_name: str, *, framework: str, dtype: str = "float32") -> dict[str, Any]:
    """Return the item of a checkpoint that lies beside it.

    Args:
        card: Its card.
        file_name: Name of its file.
        framework: "ONNX" or "PyTorch".
        dtype: Number type of its input.
    """
    return {
        "type": "Feature",
        "stac_version": "1.1.0",
        "stac_extensions": list(EXTENSIONS),
        "id": _identifier(card.name),
        "geometry": None,
        "properties": {
            # A model has no date of acquisition: it holds for any.
            "datetime": None,
            "start_datetime": "1900-01-01T00:00:00Z",
            "end_datetime": "9999-12-31T23:59:59Z",
            "title": card.title,
            "description": " ".join([*card.data, *card.limits, card.notice]).strip() or card.title,
            "license": card.licence,
            "gsd": card.ground_resolution_m,
            "mlm:name": _identifier(card.name),
            "mlm:architecture": card.method,
            "mlm:framework": framework,
            "mlm:tasks": [TASK],
            "mlm:input": [_input(card, dtype)],
            "mlm:output": [_output(card)],
        },
        "links": [],
        "assets": {"model": _asset(card, file_name, framework)},
    }


def _input(card: ModelCard, dtype: str) -> dict[str, Any]:
    scale = "of the raster" if card.raw_values else "of 8 bits"
    return {
        "name": "image",
        "description": f"An image of {card.ground_resolution_m:g} m per pixel; scaling is for values {scale}.",
        "bands": list(card.bands),
        "input": _structure(len(card.bands), "channel", card.tile_px, dtype),
        "value_scaling": _scaling(card.normalization),
        "resize_type": None,
        "pre_processing_function": None,
    }


def _scaling(normalization: Normalization) -> list[dict[str, Any]]:
    pairs = zip(normalization.mean, normalization.std, strict=True)
    return [{"type": "z-score", "mean": mean, "stddev": std} for mean, std in pairs]


def _output(card: ModelCard) -> dict[str, Any]:
    return {
        "name": "classes",
        "tasks": [TASK],
        "result": _structure(card.legend.num_classes, "class", card.tile_px, "float32"),
        "classification:classes": [
            {
                "value": c.class_id,
                "name": re.sub(r"[^0-9A-Za-z_-]+", "-", c.name).strip("-") or f"class-{c.class_id}",
                "title": c.name,
                "description": c.name,
                "color_hint": "".join(f"{v:02X}" for v in c.color),
            }
            for c in card.legend.classes
        ],
        "post_processing_function": None,
    }


def _structure(count: int, dimension: str, side: int, dtype: str) -> dict[str, Any]:
    return {
        "shape": [-1, count, side, side],
        "dim_order": ["batch", dimension, "height", "width"],
        "data_type": dtype,
    }


def _asset(card: ModelCard, file_name: str, framework: str) -> dict[str, Any]:
    return {
        "href": f"./{file_name}",
        "title": card.title,
        "type": f"application/octet-stream; framework={framework.lower()}",
        "roles": ["mlm:model", "mlm:weights"],
        "mlm:artifact_type": "onnx" if framework == "ONNX" else "safetensors",
        "bands": [_band(name) for name in card.bands],
    }


def _band(name: str) -> dict[str, str]:
    return {"name": name, "eo:common_name": name} if name in COMMON_NAMES else {"name": name}


def _identifier(name: str) -> str:
    """Return a name as MLM wants it: a letter first, then letters, digits and ``_.-``."""
    text = re.sub(r"[^a-zA-Z0-9_.-]+", "-", name).strip("-_.")
    return text if len(text) > 2 and text[0].isalpha() else f"model-{text or 'unnamed'}"
