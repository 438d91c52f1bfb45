"""The commands as a user or QGIS starts them: exit status, JSON lines, sentences."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from fakes import RecordingEmit, fake_card

from uhr_landcover.engine.commands import run, segment
from uhr_landcover.engine.system.errors import code_of
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.models.checkpoint import save_checkpoint
from uhr_landcover.models.errors import CheckpointDamaged
from uhr_landcover.models.registry import build_network

SMALL = {
    "deep_widths": (8, 8, 16, 16),
    "shallow_widths": (8, 8, 16, 16),
    "channels": 16,
    "head_channels": 8,
    "aspp_dilations": (2, 4, 6),
}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    """A checkpoint file of a tiny ISDNet with random weights."""
    torch.manual_seed(0)
    network = build_network("isdnet", SMALL, num_classes=7)
    path = tmp_path_factory.mktemp("model") / "tiny.safetensors"
    save_checkpoint(path, network, fake_card(name="tiny", tile_px=128, halo_px=16))
    return path


@pytest.fixture
def raster(make_raster):
    return make_raster(np.random.default_rng(0).integers(0, 256, (3, 150, 180), dtype=np.uint8))


def engine(*arguments, stdin=None):
    command = [sys.executable, "-m", "uhr_landcover.engine", *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def run_command(job_file):
    """`run` in this process: half of the time of a test is otherwise the import of torch."""
    return run.execute(argparse.Namespace(job=str(job_file), restart=False, trace=None), RunContext(RecordingEmit()))


def test_segment_makes_a_map_and_says_so(raster, checkpoint, tmp_path):
    status, events, _ = engine(
        "--json", "segment", raster, "--out", tmp_path / "out", "--checkpoint", checkpoint, "--device", "cpu"
    )  # fmt: skip

    assert status == 0
    assert events[0]["event"] == "hello"
    result = events[-1]["data"]
    assert events[-1]["event"] == "result"
    assert all(Path(f).is_file() for f in result["files"])
    with rasterio.open(result["class_raster"]) as classes:
        assert (classes.width, classes.height) == (180, 150)
        assert classes.read(1).max() < 7


def test_recipe_runs_again_and_gives_the_same_bytes(raster, checkpoint, tmp_path):
    _, events, _ = engine(
        "segment", raster, "--out", tmp_path / "a", "--checkpoint", checkpoint, "--device", "cpu", "--formats", ""
    )
    first = Path(events[-1]["data"]["class_raster"])
    job = json.loads(Path(events[-1]["data"]["recipe"]).read_text())
    job["output"]["directory"] = str(tmp_path / "b")
    (tmp_path / "job.json").write_text(json.dumps(job))

    status, events, _ = engine("run", tmp_path / "job.json")

    assert status == 0
    assert Path(events[-1]["data"]["class_raster"]).read_bytes() == first.read_bytes()


def test_plan_tells_tiles_and_memory_without_running(raster, checkpoint, tmp_path):
    status, events, _ = engine("plan", raster, raster, "--checkpoint", checkpoint, "--device", "cpu")

    plans = events[-1]["data"]["plans"]
    assert status == 0
    assert len(plans) == 2
    assert plans[0]["tiles"] == 4
    assert plans[0]["predicted_host_bytes"] > 0
    assert "4 tiles of 128 × 128 px" in events[-1]["data"]["text"]
    assert [p.name for p in raster.parent.iterdir()] == [raster.name]


def test_check_names_devices_and_versions():
    status, events, _ = engine("check", "--device", "cpu")

    data = events[-1]["data"]
    assert status == 0
    assert data["packages"]["torch"].startswith(torch.__version__.split("+")[0])
    assert any(d["name"] == "cpu" for d in data["devices"])
    assert "network" in data["passed"]


@pytest.mark.parametrize(
    ("change", "code", "sentence"),
    [
        ({"raster": "nowhere.tif"}, "raster_not_found", "There is no raster"),
        ({"checkpoint": "nothing.safetensors"}, "checkpoint_missing", "There is no checkpoint"),
        ({"method": "glnet"}, "checkpoint_unsuitable", "is a checkpoint for isdnet"),
        ({"device": "cuda:9"}, "device_unavailable", "cuda:9"),
        ({"bands": [1, 2, 9]}, "bands_unsuitable", "Band 9"),
        ({"bands": [0]}, "job_invalid", "count from 1"),
        ({"colour": 3}, "job_invalid", "unknown entries"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_bad_job_gets_one_sentence(raster, checkpoint, tmp_path, change, code, sentence):
    job = {
        "raster": str(raster),
        "checkpoint": str(checkpoint),
        "device": "cpu",
        "output": {"directory": str(tmp_path / "out")},
        **change,
    }
    (tmp_path / "job.json").write_text(json.dumps(job))

    with pytest.raises(Exception, match=sentence) as caught:
        run_command(tmp_path / "job.json")

    assert code_of(caught.value) == code
    assert not (tmp_path / "out").exists()


def test_damaged_checkpoint_is_refused(raster, checkpoint, tmp_path):
    damaged = tmp_path / "damaged.safetensors"
    damaged.write_bytes(checkpoint.read_bytes()[:-100])
    job = {"raster": str(raster), "checkpoint": str(damaged), "output": {"directory": str(tmp_path / "out")}}
    (tmp_path / "job.json").write_text(json.dumps(job))

    with pytest.raises(CheckpointDamaged):
        run_command(tmp_path / "job.json")

    assert not (tmp_path / "out").exists()


def test_error_is_an_event_and_status_1(tmp_path):
    status, events, _ = engine("run", tmp_path / "none.json")

    assert status == 1
    assert events[-1]["event"] == "error"
    assert events[-1]["code"] == "job_invalid"


def test_cancel_line_stops_the_run_without_results(raster, checkpoint, tmp_path):
    status, events, _ = engine(
        "--json", "--listen", "segment", raster, "--out", tmp_path / "out", "--checkpoint", checkpoint,
        "--device", "cpu", stdin='{"command": "cancel"}\n',
    )  # fmt: skip

    assert status == 3
    assert events[-1]["code"] == "cancelled"
    assert not [p for p in tmp_path.glob("out/*") if p.name[0] != "."]


def test_wrong_usage_has_status_2():
    assert engine("segment")[0] == 2


def test_threads_of_a_network_sleep_while_they_wait_unless_the_user_says_otherwise():
    """They are told through the environment, which torch's library reads when it is loaded: not a moment later."""
    code = (
        "import os, sys\n"
        "from uhr_landcover.engine import __main__ as engine\n"
        "early = 'torch' in sys.modules\n"
        "engine._run = lambda *args: print(os.environ['OMP_WAIT_POLICY'], early, file=sys.stderr) or 0\n"
        "engine.main(['--json', 'check'])\n"
    )
    for wanted, policy in (({}, "PASSIVE"), ({"OMP_WAIT_POLICY": "ACTIVE"}, "ACTIVE")):
        others = {k: v for k, v in os.environ.items() if k != "OMP_WAIT_POLICY"}
        done = subprocess.run(
            [sys.executable, "-c", code], env={**others, **wanted}, capture_output=True, text=True, check=True
        )
        assert done.stderr.split() == [policy, "False"]


@pytest.mark.parametrize("word", ["--refined-patches", "--looked-at-twice"], ids=["today", "version 0.1"])
def test_segment_takes_the_word_for_refined_patches(word):
    parser = argparse.ArgumentParser()
    segment.add_arguments(parser)

    args = parser.parse_args(["i.tif", "--out", "o", word])

    assert args.refined_patches is True
    assert "--looked-at-twice" not in parser.format_help()
