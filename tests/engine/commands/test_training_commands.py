"""The commands that train and measure, run in this process on tiny networks."""

import argparse
import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from fakes import RecordingEmit, fake_card
from PIL import Image

from uhr_landcover.engine.commands import bench, evaluate, export_checkpoint, fine_tune, import_checkpoint, train
from uhr_landcover.engine.contract import events
from uhr_landcover.engine.requests.fine_tune import OWN_NOTICE
from uhr_landcover.engine.system.errors import InvalidJob
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.models.checkpoint import load_checkpoint, save_checkpoint
from uhr_landcover.models.errors import CheckpointError, DataError
from uhr_landcover.models.registry import build_network

WIDTHS = {"deep_widths": [8, 8, 8, 8], "shallow_widths": [8, 8, 8, 8], "channels": 16, "head_channels": 8}


def run(command, *arguments, should_stop=lambda: False):
    """Return (result data, events) of a command."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    emit = RecordingEmit()
    return command.execute(parser.parse_args([str(a) for a in arguments]), RunContext(emit, should_stop)), emit


@pytest.fixture
def checkpoint(tmp_path):
    torch.manual_seed(0)
    path = tmp_path / "start.safetensors"
    save_checkpoint(
        path, build_network("isdnet", WIDTHS, num_classes=7), fake_card(name="start", tile_px=128, halo_px=16)
    )
    return path


@pytest.fixture
def pairs(tmp_path):
    """Two places with index masks; the second is held out."""
    for folder in ("images", "masks"):
        (tmp_path / "data" / folder).mkdir(parents=True)
    rng = np.random.default_rng(0)
    for name in ("place1", "place2", "place3"):
        Image.fromarray(rng.integers(0, 255, (80, 96, 3), dtype=np.uint8)).save(
            tmp_path / "data/images" / f"{name}.png"
        )
        Image.fromarray(rng.integers(0, 3, (80, 96), dtype=np.uint8)).save(tmp_path / "data/masks" / f"{name}.png")
    return tmp_path / "data"


def test_fine_tune_makes_a_checkpoint_that_names_its_origin(checkpoint, pairs, tmp_path):
    result, emit = run(
        fine_tune, checkpoint, "--data", pairs, "--out", tmp_path / "town", "--steps", 2, "--batch", 2,
        "--device", "cpu", "--group", r"place(\d)", "--test", "2",
    )  # fmt: skip

    card = load_checkpoint(result["checkpoint"]).card
    assert card.name == "town"
    assert "(start)" in card.data[0]
    assert card.title == "town", "it is no starter any more"
    assert card.metrics["data, test"]["scenes"] == ["place2"]
    assert any(isinstance(e, events.Progress) for e in emit.events)


def test_fine_tune_stopped_by_its_limit_hands_over_the_model_so_far(checkpoint, pairs, tmp_path):
    result, emit = run(
        fine_tune, checkpoint, "--data", pairs, "--out", tmp_path / "town", "--steps", 5000, "--batch", 2,
        "--device", "cpu", "--max-minutes", 0.02,
    )  # fmt: skip

    assert (result["finished"], result["steps"]) == (False, 5000)
    assert load_checkpoint(result["checkpoint"]).card.recipe["trained_steps"] == result["step"] > 0
    assert "Run the same command again to go on" in result["text"]
    first = next(e for e in emit.events if isinstance(e, events.Progress))
    assert (first.stage, first.eta_s) == (events.Stage.PREPARE, None)


def test_fine_tune_of_a_starter_warns_in_words_of_its_own(checkpoint, pairs, tmp_path):
    loaded = load_checkpoint(checkpoint)
    save_checkpoint(checkpoint, loaded.network, replace(loaded.card, notice="A starter for trying out."))

    result, _ = run(
        fine_tune,
        checkpoint,
        "--data",
        pairs,
        "--out",
        tmp_path / "town",
        "--steps",
        1,
        "--batch",
        2,
        "--device",
        "cpu",
    )

    assert load_checkpoint(result["checkpoint"]).card.notice == OWN_NOTICE
    assert "tarter" not in OWN_NOTICE


def test_fine_tune_onto_other_classes_starts_their_classifiers_afresh(checkpoint, pairs, tmp_path):
    classes = [{"id": i, "name": f"class {i}", "color": [i, 0, 0]} for i in range(3)]
    (tmp_path / "mine.json").write_text(json.dumps({"name": "mine", "title": "Mine", "classes": classes}))

    result, _ = run(
        fine_tune, checkpoint, "--data", pairs, "--out", tmp_path / "mine", "--steps", 1, "--batch", 2,
        "--device", "cpu", "--legend", tmp_path / "mine.json",
    )  # fmt: skip

    loaded = load_checkpoint(result["checkpoint"])
    assert loaded.network.num_classes == 3
    assert [c.name for c in loaded.card.legend.classes] == ["class 0", "class 1", "class 2"]


def test_fine_tune_names_mask_values_that_the_legend_lacks(checkpoint, pairs, tmp_path):
    Image.fromarray(np.full((80, 96), 77, np.uint8)).save(pairs / "masks" / "place1.png")

    with pytest.raises(DataError, match="77"):
        run(
            fine_tune,
            checkpoint,
            "--data",
            pairs,
            "--out",
            tmp_path / "x",
            "--steps",
            40,
            "--batch",
            4,
            "--device",
            "cpu",
        )


def test_train_says_when_the_time_is_up(pairs, tmp_path):
    network = "\n".join(f"{k} = {json.dumps(v)}" for k, v in WIDTHS.items())
    (tmp_path / "c.toml").write_text(
        f"name = 'tiny'\ncrop_px = 64\nbatch = 2\nsteps = 50\ntile_px = 128\nhalo_px = 16\n"
        f"[network]\n{network}\n[[sources]]\nfolder = 'data'\n"
    )

    result, _ = run(train, tmp_path / "c.toml", "--out", tmp_path / "run", "--device", "cpu", "--max-minutes", 1e-6)

    assert "Run the same command again" in result["text"]
    assert (tmp_path / "run" / "state.pt").exists()


def test_evaluate_writes_figures_and_a_table(checkpoint, pairs, tmp_path):
    result, _ = run(evaluate, checkpoint, "--data", pairs, "--device", "cpu", "--out", tmp_path / "figures.json")

    written = json.loads((tmp_path / "figures.json").read_text())
    assert written["scenes"] == ["place1", "place2", "place3"]
    assert sum(sum(row) for row in written["confusion_matrix"]) == 3 * 80 * 96
    assert (tmp_path / "figures.md").read_text() == result["text"]


def test_evaluate_keeps_the_figures_when_a_table_is_asked_for(checkpoint, pairs, tmp_path):
    run(evaluate, checkpoint, "--data", pairs, "--device", "cpu", "--only", "place1", "--out", tmp_path / "figures.md")

    assert json.loads((tmp_path / "figures.json").read_text())["scenes"] == ["place1"]
    assert (tmp_path / "figures.md").read_text().startswith("| class |")


def test_evaluate_compares_masks_of_another_legend_by_a_crosswalk(checkpoint, pairs, tmp_path):
    plain, _ = run(evaluate, checkpoint, "--data", pairs, "--device", "cpu")
    nlcd = np.array([11, 23, 82], np.uint8)  # open water, developed, crops in place of unknown, urban, agriculture
    for path in (pairs / "masks").iterdir():
        Image.fromarray(nlcd[np.array(Image.open(path))]).save(path)
    (tmp_path / "c.csv").write_text(
        'map,class,common\nreference,Open water,Water\nreference,"Developed, medium intensity",Urban land\n'
        "reference,Cultivated crops,Agriculture land\n"
    )

    result, _ = run(
        evaluate, checkpoint, "--data", pairs, "--device", "cpu", "--legend", "nlcd", "--crosswalk", tmp_path / "c.csv"
    )

    names = [c["class_name"] for c in result["classes"]]
    before, after = np.array(plain["confusion_matrix"]), np.array(result["confusion_matrix"])
    water = names.index("Water")
    assert names[:3] == [c["class_name"] for c in plain["classes"]][:3]
    assert (after[water, :7] == before[0]).all()
    assert (after[1:3, :7] == before[1:3]).all()
    assert after.sum() == before.sum()


def test_evaluate_of_legends_without_a_common_class_asks_for_a_crosswalk(checkpoint, pairs):
    with pytest.raises(InvalidJob, match="crosswalk"):
        run(evaluate, checkpoint, "--data", pairs, "--legend", "lccs", "--device", "cpu")


def test_bench_reports_speed_and_memory(checkpoint):
    result, _ = run(bench, "--checkpoint", checkpoint, "--size", 96, 64, "--warmups", 1, "--runs", 3, "--device", "cpu")

    assert result["runs"] == 3
    assert result["fps"] == pytest.approx(1 / result["median_s"])
    assert result["process_bytes"] > 10_000_000


def test_bench_refuses_settings_that_are_no_json():
    with pytest.raises(CheckpointError, match="not JSON"):
        run(bench, "--method", "isdnet", "--config", "{widths", "--device", "cpu")


def test_export_then_import_keeps_every_weight(tmp_path, monkeypatch):
    monkeypatch.setattr(import_checkpoint, "_limit_memory", lambda: None)  # it would hold for the tests that follow
    torch.manual_seed(1)
    network = build_network("isdnet", {}, num_classes=7)
    save_checkpoint(tmp_path / "a.safetensors", network, fake_card(name="a"), half=False, training_parts=True)

    run(export_checkpoint, tmp_path / "a.safetensors", "--out", tmp_path / "a.pth")
    run(import_checkpoint, tmp_path / "a.pth", "--method", "isdnet", "--out", tmp_path / "b.safetensors")

    ours = load_checkpoint(tmp_path / "b.safetensors").network.state_dict()
    assert all(torch.equal(ours[k], v) for k, v in network.state_dict().items())
