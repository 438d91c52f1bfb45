"""Feature reader: 8-bit images in, feature maps out, as numpy arrays; what the engine has of an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import torch
from torch import Tensor

from ..card import Normalization
from ..encoders.stored import StoredEncoder
from ..layers.normalization import fold_batch_norm
from ..preprocess import normalize
from .colour import CELL_PX
from .feature_maps import FeatureMaps, joined_at

Maps: TypeAlias = tuple[np.ndarray, ...]
"""Feature maps of an image, ``(C_i, h_i, w_i)`` float32, the first one at the resolution of cells."""


class FeatureReader:
    """A frozen encoder at work.

    Args:
        stored: The encoder.
        extra: Scaling of the bands beyond those that the encoder sees.
        names: What these are called.

    Attributes:
        bands: Names of all bands, in order.
    """

    cell_px = CELL_PX

    def __init__(self, stored: StoredEncoder, extra: Normalization | None = None, names: Sequence[str] = ()) -> None:
        self.card = stored.card
        self.encoder = stored.encoder
        self.normalization = _joined(stored.card.normalization, extra)
        self.bands = ("red", "green", "blue", *names)
        maps = FeatureMaps(stored.encoder, len(self.normalization.mean))
        self.channels, self.size_divisor = maps.channels, maps.size_divisor
        self._maps = fold_batch_norm(maps).to(memory_format=torch.channels_last)

    def maps(self, image: np.ndarray, valid: np.ndarray) -> Maps:
        """Return the feature maps of an image.

        Args:
            image: ``(C, H, W)`` uint8, sides multiples of `size_divisor`.
            valid: ``(H, W)`` bool; the others are taken as the average colour.
        """
        with torch.inference_mode():
            x = normalize(torch.from_numpy(image)[None], self.normalization, layout=torch.channels_last)
            x.masked_fill_(~torch.from_numpy(valid)[None, None], 0.0)
            return tuple(level[0].contiguous().numpy() for level in self._maps(x))


def features_at(maps: Sequence[np.ndarray], rows: np.ndarray, cols: np.ndarray) -> np.ndarray:
    """Return the ``(n, D)`` float32 features of cells, all maps joined; see `joined_at`."""
    tensors: list[Tensor] = [torch.from_numpy(np.asarray(level, np.float32)) for level in maps]
    return joined_at(tensors, torch.from_numpy(np.asarray(rows)), torch.from_numpy(np.asarray(cols))).numpy()


def _joined(first: Normalization, second: Normalization | None) -> Normalization:
    if second is None:
        return first
    return Normalization(mean=(*first.mean, *second.mean), std=(*first.std, *second.std))
