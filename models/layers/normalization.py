"""Batch normalisation: trainable on one value per channel, and folded into the convolution before it for inference.

Folded weights are computed in float64 and cast last.
"""

from __future__ import annotations

import copy

import torch
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


def fold_batch_norm(module: nn.Module) -> nn.Module:
    """Return a network in inference mode whose convolutions do their batch normalisation too.

    A copy; the network itself where it has none to fold.
    """
    if not any(isinstance(m, nn.BatchNorm2d) for m in module.modules()):
        return module.eval()
    return fold_batch_norm_in_place(copy.deepcopy(module))


def fold_batch_norm_in_place(module: nn.Module) -> nn.Module:
    """Let a network's convolutions do their batch normalisation too; it can then no longer be trained as it was."""
    module.eval()
    for parent in list(module.modules()):
        children = dict(parent.named_children())
        for name, norm in children.items():
            conv_name = str(int(name) - 1) if name.isdigit() else name.replace("bn", "conv")
            conv = children.get(conv_name)
            if isinstance(norm, nn.BatchNorm2d) and isinstance(conv, nn.Conv2d):
                setattr(parent, conv_name, _normalised(conv, norm))
                setattr(parent, name, nn.Identity())
    return module


@torch.no_grad()
def _normalised(conv: nn.Conv2d, norm: nn.BatchNorm2d) -> nn.Conv2d:
    scale = norm.weight.double() / (norm.running_var.double() + norm.eps).sqrt()
    conv.weight.copy_(conv.weight.double() * scale.view(-1, 1, 1, 1))
    bias = 0.0 if conv.bias is None else conv.bias.double()
    shift = norm.bias.double() + (bias - norm.running_mean.double()) * scale
    conv.bias = nn.Parameter(shift.to(conv.weight.dtype), requires_grad=False)
    return conv
