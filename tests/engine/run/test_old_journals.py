"""Runs that version 0.1 began are gone on with: what it finished is not done again."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from fakes import BlurNetwork, RecordingEmit, fake_checkpoint

from uhr_landcover.engine.contract.events import Note
from uhr_landcover.engine.contract.job import SegmentationJob
from uhr_landcover.engine.plan.planning import plan_run
from uhr_landcover.engine.run.interrupted import find_job
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.run_context import RunContext

FIXTURE = Path(__file__).resolve().parents[2] / "golden" / "interrupted_0_1"
"""What version 0.1 left when it was stopped after 3 of 15 tiles of the raster below."""


@pytest.fixture
def raster(make_raster):
    return make_raster(np.random.default_rng(0).integers(1, 256, (3, 100, 200), dtype=np.uint8))


def laid_out(raster, out):
    """Put the fixture beside results in a folder, as begun by this machine on this raster; return its job."""
    folder = out / ".scene_landcover.uhr-job"
    shutil.copytree(FIXTURE, folder)
    data = json.loads((folder / "job.json").read_text())
    data["raster"], data["output"]["directory"] = str(raster), str(out)
    (folder / "job.json").write_text(json.dumps(data))
    job = SegmentationJob.from_dict(data)
    first, *rest = (folder / "journal").read_text().splitlines()
    row = json.loads(first)
    now = plan_run(job, fake_checkpoint(BlurNetwork())).fingerprint
    row["identity"]["raster"] = now["raster"]  # where it lies, and when it was written
    (folder / "journal").write_text("\n".join([json.dumps(row, separators=(",", ":")), *rest]) + "\n")
    return job


def test_interrupted_run_of_version_0_1_is_found_and_gone_on_with(raster, tmp_path):
    job = laid_out(raster, tmp_path / "out")
    found = find_job(tmp_path / "out", "scene_landcover")
    emit = RecordingEmit()

    result = run(found.job, RunContext(emit), checkpoint=fake_checkpoint(BlurNetwork()))

    assert found.job.output.polygons == job.output.polygons
    assert found.job.output.polygons.simplify_m == 1.0
    assert (found.tiles_done, found.tiles) == (3, 15)
    assert (result.resumed_tiles, result.tiles) == (3, 15)
    assert any("3 of 15 tiles are finished" in note.message for note in emit.of(Note))


def test_map_of_a_run_of_version_0_1_is_the_map_of_a_whole_run(raster, tmp_path):
    job = laid_out(raster, tmp_path / "out")
    whole = SegmentationJob.from_dict({**job.to_dict(), "output": {"directory": str(tmp_path / "whole")}})

    old = run(job, RunContext(), checkpoint=fake_checkpoint(BlurNetwork()))
    new = run(whole, RunContext(), checkpoint=fake_checkpoint(BlurNetwork()))

    assert Path(old.class_raster).read_bytes() == Path(new.class_raster).read_bytes()
