"""The list of interrupted runs, as QGIS and people see it."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import subprocess
import sys

import numpy as np
import pytest
from fakes import RecordingEmit, fake_checkpoint
from fault_support import segment

from uhr_landcover.engine.__main__ import COMMANDS
from uhr_landcover.engine.commands import jobs
from uhr_landcover.engine.contract.events import ErrorCode, Progress, Stage
from uhr_landcover.engine.contract.job import OutputSpec, SegmentationJob
from uhr_landcover.engine.run.interrupted import find_jobs
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.errors import Cancelled, InvalidJob, OutputError
from uhr_landcover.engine.system.folder_lock import MARK, lock_folder
from uhr_landcover.engine.system.run_context import RunContext

HOLDER = """
import sys, time
from pathlib import Path
from uhr_landcover.engine.system.folder_lock import lock_folder
lock = lock_folder(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def execute(*arguments, emit=None):
    parser = argparse.ArgumentParser()
    jobs.add_arguments(parser)
    return jobs.execute(parser.parse_args([str(a) for a in arguments]), RunContext(emit or RecordingEmit()))


@pytest.fixture
def interrupted(make_raster, tmp_path):
    """A job that was cancelled after some of its 12 tiles."""
    raster = make_raster(np.random.default_rng(0).integers(0, 256, (3, 130, 180), dtype=np.uint8))
    output = OutputSpec(directory=str(tmp_path / "out"), vector_formats=())
    job = SegmentationJob(raster=str(raster), output=output, device="cpu", created="2030-01-01T00:00:00+00:00")
    emit = RecordingEmit()

    def stop():
        return any(e.stage is Stage.CLASSIFY and e.done >= 4 for e in emit.of(Progress))

    with pytest.raises(Cancelled, match=r"of 12 tiles are finished and kept"):
        run(job, RunContext(emit, stop), checkpoint=fake_checkpoint())
    return job


def test_jobs_is_a_command():
    assert "jobs" in COMMANDS


def test_list_tells_what_a_person_needs(interrupted, tmp_path):
    data = execute(tmp_path / "out")

    (job,) = data["jobs"]
    assert job["name"] == "scene_landcover"
    assert job["directory"] == str(tmp_path / "out")
    assert job["raster"] == interrupted.raster
    assert (job["method"], job["created"]) == ("isdnet", "2030-01-01T00:00:00+00:00")
    assert job["tiles"] == 12
    assert 4 <= job["tiles_done"] < 12
    assert job["size_bytes"] > 1000
    assert job["running"] is False
    given = dataclasses.replace(interrupted.output, name="scene_landcover")
    assert SegmentationJob.from_dict(job["job"]) == dataclasses.replace(interrupted, output=given)
    assert "scene_landcover: isdnet of" in data["text"]


def test_list_of_several_folders_and_of_none(interrupted, tmp_path):
    (tmp_path / "empty").mkdir()

    assert len(execute(tmp_path / "empty", tmp_path / "out")["jobs"]) == 1
    assert execute(tmp_path / "empty") == {"jobs": [], "text": "No interrupted runs.\n"}


def test_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InvalidJob, match="There is no folder"):
        execute(tmp_path / "none")


def test_delete_removes_what_the_run_has_left(interrupted, tmp_path):
    data = execute(tmp_path / "out", "--delete", "scene_landcover")

    assert data["deleted"]["name"] == "scene_landcover"
    assert list((tmp_path / "out").iterdir()) == []


def test_name_that_is_not_there_is_refused_with_those_that_are(interrupted, tmp_path):
    with pytest.raises(InvalidJob, match="'scene_landcover'"):
        execute(tmp_path / "out", "--delete", "other")


def test_resume_goes_on_with_the_run_also_where_it_was_moved_to(interrupted, tmp_path, monkeypatch):
    monkeypatch.setattr("uhr_landcover.engine.plan.planning.checkpoint_of", lambda _: fake_checkpoint())
    (tmp_path / "out").rename(tmp_path / "moved")

    data = execute(tmp_path / "moved", "--resume", "scene_landcover")

    assert data["resumed_tiles"] >= 4
    assert data["class_raster"] == str(tmp_path / "moved" / "scene_landcover.tif")
    assert execute(tmp_path / "moved")["jobs"] == []


def test_job_that_is_being_worked_on_is_neither_run_nor_deleted(interrupted, tmp_path):
    """The lock is the system's: it is gone with the process that held it, however that ended."""
    folder = tmp_path / "out" / ".scene_landcover.uhr-job"
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "held\n"

        (job,) = find_jobs(tmp_path / "out")
        assert job.running
        for act in (lambda: run(interrupted, RunContext(RecordingEmit()), checkpoint=fake_checkpoint()),
                    lambda: execute(tmp_path / "out", "--delete", "scene_landcover")):  # fmt: skip
            with pytest.raises(OutputError, match="Another run") as caught:
                act()
            assert caught.value.code is ErrorCode.JOB_BUSY
    finally:
        holder.kill()
        holder.wait()

    assert not find_jobs(tmp_path / "out")[0].running


def test_damaged_job_is_listed_and_can_be_deleted(interrupted, tmp_path):
    folder = tmp_path / "out" / ".scene_landcover.uhr-job"
    (folder / "job.json").write_text("{")

    assert execute(tmp_path / "out")["jobs"][0]["job"] is None
    with pytest.raises(InvalidJob, match="cannot be read"):
        execute(tmp_path / "out", "--resume", "scene_landcover")
    execute(tmp_path / "out", "--delete", "scene_landcover")
    assert not folder.exists()


def test_lock_of_a_folder_that_is_being_removed_is_a_new_one(tmp_path):
    """The run before us may remove the file between our opening and our locking it."""
    first = lock_folder(tmp_path)
    (tmp_path / "lock").unlink()
    first.close()

    second = lock_folder(tmp_path)

    with pytest.raises(OutputError):
        lock_folder(tmp_path)
    second.close()


@pytest.mark.parametrize("form", ["uhr-landcover-journal/3", "uhr-landcover-journal/1"])
def test_journal_of_another_version_is_kept_and_told(make_raster, tmp_path, form):
    raster = make_raster(np.full((3, 40, 50), 90, np.uint8))
    folder = tmp_path / "out" / ".scene_landcover.uhr-job"
    for name in ("shards", "results", "work"):
        (folder / name).mkdir(parents=True)
        (folder / name / "theirs").write_text("of hours")
    (folder / "lock").write_bytes(MARK)
    rows = [{"row": "begin", "format": form, "something": "new"}, {"row": "tile", "index": 0, "sha256": "x"}]
    (folder / "journal").write_text("".join(json.dumps(row) + "\n" for row in rows))
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    with pytest.raises(OutputError, match=rf"of another version of this program is kept .*{form}"):
        segment(raster, tmp_path / "out")

    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before
    assert "of another version" in find_jobs(tmp_path / "out")[0].to_text()


def test_folder_without_right_to_read_is_refused_by_a_sentence_and_a_working_folder_left_out(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (tmp_path / ".x.uhr-job").mkdir(mode=0)

    assert find_jobs(tmp_path) == []
