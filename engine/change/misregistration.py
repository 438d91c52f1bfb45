"""Strips of change that two images which do not lie quite on each other would make along old borders.

A border that is shifted by d metres makes a strip of false change no wider than d: there the old map has the new class,
and the new map the old class, within d. What is so is told apart, never taken away: a true change may be as narrow.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from ...models.legend import NODATA

LARGEST_KERNEL_PX = 4
"""Radius up to which a kernel is faster than distances."""


class BorderStrips:
    """Finds strips of a width.

    Args:
        width_m: Width up to which change along borders may be misregistration.
        pixel_m: Size of a pixel on the ground, across and down.

    Attributes:
        halo_px: Pixels around a window that are needed to tell.
    """

    def __init__(self, width_m: float, pixel_m: tuple[float, float]) -> None:
        # Borders lie on the edges of pixels, so that a strip may be half a pixel wider than the shift.
        self._radius = width_m / pixel_m[0] + 0.5, width_m / pixel_m[1] + 0.5
        self.halo_px = math.ceil(max(self._radius)) + 1

    def find(self, old: np.ndarray, new: np.ndarray) -> np.ndarray:
        """Return where change may be misregistration, as bool; wrong within `halo_px` of the window's edges.

        Args:
            old: ``(rows, cols)`` uint8 class of each pixel; 255 for none.
            new: The same at the later date.
        """
        changed = (old != new) & (old != NODATA) & (new != NODATA)
        found = np.zeros(old.shape, bool)
        if not changed.any():
            return found
        near_old = {int(k): self._near(old == k) for k in np.unique(new[changed])}
        near_new = {int(k): self._near(new == k) for k in np.unique(old[changed])}
        for k, near in near_old.items():
            found |= changed & (new == k) & near
        for k, near in near_new.items():
            found &= (old != k) | near
        return found

    def _near(self, is_class: np.ndarray) -> np.ndarray:
        across, down = self._radius
        if max(across, down) <= LARGEST_KERNEL_PX:
            return cv2.dilate(is_class.astype(np.uint8), disk(across, down)) > 0
        # Of pixels that are not square the longer side counts: never less than the width is looked at.
        return distances(is_class) <= max(across, down) + 1e-6


def disk(across_px: float, down_px: float) -> np.ndarray:
    """Return the pixels within an ellipse of these half axes as uint8."""
    x, y = (
        np.arange(-math.floor(across_px), math.floor(across_px) + 1),
        np.arange(-math.floor(down_px), math.floor(down_px) + 1),
    )
    inside = (x[None, :] / max(across_px, 1e-9)) ** 2 + (y[:, None] / max(down_px, 1e-9)) ** 2 <= 1 + 1e-9
    return inside.astype(np.uint8)


def distances(is_there: np.ndarray) -> np.ndarray:
    """Return the distance of each pixel from the nearest one that is there, in pixels, float32."""
    if not is_there.any():
        return np.full(is_there.shape, np.inf, np.float32)
    return cv2.distanceTransform((~is_there).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
