"""The network at work: tiles in, class ids out. Normalisation, network and argmax stay on the device."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor, nn

from ..models.answer import Answer, Slices, answer_of
from ..models.checkpoint import Checkpoint
from .device import cpu_device
from .errors import DeviceError, ErrorCode
from .host import give_back_freed_memory, keep_freed_memory
from .network_form import MAP_SETTINGS, placed
from .presets import BATCHES_AHEAD, MOST_ROW_STRIPS, ExecutionPlan
from .source import TileImage
from .tiling import Tile


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pass:
    """A batch that was given to the network.

    Attributes:
        images: Its tiles.
        answer: What the network says, in host memory; complete only when `done` has happened.
        done: Mark on the GPU's stream behind the answer; None where the answer is complete.
        again: The network's input, on its device, where another pass in float32 may be needed.
        since: When it was begun.
        is_warm: Whether the network has worked before.
    """

    images: Sequence[TileImage]
    answer: Answer
    done: torch.cuda.Event | None
    again: tuple[Tensor, Tensor, Sequence[Mapping[str, Slices]]] | None
    since: float
    is_warm: bool


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
        self._seconds, self._finished_at = 0.0, 0.0
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
        """Return the ``(H, W)`` uint8 class ids of each tile's read window; see `stream`."""
        return [tile.class_ids for _, tile in self.stream([images])]

    def stream(self, batches: Iterable[Sequence[TileImage]]) -> Iterator[tuple[TileImage, TileClasses]]:
        """Yield every tile with what the network says of it, in order.

        While a GPU works on one batch the next is asked for, filled in and queued, so that the GPU need not wait for
        the host. On the CPU batches are done one after the other.

        Raises:
            DeviceError: If even a single tile on the CPU needs more memory than there is.
        """
        under_way: deque[_Pass] = deque()
        for images in batches:
            for begun in self._begin(images):
                under_way.append(begun)
                while len(under_way) > self.batches_ahead:
                    yield from self._finish(under_way.popleft())
        while under_way:
            yield from self._finish(under_way.popleft())

    def release(self) -> None:
        """Let go of the network and of the memory it worked in; nothing can be classified afterwards."""
        self._network, self._wide = nn.Identity(), None
        if self._device.type == "cuda":
            torch.cuda.empty_cache()
        give_back_freed_memory()

    def _begin(self, images: Sequence[TileImage]) -> Iterator[_Pass]:
        """Yield the passes of a batch as they are begun: several where memory has run out and batches are smaller."""
        while images:
            part = images[: self._batch]
            try:
                begun = self._run(part)
            except (RuntimeError, MemoryError) as error:
                if not _is_out_of_memory(error):
                    raise
                # The error's traceback holds the tensors of the pass that failed.
                failure = str(error)
            else:
                yield begun
                images = images[len(part) :]
                continue
            self._back_off(failure)

    def _finish(self, begun: _Pass) -> Iterator[tuple[TileImage, TileClasses]]:
        """Wait for a pass; yield its tiles."""
        try:
            answer = self._mended(begun)
        except (RuntimeError, MemoryError) as error:
            if not _is_out_of_memory(error):
                raise
            failure = str(error)
        else:
            now = time.perf_counter()
            if begun.is_warm:
                self._seconds += now - max(begun.since, self._finished_at)
                self._tiles += len(begun.images)
            self._finished_at = now
            for i, image in enumerate(begun.images):
                yield image, _tile_classes(answer, i, image.tile)
            return
        self._back_off(failure)
        yield from self.stream([begun.images])

    def _run(self, images: Sequence[TileImage]) -> _Pass:
        since, is_warm = time.perf_counter(), self._warm
        is_cuda = self._device.type == "cuda"
        # Page-locked memory, which a GPU fetches by itself; torch uses it again once the GPU is through with it.
        pixels = torch.zeros((self._batch, *images[0].image.shape), dtype=torch.uint8, pin_memory=is_cuda)
        valid = torch.zeros((self._batch, *images[0].valid.shape), dtype=torch.bool, pin_memory=is_cuda)
        for i, tile in enumerate(images):
            pixels.numpy()[i], valid.numpy()[i] = tile.image, tile.valid
        pixels, valid = pixels.to(self._device, non_blocking=True), valid.to(self._device, non_blocking=True)
        parts = [self._parts_of(image.tile) for image in images]
        answer = self._answer(self._network, pixels, valid, parts, self._precision).on_host()
        self.after_batch(images)
        self._warm = True
        may_overflow = self._precision is torch.float16
        return _Pass(
            images=images,
            answer=answer,
            done=_mark(self._device) if is_cuda else None,
            again=(pixels, valid, parts) if may_overflow else None,
            since=since,
            is_warm=is_warm,
        )

    @torch.inference_mode()
    def _answer(
        self,
        network: nn.Module,
        pixels: Tensor,
        valid: Tensor,
        parts: Sequence[Mapping[str, Slices]],
        precision: torch.dtype,
    ) -> Answer:
        with torch.autocast(self._device.type, precision, enabled=precision is not torch.float32):
            return answer_of(network, pixels, valid, self._card.normalization, confidence=self._confidence, parts=parts)

    def _mended(self, begun: _Pass) -> Answer:
        """Return the answer of a pass once it is there, in float32 where float16 was too narrow."""
        if begun.done is not None:
            begun.done.synchronize()
        answer = begun.answer
        if begun.again is None or all(answer.is_finite[: len(begun.images)].tolist()):
            return answer
        # Tile by tile, so that what else is in the batch changes nothing.
        pixels, valid, parts = begun.again
        network, device = self._wide_network(), self._device  # which may be the CPU by now
        wide = self._answer(network, pixels.to(device), valid.to(device), parts, torch.float32).on_host()
        if device.type == "cuda":
            _mark(device).synchronize()
        return answer.mended(wide)

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
        self.batches_ahead = BATCHES_AHEAD if device.type == "cuda" else 0
        self._network = self._placed(self._precision)

    def _placed(self, precision: torch.dtype) -> nn.Module:
        network = self._checkpoint.network
        return placed(network, self._device, precision, self._settings, quickened=self._quickened)


def _mark(device: torch.device) -> torch.cuda.Event:
    """Return a mark on a GPU's stream behind all that is queued so far."""
    return torch.cuda.current_stream(device).record_event()


def _tile_classes(answer: Answer, index: int, tile: Tile) -> TileClasses:
    """Return what is said of one tile of a batch, without its padding."""
    rows, cols = tile.read.shape
    confidence = None if answer.confidence is None else answer.confidence[index].numpy()[:rows, :cols]
    scores = {name: part.numpy() for name, part in answer.scores[index].items()}
    return TileClasses(class_ids=answer.class_ids[index].numpy()[:rows, :cols], confidence=confidence, scores=scores)


def _is_out_of_memory(error: BaseException) -> bool:
    # On the CPU torch raises a plain RuntimeError that names its allocator.
    return isinstance(error, (torch.OutOfMemoryError, MemoryError)) or "DefaultCPUAllocator" in str(error)
