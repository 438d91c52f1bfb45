"""Chips on disk: a folder that trains a network without rasterio, and says what is in it.

    images/NAME.png    8-bit red, green, blue
    labels/NAME.png    palette PNG, index = class id, 255 = unlabelled
    index.json         splits (lists of NAME), legend, class histogram, where each chip came from

The folder is also an ordinary folder of pairs (chips.py), and index.json also a split list (splits.py).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from ..errors import DataError
from ..files import whole_file
from ..legend import IGNORE_INDEX, Legend
from .chips import ImagePair

CHIPS_FORMAT = "uhr-landcover-chips/1"
INDEX_NAME = "index.json"
SPLITS = ("train", "val", "test")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipSet:
    """A folder of chips, as its index describes it.

    Attributes:
        folder: The folder.
        legend: Classes of the labels.
        chip_px: Side of a full chip; chips of small scenes are smaller.
        ground_resolution_m: Metres per pixel; None if not known.
        splits: Split → names of its chips.
        histogram: Split → pixels of each class id, then of unlabelled pixels, K + 1 numbers.
    """

    folder: Path
    legend: Legend
    chip_px: int
    ground_resolution_m: float | None
    splits: Mapping[str, tuple[str, ...]]
    histogram: Mapping[str, tuple[int, ...]]

    def pairs(self, split: str) -> tuple[ImagePair, ...]:
        """Return the chips of a split.

        Raises:
            DataError: If the split has no chips.
        """
        names = self.splits.get(split, ())
        if not names:
            raise DataError(f"The chips in {self.folder} have no split {split!r}; there are {sorted(self.splits)}.")
        return tuple(
            ImagePair(name, self.folder / "images" / f"{name}.png", self.folder / "labels" / f"{name}.png")
            for name in names
        )


class ChipWriter:
    """Collects chips in a folder; `finish` writes the index that makes it a chip set.

    Args:
        folder: Folder to fill; made if missing.
        legend: Classes of the labels.
        chip_px: Side of a full chip.
        ground_resolution_m: Metres per pixel; None if not known.
    """

    def __init__(self, folder: Path, legend: Legend, *, chip_px: int, ground_resolution_m: float | None) -> None:
        self._folder, self._legend = folder, legend
        self._head = {"chip_px": chip_px, "ground_resolution_m": ground_resolution_m}
        self._splits: dict[str, list[str]] = {}
        self._counts: dict[str, np.ndarray] = {}
        self._origins: dict[str, dict[str, Any]] = {}
        # All 256 entries: with fewer, Pillow packs the indices into 4 bits and 255 becomes 15.
        self._palette = [v for c in legend.classes for v in c.color] + [128] * (3 * (256 - legend.num_classes))
        for name in ("images", "labels"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def add(self, split: str, scene: str, row: int, col: int, image: np.ndarray, labels: np.ndarray) -> bool:
        """Add a chip, unless nothing in it is labelled; return whether it was added.

        Args:
            split: "train", "val" or "test".
            scene: Name of the scene it was cut from.
            row: Its first row in the scene, in pixels of the chips' resolution.
            col: Its first column.
            image: ``(H, W, 3)`` uint8.
            labels: ``(H, W)`` uint8, class ids or 255.
        """
        counts = np.bincount(labels.ravel(), minlength=256)
        if counts[:IGNORE_INDEX].sum() == 0:
            return False
        name = f"{scene}_r{row:06d}_c{col:06d}"
        if name in self._origins:
            raise DataError(f"Two scenes are called {scene!r}. Give every scene a name of its own.")
        picture = Image.fromarray(labels)
        picture.putpalette(self._palette)
        _save(picture, self._folder / "labels" / f"{name}.png")
        _save(Image.fromarray(image), self._folder / "images" / f"{name}.png")
        total = np.append(counts[: self._legend.num_classes], counts[IGNORE_INDEX])
        self._counts[split] = self._counts.get(split, 0) + total
        self._splits.setdefault(split, []).append(name)
        self._origins[name] = {"scene": scene, "row": row, "col": col}
        return True

    def finish(self) -> Path:
        """Write the index and return its path.

        Raises:
            DataError: If no chip was added.
        """
        if not self._splits:
            raise DataError("There is not one labelled pixel in the data. Check that labels and images overlap.")
        data = {
            "format": CHIPS_FORMAT,
            **self._head,
            **self._splits,
            "histogram": {split: counts.tolist() for split, counts in self._counts.items()},
            "legend": self._legend.to_dict(),
            "chips": self._origins,
        }
        path = self._folder / INDEX_NAME
        with whole_file(path) as temporary:
            temporary.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
        return path


def read_chip_set(folder: Path) -> ChipSet:
    """Read the index of a folder of chips.

    Raises:
        DataError: If there is none, or it is damaged.
    """
    path = Path(folder) / INDEX_NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.get("format") != CHIPS_FORMAT:
            raise ValueError(f"its format is {data.get('format')!r}, expected {CHIPS_FORMAT!r}")
        return ChipSet(
            folder=Path(folder),
            legend=Legend.from_dict(data["legend"]),
            chip_px=int(data["chip_px"]),
            ground_resolution_m=data["ground_resolution_m"],
            splits={split: tuple(_plain(name) for name in data[split]) for split in SPLITS if split in data},
            histogram={split: tuple(int(v) for v in counts) for split, counts in data["histogram"].items()},
        )
    except FileNotFoundError as error:
        raise DataError(
            f"{folder} holds no chips: there is no {INDEX_NAME}. Make chips with the command prepare."
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(f"The chip index {path} cannot be read: {error}.") from error


def _plain(name: str) -> str:
    # the index is a file from anywhere: a name must not lead out of the folder
    if not isinstance(name, str) or Path(name).name != name or "\\" in name:
        raise ValueError(f"{name!r} is no plain file name")
    return name


def _save(picture: Image.Image, path: Path) -> None:
    with path.open("wb") as file:
        picture.save(file, format="PNG", compress_level=3)
        file.flush()
        os.fsync(file.fileno())
