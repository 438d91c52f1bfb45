"""Feature maps of a frozen encoder with colour statistics beside them, each at its own resolution."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..encoders.encoder import Encoder
from .colour import CELL_PX, ColourStatistics


class FeatureMaps(nn.Module):
    """An encoder and the colour statistics of all bands, as one list of maps no finer than a cell of four pixels.

    Args:
        encoder: The encoder; it sees the first bands.
        in_channels: Number of bands C, at least as many as the encoder takes.

    Shape:
        image: ``(N, C, H, W)``, normalised.
        maps: one ``(N, channels[i], H / strides[i], W / strides[i])`` each.
    """

    def __init__(self, encoder: Encoder, in_channels: int) -> None:
        super().__init__()
        if in_channels < encoder.in_channels:
            raise ValueError(f"The encoder needs {encoder.in_channels} bands; there are {in_channels}.")
        self.encoder = encoder
        self.colour = ColourStatistics(in_channels)
        self.strides = (CELL_PX, *(max(stride, CELL_PX) for stride in encoder.strides))
        self.channels = (self.colour.channels, *encoder.channels)

    @property
    def size_divisor(self) -> int:
        """Number that must divide both sides of the image, in pixels."""
        return self.encoder.size_divisor

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """Return the colour statistics and the encoder's maps."""
        levels = self.encoder(image[:, : self.encoder.in_channels])
        pairs = zip(levels, self.encoder.strides, strict=True)
        return (self.colour(image), *(_no_finer_than_cells(level, stride) for level, stride in pairs))


def joined_at(maps: Sequence[Tensor], rows: Tensor, cols: Tensor) -> Tensor:
    """Return the features of cells, all maps joined: bilinear values at the cells' centres.

    The same as enlarging every map to cells and taking the cells' columns.

    Args:
        maps: Maps of one image, ``(C_i, h_i, w_i)``; the first one has the resolution of cells.
        rows: ``(n,)`` rows of the cells.
        cols: ``(n,)`` columns of the cells.

    Returns:
        ``(n, sum of C_i)`` float32.
    """
    h, w = maps[0].shape[-2:]
    # grid_sample counts from -1 to 1 between the outer edges of the map.
    places = torch.stack([(2 * cols + 1) / w - 1, (2 * rows + 1) / h - 1], dim=-1).float()[None, None]
    columns = [
        functional.grid_sample(x[None].float(), places, padding_mode="border", align_corners=False)[0, :, 0]
        for x in maps
    ]
    return torch.cat(columns).t().contiguous()


def _no_finer_than_cells(level: Tensor, stride: int) -> Tensor:
    return functional.avg_pool2d(level, CELL_PX // stride) if stride < CELL_PX else level
