"""Choice of the stretch to 8 bits, from what a raster declares or from samples of it."""

from __future__ import annotations

from ..raster.raster_info import RasterInfo
from ..raster.stretch import Stretch, declared_stretch, measure_stretch
from ..system.host import give_back_freed_memory
from .source import RasterSource

STRETCH_PERCENTILES = (0.1, 99.9)
"""Ends of the stretch to 8 bits: wide enough for roofs and shadow, narrow enough to drop dead pixels."""

STRETCH_SAMPLES_SIDE = 1024
"""Samples for the stretch: the square of this."""


def choose_stretch(info: RasterInfo, *, raw_values: bool = False) -> Stretch | None:
    """Return how the values of a raster become 8 bits; None where they are already, or go in as they are.

    Args:
        info: Header of the raster.
        raw_values: Whether the network takes the raster's own values.
    """
    if info.is_8bit or raw_values:
        return None
    channels = len(info.bands.indexes)
    if info.bits:
        return declared_stretch(info.bits, channels)
    with RasterSource(info) as source:
        samples = source.read_samples(STRETCH_SAMPLES_SIDE)
    stretch = measure_stretch(*samples, STRETCH_PERCENTILES, is_color=not info.bands.note)
    del samples
    give_back_freed_memory()  # 70 MB that would stay with the process through the run
    return stretch
