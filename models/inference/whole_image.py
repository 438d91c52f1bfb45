"""Class ids of an image that lies in memory, cut into tiles as the engine cuts rasters. For training and evaluation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from ..card import Normalization
from ..network import SegmentationNetwork
from ..preprocess import normalize


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageTiling:
    """How an image is cut.

    Attributes:
        tile_px: Side of the read window.
        halo_px: Margin of the window that is not kept.
        mirrors_rim: Whether windows go beyond the image by the halo, where it is mirrored; otherwise they move inwards.
    """

    tile_px: int
    halo_px: int
    mirrors_rim: bool = False


def classify_image(
    network: SegmentationNetwork, image: np.ndarray, normalization: Normalization, tiling: ImageTiling
) -> np.ndarray:
    """Return the class ids of an image.

    Args:
        network: Network in evaluation mode; its device does the work.
        image: ``(H, W, 3)`` uint8.
        normalization: Input scaling.
        tiling: How the image is cut.

    Returns:
        ``(H, W)`` uint8.
    """
    context = tiling.halo_px if tiling.mirrors_rim else 0
    h, w = image.shape[:2]
    padded = np.pad(image, ((context, context), (context, context), (0, 0)), mode="reflect") if context else image
    result = np.empty((h, w), np.uint8)
    for core_rows, read_rows in _axis(h, context, tiling):
        for core_cols, read_cols in _axis(w, context, tiling):
            classes = _classify(network, padded[read_rows, read_cols], normalization)
            result[core_rows, core_cols] = classes[
                _inner(core_rows, read_rows, context), _inner(core_cols, read_cols, context)
            ]
    return result


def _axis(length: int, context: int, tiling: ImageTiling) -> list[tuple[slice, slice]]:
    """Return (core in the image, read in the padded image) along one axis; reads move inwards at the end."""
    whole, tile_px, halo_px = length + 2 * context, tiling.tile_px, tiling.halo_px
    if whole <= tile_px:
        return [(slice(0, length), slice(0, whole))]
    core = tile_px - 2 * halo_px
    pairs = []
    for start in range(0, length, core):
        stop = min(start + core, length)
        read = min(max(start + context - halo_px, 0), whole - tile_px)
        pairs.append((slice(start, stop), slice(read, read + tile_px)))
    return pairs


def _inner(core: slice, read: slice, context: int) -> slice:
    return slice(core.start + context - read.start, core.stop + context - read.start)


def _classify(network: SegmentationNetwork, image: np.ndarray, normalization: Normalization) -> np.ndarray:
    h, w = image.shape[:2]
    device = next(network.parameters()).device
    d = network.size_divisor
    below, right = (max(network.min_side_px, -(-n // d) * d) - n for n in (h, w))
    filled = np.pad(image, ((0, below), (0, right), (0, 0)), mode="reflect")
    x = torch.from_numpy(np.ascontiguousarray(filled.transpose(2, 0, 1)))[None].to(device)
    with torch.inference_mode():
        return network(normalize(x, normalization))[0, :, :h, :w].argmax(0).to(torch.uint8).cpu().numpy()
