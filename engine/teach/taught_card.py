"""Model card of a taught checkpoint: what it was taught with, and what left-out examples say."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...models.card import ModelCard
from ...models.heads.feature_reader import FeatureReader
from ...models.heads.taught_head import TaughtHead
from .agreement import Agreement
from .examples.example_layer import Examples

TILE_PX, HALO_PX = 1024, 128
"""Side of a tile of a run and of its margin, in model pixels."""

LEFT_OUT = "left-out examples"


def taught_card(
    *,
    name: str,
    examples: Examples,
    agreement: Agreement,
    head: TaughtHead,
    reader: FeatureReader,
    resolution_m: float,
    origin: dict[str, Any],
) -> ModelCard:
    """Return the card of a taught checkpoint.

    Args:
        name: Name of the checkpoint.
        examples: What was drawn.
        agreement: What left-out examples say.
        head: The fitted head.
        reader: The encoder.
        resolution_m: Metres per pixel at which it was taught.
        origin: Raster, examples, time and settings, for the recipe.
    """
    legend = examples.classes.legend
    counts = np.bincount(examples.class_ids, minlength=legend.num_classes).tolist()
    taught = [c for c in legend.classes if c.class_id]
    return ModelCard(
        name=name,
        title=f"{name}, taught with {len(examples.shapes)} examples",
        method="taught",
        config={},
        legend=legend,
        bands=reader.bands,
        ground_resolution_m=resolution_m,
        tile_px=TILE_PX,
        halo_px=HALO_PX,
        normalization=reader.normalization,
        licence=f"the encoder's: {reader.card.licence}; the examples' as their author says",
        data=(
            f"{len(examples.shapes)} examples of {len(taught)} classes drawn on {origin['raster']}.",
            f"Encoder {reader.card.title} ({reader.card.licence}), frozen: {reader.card.source}.",
        ),
        recipe={
            **origin,
            "encoder": reader.card.name,
            "examples_by_class": {c.name: counts[c.class_id] for c in taught},
            "subclasses": list(examples.classes.subclass_names),
            "numbers_in_the_layer": list(examples.classes.numbers),
            "shares": {c.name: round(share, 4) for c, share in zip(taught, head.shares, strict=True)},
        },
        metrics={LEFT_OUT: agreement.to_dict()},
        limits=(
            "Taught on one image: on others it is as good as they look alike.",
            f"{agreement.sentence()} That is not the accuracy of the map.",
        ),
    )
