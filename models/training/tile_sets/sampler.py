"""Tile sampler: training crops of labelled tiles at random ground resolutions, and tiles as scenes to measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ...legend import IGNORE_INDEX, Legend
from ..chips import read_pair
from .appearance import Look, look_of
from .balanced import BalancedDraws, LabelledArea
from .label_polygons import ImagePolygons, check_image_file, fill_unknown
from .table import LabelledTile
from .warp import cut_crop, plan_crop

COARSE_M = 2.0
"""Tiles with larger pixels keep their own resolution, or up to twice it: nothing finer can be made of them."""

LARGEST_ZOOM = 1.8
"""Finest magnification of a tile: beyond, crops show nothing but blur."""

SMALL_TILE_PX = 120
FINEST_M, SMALL_COARSEST_M = 0.3, 0.65
"""Tiles smaller than `SMALL_TILE_PX` are drawn in this range, so that a crop is not a kaleidoscope of mirror images."""


@dataclass(frozen=True, slots=True)
class TileScene:
    """A labelled tile as a scene: its polygons filled in, the unknown class left out."""

    name: str
    tile: LabelledTile
    legend: Legend
    polygons: ImagePolygons | None = None

    def load(self) -> tuple[np.ndarray, np.ndarray]:
        """Return image ``(H, W, 3)`` uint8 and labels ``(H, W)`` uint8; 255 where nothing is known."""
        image, labels = read_pair(self.tile.image, self.tile.mask, self.legend)
        unknown = self.legend.unknown_id
        if unknown is None:
            return image, labels
        if self.polygons is not None:
            check_image_file(self.tile.image, self.polygons)
            labels = fill_unknown(labels, self.polygons, unknown)
        return image, np.where(labels == unknown, np.uint8(IGNORE_INDEX), labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawSettings:
    """How crops are drawn.

    Attributes:
        resolutions_m: Finest and coarsest ground resolution of a crop, drawn log-uniformly.
        class_shares: Class name → share of the crops drawn around this class; empty for all alike.
        place_shares: Place → factor on its share.
    """

    resolutions_m: tuple[float, float] = (0.4, 1.25)
    class_shares: Mapping[str, float] = field(default_factory=dict)
    place_shares: Mapping[str, float] = field(default_factory=dict)


class TileSampler:
    """Draws crops of tiles, which it keeps in memory.

    Args:
        scenes: The tiles, at least one.
        settings: How crops are drawn.
    """

    def __init__(self, scenes: Sequence[TileScene], settings: DrawSettings) -> None:
        self._scenes, self._settings = scenes, settings
        self._loaded = [scene.load() for scene in scenes]
        self.looks: tuple[Look, ...] = tuple(look_of(image) for image, _ in self._loaded)
        areas = [
            LabelledArea(scene.tile.place, scene.tile.metres_per_px, labels)
            for scene, (_, labels) in zip(scenes, self._loaded, strict=True)
        ]
        self._draws = BalancedDraws(areas, _shares(scenes[0].legend, settings.class_shares), settings.place_shares)

    def sample(self, side_px: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Return the image ``(side, side, 3)`` and labels ``(side, side)`` of a crop, uint8."""
        spot = self._draws.draw(rng)
        image, labels = self._loaded[spot.tile]
        own = self._scenes[spot.tile].tile.metres_per_px
        wanted = self._resolution(own, min(labels.shape), rng)
        return cut_crop(image, labels, plan_crop(spot.row, spot.col, side_px, own / wanted, rng))

    def _resolution(self, own: float, smaller_side_px: int, rng: np.random.Generator) -> float:
        finest, coarsest = self._settings.resolutions_m
        if own > COARSE_M:
            finest, coarsest = own / 2, own
        elif smaller_side_px < SMALL_TILE_PX:
            finest, coarsest = FINEST_M, SMALL_COARSEST_M
        drawn = float(np.exp(rng.uniform(np.log(finest), np.log(coarsest))))
        return max(drawn, own / LARGEST_ZOOM) if own <= COARSE_M else drawn


def _shares(legend: Legend, named: Mapping[str, float]) -> dict[int, float]:
    known = [c for c in legend.classes if c.class_id != legend.unknown_id]
    return {c.class_id: float(named.get(c.name, 0.0) if named else 1.0) for c in known}
