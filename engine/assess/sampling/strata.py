"""Strata of a map, formed from the codes of its census."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from ....models.legend import Legend
from .population import CODES, Census


class StrataBy(Enum):
    """What strata are formed by."""

    MAP = "map"
    OVERLAY = "overlay"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """A part of the population from which units are drawn on their own.

    Attributes:
        name: Its name.
        class_id: Class that all of it has on the map; None where there are several.
        part: Part of the overlay that all of it lies in; empty without an overlay.
        pixels: Units N_h.
        area_m2: Their area on the ellipsoid.
    """

    name: str
    class_id: int | None
    part: str
    pixels: int
    area_m2: float


@dataclass(frozen=True, kw_only=True)
class StratumTable:
    """Strata, and the stratum of each code.

    Attributes:
        strata: The strata, by part and class.
        codes: ``(k,)`` codes that occur, ascending.
        stratum: ``(k,)`` index of the stratum of each.
    """

    strata: tuple[Stratum, ...]
    codes: np.ndarray
    stratum: np.ndarray

    def of_codes(self, codes: np.ndarray) -> np.ndarray:
        """Return the stratum of each code; -1 for what is no part of the population."""
        index = np.searchsorted(self.codes, codes).clip(0, len(self.codes) - 1)
        return np.where(codes >= 0, self.stratum[index], -1)


def form_strata(census: Census, legend: Legend, parts: Sequence[str], by: StrataBy) -> StratumTable:
    """Return the strata of a population.

    Args:
        census: Its counts.
        legend: Names of the map's classes.
        parts: Names of the overlay's parts; empty without one.
        by: Whether strata are classes of the map, parts of the overlay, or both crossed.
    """
    codes, inverse = np.unique(census.code, return_inverse=True)
    pixels = np.bincount(inverse, census.pixels, len(codes))
    areas = np.bincount(inverse, census.area_m2, len(codes))
    part, class_id = np.divmod(codes, CODES)
    key = {StrataBy.MAP: class_id, StrataBy.OVERLAY: part * CODES, StrataBy.BOTH: codes}[by]
    keys, stratum = np.unique(key, return_inverse=True)
    names = {c.class_id: c.name for c in legend.classes}
    strata = []
    for h, value in enumerate(keys.tolist()):
        p, k = divmod(value, CODES)
        class_name = names.get(k, f"Class {k}")
        part_name = parts[p] if parts and by is not StrataBy.MAP else ""
        strata.append(
            Stratum(
                name={
                    StrataBy.MAP: class_name,
                    StrataBy.OVERLAY: part_name,
                    StrataBy.BOTH: f"{part_name} / {class_name}",
                }[by],
                class_id=None if by is StrataBy.OVERLAY else k,
                part=part_name,
                pixels=int(pixels[stratum == h].sum()),
                area_m2=float(areas[stratum == h].sum()),
            )
        )
    return StratumTable(strata=tuple(strata), codes=codes, stratum=stratum)
