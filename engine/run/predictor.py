"""Predictor, the network at work: tiles in, class ids out. Normalisation, network and argmax stay on the device."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor, nn

from ...models.checkpoint import Checkpoint
from ...models.inference.form import MAP_SETTINGS, prepare_for_inference
from ...models.inference.low_precision import forbid_shortened_sums
from ...models.inference.prediction import Prediction, Slices, predict
from ..plan.presets import BATCHES_AHEAD, MOST_PATCHES_ON_CPU, MOST_ROW_STRIPS, ExecutionPlan
from ..plan.run_plan import RunPlan
from ..system.device import cpu_device, working_threads
from ..system.errors import DeviceError, ErrorCode
from ..system.host import give_back_freed_memory, keep_freed_memory
from ..system.trace import span
from ..tiles.blending import overlap_slices
from ..tiles.source import TileImage
from ..tiles.tiling import Tile


@dataclass(frozen=True, slots=True, kw_only=True)
class TileClasses:
    """What the network says of a tile.

    Attributes:
        class_ids: ``(H, W)`` uint8 classes of the read window; those without data mean nothing.
        confidence: ``(H, W)`` uint8, the winner's probability in per cent; None if not asked for.
        probabilities: ``(K, H, W)`` uint8, those of all classes in 250ths; None if not asked for.
        scores: ``(K, h, w)`` uint16 scores of all classes in the parts that were asked for, by name (see
            models/inference/scores.py).
    """

    class_ids: np.ndarray
    confidence: np.ndarray | None = None
    probabilities: np.ndarray | None = None
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
        probabilities: Whether those of all classes are.
        parts_of: Says for which parts of a tile the scores of all classes are wanted.
    """

    def __init__(
        self,
        checkpoint: Checkpoint,
        plan: ExecutionPlan,
        note: Callable[[str], None] | None = None,
        *,
        confidence: bool = False,
        probabilities: bool = False,
        parts_of: Callable[[Tile], Mapping[str, Slices]] = lambda tile: {},
    ) -> None:
        self._wanted = {"confidence": confidence, "probabilities": probabilities}
        self._parts_of = parts_of
        self._card = checkpoint.card
        self._note = note or (lambda _: None)
        self._batch = plan.batch
        self._precision = getattr(torch, plan.precision)
        self._winograd = plan.winograd
        self._checkpoint = checkpoint
        self._settings = {**MAP_SETTINGS, "patch_batch": plan.patch_batch, "row_strips": plan.row_strips}
        self._wide: nn.Module | None = None
        self._has_overflowed = False
        self.after_batch: Callable[[Sequence[TileImage]], None] = lambda images: None
        fits = True
        try:
            self._move(torch.device(plan.device))
        except (RuntimeError, MemoryError) as error:
            if plan.device == "cpu" or not _is_out_of_memory(error):
                raise
            fits = False
        if not fits:  # the error's traceback, which holds what had been moved, is gone
            self._move_to_cpu("the network")
        give_back_freed_memory()  # what loading and rearranging weights took: as much again as they are

    @property
    def batch(self) -> int:
        """Tiles that are given to the network at once."""
        return self._batch

    @property
    def peak_device_bytes(self) -> int:
        """Largest GPU memory allocated so far; 0 on the CPU."""
        return torch.cuda.max_memory_allocated(self._device) if self._device.type == "cuda" else 0

    def classify(self, images: Sequence[TileImage]) -> list[np.ndarray]:
        """Return the ``(H, W)`` uint8 class ids of each tile's read window; see `predict`."""
        return [tile.class_ids for tile in self.predict(images)]

    def stream(self, batches: Iterable[Sequence[TileImage]]) -> Iterator[tuple[TileImage, TileClasses]]:
        """Yield every tile with what the network says of it, in order.

        While a GPU works on a batch, in a thread of its own, the next one is asked for and results are taken away, so
        that it need not wait for the host. On the CPU batches are done one after the other.

        Raises:
            DeviceError: If even a single tile on the CPU needs more memory than there is.
        """
        under_way: deque[tuple[Sequence[TileImage], Future[list[TileClasses]]]] = deque()
        thread = ThreadPoolExecutor(1, "network")
        try:
            for images in batches:
                if not self.batches_ahead and not under_way:
                    yield from zip(images, self.predict(images), strict=True)
                    continue
                under_way.append((images, thread.submit(self.predict, images)))
                while len(under_way) > self.batches_ahead:
                    given, prediction = under_way.popleft()
                    yield from zip(given, prediction.result(), strict=True)
            while under_way:
                given, prediction = under_way.popleft()
                yield from zip(given, prediction.result(), strict=True)
        finally:
            thread.shutdown(cancel_futures=True)

    def predict(self, images: Sequence[TileImage]) -> list[TileClasses]:
        """Return what the network says of each tile; errors as in `stream`."""
        done: list[TileClasses] = []
        while len(done) < len(images):
            part = images[len(done) : len(done) + self._batch]
            try:
                done += self._run(part)
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
        _empty_gpu_cache()
        give_back_freed_memory()

    def _run(self, images: Sequence[TileImage]) -> list[TileClasses]:
        first = images[0].image
        pixels = self._transfer_buffer(first.shape, torch.uint8 if first.dtype == np.uint8 else torch.float32)
        valid = self._transfer_buffer(images[0].valid.shape, torch.bool)
        for i, tile in enumerate(images):
            pixels.numpy()[i], valid.numpy()[i] = tile.image, tile.valid
        parts = [self._parts_of(image.tile) for image in images]
        prediction = self._forward(pixels, valid, parts)
        self.after_batch(images)
        return [_tile_classes(prediction, i, image.tile) for i, image in enumerate(images)]

    def _transfer_buffer(self, shape: Sequence[int], dtype: torch.dtype) -> Tensor:
        """Return zeros for a batch, in page-locked memory where a GPU is to fetch them."""
        size = (self._batch, *shape)
        if self._is_locked:
            try:
                return torch.zeros(size, dtype=dtype, pin_memory=True)
            except RuntimeError:  # systems give much less of it than they have memory
                self._is_locked = False
        return torch.zeros(size, dtype=dtype)

    @torch.inference_mode()
    def _forward(self, pixels: Tensor, valid: Tensor, parts: Sequence[Mapping[str, Slices]]) -> Prediction:
        with span("to device"):
            pixels, valid = (x.to(self._device, non_blocking=True) for x in (pixels, valid))
        is_mixed = self._precision is not torch.float32
        wanted = {**self._wanted, "parts": parts}
        with torch.autocast(self._device.type, self._precision, enabled=is_mixed), span("network"):
            prediction = predict(self._network, pixels, valid, self._card.normalization, **wanted)
        if self._precision is torch.float16 and not all(prediction.is_finite[: len(parts)].tolist()):
            # Tile by tile, so that what else is in the batch changes nothing.
            wide = predict(self._wide_network(), pixels, valid, self._card.normalization, **wanted)
            prediction = prediction.mended(wide)
        with span("from device"):
            return prediction.on_host()

    def _wide_network(self) -> nn.Module:
        """Return the network in float32, for tiles whose numbers leave the range of float16."""
        if not self._has_overflowed:
            self._has_overflowed = True
            self._note("Numbers of this network leave the range of float16; the tiles concerned are done in float32.")
        if self._wide is None:
            self._wide = self._placed(torch.float32)
        return self._wide

    def _back_off(self, failure: str) -> None:
        self._wide = None  # made again with the settings of then
        _empty_gpu_cache()
        network = self._network
        if self._batch > 1:
            self._batch //= 2
            self._note(f"Memory ran out; the run goes on with {_counted(self._batch, 'tile')} at a time.")
        elif getattr(network, "patch_batch", 1) > 1:
            network.patch_batch = self._settings["patch_batch"] = network.patch_batch // 2
            patches = _counted(network.patch_batch, "patch", "es")
            self._note(f"Memory ran out; the run goes on with {patches} of a tile at a time.")
        elif 1 <= getattr(network, "row_strips", MOST_ROW_STRIPS) < MOST_ROW_STRIPS:
            network.row_strips = self._settings["row_strips"] = MOST_ROW_STRIPS
            self._note(f"Memory ran out; the run goes on with large layers in {network.row_strips} strips.")
        elif self._device.type != "cpu":
            del network  # the only hold on it, but for that which goes now
            self._move_to_cpu("one tile")
        else:
            raise DeviceError(
                ErrorCode.OUT_OF_MEMORY,
                f"One tile of {self._card.tile_px} × {self._card.tile_px} px needs more memory than is free "
                f"({failure.splitlines()[0] if failure else 'out of memory'}). Close other programs, or take a smaller "
                "model.",
            )

    def _move_to_cpu(self, what: str) -> None:
        self._precision, self._batch = torch.float32, 1
        self._settings["patch_batch"] = min(self._settings["patch_batch"], MOST_PATCHES_ON_CPU)
        self._move(torch.device(cpu_device().name))
        _empty_gpu_cache()  # of the network
        self._note(f"The GPU has too little memory for {what}; the run goes on on the CPU, more slowly.")

    def _move(self, device: torch.device) -> None:
        self._device, self._wide, self._is_locked = device, None, device.type == "cuda"
        if device.type == "cuda":
            forbid_shortened_sums()
        self.batches_ahead = BATCHES_AHEAD if device.type == "cuda" else 0
        self._network = self._placed(self._precision)

    def _placed(self, precision: torch.dtype) -> nn.Module:
        network = self._checkpoint.network
        return prepare_for_inference(network, self._device, precision, self._settings, winograd=self._winograd)


