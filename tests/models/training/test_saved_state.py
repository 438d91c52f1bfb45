"""Saved state of a training run: damaged, from another version, or cut off by a signal."""

import dataclasses
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import torch
from PIL import Image

from uhr_landcover.models.errors import DataError
from uhr_landcover.models.training.config import SourceConfig, TrainingConfig, read_training_config
from uhr_landcover.models.training.loop import train
from uhr_landcover.models.training.record.saved_state import PREVIOUS_STATE, STATE, load_state, save_state

CPU = torch.device("cpu")
RECIPE = """
name = "tiny"
crop_px = 64
batch = 2
steps = {steps}
validate_every = 1000
save_every_minutes = 0
[network]
deep_widths = [8, 8, 8, 8]
shallow_widths = [8, 8, 8, 8]
channels = 16
head_channels = 8
[[sources]]
folder = "data"
"""


def make_config(**changes):
    return TrainingConfig(name="tiny", sources=(SourceConfig(folder="data"),), **changes)


def values_of(step):
    return {"network": {"w": torch.ones(2)}, "averaged": {}, "optimizer": {}, "step": step, "seconds": 1.0, "best": 0.5}


def saved(folder, *steps, config=None):
    for step in steps:
        save_state(folder, config or make_config(), values_of(step))


def test_load_state_of_an_empty_folder_is_none(tmp_path):
    assert load_state(tmp_path, make_config(), CPU) is None


def test_load_state_takes_the_last_one_and_says_nothing(tmp_path):
    saved(tmp_path, 3, 6)

    state = load_state(tmp_path, make_config(), CPU)

    assert (state.values["step"], state.note) == (6, "")
    assert sorted(os.listdir(tmp_path)) == sorted([STATE, PREVIOUS_STATE])


@pytest.mark.parametrize("length", [0, 1, 100, 800], ids=lambda n: f"{n} bytes left")
def test_truncated_state_is_set_aside_and_the_one_before_it_taken(tmp_path, length):
    saved(tmp_path, 3, 6)
    os.truncate(tmp_path / STATE, length)

    state = load_state(tmp_path, make_config(), CPU)

    assert state.values["step"] == 3
    assert state.note.startswith("A saved state was damaged and set aside: state.pt (")
    assert state.note.endswith("; training goes on from step 3.")
    assert (tmp_path / f"{STATE}.damaged").stat().st_size == length


def test_state_missing_after_a_kill_between_the_two_renames_leaves_the_one_before(tmp_path):
    saved(tmp_path, 3, 6)
    (tmp_path / STATE).unlink()

    assert load_state(tmp_path, make_config(), CPU).values["step"] == 3


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a zip", b"\x80\x02]q\x00."], ids=["empty", "zip", "pickle"])
def test_both_states_damaged_begins_anew_with_a_sentence(tmp_path, content):
    for name in (STATE, PREVIOUS_STATE):
        (tmp_path / name).write_bytes(content)

    state = load_state(tmp_path, make_config(), CPU)

    assert state.values == {}
    assert state.note.endswith("; training begins anew.")


def test_setting_that_a_newer_version_adds_does_not_end_a_run_under_way(tmp_path):
    saved(tmp_path, 3)
    state = torch.load(tmp_path / STATE, weights_only=True)
    del state["config"]["class_balance"], state["config"]["sources"][0]["zoom"]
    torch.save(state, tmp_path / STATE)

    assert load_state(tmp_path, make_config(), CPU).values["step"] == 3
    with pytest.raises(DataError, match=r"class_balance: 0.0 there, 0.5 here"):
        load_state(tmp_path, make_config(class_balance=0.5), CPU)


def test_state_of_version_0_1_whose_settings_are_text_is_read(tmp_path):
    saved(tmp_path, 3)
    state = torch.load(tmp_path / STATE, weights_only=True)
    torch.save({**state, "config": repr(dataclasses.asdict(make_config()))}, tmp_path / STATE)

    assert load_state(tmp_path, make_config(), CPU).values["step"] == 3


def test_other_settings_are_named(tmp_path):
    saved(tmp_path, 3)

    with pytest.raises(DataError, match=r"run with other settings \(lr: 0.001 there, 0.01 here\)"):
        load_state(tmp_path, make_config(lr=0.01), CPU)
    with pytest.raises(DataError, match=r"source 1, folder: 'data' there, 'other' here"):
        load_state(tmp_path, dataclasses.replace(make_config(), sources=(SourceConfig(folder="other"),)), CPU)


@pytest.fixture
def scenes(tmp_path):
    rng = np.random.default_rng(0)
    for name, shape in (("images", (80, 80, 3)), ("masks", (80, 80))):
        (tmp_path / "data" / name).mkdir(parents=True)
        for i in range(2):
            pixels = rng.integers(0, 255 if name == "images" else 7, shape, np.uint8)
            Image.fromarray(pixels).save(tmp_path / "data" / name / f"{i}.png")
    return tmp_path


@pytest.fixture
def one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def test_training_that_is_killed_goes_on_and_ends_in_the_weights_of_an_undisturbed_one(scenes, one_thread):
    recipe = scenes / "tiny.toml"
    recipe.write_text(RECIPE.format(steps=30))
    config = read_training_config(recipe)
    command = [sys.executable, "-m", "uhr_landcover.engine", "train", str(recipe), "--out", str(scenes / "killed")]
    for step in (4, 12):
        process = subprocess.Popen([*command, "--threads", "1", "--device", "cpu"], stdout=subprocess.PIPE)
        wait_for_step(scenes / "killed", config, step)
        process.send_signal(signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL

    notes = []
    train(config, base=scenes, out=scenes / "killed", report=lambda progress: notes.append(progress.note))
    train(config, base=scenes, out=scenes / "whole")

    ours, theirs = (torch.load(scenes / name / STATE, weights_only=True)["network"] for name in ("killed", "whole"))
    assert not any(notes)
    assert all(torch.equal(ours[k], theirs[k]) for k in theirs)


def wait_for_step(folder, config, step):
    deadline = time.monotonic() + 100
    while time.monotonic() < deadline:
        state = load_state(folder, config, CPU)
        if state and state.values["step"] >= step:
            return
        time.sleep(0.05)
    raise TimeoutError(f"no state of step {step}")
