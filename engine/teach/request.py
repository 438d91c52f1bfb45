"""Request of a model that is taught from examples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..contract.teach import ESTIMATED


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachSpec:
    """What is taught, and how.

    Attributes:
        raster: Image.
        examples: Vector file.
        out: Checkpoint to make.
        field: Column of the class; empty finds it.
        layer: Layer of the vector file; empty takes the first.
        encoder: Name or file of the encoder; empty for the one that ships.
        bands: 1-based bands that are red, green, blue, and further ones; empty finds the three.
        shares: "estimated" or "equal" shares of the classes.
        unclassified_below: Pixels whose best class is less likely become "unclassified"; 0 for none.
        overwrite: Whether an older checkpoint may be replaced.
        created: ISO 8601 time stamp, for the card.
    """

    raster: str
    examples: Path
    out: Path
    field: str = ""
    layer: str = ""
    encoder: str = ""
    bands: tuple[int, ...] = ()
    shares: str = ESTIMATED
    unclassified_below: float = 0.0
    overwrite: bool = False
    created: str = ""
