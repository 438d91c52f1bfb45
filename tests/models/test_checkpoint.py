import dataclasses
import json
import os

import pytest
import torch
from safetensors.torch import load_file, save_file

from uhr_landcover.models.card import ModelCard
from uhr_landcover.models.checkpoint import CARD_KEY, load_checkpoint, read_card, save_checkpoint
from uhr_landcover.models.errors import CheckpointDamaged, CheckpointError, CheckpointMissing
from uhr_landcover.models.isdnet.config import ISDNetConfig
from uhr_landcover.models.isdnet.network import ISDNet
from uhr_landcover.models.legend import load_legend
from uhr_landcover.models.preprocess import IMAGENET

COMPACT = ISDNetConfig(deep_widths=(8, 8, 8, 8), shallow_widths=(8, 8, 8, 8), channels=16, head_channels=8)


@pytest.fixture
def card():
    return ModelCard(
        name="tiny", title="Tiny „Test“ 森", method="isdnet", config={}, legend=load_legend(), normalization=IMAGENET
    )


@pytest.fixture
def saved(tmp_path, card):
    torch.manual_seed(3)
    network = ISDNet(config=COMPACT).eval()
    path = tmp_path / "tiny.safetensors"
    save_checkpoint(path, network, card, half=False)
    return path, network


def test_save_then_load_gives_the_same_logits_and_card(saved, card):
    path, network = saved
    image = torch.randn(1, 3, 64, 64)

    loaded = load_checkpoint(path)

    assert torch.equal(loaded.network(image), network(image))
    assert loaded.card == dataclasses.replace(card, config=network.config, weights_sha256=loaded.card.weights_sha256)
    assert all(len(part) == 8 for part in loaded.card.weights_sha256.split("-"))


def test_save_leaves_out_the_parts_that_only_training_needs(saved):
    path, network = saved

    assert not any(k.startswith(network.training_only_prefixes) for k in load_file(path))


def test_save_with_training_parts_keeps_them(tmp_path, saved, card):
    path = tmp_path / "whole.safetensors"

    save_checkpoint(path, saved[1], card, training_parts=True)

    assert any(k.startswith("auxiliary_head.") for k in load_file(path))
    assert load_checkpoint(path).card.name == "tiny"


def test_save_leaves_no_temporary_file(saved):
    assert os.listdir(saved[0].parent) == ["tiny.safetensors"]


def test_load_missing_file_says_where_it_looked(tmp_path):
    with pytest.raises(CheckpointMissing, match=r"no checkpoint at .*none\.safetensors"):
        load_checkpoint(tmp_path / "none.safetensors")


@pytest.mark.parametrize("keep", [0, 4, 100, 4000], ids=lambda n: f"{n} bytes")
def test_load_truncated_file_is_refused(saved, keep):
    saved[0].write_bytes(saved[0].read_bytes()[:keep])

    with pytest.raises(CheckpointDamaged):
        load_checkpoint(saved[0])


def test_load_altered_weights_are_refused(saved):
    data = bytearray(saved[0].read_bytes())
    data[-1] ^= 0x40
    saved[0].write_bytes(bytes(data))

    with pytest.raises(CheckpointDamaged, match="not those its card was written for"):
        load_checkpoint(saved[0])


def test_load_absurd_header_length_is_refused_before_it_is_read(saved):
    data = bytearray(saved[0].read_bytes())
    data[:8] = (2**62).to_bytes(8, "little")
    saved[0].write_bytes(bytes(data))

    with pytest.raises(CheckpointDamaged, match="not a checkpoint of this software"):
        load_checkpoint(saved[0])


def test_load_lists_missing_and_surplus_weights(saved):
    weights = load_file(saved[0])
    text = read_card(saved[0]).to_json()
    del weights["refine_head.fuse8.g1"]
    save_file(weights | {"stranger": torch.zeros(1)}, saved[0], metadata={CARD_KEY: text})

    with pytest.raises(
        CheckpointDamaged, match=r"missing: \[\"refine_head.fuse8.g1\"\]; not expected: \[\"stranger\"\]"
    ):
        load_checkpoint(saved[0])


def test_load_a_card_that_asks_for_huge_widths_allocates_nothing(saved):
    weights = load_file(saved[0])
    data = json.loads(read_card(saved[0]).to_json())
    data["config"]["deep_widths"] = [8, 8, 8, 2_000_000]
    save_file(weights, saved[0], metadata={CARD_KEY: json.dumps(data)})

    with pytest.raises(CheckpointDamaged, match="of another shape"):
        load_checkpoint(saved[0])


def test_load_weights_without_card_is_refused(tmp_path):
    save_file({"a": torch.zeros(2)}, tmp_path / "a.safetensors")

    with pytest.raises(CheckpointError, match="no model card"):
        load_checkpoint(tmp_path / "a.safetensors")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tile_px", -5),
        ("tile_px", "many"),
        ("ground_resolution_m", 0),
        ("legend", {"name": "x", "classes": []}),
        ("normalization", {"mean": [0], "std": [0]}),
        ("bands", ["red"]),
        ("config", [1]),
        ("title", {"a": 1}),
        ("format", "other/9"),
    ],
    ids=str,
)
def test_card_with_a_wrong_value_is_refused(card, key, value):
    data = json.loads(card.to_json())
    data[key] = value

    with pytest.raises(CheckpointDamaged, match="model card cannot be read"):
        ModelCard.from_json(json.dumps(data))


def test_card_of_an_unknown_method_is_refused(saved):
    weights = load_file(saved[0])
    data = json.loads(read_card(saved[0]).to_json())
    data["method"] = "os.system"
    save_file(weights, saved[0], metadata={CARD_KEY: json.dumps(data)})

    with pytest.raises(CheckpointError, match=r"no method 'os.system'"):
        load_checkpoint(saved[0])
