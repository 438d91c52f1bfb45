"""Class mix: parts of one crop pasted into another by class, so that covers meet that never met in a tile.

References:
    Olsson et al., "ClassMix: Segmentation-Based Data Augmentation for Semi-Supervised Learning", WACV 2021. Here with
    drawn labels, and within a smooth random half of the crop, so that not whole crops are exchanged.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from ...legend import IGNORE_INDEX

CELLS = 4
"""Cells per side of the field whose upper half may be pasted."""

SOFTEST_EDGE_PX, HARDEST_EDGE_PX = 1.5, 0.3

Crop = tuple[np.ndarray, np.ndarray]


def mix_classes(crops: Sequence[Crop], chance: float, rng: np.random.Generator) -> list[Crop]:
    """Return crops of which some hold parts of others.

    Args:
        crops: Image ``(H, W, 3)`` and labels ``(H, W)`` of each, uint8, all of one size.
        chance: Share of the crops that get a part of another one.
        rng: Source of all randomness.
    """
    return [
        _pasted(crop, crops[(i + 1 + int(rng.integers(len(crops) - 1))) % len(crops)], rng)
        if len(crops) > 1 and rng.random() < chance
        else crop
        for i, crop in enumerate(crops)
    ]


def _pasted(under: Crop, over: Crop, rng: np.random.Generator) -> Crop:
    classes = np.setdiff1d(np.unique(over[1]), [IGNORE_INDEX])
    if not len(classes):
        return under
    drawn = rng.permutation(classes)[: max(1, len(classes) // 2)]
    h, w = over[1].shape
    field = cv2.resize(rng.random((CELLS, CELLS)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    part = np.isin(over[1], drawn) & (field > np.median(field))
    soft = cv2.GaussianBlur(part.astype(np.float32), (0, 0), rng.uniform(HARDEST_EDGE_PX, SOFTEST_EDGE_PX))[..., None]
    image = (under[0] * (1 - soft) + over[0] * soft).astype(np.uint8)
    return image, np.where(part, over[1], under[1])
