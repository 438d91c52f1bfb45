"""Appearance: how differently sensors, seasons and providers show the same ground. Strong random colour, haze, blur.

Each change has its own chance; all work on ``(H, W, 3)`` float32 images in [0, 1] and leave the geometry alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

Change = Callable[[np.ndarray, np.random.Generator], np.ndarray]

GREY = np.array([0.299, 0.587, 0.114], np.float32)
HAZE_COLOUR = (0.70, 0.74, 0.80)
MIN_DEVIATION, MAX_DEVIATION = 4.0, 40.0
"""Range of a look's contrast in Lab, so that a flat tile does not flatten others."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of a tile: mean and deviation of L, a and b."""

    mean: np.ndarray
    deviation: np.ndarray


def look_of(image: np.ndarray) -> Look:
    """Return the look of an ``(H, W, 3)`` uint8 image."""
    return _lab_look(cv2.cvtColor(image[::4, ::4].astype(np.float32) / np.float32(255), cv2.COLOR_RGB2LAB))


def vary_appearance(image: np.ndarray, looks: Sequence[Look], rng: np.random.Generator) -> np.ndarray:
    """Return an ``(H, W, 3)`` uint8 image as another sensor might have seen it.

    Args:
        image: ``(H, W, 3)`` uint8.
        looks: Looks of other tiles, one of which may be taken over in part; may be empty.
        rng: Source of all randomness.
    """
    values = image.astype(np.float32) / np.float32(255)
    if looks and rng.random() < 0.35:
        values = _take_look(values, looks[int(rng.integers(len(looks)))], rng)
    for chance, change in CHANGES:
        if rng.random() < chance:
            values = np.clip(change(values, rng), 0, 1)
    result = (np.clip(values, 0, 1) * 255).astype(np.uint8)
    return _compressed(result, rng) if rng.random() < 0.25 else result


def _lab_look(lab: np.ndarray) -> Look:
    pixels = lab.reshape(-1, 3)
    return Look(pixels.mean(0), pixels.std(0) + 1)


def _take_look(values: np.ndarray, look: Look, rng: np.random.Generator) -> np.ndarray:
    lab = cv2.cvtColor(values, cv2.COLOR_RGB2LAB)
    own = _lab_look(lab)
    spread = np.clip(look.deviation, MIN_DEVIATION, MAX_DEVIATION)
    target = (lab - own.mean) / own.deviation * spread + look.mean
    share = rng.uniform(0.2, 1) * np.array([1, 0.7, 0.7], np.float32)
    mixed = (lab * (1 - share) + target * share).astype(np.float32)
    return np.clip(cv2.cvtColor(mixed, cv2.COLOR_LAB2RGB), 0, 1)


def _channel_gains(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    gain, offset = np.exp(rng.normal(0, 0.12, 3)), rng.normal(0, 0.03, 3)
    return values * gain.astype(np.float32) + offset.astype(np.float32)


def _brightness(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return values * np.float32(np.exp(rng.normal(0, 0.25))) + np.float32(rng.normal(0, 0.06))


def _gamma(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return values ** np.float32(np.exp(rng.normal(0, 0.3)))


def _contrast(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    pivot = values.mean((0, 1)) if rng.random() < 0.5 else np.float32(0.5)
    return (values - pivot) * np.float32(np.exp(rng.normal(0, 0.3))) + pivot


def _saturation(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    grey = (values @ GREY)[..., None]
    factor = rng.uniform(0.2, 1.7) if rng.random() < 0.9 else 0.0
    return grey + (values - grey) * np.float32(factor)


def _hue(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    hsv = cv2.cvtColor(values, cv2.COLOR_RGB2HSV)  # hue in degrees
    hsv[..., 0] = (hsv[..., 0] + np.float32(rng.normal(0, 9))) % 360
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)


def _haze(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    density = rng.uniform(0.05, 0.5) * (0.6 + 0.4 * _clouds(values.shape, 3, rng))[..., None]
    colour = np.clip(rng.normal(HAZE_COLOUR, 0.08), 0, 1).astype(np.float32)
    return values * (1 - density) + colour * density


def _uneven_light(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return values * (1 + 0.3 * (_clouds(values.shape, 4, rng) - 0.5))[..., None]


def _focus(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    if rng.random() < 0.75:
        return cv2.GaussianBlur(values, (0, 0), rng.uniform(0.4, 1.8))
    return values + (values - cv2.GaussianBlur(values, (0, 0), 1.2)) * np.float32(rng.uniform(0.3, 1.2))


def _noise(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    shape = values.shape if rng.random() < 0.5 else (*values.shape[:2], 1)
    return values + rng.normal(0, rng.uniform(0.005, 0.04), shape).astype(np.float32)


def _clouds(shape: Sequence[int], cells: int, rng: np.random.Generator) -> np.ndarray:
    """Return a smooth random field, about 0 to 1."""
    size = (shape[1], shape[0])
    return cv2.resize(rng.random((cells, cells)).astype(np.float32), size, interpolation=cv2.INTER_CUBIC)


def _compressed(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    _, stored = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 90))])
    return cv2.imdecode(stored, cv2.IMREAD_COLOR)


CHANGES: tuple[tuple[float, Change], ...] = (
    (0.5, _channel_gains),
    (0.6, _brightness),
    (0.5, _gamma),
    (0.5, _contrast),
    (0.6, _saturation),
    (0.4, _hue),
    (0.35, _haze),
    (0.2, _uneven_light),
    (0.45, _focus),
    (0.25, _noise),
)
"""Chance and change, in the order in which they are made."""
