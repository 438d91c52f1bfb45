"""Tracing of our networks for export: their forward passes as a fixed list of operations on images of one size."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from ...network import SegmentationNetwork


class ExportedNetwork(nn.Module):
    """A network as it is exported: normalised image in, probabilities of the classes out.

    Args:
        network: Network in evaluation mode.
    """

    def __init__(self, network: SegmentationNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, image: Tensor) -> Tensor:
        """Return the classes' probabilities of every pixel, ``(N, K, H, W)``."""
        with FixedSizes():
            return functional.softmax(self.network.static_logits(image), dim=1)


class FixedSizes(TorchFunctionMode):
    """Makes sizes plain numbers while a pass is traced, and what ONNX lacks of operations that it has."""

    def __torch_function__(self, func: Any, types: Any, args: tuple = (), kwargs: dict | None = None) -> Any:
        kwargs = kwargs or {}
        if func == Tensor.shape.__get__:
            return tuple(int(n) for n in func(*args))
        if func == Tensor.__rshift__:  # ONNX shifts unsigned numbers only, and float32 is too short for Pillow's sums
            return (args[0].double() / 2 ** args[1]).floor().to(args[0].dtype)
        if func is functional.interpolate and kwargs.get("antialias"):
            return _antialiased(args[0], kwargs["size"])
        return func(*args, **kwargs)


def _antialiased(image: Tensor, size: tuple[int, int]) -> Tensor:
    """Return an image resized with the widened triangle filter, as two products with matrices."""
    h, w = (int(n) for n in image.shape[-2:])
    across = torch.from_numpy(_triangle_weights(w, int(size[1]))).t()
    down = torch.from_numpy(_triangle_weights(h, int(size[0])))
    return torch.matmul(down, torch.matmul(image, across))


@functools.lru_cache(maxsize=8)
def _triangle_weights(length: int, target: int) -> np.ndarray:
    """Return the weight of every old pixel in every new one, ``(target, length)`` float32."""
    scale = length / target
    support = max(scale, 1.0)
    centres = (np.arange(target) + 0.5)[:, None] * scale
    weights = np.maximum(0.0, 1 - np.abs(np.arange(length)[None] + 0.5 - centres) / support)
    return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
