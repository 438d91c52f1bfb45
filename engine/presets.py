"""How a run uses the machine: every tuning number, and the plan made from it. Pure.

A preset changes speed and memory, never the map: tile and halo come from the model card, precision from the device.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ..models.card import ModelCard
from .device import Device
from .job import Preset
from .raster_info import RasterInfo
from .tiling import TilePlan

MIB = 1024**2

STRETCH_PERCENTILES = (0.1, 99.9)
"""Ends of the stretch to 8 bits: wide enough for roofs and shadow, narrow enough to drop dead pixels."""

STRETCH_SAMPLES_SIDE = 1024
"""Samples for the stretch: the square of this."""

RESOLUTION_TOLERANCE = 0.05
"""Rasters this close to the model's resolution are taken as they are: networks do not see 5 %."""

MAX_ENLARGEMENT = 4.0
"""Coarse pixels are enlarged this much at most: more adds work and no detail."""

GOOD_RESOLUTION_RATIO = 2.0
"""Beyond this ratio to the model's resolution, either way, the user is warned."""

MAX_PIXEL_ASPECT = 1.05
"""Beyond this ratio of a pixel's sides the user is warned."""

HOST_BASE_BYTES = 480 * MIB
"""Interpreter, torch and rasterio with nothing done yet."""

CUDA_HOST_BYTES = 1400 * MIB
"""What the CUDA libraries add to host memory."""

ACTIVATION_BYTES_PER_PX = {"glnet": 320, "ppn": 130, "isdnet": 190}
"""Largest live float32 tensors of a forward pass at the published width, per model pixel of a tile."""

WEIGHT_BYTES = {"glnet": 420 * MIB, "ppn": 260 * MIB, "isdnet": 80 * MIB}
"""Weights in float32 at the published width."""

DISK_BYTES_PER_PX = 0.45
"""Shards, class raster with overviews, and polygons, per source pixel; an upper bound on speckled maps."""

DISK_BASE_BYTES = 16 * MIB

MAX_STRIP_CACHE_BYTES = 1024 * MIB

