"""Layout of maps in memory: channels first or last, and new maps laid out as others are."""

from __future__ import annotations

import torch
from torch import Tensor


def layout_of(x: Tensor) -> torch.memory_format:
    """Return whether maps ``(N, C, H, W)`` lie channels last in memory or contiguously."""
    is_last = x.is_contiguous(memory_format=torch.channels_last)
    return torch.channels_last if is_last else torch.contiguous_format


def empty_as(like: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Return memory for maps of another shape, of the type, place and layout of ``like`` ``(N, C, H, W)``."""
    return torch.empty(shape, dtype=like.dtype, device=like.device, memory_format=layout_of(like))
