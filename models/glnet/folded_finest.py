"""The finest level of GLNet's local pyramid folded whole: from its top-down sum to the logits in one kernel.

Both smoothings, the last smoothing and the aggregation are four 3×3 convolutions in a row: together a 9×9 kernel with K
outputs, without the smoothed maps, which at this level hold three quarters of the head's arithmetic. The published form
zero-pads each map in between, while the 9×9 kernel sees what the smoothings would put beside the map: one ring of cells
for each of them, worked out from the outermost lines and subtracted. Only where no global branch is to see the smoothed
maps (folded.py tells of the other folds).
"""

from __future__ import annotations

from dataclasses import dataclass

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
from ..layers.pyramid import PyramidHead

LEVEL = 3
"""Index of the finest level."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Lines along the four sides of a map, or just beside it.

    Attributes:
        top: ``(N, C, n, W)``.
        bottom: ``(N, C, n, W)``.
        left: ``(N, C, H, n)``.
        right: ``(N, C, H, n)``.
    """

    top: Tensor
    bottom: Tensor
    left: Tensor
    right: Tensor

    def beside(self, other: Ends) -> Ends:
        """Return both, one after the other in the channels."""
        return Ends(*(torch.cat(pair, dim=1) for pair in zip(self.sides, other.sides, strict=True)))

    @property
    def sides(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Top, bottom, left and right."""
        return self.top, self.bottom, self.left, self.right


class FinestLevel(nn.Module):
    """Both smoothings of the finest level and what follows them, folded.

    Args:
        head: Local pyramid with a partner.
        ensemble: Local half of the aggregation's kernel, ``(K, C, 3, 3)``.
    """

    def __init__(self, head: PyramidHead, ensemble: Tensor) -> None:
        super().__init__()
        first, second = (head.smoothing(step, LEVEL) for step in (1, 2))
        s1, s2, b1, b2 = (t.detach() for t in (first.weight, second.weight, first.bias, second.bias))
        self.dtype = s1.dtype
        width = s1.shape[0]
        gathered = head.smooth.weight.detach().chunk(8, dim=1)[2 * LEVEL]  # own maps of this level
        five = compose(gathered, ensemble)  # (K, D, 5, 5)
        seven = compose(s2, five)  # (K, 2 * C, 7, 7)
        nine = compose(s1, seven[:, :width])  # (K, 2 * C, 9, 9)
        self._keep("first", s1)
        self._keep("second", s2)
        self._keep("five", five)
        self._keep("seven_own", seven[:, :width])
        self._keep("seven_partner", kernel_taps(seven[:, width:]))
        self._keep("nine_own", kernel_rows(nine[:, :width]))
        self._keep("nine_partner", kernel_taps(nine[:, width:]))
        # What the biases alone make of ps2 and of the logits differs only near the border: on the smallest maps that
        # hold every case.
        b1, b2 = b1.double(), b2.double()
        ps2 = functional.conv2d(b1.view(1, -1, 1, 1).expand(-1, -1, 3, 3), s2[:, :width].double(), b2, padding=1)
        self._keep("ps2_bias", ps2)
        self._keep("logit_bias", functional.conv2d(_stretch(ps2, (7, 7)), five, padding=2))

    def _keep(self, name: str, value: Tensor) -> None:
        self.register_buffer(name, value.to(self.dtype).contiguous())

    def logits(self, own: Tensor, crop0: Tensor, crop1: Tensor) -> tuple[Tensor, Ends]:
        """Return what this level's own ps2 adds to the logits, and that ps2's outermost lines.

        Args:
            own: The level's top-down sum ps0, ``(N, C, H, W)``.
            crop0: What the patches see of the global ps0, not yet resized, ``(N, C, h, w)``.
            crop1: The same of the global ps1.

        Returns:
            ``(N, K, H, W)``, in which the last smoothing still sees a ring beside the gathered maps, and ps2 with
            ``n = 1``.
        """
        size = tuple(own.shape[-2:])
        total = conv_by_rows(own, self.nine_own, 9) + _stretch(self.logit_bias, size)
        total += self._enlarged(crop0, self.nine_partner, 9, size) + self._enlarged(crop1, self.seven_partner, 7, size)
        ps0 = _ends(own, 3).beside(_ends_of_enlarged(crop0, size, 3))
        ps1 = _smoothed(ps0, self.first).beside(_ends_of_enlarged(crop1, size, 2))
        ps2 = _smoothed(ps1, self.second)
        _subtract_ring(total, _ring(ps0, self.first), self.seven_own)
        _subtract_ring(total, _ring(ps1, self.second), self.five)
        biases = _ends(_stretch(self.ps2_bias, size), 1)
        return total, Ends(*(a + b for a, b in zip(ps2.sides, biases.sides, strict=True)))

    def _enlarged(self, crop: Tensor, taps: Tensor, kernel: int, size: tuple[int, int]) -> Tensor:
        rows, cols = (axis_table((crop.shape[i], size[i]), kernel, crop) for i in (-2, -1))
        return conv_of_enlarged(crop, taps, kernel, rows, cols)


def _stretch(x: Tensor, size: tuple[int, int]) -> Tensor:
    """Return a small map enlarged by repeating its middle row and column."""
    for axis, length in zip((-2, -1), size, strict=True):
        middle = x.shape[axis] // 2
        cells = [min(i, middle) + max(0, i - (length - 1 - middle)) for i in range(length)]
        x = x.index_select(axis, torch.tensor(cells, device=x.device))
    return x


def _ends(x: Tensor, n: int) -> Ends:
    return Ends(x[:, :, :n], x[:, :, -n:], x[..., :n], x[..., -n:])


def _ends_of_enlarged(crop: Tensor, size: tuple[int, int], n: int) -> Ends:
    """Return the ends of a resized crop without making the rest of it."""
    rows, cols = (axis_table((crop.shape[i], size[i]), 1, crop) for i in (-2, -1))  # (h, H) and (w, W)
    wide, tall = crop @ cols, rows.t() @ crop
    return Ends(rows[:, :n].t() @ wide, rows[:, -n:].t() @ wide, tall @ cols[:, :n], tall @ cols[:, -n:])


def _smoothed(ends: Ends, weight: Tensor) -> Ends:
    """Return the outermost lines of a zero-padded 3×3 convolution, one line fewer than are given."""
    top, bottom, left, right = (functional.conv2d(m, weight, padding=1) for m in ends.sides)
    return Ends(top[:, :, :-1], bottom[:, :, 1:], left[..., :-1], right[..., 1:])


def _ring(ends: Ends, weight: Tensor) -> Ends:
    """Return what a 3×3 convolution gives just beside its zero-padded input; top and bottom include the corners."""
    return Ends(
        functional.conv2d(ends.top[:, :, :1], weight[:, :, 2:], padding=(0, 2)),
        functional.conv2d(ends.bottom[:, :, -1:], weight[:, :, :1], padding=(0, 2)),
        functional.conv2d(ends.left[..., :1], weight[..., 2:], padding=(1, 0)),
        functional.conv2d(ends.right[..., -1:], weight[..., :1], padding=(1, 0)),
    )


def _subtract_ring(logits: Tensor, ring: Ends, kernel: Tensor) -> None:
    """Take back, in place, what a kernel ``(K, C, k, k)`` makes of a ring of cells just beside its input."""
    reach = kernel.shape[-1] // 2
    turned, turned_logits = kernel.transpose(2, 3), logits.transpose(2, 3)
    for near, far, k, out, pad in (
        (ring.top, ring.bottom, kernel, logits, reach - 1),
        (ring.left.transpose(2, 3), ring.right.transpose(2, 3), turned, turned_logits, reach),
    ):
        # The cell r lines inside sees the ring through the kernel's line r + 1 away from its middle.
        out[:, :, :reach] -= _lines(near, k[:, :, :reach].flip(2), pad)
        out[:, :, -reach:] -= _lines(far, k[:, :, reach + 1 :], pad).flip(2)


def _lines(ring: Tensor, kernel: Tensor, pad: int) -> Tensor:
    """Return the products of a ring's line ``(N, C, 1, W)`` with each row of a kernel, ``(N, K, rows, W)``."""
    y = functional.conv2d(ring, kernel_rows(kernel), padding=(0, pad))  # (N, rows * K, 1, W)
    return y.unflatten(1, (kernel.shape[2], -1))[:, :, :, 0].transpose(1, 2)
