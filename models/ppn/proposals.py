"""Patch proposals: the network that chooses the patches to refine, and the rule for its training labels."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..layers.resnet import ResNet
from ..legend import IGNORE_INDEX
from .parts import tile_boxes


class PatchProposals(nn.Module):
    """Which tiles the global branch probably sees worse than the whole: the patch proposal network (PPN).

    One fully connected layer scores the mean feature of the whole and of every tile; a tile is proposed when its score
    is not above the whole's. With tiles of one size the logits of an image sum to 0, so some tile is always proposed
    and, unless all are equal, never every one. The layer's bias cancels.

    Args:
        widths: Widths of the backbone's stages, the last being at 1/16; empty if features are given from outside.
        channels: Channels of the features.
        grid: Tiles per side.
    """

    def __init__(self, widths: Sequence[int], channels: int, grid: int) -> None:
        super().__init__()
        self.grid = grid
        self.backbone = ResNet(18, widths) if widths else None
        self.score = nn.Linear(channels, 1)

    def forward(self, view: Tensor, shared: Tensor | None = None) -> Tensor:
        """Return the proposal logits ``(N, grid²)`` of a view, from ``shared`` features where they are given."""
        features = self.backbone(view)[-1] if shared is None else shared.detach()  # (N, C, h, w)
        tiles = functional.adaptive_avg_pool2d(features, self.grid).flatten(2).transpose(1, 2)  # (N, grid², C)
        whole = features.mean(dim=(2, 3))  # (N, C)
        return self.score(whole) - self.score(tiles)[..., 0]


@torch.no_grad()
def region_scores(class_ids: Tensor, labels: Tensor, num_classes: int, excluded: int | None) -> Tensor:
    """Return the mean IoU of every image of a batch, over the classes present in labels or prediction.

    Args:
        class_ids: Predicted classes ``(N, h, w)``.
        labels: True classes ``(N, h, w)``; 255 is left out.
        num_classes: Number of classes.
        excluded: Class that does not count; None for none.

    Returns:
        ``(N,)`` float; NaN where no class is present.
    """
    n = len(labels)
    known = labels != IGNORE_INDEX
    truth = functional.one_hot(labels.clamp(max=num_classes), num_classes + 1)[..., :num_classes].bool()
    truth = truth.view(n, -1, num_classes) & known.view(n, -1, 1)
    found = functional.one_hot(class_ids, num_classes).bool().view(n, -1, num_classes) & known.view(n, -1, 1)
    both, either = (truth & found).sum(1), (truth | found).sum(1)  # (N, K)
    present = either > 0
    if excluded is not None:
        present[:, excluded] = False
    iou = (both / either.clamp(min=1) * present).sum(1)
    return iou / present.sum(1)  # 0 / 0 is NaN: nothing present


@torch.no_grad()
def proposal_labels(
    logits: Tensor, labels: Tensor, grid: int, excluded: int | None, overall: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Return for every tile whether the prediction is worse there than over the whole image, and whether that counts.

    Args:
        logits: The global branch's logits ``(N, K, h, w)``.
        labels: Labels of the same size ``(N, h, w)``.
        grid: Tiles per side.
        excluded: Class that does not count.
        overall: Score to compare with, in place of each image's own.

    Returns:
        Labels and weights, ``(N, grid²)`` float each, 0 or 1; a tile without known pixels has both 0.
    """
    class_ids, k = logits.argmax(1), logits.shape[1]
    whole = region_scores(class_ids, labels, k, excluded) if overall is None else overall.expand(len(labels))
    tiles = torch.stack(
        [
            region_scores(class_ids[(..., *box.slices)], labels[(..., *box.slices)], k, excluded)
            for box in tile_boxes(*labels.shape[-2:], grid)
        ],
        dim=1,
    )
    worse = tiles < whole[:, None]  # false where either is NaN
    return worse.float(), (~tiles.isnan()).float()
