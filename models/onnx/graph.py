"""Graph of an ONNX file: its inputs, outputs, operators and metadata, read without running or unpacking a weight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from ..errors import CheckpointDamaged, CheckpointError, CheckpointMissing
from .packages import required

MAX_FILE_BYTES = 2 * 1024**3
"""Protocol buffers hold no more; larger networks keep their weights in files of their own."""

OWN_DOMAINS = ("", "ai.onnx")
KNOWN_DOMAINS = (*OWN_DOMAINS, "ai.onnx.ml", "com.microsoft")
"""Domains of operators that onnxruntime has itself."""

PASSING_ON = {"Identity", "Cast", "Transpose", "Reshape", "Squeeze", "Unsqueeze", "Resize", "Upsample", "Slice"}
"""Operators that change how an answer lies in memory, not what it means."""

SMALL_BYTES = 4096
"""Constants up to this size may be shapes, which the sizes of other tensors depend on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A tensor that goes into a graph or comes out of it.

    Attributes:
        name: Its name.
        dtype: Number type, as numpy calls it.
        shape: Sizes; None for one that is free. Empty if the file does not tell.
        made_by: Operator whose result it is, those that only rearrange it left out; empty for inputs.
    """

    name: str
    dtype: str
    shape: tuple[int | None, ...]
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnnxGraph:
    """What an ONNX file says of its network.

    Attributes:
        path: The file.
        inputs: What must be given.
        outputs: What comes out.
        operators: Names of the operators in use.
        metadata: Texts that were added to the file, by name.
        producer: Program that wrote the file.
        data_files: Files beside it that hold weights.
        skeleton: The model without its large constants, for the sizes of tensors.
    """

    path: Path
    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]
    operators: frozenset[str]
    metadata: Mapping[str, str]
    producer: str
    data_files: tuple[Path, ...]
    skeleton: Any


def read_graph(path: Path) -> OnnxGraph:
    """Return the graph of an ONNX file.

    Raises:
        CheckpointMissing: If there is no such file.
        CheckpointDamaged: If it is no ONNX file, or damaged.
        CheckpointError: If it needs operators or files that it may not have.
    """
    model = _parsed(path)
    _check_operators(model, path.name)
    data_files = _data_files(model, path)
    _strip(model)
    weights = {t.name for t in model.graph.initializer}
    made_by = _makers(model.graph)
    return OnnxGraph(
        path=path,
        inputs=tuple(_port(v) for v in model.graph.input if v.name not in weights),
        outputs=tuple(_port(v, made_by(v.name)) for v in model.graph.output),
        operators=frozenset(node.op_type for node in _nodes(model)),
        metadata={p.key: p.value for p in model.metadata_props},
        producer=f"{model.producer_name} {model.producer_version}".strip(),
        data_files=data_files,
        skeleton=model,
    )


def _parsed(path: Path) -> Any:
    onnx = required("onnx")
    if not path.is_file():
        raise CheckpointMissing(f"There is no network at {path}. Choose an .onnx file.")
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise CheckpointDamaged(f"{path.name} has {size} bytes; an ONNX file has {MAX_FILE_BYTES} at most.")
    try:
        model = onnx.load(str(path), load_external_data=False)
    except Exception as error:  # the parser has its own kinds of errors, by version
        raise CheckpointDamaged(
            f"{path.name} cannot be read as an ONNX file ({error}). Get the file again, or export it again."
        ) from error
    if not model.graph.node or not model.graph.output:
        raise CheckpointDamaged(f"{path.name} holds no network: its graph is empty. Export it again.")
    return model


def _graphs(graph: Any) -> Iterator[Any]:
    """Yield a graph and those inside its loops and branches."""
    yield graph
    for node in graph.node:
        for attribute in node.attribute:
            for inner in (*attribute.graphs, *((attribute.g,) if attribute.HasField("g") else ())):
                yield from _graphs(inner)


def _nodes(model: Any) -> Iterator[Any]:
    for graph in _graphs(model.graph):
        yield from graph.node
    for function in model.functions:
        yield from function.node


def _check_operators(model: Any, file_name: str) -> None:
    onnx = required("onnx")
    own = {(f.domain, f.name) for f in model.functions}
    versions = {o.domain: o.version for o in model.opset_import}
    for node in _nodes(model):
        if (node.domain, node.op_type) in own:
            continue
        if node.domain not in KNOWN_DOMAINS:
            raise CheckpointError(
                f"{file_name} uses the operator {node.op_type} of {node.domain!r}, which comes from a library of its "
                "own. Such libraries are programs and are not loaded. Export the network with standard operators."
            )
        version = versions.get(node.domain, versions.get("", 1))
        latest = onnx.defs.onnx_opset_version()
        if node.domain in OWN_DOMAINS and not onnx.defs.has(node.op_type, min(version, latest), ""):
            raise CheckpointError(
                f"{file_name} uses the operator {node.op_type}, which version {version} of ONNX's operators does not "
                "have. Export the network again, with standard operators."
            )


def _tensors(model: Any) -> Iterator[Any]:
    """Yield all constants of a model, wherever they stand."""
    for graph in _graphs(model.graph):
        yield from graph.initializer
        for sparse in graph.sparse_initializer:
            yield from (sparse.values, sparse.indices)
    for node in _nodes(model):
        for attribute in node.attribute:
            yield from attribute.tensors
            if attribute.HasField("t"):
                yield attribute.t


def _data_files(model: Any, path: Path) -> tuple[Path, ...]:
    external = required("onnx").TensorProto.EXTERNAL
    names = {
        entry.value
        for tensor in _tensors(model)
        if tensor.data_location == external
        for entry in tensor.external_data
        if entry.key == "location"
    }
    return tuple(_data_file(path, name) for name in sorted(names))


def _data_file(path: Path, name: str) -> Path:
    """Return a file with weights, which must lie in the folder of the network or below."""
    folder = path.resolve().parent
    is_absolute = PurePosixPath(name).is_absolute() or PureWindowsPath(name).is_absolute() or ":" in name
    file = folder / name.replace("\\", "/")
    if not name or is_absolute or not file.resolve().is_relative_to(folder):
        raise CheckpointError(
            f"{path.name} asks for weights in {name!r}, outside its own folder, and is not opened. Put the file of "
            "weights beside it and export it again."
        )
    if not file.is_file():
        raise CheckpointMissing(
            f"{path.name} keeps weights in {name!r}, which is not there. Put it beside {path.name}."
        )
    return file


def _strip(model: Any) -> None:
    """Take the large constants out of a model that is to be looked at only."""
    external = required("onnx").TensorProto.EXTERNAL
    for tensor in _tensors(model):
        if tensor.ByteSize() > SMALL_BYTES:
            dims, kind, name = list(tensor.dims), tensor.data_type, tensor.name
            tensor.Clear()
            tensor.dims.extend(dims)
            tensor.data_type, tensor.name = kind, name
            # A constant without values would be refused: it says that they lie elsewhere.
            tensor.data_location = external


def _port(value: Any, made_by: str = "") -> Port:
    onnx = required("onnx")
    tensor = value.type.tensor_type
    dims = tensor.shape.dim if tensor.HasField("shape") else ()
    try:
        dtype = str(onnx.helper.tensor_dtype_to_np_dtype(tensor.elem_type))
    except KeyError:
        dtype = "unknown"
    shape = tuple(d.dim_value if d.HasField("dim_value") and d.dim_value > 0 else None for d in dims)
    return Port(name=value.name, dtype=dtype, shape=shape, made_by=made_by)


def _makers(graph: Any) -> Any:
    nodes = {name: node for node in graph.node for name in node.output}

    def made_by(name: str) -> str:
        seen = 0
        while (node := nodes.get(name)) is not None and node.op_type in PASSING_ON and node.input and seen < len(nodes):
            name, seen = node.input[0], seen + 1
        return node.op_type if node is not None else ""

    return made_by
