"""Further bands of teaching: what is called red, green and blue goes into the encoder, the others beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ....models.card import Normalization
from ...raster.opening import open_raster
from ...raster.raster_info import RasterInfo
from ...raster.spectral.band_names import name_bands
from ...raster.stretch import Stretch
from ...tiles.source import RasterSource

SEEN = ("red", "green", "blue")
"""Bands that encoders see."""

SAMPLES_SIDE = 512
LEAST_WIDTH = 1.0
"""Of a band that is the same everywhere, on the scale of 8 bits."""


def channel_names(raster: str, bands: Sequence[int]) -> tuple[str, ...]:
    """Return what a model's channels are called: red, green, blue, then each further band as the raster has it."""
    if len(bands) <= len(SEEN):
        return SEEN
    with open_raster(raster) as dataset:
        found = name_bands(dataset)
    names = list(SEEN)
    for number in bands[len(SEEN) :]:
        band = found[number - 1] if number <= len(found) else None
        name = (band.name or band.described.strip()) if band else ""
        names.append(name if name and name not in names else f"band {number}")
    return tuple(names)


def further_scaling(info: RasterInfo, stretch: Stretch | None) -> Normalization | None:
    """Return mean and deviation of the bands beyond the seen ones, on the scale of 8 bits; None without any."""
    if len(info.bands.indexes) <= len(SEEN):
        return None
    with RasterSource(info, stretch) as source:
        values, valid = source.read_samples(SAMPLES_SIDE)
    if stretch is not None:
        values = stretch.apply(values[:, None])[:, 0]
    further = values[len(SEEN) :, valid].astype(np.float64)
    if not further.shape[1]:
        return Normalization(mean=(127.0,) * len(further), std=(128.0,) * len(further))
    return Normalization(
        mean=tuple(float(v) for v in further.mean(axis=1)),
        std=tuple(max(LEAST_WIDTH, float(v)) for v in further.std(axis=1)),
    )
