"""Warped crops: a square cut out of a tile at another ground resolution, turned, flipped and slightly stretched.

One affine resampling does it all. Beyond the tile's edge the crop goes on with its mirror image.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

STRETCH = 0.06
"""Deviation of the logarithm of the ratio of the sides."""

OFF_CENTRE = 0.38
"""Largest distance of the spot from the crop's middle, in crop sides."""

BLUR_PER_REDUCTION = 0.45
"""Deviation of the blur before a reduction, in pixels of the result, so that fine texture does not alias."""


@dataclass(frozen=True, slots=True)
class CropPlan:
    """Where and how a crop is cut.

    Attributes:
        side_px: Side of the crop.
        zoom: Pixels of the crop per pixel of the tile.
        matrix: ``(2, 3)`` affine map from the tile's (x, y) to the crop's.
    """

    side_px: int
    zoom: float
    matrix: np.ndarray


def plan_crop(row: int, col: int, side_px: int, zoom: float, rng: np.random.Generator) -> CropPlan:
    """Return a randomly turned, flipped and shifted crop that contains a pixel of the tile."""
    turn = rng.uniform(0, 2 * np.pi) if rng.random() < 0.6 else rng.integers(4) * np.pi / 2
    flip = -1.0 if rng.random() < 0.5 else 1.0
    stretch = np.exp(rng.normal(0, STRETCH))
    c, s = np.cos(turn) * zoom, np.sin(turn) * zoom
    linear = np.array([[c * flip * stretch, -s], [s * flip * stretch, c]])
    middle = side_px / 2 + rng.uniform(-OFF_CENTRE, OFF_CENTRE, 2) * side_px
    shift = middle - linear @ np.array([col + 0.5, row + 0.5])
    return CropPlan(side_px, zoom, np.hstack([linear, shift[:, None]]))


def cut_crop(image: np.ndarray, labels: np.ndarray, plan: CropPlan) -> tuple[np.ndarray, np.ndarray]:
    """Return the crop's image ``(side, side, 3)`` and labels ``(side, side)``, both uint8."""
    # OpenCV maps centres of pixels at whole numbers; ours are at halves.
    matrix = plan.matrix.copy()
    matrix[:, 2] += plan.matrix[:, :2] @ np.array([0.5, 0.5]) - 0.5
    size = (plan.side_px, plan.side_px)
    window, matrix = _window(labels.shape, matrix, plan)
    image, labels = np.ascontiguousarray(image[window]), np.ascontiguousarray(labels[window])
    if plan.zoom < 0.8:
        image = cv2.GaussianBlur(image, (0, 0), BLUR_PER_REDUCTION / plan.zoom)
    border = cv2.BORDER_REFLECT_101
    return (
        cv2.warpAffine(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=border),
        cv2.warpAffine(labels, matrix, size, flags=cv2.INTER_NEAREST, borderMode=border),
    )


def _window(shape: tuple[int, int], matrix: np.ndarray, plan: CropPlan) -> tuple[tuple[slice, slice], np.ndarray]:
    """Return the part of a large tile that the crop can touch, and the matrix for it; small tiles stay whole."""
    back = cv2.invertAffineTransform(matrix)
    middle = back[:, :2] @ np.full(2, plan.side_px / 2) + back[:, 2]
    reach = plan.side_px / plan.zoom * 0.85 + 8  # half a diagonal, and the blur
    spans = []
    for at, length in zip(middle[::-1], shape, strict=True):
        first, last = int(max(at - reach, 0)), int(min(at + reach, length))
        spans.append(slice(first, last) if at - reach >= 0 and at + reach <= length else slice(0, length))
    moved = matrix.copy()
    moved[:, 2] += matrix[:, :2] @ np.array([spans[1].start, spans[0].start], dtype=float)
    return (spans[0], spans[1]), moved
