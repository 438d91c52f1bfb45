"""The model card: everything the engine must know about a checkpoint before it loads a weight.

No torch here, so that planning and the command line can read cards quickly.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from . import card_values as values
from .errors import CheckpointDamaged
from .legend import Legend

CARD_FORMAT = "uhr-landcover-card/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalization:
    """How 8-bit channel values become network input: (value - mean) / std, per channel.

    Attributes:
        mean: Value that becomes 0, on the scale 0 to 255, one per channel.
        std: Width that becomes 1, on the scale 0 to 255, one per channel.
    """

    mean: tuple[float, ...]
    std: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.mean) != len(self.std) or not self.mean or any(not s > 0 for s in self.std):
            raise ValueError(f"Normalisation needs one mean and one positive std per channel: {self.mean}, {self.std}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What a checkpoint is, what it expects and what it may be used for.

    The card travels inside the checkpoint file and is untrusted text: `from_json` checks types and ranges.

    Attributes:
        name: Short identifier, e.g. "isdnet-starter".
        title: Name for people.
        method: "glnet", "ppn" or "isdnet".
        config: Arguments of the network's builder (widths, backbone …), JSON data.
        legend: Classes, in the order of the logits.
        bands: Meaning of the input channels in order, e.g. ("red", "green", "blue").
        ground_resolution_m: Metres per pixel the network was trained for.
        tile_px: Side of the read window in pixels of that resolution.
        halo_px: Margin of the read window that is not written; the core is tile_px - 2 * halo_px.
        mirrors_rim: Whether an image's rim gets mirrored context of the halo's width, in maps and where figures are
            measured. Published checkpoints, and those of earlier versions, were measured on images as they are.
        normalization: Input scaling.
        raw_values: Whether that is on the scale of the raster's own values, which are then not stretched to 8 bits.
        licence: Licence of the weights (SPDX name where there is one).
        data: Sentences: what it was trained on.
        recipe: How it was trained, JSON data.
        metrics: What it reaches, on what, JSON data.
        notice: One sentence of warning shown wherever results are shown; empty if none.
        limits: Sentences: what it is not good for.
        weights_sha256: Digest over the weights, in hyphenated groups of eight; empty before saving.
    """

    name: str
    title: str
    method: str
    config: dict[str, Any]
    legend: Legend
    bands: tuple[str, ...] = ("red", "green", "blue")
    ground_resolution_m: float = 0.5
    tile_px: int = 2448
    halo_px: int = 200
    mirrors_rim: bool = False
    normalization: Normalization
    raw_values: bool = False
    licence: str = "unspecified"
    data: tuple[str, ...] = ()
    recipe: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)
    notice: str = ""
    limits: tuple[str, ...] = ()
    weights_sha256: str = ""

    def __post_init__(self) -> None:
        self.legend.require_dense()
        if not 0 < self.ground_resolution_m < 1e5:
            raise ValueError(f"Ground resolution {self.ground_resolution_m} m is out of range.")
        if not 0 <= 2 * self.halo_px < self.tile_px <= 16384:
            raise ValueError(f"Tile {self.tile_px} px with halo {self.halo_px} px leaves no core or is too large.")
        if len(self.bands) != len(self.normalization.mean):
            raise ValueError(f"The card names {len(self.bands)} bands but scales {len(self.normalization.mean)}.")

    @property
    def core_px(self) -> int:
        """Side of the part of a tile that is written, in pixels of the model's resolution."""
        return self.tile_px - 2 * self.halo_px

    def to_json(self) -> str:
        """Return the card as JSON text."""
        data = asdict(self)
        data["legend"] = self.legend.to_dict()
        return json.dumps({"format": CARD_FORMAT, **data}, indent=1, ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> ModelCard:
        """Build a card from JSON text.

        Raises:
            CheckpointDamaged: If the text is no card or a value is missing, of the wrong kind or out of range.
        """
        try:
            data = json.loads(text)
            if data.get("format") != CARD_FORMAT:
                raise ValueError(f"its format is {data.get('format')!r}, expected {CARD_FORMAT!r}")
            return ModelCard(
                name=values.name(data["name"]),
                title=values.name(data["title"]),
                method=values.text(data["method"]),
                config=values.plain_object(data["config"]),
                legend=Legend.from_dict(data["legend"]),
                bands=values.items(data["bands"], values.name),
                ground_resolution_m=values.number(data["ground_resolution_m"]),
                tile_px=values.whole(data["tile_px"]),
                halo_px=values.whole(data["halo_px"]),
                mirrors_rim=values.truth(data.get("mirrors_rim", False)),
                normalization=_normalization(data["normalization"]),
                raw_values=values.truth(data.get("raw_values", False)),
                licence=values.text(data["licence"]),
                data=values.items(data["data"], values.text),
                recipe=values.plain_object(data["recipe"]),
                metrics=values.plain_object(data["metrics"]),
                notice=values.text(data["notice"]),
                limits=values.items(data["limits"], values.text),
                weights_sha256=values.text(data["weights_sha256"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
            raise CheckpointDamaged(f"The checkpoint's model card cannot be read: {error}.") from error


def _normalization(value: Mapping[str, Any]) -> Normalization:
    return Normalization(mean=values.items(value["mean"], values.number), std=values.items(value["std"], values.number))
