"""Small ONNX networks whose answers can be computed by hand, and the plain run of a file."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

DEEPNESS = {"model_type": "Segmentor", "resolution": 50, "tile_size": 64, "tiles_overlap": 25}


def class_names(count):
    return {i: f"class {i}" for i in range(count)}


def add_metadata(model, **values):
    for key, value in values.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, json.dumps(value)


def band_network(
    path: Path,
    *,
    channels: int = 3,
    classes: int = 4,
    size: tuple[int | str, int | str] = ("rows", "columns"),
    batch: int | str = "batch",
    channels_last: tuple[bool, bool] = (False, False),
    ending: str = "",
    blur: int = 1,
    shrink: int = 1,
    dtype: int = TensorProto.FLOAT,
    aux: bool = False,
    metadata: dict | None = None,
) -> Path:
    """Write a network that sums the bands of a blurred image and cuts the sum into classes by parabolas.

    Logit k is k·s - k²·c, so that class k is the best where s is between (2k - 1)·c and (2k + 1)·c.
    """
    rng = np.random.default_rng(1)
    weights = (np.arange(classes)[:, None] * (1 + rng.random(channels)[None])).astype(np.float32)
    bias = -(np.arange(classes) ** 2).astype(np.float32) * channels * 0.75 / classes
    weight = weights.reshape(classes, channels, 1, 1)
    if classes == 1:
        weight, bias = np.ones((1, channels, 1, 1), np.float32), np.float32([-channels / 2])
    nodes, constants, last = [], [numpy_helper.from_array(weight, "weight")], "image"
    constants.append(numpy_helper.from_array(bias.astype(np.float32), "bias"))

    def add(kind, *inputs, **attributes):
        nonlocal last
        made = f"t{len(nodes)}"
        nodes.append(helper.make_node(kind, [last, *inputs], [made], **attributes))
        last = made

    if dtype != TensorProto.FLOAT:
        add("Cast", to=TensorProto.FLOAT)
    if channels_last[0]:
        add("Transpose", perm=[0, 3, 1, 2])
    if blur > 1:
        edge = blur // 2
        constants.append(numpy_helper.from_array(np.int64([0, 0, edge, edge, 0, 0, edge, edge]), "pads"))
        add("Pad", "pads", mode="edge")
        add("AveragePool", kernel_shape=[blur, blur], strides=[1, 1])
    if shrink > 1:
        add("AveragePool", kernel_shape=[shrink, shrink], strides=[shrink, shrink])
    add("Conv", "weight", "bias", kernel_shape=[1, 1])
    if ending in ("Softmax", "ArgMax"):
        add(ending, axis=1, **({"keepdims": 0} if ending == "ArgMax" else {}))
    elif ending:
        add(ending)
    if channels_last[1] and ending != "ArgMax":
        add("Transpose", perm=[0, 2, 3, 1])
    nodes[-1].output[0] = "classes"
    sizes = (*size, channels) if channels_last[0] else (channels, *size)
    kind = TensorProto.INT64 if ending == "ArgMax" else TensorProto.FLOAT
    outputs = [helper.make_tensor_value_info("classes", kind, None)]
    if aux:
        nodes.append(helper.make_node("Neg", ["classes"], ["aux"]))
        outputs.append(helper.make_tensor_value_info("aux", kind, None))
    graph = helper.make_graph(
        nodes, "net", [helper.make_tensor_value_info("image", dtype, [batch, *sizes])], outputs, constants
    )
    return save(path, graph, metadata)


def save(path: Path, graph, metadata: dict | None = None, **options) -> Path:
    opsets = options.pop("opset_imports", [helper.make_opsetid("", 17)])
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8, **options)
    add_metadata(model, **(metadata or {}))
    onnx.save(model, str(path))
    return path


def plain_run(path: Path, image: np.ndarray, output: str = "classes") -> np.ndarray:
    """Return what onnxruntime says of an image: an array as it goes into the network."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return session.run([output], {session.get_inputs()[0].name: image})[0]


def smooth_image(channels: int, height: int, width: int, seed: int = 0) -> np.ndarray:
    """Return ``(C, H, W)`` uint8: broad waves, so that all classes come up in areas of some size."""
    rows, cols = np.mgrid[:height, :width]
    rng = np.random.default_rng(seed)
    bands = []
    for _ in range(channels):
        a, b, c = rng.uniform(0.02, 0.09, 3)
        bands.append(127.5 + 127.5 * np.sin(a * rows + 3 * c) * np.cos(b * cols))
    noise = rng.normal(0, 6, (channels, height, width))
    return np.clip(np.stack(bands) + noise, 0, 255).astype(np.uint8)
