"""The local branch of GLNet with its affine head folded; folded.py tells what and why."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..inference.affine import (
    axis_table,
    compose,
    conv_by_rows,
    conv_of_enlarged,
    kernel_rows,
    kernel_taps,
)
from ..layers.blocks import full_precision, resize_bilinear
from ..layers.patching import PatchGrid
from ..layers.pyramid import PyramidHead, SharedMaps
from .folded_finest import LEVEL as FINEST
from .folded_finest import Ends, FinestLevel

RING_SIDES = (("top", 2, 2, 0), ("bottom", 2, 0, 2), ("left", 3, 2, 0), ("right", 3, 0, 2))
"""Sides of the ring: kernel axis across it, the smoothing's index that looks in, the aggregation's that looks out."""


class FoldedLocalBranch(nn.Module):
    """Backbone and pyramid of the patches, and the local half of their logits.

    Args:
        resnet: Local backbone.
        head: Its pyramid, with a partner.
        ensemble: Local half of the aggregation's kernel, ``(K, C, 3, 3)``.
        steps: What to fold.
    """

    def __init__(self, resnet: nn.Module, head: PyramidHead, ensemble: Tensor, steps: Sequence[str]) -> None:
        super().__init__()
        self.resnet, self.steps = resnet, frozenset(steps)
        self.head = None if {"laterals", "smoothing", "logits"} <= self.steps else head  # its weights are needed twice
        self.register_buffer("ensemble", ensemble.detach())
        self.lowered_kernels: list[str] = []
        for level in range(4):
            self._split(f"lateral{level}", head.lateral(level), 1)
            for step in (1, 2):
                self._split(f"smooth{step}_{level}", head.smoothing(step, level), 3)
        if "logits" in self.steps:
            self._fold_logits(head.smooth.weight.detach(), head.smooth.bias.detach())
        whole = {"smoothing", "logits", "finest"} <= self.steps
        self.finest = FinestLevel(head, self.ensemble) if whole else None

    def _split(self, name: str, conv: nn.Conv2d, kernel: int) -> None:
        """Keep the own half of a convolution as it is and the partner's half as taps."""
        half = conv.weight.shape[1] // 2
        own = nn.Conv2d(half, conv.out_channels, kernel, padding=kernel // 2, device="meta")
        own.weight = nn.Parameter(conv.weight[:, :half].detach().contiguous(), requires_grad=False)
        own.bias = nn.Parameter(conv.bias.detach(), requires_grad=False)
        self.add_module(f"{name}_own", own)
        partner = conv.weight[:, half:].detach()
        self.register_buffer(f"{name}_partner", kernel_taps(partner) if kernel > 1 else partner.contiguous())
        self.lowered_kernels.append(f"{name}_partner")

    def _fold_logits(self, smooth: Tensor, bias: Tensor) -> None:
        dtype, e = smooth.dtype, self.ensemble
        both = compose(smooth, e)  # (K, C, 5, 5)
        groups = both.to(dtype).chunk(8, dim=1)  # own and partner of level 5, of level 4 …
        for level in range(4):
            own = groups[2 * level]
            self.register_buffer(f"logits{level}_own", kernel_rows(own) if level == FINEST else kernel_taps(own))
            self.register_buffer(f"logits{level}_partner", kernel_taps(groups[2 * level + 1]))
        b = bias.double()
        self.register_buffer("logit_bias", torch.einsum("kmij,m->k", e.double(), b).to(dtype).view(1, -1, 1, 1))
        # A ring cell beside the patch sees the patch through one row or column of the smoothing kernel, and is seen
        # from inside through the opposite one of the aggregation's.
        for side, axis, inner, outer in RING_SIDES:
            s, g = smooth.narrow(axis, inner, 1), e.narrow(axis, outer, 1)
            self.register_buffer(f"{side}_kernel", compose(s, g).to(dtype))
            self.register_buffer(f"{side}_bias", torch.einsum("kmij,m->k", g.double(), b).to(dtype).view(1, -1, 1, 1))
        for v, row in enumerate((2, 0)):
            for h, col in enumerate((2, 0)):
                corner = e[:, :, 2 - row, 2 - col].double()
                self.register_buffer(f"corner{v}{h}_kernel", (corner @ smooth[:, :, row, col].double()).to(dtype))
                self.register_buffer(f"corner{v}{h}_bias", (corner @ b).to(dtype))

    def hoist(self, context: SharedMaps) -> SharedMaps:
        """Return the global maps with what can be done once per image done."""
        if "laterals" not in self.steps:
            return context
        laterals = tuple(
            functional.conv2d(m, getattr(self, f"lateral{i}_partner")) for i, m in enumerate(context.backbone)
        )
        return SharedMaps(laterals, context.ps0, context.ps1, context.ps2)

    def forward(self, patches: Tensor, crops: SharedMaps, *, merges: bool) -> tuple[SharedMaps | None, Tensor]:
        """Return the patches' maps and the local half of their logits (without the aggregation's bias).

        Args:
            patches: ``(N, 3, p, p)``.
            crops: What each sees of the global maps, not yet resized.
            merges: Whether the maps are wanted, to be merged.
        """
        own = tuple(reversed(self.resnet(patches)))
        ps0 = self._top_down(own, crops.backbone)
        whole = self.finest is not None and exact_on_cpu(patches)
        smoothed = ps0[:FINEST] if whole else ps0
        ps1 = tuple(self._smooth(1, i, m, crops.ps0[i]) for i, m in enumerate(smoothed))
        ps2 = tuple(self._smooth(2, i, m, crops.ps1[i]) for i, m in enumerate(ps1))
        with full_precision(patches):  # few outputs, summed often: keep their precision
            finest = (ps0[FINEST], crops.ps0[FINEST], crops.ps1[FINEST])
            logits = self._logits([m.float() for m in ps2], [m.float() for m in crops.ps2], finest if whole else None)
        return SharedMaps(own, ps0, ps1, ps2) if merges else None, logits

    def _top_down(self, own: Sequence[Tensor], crops: Sequence[Tensor]) -> tuple[Tensor, ...]:
        maps: list[Tensor] = []
        for i, mine in enumerate(own):
            size = tuple(mine.shape[-2:])
            theirs = resize_bilinear(crops[i], size)
            if "laterals" in self.steps:
                lateral = getattr(self, f"lateral{i}_own")(mine).add_(theirs)
            else:
                lateral = self.head.lateral(i)(torch.cat([mine, theirs], dim=1))
            maps.append(resize_bilinear(maps[-1], size) + lateral if maps else lateral)
        return tuple(maps)

    def _smooth(self, step: int, level: int, own: Tensor, crop: Tensor) -> Tensor:
        name, size = f"smooth{step}_{level}", tuple(own.shape[-2:])
        if "smoothing" not in self.steps:
            conv = self.head.smoothing(step, level)
            return conv(torch.cat([own, resize_bilinear(crop, size)], dim=1))
        rows, cols = (axis_table((crop.shape[i], size[i]), 3, crop) for i in (-2, -1))
        theirs = conv_of_enlarged(crop, getattr(self, f"{name}_partner"), 3, rows, cols)
        return getattr(self, f"{name}_own")(own).add_(theirs)

    def _logits(
        self, own: Sequence[Tensor], crops: Sequence[Tensor], finest: tuple[Tensor, Tensor, Tensor] | None
    ) -> Tensor:
        """Return the local half of the logits from ps2 of the levels, or in the finest level from ``finest``."""
        if "logits" not in self.steps:
            sizes = [tuple(m.shape[-2:]) for m in own]
            both = [torch.cat([m, resize_bilinear(c, s)], 1) for m, c, s in zip(own, crops, sizes, strict=True)]
            ps3 = self.head.smooth(torch.cat([resize_bilinear(m, sizes[-1]) for m in both], dim=1))
            return functional.conv2d(ps3, self.ensemble, padding=1)
        if finest is None:
            total, ends = conv_by_rows(own[FINEST], self.logits3_own, 5), _outermost(own[FINEST])
        else:
            total, ends = self.finest.logits(*finest)
        size = tuple(total.shape[-2:])
        total = total + self.logit_bias
        for i, crop in enumerate(crops):
            level = tuple(own[i].shape[-2:]) if i < FINEST else size
            if i < FINEST:
                total += self._enlarged_logits(own[i], f"logits{i}_own", (level, size))
            total += self._enlarged_logits(crop, f"logits{i}_partner", (level, size))
        return self._without_ring(total, *_borders(own[:FINEST], ends, crops, size))

    def _enlarged_logits(self, x: Tensor, taps: str, sizes: Sequence[tuple[int, int]]) -> Tensor:
        rows, cols = (axis_table((x.shape[i], *(s[i] for s in sizes)), 5, x) for i in (-2, -1))
        return conv_of_enlarged(x, getattr(self, taps), 5, rows, cols)

    def _without_ring(self, logits: Tensor, rows: Tensor, cols: Tensor) -> Tensor:
        """Subtract what the composed kernel takes from the one-pixel ring that the published form sees as zero.

        Args:
            logits: ``(N, K, H, W)``, changed in place.
            rows: First and last row of what the last smoothing would see, ``(N, C, 2, W)``.
            cols: First and last column, ``(N, C, H, 2)``.
        """
        logits[:, :, :1] -= functional.conv2d(rows[:, :, :1], self.top_kernel, padding=(0, 2)) + self.top_bias
        logits[:, :, -1:] -= functional.conv2d(rows[:, :, 1:], self.bottom_kernel, padding=(0, 2)) + self.bottom_bias
        logits[..., :1] -= functional.conv2d(cols[..., :1], self.left_kernel, padding=(2, 0)) + self.left_bias
        logits[..., -1:] -= functional.conv2d(cols[..., 1:], self.right_kernel, padding=(2, 0)) + self.right_bias
        for v in (0, 1):
            for h in (0, 1):  # each corner of the ring was subtracted twice
                kernel, bias = getattr(self, f"corner{v}{h}_kernel"), getattr(self, f"corner{v}{h}_bias")
                logits[:, :, -v, -h] += rows[:, :, v, -h] @ kernel.t() + bias
        return logits


def exact_on_cpu(like: Tensor) -> bool:
    """Return whether the step "finest" is taken: on the CPU in 32 bits, where it was measured to be faster.

    Kernels with few outputs leave tensor cores idle, and convolutions in 16 bits are fast as they are.
    """
    return like.device.type == "cpu" and not torch.is_autocast_enabled("cpu")


def crop_context(context: SharedMaps, grid: PatchGrid, indices: Sequence[int]) -> SharedMaps:
    """Return what some patches see of the global maps, cropped and not yet resized."""
    return context.transform(lambda _, m: cut_map(m, grid, indices))


def _outermost(m: Tensor) -> Ends:
    return Ends(m[:, :, :1], m[:, :, -1:], m[..., :1], m[..., -1:])


def _borders(
    coarser: Sequence[Tensor], finest: Ends, crops: Sequence[Tensor], size: tuple[int, int]
) -> tuple[Tensor, Tensor]:
    """Return first and last row ``(N, C, 2, W)`` and column ``(N, C, H, 2)`` of what the last smoothing would see."""
    rows, cols = [], []
    for i, crop in enumerate(crops):
        level = tuple(coarser[i].shape[-2:]) if i < FINEST else size
        for m in (coarser[i], crop) if i < FINEST else (None, crop):
            if m is None:
                rows.append(torch.cat([finest.top, finest.bottom], dim=2))
                cols.append(torch.cat([finest.left, finest.right], dim=3))
                continue
            r, c = (axis_table((m.shape[a], level[a], size[a]), 1, m) for a in (-2, -1))  # (h, H) and (w, W)
            ends_r, ends_c = (torch.cat([x[:, :1], x[:, -1:]], dim=1) for x in (r, c))
            rows.append(ends_r.t() @ m @ c)
            cols.append(r.t() @ (m @ ends_c))
    return torch.cat(rows, dim=1), torch.cat(cols, dim=1)


def cut_map(whole: Tensor, grid: PatchGrid, indices: Sequence[int]) -> Tensor:
    """Return the patches' parts, all of one size, of a map of the whole image, ``(len(indices), C, h, w)``."""
    return torch.cat([whole[(..., *grid.box_in_map(i, *whole.shape[-2:]).slices)] for i in indices])
