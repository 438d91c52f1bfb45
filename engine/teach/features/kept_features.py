"""Kept features: the feature maps of tiles on disk, bounded in size, found again on another day."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ...system.files import made_atomically

FORMAT = 1
"""Counted up when the files or what they hold change."""

SUFFIX = ".features"
BACKGROUND = "background"


@dataclass(frozen=True, slots=True, kw_only=True)
class TileFeatures:
    """What is known of a tile.

    Attributes:
        maps: Feature maps of the tile's read window, ``(C_i, h_i, w_i)`` float16.
        valid: ``(H, W)`` bool of the read window, padding included: where there is data.
    """

    maps: tuple[np.ndarray, ...]
    valid: np.ndarray

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        return sum(level.nbytes for level in self.maps) + self.valid.nbytes


@dataclass
class KeptFeatures:
    """Features of one raster as seen by one encoder, in a folder shared by all rasters.

    Damaged files count as missing. Where the disk is full, nothing more is kept and `problem` says so.

    Attributes:
        folder: Folder of all rasters.
        key: What the features depend on, as `features_key` gives it.
        most_bytes: Bytes that all rasters' features may take together; the least recently used go first.
        problem: Sentence on what went wrong; empty if nothing did.
    """

    folder: Path
    key: str
    most_bytes: int
    problem: str = field(default="", init=False)

    def read(self, index: int) -> TileFeatures | None:
        """Return the features of a tile, None if they are not kept."""
        arrays = self._read(str(index))
        if arrays is None:
            return None
        try:
            maps = tuple(arrays[f"map{i}"] for i in range(len(arrays) - 2))
            shape = tuple(arrays["shape"].tolist())
            valid = np.unpackbits(arrays["valid"], count=shape[0] * shape[1]).reshape(shape).astype(bool)
        except (KeyError, ValueError):
            return None
        return TileFeatures(maps=maps, valid=valid)

    def write(self, index: int, features: TileFeatures) -> None:
        """Keep the features of a tile, if there is room."""
        maps = {f"map{i}": level for i, level in enumerate(features.maps)}
        shape = np.array(features.valid.shape)
        self._write(str(index), {"valid": np.packbits(features.valid), "shape": shape, **maps})

    def read_background(self) -> np.ndarray | None:
        """Return the features spread over the raster, None if they are not kept."""
        return (self._read(BACKGROUND) or {}).get("features")

    def write_background(self, features: np.ndarray) -> None:
        """Keep the features spread over the raster, if there is room."""
        self._write(BACKGROUND, {"features": features})

    def _read(self, name: str) -> dict[str, np.ndarray] | None:
        path = self._path(name)
        try:
            with np.load(path) as file:
                arrays = {key: file[key] for key in file.files}
            os.utime(path)  # used: among the last to go
        except (OSError, ValueError, zipfile.BadZipFile):
            return None
        return arrays

    def _write(self, name: str, arrays: dict[str, np.ndarray]) -> None:
        if self.problem:
            return
        path = self._path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with made_atomically(path) as part, part.open("wb") as file:
                np.savez(file, **arrays)
            self._make_room()
        except OSError as error:
            self.problem = f"Features cannot be kept in {self.folder}: {error}. They are computed again next time."

    def _path(self, name: str) -> Path:
        return self.folder / self.key / f"{name}{SUFFIX}"

    def _make_room(self) -> None:
        """Delete the least recently used files beyond the bound."""
        files = sorted(_files(self.folder), key=lambda row: row[0])
        total = sum(size for _, size, _ in files)
        for _, size, path in files:
            if total <= self.most_bytes:
                return
            with contextlib.suppress(OSError):
                path.unlink()
            total -= size


def features_key(facts: Any) -> str:
    """Return the name of a folder of features from the JSON data of what they depend on."""
    text = json.dumps([FORMAT, facts], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _files(folder: Path) -> Iterable[tuple[float, int, Path]]:
    for path in folder.glob(f"*/*{SUFFIX}"):
        with contextlib.suppress(OSError):
            status = path.stat()
            yield status.st_mtime, status.st_size, path
