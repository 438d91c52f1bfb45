"""GLNet: a small view of the whole image and patches at full resolution share their features.

Chen et al., "Collaborative Global-Local Networks for Memory-Efficient Segmentation of Ultra-high Resolution Images",
CVPR 2019, <https://arxiv.org/abs/1905.06368>. One class per inference path;
each path is also the training stage that makes it:

* `GLNetGlobal` (G): the small view alone;
* `GLNetGlobalToLocal` (G→L): patches that see a frozen global branch's maps;
* `GLNetGlobalAndLocal` (G⇄L): a second global branch that also sees the patches' merged maps.

Parameter names are those of the public checkpoints; the frozen first-stage branch that G⇄L needs beside its own is
`fixed_resnet_global` and `fixed_fpn_global`. Each class holds only the convolutions it evaluates.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from ..layers.patching import (
    PatchGrid,
    PatchMerger,
    add_patch_scores,
    crop_for_patches,
    cut_patches,
    empty_scores,
)
from ..layers.pyramid import SharedMaps
from ..network import SegmentationNetwork
from .base import GLNet, PatchedGLNet
from .config import PATHS, GLNetConfig
from .folded import fold
from .stages import check_stage, check_trained, pad_labelled

FEATURE_LOSS_WEIGHT = 0.15
"""Weight of the distance between local and global ps3 in stage G→L."""


class GLNetGlobal(GLNet):
    """The global branch alone: class of every pixel from the small view. First training stage."""

    path = "global"

    def __init__(self, *, num_classes: int = 7, config: GLNetConfig | None = None) -> None:
        super().__init__(num_classes=num_classes, config=config)
        self.resnet_global = self._backbone()
        self.fpn_global = self._head(self.resnet_global)

    def scores(self, image: Tensor) -> Tensor:
        """Return the view's logits, each repeated over the pixels it stands for (bilinear with `smooth_patches`)."""
        mode = "bilinear" if self.smooth_patches else "nearest"
        return functional.interpolate(self.view_logits(image), size=image.shape[-2:], mode=mode)

    def view_logits(self, image: Tensor) -> Tensor:
        """Return the logits at 1/4 of the small view."""
        _, ps3 = self.fpn_global(self.resnet_global(self.global_view(image)))
        return self.fpn_global.classify(ps3)  # (N, K, g/4, g/4)

    def training_terms(self, image: Tensor, class_ids: Tensor) -> Iterator[dict[str, Tensor]]:
        """Yield the focal loss of the view at once."""
        loss = self._focal(self.view_logits(image), class_ids)
        yield {"global": loss, "total": loss}

    def _mean_scores(self, image: Tensor) -> Tensor:
        return self.scores(image)


