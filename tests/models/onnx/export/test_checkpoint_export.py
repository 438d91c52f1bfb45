"""Exported checkpoints: the same classes by onnxruntime, for images that the export has not seen."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
import torch

pytest.importorskip("onnxruntime", reason="onnxruntime is optional and not installed")

import onnx
from fakes import fake_card
from onnx_support import plain_run, smooth_image

from uhr_landcover.models.checkpoint import Checkpoint, load_checkpoint, starter_path
from uhr_landcover.models.errors import CheckpointError
from uhr_landcover.models.onnx.deepness import deepness_facts
from uhr_landcover.models.onnx.export.checkpoint_export import export_onnx
from uhr_landcover.models.onnx.export.mlm_item import mlm_item
from uhr_landcover.models.onnx.mlm import find_item, mlm_facts
from uhr_landcover.models.registry import build_network

TINY = {
    "isdnet": {},
    "glnet": {"patch_px": 64, "global_px": 64},
    "ppn": {"global_px": 64},
}


def tiny(method):
    """A starter's network; of those that work in patches, with patches as small as the test's image."""
    checkpoint = load_checkpoint(starter_path(method))
    if not TINY[method]:
        return checkpoint
    config = {**checkpoint.card.config, **TINY[method]}
    network = build_network(method, config, num_classes=checkpoint.card.legend.num_classes)
    network.load_state_dict(checkpoint.network.state_dict())
    return Checkpoint(dataclasses.replace(checkpoint.card, config=config), network.eval())


def normalised(card, image):
    mean, std = (np.float32(v).reshape(1, -1, 1, 1) for v in (card.normalization.mean, card.normalization.std))
    return ((image[None].astype(np.float32) - mean) / std).astype(np.float32)


@pytest.mark.parametrize(
    "method",
    ["isdnet", "ppn", pytest.param("glnet", marks=pytest.mark.slow)],  # which has each patch's pass in its file
)
def test_exported_network_gives_the_classes_of_the_checkpoint(tmp_path, method):
    checkpoint = tiny(method)

    card = export_onnx(tmp_path / "net.onnx", checkpoint, 128)

    image = normalised(card, smooth_image(3, 128, 128, seed=3))
    told = plain_run(tmp_path / "net.onnx", image)
    network = checkpoint.network
    if hasattr(network, "smooth_patches"):
        network.smooth_patches = True  # as for maps
    with torch.inference_mode():
        expected = network(torch.from_numpy(image)).softmax(1).numpy()
    assert np.abs(told - expected).max() < 1e-4
    assert (told.argmax(1) == expected.argmax(1)).mean() > 0.9995


def test_exported_file_loads_with_the_card_it_came_with(tmp_path):
    checkpoint = load_checkpoint(starter_path("isdnet"))
    export_onnx(tmp_path / "net.onnx", checkpoint, 128)

    card = load_checkpoint(tmp_path / "net.onnx").card

    assert (card.method, card.legend, card.tile_px) == ("onnx", checkpoint.card.legend, 128)
    assert (card.normalization, card.bands) == (checkpoint.card.normalization, checkpoint.card.bands)
    assert card.config["meaning"] == "probabilities"


def test_exported_file_tells_deepness_and_catalogues_the_same(tmp_path):
    checkpoint = load_checkpoint(starter_path("isdnet"))
    export_onnx(tmp_path / "net.onnx", checkpoint, 128)
    metadata = {p.key: p.value for p in onnx.load(tmp_path / "net.onnx").metadata_props}

    for facts in (
        deepness_facts(metadata, 3),
        mlm_facts(find_item(tmp_path / "net.onnx", metadata), "classes", "net.onnx"),
    ):
        assert [c.name for c in facts.classes] == [c.name for c in checkpoint.card.legend.classes]
        assert facts.ground_resolution_m == pytest.approx(checkpoint.card.ground_resolution_m)
        assert facts.tile_px == 128
        assert facts.normalization.mean == pytest.approx(checkpoint.card.normalization.mean)
        assert facts.normalization.std == pytest.approx(checkpoint.card.normalization.std)
        assert not facts.raw_values
    assert json.loads(metadata["model_type"]) == "Segmentor"


def test_size_that_the_network_does_not_take_is_refused(tmp_path):
    with pytest.raises(CheckpointError, match="100 px is none"):
        export_onnx(tmp_path / "net.onnx", load_checkpoint(starter_path("isdnet")), 100)

    assert list(tmp_path.iterdir()) == []


def test_item_of_a_card_has_what_the_extension_requires():
    card = fake_card(name="my model", licence="CC0-1.0", bands=("red", "green", "band 3"))

    item = mlm_item(card, "my.safetensors", framework="PyTorch")

    properties = item["properties"]
    assert properties["mlm:name"] == "my-model"
    assert properties["mlm:tasks"] == ["semantic-segmentation"]
    assert properties["mlm:input"][0]["input"]["shape"] == [-1, 3, 64, 64]
    assert properties["mlm:output"][0]["result"]["shape"] == [-1, 7, 64, 64]
    assert properties["mlm:output"][0]["classification:classes"][1]["color_hint"] == "00FFFF"
    assert item["assets"]["model"]["roles"] == ["mlm:model", "mlm:weights"]
    assert item["assets"]["model"]["bands"][2] == {"name": "band 3"}
    assert properties["datetime"] is None
    assert properties["start_datetime"] < properties["end_datetime"]
