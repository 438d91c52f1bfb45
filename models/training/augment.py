"""Random variation of training crops: where, how large, which way up, under which light. Pure but for the generator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ..legend import IGNORE_INDEX
from .tile_sets.appearance import Look, vary_appearance


@dataclass(frozen=True, slots=True, kw_only=True)
class Augmentation:
    """What is varied.

    Attributes:
        scales: Smallest and largest magnification, drawn log-uniformly.
        rotations: "right_angles" (each of the four alike), "half_right_angles" (none with p 0.5, else 90°, 180° or
            270°: GLNet), "any" (with p 0.5 by a uniform 90° to 270°: ISDNet) or "none".
        vertical_flip: Also flip upside down; left-right flips always happen.
        photometric: Vary brightness, contrast, saturation and hue; see `appearance`.
        appearance: How: "isdnet" or "any_sensor" (see tile_sets/appearance.py).
    """

    scales: tuple[float, float] = (1.0, 1.0)
    rotations: str = "right_angles"
    vertical_flip: bool = True
    photometric: bool = True
    appearance: str = "isdnet"


def cut_and_turn(
    image: np.ndarray,
    labels: np.ndarray,
    centre: tuple[int, int],
    crop_px: int,
    zoom: float,
    augmentation: Augmentation,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Return a crop at a random scale, turned and flipped.

    Args:
        image: ``(H, W, 3)`` uint8.
        labels: ``(H, W)`` uint8; 255 is left out.
        centre: Row and column that the crop is to contain, near its middle where the scene allows.
        crop_px: Side of the crop.
        zoom: Fixed factor on the drawn scale.
        augmentation: What is varied.
        rng: Source of all randomness.

    Returns:
        Image ``(crop_px, crop_px, 3)`` uint8 and labels ``(crop_px, crop_px)`` uint8; where the scene is smaller
        than the crop the image is black and the label 255.
    """
    low, high = augmentation.scales
    scale = zoom * float(np.exp(rng.uniform(np.log(low), np.log(high))))
    side = max(8, round(crop_px / scale))
    rows = _interval(centre[0], side, image.shape[0], rng)
    cols = _interval(centre[1], side, image.shape[1], rng)
    image, labels = _resized(image[rows, cols], labels[rows, cols], side, crop_px)
    image, labels = _turned(image, labels, augmentation, rng)
    return np.ascontiguousarray(image), np.ascontiguousarray(labels)


def vary_light(
    image: np.ndarray, augmentation: Augmentation, looks: Sequence[Look], rng: np.random.Generator
) -> np.ndarray:
    """Return an ``(H, W, 3)`` uint8 image under another light, as the augmentation says.

    Args:
        image: ``(H, W, 3)`` uint8.
        augmentation: What is varied.
        looks: Looks of other images, for "any_sensor".
        rng: Source of all randomness.
    """
    if not augmentation.photometric:
        return image
    return vary_appearance(image, looks, rng) if augmentation.appearance == "any_sensor" else _relit(image, rng)


def _interval(middle: int, side: int, length: int, rng: np.random.Generator) -> slice:
    start = middle - side // 2 + int(rng.integers(-side // 4, side // 4 + 1))
    start = min(max(start, 0), max(length - side, 0))
    return slice(start, min(start + side, length))


def _resized(image: np.ndarray, labels: np.ndarray, side: int, crop_px: int) -> tuple[np.ndarray, np.ndarray]:
    factor = crop_px / side
    size = tuple(min(crop_px, max(1, round(n * factor))) for n in (labels.shape[1], labels.shape[0]))
    if size != (labels.shape[1], labels.shape[0]):
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)
        labels = cv2.resize(labels, size, interpolation=cv2.INTER_NEAREST)
    missing = (crop_px - labels.shape[0], crop_px - labels.shape[1])
    if any(missing):
        image = np.pad(image, ((0, missing[0]), (0, missing[1]), (0, 0)))
        labels = np.pad(labels, ((0, missing[0]), (0, missing[1])), constant_values=IGNORE_INDEX)
    return image, labels


def _turned(
    image: np.ndarray, labels: np.ndarray, augmentation: Augmentation, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    if rng.random() < 0.5:
        image, labels = image[:, ::-1], labels[:, ::-1]
    if augmentation.vertical_flip and rng.random() < 0.5:
        image, labels = image[::-1], labels[::-1]
    if augmentation.rotations == "right_angles":
        turns = int(rng.integers(4))
        return np.rot90(image, turns), np.rot90(labels, turns)
    if augmentation.rotations == "half_right_angles" and rng.random() < 0.5:
        turns = int(rng.integers(1, 4))
        return np.rot90(image, turns), np.rot90(labels, turns)
    if augmentation.rotations == "any" and rng.random() < 0.5:
        return _rotated(np.ascontiguousarray(image), np.ascontiguousarray(labels), rng.uniform(90, 270))
    return image, labels


def _rotated(image: np.ndarray, labels: np.ndarray, degrees: float) -> tuple[np.ndarray, np.ndarray]:
    h, w = labels.shape
    matrix = cv2.getRotationMatrix2D(((w - 1) / 2, (h - 1) / 2), degrees, 1.0)
    return (
        cv2.warpAffine(image, matrix, (w, h), flags=cv2.INTER_LINEAR, borderValue=(0, 0, 0)),
        cv2.warpAffine(labels, matrix, (w, h), flags=cv2.INTER_NEAREST, borderValue=IGNORE_INDEX),
    )


def _relit(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Photometric distortion with the ranges of the ISDNet recipe, each part with p 0.5."""
    values = image.astype(np.float32)
    if rng.random() < 0.5:
        values += rng.uniform(-32, 32)
    if rng.random() < 0.5:
        values *= rng.uniform(0.5, 1.5)
    saturate, turn = rng.random() < 0.5, rng.random() < 0.5
    if not (saturate or turn):
        return np.clip(values, 0, 255).astype(np.uint8)
    hsv = cv2.cvtColor(np.clip(values, 0, 255) / np.float32(255), cv2.COLOR_RGB2HSV)  # hue in degrees
    if saturate:
        hsv[..., 1] = np.clip(hsv[..., 1] * rng.uniform(0.5, 1.5), 0, 1)
    if turn:
        hsv[..., 0] = (hsv[..., 0] + 2 * rng.uniform(-18, 18)) % 360
    return np.clip(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB) * 255, 0, 255).astype(np.uint8)
