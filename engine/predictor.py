"""The network at work: tiles in, class ids out. Normalisation, network and argmax stay on the device."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor, nn

from ..models.answer import Answer, Slices, answer_of
from ..models.card import ModelCard
from ..models.checkpoint import Checkpoint
from ..models.memory import ForwardMemory, trace_forward
from ..models.network import SegmentationNetwork
from ..models.winograd import quicken
from .device import cpu_device
from .errors import DeviceError, ErrorCode
from .host import give_back_freed_memory, keep_freed_memory
from .presets import MOST_ROW_STRIPS, ExecutionPlan
from .source import TileImage
from .tiling import Tile

MAP_SETTINGS = {"smooth_patches": True}
"""Attributes of networks that have them, for maps: GLNet's blocks and patches must not show. Figures of accuracy are
taken without, in the published form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TileClasses:
    """What the network says of a tile.

    Attributes:
        class_ids: ``(H, W)`` uint8 classes of the read window; those without data mean nothing.
        confidence: ``(H, W)`` uint8, the winner's probability in per cent; None if not asked for.
        scores: ``(K, h, w)`` uint16 scores of all classes in the parts that were asked for, by name (see
            models/scores.py).
    """

    class_ids: np.ndarray
    confidence: np.ndarray | None = None
    scores: Mapping[str, np.ndarray] = field(default_factory=dict)


class Predictor:
    """A network on its device.

    Batches always have the same size: a short one is filled up, because libraries choose other algorithms, with other
    roundings, for other sizes.

    Args:
        checkpoint: The network and its card.
        plan: Device, precision, batch and threads.
        note: Called with a sentence when memory runs out and the work goes on more slowly.
        confidence: Whether the winner's probability is wanted.
        parts_of: Says for which parts of a tile the scores of all classes are wanted.
    """

    def __init__(
        self,
        checkpoint: Checkpoint,
        plan: ExecutionPlan,
        note: Callable[[str], None] | None = None,
        *,
        confidence: bool = False,
        parts_of: Callable[[Tile], Mapping[str, Slices]] = lambda tile: {},
    ) -> None:
        self._confidence, self._parts_of = confidence, parts_of
        self._card = checkpoint.card
        self._note = note or (lambda _: None)
        self._batch = plan.batch
        self._precision = getattr(torch, plan.precision)
        # Threads and the allocator are settings of the process; the engine runs one network at a time.
        torch.set_num_threads(plan.torch_threads)
        self._quickened = plan.quickened
        self._seconds = 0.0
        self._tiles = 0
        self._checkpoint = checkpoint
        self._settings = {**MAP_SETTINGS, "patch_batch": plan.patch_batch, "row_strips": plan.row_strips}
        self._wide: nn.Module | None = None
        self.after_batch: Callable[[Sequence[TileImage]], None] = lambda images: None
        self._move(torch.device(plan.device))
        give_back_freed_memory()  # what loading and rearranging weights took: as much again as they are
        keep_freed_memory(plan.kept_bytes)

    @property
    def batch(self) -> int:
        """Tiles that are given to the network at once."""
        return self._batch

    @property
    def peak_device_bytes(self) -> int:
        """Largest GPU memory allocated so far; 0 on the CPU."""
        return torch.cuda.max_memory_allocated(self._device) if self._device.type == "cuda" else 0

    @property
    def seconds_per_tile(self) -> float:
        """Seconds that the network took for a tile, the first batch, which warms it up, left out; 0 if unknown."""
        return self._seconds / self._tiles if self._tiles else 0.0

    def classify(self, images: Sequence[TileImage]) -> list[np.ndarray]:
        """Return the ``(H, W)`` uint8 class ids of each tile's read window; see `predict`."""
        return [tile.class_ids for tile in self.predict(images)]

    def predict(self, images: Sequence[TileImage]) -> list[TileClasses]:
        """Return what the network says of each tile.

        Raises:
            DeviceError: If even a single tile on the CPU needs more memory than there is.
        """
        done: list[TileClasses] = []
        while len(done) < len(images):
            part = images[len(done) : len(done) + self._batch]
            try:
                done += self._timed(part)
            except (RuntimeError, MemoryError) as error:
                if not _is_out_of_memory(error):
                    raise
                # The error's traceback holds the tensors of the pass that failed.
                failure = str(error)
            else:
                continue
            self._back_off(failure)
        return done

    def release(self) -> None:
        """Let go of the network and of the memory it worked in; nothing can be classified afterwards."""
        self._network, self._wide = nn.Identity(), None
        if self._device.type == "cuda":
            torch.cuda.empty_cache()
        give_back_freed_memory()

    def _timed(self, images: Sequence[TileImage]) -> list[TileClasses]:
        started = time.perf_counter()
        result = self._run(images)
        if self._warm:
            self._seconds += time.perf_counter() - started
            self._tiles += len(images)
        self._warm = True
        return result

    def _run(self, images: Sequence[TileImage]) -> list[TileClasses]:
        pixels = np.zeros((self._batch, *images[0].image.shape), np.uint8)
        valid = np.zeros((self._batch, *images[0].valid.shape), bool)
        for i, tile in enumerate(images):
            pixels[i], valid[i] = tile.image, tile.valid
        parts = [self._parts_of(image.tile) for image in images]
        answer = self._forward(torch.from_numpy(pixels), torch.from_numpy(valid), parts)
        self.after_batch(images)
        return [_tile_classes(answer, i, image.tile) for i, image in enumerate(images)]

    @torch.inference_mode()
    def _forward(self, pixels: Tensor, valid: Tensor, parts: Sequence[Mapping[str, Slices]]) -> Answer:
        pixels, valid = pixels.to(self._device), valid.to(self._device)
        is_mixed = self._precision is not torch.float32
        wanted = {"confidence": self._confidence, "parts": parts}
        with torch.autocast(self._device.type, self._precision, enabled=is_mixed):
            answer = answer_of(self._network, pixels, valid, self._card.normalization, **wanted)
        if self._precision is torch.float16 and not all(answer.is_finite.tolist()):
            # Tile by tile, so that what else is in the batch changes nothing.
            answer = answer.mended(answer_of(self._wide_network(), pixels, valid, self._card.normalization, **wanted))
        return answer.on_host()

    def _wide_network(self) -> nn.Module:
        """Return the network in float32, for tiles whose numbers leave the range of float16."""
        if self._wide is None:
            self._note("Numbers of this network leave the range of float16; the tiles concerned are done in float32.")
            self._wide = self._placed(torch.float32)
        return self._wide

    def _back_off(self, failure: str) -> None:
        if self._device.type == "cuda":
            torch.cuda.empty_cache()
        network = self._network
        if self._batch > 1:
            self._batch //= 2
            self._note(f"Memory ran out; the run goes on with {self._batch} tiles at a time.")
        elif getattr(network, "patch_batch", 1) > 1:
            network.patch_batch = self._settings["patch_batch"] = network.patch_batch // 2
            self._note(f"Memory ran out; the run goes on with {network.patch_batch} patches of a tile at a time.")
        elif 1 <= getattr(network, "row_strips", MOST_ROW_STRIPS) < MOST_ROW_STRIPS:
            network.row_strips = self._settings["row_strips"] = MOST_ROW_STRIPS
            self._note(f"Memory ran out; the run goes on with large layers in {network.row_strips} strips.")
        elif self._device.type != "cpu":
            self._precision = torch.float32
            self._move(torch.device(cpu_device().name))
            self._note("The GPU has too little memory for one tile; the run goes on on the CPU, more slowly.")
        else:
            raise DeviceError(
                ErrorCode.OUT_OF_MEMORY,
                f"One tile of {self._card.tile_px} × {self._card.tile_px} px needs more memory than is free "
                f"({failure.splitlines()[0] if failure else 'out of memory'}). Close other programs, or take a smaller "
                "model.",
            )

    def _move(self, device: torch.device) -> None:
        self._device, self._warm, self._wide = device, False, None
        self._network = self._placed(self._precision)

    def _placed(self, precision: torch.dtype) -> nn.Module:
        """Return the network's form for inference on the device."""
        network = self._checkpoint.network.for_inference()
        # It may be the checkpoint's own, or share weights with it, which stay as they are.
        if self._device.type == "cpu" and precision is torch.float32:
            network = quicken(network) if self._quickened else copy.copy(network)
        else:
            network = copy.deepcopy(network)
        for name, value in self._settings.items():
            if hasattr(network, name):
                setattr(network, name, value)
        if precision is not torch.float32:
            lower_weights(network, precision)
        # channels_last is what convolutions want, on the CPU and on tensor cores alike.
        return network.to(self._device, memory_format=torch.channels_last)


