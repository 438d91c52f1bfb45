"""Patches inside an image: where they lie, how maps are cropped for them and merged back. Knows no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor
from torch.nn import functional

from .blocks import kept_constants, resize_bilinear

MIN_OVERLAP_PX = 50
"""Neighbouring patches of GLNet share at least this many pixels."""


@dataclass(frozen=True)
class Box:
    """Rectangle of a map: first row and column, height and width, in cells of that map."""

    top: int
    left: int
    height: int
    width: int

    @property
    def slices(self) -> tuple[slice, slice]:
        """Row and column slices of the rectangle."""
        return slice(self.top, self.top + self.height), slice(self.left, self.left + self.width)


@dataclass(frozen=True)
class PatchGrid:
    """Overlapping square patches that cover an image.

    Attributes:
        height: Image rows, in pixels.
        width: Image columns, in pixels.
        patch_px: Side of a patch.
        row_starts: First row of each row of patches.
        col_starts: First column of each column of patches.
    """

    height: int
    width: int
    patch_px: int
    row_starts: tuple[int, ...]
    col_starts: tuple[int, ...]

    @cached_property
    def corners(self) -> tuple[tuple[int, int], ...]:
        """First row and column of every patch, row-major."""
        return tuple((row, col) for row in self.row_starts for col in self.col_starts)

    def __len__(self) -> int:
        return len(self.row_starts) * len(self.col_starts)

    def box(self, index: int) -> Box:
        """Return the patch in pixels of the image."""
        return Box(*self.corners[index], self.patch_px, self.patch_px)

    def box_in_map(self, index: int, map_height: int, map_width: int) -> Box:
        """Return the part of a map of the whole image that belongs to a patch.

        Size and corner are rounded separately (half to even), each from its fraction of the image, as in the
        GLNet code; the rectangle is kept inside the map and not empty, which that code leaves to chance.
        """
        top, left = self.corners[index]
        rows = _span(top / self.height, self.patch_px / self.height, map_height)
        cols = _span(left / self.width, self.patch_px / self.width, map_width)
        return Box(rows[0], cols[0], rows[1], cols[1])


def plan_patches(height: int, width: int, patch_px: int) -> PatchGrid:
    """Cover an image with patches that overlap by at least 50 px.

    Raises:
        ValueError: If the image is smaller than a patch or the patch is not larger than the overlap.
    """
    return PatchGrid(height, width, patch_px, patch_starts(height, patch_px), patch_starts(width, patch_px))


def patch_starts(length: int, patch_px: int) -> tuple[int, ...]:
    """Return the first pixel of each patch along one axis.

    The smallest number of patches that covers the axis, raised until neighbours share 50 px or more; equal steps,
    rounded half to even; the last patch ends with the axis.

    Raises:
        ValueError: If the axis is shorter than a patch or the patch is not larger than the overlap.
    """
    if length < patch_px:
        raise ValueError(f"A side of {length} px is shorter than a patch of {patch_px} px; pad the image first.")
    if length == patch_px:
        return (0,)
    if patch_px <= MIN_OVERLAP_PX:
        raise ValueError(f"Patches of {patch_px} px cannot overlap by {MIN_OVERLAP_PX} px; use larger patches.")
    n = max(2, -(-length // patch_px))
    while patch_px - (length - patch_px) / (n - 1) < MIN_OVERLAP_PX:
        n += 1
    step = (length - patch_px) / (n - 1)
    return (*(round(i * step) for i in range(n - 1)), length - patch_px)


def pad_to_patch(image: Tensor, patch_px: int) -> Tensor:
    """Return the image with its last row and column repeated until each side holds a patch."""
    h, w = image.shape[-2:]
    below, right = max(0, patch_px - h), max(0, patch_px - w)
    return functional.pad(image, (0, right, 0, below), mode="replicate") if below or right else image


def cut_patches(image: Tensor, grid: PatchGrid, indices: Sequence[int]) -> Tensor:
    """Return patches ``(len(indices), …, p, p)`` of one image ``(1, …, H, W)``."""
    return torch.cat([image[(..., *grid.box(i).slices)] for i in indices])


def crop_for_patches(feature: Tensor, grid: PatchGrid, indices: Sequence[int], size: tuple[int, int]) -> Tensor:
    """Return what a whole image's map holds of each patch, resized to the patch's own map size.

    Args:
        feature: Map of the whole image, ``(1, C, h, w)``.
        grid: Patches of that image.
        indices: Patches asked for.
        size: Height and width of the result.
    """
    h, w = feature.shape[-2:]
    crops = [resize_bilinear(feature[(..., *grid.box_in_map(i, h, w).slices)], size) for i in indices]
    return torch.cat(crops)  # (len(indices), C, *size)


def empty_scores(image: Tensor, num_classes: int) -> Tensor:
    """Return float32 zeros ``(1, K, H, W)`` for the scores of one image."""
    return torch.zeros(1, num_classes, *image.shape[-2:], device=image.device)


def add_patch_scores(
    scores: Tensor, grid: PatchGrid, indices: Sequence[int], logits: Tensor, *, smooth: bool = False
) -> None:
    """Add patches' logits to an image's scores.

    Args:
        scores: ``(1, K, H, W)`` float32, changed in place.
        grid: Patches of the image.
        indices: Patches whose logits these are.
        logits: ``(len(indices), K, h, w)``.
        smooth: Whether logits are enlarged bilinearly and weighted with `patch_shares`, so that the sum over all
            patches is a mean; else each value is repeated over its pixels and the sum is one of all patches there.
    """
    size = (grid.patch_px, grid.patch_px)
    if not smooth:
        for index, patch in zip(indices, functional.interpolate(logits.float(), size, mode="nearest"), strict=True):
            scores[(..., *grid.box(index).slices)] += patch
        return
    rows, cols = patch_shares(grid, scores.device)
    for index, patch in zip(indices, resize_bilinear(logits.float(), size), strict=True):
        row, col = divmod(index, len(grid.col_starts))
        scores[(0, ..., *grid.box(index).slices)].addcmul_(patch, rows[row, :, None] * cols[col])


class PatchMerger:
    """Sums maps of patches into a map of the whole image; state of one merge.

    The sum is divided by the number of patches over each pixel, that count map being resized bilinearly to the
    map's size: near patch borders this is not the exact count of a cell, and GLNet's weights were trained with it.

    Args:
        like: Map of the whole image whose shape, type and device the merged map takes, ``(1, C, h, w)``.
        grid: Patches of that image.
    """

    def __init__(self, like: Tensor, grid: PatchGrid) -> None:
        self._sum = torch.zeros_like(like, dtype=torch.float32)  # sums of many patches, also where maps have 16 bits
        self._grid, self._dtype = grid, like.dtype

    def add(self, indices: Sequence[int], maps: Tensor) -> None:
        """Add the patches' maps ``(len(indices), C, h', w')``, reduced to their place in the whole map."""
        for index, patch_map in zip(indices, maps, strict=True):
            box = self._grid.box_in_map(index, *self._sum.shape[-2:])
            reduced = resize_bilinear(patch_map[None], (box.height, box.width))
            self._sum[(..., *box.slices)] += reduced.to(self._sum.dtype)

    def merged(self) -> Tensor:
        """Return the merged map ``(1, C, h, w)``."""
        counts = _resized_counts(self._grid, tuple(self._sum.shape[-2:]), self._sum.device)
        return (self._sum / counts).to(self._dtype)


