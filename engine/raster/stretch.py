"""From any number type to 8 bits: one linear stretch for the whole raster, never one per tile. Pure."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

WHITES_OF_INTEGERS = tuple(
    float(white)
    for white in (255, *(2**bits - 1 for bits in range(9, 17)), *(255 << shift for shift in range(1, 9)), 1000, 10000)
)
"""What 255 becomes in integers: the largest value of so many bits, 255 shifted, or a full reflectance."""

WHITES_OF_FLOATS = (1.0, 100.0)

BRIGHT_PERCENTILE = 99.9
"""Values fill a range if this percentile lies in its upper half."""

STRETCH_ROWS = 128
"""Rows that are stretched at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Linear map of each channel onto 0 to 255; values outside are cut.

    Attributes:
        low: Value that becomes 0, one per channel.
        high: Value that becomes 255, one per channel.
        is_guess: Whether nothing but the spread of the values speaks for these ends.
    """

    low: tuple[float, ...]
    high: tuple[float, ...]
    is_guess: bool = False

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


def measure_stretch(
    values: np.ndarray, valid: np.ndarray, percentiles: tuple[float, float], *, is_color: bool = False
) -> Stretch:
    """Return the stretch that the values themselves show.

    A picture of 8 bits that was put into other numbers (× 257 for 16 bits, / 255 for floats, a shift to 12 bits) is
    found again exactly. Of other values the ends are guessed: the range that they were made for, where they fill it,
    else two percentiles of each channel.

    Args:
        values: ``(C, N)`` samples.
        valid: ``(N,)`` bool, which samples are data.
        percentiles: Lower and upper, 0 to 100.
        is_color: Whether the file says that the channels are colours, so that floats of 0 to 1 are a picture's.
    """
    channels = [channel[valid & np.isfinite(channel)] for channel in values]
    together = np.concatenate(channels).astype(np.float64)
    if together.size:
        white = _white_of_8_bits(together, values.dtype)
        if white is not None:
            return full_stretch(white, len(channels))
        white = _white_of_range(together, values.dtype, is_color)
        if white is not None:
            return dataclasses.replace(full_stretch(white, len(channels)), is_guess=True)
    bounds = [_bounds(channel, percentiles) for channel in channels]
    is_guess = together.size > 0
    return Stretch(low=tuple(low for low, _ in bounds), high=tuple(high for _, high in bounds), is_guess=is_guess)


def _white_of_8_bits(samples: np.ndarray, dtype: np.dtype) -> float | None:
    """Return the value that stands for 255, if all samples are 8-bit values times the same number, rounded."""
    is_whole = dtype.kind in "iu"
    low, high = float(samples.min()), float(samples.max())
    if low < 0 or high <= 0:
        return None
    levels = np.unique(samples)
    if len(levels) > 256:
        return None
    fits = []
    for white in WHITES_OF_INTEGERS if is_whole else (*WHITES_OF_FLOATS, *WHITES_OF_INTEGERS):
        step = white / 255
        if high > white * (1 + 1e-6):
            continue
        error = float(np.abs(levels - np.rint(levels / step) * step).max())
        if error <= (0.5 if is_whole else step * 1e-3):
            fits.append((round(error / step, 6), white))
    return min(fits)[1] if fits else None


def _white_of_range(samples: np.ndarray, dtype: np.dtype, is_color: bool) -> float | None:
    """Return the end of the range that values were made for, if they fill it; it begins at 0."""
    if samples.min() < 0:
        return None
    high, bright = float(samples.max()), float(np.percentile(samples, BRIGHT_PERCENTILE))
    ranges = [(255.0, True), (65535.0, dtype == np.uint16)]
    if dtype.kind == "f":
        ranges.insert(0, (1.0, is_color))
    for white, is_possible in ranges:
        if is_possible and white / 2 < bright and high <= white:
            return white
    return None


def stretch_note(stretch: Stretch) -> str:
    """Return a sentence on what was taken for black and white; empty where the values or the file say it."""
    if not stretch.is_guess:
        return ""
    pairs = dict.fromkeys(f"{low:g} to {high:g}" for low, high in zip(stretch.low, stretch.high, strict=True))
    return (
        f"The raster does not say which of its values are black and white; taken are {', '.join(pairs)} (band by band "
        "where they differ). Save it as 8 bits if the map looks wrong."
    )


def full_stretch(white: float, channels: int) -> Stretch:
    """Return the stretch from 0 to the same value in all channels."""
    return Stretch(low=(0.0,) * channels, high=(white,) * channels)


def declared_stretch(bits: int, channels: int) -> Stretch:
    """Return the stretch of a raster that declares how many bits its values use."""
    return full_stretch(float(2**bits - 1), channels)


def _bounds(samples: np.ndarray, percentiles: tuple[float, float]) -> tuple[float, float]:
    if not samples.size:
        return 0.0, 1.0
    low, high = (float(v) for v in np.percentile(samples.astype(np.float64), percentiles))
    # A channel of one value keeps it at 0; the step must be visible at that magnitude in float64.
    return (low, high) if low < high else (low, low + max(1.0, abs(low) * 1e-6))
