"""Exact algebra on convolutions: convolving an enlarged map where it is small, folding normalisation and convolutions.

Folded weights are computed in float64 and cast last.
"""

from __future__ import annotations

import itertools
from functools import lru_cache

import torch
from torch import Tensor
from torch.nn import functional

from ..layers.blocks import resize_bilinear


def conv_of_enlarged(x: Tensor, taps: Tensor, kernel: int, rows: Tensor, cols: Tensor) -> Tensor:
    """Return a zero-padded convolution of a bilinearly resized map, without making that map.

    A convolution is a sum of 1×1 products, one per kernel tap, each shifted. 1×1 products and resizing commute, and
    resizing and shifting act on rows and columns separately, so that both together are one small matrix per axis.

    Args:
        x: Map before resizing, ``(N, C, h, w)``.
        taps: The kernel as one 1×1 convolution, see `kernel_taps`.
        kernel: Side of the square kernel, odd.
        rows: Resizing and shifting of rows, see `shifted_resize`, ``(kernel * h, H)``.
        cols: The same of columns, ``(kernel * w, W)``.

    Returns:
        ``(N, K, H, W)``.
    """
    return enlarge_taps(functional.conv2d(x, taps), kernel, rows, cols)


def enlarge_taps(y: Tensor, kernel: int, rows: Tensor, cols: Tensor) -> Tensor:
    """Return what `conv_of_enlarged` does after its 1×1 products ``(N, k_col * K * k_row, h, w)``, channels last."""
    n, channels, h, w = y.shape
    k = channels // kernel**2
    y = y.unflatten(1, (kernel, k, kernel)).permute(0, 3, 4, 1, 5, 2)  # (N, k_row, h, k_col, w, K)
    y = y.reshape(n * kernel * h, kernel * w, k)
    y = torch.bmm(cols.t().expand(len(y), -1, -1), y)  # (N * k_row * h, W, K)
    y = y.view(n, kernel * h, -1)
    return torch.bmm(rows.t().expand(n, -1, -1), y).view(n, rows.shape[1], -1, k).permute(0, 3, 1, 2)


def conv_by_rows(x: Tensor, rows: Tensor, kernel: int) -> Tensor:
    """Return a zero-padded convolution with few outputs as one with one-row kernels and shifted sums.

    A handful of outputs leaves matrix units idle; ``kernel`` times as many keep them busy for the same arithmetic.

    Args:
        x: ``(N, C, H, W)``.
        rows: The kernel's rows as separate outputs, see `kernel_rows`.
        kernel: Side of the square kernel, odd.
    """
    n, _, h, w = x.shape
    reach = kernel // 2
    y = functional.conv2d(x, rows, padding=(0, reach)).unflatten(1, (kernel, -1))  # (N, k_row, K, H, W)
    total = y.new_zeros(n, y.shape[2], h + 2 * reach, w)
    for row in range(kernel):
        total[:, :, kernel - 1 - row :][:, :, :h] += y[:, row]
    return total[:, :, reach : reach + h]


def kernel_rows(weight: Tensor) -> Tensor:
    """Return a kernel ``(K, C, k, k)`` as the one-row convolution ``(k_row * K, C, 1, k_col)`` of its rows."""
    return weight.permute(2, 0, 1, 3).flatten(0, 1)[:, :, None].contiguous()


def kernel_taps(weight: Tensor) -> Tensor:
    """Return a kernel ``(K, C, k, k)`` as the 1×1 convolution ``(k_col * K * k_row, C, 1, 1)`` of its taps."""
    k_out, channels, k_row, k_col = weight.shape
    return weight.permute(3, 0, 2, 1).reshape(k_col * k_out * k_row, channels, 1, 1).contiguous()


def shifted_resize(resize: Tensor, kernel: int) -> Tensor:
    """Return resizing along one axis followed by each shift of a kernel, ``(kernel * n, N)``.

    Args:
        resize: Weights of the resize, ``(N, n)``, see `resize_matrix`.
        kernel: Side of the kernel, odd; tap t reads the cell t − kernel // 2 further on, or zero outside.
    """
    reach, length = kernel // 2, resize.shape[0]
    padded = functional.pad(resize, (0, 0, reach, reach))
    return torch.cat([padded[tap : tap + length].t() for tap in range(kernel)]).contiguous()


@lru_cache(maxsize=256)
def resize_matrix(length: int, target: int) -> Tensor:
    """Return the weights of a bilinear resize along one axis, ``(target, length)`` float32."""
    return resize_bilinear(torch.eye(length)[None, None], (target, length))[0, 0]


def axis_table(lengths: tuple[int, ...], kernel: int, like: Tensor) -> Tensor:
    """Return successive resizes of one axis and a kernel's shifts as one matrix, of the type and place of ``like``.

    Args:
        lengths: Length before, after the first resize, after the next …
        kernel: Side of the kernel; 1 for no shifts.
        like: Tensor that the matrix will meet.
    """
    return _axis_table(tuple(int(n) for n in lengths), kernel, like.device, like.dtype)


@lru_cache(maxsize=512)
def _axis_table(lengths: tuple[int, ...], kernel: int, device: torch.device, dtype: torch.dtype) -> Tensor:
    matrix = torch.eye(lengths[0], dtype=torch.float64)
    for length, target in itertools.pairwise(lengths):
        matrix = resize_matrix(length, target).double() @ matrix
    return shifted_resize(matrix, kernel).to(device, dtype)


def compose(first: Tensor, second: Tensor) -> Tensor:
    """Return the float64 kernel of one convolution that does ``first`` and then ``second``.

    Equal to the two in a row, each zero-padded to keep the size, wherever the padding of the map between them is not
    seen.

    Args:
        first: Kernel ``(M, C, a, b)``.
        second: Kernel ``(K, M, c, d)``.

    Returns:
        Kernel ``(K, C, a + c - 1, b + d - 1)``.
    """
    a, b = first.shape[-2:]
    c, d = second.shape[-2:]
    first, second = first.double(), second.double()
    result = first.new_zeros(second.shape[0], first.shape[1], a + c - 1, b + d - 1)
    for row in range(c):
        for col in range(d):
            product = torch.einsum("km,mcij->kcij", second[:, :, row, col], first)
            result[:, :, row : row + a, col : col + b] += product
    return result
