"""Corrections of a class raster: outlines with a new class, and what they make of its pixels. Reads no file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from affine import Affine
from rasterio.features import rasterize

from ...models.legend import NODATA
from ..raster.grid import Window


@dataclass(frozen=True, kw_only=True)
class Corrections:
    """Outlines with a new class, in the order in which they are applied: a later one lies over an earlier one.

    Attributes:
        shapes: ``(n,)`` polygons, x in columns and y in lines of the raster.
        new_class: ``(n,)`` uint8 class id that pixels inside get.
        old_classes: For each the class ids that change; empty for all of them.
    """

    shapes: np.ndarray
    new_class: np.ndarray
    old_classes: tuple[frozenset[int], ...]
    _tree: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_tree", shapely.STRtree(self.shapes))

    def __len__(self) -> int:
        return len(self.shapes)

    def touches(self, window: Window) -> bool:
        """Return whether an outline reaches into a window."""
        return bool(len(self._tree.query(_box(window), predicate="intersects")))

    def apply(self, class_ids: np.ndarray, window: Window) -> np.ndarray:
        """Return the class ids of a window as corrected; pixels without data stay so.

        A pixel belongs to the outline over its centre. Each outline looks at what those before it have made.

        Args:
            class_ids: ``(H, W)`` uint8 of the window; it is not changed.
            window: Where it lies, in pixels of the raster.
        """
        near = np.sort(self._tree.query(_box(window), predicate="intersects"))
        if not len(near):
            return class_ids
        result, place = class_ids.copy(), Affine.translation(window.col_off, window.row_off)
        for number in near.tolist():
            inside = rasterize([self.shapes[number]], out_shape=window.shape, transform=place, dtype="uint8") > 0
            inside &= result != NODATA
            if self.old_classes[number]:
                inside &= np.isin(result, list(self.old_classes[number]))
            result[inside] = self.new_class[number]
        return result


def _box(window: Window) -> shapely.Geometry:
    return shapely.box(window.col_off, window.row_off, window.col_end, window.row_end)
