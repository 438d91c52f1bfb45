"""Presets, and a run's use of the machine: every tuning number, and the plan made from it. Pure.

A preset changes speed and memory, never the map: tile and halo come from the model card, precision from the device.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from ...models.card import ModelCard
from ...models.inference.memory import ForwardMemory
from ..contract.job import Preset
from ..raster.raster_info import RasterInfo
from ..system.device import Device
from ..system.host import ANY_SIZE
from ..tiles.tiling import TilePlan
from .needs import HostMemoryParts, device_need, host_need

MIB = 1024**2

MAX_STRIP_CACHE_BYTES = 1024 * MIB

MOST_ROW_STRIPS = 8
"""Strips of the large layers where memory is short; more of them would save nothing, since other layers lead then."""

BATCHES_AHEAD = 1
"""Batches that are queued on a GPU while one before them is waited for."""

MOST_PATCHES_ON_CPU = 4
"""Patches of a tile that a CPU does together at most: two more take 200 to 400 MB and save 2 % of the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetSettings:
    """What a preset spends.

    Attributes:
        idle_cores: Cores left to the rest of the machine.
        readers: Threads that read and decode tiles.
        prefetch: Tiles read ahead of the network.
        writers: Threads that pack and write finished tiles of a GPU; beside a network on the CPU there is one.
        cache_bytes: GDAL's block cache.
        device_share: Part of a GPU's free memory that batches may fill.
        max_batch: Most tiles in a batch on a GPU.
        patch_batch: Patches that a network with patches (GLNet, PPN) runs together.
        row_strips: Strips in which a network makes its large maps, where it can.
        kept_bytes: Freed pieces of host memory up to this size stay with the process to be used again.
        winograd: Whether the CPU does wide convolutions by Winograd's method, whose kernels take memory.
    """

    idle_cores: int
    readers: int
    prefetch: int
    writers: int
    cache_bytes: int
    device_share: float
    max_batch: int
    patch_batch: int
    row_strips: int
    kept_bytes: int
    winograd: bool

    def patches_on(self, device: Device) -> int:
        """Return how many patches a network runs together on a device."""
        return self.patch_batch if device.is_cuda else min(self.patch_batch, MOST_PATCHES_ON_CPU)