class GLNetGlobalToLocal(PatchedGLNet):
    """Patches that see a frozen global branch's maps. Second training stage."""

    path = "global_to_local"
    frozen = ("resnet_global", "fpn_global")

    def __init__(self, *, num_classes: int = 7, config: GLNetConfig | None = None) -> None:
        super().__init__(num_classes=num_classes, config=config)
        self.resnet_global = self._backbone()
        self.fpn_global = self._head(self.resnet_global)
        self._local_parts()
        self._freeze()

    def for_inference(self) -> GLNet:
        """Return the folded network where that is faster, else a copy with these weights and settings of its own."""
        return fold(copy.copy(self.eval()))

    def start_from(self, previous: SegmentationNetwork) -> None:
        """Take the global branch of a trained `GLNetGlobal`."""
        check_stage(self.sizes, self.num_classes, previous)
        for name in ("resnet_global", "fpn_global"):
            getattr(self, name).load_state_dict(getattr(previous, name).state_dict())

    def scores(self, image: Tensor) -> Tensor:
        """Return the summed logits of all patches."""
        grid = self.grid_of(image)
        shared, ps3 = self.view_maps(image)
        scores = empty_scores(image, self.num_classes)
        for indices in self._sub_batches(range(len(grid))):
            _, local = self.local_maps(image, grid, indices, shared)
            logits = self.patch_logits(local, ps3, grid, indices)
            add_patch_scores(scores, grid, indices, logits, smooth=self.smooth_patches)
        return scores

    def view_maps(self, image: Tensor) -> tuple[SharedMaps, Tensor]:
        """Return the frozen global branch's maps and ps3."""
        with torch.no_grad():
            return self.fpn_global(self.resnet_global(self.global_view(image)))

    def patch_logits(self, local: Tensor, global_ps3: Tensor, grid: PatchGrid, indices: Sequence[int]) -> Tensor:
        """Return the aggregated logits of some patches at 1/4 of their size."""
        crop = crop_for_patches(global_ps3, grid, indices, tuple(local.shape[-2:]))
        return self.local_half(local) + self.global_half(crop)

    def training_terms(self, image: Tensor, class_ids: Tensor) -> Iterator[dict[str, Tensor]]:
        """Yield the terms of one sub-batch of patches at a time: local, aggregated, feature distance."""
        check_trained(self.path, self.resnet_global)
        n = image.shape[0]
        image, class_ids = pad_labelled(image, class_ids, self.sizes.patch_px)
        grid = self.grid_of(image)
        for one, ids in zip(image.split(1), class_ids.split(1), strict=True):
            shared, ps3 = self.view_maps(one)
            for indices in self._sub_batches(self._drawn_patches(grid)):
                _, local = self.local_maps(one, grid, indices, shared)
                yield self._terms(local, ps3, cut_patches(ids, grid, indices), grid, indices, n)

    def _terms(
        self, local: Tensor, ps3: Tensor, ids: Tensor, grid: PatchGrid, indices: Sequence[int], n: int
    ) -> dict[str, Tensor]:
        crop = crop_for_patches(ps3, grid, indices, tuple(local.shape[-2:]))
        terms = {
            "local": self._focal(self.fpn_local.classify(local), ids) / n,
            "ensemble": self._focal(self.local_half(local) + self.global_half(crop), ids) / n,
            "features": FEATURE_LOSS_WEIGHT * functional.mse_loss(local.float(), crop.float()) / n,
        }
        return {**terms, "total": sum(terms.values())}


