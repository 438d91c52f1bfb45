"""Surroundings of a run that differ from a developer's: paths, homes, users, clocks, proxies, disks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from fakes import fake_checkpoint
from fault_support import classes_of, command, segment, write_raster

from uhr_landcover.engine.contract.job import OutputSpec, SegmentationJob
from uhr_landcover.engine.run.failures import explain
from uhr_landcover.engine.run.job_folder import JobFolder
from uhr_landcover.engine.run.pipeline import plan_run
from uhr_landcover.engine.system import network
from uhr_landcover.engine.system.errors import ErrorCode, InvalidJob, OutputError

NAMES = (
    "with two  spaces",
    "Übergröße ñ",
    "土地覆盖 分类",
    "e\u0301 decomposed",
    "טקסט עברי",
    "100 % 'sure' & #1",
    "🌲",
)
NOBODY = 12_345
"""A user whom no system knows."""


@pytest.fixture
def open_folder():
    """A folder that every user may look into; skips where others may not run the engine."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        if _in_child(PLAN.format(before=f"os.setuid({NOBODY})", arguments="'check'"), HOME=None).returncode:
            pytest.skip("the engine lies where other users may not read it")
        yield folder


needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="becomes other users, which only root may"
)


def picture(rng: np.random.Generator, side: int = 40) -> np.ndarray:
    return np.kron(rng.integers(0, 256, (3, side // 4, side // 4)), np.ones((4, 4))).astype(np.uint8)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_takes_paths_of_any_letters(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    raster = write_raster(folder / f"{name}.tif", picture(np.random.default_rng(1)))
    result = segment(raster, folder / "out", output={"vector_formats": ("gpkg", "shp", "geojson")})

    command("vectorize", result.class_raster, "--out", folder / "polygons.gpkg")
    command("areas", result.class_raster, "--out", folder / "areas.csv")
    command("picture", result.class_raster, "--out", folder / "map.png")

    assert name in result.class_raster
    assert all(Path(path).is_file() for path in result.vectors.values())
    assert all((folder / made).stat().st_size > 0 for made in ("polygons.gpkg", "areas.csv", "map.png"))
    assert len(result.vectors) == 3


def _in_child(code: str, **variables: str | None) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **variables}.items() if v is not None}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, timeout=300)


PLAN = """
import os, sys
{before}
from uhr_landcover.engine.__main__ import main
sys.exit(main(["--json", {arguments}]))
"""


@needs_root
@pytest.mark.parametrize("home", [None, "/proc/nowhere", "/"], ids=["no home", "home that is not there", "read-only"])
def test_run_without_a_home_that_can_be_written_in_ends_with_its_map(open_folder, home):
    """A user whom the system does not know, as in containers: no passwd entry, no home, no cache."""
    raster = write_raster(open_folder / "a.tif", picture(np.random.default_rng(2)))
    out = open_folder / "out"
    out.mkdir(mode=0o777)
    out.chmod(0o777)
    code = PLAN.format(before=f"os.setuid({NOBODY})", arguments=f"'segment', {str(raster)!r}, '--out', {str(out)!r}")

    done = _in_child(code, HOME=home, XDG_CACHE_HOME=None, TMPDIR=None)

    events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert done.returncode == 0, (events[-1:], done.stderr[-2000:])
    assert [e["event"] for e in events][-1] == "result"


@needs_root
def test_files_without_right_to_read_are_refused_by_a_sentence(open_folder):
    write_raster(open_folder / "a.tif", picture(np.random.default_rng(2))).chmod(0o600)
    locked = open_folder / "locked"
    locked.mkdir(mode=0o700)
    write_raster(locked / "b.tif", picture(np.random.default_rng(2)))
    for command_line in (
        ("segment", open_folder / "a.tif", "--out", open_folder / "out"),
        ("segment", locked / "b.tif", "--out", open_folder / "out"),
        ("plan", locked / "b.tif"),
        ("vectorize", locked / "b.tif", "--out", open_folder / "out"),
        ("areas", locked / "b.tif", "--out", open_folder / "a.csv"),
        ("jobs", locked),
        ("run", locked / "job.json"),
        ("segment", open_folder / "a.tif", "--out", open_folder / "out", "--checkpoint", locked / "x.safetensors"),
    ):
        arguments = ", ".join(repr(str(part)) for part in command_line)

        done = _in_child(PLAN.format(before=f"os.setuid({NOBODY})", arguments=arguments), HOME=None)

        events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        assert done.returncode == 1, arguments
        assert events[-1]["code"] != "internal", (arguments, events[-1]["message"])


@needs_root
def test_folder_of_another_user_is_refused_by_a_sentence_before_the_work(open_folder):
    raster = write_raster(open_folder / "a.tif", picture(np.random.default_rng(2)))
    out = open_folder / "out"
    out.mkdir(mode=0o755)
    code = PLAN.format(before=f"os.setuid({NOBODY})", arguments=f"'segment', {str(raster)!r}, '--out', {str(out)!r}")

    done = _in_child(code, HOME=None)

    events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert done.returncode == 1
    assert events[-1]["code"] == "output_not_writable"
    assert f"Nothing can be written in {out}" in events[-1]["message"]
    assert "Traceback" not in events[-1]["details"]


