"""How much memory a network's forward pass takes, found by tracing it on tensors without data.

Every tensor of the pass is followed from its making to its end, as the allocator would see it. What libraries take
inside an operation is not seen.
"""

from __future__ import annotations

import copy
import functools
import sys
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

from ..network import SegmentationNetwork


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
        with _Stand(dtype), _Ledger():
            traced = shadow.for_inference()
        for name, value in settings.items():
            if hasattr(traced, name):
                setattr(traced, name, value)
        with _Stand(dtype), _Ledger():
            if prepare:
                traced = prepare(traced)
        weights, both = _bytes_of(traced), _bytes_of(shadow, traced)
        ledger = _Ledger(shadow, traced)
        # Autocast knows no tensors without data: its state is that of the CPU and its casts are done by the mode.
        mixed = torch.autocast("cpu", dtype, enabled=dtype is not torch.float32)
        with torch.no_grad(), mixed, _Stand(dtype), ledger:
            run(traced)
    finally:
        forget_cached_tensors()
    return ForwardMemory(ledger.peak, ledger.largest, weights, both - original)


def _without_data(network: nn.Module) -> Any:
    """Return a copy of a network on the meta device, without copying a value."""
    memo: dict[int, Any] = {}
    for value in network.parameters():
        memo[id(value)] = nn.Parameter(_like(value), requires_grad=False)
    for value in network.buffers():
        memo[id(value)] = _like(value)
    return copy.deepcopy(network, memo)


def _storages(*networks: nn.Module) -> list[torch.UntypedStorage]:
    tensors = [t for network in networks for t in (*network.parameters(), *network.buffers())]
    return list({t.untyped_storage()._cdata: t.untyped_storage() for t in tensors}.values())


def _bytes_of(*networks: nn.Module) -> int:
    return sum(storage.nbytes() for storage in _storages(*networks))


class _Ledger(TorchDispatchMode):
    """Counts the bytes of the storages that are alive, those of the networks left out."""

    def __init__(self, *networks: nn.Module) -> None:
        super().__init__()
        self.live = self.peak = self.largest = 0
        self._known = {storage._cdata for storage in _storages(*networks)}

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # skipping it means loading it: 70 MB, and seconds

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple = (), kwargs: dict | None = None) -> Any:
        result = _quick_result(func, args, kwargs or {})
        if result is None:
            result = func(*args, **(kwargs or {}))
        for leaf in tree_leaves(result):
            if isinstance(leaf, Tensor) and leaf.is_meta:
                self._enter(leaf.untyped_storage())
        return result

    def _enter(self, storage: torch.UntypedStorage) -> None:
        key = storage._cdata
        if key in self._known:
            return
        size = storage.nbytes()
        self._known.add(key)
        self.live += size
        self.largest = max(self.largest, size)
        self.peak = max(self.peak, self.live)
        weakref.finalize(storage, self._leave, key, size)

    def _leave(self, key: int, size: int) -> None:
        self._known.discard(key)
        self.live -= size


def _quick_result(func: Any, args: tuple, kwargs: dict) -> Tensor | tuple[Tensor, ...] | None:
    """Return the result of a simple operation on tensors without data; None for the others.

    Torch has its own ways, of which many load its compiler: 70 MB and seconds for a few shapes.
    """
    tensors = [a for a in tree_leaves(args) if isinstance(a, Tensor)]
    if not any(t.is_meta for t in tensors):
        return None
    name = func._schema.name.removeprefix("aten::")
    if name == "cat":
        return _concatenated(*args, **kwargs)
    if name in ("mean", "sum", "amax", "amin"):
        return _reduced(*args, **kwargs)
    if name == "addmm":
        return args[1].new_empty(args[1].shape[0], args[2].shape[1])
    if name == "mv":
        return args[0].new_empty(args[0].shape[0])
    if name in ("_to_copy", "clone", "empty_like", "zeros_like", "ones_like"):
        return _like(args[0], kwargs.get("dtype"), kwargs.get("memory_format"))
    if name == "convolution" and not args[6]:
        return _convolved(*args)
    if name in ("reflection_pad2d", "replication_pad2d"):
        left, right, top, bottom = args[1]
        h, w = args[0].shape[-2:]
        return args[0].new_empty([*args[0].shape[:-2], h + top + bottom, w + left + right])
    if name in ("adaptive_avg_pool2d", "_adaptive_avg_pool2d"):
        return args[0].new_empty([*args[0].shape[:-2], *args[1]])
    if name == "max_pool2d_with_indices":
        return _pooled(*args, **kwargs)
    if name in ("bmm", "mm"):
        return args[0].new_empty([*args[0].shape[:-1], args[1].shape[-1]])
    if name.endswith("_") and not name.endswith("__") and args[0].is_meta and func._schema.is_mutable:
        return None if name in VIEWS_IN_PLACE else args[0]
    if torch.Tag.pointwise not in func.tags or "out" in kwargs:
        return None
    shape = np.broadcast_shapes(*(tuple(t.shape) for t in tensors))
    dtype = torch.bool if name in COMPARISONS else torch.result_type(*_pair(args))
    like = next((t for t in tensors if t.is_meta and tuple(t.shape) == shape), None)
    if like is not None:
        return _like(like, dtype)
    return torch.empty(shape, dtype=dtype, device="meta")