class GLNetGlobalAndLocal(PatchedGLNet):
    """Both directions: the patches see a frozen global branch, a second one sees the patches. Third stage."""

    path = "global_and_local"
    frozen = ("fixed_resnet_global", "fixed_fpn_global", "resnet_local", "fpn_local")

    def __init__(self, *, num_classes: int = 7, config: GLNetConfig | None = None) -> None:
        super().__init__(num_classes=num_classes, config=config)
        self.fixed_resnet_global = self._backbone()
        self.fixed_fpn_global = self._head(self.fixed_resnet_global, classify=False)
        self.resnet_global = self._backbone()
        self.fpn_global = self._head(self.resnet_global, partner=True, suffix="_ext")
        self._local_parts()
        self._freeze()

    def for_inference(self) -> GLNet:
        """Return the folded network where that is faster, else a copy with these weights and settings of its own."""
        return fold(copy.copy(self.eval()))

    def start_from(self, previous: SegmentationNetwork) -> None:
        """Take everything of a trained `GLNetGlobalToLocal`; its global branch is both kept and trained on."""
        check_stage(self.sizes, self.num_classes, previous)
        for name in ("resnet_global", "resnet_local", "fpn_local", "ensemble_conv"):
            getattr(self, name).load_state_dict(getattr(previous, name).state_dict())
        self.fixed_resnet_global.load_state_dict(previous.resnet_global.state_dict())
        self.fpn_global.classify.load_state_dict(previous.fpn_global.classify.state_dict())
        plain = {k: v for k, v in previous.fpn_global.state_dict().items() if not k.startswith("classify.")}
        self.fixed_fpn_global.load_state_dict(plain)

    def scores(self, image: Tensor) -> Tensor:
        """Return the summed logits of all patches."""
        grid = self.grid_of(image)
        every = range(len(grid))
        merged, halves = self.look_at_patches(image, grid, every)
        _, ps3 = self.view_maps(image, merged)
        scores = empty_scores(image, self.num_classes)
        for indices in self._sub_batches(every):
            logits = self.patch_logits(halves, ps3, grid, indices)
            add_patch_scores(scores, grid, indices, logits, smooth=self.smooth_patches)
        return scores

    def look_at_patches(
        self, image: Tensor, grid: PatchGrid, kept: Sequence[int]
    ) -> tuple[SharedMaps, dict[int, Tensor]]:
        """Return the patches' maps merged over the image, and the local half of the kept patches' logits.

        Args:
            image: One image ``(1, 3, H, W)``.
            grid: Its patches.
            kept: Patches whose logits will be asked for.
        """
        with torch.no_grad():
            context = self.fixed_fpn_global.share(self.fixed_resnet_global(self.global_view(image)))
            mergers = [PatchMerger(m, grid) for m in context.flat()]
        wanted, halves = set(kept), {}
        for indices in self._sub_batches(range(len(grid))):
            with torch.no_grad():
                shared, local = self.local_maps(image, grid, indices, context)
                for merger, maps in zip(mergers, shared.flat(), strict=True):
                    merger.add(indices, maps)
            halves |= {i: self.local_half(one) for i, one in zip(indices, local.split(1), strict=True) if i in wanted}
        return SharedMaps.from_flat([merger.merged() for merger in mergers]), halves

    def view_maps(self, image: Tensor, merged: SharedMaps) -> tuple[SharedMaps, Tensor]:
        """Return maps and ps3 of the global branch that sees the patches' merged maps."""
        return self.fpn_global(self.resnet_global(self.global_view(image)), merged)

    def patch_logits(self, halves: dict[int, Tensor], ps3: Tensor, grid: PatchGrid, indices: Sequence[int]) -> Tensor:
        """Return the aggregated logits of some patches at 1/4 of their size."""
        local = torch.cat([halves[i] for i in indices])
        return local + self.global_half(crop_for_patches(ps3, grid, indices, tuple(local.shape[-2:])))

    def training_terms(self, image: Tensor, class_ids: Tensor) -> Iterator[dict[str, Tensor]]:
        """Yield the terms of one image at a time: the view's and the sum over its sub-batches of patches."""
        check_trained(self.path, self.fixed_resnet_global)
        n = image.shape[0]
        image, class_ids = pad_labelled(image, class_ids, self.sizes.patch_px)
        grid = self.grid_of(image)
        for one, ids in zip(image.split(1), class_ids.split(1), strict=True):
            drawn = self._drawn_patches(grid)
            merged, halves = self.look_at_patches(one, grid, drawn)
            _, ps3 = self.view_maps(one, merged)
            terms = {"global": self._focal(self.fpn_global.classify(ps3), ids) / n, "ensemble": ps3.new_zeros(())}
            for indices in self._sub_batches(drawn):
                logits = self.patch_logits(halves, ps3, grid, indices)
                terms["ensemble"] = terms["ensemble"] + self._focal(logits, cut_patches(ids, grid, indices)) / n
            yield {**terms, "total": terms["global"] + terms["ensemble"]}


def build_glnet(*, num_classes: int = 7, config: GLNetConfig | None = None) -> GLNet:
    """Return a GLNet of the path that the configuration names."""
    config = config or GLNetConfig()
    classes = {c.path: c for c in (GLNetGlobal, GLNetGlobalToLocal, GLNetGlobalAndLocal)}
    return classes[config.path](num_classes=num_classes, config=config)


def training_stages(path: str) -> tuple[str, ...]:
    """Return the paths to train one after the other, each started from the one before, to end with ``path``."""
    return PATHS[: PATHS.index(path) + 1]