def patch_counts(grid: PatchGrid, device: torch.device | str = "cpu") -> Tensor:
    """Return how many patches cover each pixel, ``(1, 1, H, W)`` float32."""
    rows = _line_counts(grid.row_starts, grid.patch_px, grid.height)
    cols = _line_counts(grid.col_starts, grid.patch_px, grid.width)
    return torch.outer(rows.to(device), cols.to(device))[None, None]


@kept_constants(32)
def _resized_counts(grid: PatchGrid, size: tuple[int, int], device: torch.device) -> Tensor:
    """Return `patch_counts` at a map's size, ``(1, 1, h, w)``: small, and wanted for 16 maps of every image."""
    return resize_bilinear(patch_counts(grid, device), size)


@kept_constants(8)
def patch_shares(grid: PatchGrid, device: torch.device | str = "cpu") -> tuple[Tensor, Tensor]:
    """Return what a patch counts at each of its lines and columns, where it is mixed with its neighbours.

    Returns:
        ``(rows of patches, p)`` and ``(columns of patches, p)`` float32. The weight of a pixel is the product of both;
        those of all patches over a pixel add up to 1, and go over evenly from one patch to the next.
    """
    rows = _line_shares(grid.row_starts, grid.patch_px, grid.height)
    cols = _line_shares(grid.col_starts, grid.patch_px, grid.width)
    return rows.to(device), cols.to(device)


def _line_shares(starts: Sequence[int], patch_px: int, length: int) -> Tensor:
    shares, total = torch.ones(len(starts), patch_px), torch.zeros(length)
    centres = torch.arange(patch_px) + 0.5
    for share, before, start, after in zip(shares, (None, *starts), starts, (*starts[1:], None), strict=False):
        if before is not None:
            share.copy_(torch.minimum(share, centres / (before + patch_px - start)))
        if after is not None:
            share.copy_(torch.minimum(share, (patch_px - centres) / (start + patch_px - after)))
        total[start : start + patch_px] += share
    return torch.stack([s / total[start : start + patch_px] for s, start in zip(shares, starts, strict=True)])


def _line_counts(starts: Sequence[int], patch_px: int, length: int) -> Tensor:
    counts = torch.zeros(length)
    for start in starts:
        counts[start : start + patch_px] += 1
    return counts


def _span(start_share: float, size_share: float, length: int) -> tuple[int, int]:
    """Return first cell and number of cells of a share of an axis with ``length`` cells."""
    start = min(round(start_share * length), length - 1)
    return start, min(max(1, round(length * size_share)), length - start)
