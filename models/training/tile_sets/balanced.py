"""Balanced draws: which pixel of which tile a crop is cut around, so that no class and no place dominates.

First a class is drawn, then a place that has it, then a tile of that place, then a pixel of the class in it. A place
counts by the root of the area it has of the class: many places are worth more than much of one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...errors import DataError

MAX_AREA_M2 = 400_000.0
"""Area of a class beyond which a place counts no more."""


@dataclass(frozen=True, slots=True)
class LabelledArea:
    """What the draws need to know of a tile.

    Attributes:
        place: Where it was taken.
        metres_per_px: Ground resolution.
        labels: ``(H, W)`` uint8 class ids.
    """

    place: str
    metres_per_px: float
    labels: np.ndarray


@dataclass(frozen=True, slots=True)
class Spot:
    """A pixel of a tile to cut a crop around."""

    tile: int
    row: int
    col: int


class BalancedDraws:
    """Draws spots of tiles, evenly over classes and places.

    Args:
        tiles: The tiles.
        class_shares: Class id → share of the draws that begin with this class.
        place_shares: Factors on the share of a place; 1 where not named.
    """

    def __init__(
        self, tiles: Sequence[LabelledArea], class_shares: Mapping[int, float], place_shares: Mapping[str, float]
    ) -> None:
        self._pixels = {c: [np.flatnonzero(tile.labels == c) for tile in tiles] for c in class_shares}
        self._widths = [tile.labels.shape[1] for tile in tiles]
        chances = {c: _tile_chances(tiles, pixels, place_shares) for c, pixels in self._pixels.items()}
        self._chances = {c: chance for c, chance in chances.items() if chance.sum() > 0}
        if not self._chances:
            raise DataError("No tile has a pixel of a class that is drawn. Check masks and class shares.")
        self._classes = list(self._chances)
        shares = np.array([class_shares[c] for c in self._classes], dtype=float)
        self._shares = shares / shares.sum()

    def draw(self, rng: np.random.Generator) -> Spot:
        """Return a spot."""
        c = self._classes[int(rng.choice(len(self._classes), p=self._shares))]
        chances = self._chances[c]
        tile = int(rng.choice(len(chances), p=chances / chances.sum()))
        pixels = self._pixels[c][tile]
        row, col = divmod(int(pixels[rng.integers(len(pixels))]), self._widths[tile])
        return Spot(tile, row, col)


def _tile_chances(
    tiles: Sequence[LabelledArea], pixels: Sequence[np.ndarray], place_shares: Mapping[str, float]
) -> np.ndarray:
    """Return each tile's unnormalised chance to be drawn for one class."""
    areas = np.array([len(p) * tile.metres_per_px**2 for p, tile in zip(pixels, tiles, strict=True)])
    chances = np.zeros(len(tiles))
    for place in sorted({tile.place for tile in tiles}):
        here = np.array([tile.place == place for tile in tiles])
        total = areas[here].sum()
        if total > 0:
            weight = place_shares.get(place, 1.0) * min(total, MAX_AREA_M2) ** 0.5
            chances[here] = weight * areas[here] / total
    return chances
