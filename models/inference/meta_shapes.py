"""Shapes of what operations give on tensors without data, worked out without torch's compiler.

Torch has its own ways to do this (its "meta" kernels). Most of them load its compiler and a computer algebra system:
with torch 2.13.0 that is a second of processor time and 60 MB, for every plan and every run. What the networks of this
package need is little, and a test compares every figure with torch's own (tests/models/inference/test_memory.py).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from ..layers.memory_layout import layout_of


def shape_result(func: Any, args: tuple, kwargs: dict[str, Any]) -> Tensor | tuple[Tensor, ...] | None:
    """Return the result of an operation on tensors without data; None for what torch does itself without ado.

    Args:
        func: Operation as a dispatch mode gets it.
        args: Its arguments.
        kwargs: Its named arguments.
    """
    tensors = list(tensors_in(args))
    if not any(t.is_meta for t in tensors):
        return None
    name = func.name().removeprefix("aten::").partition(".")[0]
    if name in SHAPES:
        return SHAPES[name](*args, **kwargs)
    if name.endswith("_") and not name.endswith("__") and args[0].is_meta:
        return None if name in VIEWS_IN_PLACE else args[0]
    if torch.Tag.pointwise not in func.tags or "out" in kwargs:
        return None
    return _pointwise(name, args, tensors)


def tensors_in(value: Any) -> Iterator[Tensor]:
    """Yield the tensors of nested tuples, lists and dicts."""
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, dict):
        yield from tensors_in(list(value.values()))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from tensors_in(item)


class MetaFallbacks(TorchFunctionMode):
    """Does what tensors without data cannot: be cast, come to the host, say which entries are set.

    Args:
        dtype: Number type to which autocast would turn the arguments of convolutions and products.
    """

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
            args = tuple(self._cast(a) for a in args)
            kwargs = {k: self._cast(a) for k, a in kwargs.items()}
        if func is functional.linear and args[0].is_meta:
            return args[0].new_empty([*args[0].shape[:-1], args[1].shape[0]])
        return func(*args, **kwargs)

    def _cast(self, value: Any) -> Any:
        is_wide = isinstance(value, Tensor) and value.dtype is torch.float32
        return value.to(self._dtype) if is_wide else value


def _like(
    x: Tensor, dtype: torch.dtype | None = None, memory_format: torch.memory_format | None = None, **_: Any
) -> Tensor:
    if memory_format in (None, torch.preserve_format):
        is_dense = x.is_contiguous() or (x.ndim == 4 and x.is_contiguous(memory_format=torch.channels_last))
        if is_dense:
            return torch.empty_strided(x.shape, x.stride(), dtype=dtype or x.dtype, device="meta")
        memory_format = torch.contiguous_format
    return torch.empty(x.shape, dtype=dtype or x.dtype, device="meta", memory_format=memory_format)


def _cat(tensors: list[Tensor], dim: int = 0) -> Tensor:
    shape = list(tensors[0].shape)
    shape[dim] = sum(t.shape[dim] for t in tensors)
    dtype = functools.reduce(torch.promote_types, (t.dtype for t in tensors))
    return torch.empty(shape, dtype=dtype, device="meta")


def _convolution(
    x: Tensor, weight: Tensor, bias: Any, stride: Any, padding: Any, dilation: Any, is_transposed: bool, *_: Any
) -> Tensor | None:
    if is_transposed:
        return None
    sizes = zip(x.shape[2:], weight.shape[2:], stride, padding, dilation, strict=True)
    sides = [(n + 2 * p - d * (k - 1) - 1) // s + 1 for n, k, s, p, d in sizes]
    layout = layout_of(x) if x.ndim == 4 else torch.contiguous_format
    return torch.empty([x.shape[0], weight.shape[0], *sides], dtype=x.dtype, device="meta", memory_format=layout)


def _avg_pool2d(x: Tensor, kernel: Any, stride: Any = (), padding: Any = (0, 0), *_: Any, **__: Any) -> Tensor:
    sizes = zip(x.shape[2:], kernel, stride or kernel, (*padding, *padding)[:2], strict=True)
    shape = [*x.shape[:2], *((n + 2 * p - k) // s + 1 for n, k, s, p in sizes)]
    return torch.empty(shape, dtype=x.dtype, device="meta", memory_format=layout_of(x))


def _max_pool2d(x: Tensor, *args: Any, **kwargs: Any) -> tuple[Tensor, Tensor]:
    values = _avg_pool2d(x, *args, **kwargs)
    return values, _like(values, torch.int64)


def _padded(x: Tensor, padding: list[int]) -> Tensor:
    left, right, top, bottom = padding
    h, w = x.shape[-2:]
    return x.new_empty([*x.shape[:-2], h + top + bottom, w + left + right])


def _zero_padded(x: Tensor, padding: list[int], *_: Any) -> Tensor:
    shape = list(x.shape)
    for i, added in enumerate(padding):  # pairs, from the last dimension on
        shape[-1 - i // 2] += added
    layout = layout_of(x) if x.ndim == 4 else torch.contiguous_format
    return torch.empty(shape, dtype=x.dtype, device="meta", memory_format=layout)


def _reduced(x: Tensor, dim: Any = None, keepdim: bool = False, dtype: torch.dtype | None = None) -> Tensor:
    dims = range(x.ndim) if dim is None or dim == [] else [dim] if isinstance(dim, int) else dim
    gone = {d % x.ndim for d in dims}
    shape = [1 if i in gone else n for i, n in enumerate(x.shape) if keepdim or i not in gone]
    return x.new_empty(shape, dtype=dtype or x.dtype)


def _product(a: Tensor, b: Tensor) -> Tensor:
    return a.new_empty([*a.shape[:-1], *b.shape[1 if b.ndim < 3 else 2 :]])


def _pointwise(name: str, args: tuple, tensors: list[Tensor]) -> Tensor:
    shape = np.broadcast_shapes(*(tuple(t.shape) for t in tensors))
    operands = [a for a in args if isinstance(a, Tensor | bool | int | float)]
    dtype = torch.bool if name in COMPARISONS else torch.result_type(operands[0], operands[min(1, len(operands) - 1)])
    like = next((t for t in tensors if t.is_meta and tuple(t.shape) == shape), None)
    return torch.empty(shape, dtype=dtype, device="meta") if like is None else _like(like, dtype)


def _interpolated(x: Tensor, size: Any = None, scale_factor: Any = None, *_: Any, **__: Any) -> Tensor:
    if size is None:
        factors = scale_factor if isinstance(scale_factor, tuple | list) else (scale_factor, scale_factor)
        size = [int(n * f) for n, f in zip(x.shape[-2:], factors, strict=True)]
    size = [size, size] if isinstance(size, int) else list(size)
    return x.new_empty([*x.shape[:2], *size])


SHAPES: dict[str, Callable[..., Any]] = {
    "cat": _cat,
    "convolution": _convolution,
    "avg_pool2d": _avg_pool2d,
    "max_pool2d_with_indices": _max_pool2d,
    "adaptive_avg_pool2d": lambda x, size: x.new_empty([*x.shape[:-2], *size]),
    "_adaptive_avg_pool2d": lambda x, size: x.new_empty([*x.shape[:-2], *size]),
    "reflection_pad2d": _padded,
    "replication_pad2d": _padded,
    "constant_pad_nd": _zero_padded,
    **dict.fromkeys(("mean", "sum", "amax", "amin"), _reduced),
    **dict.fromkeys(("softmax", "_softmax"), lambda x, dim, *_: _like(x)),
    **dict.fromkeys(("argmax", "argmin"), functools.partial(_reduced, dtype=torch.int64)),
    **dict.fromkeys(("any", "all"), functools.partial(_reduced, dtype=torch.bool)),
    **dict.fromkeys(("mm", "bmm", "mv"), _product),
    "addmm": lambda added, a, b, **_: _product(a, b),
    **dict.fromkeys(("_to_copy", "clone", "empty_like", "zeros_like", "ones_like"), _like),
}
"""Operation → function of its arguments that gives the result."""

VIEWS_IN_PLACE = {"squeeze_", "unsqueeze_", "t_", "transpose_", "resize_", "as_strided_", "set_"}
"""Operations in place that change more than values."""

COMPARISONS = {"eq", "ne", "lt", "le", "gt", "ge", "isnan", "isfinite", "logical_not", "logical_and", "logical_or"}

LOW_PRECISION = {
    functional.conv2d, torch.conv2d, functional.linear, torch.bmm, torch.mm, torch.matmul, Tensor.matmul, Tensor.bmm,
    Tensor.mm, Tensor.__matmul__, Tensor.__rmatmul__, torch.baddbmm, torch.addmm,
    functional.scaled_dot_product_attention,
}  # fmt: skip
"""Functions whose arguments autocast turns to 16 bits."""
