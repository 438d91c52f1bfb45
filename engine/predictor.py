"""The network at work: tiles in, class ids out. Normalisation, network and argmax stay on the device."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from ..models.checkpoint import Checkpoint
from ..models.preprocess import normalize
from .device import cpu_device
from .errors import DeviceError, ErrorCode
from .presets import ExecutionPlan
from .source import TileImage


class Predictor:
    """A network on its device.

    Batches always have the same size: a short one is filled up, because libraries choose other algorithms, with other
    roundings, for other sizes.

    Args:
        checkpoint: The network and its card.
        plan: Device, precision, batch and threads.
        note: Called with a sentence when memory runs out and the work goes on more slowly.
    """

    def __init__(self, checkpoint: Checkpoint, plan: ExecutionPlan, note: Callable[[str], None] | None = None) -> None:
        self._card = checkpoint.card
        self._note = note or (lambda _: None)
        self._batch = plan.batch
        self._precision = getattr(torch, plan.precision)
        # Threads are a setting of the process; the engine runs one network at a time.
        torch.set_num_threads(plan.torch_threads)
        self._network = checkpoint.network.for_inference()
        if hasattr(self._network, "patch_batch"):
            self._network.patch_batch = plan.patch_batch
        self._move(torch.device(plan.device))

    @property
    def batch(self) -> int:
        """Tiles that are given to the network at once."""
        return self._batch

    @property
    def peak_device_bytes(self) -> int:
        """Largest GPU memory allocated so far; 0 on the CPU."""
        return torch.cuda.max_memory_allocated(self._device) if self._device.type == "cuda" else 0

    def classify(self, images: Sequence[TileImage]) -> list[np.ndarray]:
        """Return the ``(H, W)`` uint8 class ids of each tile's read window; those without data mean nothing.

        Raises:
            DeviceError: If even a single tile on the CPU needs more memory than there is.
        """
        done: list[np.ndarray] = []
        while len(done) < len(images):
            part = images[len(done) : len(done) + self._batch]
            try:
                done += self._run(part)
            except (RuntimeError, MemoryError) as error:
                if not _is_out_of_memory(error):
                    raise
                self._back_off(error)
        return done

    def _run(self, images: Sequence[TileImage]) -> list[np.ndarray]:
        pixels = np.zeros((self._batch, *images[0].image.shape), np.uint8)
        valid = np.zeros((self._batch, *images[0].valid.shape), bool)
        for i, tile in enumerate(images):
            pixels[i], valid[i] = tile.image, tile.valid
        class_ids = self._forward(torch.from_numpy(pixels), torch.from_numpy(valid)).numpy()
        return [class_ids[i][: t.tile.read.height, : t.tile.read.width] for i, t in enumerate(images)]

    @torch.inference_mode()
    def _forward(self, pixels: Tensor, valid: Tensor) -> Tensor:
        pixels, valid = pixels.to(self._device), valid.to(self._device)
        image = normalize(pixels, self._card.normalization)  # (N, C, H, W)
        # Pixels without data become the average colour: what a nodata value would look like must not matter.
        image.masked_fill_(~valid[:, None], 0.0)
        image = image.contiguous(memory_format=torch.channels_last)
        is_mixed = self._precision is not torch.float32
        with torch.autocast(self._device.type, self._precision, enabled=is_mixed):
            logits = self._network(image)  # (N, K, H, W)
        return logits.argmax(dim=1).to(torch.uint8).cpu()  # (N, H, W)

    def _back_off(self, error: BaseException) -> None:
        if self._device.type == "cuda":
            torch.cuda.empty_cache()
        if getattr(self._network, "patch_batch", 1) > 1:
            self._network.patch_batch //= 2
            self._note(f"Memory ran out; the run goes on with {self._network.patch_batch} patches at a time.")
        elif self._batch > 1:
            self._batch //= 2
            self._note(f"The device ran out of memory; the run goes on with {self._batch} tiles at a time.")
        elif self._device.type != "cpu":
            self._move(torch.device(cpu_device().name))
            self._precision = torch.float32
            self._note("The GPU has too little memory for one tile; the run goes on on the CPU, more slowly.")
        else:
            raise DeviceError(
                ErrorCode.OUT_OF_MEMORY,
                f"One tile of {self._card.tile_px} × {self._card.tile_px} px needs more memory than is free. "
                "Close other programs, or take a smaller model.",
            ) from error

    def _move(self, device: torch.device) -> None:
        self._device = device
        # channels_last is what convolutions want, on the CPU (1.3 times faster) and on tensor cores alike.
        self._network = self._network.to(device, memory_format=torch.channels_last)


def _is_out_of_memory(error: BaseException) -> bool:
    # On the CPU torch raises a plain RuntimeError that names its allocator.
    return isinstance(error, (torch.OutOfMemoryError, MemoryError)) or "DefaultCPUAllocator" in str(error)
