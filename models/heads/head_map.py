"""Head map: classes and chances from kept feature maps, without the encoder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from ..layers.blocks import resize_bilinear
from .class_scores import ClassScores
from .colour import CELL_PX
from .linear_head import LinearHead
from .taught import TaughtConfig
from .taught_head import TaughtHead


class HeadMap:
    """A fitted head at work on feature maps.

    Args:
        head: The head.
        config: Settings of its network.
        channels: Channels of each map.
    """

    def __init__(self, head: TaughtHead, config: TaughtConfig, channels: Sequence[int]) -> None:
        self._head = LinearHead(channels, len(config.class_of_subclass))
        self._head.fill(head.scores)
        self._class_scores = ClassScores(config.class_of_subclass, config.unclassified_below)

    @torch.inference_mode()
    def class_ids(self, maps: Sequence[np.ndarray], rows: slice, cols: slice) -> np.ndarray:
        """Return the uint8 class ids of a part of the pixels of an image.

        Args:
            maps: Feature maps of the image.
            rows: Rows of the part, in pixels of the image.
            cols: Columns of the part.
        """
        scores = self._cells(maps)  # (1, K, h, w)
        (first_row, last_row), (first_col, last_col) = (
            _cells_around(part, size) for part, size in zip((rows, cols), scores.shape[-2:], strict=True)
        )
        part = scores[:, :, first_row:last_row, first_col:last_col]
        enlarged = resize_bilinear(part, (part.shape[2] * CELL_PX, part.shape[3] * CELL_PX))
        top, left = rows.start - first_row * CELL_PX, cols.start - first_col * CELL_PX
        inner = enlarged[0, :, top : top + rows.stop - rows.start, left : left + cols.stop - cols.start]
        return inner.argmax(dim=0).to(torch.uint8).numpy()

    @torch.inference_mode()
    def chances(self, maps: Sequence[np.ndarray]) -> np.ndarray:
        """Return the ``(K - 1, h, w)`` float32 chances of the classes from 1 on in the cells of an image."""
        return self._cells(maps)[0, 1:].softmax(dim=0).numpy()

    def _cells(self, maps: Sequence[np.ndarray]) -> Tensor:
        return self._class_scores(self._head([torch.from_numpy(level)[None].float() for level in maps]))


def _cells_around(part: slice, size: int) -> tuple[int, int]:
    """Return the cells of a part of an axis and one more on each side, where there is one."""
    return max(0, part.start // CELL_PX - 1), min(size, -(-part.stop // CELL_PX) + 1)
