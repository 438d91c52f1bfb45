"""Canvas of the scene painters: colour planes and a height above ground, and the light that makes a picture of both."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from .noise import Frame, grain, noise

Color = tuple[float, float, float]

SHADOW_REACH_PX = 24
"""Longest shadow; a frame needs at least this margin around what is kept."""


class Canvas:
    """Colours and heights of a frame.

    Attributes:
        rgb: ``(3, H, W)`` float32 reflectance on the scale 0 to 255.
        height: ``(H, W)`` float32 above ground, in pixels.
    """

    def __init__(self, shape: tuple[int, int], color: Color = (0, 0, 0)) -> None:
        self.rgb = np.empty((3, *shape), np.float32)
        self.height = np.zeros(shape, np.float32)
        for k in range(3):
            self.rgb[k] = color[k]

    def blend(self, color: Color, alpha: np.ndarray) -> None:
        """Mix a colour in; alpha is ``(H, W)``, 0 to 1 or bool."""
        for k in range(3):
            self.rgb[k] += (np.float32(color[k]) - self.rgb[k]) * alpha

    def put(self, other: Canvas, row: int, col: int, mask: np.ndarray) -> None:
        """Copy the masked pixels of a smaller canvas to a place in this one."""
        h, w = mask.shape
        window = (slice(row, row + h), slice(col, col + w))
        for k in range(3):
            np.copyto(self.rgb[k][window], other.rgb[k], where=mask)
        np.copyto(self.height[window], other.height, where=mask)


def ramp(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Return a smooth step: 0 below low, 1 above high."""
    t = np.clip((values - np.float32(low)) * np.float32(1 / (high - low)), 0, 1)
    return t * t * (3 - 2 * t)


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """How a plane is lit and photographed.

    Attributes:
        azimuth: Direction the shadows fall, radians from the column axis.
        slope: Fall of the sun ray in pixels of height per pixel of ground.
        gain: Brightness.
        tint: Factor of each channel.
        haze: Share of scattered light, 0 to 1.
        noise: Standard deviation of the sensor noise.
        blur_px: Width of the point spread.
    """

    azimuth: float
    slope: float
    gain: float
    tint: Color
    haze: float
    noise: float
    blur_px: float


def photograph(canvas: Canvas, frame: Frame, light: Light, margin_px: int) -> np.ndarray:
    """Light a canvas and return the picture without its margin: ``(h, w, 3)`` uint8."""
    lit = _shading(canvas.height, light) * (light.gain * (1 + 0.06 * noise(frame, 1900, 901)))
    shadow = _shadow(canvas.height, light)
    hazy = np.clip(light.haze * (1 + 0.5 * noise(frame, 1300, 903)), 0, 0.6)
    planes = []
    for k, sky in enumerate((0.42, 0.46, 0.56)):  # shadows are lit by the blue sky alone
        plane = canvas.rgb[k] * (lit * (1 + shadow * (sky - 1)) * light.tint[k])
        planes.append(plane + (np.float32((172, 178, 186)[k]) - plane) * hazy)
    picture = cv2.GaussianBlur(cv2.merge(planes), (0, 0), light.blur_px)
    inner = (slice(margin_px, -margin_px), slice(margin_px, -margin_px))
    sensor = grain(frame, 905)[inner] * light.noise
    picture = picture[inner] + (sensor[..., None] + np.stack([sensor * 0, np.roll(sensor, 1, 1), sensor], -1) * 0.3)
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def _shading(height: np.ndarray, light: Light) -> np.ndarray:
    """Return the brightness of slopes: above 1 towards the sun, below 1 away from it."""
    by_row = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
    by_col = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
    away = by_col * np.float32(np.cos(light.azimuth)) + by_row * np.float32(np.sin(light.azimuth))
    return np.clip(1 + away * 0.32, 0.45, 1.5)


def _shadow(height: np.ndarray, light: Light) -> np.ndarray:
    """Return how much of the direct sun is blocked, 0 to 1, by marching towards the sun."""
    blocked = height.copy()
    h, w = height.shape
    for reach in range(2, SHADOW_REACH_PX + 1, 2):
        dy, dx = round(-reach * np.sin(light.azimuth)), round(-reach * np.cos(light.azimuth))
        to = (slice(max(0, -dy), h - max(0, dy)), slice(max(0, -dx), w - max(0, dx)))
        of = (slice(max(0, dy), h - max(0, -dy)), slice(max(0, dx), w - max(0, -dx)))
        np.maximum(blocked[to], height[of] - np.float32(reach * light.slope), out=blocked[to])
    return np.clip((blocked - height) * 0.8, 0, 1)