def _like(x: Tensor, dtype: torch.dtype | None = None, layout: torch.memory_format | None = None) -> Tensor:
    if layout in (None, torch.preserve_format):
        is_dense = x.is_contiguous() or (x.ndim == 4 and x.is_contiguous(memory_format=torch.channels_last))
        if is_dense:
            return torch.empty_strided(x.shape, x.stride(), dtype=dtype or x.dtype, device="meta")
        layout = torch.contiguous_format
    return torch.empty(x.shape, dtype=dtype or x.dtype, device="meta", memory_format=layout)


def _concatenated(tensors: list[Tensor], dim: int = 0) -> Tensor:
    shape = list(tensors[0].shape)
    shape[dim] = sum(t.shape[dim] for t in tensors)
    dtype = functools.reduce(torch.promote_types, (t.dtype for t in tensors))
    return torch.empty(shape, dtype=dtype, device="meta")


def _convolved(x: Tensor, weight: Tensor, bias: Any, stride: Any, padding: Any, dilation: Any, *_: Any) -> Tensor:
    sizes = zip(x.shape[2:], weight.shape[2:], stride, padding, dilation, strict=True)
    sides = [(n + 2 * p - d * (k - 1) - 1) // s + 1 for n, k, s, p, d in sizes]
    is_last = x.ndim == 4 and x.is_contiguous(memory_format=torch.channels_last)
    layout = torch.channels_last if is_last else torch.contiguous_format
    return torch.empty([x.shape[0], weight.shape[0], *sides], dtype=x.dtype, device="meta", memory_format=layout)


def _pooled(x: Tensor, kernel: Any, stride: Any, padding: Any = (0, 0), *_: Any, **__: Any) -> tuple[Tensor, Tensor]:
    sizes = zip(x.shape[2:], kernel, stride, (*padding, *padding)[:2], strict=True)
    shape = [*x.shape[:2], *((n + 2 * p - k) // s + 1 for n, k, s, p in sizes)]
    values = torch.empty(shape, dtype=x.dtype, device="meta", memory_format=torch.channels_last)
    return values, _like(values, torch.int64)


def _reduced(x: Tensor, dim: Any = None, keepdim: bool = False, dtype: torch.dtype | None = None) -> Tensor:
    dims = range(x.ndim) if dim is None or dim == [] else [dim] if isinstance(dim, int) else dim
    gone = {d % x.ndim for d in dims}
    shape = [1 if i in gone else n for i, n in enumerate(x.shape) if keepdim or i not in gone]
    return x.new_empty(shape, dtype=dtype or x.dtype)


VIEWS_IN_PLACE = {"squeeze_", "unsqueeze_", "t_", "transpose_", "resize_", "as_strided_", "set_"}
"""Operations in place that change more than values."""

COMPARISONS = {"eq", "ne", "lt", "le", "gt", "ge", "isnan", "isfinite", "logical_not", "logical_and", "logical_or"}


def _pair(args: tuple) -> tuple:
    operands = [a for a in args if isinstance(a, Tensor | bool | int | float)]
    return (operands[0], operands[1] if len(operands) > 1 else operands[0])


LOW_PRECISION = {
    functional.conv2d, torch.conv2d, functional.linear, torch.bmm, torch.mm, torch.matmul, Tensor.matmul, Tensor.bmm,
    Tensor.mm, Tensor.__matmul__, Tensor.__rmatmul__, torch.baddbmm, torch.addmm,
    functional.scaled_dot_product_attention,
}  # fmt: skip
"""Functions whose arguments autocast turns to 16 bits."""


class _Stand(TorchFunctionMode):
    """What tensors without data cannot do, or not quickly: be cast, come to the host, say which entries are set."""

    def __init__(self, dtype: torch.dtype) -> None:
        super().__init__()
        self._dtype = dtype

    def __torch_function__(self, func: Any, types: Any, args: tuple = (), kwargs: dict | None = None) -> Any:
        kwargs = kwargs or {}
        if func is Tensor.cpu and args[0].is_meta:
            return args[0]
        if func in (Tensor.nonzero, torch.nonzero) and args[0].is_meta:
            return torch.ones(tuple(args[0].shape)).nonzero()
        if func is functional.interpolate and args[0].is_meta:
            return _interpolated(*args, **kwargs)
        if func is functional.batch_norm and args[0].is_meta:
            return _like(args[0])
        if func in LOW_PRECISION and torch.is_autocast_enabled("cpu"):
            args, kwargs = tree_map(self._cast, (args, kwargs))
        if func is functional.linear and args[0].is_meta:
            return args[0].new_empty([*args[0].shape[:-1], args[1].shape[0]])
        return func(*args, **kwargs)

    def _cast(self, value: Any) -> Any:
        is_wide = isinstance(value, Tensor) and value.dtype is torch.float32
        return value.to(self._dtype) if is_wide else value


def _interpolated(x: Tensor, size: Any = None, scale_factor: Any = None, *_: Any, **__: Any) -> Tensor:
    """Return a tensor of the right size; torch's own form for tensors without data takes milliseconds for it."""
    if size is None:
        factors = scale_factor if isinstance(scale_factor, tuple | list) else (scale_factor, scale_factor)
        size = [int(n * f) for n, f in zip(x.shape[-2:], factors, strict=True)]
    size = [size, size] if isinstance(size, int) else list(size)
    return x.new_empty([*x.shape[:2], *size])


def forget_cached_tensors() -> None:
    """Empty the caches of all networks: after a trace they may hold tensors that have no data, or another's."""
    package = __name__.removesuffix("inference.memory")
    for name, module in list(sys.modules.items()):
        if name.startswith(package):
            for value in list(vars(module).values()):
                if isinstance(value, functools._lru_cache_wrapper):
                    value.cache_clear()