@contextlib.contextmanager
def network_at_work(plan: RunPlan, note: Callable[[str], None] | None = None) -> Iterator[Predictor]:
    """Give a run's network on its device, with the threads and the store of memory of its plan; let go of it then.

    Args:
        plan: The run.
        note: Called with a sentence when memory runs out and the work goes on more slowly.
    """
    with working_threads(plan.execution.torch_threads):
        predictor = Predictor(
            plan.checkpoint,
            plan.execution,
            note,
            confidence=plan.outputs.confidence,
            probabilities=plan.outputs.probabilities,
            parts_of=lambda tile: overlap_slices(plan.tiles, tile),
        )
        keep_freed_memory(plan.execution.kept_bytes)
        try:
            yield predictor
        finally:
            predictor.release()


def _counted(count: int, what: str, plural: str = "s") -> str:
    return f"one {what}" if count == 1 else f"{count} {what}{plural}"


def _empty_gpu_cache() -> None:
    if torch.cuda.is_initialized():
        torch.cuda.empty_cache()


def _tile_classes(prediction: Prediction, index: int, tile: Tile) -> TileClasses:
    """Return what is said of one tile of a batch, without its padding."""
    rows, cols = tile.read.shape
    confidence, probabilities = (
        None if values is None else values[index].numpy()[..., :rows, :cols]
        for values in (prediction.confidence, prediction.probabilities)
    )
    return TileClasses(
        class_ids=prediction.class_ids[index].numpy()[:rows, :cols],
        confidence=confidence,
        probabilities=probabilities,
        scores={name: part.numpy() for name, part in prediction.scores[index].items()},
    )


OUT_OF_MEMORY_TEXTS = (
    "DefaultCPUAllocator",
    "CUDA error: out of memory",
    "unable to find an engine",
    "STATUS_ALLOC_FAILED",
)
"""What plain errors say when memory is lacking: torch's allocator on the CPU, the driver, cuDNN, which tries one
algorithm after the other and then has none, and cuBLAS."""


def _is_out_of_memory(error: BaseException) -> bool:
    if isinstance(error, (torch.OutOfMemoryError, MemoryError)):
        return True
    return any(text in str(error) for text in OUT_OF_MEMORY_TEXTS)
