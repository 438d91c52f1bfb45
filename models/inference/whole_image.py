"""Class ids of an image that lies in memory, cut into tiles as the engine cuts rasters. For training and evaluation."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional

from ..card import Normalization
from ..network import SegmentationNetwork
from ..preprocess import normalize


def classify_image(
    network: SegmentationNetwork, image: np.ndarray, normalization: Normalization, tile_px: int, halo_px: int
) -> np.ndarray:
    """Return the class ids of an image.

    Args:
        network: Network in evaluation mode; its device does the work.
        image: ``(H, W, 3)`` uint8.
        normalization: Input scaling.
        tile_px: Side of the read window.
        halo_px: Margin of the window that is not kept.

    Returns:
        ``(H, W)`` uint8.
    """
    h, w = image.shape[:2]
    result = np.empty((h, w), np.uint8)
    for core_rows, read_rows in _axis(h, tile_px, halo_px):
        for core_cols, read_cols in _axis(w, tile_px, halo_px):
            classes = _classify(network, image[read_rows, read_cols], normalization)
            inner = classes[
                core_rows.start - read_rows.start : core_rows.stop - read_rows.start,
                core_cols.start - read_cols.start : core_cols.stop - read_cols.start,
            ]
            result[core_rows, core_cols] = inner
    return result


def _axis(length: int, tile_px: int, halo_px: int) -> list[tuple[slice, slice]]:
    """Return (core, read) along one axis: cores from 0 on, read windows moved inwards at the end."""
    if length <= tile_px:
        return [(slice(0, length), slice(0, length))]
    core = tile_px - 2 * halo_px
    pairs = []
    for start in range(0, length, core):
        stop = min(start + core, length)
        read = min(max(start - halo_px, 0), length - tile_px)
        pairs.append((slice(start, stop), slice(read, read + tile_px)))
    return pairs


def _classify(network: SegmentationNetwork, image: np.ndarray, normalization: Normalization) -> np.ndarray:
    h, w = image.shape[:2]
    device = next(network.parameters()).device
    x = torch.from_numpy(np.ascontiguousarray(image.transpose(2, 0, 1)))[None].to(device)
    d = network.size_divisor
    target_h, target_w = (max(network.min_side_px, -(-n // d) * d) for n in (h, w))
    with torch.inference_mode():
        x = functional.pad(normalize(x, normalization), (0, target_w - w, 0, target_h - h), mode="replicate")
        return network(x)[0, :, :h, :w].argmax(0).to(torch.uint8).cpu().numpy()
