"""Memory that an ONNX graph takes inside a pass: sizes by shape inference, lives by the order of its operators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from ..errors import CheckpointError
from .packages import required

IN_PLACE = {
    "Relu", "LeakyRelu", "PRelu", "Clip", "Sigmoid", "HardSigmoid", "HardSwish", "Tanh", "Elu", "Gelu", "Softplus",
    "BatchNormalization", "Add", "Sub", "Mul", "Div", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Identity",
    "Dropout", "Softmax", "LogSoftmax", "Exp", "Log", "Sqrt", "Neg",
}  # fmt: skip
"""Operators that onnxruntime does in the memory of what goes into them, where nothing else needs that any more."""


@lru_cache(maxsize=64)
def _sizes_of(serialized: bytes, name: str, shape: tuple[int, ...]) -> tuple[Any, Mapping[str, int]]:
    onnx = required("onnx")
    model = onnx.ModelProto.FromString(serialized)
    _set_shape(next(v for v in model.graph.input if v.name == name), shape)
    for output in model.graph.output:
        output.type.tensor_type.ClearField("shape")  # as declared it may name sizes that are free
    try:
        model = onnx.shape_inference.infer_shapes(model, data_prop=True)
    except Exception as error:
        raise CheckpointError(f"The sizes of the network's tensors cannot be told: {error}.") from error
    values = (*model.graph.value_info, *model.graph.output, *model.graph.input)
    return model.graph, {v.name: size for v in values if (size := _bytes(v))}


def live_bytes(skeleton: Any, name: str, shape: Sequence[int]) -> int:
    """Return the largest sum of tensors that are alive at once inside a pass, input and answers left out.

    Args:
        skeleton: The model; see `OnnxGraph`.
        name: Its input.
        shape: Shape of the input.
    """
    graph, sizes = _sizes_of(skeleton.SerializeToString(), name, tuple(shape))
    # What cannot be told may be as large as the largest that can.
    largest = max(sizes.values(), default=0)
    constant = {t.name for t in graph.initializer} | {name}
    last_use = {given: i for i, node in enumerate(graph.node) for given in node.input}
    outside = constant | {o.name for o in graph.output}
    live: dict[str, int] = {}
    peak = 0
    for i, node in enumerate(graph.node):
        dying = [given for given in node.input if last_use[given] == i and given in live]
        if node.op_type in IN_PLACE and dying:
            live.pop(dying[0])
        for made in node.output:
            if made and made not in outside and node.op_type != "Constant":
                live[made] = sizes.get(made, largest)
        peak = max(peak, sum(live.values()))
        for given in (*dying, *(made for made in node.output if made not in last_use)):
            live.pop(given, None)
    return peak


def _set_shape(value: Any, shape: Sequence[int]) -> None:
    dims = value.type.tensor_type.shape.dim
    for dim, size in zip(dims, shape, strict=True):
        dim.dim_value = size


def _bytes(value: Any) -> int:
    """Return the size of a tensor; 0 if it cannot be told."""
    onnx = required("onnx")
    tensor = value.type.tensor_type
    if not tensor.HasField("shape"):
        return 0
    count = 1
    for dim in tensor.shape.dim:
        count *= dim.dim_value
    try:
        return count * onnx.helper.tensor_dtype_to_np_dtype(tensor.elem_type).itemsize
    except KeyError:
        return 0
