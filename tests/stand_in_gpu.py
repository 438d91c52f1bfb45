"""A GPU made of the CPU: tensors that say "cuda:0", hold their values in host memory and behave as on the device.

It shows what a machine without a GPU would else hide: operations between devices, results that were not brought back,
CUDA's own rules of mixed precision, memory that runs out. It does not show cuDNN's roundings, workspaces, streams or
speed: those need the real device (`pytest -m gpu`).
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest import mock

import torch
from torch import Tensor
from torch.utils._pytree import tree_leaves, tree_map

from uhr_landcover.models.inference.memory import forget_cached_tensors

NAME = "Stand-in GPU"
GRAIN_BYTES = 512
"""Torch gives GPU memory in multiples of it."""
aten = torch.ops.aten
COMPOSITE = torch._C.DispatchKey.CompositeImplicitAutograd
HALF = (torch.float16, torch.bfloat16)
WIDE_SUMS = {"convolution", "mm", "bmm", "addmm", "baddbmm", "_softmax", "_log_softmax", "mean", "sum"}
"""Operations whose sums a GPU keeps in float32, whatever the type of their operands."""
CROSSING = {"copy_", "_to_copy"}
"""Operations that carry values from one device to the other."""
HOST_INDICES = {"index", "index_put_", "index_put"}
"""Operations that take indices from host memory."""


class OnGpu(Tensor):
    """A tensor on the stand-in GPU; `held` has its values."""

    held: Tensor
    memory: Memory

    @staticmethod
    def __new__(cls, held: Tensor, memory: Memory) -> OnGpu:
        layout = {"strides": held.stride(), "storage_offset": held.storage_offset()}
        return torch.Tensor._make_wrapper_subclass(cls, held.shape, dtype=held.dtype, device="cuda:0", **layout)

    def __init__(self, held: Tensor, memory: Memory) -> None:
        self.held, self.memory = held, memory
        memory.enter(held)

    @classmethod
    def __torch_function__(cls, func: Any, types: Any, args: tuple = (), kwargs: dict | None = None) -> Any:
        kwargs = kwargs or {}
        if func in GUARDED:  # they ask for CUDA's driver before an operation is called
            return GUARDED[func](*args, **kwargs)
        with torch._C.DisableTorchFunctionSubclass():
            return func(*args, **kwargs)

    @classmethod
    def __torch_dispatch__(cls, func: Any, types: Any, args: tuple = (), kwargs: dict | None = None) -> Any:
        kwargs = kwargs or {}
        if torch._C._dispatch_has_kernel_for_dispatch_key(func.name(), COMPOSITE):
            return func._op_dk(COMPOSITE, *args, **kwargs)  # in inference mode they come as they were called
        name = func._schema.name.removeprefix("aten::")
        leaves = [leaf for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, Tensor)]
        memory = next(leaf.memory for leaf in leaves if isinstance(leaf, OnGpu))
        _refuse_other_devices(name, args, leaves)
        given, options = tree_map(_held, args), tree_map(_held, kwargs)
        target = options.get("device")
        if target is not None:
            options["device"] = torch.device("cpu")
        memory.operations.add(name)
        is_mode = torch.is_inference_mode_enabled() and all(leaf.is_inference() for leaf in leaves)
        with torch.inference_mode(is_mode), torch.no_grad():
            out = _in_float32(func, name, given, options) if name in WIDE_SUMS else func(*given, **options)
            if target is not None and torch.device(target).type == "cpu":
                return out
            if func._schema.is_mutable:
                return kwargs.get("out", args[0])
            return tree_map(lambda leaf: OnGpu(leaf, memory) if isinstance(leaf, Tensor) else leaf, out)


class Memory:
    """What the tensors on the stand-in GPU take.

    Attributes:
        total: Bytes that there are; more cannot be had.
        live: Bytes taken now.
        peak: Most bytes that were taken at once.
        operations: Names of all operations that were done.
    """

    def __init__(self, total: int) -> None:
        self.total, self.live, self.peak = total, 0, 0
        self.operations: set[str] = set()
        self._known: set[int] = set()
        self._lock = threading.RLock()

    def enter(self, held: Tensor) -> None:
        """Take note of a tensor's memory.

        Raises:
            torch.OutOfMemoryError: If there is not as much.
        """
        storage = held.untyped_storage()
        key, size = storage._cdata, -(-storage.nbytes() // GRAIN_BYTES) * GRAIN_BYTES
        with self._lock:
            if key in self._known:
                return
            if self.live + size > self.total:
                raise torch.OutOfMemoryError(f"CUDA out of memory. Tried to allocate {size} bytes of the stand-in GPU.")
            self._known.add(key)
            self.live += size
            self.peak = max(self.peak, self.live)
            weakref.finalize(storage, self._leave, key, size)

    def _leave(self, key: int, size: int) -> None:
        with self._lock:
            self._known.discard(key)
            self.live -= size


def _item(x: Tensor, index: Any) -> Tensor:
    _refuse_other_devices("index", (x,), [])
    return OnGpu(x.held[tree_map(_held, index)], x.memory)


def _set_item(x: Tensor, index: Any, value: Any) -> None:
    _refuse_other_devices("index_put_", (x, index, value), [])
    x.held[tree_map(_held, index)] = _held(value)


def _to_list(x: Tensor) -> Any:
    return x.held.tolist()


def _contiguous(x: Tensor, memory_format: torch.memory_format = torch.contiguous_format) -> Tensor:
    return x if x.is_contiguous(memory_format=memory_format) else x.clone(memory_format=memory_format)


GUARDED = {
    Tensor.contiguous: _contiguous,
    Tensor.__getitem__: _item,
    Tensor.__setitem__: _set_item,
    Tensor.__invert__: torch.bitwise_not,
    Tensor.nonzero: aten.nonzero,
    Tensor.tolist: _to_list,
}


def _held(leaf: Any) -> Any:
    return leaf.held if isinstance(leaf, OnGpu) else leaf


def _refuse_other_devices(name: str, args: tuple, leaves: list[Tensor]) -> None:
    if name in CROSSING:
        return
    if name in HOST_INDICES:
        leaves = [args[0], *args[2:3]]
    foreign = [leaf for leaf in leaves if isinstance(leaf, Tensor) and not isinstance(leaf, OnGpu) and leaf.ndim]
    if foreign:
        raise RuntimeError(f"Expected all tensors to be on the same device: {name} was given cuda:0 and cpu.")


def _in_float32(func: Any, name: str, args: tuple, kwargs: dict) -> Any:
    dtypes = {leaf.dtype for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, Tensor) and leaf.dtype in HALF}
    if not dtypes:
        if name == "convolution" and torch.backends.cudnn.allow_tf32:
            args = (*map(_as_tf32, args[:2]), *args[2:])
        return func(*args, **kwargs)
    args, kwargs = tree_map(_wide, (args, kwargs))
    if name in ("_softmax", "_log_softmax"):
        to_float, args = args[2], (*args[:2], False)
        dtypes = {torch.float32} if to_float else dtypes
    dtype = kwargs.get("dtype") or dtypes.pop()
    return tree_map(lambda leaf: leaf.to(dtype) if isinstance(leaf, Tensor) else leaf, func(*args, **kwargs))


def _as_tf32(x: Tensor) -> Tensor:
    """Return values with the ten bits of mantissa that tensor cores see of float32."""
    if x.dtype is not torch.float32:
        return x
    mantissa, exponent = torch.frexp(x)
    return torch.ldexp((mantissa * 2**11).round() / 2**11, exponent)


def _wide(leaf: Any) -> Any:
    return leaf.float() if isinstance(leaf, Tensor) and leaf.dtype in HALF else leaf


@contextmanager
def stand_in_gpu(total: int = 8 << 30) -> Iterator[Memory]:
    """Make torch see one GPU of the eighth generation, with ``total`` bytes of memory; only where there is none."""
    if torch.cuda.is_available():
        raise RuntimeError("There is a GPU; its operations are not replaced.")
    memory = Memory(total)
    torch._C._ensureCUDADeviceGuardSet()  # one that does nothing, as torch's own tensors without data use it
    torch.__future__.set_overwrite_module_params_on_conversion(True)
    library = torch.library.Library("aten", "IMPL")

    def empty(size: Any, *, dtype: Any = None, memory_format: Any = None, **_: Any) -> Tensor:
        layout = memory_format or torch.contiguous_format
        return OnGpu(torch.empty(size, dtype=dtype, memory_format=layout), memory)

    def empty_strided(size: Any, stride: Any, *, dtype: Any = None, **_: Any) -> Tensor:
        return OnGpu(torch.empty_strided(size, stride, dtype=dtype), memory)

    library.impl("empty.memory_format", empty, "CUDA")
    library.impl("empty_strided", empty_strided, "CUDA")
    made = torch.tensor

    def tensor(*args: Any, device: Any = None, **other: Any) -> Tensor:
        """Return a tensor; torch would fill one on a GPU below the level at which operations are given to it."""
        if device is None or torch.device(device).type != "cuda":
            return made(*args, device=device, **other)
        return made(*args, **other).to(device)

    cuda = {
        "is_available": lambda: True,
        "is_initialized": lambda: True,
        "_lazy_init": lambda: None,
        "device_count": lambda: 1,
        "current_device": lambda: 0,
        "synchronize": lambda device=None: None,
        "empty_cache": lambda: None,
        "mem_get_info": lambda device=None: (memory.total - memory.live, memory.total),
        "get_device_capability": lambda device=None: (8, 0),
        "get_device_name": lambda device=None: NAME,
        "get_device_properties": lambda device=None: SimpleNamespace(name=NAME, total_memory=total, major=8, minor=0),
        "max_memory_allocated": lambda device=None: memory.peak,
        "max_memory_reserved": lambda device=None: memory.peak,
        "memory_allocated": lambda device=None: memory.live,
        "reset_peak_memory_stats": lambda device=None: setattr(memory, "peak", memory.live),
        "set_per_process_memory_fraction": lambda part, device=None: setattr(memory, "total", int(part * total)),
    }
    try:
        with mock.patch.object(torch, "tensor", tensor), mock.patch.multiple(torch.cuda, **cuda):
            yield memory
    finally:
        forget_cached_tensors()
        torch.__future__.set_overwrite_module_params_on_conversion(False)
        library._destroy()
