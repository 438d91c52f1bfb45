"""From any number type to 8 bits: one linear stretch for the whole raster, never one per tile. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

STRETCH_ROWS = 128
"""Rows that are stretched at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Linear map of each channel onto 0 to 255; values outside are cut.

    Attributes:
        low: Value that becomes 0, one per channel.
        high: Value that becomes 255, one per channel.
    """

    low: tuple[float, ...]
    high: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.low) != len(self.high) or any(
            not low < high for low, high in zip(self.low, self.high, strict=True)
        ):
            raise ValueError(f"A stretch from {self.low} to {self.high} is empty.")

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Return ``(C, H, W)`` values as uint8; values that are not finite become 0."""
        out = np.empty(values.shape, np.uint8)
        for channel, (low, high) in enumerate(zip(self.low, self.high, strict=True)):
            for top in range(0, values.shape[1], STRETCH_ROWS):  # in float64 a whole plane is 50 MB at a time
                rows = values[channel, top : top + STRETCH_ROWS]
                plane = (rows.astype(np.float64) - low) * (255.0 / (high - low))
                np.nan_to_num(plane, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
                out[channel, top : top + STRETCH_ROWS] = np.clip(np.rint(plane), 0, 255)
        return out


def measure_stretch(values: np.ndarray, valid: np.ndarray, percentiles: tuple[float, float]) -> Stretch:
    """Return the stretch between two percentiles of each channel.

    Args:
        values: ``(C, N)`` samples.
        valid: ``(N,)`` bool, which samples are data.
        percentiles: Lower and upper, 0 to 100.
    """
    bounds = [_bounds(channel[valid & np.isfinite(channel)], percentiles) for channel in values]
    return Stretch(low=tuple(low for low, _ in bounds), high=tuple(high for _, high in bounds))


def declared_stretch(bits: int, channels: int) -> Stretch:
    """Return the stretch of a raster that declares how many bits its values use."""
    return Stretch(low=(0.0,) * channels, high=(float(2**bits - 1),) * channels)


def _bounds(samples: np.ndarray, percentiles: tuple[float, float]) -> tuple[float, float]:
    if not samples.size:
        return 0.0, 1.0
    low, high = (float(v) for v in np.percentile(samples.astype(np.float64), percentiles))
    # A channel of one value keeps it at 0; the step must be visible at that magnitude in float64.
    return (low, high) if low < high else (low, low + max(1.0, abs(low) * 1e-6))
