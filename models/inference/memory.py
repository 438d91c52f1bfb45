"""Memory of a network's forward pass, found by tracing it on tensors without data.

Every tensor of the pass is followed from its making to its end, as the allocator would see it. What libraries take
inside an operation is not seen.
"""

from __future__ import annotations

import copy
import functools
import sys
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode

from ..network import SegmentationNetwork
from .meta_shapes import MetaFallbacks, shape_result, tensors_in


@dataclass(frozen=True, slots=True)
class ForwardMemory:
    """Memory of one forward pass.

    Attributes:
        live_bytes: Largest sum of live tensors, inputs and results included, the weights not.
        largest_bytes: Largest single tensor.
        weight_bytes: Parameters and buffers of the network's form for inference.
        added_bytes: Those of them that it does not share with the network as it came; both are held during a run.
    """

    live_bytes: int
    largest_bytes: int
    weight_bytes: int
    added_bytes: int


def trace_forward(
    network: SegmentationNetwork,
    run: Callable[[SegmentationNetwork], object],
    precision: str = "float32",
    *,
    prepare: Callable[[SegmentationNetwork], SegmentationNetwork] | None = None,
    **settings: object,
) -> ForwardMemory:
    """Return what a forward pass of a network's form for inference takes; nothing of its size is allocated.

    What depends on values is taken at its most: every patch that could be selected is.

    Args:
        network: Network; it is not changed.
        run: Gives the network an image on the "meta" device; all tensors it makes count.
        precision: Number type of mixed-precision arithmetic, or "float32".
        prepare: Gives what is made of the form for inference.
        settings: Attributes to set on the network's form for inference, where it has them.
    """
    dtype = getattr(torch, precision)
    shadow = _without_data(network)
    original = _bytes_of(shadow)
    try:
        with MetaFallbacks(dtype), StorageTracker():
            traced = shadow.for_inference()
        for name, value in settings.items():
            if hasattr(traced, name):
                setattr(traced, name, value)
        with MetaFallbacks(dtype), StorageTracker():
            if prepare:
                traced = prepare(traced)
        weights, both = _bytes_of(traced), _bytes_of(shadow, traced)
        tracker = StorageTracker(shadow, traced)
        # Autocast knows no tensors without data: its state is that of the CPU and its casts are done by the mode.
        mixed = torch.autocast("cpu", dtype, enabled=dtype is not torch.float32)
        with torch.no_grad(), mixed, MetaFallbacks(dtype), tracker:
            run(traced)
    finally:
        forget_cached_tensors()
    return ForwardMemory(tracker.peak, tracker.largest, weights, both - original)


class StorageTracker(TorchDispatchMode):
    """Counts the bytes of the storages that are alive while the mode is on, those of the networks left out.

    Attributes:
        live: Bytes alive now.
        peak: Most bytes that were alive at once.
        largest: Bytes of the largest storage.
    """

    def __init__(self, *networks: nn.Module) -> None:
        super().__init__()
        self.live = self.peak = self.largest = 0
        self._networks = networks  # held, so that no other storage gets the identity of one of theirs
        self._known = {id(storage) for storage in _storages(*networks)}

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple = (), kwargs: dict | None = None) -> Any:
        kwargs = kwargs or {}
        result = shape_result(func, args, kwargs)
        if result is None:
            result = func(*args, **kwargs)
        for tensor in tensors_in(result):
            if tensor.is_meta:
                self._enter(tensor.untyped_storage())
        return result

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # torch would load its compiler to skip it

    def _enter(self, storage: torch.UntypedStorage) -> None:
        if id(storage) in self._known:
            return
        size = storage.nbytes()
        self._known.add(id(storage))
        self.live += size
        self.largest = max(self.largest, size)
        self.peak = max(self.peak, self.live)
        weakref.finalize(storage, self._leave, id(storage), size)

    def _leave(self, key: int, size: int) -> None:
        self._known.discard(key)
        self.live -= size


def forget_cached_tensors() -> None:
    """Empty the caches of all networks: after a trace they may hold tensors that have no data, or another's."""
    package = __name__.removesuffix("inference.memory")
    for name, module in list(sys.modules.items()):
        if name.startswith(package):
            for value in list(vars(module).values()):
                if isinstance(value, functools._lru_cache_wrapper):
                    value.cache_clear()


def _without_data(network: nn.Module) -> Any:
    """Return a copy of a network on the meta device, without copying a value."""
    memo: dict[int, Any] = {}
    for value in network.parameters():
        memo[id(value)] = nn.Parameter(torch.empty_like(value, device="meta"), requires_grad=False)
    for value in network.buffers():
        memo[id(value)] = torch.empty_like(value, device="meta")
    return copy.deepcopy(network, memo)


def _bytes_of(*networks: nn.Module) -> int:
    return sum(storage.nbytes() for storage in _storages(*networks))


def _storages(*networks: nn.Module) -> Iterator[torch.UntypedStorage]:
    tensors: list[Tensor] = [t for network in networks for t in (*network.parameters(), *network.buffers())]
    yield from {id(t.untyped_storage()): t.untyped_storage() for t in tensors}.values()
