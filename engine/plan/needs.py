"""Memory a run needs on host and GPU, predicted from its parts. Pure. Disk space: see disk_use.py.

Each figure is an upper bound meant to be tight: benchmarks/plan_truth.py holds it against runs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...models.inference.memory import ForwardMemory
from ..raster.raster_info import RasterInfo
from ..system.host import ANY_SIZE
from ..tiles.tiling import TilePlan

MIB = 1024**2

CUDA_HOST_BYTES = 1400 * MIB
"""What the CUDA libraries add to host memory. Not measured yet."""

CUDA_WORKSPACE_SHARE = 0.25
"""Workspaces of the GPU's libraries and what its allocator cannot use, relative to the tensors. Not measured yet."""

CPU_WORKSPACE_SHARES = {4 * MIB: 0.1, 32 * MIB: 0.3, ANY_SIZE: 0.55}
"""What convolutions take inside and gaps between freed tensors, relative to the live tensors, by the size up to which
freed memory is kept (measured: up to 0.03, 0.18 and 0.51)."""

OVERLAPS_IN_WORK = 2
"""Tiles whose overlaps are held besides those of answers: as the network's scores, and packed."""

CPU_WORKSPACE_BYTES = 24 * MIB
"""What the CPU's libraries hold once they have worked: thread pools, compiled kernels."""

ENGINE_BYTES = 40 * MIB
"""Code and state of reading, writing and classifying that is loaded after planning."""

VECTOR_BYTES = 70 * MIB
"""Code of the polygon writers and their batches of features."""

THREAD_BYTES = 16 * MIB
"""What each further thread of the network, and each further one that reads, keeps of freed memory for itself."""

PRODUCTS_CACHE_BYTES = 16 * MIB
"""GDAL's block cache while results are made: files are read and written once, in whole rows of blocks."""

CUDA_LIBRARY_BYTES = 32 * MIB
"""What the GPU's matrix library takes for itself from the store of tensors, on the cards on which it takes most."""

SCORE_BYTES = 2

ROWS_HELD = 1280
"""Rows of the class raster that are held while polygons are made: those of its blocks, and strips of them."""

STRIP_PX_BUDGET = 1 << 24
"""Pixels that are brought to the source's grid at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostMemoryParts:
    """What a run holds in host memory besides the network.

    Attributes:
        tiles: Tiles that are held at once: read ahead, in the batch, being written.
        answers: Tiles of which the network's answer is held: in the batch, being written.
        writers: Threads that write.
        readers: Threads that read.
        network_threads: Threads of the network on the CPU.
        cache_bytes: Limit of GDAL's block cache.
        kept_bytes: Freed pieces up to this size stay with the process.
        classes: Classes whose scores make up the overlaps of tiles.
        probabilities: Classes whose probabilities are kept.
        pixel_bytes: Bytes of a pixel of a tile, its validity included.
    """

    tiles: int
    answers: int
    writers: int
    readers: int
    network_threads: int
    cache_bytes: int
    kept_bytes: int
    classes: int
    probabilities: int
    pixel_bytes: int


def device_need(forward: ForwardMemory) -> int:
    """Return the GPU memory of a batch, weights and workspaces included."""
    return round(forward.live_bytes * (1 + CUDA_WORKSPACE_SHARE)) + forward.weight_bytes + CUDA_LIBRARY_BYTES


def host_need(
    forward: ForwardMemory, info: RasterInfo, tiles: TilePlan, parts: HostMemoryParts, base_bytes: int, *, on_gpu: bool
) -> int:
    """Return the largest resident memory of the process over a run.

    Args:
        forward: The network's need.
        info: The raster.
        tiles: The tiles.
        parts: What is held besides.
        base_bytes: Resident memory of the process at planning, with the checkpoint loaded.
        on_gpu: Whether the network works on a GPU.
    """
    network = CUDA_HOST_BYTES if on_gpu else _on_cpu(forward, parts.kept_bytes)
    cache = min(parts.cache_bytes, parts.readers * _decoded_bytes(info, tiles))
    held = parts.tiles * math.prod(tiles.padded_shape) * parts.pixel_bytes + _reading_bytes(info, tiles) * parts.readers
    threads = THREAD_BYTES * (parts.readers + parts.writers + (1 if on_gpu else parts.network_threads) - 3)
    overlaps = (parts.answers + OVERLAPS_IN_WORK) * parts.classes * _overlap_px(tiles) * SCORE_BYTES
    answers = parts.answers * math.prod(tiles.padded_shape) * parts.probabilities
    writing = parts.writers * _writing_bytes(tiles) * (1 + parts.probabilities)
    classify = network + cache + threads + held + overlaps + answers + writing
    products = VECTOR_BYTES + PRODUCTS_CACHE_BYTES + info.grid.width * min(ROWS_HELD, info.grid.height)
    return base_bytes + ENGINE_BYTES + max(classify, products)


def _on_cpu(forward: ForwardMemory, kept_bytes: int) -> int:
    share = next(s for size, s in CPU_WORKSPACE_SHARES.items() if kept_bytes <= size)
    return round(forward.live_bytes * (1 + share)) + forward.added_bytes + CPU_WORKSPACE_BYTES


def _overlap_px(tiles: TilePlan) -> int:
    """Pixels in which a tile is mixed with neighbours on all sides, corners counted twice as they are kept."""
    x, y = tiles.x, tiles.y
    along = (x.core_px + 2 * x.blend_px, y.core_px + 2 * y.blend_px)
    return 4 * (x.blend_px * along[1] * (x.cells > 1) + y.blend_px * along[0] * (y.cells > 1))


def _reading_bytes(info: RasterInfo, tiles: TilePlan) -> int:
    """What one thread holds while it reads a tile, besides the tile."""
    rows, cols = tiles.padded_shape
    channels = len(info.bands.indexes)
    if info.is_8bit:
        return rows * cols * (channels + 2)
    stretching = 2 * 4  # the values as float32, and once more while they are scaled
    return rows * cols * (channels * (info.item_bytes + stretching) + 2)


def _writing_bytes(tiles: TilePlan) -> int:
    if not tiles.is_resampled:
        return 2 * tiles.padded_shape[0] * tiles.padded_shape[1]
    # Cores have one size, or one pixel more, but for the last ones and those that the area cuts.
    across, down = (min(axis.source_px, math.ceil(axis.core_px * axis.scale) + 1) for axis in (tiles.x, tiles.y))
    core = min(across, tiles.area.width) * min(down, tiles.area.height)
    return 4 * min(STRIP_PX_BUDGET, core)


def _decoded_bytes(info: RasterInfo, tiles: TilePlan) -> int:
    """Blocks of the raster that a reader's handle can have in the cache."""
    rows, cols = info.block_shape
    area = tiles.area
    down = -(-area.row_end // rows) - area.row_off // rows
    across = -(-area.col_end // cols) - area.col_off // cols
    return down * rows * across * cols * info.total_bands * info.item_bytes
