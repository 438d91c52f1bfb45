"""Arithmetic in 16 bits with the map of 32: how weights are rounded, and what stays in 32 bits."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..layers.blocks import full_precision


class WideConv2d(nn.Conv2d):
    """A convolution in float32 whatever the precision around it; see also `forbid_shortened_sums`.

    For logits: the winner is decided by small differences of them, which 16 bits cannot tell apart.
    """

    def forward(self, x: Tensor) -> Tensor:
        """Return the convolution of ``x`` in float32."""
        with full_precision(x):
            return super().forward(x.float())


def forbid_shortened_sums() -> None:
    """Make GPUs do float32 in full, and sum products of 16 bits in float32: a setting of the process.

    Torch allows TF32 in convolutions, which has no more digits than float16, and sums of float16 in matrix products.
    """
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction = False


def lower_weights(network: nn.Module, precision: torch.dtype) -> None:
    """Turn the weights of convolutions and linear layers to 16 bits, those of `WideConv2d` left out.

    Args:
        network: Network; it is changed. A module that convolves with buffers names them in ``lowered_kernels``.
        precision: Number type of 16 bits.
    """
    for module in network.modules():
        for name in getattr(module, "lowered_kernels", ()):
            setattr(module, name, rounded_with_equal_sums(getattr(module, name), precision))
        if isinstance(module, nn.Conv2d | nn.Linear) and not isinstance(module, WideConv2d):
            weight = rounded_with_equal_sums(module.weight, precision)
            module.to(precision)
            module.weight = nn.Parameter(weight, requires_grad=False)


@torch.no_grad()
def rounded_with_equal_sums(weight: Tensor, precision: torch.dtype) -> Tensor:
    """Return a kernel in 16 bits in which rounding errors do not add up.

    What is rounded off a weight is given to the next one of the same output, first along the kernel's cells, then
    along the inputs (error diffusion). Neighbouring cells of a map are alike, and activations after a ReLU are all
    positive, so that errors of one sign would shift every logit; this way they cancel. On the starters of PPN and GLNet
    float16 moves half as many pixels as with weights rounded to the nearest (benchmarks/results/precision.md).

    Args:
        weight: ``(O, I, …)``, one row for each output.
        precision: Number type of 16 bits.
    """
    if weight.is_meta:
        return weight.to(precision)
    columns = weight.flatten(1).t().contiguous().double()  # (inputs and cells, O)
    result = torch.empty(columns.shape, dtype=precision, device=weight.device)
    rest = columns.new_zeros(columns.shape[1])
    for i, column in enumerate(columns):
        wanted = column + rest
        result[i] = wanted.to(precision)
        rest = torch.nan_to_num(wanted - result[i], 0.0, 0.0, 0.0)  # out of range: such tiles are done in float32
    return result.t().reshape(weight.shape)
