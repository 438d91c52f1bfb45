"""The rules that generate weights and images of the golden cases (tests/golden/README.md)."""

import zlib

import numpy as np
import torch


def fill_tensor(key, shape, gain, seed):
    """Return the float32 values of one state-dict entry."""
    rng = np.random.RandomState(zlib.crc32(key.encode()) ^ (seed * 0x9E3779B1 & 0xFFFFFFFF))
    count = int(np.prod(shape, dtype=np.int64)) if len(shape) else 1
    last = key.rsplit(".", 1)[-1]
    if last == "num_batches_tracked":
        return torch.zeros(shape, dtype=torch.int64)
    if last == "running_mean":
        values = 0.1 * rng.standard_normal(count)
    elif last == "running_var":
        values = rng.uniform(0.8, 1.2, count)
    elif last == "bias":
        values = 0.05 * rng.standard_normal(count)
    elif last == "weight" and len(shape) == 1:
        values = rng.uniform(0.6, 1.0, count)
    elif last == "weight":
        values = rng.standard_normal(count) * np.sqrt(gain / np.prod(shape[1:]))
    else:
        values = 0.5 + 0.1 * rng.standard_normal(count)
    return torch.from_numpy(values.astype(np.float32).reshape(shape))


def fill_state_dict(shapes, gain, seed):
    """Return a state dict for ``shapes`` (key → shape) by the weight rule."""
    return {key: fill_tensor(key, tuple(shape), gain, seed) for key, shape in shapes.items()}


def golden_image(height, width, seed):
    """Return the uint8 RGB image of a golden case, (height, width, 3)."""
    rng = np.random.RandomState(seed)
    row = np.arange(height, dtype=np.float64)[:, None]
    col = np.arange(width, dtype=np.float64)[None, :]
    image = np.empty((height, width, 3), np.uint8)
    for channel in range(3):
        acc = np.zeros((height, width))
        for _ in range(6):
            fy, fx = rng.uniform(0.002, 0.05), rng.uniform(0.002, 0.05)
            phase, amplitude = rng.uniform(0, 6.283185), rng.uniform(10, 30)
            acc = acc + amplitude * np.sin(fy * row + fx * col + phase)
        acc = 127 + acc + 15 * rng.standard_normal((height, width))
        image[..., channel] = np.clip(np.floor(acc + 0.5), 0, 255).astype(np.uint8)
    return image


def golden_labels(height, width, seed, num_classes=7):
    """Return the random uint8 labels of a golden case, (height, width)."""
    cells = np.random.RandomState(seed).randint(0, num_classes, (height // 8 + 1, width // 8 + 1))
    return cells.repeat(8, 0).repeat(8, 1)[:height, :width].astype(np.uint8)
