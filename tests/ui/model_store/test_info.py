import json
import struct

import pytest
from qgis.core import Qgis

from uhr_landcover.ui.model_store.info import CARD_KEY, list_methods, model_in_use, read_model_info


def write_checkpoint(path, card):
    header = json.dumps({"__metadata__": {CARD_KEY: json.dumps(card)}}).encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header)
    return str(path)


CARD = {
    "title": "Mine <b>",
    "method": "isdnet",
    "ground_resolution_m": 0.25,
    "bands": ["red", "green", "blue", "nir"],
    "legend": {"classes": [{"name": "Water"}, {"name": "Land"}]},
    "notice": "Try.",
}


def test_read_model_info_tells_what_the_card_says(tmp_path):
    info = read_model_info(write_checkpoint(tmp_path / "a.safetensors", CARD))

    assert (info.title, info.ground_resolution_m, info.num_bands) == ("Mine <b>", 0.25, 4)
    assert (info.class_names, info.notice) == (("Water", "Land"), "Try.")


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 8, struct.pack("<Q", 2**63), struct.pack("<Q", 4) + b"[[[[", struct.pack("<Q", 2) + b"{}"],
    ids=["empty", "no header", "huge header", "not JSON", "no card"],
)
def test_read_model_info_of_a_damaged_file_is_none(tmp_path, content):
    (tmp_path / "bad.safetensors").write_bytes(content)

    assert read_model_info(str(tmp_path / "bad.safetensors")) is None


def test_model_in_use_prefers_the_chosen_checkpoint(tmp_path):
    chosen = write_checkpoint(tmp_path / "a.safetensors", CARD)

    assert model_in_use("isdnet", chosen).title == "Mine <b>"
    assert model_in_use("isdnet", str(tmp_path / "gone.safetensors")) is None


def test_card_key_is_the_engine_s():
    """The two sides share no code here, so the constant is compared by its text."""
    from pathlib import Path

    from uhr_landcover.ui.process.environment import PACKAGE_DIR

    assert f'CARD_KEY = "{CARD_KEY}"' in (Path(PACKAGE_DIR) / "models" / "checkpoint.py").read_text(encoding="utf-8")
    assert Qgis.QGIS_VERSION_INT >= 32200


def test_every_method_of_a_job_can_be_picked():
    from uhr_landcover.engine.contract.job import Method

    assert {info.key for info in list_methods()} == {m.value for m in Method} - {"taught", "onnx"}, "these are files"


def test_starter_names_the_classes_it_has_hardly_learnt():
    info = model_in_use("isdnet", "")

    assert "Rangeland" in info.weak_classes, "an intersection over union below 0.4 everywhere"
    assert "Agriculture land" in model_in_use("ppn", "").weak_classes, "learnt from generated landscapes alone"
    assert "Water" not in info.weak_classes
    assert "Unknown" not in info.weak_classes
    assert any(score.scenes == "dubai_mbrsc, test" and score.mean_iou > 0.3 for score in info.scores)
    assert info.licence == "Apache-2.0"
    assert len(info.class_colors) == len(info.class_names)


@pytest.mark.parametrize(
    "change",
    [
        {"legend": {"classes": [{"id": float("inf"), "name": "a", "color": [1, 2, 3]}]}},
        {"legend": {"classes": [{"name": "a", "color": [float("inf")] * 3}]}},
        {"ground_resolution_m": "x"},
        {"bands": 5},
        {"metrics": {"a": {"classes": [5]}}},
        {"metrics": {"a": {"classes": 5}}},
        {"recipe": 5},
        {"title": None},
    ],
)
def test_bad_card_hides_itself_and_raises_nothing(tmp_path, change):
    found = read_model_info(write_checkpoint(tmp_path / "m.safetensors", {**CARD, **change}))

    assert found is None or found.title
