"""Finished tiles on disk: one small file each, complete or absent.

A half-written GeoTIFF opens without error and lacks its last blocks, so nothing is ever appended to: each tile's core
goes to a file of its own, which is closed, synced and renamed. Tiles without data have no file.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from rasterio.errors import RasterioError
from rasterio.windows import Window as RasterioWindow

from ..models.legend import NODATA
from .errors import ErrorCode, OutputError
from .grid import RasterGrid, Window
from .journal import SYNC_PAUSE_S, file_sha256, sync_directory
from .tiling import Tile, TilePlan

PROFILE = {
    "driver": "GTiff", "dtype": "uint8", "count": 1, "nodata": NODATA,
    "compress": "zstd", "zstd_level": 1,  # measured: 2506 MB/s against 324 of deflate, at equal size
    "bigtiff": "if_safer",
}  # fmt: skip


class ShardStore:
    """The shards of one run.

    Args:
        directory: Folder that holds them; made if missing.
        grid: Grid of the raster that is classified.
        plan: Its tiles.
    """

    def __init__(self, directory: Path, grid: RasterGrid, plan: TilePlan) -> None:
        self._directory = directory
        self._grid = grid
        self._next_sync = 0.0
        # Tiles come in row-major order and the cores of a row have the same lines.
        self._rows = [list(tiles) for _, tiles in groupby(plan.tiles, key=lambda t: t.core.row_off)]
        directory.mkdir(parents=True, exist_ok=True)

    def path(self, tile: Tile) -> Path:
        """Return where the shard of a tile lies."""
        return self._directory / f"tile-{tile.index:09d}.tif"

    def write(self, tile: Tile, parts: Iterable[tuple[Window, np.ndarray]]) -> str:
        """Write the core of a tile and return the SHA-256 of its file.

        Args:
            tile: The tile.
            parts: Windows of the core, in source pixels, and their ``(H, W)`` uint8 class ids.

        Raises:
            OutputError: If the file does not hold what was written: a full disk may say nothing until it is read.
        """
        core, path = tile.core, self.path(tile)
        temporary = path.with_suffix(".tmp")
        transform = self._grid.transform @ Affine.translation(core.col_off, core.row_off)
        place = {"width": core.width, "height": core.height, "transform": transform}
        written: list[tuple[RasterioWindow, int]] = []
        with rasterio.open(temporary, "w", **PROFILE, **place) as shard:
            for window, class_ids in parts:
                inside = RasterioWindow.from_slices(*window.slices_in(core))
                shard.write(class_ids, 1, window=inside)
                written.append((inside, zlib.crc32(np.ascontiguousarray(class_ids))))
        sync(temporary)
        _verify(temporary, written)
        digest = file_sha256(temporary)
        temporary.replace(path)
        if time.monotonic() > self._next_sync:
            sync_directory(self._directory)
            self._next_sync = time.monotonic() + SYNC_PAUSE_S
        return digest

    def keep_valid(self, digests: Mapping[int, str]) -> set[int]:
        """Remove every file but those of a journal that are still what it says; return the indexes of these.

        Args:
            digests: SHA-256 of the shard of each finished tile.
        """
        valid: set[int] = set()
        by_name = {self.path(tile).name: tile.index for row in self._rows for tile in row}
        for path in list(self._directory.iterdir()):
            index = by_name.get(path.name)
            if index in digests and file_sha256(path) == digests[index]:
                valid.add(index)
            else:
                path.unlink()
        return valid

    def read(self, window: Window) -> np.ndarray:
        """Return the class ids of a window of the whole raster; 255 where no tile has written."""
        out = np.full(window.shape, NODATA, np.uint8)
        for tile in self._tiles_over(window):
            part = tile.core.intersection(window)
            path = self.path(tile)
            if part.pixels and path.exists():
                with rasterio.open(path) as shard:
                    inside = RasterioWindow.from_slices(*part.slices_in(tile.core))
                    out[part.slices_in(window)] = shard.read(1, window=inside)
        return out

    def _tiles_over(self, window: Window) -> Iterator[Tile]:
        for row in self._rows:
            if row[0].core.row_off < window.row_end and row[0].core.row_end > window.row_off:
                yield from row


def _verify(path: Path, written: Iterable[tuple[RasterioWindow, int]]) -> None:
    try:
        with rasterio.open(path) as shard:
            is_whole = all(zlib.crc32(shard.read(1, window=window)) == crc for window, crc in written)
    except RasterioError:
        is_whole = False
    if not is_whole:
        path.unlink(missing_ok=True)
        raise OutputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"{path.parent} does not hold what was written there; the disk may be full or failing. Check it and run "
            "again.",
        )


def sync(path: Path) -> None:
    """Wait until a file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