PRESETS = {
    Preset.SPEED: PresetSettings(
        idle_cores=0,
        readers=4,
        prefetch=6,
        writers=4,
        cache_bytes=256 * MIB,
        device_share=0.8,
        max_batch=8,
        patch_batch=6,
        row_strips=1,
        kept_bytes=ANY_SIZE,
        winograd=True,
    ),
    Preset.BALANCED: PresetSettings(
        idle_cores=1,
        readers=2,
        prefetch=3,
        writers=2,
        cache_bytes=128 * MIB,
        device_share=0.5,
        max_batch=4,
        patch_batch=4,
        row_strips=1,
        kept_bytes=32 * MIB,
        winograd=True,
    ),
    Preset.MEMORY: PresetSettings(
        idle_cores=1,
        readers=1,
        prefetch=1,
        writers=1,
        cache_bytes=64 * MIB,
        device_share=0.5,
        max_batch=1,
        patch_batch=1,
        row_strips=MOST_ROW_STRIPS,
        kept_bytes=4 * MIB,
        winograd=False,
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
        writers: Threads that write finished tiles.
        prefetch: Tiles read ahead.
        gdal_cache_bytes: GDAL's block cache.
        row_strips: Strips in which the network makes its large maps, if it can.
        kept_bytes: Freed pieces of host memory up to this size are used again without asking the system.
        winograd: Whether wide convolutions are done by Winograd's method where the CPU does them.
        passes: Work of the network for a tile, as a multiple of that of one look.
        tiles: Tiles of the area, empty ones included.
        predicted_host_bytes: Host memory at the peak.
        predicted_device_bytes: GPU memory at the peak; 0 on the CPU.
        predicted_disk_bytes: Disk space at the peak, results and temporary files together.
        disk_is_measured: Whether that was found from this raster's own tiles; otherwise it is a bound that the content
            of most rasters stays far below.
        predicted_seconds: Wall time; None where this machine has not been calibrated for it.
        total_host_bytes: Memory of the host; 0 if unknown.
        free_host_bytes: What of it is free; 0 if unknown.
        total_device_bytes: Memory of the GPU; 0 on the CPU.
        free_device_bytes: What of it is free; 0 on the CPU.
        free_disk_bytes: Free space where the results will lie; 0 if unknown.
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
    writers: int = 1
    row_strips: int = 1
    kept_bytes: int = 32 * MIB
    winograd: bool = True
    passes: float = 1.0
    predicted_seconds: float | None = None
    disk_is_measured: bool = False
    total_host_bytes: int = 0
    free_host_bytes: int = 0
    total_device_bytes: int = 0
    free_device_bytes: int = 0
    free_disk_bytes: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as JSON-ready data."""
        return {**asdict(self), "preset": self.preset.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What the planning knows of the machine besides the device.

    Attributes:
        base_bytes: Resident memory of this process, with the checkpoint loaded.
        total_bytes: Memory of the host; 0 if unknown.
        free_bytes: What of it is free; 0 if unknown.
        free_disk_bytes: Free space where the results will lie; 0 if unknown.
    """

    base_bytes: int
    total_bytes: int = 0
    free_bytes: int = 0
    free_disk_bytes: int = 0


def plan_execution(
    preset: Preset,
    device: Device,
    card: ModelCard,
    info: RasterInfo,
    tiles: TilePlan,
    *,
    trace: Callable[..., ForwardMemory],
    host: Callable[[], Host],
    disk_bytes: int = 0,
    probabilities: int = 0,
) -> ExecutionPlan:
    """Return how a run with this preset uses the machine.

    Args:
        preset: The user's trade-off.
        device: Where the network works.
        card: The network's card.
        info: The raster.
        tiles: Its tiles.
        trace: Gives the network's memory for the keywords precision, batch, patch_batch, row_strips and winograd.
        host: Looks at the machine; asked after the tracing, which loads code of its own.
        disk_bytes: Disk space the results need at most (see disk_use.py).
        probabilities: Classes whose probabilities are kept.
    """
    settings = PRESETS[preset]
    patch_batch = settings.patches_on(device)

    def forward(batch: int) -> ForwardMemory:
        return trace(
            precision=device.precision,
            batch=batch,
            patch_batch=patch_batch,
            row_strips=settings.row_strips,
            winograd=settings.winograd and not device.is_cuda,
        )

    batch, need = 1, forward(1)
    if device.is_cuda:
        largest = max(1, min(settings.max_batch, len(tiles.tiles)))
        batch, need = _largest_batch(forward, largest, need, int(device.free_bytes * settings.device_share))
    cores = max(1, device.cores - settings.idle_cores)
    strip_cache = _strip_cache_bytes(info, tiles)
    # Each reader has its own handle with its own blocks: several would decode the same strips several times.
    readers = 1 if strip_cache else max(1, min(settings.readers, cores, len(tiles.tiles)))
    cache = max(settings.cache_bytes, strip_cache)
    prefetch = max(settings.prefetch, batch)
    under_way, writers = (1 + BATCHES_AHEAD, min(settings.writers, cores)) if device.is_cuda else (1, 1)
    # Read ahead, in the batches under way, their copies for the network, being written.
    held = min(prefetch + 2 * under_way * batch + writers, len(tiles.tiles) + under_way * batch)
    parts = HostMemoryParts(
        tiles=held,
        answers=under_way * batch + writers,
        writers=writers,
        readers=min(readers, prefetch),
        network_threads=cores,
        cache_bytes=cache,
        kept_bytes=settings.kept_bytes,
        classes=card.legend.num_classes,
        probabilities=probabilities,
        pixel_bytes=len(card.bands) * (4 if card.raw_values and not info.is_8bit else 1) + 1,
    )
    machine = host()
    return ExecutionPlan(
        preset=preset,
        device=device.name,
        device_title=device.title,
        precision=device.precision,
        tile_px=card.tile_px,
        halo_px=card.halo_px,
        batch=batch,
        patch_batch=patch_batch,
        row_strips=settings.row_strips,
        kept_bytes=settings.kept_bytes,
        winograd=settings.winograd,
        torch_threads=cores,
        readers=readers,
        writers=writers,
        prefetch=prefetch,
        gdal_cache_bytes=cache,
        tiles=len(tiles.tiles),
        predicted_host_bytes=host_need(need, info, tiles, parts, machine.base_bytes, on_gpu=device.is_cuda),
        predicted_device_bytes=device_need(need) if device.is_cuda else 0,
        predicted_disk_bytes=disk_bytes,
        total_host_bytes=machine.total_bytes,
        free_host_bytes=machine.free_bytes,
        total_device_bytes=device.total_bytes if device.is_cuda else 0,
        free_device_bytes=device.free_bytes if device.is_cuda else 0,
        free_disk_bytes=machine.free_disk_bytes,
    )


def _largest_batch(
    forward: Callable[[int], ForwardMemory], largest: int, single: ForwardMemory, budget: int
) -> tuple[int, ForwardMemory]:
    """Return the largest batch whose need stays within a budget, at least 1, and that need."""
    batch, need = 1, single
    while batch < largest and device_need(more := forward(batch + 1)) <= budget:
        batch, need = batch + 1, more
    return batch, need


def _strip_cache_bytes(info: RasterInfo, tiles: TilePlan) -> int:
    """Cache that keeps striped files from being decoded again for every tile of a row."""
    if info.block_shape[1] < info.grid.width:
        return 0
    rows = min(info.grid.height, round(tiles.y.read_px * tiles.y.scale) + info.block_shape[0])
    wanted = rows * info.grid.width * info.total_bands * info.item_bytes
    return min(wanted, MAX_STRIP_CACHE_BYTES)
