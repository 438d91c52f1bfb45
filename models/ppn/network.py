"""GRNet with its patch proposal network: only patches that the small view sees badly are refined.

Wu et al., "Patch Proposal Network for Fast Semantic Segmentation of High-Resolution Images", AAAI 2020. No code is
public: what the paper leaves open is a setting of `GRNetConfig`, with the reading we recommend as its default.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..layers.blocks import resize_bilinear
from ..layers.losses import focal_loss, one_vs_all_focal_loss
from ..layers.memory_layout import empty_as
from ..layers.patching import Box
from ..layers.resizing import resize_antialiased, resize_labels
from ..legend import IGNORE_INDEX
from ..network import SegmentationNetwork
from .config import GRNetConfig
from .parts import (
    Aggregation,
    GlobalMaps,
    NetworkBranch,
    PyramidBranch,
    RefinedPatches,
    Saliency,
    build_backbone,
    tile_boxes,
)
from .proposals import PatchProposals, proposal_labels, region_scores

PHASES = ("joint", "global", "proposal", "mainbody")
"""What a training step may train: everything at once, the global branch, the proposals, or all but the proposals."""

RUNNING_SHARE = 0.02
"""Share of a new batch in the running overall score."""


class GRNet(SegmentationNetwork):
    """Global branch on a small view, proposals, refinement of the proposed patches, aggregation.

    Args:
        num_classes: Number of classes K.
        config: Sizes and choices.

    Attributes:
        phase: What ``training_loss`` trains, one of `PHASES`; forward does not depend on it.
        patch_batch: Patches that are refined together in inference.
        listener: Told by ``forward`` each patch's chance of being proposed (NaN without proposals) and whether it was
            refined, ``(N, grid²)`` each.

    Shape:
        image: ``(N, 3, H, W)`` float, mean/std normalised.
        logits: ``(N, K, H, W)``.
    """

    method: ClassVar[str] = "ppn"
    size_divisor = 1
    min_side_px = 64
    winograd_modules = ("refine_branch.", "aggregation.")

    def __init__(self, *, num_classes: int = 7, config: GRNetConfig | None = None) -> None:
        c = config or GRNetConfig()
        data = {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(c).items()}
        super().__init__(num_classes=num_classes, in_channels=3, config=data)
        self.choices, self.phase, self.patch_batch = c, "joint", 4
        self.listener: Callable[[Tensor, Tensor], None] | None = None
        if c.base == "pyramid":
            first = build_backbone(c.global_backbone, c.global_depth, c.global_widths)
            self.global_branch = PyramidBranch(first, num_classes, c)
        else:
            self.global_branch = NetworkBranch(c.base, c.base_config, num_classes)
        second = build_backbone(c.refine_backbone, c.refine_depth, c.refine_widths)
        self.refine_branch = PyramidBranch(second, num_classes, c)
        if c.shared_proposal_backbone:
            self.proposals = PatchProposals((), self.global_branch.backbone.out_channels[2], c.grid)
        else:
            self.proposals = PatchProposals(c.proposal_widths, c.proposal_widths[-1], c.grid)
        self.saliency = Saliency(num_classes, self.in_channels, c.saliency)
        fused = (
            2 * num_classes
            if c.fusion == "logits"
            else self.global_branch.out_channels + self.refine_branch.out_channels
        )
        self.aggregation = Aggregation(fused, c.aggregation_width, num_classes, norm=c.aggregation_norm)
        self.register_buffer("running_score", torch.tensor(0.5))

    def forward(self, image: Tensor) -> Tensor:
        """Return the logits of every pixel."""
        self.check_image(image)
        view = self.global_view(image)
        maps = self.look_at_view(view)
        scores, selected = self._selection(view, maps)
        logits = self.logits_with_selection(image, maps, selected)
        if self.choices.selection == "proposals":
            logits = _without_overflowed(logits, scores)
        if self.listener is not None:
            self.listener(scores, selected)
        return logits

    def select_patches(self, image: Tensor) -> Tensor:
        """Return which patches are refined, ``(N, grid²)`` bool, row-major (see `tile_boxes`)."""
        self.check_image(image)
        view = self.global_view(image)
        needs_maps = self.choices.shared_proposal_backbone
        return self._selection(view, self.look_at_view(view) if needs_maps else None)[1]

    def global_view(self, image: Tensor) -> Tensor:
        """Return the whole image at ``global_px`` × ``global_px``."""
        return resize_antialiased(image, (self.choices.global_px, self.choices.global_px))

    def look_at_view(self, view: Tensor) -> GlobalMaps:
        """Return the global branch's maps of a view."""
        features, logits, c4 = self.global_branch(view)
        return GlobalMaps(logits if self.choices.fusion == "logits" else features, logits, c4)

    def global_logits(self, image: Tensor) -> Tensor:
        """Return what the global branch alone says of every pixel, ``(N, K, H, W)``, for comparison."""
        return resize_bilinear(self.look_at_view(self.global_view(image)).logits, tuple(image.shape[-2:]))

    def logits_with_selection(self, image: Tensor, maps: GlobalMaps, selected: Tensor) -> Tensor:
        """Return the logits of every pixel when the patches ``selected`` (N, grid²) are refined."""
        refined = self.refine(image, maps, selected)
        return resize_bilinear(self.aggregate(maps, refined, selected), tuple(image.shape[-2:]))

    def static_logits(self, image: Tensor) -> Tensor:
        """Return the logits of every pixel with every patch refined, and used where it is selected.

        Which patches are selected depends on values; the answer is that of `forward`, at the cost of all patches.
        """
        view = self.global_view(image)
        maps = self.look_at_view(view)
        _, selected = self._selection(view, maps)
        refined = self.refine(image, maps, torch.ones_like(selected))
        size = self._fusion_size(maps)
        counts = _spread(selected, tile_boxes(*size, self.choices.grid), *size)
        refined = replace(refined, placed=torch.where(counts, refined.placed, 0.0))
        return resize_bilinear(self.aggregate(maps, refined, selected), tuple(image.shape[-2:]))

    def refine(self, image: Tensor, maps: GlobalMaps, selected: Tensor, *, with_logits: bool = False) -> RefinedPatches:
        """Return the refinement branch's maps of the selected patches; the others cost nothing."""
        where = selected.cpu().nonzero()  # (P, 2), asked for on the host
        step = max(len(where), 1) if self.training else self.patch_batch
        size = self._fusion_size(maps)
        boxes = tile_boxes(*size, self.choices.grid)
        placed = empty_as(maps.features, (len(image), self._refined_channels(), *size)).zero_()
        logits: list[Tensor] = []
        for chunk in where.split(step) if len(where) else ():
            f, z, _ = self.refine_branch(self.refine_input(image, maps.logits, chunk))
            for (n, i), one in zip(chunk.tolist(), z if self.choices.fusion == "logits" else f, strict=True):
                # Brought to its place at once: a patch's own features are far larger, and with more patches than are
                # refined together the memory that is needed does not grow.
                placed[n : n + 1, :, *boxes[i].slices] = resize_bilinear(one[None], (boxes[i].height, boxes[i].width))
            if with_logits:
                logits += z
            del f, z
        return RefinedPatches(where, placed, tuple(logits))

    def refine_input(self, image: Tensor, logits: Tensor, where: Tensor) -> Tensor:
        """Return patches at the size the refinement branch takes, weighed by the saliency of their logits.

        Args:
            image: ``(N, 3, H, W)``.
            logits: Global logits ``(N, K, h, w)``.
            where: Image and tile index of each patch, ``(P, 2)``.
        """
        grid, side = self.choices.grid, self.choices.patch_input_px
        h, w = image.shape[-2:]
        size = (side, side) if side else (-(-h // grid), -(-w // grid))
        boxes, small = tile_boxes(h, w, grid), tile_boxes(*logits.shape[-2:], grid)
        places = where.tolist()
        patches = torch.cat([resize_bilinear(image[n : n + 1, :, *boxes[i].slices], size) for n, i in places])
        tiles = torch.cat([resize_bilinear(logits[n : n + 1, :, *small[i].slices], size) for n, i in places])
        return patches * self.saliency(tiles if self.choices.joint_saliency else tiles.detach())

    def aggregate(self, maps: GlobalMaps, refined: RefinedPatches, selected: Tensor) -> Tensor:
        """Return the logits on the fusion grid from global features and the refined patches in their places."""
        h, w = self._fusion_size(maps)
        whole = resize_bilinear(maps.features, (h, w))
        logits = self.aggregation(torch.cat([refined.placed, whole], dim=1))
        if not self.choices.keep_global_unselected:
            return logits
        boxes = tile_boxes(h, w, self.choices.grid)
        unchanged = resize_bilinear(maps.logits, (h, w))
        return torch.where(_spread(selected, boxes, h, w), logits, unchanged)

    def phase_of_epoch(self, epoch: int, warm_up_epochs: int = 10) -> str:
        """Return the paper's phase for an epoch: the global branch alone, then proposals and mainbody in turns."""
        if epoch < warm_up_epochs:
            return "global"
        return "proposal" if (epoch - warm_up_epochs) % 2 == 0 else "mainbody"

    def training_loss(self, image: Tensor, class_ids: Tensor) -> dict[str, Tensor]:
        """Return the loss terms of the present ``phase``.

        The alternating schedule is the trainer's business: it sets ``phase`` before an epoch (see `phase_of_epoch`).
        "joint" does both halves in every step: no gradient passes between proposals and mainbody either way, since a
        selection is a hard choice and the proposals' labels come from the global branch's present prediction.
        """
        self.check_image(image)
        if self.choices.ignore_unknown:
            class_ids = class_ids.masked_fill(class_ids == 0, IGNORE_INDEX)
        view = self.global_view(image)
        if self.phase == "proposal":
            with torch.no_grad(), _evaluating(self.global_branch):
                maps = self.look_at_view(view)
            loss = self._proposal_loss(self._proposal_logits(view, maps), maps.logits, class_ids)
            return {"proposal": loss, "total": loss}
        maps = self.look_at_view(view)
        terms = {"global": self._focal(maps.logits, class_ids)}
        if self.phase != "global":
            proposals = self._proposal_logits(view, maps, fixed=self.phase == "mainbody")
            terms |= self._refinement_terms(image, class_ids, maps, self._choose(proposals))
            if self.phase == "joint":
                terms["proposal"] = self._proposal_loss(proposals, maps.logits.detach(), class_ids)
        return {**terms, "total": sum(terms.values())}

    def _refinement_terms(
        self, image: Tensor, class_ids: Tensor, maps: GlobalMaps, selected: Tensor
    ) -> dict[str, Tensor]:
        refined = self.refine(image, maps, selected, with_logits=True)
        boxes = tile_boxes(*class_ids.shape[-2:], self.choices.grid)
        losses = [
            self._focal(z[None], class_ids[n : n + 1, *boxes[i].slices])
            for (n, i), z in zip(refined.where.tolist(), refined.logits, strict=True)
        ]
        refine = torch.stack(losses).mean() if losses else maps.logits.new_zeros(())
        return {"refine": refine, "aggregation": self._focal(self.aggregate(maps, refined, selected), class_ids)}

    def _proposal_logits(self, view: Tensor, maps: GlobalMaps | None, *, fixed: bool = False) -> Tensor:
        shared = maps.c4 if self.choices.shared_proposal_backbone else None
        if not fixed:
            return self.proposals(view, shared)
        with torch.no_grad(), _evaluating(self.proposals):
            return self.proposals(view, shared)

    def _selection(self, view: Tensor, maps: GlobalMaps | None) -> tuple[Tensor, Tensor]:
        """Return each patch's chance of being proposed, NaN where it overflowed, and whether it is selected."""
        if self.choices.selection == "proposals":
            proposals = self._proposal_logits(view, maps)
            chances = proposals.float().sigmoid().masked_fill(~proposals.isfinite(), torch.nan)
            return chances, self._choose(proposals)
        scores = torch.full((len(view), self.choices.grid**2), float("nan"), device=view.device)
        return scores, torch.full_like(scores, self.choices.selection == "all", dtype=torch.bool)

    def _choose(self, proposals: Tensor) -> Tensor:
        if self.choices.selection == "proposals":
            return proposals >= 0  # sigmoid ≥ 0.5
        return torch.full_like(proposals, self.choices.selection == "all", dtype=torch.bool)

    def _proposal_loss(self, proposals: Tensor, logits: Tensor, class_ids: Tensor) -> Tensor:
        labels = resize_labels(class_ids, tuple(logits.shape[-2:]))
        excluded = 0 if self.choices.ignore_unknown else None
        overall = self._running_score(logits, labels, excluded) if self.choices.overall_score == "running" else None
        worse, counts = proposal_labels(logits, labels, self.choices.grid, excluded, overall)
        losses = functional.binary_cross_entropy_with_logits(proposals.float(), worse, weight=counts, reduction="sum")
        return losses / counts.sum().clamp(min=1)

    @torch.no_grad()
    def _running_score(self, logits: Tensor, labels: Tensor, excluded: int | None) -> Tensor:
        scores = region_scores(logits.argmax(1), labels, self.num_classes, excluded)
        if self.training and not bool(scores.isnan().all()):
            self.running_score.lerp_(scores.nanmean().to(self.running_score.dtype), RUNNING_SHARE)
        return self.running_score

    def _focal(self, logits: Tensor, class_ids: Tensor) -> Tensor:
        labels = resize_labels(class_ids, tuple(logits.shape[-2:]))
        form = focal_loss if self.choices.focal_form == "softmax" else one_vs_all_focal_loss
        return form(logits.float(), labels, self.choices.focal_gamma)

    def _fusion_size(self, maps: GlobalMaps) -> tuple[int, int]:
        h, w = maps.features.shape[-2:]
        return self.choices.fusion_scale * h, self.choices.fusion_scale * w

    def _refined_channels(self) -> int:
        return self.num_classes if self.choices.fusion == "logits" else self.refine_branch.out_channels


def _without_overflowed(logits: Tensor, chances: Tensor) -> Tensor:
    """Return the logits, NaN for images of which a patch's chance is: whether to refine it was not decided."""
    overflowed = chances.isnan().any(dim=1)[:, None, None, None]
    if torch.is_grad_enabled():
        return logits.masked_fill(overflowed, torch.nan)
    return logits.masked_fill_(overflowed, torch.nan)


def _spread(selected: Tensor, boxes: tuple[Box, ...], height: int, width: int) -> Tensor:
    mask = torch.zeros(len(selected), 1, height, width, dtype=torch.bool, device=selected.device)
    for i, box in enumerate(boxes):
        mask[(..., *box.slices)] = selected[:, i, None, None, None]
    return mask


@contextmanager
def _evaluating(module: nn.Module) -> Iterator[None]:
    """Hold a module in inference mode."""
    was_training = module.training
    module.eval()
    try:
        yield
    finally:
        module.train(was_training)
