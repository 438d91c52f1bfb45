"""Colour statistics: mean and deviation of every band around a pixel, in windows of several sizes."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

CELL_PX = 4
"""Side of a cell of the maps, in pixels."""

WINDOWS_CELLS = (1, 3, 7)
"""Sides of the windows, in cells."""

SMALLEST_VARIANCE = 1e-6


class ColourStatistics(nn.Module):
    """Mean and standard deviation of the bands in square windows around each cell of four by four pixels.

    At the image's edge a window is cut off there.

    Args:
        in_channels: Number of bands C.
        windows_cells: Sides of the windows in cells, odd.

    Shape:
        image: ``(N, C, H, W)``.
        statistics: ``(N, 2 * C * len(windows_cells), H / 4, W / 4)``: for each window the means, then the deviations.
    """

    def __init__(self, in_channels: int, windows_cells: tuple[int, ...] = WINDOWS_CELLS) -> None:
        super().__init__()
        self.windows_cells = windows_cells
        self.channels = 2 * in_channels * len(windows_cells)

    def forward(self, image: Tensor) -> Tensor:
        """Return the statistics of every cell."""
        means = functional.avg_pool2d(image, CELL_PX)  # (N, C, H/4, W/4)
        squares = functional.avg_pool2d(image * image, CELL_PX)
        parts = []
        for side in self.windows_cells:
            mean, square = (_window_mean(x, side) for x in (means, squares))
            parts += [mean, (square - mean * mean).clamp_min(SMALLEST_VARIANCE).sqrt()]
        return torch.cat(parts, dim=1)


def _window_mean(x: Tensor, side: int) -> Tensor:
    if side == 1:
        return x
    # Rows and columns one after the other: a window of n by n cells costs 2 n sums instead of n².
    x = functional.avg_pool2d(x, (side, 1), stride=1, padding=(side // 2, 0), count_include_pad=False)
    return functional.avg_pool2d(x, (1, side), stride=1, padding=(0, side // 2), count_include_pad=False)