READING_CACHE_BYTES = 256 * MIB
"""GDAL's block cache of commands that read a class raster once, from top to bottom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trade:
    """What a preset spends.

    Attributes:
        idle_cores: Cores left to the rest of the machine.
        readers: Threads that read and decode tiles.
        prefetch: Tiles read ahead of the network.
        cache_bytes: GDAL's block cache.
        device_share: Part of a GPU's free memory that batches may fill.
        max_batch: Most tiles in a batch on a GPU.
        patch_batch: Patches that a network with patches (GLNet, PPN) runs together.
    """

    idle_cores: int
    readers: int
    prefetch: int
    cache_bytes: int
    device_share: float
    max_batch: int
    patch_batch: int


_TRADES = {
    Preset.SPEED: _Trade(
        idle_cores=0, readers=4, prefetch=6, cache_bytes=256 * MIB, device_share=0.8, max_batch=8, patch_batch=6
    ),
    Preset.BALANCED: _Trade(
        idle_cores=1, readers=2, prefetch=3, cache_bytes=128 * MIB, device_share=0.5, max_batch=4, patch_batch=4
    ),
    Preset.MEMORY: _Trade(
        idle_cores=1, readers=1, prefetch=1, cache_bytes=64 * MIB, device_share=0.5, max_batch=1, patch_batch=1
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionPlan:
    """How one run uses the machine.

    Attributes:
        preset: The user's trade-off.
        device: Name of the device.
        device_title: Name of the device for people.
        precision: Number type of the network's arithmetic.
        tile_px: Side of a tile, from the model card.
        halo_px: Margin of a tile, from the model card.
        batch: Tiles given to the network at once.
        patch_batch: Patches of a tile that the network runs together, if it has any.
        torch_threads: Threads of the network on the CPU.
        readers: Threads that read tiles.
        prefetch: Tiles read ahead.
        gdal_cache_bytes: GDAL's block cache.
        tiles: Tiles of the area, empty ones included.
        predicted_host_bytes: Host memory at the peak.
        predicted_device_bytes: GPU memory at the peak; 0 on the CPU.
        predicted_disk_bytes: Disk space at the peak, results and temporary files together.
    """

    preset: Preset
    device: str
    device_title: str
    precision: str
    tile_px: int
    halo_px: int
    batch: int
    patch_batch: int
    torch_threads: int
    readers: int
    prefetch: int
    gdal_cache_bytes: int
    tiles: int
    predicted_host_bytes: int
    predicted_device_bytes: int
    predicted_disk_bytes: int

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as JSON-ready data."""
        return {**asdict(self), "preset": self.preset.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Source pixels per model pixel.

    Attributes:
        x: Along columns; above 1 the raster is shrunk for the network.
        y: Along lines.
        notes: Sentences of warning.
    """

    x: float
    y: float
    notes: tuple[str, ...] = ()


def choose_scale(resolution_m: tuple[float, float] | None, model_resolution_m: float) -> Scale:
    """Return how a raster is resampled for a model.

    Args:
        resolution_m: Ground size of a raster pixel along columns and lines; None if nobody knows.
        model_resolution_m: Ground size of a pixel the model was trained for.
    """
    if resolution_m is None:
        note = (
            f"The raster has no coordinate system; its pixels are taken as {model_resolution_m:g} m, as the model "
            "expects, and areas are counted in pixels. Give a ground resolution if that is wrong."
        )
        return Scale(x=1.0, y=1.0, notes=(note,))
    x, y = (_limited(model_resolution_m / side) for side in resolution_m)
    return Scale(x=x, y=y, notes=tuple(_scale_notes(resolution_m, model_resolution_m)))


def plan_execution(preset: Preset, device: Device, card: ModelCard, info: RasterInfo, tiles: TilePlan) -> ExecutionPlan:
    """Return how a run with this preset uses the machine."""
    trade = _TRADES[preset]
    tile_bytes = _network_bytes(card, device, tiles)
    batch = 1
    if device.is_cuda:
        batch = max(1, min(trade.max_batch, len(tiles.tiles), int(device.free_bytes * trade.device_share / tile_bytes)))
    cores = max(1, device.cores - trade.idle_cores)
    strip_cache = _strip_cache_bytes(info, tiles)
    # Each reader has its own handle with its own blocks: several would decode the same strips several times.
    readers = 1 if strip_cache else max(1, min(trade.readers, cores, len(tiles.tiles)))
    cache = max(trade.cache_bytes, strip_cache)
    prefetch = max(trade.prefetch, batch)
    return ExecutionPlan(
        preset=preset,
        device=device.name,
        device_title=device.title,
        precision=device.precision,
        tile_px=card.tile_px,
        halo_px=card.halo_px,
        batch=batch,
        patch_batch=trade.patch_batch,
        torch_threads=cores,
        readers=readers,
        prefetch=prefetch,
        gdal_cache_bytes=cache,
        tiles=len(tiles.tiles),
        predicted_host_bytes=_host_bytes(device, card, tiles, batch, prefetch + readers, cache),
        predicted_device_bytes=(batch * tile_bytes + WEIGHT_BYTES.get(card.method, 0)) if device.is_cuda else 0,
        predicted_disk_bytes=DISK_BASE_BYTES + int(tiles.area.pixels * DISK_BYTES_PER_PX),
    )


def _network_bytes(card: ModelCard, device: Device, tiles: TilePlan) -> int:
    rows, cols = tiles.padded_shape
    activations = ACTIVATION_BYTES_PER_PX.get(card.method, 200)
    if device.precision != "float32":
        activations //= 2
    edges = len(card.bands) * 5 + card.legend.num_classes * 4 + 9  # input as uint8 and float, logits, argmax
    return rows * cols * (activations + edges)


def _host_bytes(device: Device, card: ModelCard, tiles: TilePlan, batch: int, held_tiles: int, cache: int) -> int:
    rows, cols = tiles.padded_shape
    held = held_tiles * rows * cols * (len(card.bands) * 2 + 2)
    strip = 2 * 512 * tiles.x.source_px
    network = CUDA_HOST_BYTES if device.is_cuda else batch * _network_bytes(card, device, tiles)
    return HOST_BASE_BYTES + cache + held + strip + network + WEIGHT_BYTES.get(card.method, 0)


def _strip_cache_bytes(info: RasterInfo, tiles: TilePlan) -> int:
    """Cache that keeps striped files from being decoded again for every tile of a row."""
    if info.block_shape[1] < info.grid.width:
        return 0
    rows = min(info.grid.height, round(tiles.y.read_px * tiles.y.scale) + info.block_shape[0])
    wanted = rows * info.grid.width * info.total_bands * info.item_bytes
    return min(wanted, MAX_STRIP_CACHE_BYTES)


def _limited(scale: float) -> float:
    if abs(scale - 1) <= RESOLUTION_TOLERANCE:
        return 1.0
    return max(scale, 1 / MAX_ENLARGEMENT)


def _scale_notes(resolution_m: tuple[float, float], model_resolution_m: float) -> list[str]:
    notes = []
    low, high = sorted(resolution_m)
    if high / low > MAX_PIXEL_ASPECT:
        notes.append(
            f"The raster's pixels are not square ({resolution_m[0]:.4g} × {resolution_m[1]:.4g} m on the ground); "
            "the model sees them made square."
        )
    if high > model_resolution_m * GOOD_RESOLUTION_RATIO:
        notes.append(
            f"The raster's pixels are {high:.4g} m on the ground, the model was trained for {model_resolution_m:g} m; "
            "expect a poor map. A finer raster would do better."
        )
    return notes
