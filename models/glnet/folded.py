"""GLNet with its affine head folded: the same logits up to rounding, for a fraction of the arithmetic.

Between the backbone's features and the logits there is no activation, so that convolutions can be split over what they
concatenate, moved before a resize and composed. What is done, per patch:

* "batch_norm": the backbones' normalisation goes into their convolutions;
* "laterals": the global half of each lateral convolution is done once per image, before crop and resize;
* "smoothing": the global half of each smoothing is done on the crop, before it is enlarged;
* "logits": last smoothing and aggregation become one 5×5 kernel with K outputs, done at each level's own size. The
  published form zero-pads the map between the two, while the composed kernel sees a one-pixel ring around the patch:
  the ring's share is subtracted;
* "finest": on top of the last two, at the finest level both smoothings too, so that one 9×9 kernel leads from its
  top-down sum to the logits (folded_finest.py). In G→L only: in G⇄L the smoothed maps are needed anyway.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..inference.affine import (
    axis_table,
    enlarge_taps,
    kernel_taps,
)
from ..layers.blocks import full_precision
from ..layers.normalization import fold_batch_norm
from ..layers.patching import PatchGrid, PatchMerger, add_patch_scores, cut_patches, empty_scores, plan_patches
from ..layers.pyramid import SharedMaps
from .base import GLNet, PatchedGLNet
from .folded_local import FoldedLocalBranch, crop_context, cut_map

STEPS = ("batch_norm", "laterals", "smoothing", "logits", "finest")
"""What can be folded, in the order of the benchmark's ladder."""

CROP_SHARE = 508 / 2448
"""Side of a crop of the global map relative to the patch's own map, as it is for the published tile and view."""

LEVEL_CELLS = 1 + 1 / 4 + 1 / 16 + 1 / 64
"""Cells of all four levels per cell of the finest."""


class FoldedGLNet(GLNet):
    """A trained G→L or G⇄L network, folded; for inference only.

    Args:
        network: Network to fold; it is not changed; parts that need no folding are shared with it.
        steps: What to fold.
    """

    winograd_modules = ("local.",)

    def __init__(self, network: PatchedGLNet, steps: Sequence[str] = STEPS) -> None:
        self.path = network.path
        super().__init__(num_classes=network.num_classes, config=network.sizes)
        self.patch_batch = network.patch_batch
        two_way = network.path == "global_and_local"
        steps = [step for step in steps if step != "finest" or not two_way]
        fold = fold_batch_norm if "batch_norm" in steps else _as_it_is
        self.first_resnet = fold(network.fixed_resnet_global if two_way else network.resnet_global)
        self.first_head = network.fixed_fpn_global if two_way else network.fpn_global
        self.second_resnet = fold(network.resnet_global) if two_way else None
        self.second_head = network.fpn_global if two_way else None
        ensemble = network.ensemble_conv
        half = ensemble.weight.shape[1] // 2
        self.local = FoldedLocalBranch(fold(network.resnet_local), network.fpn_local, ensemble.weight[:, :half], steps)
        self.register_buffer("global_taps", kernel_taps(ensemble.weight[:, half:].detach()))
        self.register_buffer("bias", ensemble.bias.detach().view(1, -1, 1, 1))

    @torch.no_grad()
    def scores(self, image: Tensor) -> Tensor:
        """Return the summed logits of all patches."""
        grid = plan_patches(*image.shape[-2:], self.sizes.patch_px)
        view = self.global_view(image)
        context, ps3 = self._first_look(view)
        batches = _alike_batches(grid, context.backbone, self.patch_batch)
        hoisted = self.local.hoist(context)
        mergers = [PatchMerger(m, grid) for m in context.flat()] if self.second_head is not None else []
        halves = []
        for indices in batches:
            patches, crops = cut_patches(image, grid, indices), crop_context(hoisted, grid, indices)
            shared, half = self.local(patches, crops, merges=bool(mergers))
            for merger, maps in zip(mergers, shared.flat() if shared else (), strict=True):
                merger.add(indices, maps)
            halves.append(half)
            del patches, crops, shared, half  # before the next ones are made
        del context, hoisted
        if mergers:
            merged = []
            while mergers:  # each goes when its map is made
                merged.append(mergers.pop(0).merged())
            products = self._second_look(view, SharedMaps.from_flat(merged))
        else:
            products = self._products(ps3)
        with full_precision(image):
            return self._aggregate(image, grid, batches, halves, products)

    def _first_look(self, view: Tensor) -> tuple[SharedMaps, Tensor | None]:
        stages = self.first_resnet(view)
        if self.second_head is None:
            return self.first_head(stages)
        return self.first_head.share(stages), None

    def _second_look(self, view: Tensor, merged: SharedMaps) -> Tensor:
        """Return the products of the global branch that sees the patches' merged maps."""
        return self._products(self.second_head(self.second_resnet(view), merged)[1])

    def _products(self, ps3: Tensor) -> Tensor:
        """Return each cell's products with the taps of the aggregation's global half, ``(1, 9 * K, h, w)``."""
        with full_precision(ps3):
            return functional.conv2d(ps3.float(), self.global_taps)

    def _aggregate(
        self, image: Tensor, grid: PatchGrid, batches: list[list[int]], halves: list[Tensor], products: Tensor
    ) -> Tensor:
        scores = empty_scores(image, self.num_classes)
        for indices, half in zip(batches, halves, strict=True):
            crop = cut_map(products, grid, indices)
            rows, cols = (axis_table((crop.shape[i], half.shape[i]), 3, crop) for i in (-2, -1))
            logits = half + enlarge_taps(crop, 3, rows, cols) + self.bias
            add_patch_scores(scores, grid, indices, logits, smooth=self.smooth_patches)
        return scores