@needs_root
def test_interrupted_run_of_another_user_is_refused_by_a_sentence_and_left_alone(open_folder):
    """Two users on one folder: what one has begun the other may neither go on with nor remove."""
    raster = write_raster(open_folder / "a.tif", picture(np.random.default_rng(2)))
    out = open_folder / "out"
    out.mkdir(mode=0o777)
    out.chmod(0o777)
    job = SegmentationJob(raster=str(raster), output=OutputSpec(directory=str(out), name="map"))
    with JobFolder(plan_run(job, fake_checkpoint()).outputs) as begun:
        begun.journal.begin({"version": "of the first user"}, {}, 1)
        begun.journal.empty(0)
        hidden = begun.path
    hidden.chmod(0o700)
    code = PLAN.format(
        before=f"os.setuid({NOBODY})", arguments=f"'segment', {str(raster)!r}, '--out', {str(out)!r}, '--name', 'map'"
    )

    done = _in_child(code, HOME=None)

    events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert done.returncode == 1
    assert events[-1]["code"] != "internal", events[-1]
    assert (hidden / "journal").read_text().count("\n") == 2


@pytest.mark.parametrize("jump_s", [-3600.0, 3600.0, -1e9])
def test_clock_that_jumps_during_a_run_changes_nothing_and_no_time_is_negative(tmp_path, monkeypatch, jump_s):
    import time

    raster = write_raster(tmp_path / "a.tif", picture(np.random.default_rng(3), 200))
    whole = segment(raster, tmp_path / "whole", created="2026-01-01T00:00:00+00:00")
    now, calls = time.time, []

    def jumping() -> float:
        calls.append(1)
        return now() + (jump_s if len(calls) % 2 else 0.0)

    monkeypatch.setattr(time, "time", jumping)
    jumped = segment(raster, tmp_path / "jumped", created="2026-01-01T00:00:00+00:00")

    assert np.array_equal(classes_of(jumped), classes_of(whole))
    assert jumped.seconds >= 0


def test_map_whose_clock_was_ahead_is_gone_on_with(tmp_path):
    """Results from the future, as a machine with a wrong clock leaves them, are replaced where that is allowed."""
    raster = write_raster(tmp_path / "a.tif", picture(np.random.default_rng(3)))
    first = segment(raster, tmp_path / "out", output={"name": "map"})
    os.utime(first.class_raster, (4e9, 4e9))

    again = segment(raster, tmp_path / "out", output={"name": "map", "overwrite": True})

    assert np.array_equal(classes_of(again), classes_of(first))


def test_proxy_with_a_password_comes_back_as_the_user_has_set_it(monkeypatch):
    given = "http://anna:geheim%40@proxy.example:8080"
    monkeypatch.setenv("GDAL_HTTP_PROXY", given)
    monkeypatch.setattr(network, "_own", {})

    network.forbid()
    closed = os.environ["GDAL_HTTP_PROXY"]
    network.permit()

    assert closed == network.NOWHERE
    assert os.environ["GDAL_HTTP_PROXY"] == given


@pytest.mark.parametrize(
    "error",
    [ValueError("a fault of ours"), InvalidJob("The legend has no classes."), KeyError("x"), TypeError("y")],
    ids=["ValueError", "InvalidJob", "KeyError", "TypeError"],
)
def test_disk_that_is_almost_full_explains_no_other_error(tmp_path, monkeypatch, error):
    monkeypatch.setattr("uhr_landcover.engine.run.failures.free_disk_bytes", lambda folder: 1_000_000)
    raster = write_raster(tmp_path / "a.tif", picture(np.random.default_rng(4)))
    plan = plan_run(
        SegmentationJob(raster=str(raster), output=OutputSpec(directory=str(tmp_path / "out"))), fake_checkpoint()
    )

    with JobFolder(plan.outputs) as folder:
        told = explain(error, plan, folder)

    assert told is error


def test_disk_that_is_almost_full_explains_what_gdal_says_of_writing(tmp_path, monkeypatch):
    monkeypatch.setattr("uhr_landcover.engine.run.failures.free_disk_bytes", lambda folder: 1_000_000)
    raster = write_raster(tmp_path / "a.tif", picture(np.random.default_rng(4)))
    plan = plan_run(
        SegmentationJob(raster=str(raster), output=OutputSpec(directory=str(tmp_path / "out"))), fake_checkpoint()
    )

    with JobFolder(plan.outputs) as folder:
        told = explain(RuntimeError("TIFFAppendToStrip: Write error"), plan, folder)

    assert isinstance(told, OutputError)
    assert told.code is ErrorCode.DISK_FULL
