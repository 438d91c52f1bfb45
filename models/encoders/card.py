"""Encoder card: what the weights of an encoder are, what they expect and where they come from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from ..card import Normalization
from ..errors import CheckpointDamaged

CARD_FORMAT = "uhr-landcover-encoder/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderCard:
    """What travels with the weights of an encoder, in the same file. Untrusted text: `from_json` checks it.

    Attributes:
        name: Short identifier, e.g. "efficientnet-lite0".
        title: Name for people.
        architecture: Name in the table of architectures.
        normalization: Input scaling.
        licence: Licence of the weights, SPDX name.
        source: Where the weights come from.
        data: Sentences: what it was trained on.
        recipe: How it was trained, JSON data.
        metrics: What it reaches, on what, JSON data.
        weights_sha256: Digest over the weights, in hyphenated groups of eight; empty before saving.
    """

    name: str
    title: str
    architecture: str
    normalization: Normalization
    licence: str
    source: str
    data: tuple[str, ...] = ()
    recipe: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)
    weights_sha256: str = ""

    def to_json(self) -> str:
        """Return the card as JSON text."""
        return json.dumps({"format": CARD_FORMAT, **asdict(self)}, indent=1, ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> EncoderCard:
        """Build a card from JSON text.

        Raises:
            CheckpointDamaged: If the text is no card of an encoder or a value is missing or of the wrong kind.
        """
        try:
            data = json.loads(text)
            if data.get("format") != CARD_FORMAT:
                raise ValueError(f"its format is {data.get('format')!r}, expected {CARD_FORMAT!r}")
            scaling = data["normalization"]
            return EncoderCard(
                **{key: _text(data[key]) for key in TEXTS},
                normalization=Normalization(
                    mean=tuple(float(v) for v in scaling["mean"]), std=tuple(float(v) for v in scaling["std"])
                ),
                data=tuple(_text(sentence) for sentence in data["data"]),
                recipe=dict(data["recipe"]),
                metrics=dict(data["metrics"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise CheckpointDamaged(f"The card of the encoder cannot be read: {error}.") from error


TEXTS = ("name", "title", "architecture", "licence", "source", "weights_sha256")


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 20_000:
        raise ValueError(f"expected a text, found {type(value).__name__}")
    return value
