"""The command that says what a network takes and gives, and keeps in a card what it does not say itself."""

from __future__ import annotations

import argparse
import json

import pytest
from fakes import RecordingEmit

pytest.importorskip("onnxruntime", reason="onnxruntime is optional and not installed")

from onnx_support import DEEPNESS, band_network, class_names

from uhr_landcover.engine.commands import describe as command
from uhr_landcover.engine.system.errors import InvalidJob, OutputError
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.models.checkpoint import load_checkpoint, read_card, starter_path
from uhr_landcover.models.preprocess import IMAGENET


def describe(network, *options):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.execute(parser.parse_args([str(network), *options]), RunContext(RecordingEmit()))


def test_describe_of_a_silent_network_lists_what_is_missing_and_writes_nothing(tmp_path):
    told = describe(band_network(tmp_path / "net.onnx"))

    assert told["missing"] == ["its classes", "how values are scaled", "its ground resolution"]
    assert told["outputs"] == [{"name": "classes", "numbers": 4, "meaning": "logits"}]
    assert [p.name for p in tmp_path.iterdir()] == ["net.onnx"]


def test_card_that_is_written_makes_the_network_usable(tmp_path):
    network = band_network(tmp_path / "net.onnx")

    told = describe(
        network, "--classes", "sea,beach,dune,wood", "--bands", "nir,red,green", "--scale", "imagenet",
        "--resolution", "0.25", "--tile-px", "128", "--halo-px", "12", "--licence", "CC-BY-4.0", "--write",
    )  # fmt: skip

    card = load_checkpoint(network).card
    assert told["files"] == [str(tmp_path / "net.card.json")]
    assert [c.name for c in card.legend.classes] == ["sea", "beach", "dune", "wood"]
    assert (card.bands, card.normalization) == (("nir", "red", "green"), IMAGENET)
    assert (card.ground_resolution_m, card.tile_px, card.halo_px, card.licence) == (0.25, 128, 12, "CC-BY-4.0")


def test_describe_changes_one_fact_of_a_card_and_keeps_the_others(tmp_path):
    network = band_network(tmp_path / "net.onnx")
    describe(network, "--classes", "a,b,c,d", "--scale", "unit", "--resolution", "0.25", "--write")

    describe(network, "--resolution", "0.5", "--write", "--overwrite")

    card = read_card(network)
    assert card.ground_resolution_m == 0.5
    assert [c.name for c in card.legend.classes] == ["a", "b", "c", "d"]


def test_card_that_is_there_is_not_replaced_unasked(tmp_path):
    network = band_network(tmp_path / "net.onnx", metadata={**DEEPNESS, "class_names": class_names(4)})
    describe(network, "--write")

    with pytest.raises(OutputError, match="--overwrite"):
        describe(network, "--write")


def test_write_with_facts_missing_is_refused(tmp_path):
    network = band_network(tmp_path / "net.onnx")

    with pytest.raises(InvalidJob, match="does not say its classes; its ground resolution"):
        describe(network, "--scale", "unit", "--write")


def test_output_of_several_is_chosen(tmp_path):
    network = band_network(tmp_path / "net.onnx", aux=True, metadata={**DEEPNESS, "class_names": class_names(4)})
    missing = describe(network)["missing"]

    describe(network, "--output", "aux", "--write")

    assert missing == ["which of its outputs (classes, aux) holds the classes"]
    assert load_checkpoint(network).card.config["output"] == "aux"


def test_legend_by_name_brings_its_colours(tmp_path):
    network = band_network(tmp_path / "net.onnx", classes=7)

    card = describe(network, "--legend", "deepglobe", "--scale", "unit", "--resolution", "0.5")["card"]

    assert card["legend"]["name"] == "deepglobe"
    assert card["legend"]["classes"][5] == {"id": 5, "name": "Water", "color": [0, 0, 255]}


def test_mean_and_std_of_the_unit_scale_become_those_of_bytes(tmp_path):
    network = band_network(tmp_path / "net.onnx")

    card = describe(network, "--mean", "0.5,0.5,0.5", "--std", "0.25,0.25,0.5")["card"]

    assert card["normalization"] == {"mean": [127.5] * 3, "std": [63.75, 63.75, 127.5]}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--mean", "1,2", "--std", "1,1,1"], "--mean has 2 numbers and --std 3"),
        (["--std", "0,1,1"], "every number must be above 0"),
        (["--scale", "imagenet", "--mean", "1,1,1"], "leave --mean and --std out"),
        (["--legend", "deepglobe", "--classes", "a,b,c,d"], "both name the classes"),
    ],
)
def test_contradicting_options_are_refused(tmp_path, options, sentence):
    with pytest.raises(InvalidJob, match=sentence):
        describe(band_network(tmp_path / "net.onnx"), *options)


def test_describe_of_one_of_our_checkpoints_tells_its_card():
    told = describe(starter_path("isdnet"))

    assert told["card"]["name"] == "isdnet-starter"
    assert told["missing"] == []
    json.dumps(told)