def trace_classify(
    network: SegmentationNetwork,
    card: ModelCard,
    shape: tuple[int, int],
    *,
    precision: str,
    batch: int,
    patch_batch: int,
    row_strips: int,
    quickened: bool = True,
) -> ForwardMemory:
    """Return the memory of classifying a batch, from 8-bit pixels to class ids; see `trace_forward`.

    Args:
        network: Network.
        card: Its card.
        shape: Rows and columns of a tile.
        precision: Number type of the arithmetic.
        batch: Tiles at once.
        patch_batch: Patches of a tile at once.
        row_strips: Strips of the large layers.
        quickened: Whether wide convolutions are done by Winograd's method.
    """

    def run(network: SegmentationNetwork) -> object:
        pixels = torch.empty((batch, network.in_channels, *shape), dtype=torch.uint8, device="meta")
        valid = torch.empty((batch, *shape), dtype=torch.bool, device="meta")
        return answer_of(network, pixels, valid, card.normalization, confidence=True)

    def prepare(network: nn.Module) -> nn.Module:
        if precision != "float32":
            lower_weights(network, getattr(torch, precision))
        return quicken(network) if quickened and precision == "float32" else network

    settings = {**MAP_SETTINGS, "patch_batch": patch_batch, "row_strips": row_strips}
    return trace_forward(network, run, precision, prepare=prepare, **settings)


def lower_weights(network: nn.Module, precision: torch.dtype) -> None:
    """Turn the weights of convolutions and linear layers to 16 bits, as autocast would do again in every pass."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            module.to(precision)


def _tile_classes(answer: Answer, index: int, tile: Tile) -> TileClasses:
    """Return what is said of one tile of a batch, without its padding."""
    rows, cols = tile.read.shape
    confidence = None if answer.confidence is None else answer.confidence[index].numpy()[:rows, :cols]
    scores = {name: part.numpy() for name, part in answer.scores[index].items()}
    return TileClasses(class_ids=answer.class_ids[index].numpy()[:rows, :cols], confidence=confidence, scores=scores)


def _is_out_of_memory(error: BaseException) -> bool:
    # On the CPU torch raises a plain RuntimeError that names its allocator.
    return isinstance(error, (torch.OutOfMemoryError, MemoryError)) or "DefaultCPUAllocator" in str(error)
