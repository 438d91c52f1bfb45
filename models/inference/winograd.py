"""Winograd's minimal filtering for 3×3 convolutions on the CPU: the same sums with a quarter of the products.

torch's CPU convolutions multiply out every tap. For many channels it pays to transform 6×6 squares of the input so that
4×4 outputs need 36 products per pair of channels instead of 144; the products are matrix products, and both transforms
are additions, done strip by strip so that their squares stay in the processor's cache.

References:
    Lavin, Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016, F(4×4, 3×3).
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn

STEP, SQUARE = 4, 6
"""Outputs and inputs of a square along each axis."""

WORKSPACE_BYTES = 20 * 2**20
"""Transformed inputs and products of a strip: about what the last cache of a processor holds."""

FEWEST_CHANNELS = 128
"""With fewer input or output channels the transforms take what the products save."""

KERNEL_TRANSFORM = (
    (1 / 4, 0, 0),
    (-1 / 6, -1 / 6, -1 / 6),
    (-1 / 6, 1 / 6, -1 / 6),
    (1 / 24, 1 / 12, 1 / 6),
    (1 / 24, -1 / 12, 1 / 6),
    (0, 0, 1),
)  # G of the paper


class WinogradConv2d(nn.Conv2d):
    """A 3×3 convolution (stride 1, zero padded to keep the size) that Winograd's method does, in 32 bits on the CPU.

    Everywhere else it is the convolution it was made of; parameters and their names are the same. For inference only:
    the kernel is transformed once.
    """

    def __init__(self, conv: nn.Conv2d) -> None:
        nn.Module.__init__(self)
        state = conv.__dict__
        self.__dict__.update({k: v.copy() if isinstance(v, dict) else v for k, v in state.items()})
        self.register_buffer("transformed", transform_kernel(conv.weight), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """Return the convolution of ``x`` (N, C, H, W)."""
        d = self.dilation[0]
        if not _is_faster(x, d):
            return super().forward(x)
        if d == 1:
            return convolve(x, self.transformed, self.bias)
        result = x.new_empty(len(x), *x.shape[2:], self.out_channels).permute(0, 3, 1, 2)
        for row in range(d):
            for col in range(d):  # cells d apart see each other only
                result[..., row::d, col::d] = convolve(x[..., row::d, col::d], self.transformed, self.bias)
        return result


def use_winograd(network: nn.Module) -> nn.Module:
    """Return a copy that does wide 3×3 convolutions by Winograd's method; it shares the weights of this one.

    A transformed kernel takes four times the memory of the kernel, so that a network may name the parts that are worth
    it (`SegmentationNetwork.winograd_modules`).
    """
    parts = getattr(network, "winograd_modules", ("",))
    names = [name for name, m in network.named_modules() if name.startswith(parts) and _fits(m)]
    if not names:
        return copy.copy(network)
    tensors = (*network.parameters(), *network.buffers())
    quick = copy.deepcopy(network, {id(t): t for t in tensors})
    for name in names:
        parent, _, own = name.rpartition(".")
        setattr(quick.get_submodule(parent), own, WinogradConv2d(quick.get_submodule(name)))
    return quick


def _fits(conv: nn.Module) -> bool:
    if type(conv) is not nn.Conv2d:
        return False
    d = conv.dilation[0]
    keeps_size = conv.padding == conv.dilation == (d, d) and conv.stride == (1, 1) and conv.padding_mode == "zeros"
    return (
        keeps_size
        and d <= 2
        and conv.groups == 1
        and conv.kernel_size == (3, 3)
        and min(conv.weight.shape[:2]) >= FEWEST_CHANNELS
        and conv.weight.dtype is torch.float32
    )


def _is_faster(x: Tensor, dilation: int) -> bool:
    exact = x.device.type in ("cpu", "meta") and x.dtype is torch.float32
    is_large = min(x.shape[-2:]) >= 2 * STEP * dilation
    return exact and is_large and not torch.is_grad_enabled() and not torch.is_autocast_enabled("cpu")


@torch.no_grad()
def transform_kernel(weight: Tensor) -> Tensor:
    """Return a kernel ``(K, C, 3, 3)`` transformed, ``(36, C, K)``; worked out in float64 and cast last."""
    if weight.is_meta:
        return weight.new_empty(SQUARE**2, weight.shape[1], weight.shape[0])
    g = torch.tensor(KERNEL_TRANSFORM, dtype=torch.float64, device=weight.device)
    rows = torch.einsum("ai,kcij->kcaj", g, weight.double())
    both = torch.einsum("bj,kcaj->abck", g, rows)
    return both.flatten(0, 1).to(weight.dtype).contiguous()


def convolve(x: Tensor, kernel: Tensor, bias: Tensor | None) -> Tensor:
    """Return a 3×3 convolution with stride 1 and zero padding 1, channels last in memory.

    Args:
        x: ``(N, C, H, W)``.
        kernel: From `transform_kernel`.
        bias: ``(K,)`` or None.

    Returns:
        ``(N, K, H, W)``.
    """
    n, c, h, w = x.shape
    k = kernel.shape[-1]
    down, across = -(-h // STEP), -(-w // STEP)
    result = x.new_empty(n, h, w, k)
    at_once = max(1, WORKSPACE_BYTES // (SQUARE**2 * (c + k) * x.element_size()))
    rows = min(down, max(1, at_once // across))
    images = min(n, max(1, at_once // (rows * across)))
    if x.is_meta:  # a trace of memory (memory.py): what one strip takes is enough
        squares = images * rows * across
        x.new_empty(squares, 2 * SQUARE**2 * (c + k))
        return result.permute(0, 3, 1, 2)
    for first in range(0, n, images):
        some = slice(first, min(n, first + images))
        for top in range(0, down, rows):
            count = min(rows, down - top)
            begin, end = top * STEP, min(h, (top + count) * STEP)
            strip = x.new_empty(some.stop - some.start, count * STEP + 2, across * STEP + 2, c)
            low, high = max(0, begin - 1), min(h, end + 1)
            first_row, last_row = low - begin + 1, high - begin + 1
            strip[:, first_row:last_row, 1 : w + 1] = x[some, :, low:high].permute(0, 2, 3, 1)
            for beside in (strip[:, :first_row], strip[:, last_row:], strip[:, :, :1], strip[:, :, w + 1 :]):
                beside.zero_()
            done = _strip(strip, kernel)[:, : end - begin, :w]
            if bias is None:
                result[some, begin:end] = done
            else:
                torch.add(done, bias, out=result[some, begin:end])
    return result.permute(0, 3, 1, 2)


def _strip(strip: Tensor, kernel: Tensor) -> Tensor:
    """Return the convolution of a padded strip ``(n, 4 * r + 2, 4 * s + 2, C)``, ``(n, 4 * r, 4 * s, K)``."""
    n, height, width, c = strip.shape
    r, s, k = height // STEP, width // STEP, kernel.shape[-1]
    rows = strip.new_empty(SQUARE, n, r, width, c)
    _to_squares([strip[:, i : i + STEP * (r - 1) + 1 : STEP] for i in range(SQUARE)], rows)
    squares = strip.new_empty(SQUARE, SQUARE, n, r, s, c)
    _to_squares([rows[:, :, :, j : j + STEP * (s - 1) + 1 : STEP] for j in range(SQUARE)], squares.unbind(1))
    products = torch.bmm(squares.view(SQUARE**2, n * r * s, c), kernel).view(SQUARE, SQUARE, n, r, s, k)
    rows = strip.new_empty(STEP, SQUARE, n, r, s, k)
    _from_squares(products.unbind(0), rows)
    result = strip.new_empty(n, r, STEP, s, STEP, k)
    _from_squares(rows.unbind(1), [result[:, :, :, :, j].permute(2, 0, 1, 3, 4) for j in range(STEP)])
    return result.view(n, r * STEP, s * STEP, k)


def _to_squares(d: list[Tensor], out: Tensor | list[Tensor]) -> None:
    """Write the six combinations of six neighbouring lines (Bᵀ of the paper)."""
    torch.add(d[4], d[0], alpha=4, out=out[0]).sub_(d[2], alpha=5)
    torch.add(d[5], d[1], alpha=4, out=out[5]).sub_(d[3], alpha=5)
    even, odd = torch.sub(d[4], d[2], alpha=4), torch.sub(d[3], d[1], alpha=4)
    torch.add(even, odd, out=out[1])
    torch.sub(even, odd, out=out[2])
    torch.sub(d[4], d[2], out=even)
    torch.sub(d[3], d[1], out=odd)
    torch.add(even, odd, alpha=2, out=out[3])
    torch.sub(even, odd, alpha=2, out=out[4])


def _from_squares(m: tuple[Tensor, ...], out: Tensor | list[Tensor]) -> None:
    """Write the four outputs of six transformed lines (Aᵀ of the paper)."""
    near_sum, near_difference = m[1] + m[2], m[1] - m[2]
    far_sum, far_difference = m[3] + m[4], m[3] - m[4]
    torch.add(near_sum, far_sum, out=out[0]).add_(m[0])
    torch.add(near_difference, far_difference, alpha=2, out=out[1])
    torch.add(near_sum, far_sum, alpha=4, out=out[2])
    torch.add(near_difference, far_difference, alpha=8, out=out[3]).add_(m[5])
