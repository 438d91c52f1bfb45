"""Items of STAC's model extension, as several versions of it write them."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("onnxruntime", reason="onnxruntime is optional and not installed")

from onnx_support import band_network

from uhr_landcover.models.checkpoint import load_checkpoint
from uhr_landcover.models.errors import CheckpointError
from uhr_landcover.models.onnx.mlm import mlm_facts


def item(*, asset="net.onnx", given=None, properties=None, **output):
    """An item of version 1.4, as its examples look."""
    return {
        "type": "Feature",
        "properties": {
            "mlm:name": "reef",
            "mlm:tasks": ["semantic-segmentation"],
            "license": "CC-BY-4.0",
            "gsd": 10,
            "mlm:input": [
                {
                    "name": "image",
                    "bands": ["B04", "B03", "B02"],
                    "input": {
                        "shape": [-1, 3, 256, 256],
                        "dim_order": ["batch", "channel", "height", "width"],
                        "data_type": "float32",
                    },
                    "value_scaling": [{"type": "scale", "value": 10000}],
                    **(given or {}),
                }
            ],
            "mlm:output": [
                {
                    "name": "classes",
                    "tasks": ["semantic-segmentation"],
                    "result": {"shape": [-1, 4, 256, 256], "dim_order": ["batch", "class", "height", "width"]},
                    "classification:classes": [
                        {"value": 1, "name": "sand", "title": "Bright sand", "color_hint": "FFEE88"},
                        {"value": 0, "name": "sea"},
                        {"value": 2, "name": "coral"},
                        {"value": 3, "name": "grass"},
                    ],
                    **output,
                }
            ],
            **(properties or {}),
        },
        "assets": {
            "model": {
                "href": f"https://example.org/models/{asset}",
                "bands": [
                    {"name": "B04", "eo:common_name": "red"},
                    {"name": "B03", "eo:common_name": "green"},
                    {"name": "B02"},
                ],
            }
        },
    }


def facts(**changes):
    return mlm_facts(item(**changes), "", "net.onnx")


def test_item_beside_a_network_makes_its_card(tmp_path):
    network = band_network(tmp_path / "net.onnx")
    (tmp_path / "anything.json").write_text(json.dumps(item()), encoding="utf-8")
    (tmp_path / "another.json").write_text(json.dumps(item(asset="other.onnx")), encoding="utf-8")

    card = load_checkpoint(network).card

    assert [c.name for c in card.legend.classes] == ["sea", "Bright sand", "coral", "grass"]
    assert card.legend.classes[1].color == (255, 238, 136)
    assert card.bands == ("red", "green", "B02")
    assert (card.ground_resolution_m, card.tile_px, card.licence) == (10.0, 256, "CC-BY-4.0")
    assert (card.normalization.std, card.raw_values) == ((10000.0,) * 3, True)


@pytest.mark.parametrize(
    ("scaling", "mean", "std", "is_raw"),
    [
        ([{"type": "min-max", "minimum": 0, "maximum": 255}], 0.0, 255.0, False),
        ([{"type": "min-max", "minimum": 200, "maximum": 3200}], 200.0, 3000.0, True),
        ([{"type": "z-score", "mean": 0.5, "stddev": 0.25}], 127.5, 63.75, False),
        ([{"type": "z-score", "mean": 1200, "stddev": 600}] * 3, 1200.0, 600.0, True),
        ([{"type": "offset", "value": 1000}], 1000.0, 1.0, True),
        (None, 0.0, 1.0, True),
    ],
    ids=["bytes", "reflectance", "unit", "per band", "offset", "none"],
)
def test_scaling_of_an_item_becomes_mean_and_width(scaling, mean, std, is_raw):
    found = facts(given={"value_scaling": scaling})

    assert found.normalization.mean == (mean,) * 3
    assert found.normalization.std == (std,) * 3
    assert found.raw_values is is_raw


def test_scaling_of_version_1_is_read():
    statistics = [{"mean": 1000.0 * i, "stddev": 500.0} for i in (1, 2, 3)]
    given = {"value_scaling": None, "norm_type": "z-score", "norm_by_channel": True, "statistics": statistics}

    found = facts(given=given)

    assert found.normalization.mean == (1000.0, 2000.0, 3000.0)
    assert found.raw_values


@pytest.mark.parametrize(
    "given",
    [
        {"pre_processing_function": {"format": "python", "expression": "my.module:prepare"}},
        {"value_scaling": [{"type": "clip", "minimum": 0, "maximum": 1}]},
        {"value_scaling": [{"type": "processing", "format": "gdal-calc", "expression": "A*2"}]},
    ],
    ids=["a program", "clip", "an expression"],
)
def test_scaling_that_cannot_be_done_is_asked_for(given):
    found = facts(given=given)

    assert found.normalization is None
    assert "how values are scaled" in found.missing
    assert "tell the scaling" in found.notes[0]


def test_network_for_another_task_is_refused_by_its_item():
    with pytest.raises(CheckpointError, match="is a network for object-detection"):
        facts(properties={"mlm:tasks": ["object-detection"]})


def test_classes_under_the_name_of_drafts_are_read():
    old = [{"value": 0, "name": "sea", "color_hint": [0, 0, 255]}, {"value": 1, "name": "land", "nodata": False}]
    found = facts(**{"classification:classes": [], "classification_classes": old})

    assert [(c.name, c.color) for c in found.classes] == [("sea", (0, 0, 255)), ("land", None)]


def test_band_that_is_computed_is_refused():
    band = {"name": "NDVI", "format": "rio-calc", "expression": "(B08 - B04) / (B08 + B04)"}
    with pytest.raises(CheckpointError, match="band 'NDVI' is computed from others"):
        facts(given={"bands": [band]})


@pytest.mark.parametrize("broken", [{"mlm:input": []}, {"mlm:output": None}, {"mlm:input": 3}])
def test_item_that_makes_no_sense_is_refused_with_a_sentence(broken):
    with pytest.raises(CheckpointError, match=r"STAC item of net\.onnx cannot be used"):
        facts(properties=broken)
