"""Overlay: tells for each pixel of a map in which of several named parts it lies."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from ..raster.grid import Window

OUTSIDE = "outside"
"""Name of the part of the map that no polygon or pixel of an overlay covers; it is never dropped."""


class Overlay(Protocol):
    """Tells for each pixel of a map in which part of an overlay it lies.

    Attributes:
        names: Names of the parts; the first is what lies outside all of them.
    """

    names: tuple[str, ...]

    def ids(self, window: Window) -> np.ndarray:
        """Return the index in `names` of each pixel of a window as ``(rows, cols)`` int32."""
        ...