def fold(network: GLNet) -> GLNet:
    """Return an equal network that is faster where folding pays, else the network itself."""
    if not folding_pays(network):
        return network
    return FoldedGLNet(network, STEPS if finest_pays(network) else STEPS[:-1])


def folding_pays(network: GLNet) -> bool:
    """Return whether the folded head needs clearly fewer multiply-adds than the plain one.

    Decided by counting, not by a clock, so that a network always computes the same way.
    """
    if not isinstance(network, PatchedGLNet):
        return False
    return folded_cost(network) < 0.8 * plain_cost(network)


def plain_cost(network: GLNet) -> float:
    """Return multiply-adds of the plain local smoothings and logits, per cell of the finest level."""
    w, d, k = network.sizes.pyramid_width, network.sizes.detail_width, network.num_classes
    smoothing = 9 * 2 * w * (w + d)
    return LEVEL_CELLS * smoothing + 9 * (8 * d * 4 * d + 4 * d * k)


def folded_cost(network: GLNet) -> float:
    """Return multiply-adds of the folded local smoothings and logits, per cell of the finest level."""
    w, d, k = network.sizes.pyramid_width, network.sizes.detail_width, network.num_classes
    side, total = network.sizes.patch_px / 4, 25 * k * d
    for level in range(4):
        cells = 4.0**-level
        smoothing = 9 * w * (w + d) + _enlarging_cost(3, w, w + d, CROP_SHARE, side / 2**level)
        logits = _enlarging_cost(5, d, k, CROP_SHARE / 2**level, side)
        own = _enlarging_cost(5, d, k, 0.5**level, side) if level else 0
        total += cells * smoothing + logits + own
    return total


def finest_pays(network: GLNet) -> bool:
    """Return whether the step "finest" needs clearly fewer multiply-adds than the steps before it leave there."""
    if network.path != "global_to_local":
        return False
    w, d, k = network.sizes.pyramid_width, network.sizes.detail_width, network.num_classes
    side = network.sizes.patch_px / 4
    smoothings = 9 * w * (w + d) + _enlarging_cost(3, w, w + d, CROP_SHARE, side) + 25 * k * d
    crops = _enlarging_cost(9, w, k, CROP_SHARE, side) + _enlarging_cost(7, w, k, CROP_SHARE, side)
    lines = 4 / side * (3 * 9 * 2 * w * w + 2 * 9 * 2 * w * d)
    return 81 * k * w + crops + lines < 0.8 * smoothings


def _enlarging_cost(kernel: int, channels: int, outputs: int, share: float, side: float) -> float:
    """Return multiply-adds of `conv_of_enlarged` per cell of its result, for a map of ``share`` times its side."""
    products = kernel**2 * channels * outputs * share**2
    return products + outputs * side * (kernel**2 * share**2 + kernel * share)


def _as_it_is(module: nn.Module) -> nn.Module:
    return module


def _alike_batches(grid: PatchGrid, levels: Sequence[Tensor], size: int) -> list[list[int]]:
    """Return batches of patches whose crops have the same size at every level."""
    groups: dict[tuple, list[int]] = {}
    for index in range(len(grid)):
        boxes = [grid.box_in_map(index, *m.shape[-2:]) for m in levels]
        groups.setdefault(tuple((b.height, b.width) for b in boxes), []).append(index)
    return [group[i : i + size] for group in groups.values() for i in range(0, len(group), size)]
