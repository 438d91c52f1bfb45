"""Finished tiles on disk: one small file each, complete or absent.

A half-written GeoTIFF opens without error and lacks its last blocks, so nothing is ever appended to: each tile's core
goes to a file of its own, which is closed, synced and renamed; so do the scores of its overlap with its neighbours
(blending.py). Tiles without data have no file.
"""

from __future__ import annotations

import hashlib
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from rasterio.errors import RasterioError
from rasterio.windows import Window as RasterioWindow

from ...models.legend import NODATA
from ..raster.grid import RasterGrid, Window
from ..system.errors import ErrorCode, OutputError
from ..system.files import file_sha256, made_atomically, sync_directory
from ..system.trace import span
from .blending import Blender, packed_overlap
from .journal import SYNC_PAUSE_S
from .tiling import Tile, TilePlan

PROFILE = {
    "driver": "GTiff", "dtype": "uint8", "nodata": NODATA, "interleave": "band",
    "compress": "zstd", "zstd_level": 1,  # measured: 2506 MB/s against 324 of deflate, at equal size
    "bigtiff": "if_safer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShardBands:
    """What a shard holds besides class ids, in this order.

    Attributes:
        confidence: Whether the winner's probability in per cent.
        classes: Number of classes whose probabilities in 250ths follow; 0 for none.
    """

    confidence: bool = False
    classes: int = 0

    @property
    def count(self) -> int:
        """Number of bands, that of class ids included."""
        return 1 + self.confidence + self.classes

    @property
    def probabilities(self) -> list[int]:
        """Bands of the probabilities, counted from 1."""
        return list(range(2 + self.confidence, 1 + self.count))


CLASSES_ONLY = ShardBands()


class ShardStore:
    """The shards of one run.

    Args:
        directory: Folder that holds them; made if missing.
        grid: Grid of the raster that is classified.
        plan: Its tiles.
        bands: What is kept besides class ids.
    """

    def __init__(self, directory: Path, grid: RasterGrid, plan: TilePlan, bands: ShardBands = CLASSES_ONLY) -> None:
        self._directory = directory
        self._grid = grid
        self._bands = bands
        self._blender = Blender(plan, self._overlap_of)
        self._next_sync = 0.0
        # Tiles come in row-major order and the cores of a row have the same lines.
        self._rows = [list(tiles) for _, tiles in groupby(plan.tiles, key=lambda t: t.cell.row_off)]
        directory.mkdir(parents=True, exist_ok=True)

    def path(self, tile: Tile) -> Path:
        """Return where the shard of a tile lies."""
        return self._directory / f"tile-{tile.index:09d}.tif"

    def write(
        self, tile: Tile, parts: Iterable[tuple[Window, np.ndarray]], overlap: Mapping[str, np.ndarray] | None = None
    ) -> str:
        """Write the core of a tile, and its overlap, and return the SHA-256 of its files.

        Args:
            tile: The tile.
            parts: Windows of the core, in source pixels, and their ``(B, H, W)`` uint8 bands.
            overlap: ``(K, h, w)`` uint16 scores of the strips of its overlap, by side; none without neighbours.

        Raises:
            OutputError: If a file does not hold what was written: a full disk may say nothing until it is read.
        """
        if tile.core.pixels:
            self._write_core(tile, parts)
        if overlap:
            self._write_overlap(tile, overlap)
        if time.monotonic() > self._next_sync:
            sync_directory(self._directory)
            self._next_sync = time.monotonic() + SYNC_PAUSE_S
        return self._digest(tile)

    def _write_core(self, tile: Tile, parts: Iterable[tuple[Window, np.ndarray]]) -> None:
        core = tile.core
        transform = self._grid.transform @ Affine.translation(core.col_off, core.row_off)
        place = {"width": core.width, "height": core.height, "transform": transform}
        written: list[tuple[RasterioWindow, int]] = []
        with made_atomically(self.path(tile)) as part:
            with rasterio.open(part, "w", count=self._bands.count, **PROFILE, **place) as shard:
                for window, values in parts:
                    inside = RasterioWindow.from_slices(*window.slices_in(core))
                    shard.write(values, window=inside)
                    written.append((inside, zlib.crc32(np.ascontiguousarray(values).data)))
            _verify(part, written)

    def _write_overlap(self, tile: Tile, overlap: Mapping[str, np.ndarray]) -> None:
        content = packed_overlap(overlap)
        with made_atomically(self._overlap_path(tile)) as part:
            part.write_bytes(content)
            if part.read_bytes() != content:
                raise _not_held(part)

    def keep_valid(self, digests: Mapping[int, str]) -> set[int]:
        """Remove every file but those of a journal that are still what it says; return the indexes of these.

        Args:
            digests: SHA-256 of the shard of each finished tile.
        """
        valid: set[int] = set()
        kept: set[str] = set()
        there = {path.name for path in self._directory.iterdir()}
        for tile in (t for row in self._rows for t in row if t.index in digests):
            names = {p.name for p in (self.path(tile), self._overlap_path(tile))} & there
            if names and self._digest(tile) == digests[tile.index]:
                valid.add(tile.index)
                kept |= names
        for name in there - kept:
            (self._directory / name).unlink()
        return valid

    def read(self, window: Window) -> np.ndarray:
        """Return the class ids of a window of the whole raster; 255 where no tile has written."""
        with span("read shards"):
            class_ids = self._read_bands(window, [1])[0]
        with span("blend"):
            self._blender.apply(window, class_ids)
        return class_ids

    def read_confidence(self, window: Window) -> np.ndarray:
        """Return the winner's probability in per cent for a window of the whole raster; 255 where no tile has."""
        class_ids, confidence = self._read_bands(window, [1, 2])
        self._blender.apply(window, class_ids, confidence=confidence)
        return confidence

    def read_probabilities(self, window: Window) -> np.ndarray:
        """Return the ``(K, H, W)`` probabilities in 250ths of a window of the whole raster; 255 where no tile has."""
        values = self._read_bands(window, [1, *self._bands.probabilities])
        self._blender.apply(window, values[0], probabilities=values[1:])
        return values[1:]

    def _read_bands(self, window: Window, bands: list[int]) -> np.ndarray:
        out = np.full((len(bands), *window.shape), NODATA, np.uint8)
        for tile in self._tiles_over(window):
            part = tile.core.intersection(window)
            path = self.path(tile)
            if part.pixels and path.exists():
                with rasterio.open(path) as shard:
                    inside = RasterioWindow.from_slices(*part.slices_in(tile.core))
                    out[:, *part.slices_in(window)] = shard.read(bands, window=inside)
        return out

    def _overlap_path(self, tile: Tile) -> Path:
        return self._directory / f"tile-{tile.index:09d}.rim"

    def _overlap_of(self, tile: Tile) -> Path | None:
        path = self._overlap_path(tile)
        return path if path.exists() else None

    def _digest(self, tile: Tile) -> str:
        parts = [file_sha256(p) for p in (self.path(tile), self._overlap_path(tile)) if p.exists()]
        return parts[0] if len(parts) == 1 else hashlib.sha256("".join(parts).encode()).hexdigest()

    def _tiles_over(self, window: Window) -> Iterator[Tile]:
        for row in self._rows:
            if row[0].cell.row_off < window.row_end and row[0].cell.row_end > window.row_off:
                yield from row


def _verify(path: Path, written: Iterable[tuple[RasterioWindow, int]]) -> None:
    try:
        with rasterio.open(path) as shard:
            is_whole = all(zlib.crc32(shard.read(window=window)) == crc for window, crc in written)
    except RasterioError:
        is_whole = False
    if not is_whole:
        raise _not_held(path)


def _not_held(path: Path) -> OutputError:
    return OutputError(
        ErrorCode.OUTPUT_NOT_WRITABLE,
        f"{path.parent} does not hold what was written there; the disk may be full or failing. Check it and run again.",
    )
