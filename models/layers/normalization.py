"""Batch normalisation that can be trained on one value per channel, as pooled maps of a batch of one image have."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional


class BatchNorm2d(nn.BatchNorm2d):
    """`nn.BatchNorm2d` that falls back to its running statistics where a batch has no statistics.

    One value per channel (image pooling of a batch of one) has no variance: torch refuses it. Here it is normalised as
    at inference, and the running statistics stay as they are, so that training and inference see the same layer.
    Every other batch is treated as by torch, to the last bit.
    """

    def forward(self, x: Tensor) -> Tensor:
        """Return the normalised maps ``(N, C, H, W)``."""
        if not self.training or x.numel() != x.shape[1]:
            return super().forward(x)
        return functional.batch_norm(x, self.running_mean, self.running_var, self.weight, self.bias, eps=self.eps)
