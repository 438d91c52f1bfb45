"""What an ONNX file tells of itself, and which files are refused, each with its sentence."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

pytest.importorskip("onnxruntime", reason="onnxruntime is optional and not installed")

import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx_support import DEEPNESS, band_network, class_names, save

from uhr_landcover.models.checkpoint import load_checkpoint, read_card
from uhr_landcover.models.errors import CheckpointDamaged, CheckpointError, CheckpointMissing
from uhr_landcover.models.onnx.checkpoint import card_path

GOOD = {**DEEPNESS, "class_names": class_names(4)}


def image_value(name="image", shape=(1, 3, 64, 64)):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def result(name="classes"):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, None)


def test_card_of_deepness_metadata_has_its_facts(tmp_path):
    card = read_card(band_network(tmp_path / "net.onnx", metadata=GOOD))

    assert (card.method, card.name, card.tile_px, card.halo_px) == ("onnx", "net", 64, 8)
    assert card.ground_resolution_m == 0.5
    assert [c.name for c in card.legend.classes] == ["class 0", "class 1", "class 2", "class 3"]
    assert card.normalization.std == (255.0,) * 3
    assert card.bands == ("red", "green", "blue")


def test_class_names_as_a_python_literal_are_read(tmp_path):
    network = band_network(tmp_path / "net.onnx", metadata={k: v for k, v in GOOD.items() if k != "class_names"})
    model = onnx.load(network)
    entry = model.metadata_props.add()
    entry.key, entry.value = "class_names", "{0: 'sea', 1: 'beach', 2: 'dune', 3: 'wood'}"
    onnx.save(model, network)

    assert [c.name for c in read_card(network).legend.classes] == ["sea", "beach", "dune", "wood"]


def test_digest_of_a_network_changes_with_its_file(tmp_path):
    first = read_card(band_network(tmp_path / "net.onnx", metadata=GOOD)).weights_sha256
    again = read_card(band_network(tmp_path / "net.onnx", metadata=GOOD)).weights_sha256
    other = read_card(band_network(tmp_path / "net.onnx", blur=3, metadata=GOOD)).weights_sha256

    assert first == again
    assert first != other


def test_network_that_says_nothing_is_refused_with_what_to_do(tmp_path):
    network = band_network(tmp_path / "net.onnx")

    with pytest.raises(
        CheckpointError, match="does not say its classes, how values are scaled and its ground resolution"
    ):
        load_checkpoint(network)


def test_card_beside_a_network_goes_before_its_metadata(tmp_path):
    network = band_network(tmp_path / "net.onnx", metadata=GOOD)
    card = json.loads(read_card(network).to_json())
    card["ground_resolution_m"], card["bands"] = 0.25, ["nir", "red", "green"]
    card_path(network).write_text(json.dumps(card), encoding="utf-8")

    card = read_card(network)

    assert (card.ground_resolution_m, card.bands) == (0.25, ("nir", "red", "green"))


def test_damaged_card_beside_a_network_is_refused(tmp_path):
    network = band_network(tmp_path / "net.onnx", metadata=GOOD)
    card_path(network).write_text("{}", encoding="utf-8")

    with pytest.raises(CheckpointDamaged, match="card cannot be read"):
        load_checkpoint(network)


def test_missing_network_is_refused(tmp_path):
    with pytest.raises(CheckpointMissing, match="There is no network"):
        load_checkpoint(tmp_path / "net.onnx")


@pytest.mark.parametrize("content", [b"", b"not a network at all", b"\0" * 200])
def test_file_that_is_no_network_is_refused(tmp_path, content):
    path = tmp_path / "net.onnx"
    path.write_bytes(content)

    with pytest.raises(CheckpointDamaged, match=r"net\.onnx (cannot be read|holds no network)"):
        load_checkpoint(path)


def test_truncated_network_is_refused(tmp_path):
    path = band_network(tmp_path / "net.onnx", metadata=GOOD)
    path.write_bytes(path.read_bytes()[:-150])

    with pytest.raises(CheckpointError):
        load_checkpoint(path)


@pytest.mark.parametrize("kind", ["Detector", "Regressor", "Superresolution", "Recognition"])
def test_network_of_another_kind_is_refused_by_its_metadata(tmp_path, kind):
    network = band_network(tmp_path / "net.onnx", metadata={**GOOD, "model_type": kind})

    with pytest.raises(CheckpointError, match=f"is a {kind}.*Only networks that give the class of every pixel"):
        load_checkpoint(network)


def test_detection_network_without_metadata_is_refused_by_its_outputs(tmp_path):
    boxes = numpy_helper.from_array(np.zeros((1, 84, 400), np.float32), "boxes")
    graph = helper.make_graph(
        [
            helper.make_node("ReduceMean", ["image"], ["m"], keepdims=0),
            helper.make_node("Add", ["boxes", "m"], ["classes"]),
        ],
        "yolo",
        [image_value()],
        [result()],
        [boxes],
    )

    with pytest.raises(CheckpointError, match=r"does not classify pixels.*finds objects and gives boxes"):
        load_checkpoint(save(tmp_path / "net.onnx", graph, GOOD))


def test_classifier_of_whole_images_is_refused(tmp_path):
    graph = helper.make_graph(
        [
            helper.make_node("GlobalAveragePool", ["image"], ["p"]),
            helper.make_node("Flatten", ["p"], ["classes"]),
        ],
        "scene",
        [image_value()],
        [result()],
    )

    with pytest.raises(CheckpointError, match="does not classify pixels"):
        load_checkpoint(save(tmp_path / "net.onnx", graph, GOOD))


def test_operator_of_a_library_is_refused(tmp_path):
    graph = helper.make_graph(
        [helper.make_node("Magic", ["image"], ["classes"], domain="my.ops")], "net", [image_value()], [result()]
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("my.ops", 1)]

    with pytest.raises(CheckpointError, match=r"operator Magic of 'my\.ops'.*are programs and are not loaded"):
        load_checkpoint(save(tmp_path / "net.onnx", graph, GOOD, opset_imports=opsets))


def test_unknown_operator_is_refused(tmp_path):
    graph = helper.make_graph(
        [helper.make_node("Convolve9", ["image"], ["classes"])], "net", [image_value()], [result()]
    )

    with pytest.raises(CheckpointError, match="operator Convolve9, which version 17 of ONNX's operators does not"):
        load_checkpoint(save(tmp_path / "net.onnx", graph, GOOD))


def external(tmp_path, location, folder="model"):
    """A network whose weight lies in a file of its own."""
    (tmp_path / folder).mkdir(exist_ok=True)
    weight = np.ones((4, 3, 1, 1), np.float32)
    tensor = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=weight.shape, data_location=TensorProto.EXTERNAL)
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", location
    graph = helper.make_graph(
        [helper.make_node("Conv", ["image", "w"], ["classes"])], "net", [image_value()], [result()], [tensor]
    )
    return save(tmp_path / folder / "net.onnx", graph, GOOD), weight


def test_weights_in_the_folder_of_the_network_are_read(tmp_path):
    network, weight = external(tmp_path, "net.weights")
    (tmp_path / "model" / "net.weights").write_bytes(weight.tobytes())

    assert load_checkpoint(network).network.num_classes == 4


@pytest.mark.parametrize("location", ["../net.weights", "/etc/passwd", "C:\\net.weights", "sub/../../net.weights", ""])
def test_weights_outside_the_folder_of_the_network_are_refused(tmp_path, location):
    network, weight = external(tmp_path, location)
    (tmp_path / "net.weights").write_bytes(weight.tobytes())

    with pytest.raises(CheckpointError, match=r"outside its own folder"):
        load_checkpoint(network)


def test_weights_behind_a_link_that_leaves_the_folder_are_refused(tmp_path):
    network, weight = external(tmp_path, "net.weights")
    (tmp_path / "elsewhere").write_bytes(weight.tobytes())
    (tmp_path / "model" / "net.weights").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(CheckpointError, match="outside its own folder"):
        load_checkpoint(network)


def test_weights_that_are_not_there_are_named(tmp_path):
    network, _ = external(tmp_path, "net.weights")

    with pytest.raises(CheckpointMissing, match=r"'net\.weights', which is not there"):
        load_checkpoint(network)


def test_two_outputs_are_refused_until_one_is_chosen(tmp_path):
    network = band_network(tmp_path / "net.onnx", aux=True, metadata=GOOD)

    with pytest.raises(CheckpointError, match=r"which of its outputs \(classes, aux\) .*describe net.onnx --output"):
        load_checkpoint(network)


def test_several_inputs_are_refused(tmp_path):
    graph = helper.make_graph(
        [helper.make_node("Add", ["image", "other"], ["classes"])],
        "net",
        [image_value(), image_value("other")],
        [result()],
    )

    with pytest.raises(CheckpointError, match=r"has 2 inputs \(image, other\); expected one"):
        load_checkpoint(save(tmp_path / "net.onnx", graph, GOOD))


def test_images_of_unequal_sides_are_refused(tmp_path):
    network = band_network(tmp_path / "net.onnx", size=(64, 96), metadata=GOOD)

    with pytest.raises(CheckpointError, match="takes images of 96 × 64 px; only square ones fit"):
        load_checkpoint(network)


def test_number_of_class_names_that_does_not_fit_is_told(tmp_path):
    network = band_network(tmp_path / "net.onnx", metadata={**GOOD, "class_names": class_names(3)})

    with pytest.raises(CheckpointError, match="gives 4 numbers for a pixel, but 3 classes are named"):
        load_checkpoint(network)


def test_checkpoints_of_ours_load_no_optional_package():
    script = (
        "import sys; from uhr_landcover.models.checkpoint import load_checkpoint, starter_path;"
        "load_checkpoint(starter_path('isdnet')); print(sorted({'onnx', 'onnxruntime'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_missing_package_is_named_with_the_way_to_get_it(tmp_path, monkeypatch):
    network = band_network(tmp_path / "net.onnx", metadata=GOOD)
    monkeypatch.setitem(sys.modules, "onnx", None)

    with pytest.raises(CheckpointError, match=r"need the package onnx, which.*requirements/onnx\.txt"):
        load_checkpoint(network)
