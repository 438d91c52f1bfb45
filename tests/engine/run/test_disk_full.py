"""Disks that fill up on the way, and reads that fail now and then."""

from __future__ import annotations

import subprocess
import threading
from dataclasses import replace

import numpy as np
import pytest
from fakes import RecordingEmit, fake_checkpoint
from rasterio.errors import RasterioIOError

from uhr_landcover.engine.contract.events import ErrorCode
from uhr_landcover.engine.contract.job import OutputSpec, SegmentationJob
from uhr_landcover.engine.plan.planning import plan_run
from uhr_landcover.engine.run import checks
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.errors import OutputError
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.engine.tiles.source import RasterSource

FOLDER = ".scene_landcover.uhr-job"


def scene():
    blocks = np.random.default_rng(0).integers(0, 256, (3, 50, 100), dtype=np.uint8)
    return blocks.repeat(4, axis=1).repeat(4, axis=2)


def segment(raster, out, emit=None, **job):
    output = OutputSpec(directory=str(out), vector_formats=("gpkg", "shp"))
    job = SegmentationJob(raster=str(raster), output=output, device="cpu", created="2030-01-01T00:00:00+00:00", **job)
    return run(job, RunContext(emit or RecordingEmit()), checkpoint=fake_checkpoint())


def contents(folder):
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and not p.name.endswith("_job.json")}


@pytest.fixture
def small_disk(tmp_path):
    """A file system in memory whose size can be set."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(options):
        return subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True).returncode

    if mount("size=64k"):
        pytest.skip("this user may not mount a file system")

    def resize(kilobytes):
        assert mount(f"remount,size={kilobytes}k") == 0

    yield folder, resize
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.parametrize("kilobytes", [64, 300, 800, 1600, 2000])
def test_disk_that_fills_on_the_way_costs_nothing_that_is_finished(make_raster, small_disk, monkeypatch, kilobytes):
    folder, resize = small_disk
    raster = make_raster(scene())
    whole, out = raster.parent / "whole", folder / "out"
    segment(raster, whole)
    resize(kilobytes)
    monkeypatch.setattr(checks, "free_disk_bytes", lambda _: 10**12)  # the estimate before the start was too kind

    with pytest.raises(OutputError, match=r"is full: the rest of the run needs (about|more) .* are free") as caught:
        segment(raster, out)

    assert caught.value.code is ErrorCode.DISK_FULL
    assert [p.name for p in out.iterdir() if p.name != FOLDER] == []
    resize(64_000)
    result = segment(raster, out)
    assert contents(out) == contents(whole)
    assert result.resumed_tiles > 0 or kilobytes == 64
    assert not (out / FOLDER).exists()


def test_space_that_an_interrupted_run_has_already_taken_counts_as_free(make_raster, tmp_path, monkeypatch):
    job = SegmentationJob(raster=str(make_raster(scene())), output=OutputSpec(str(tmp_path / "out")), device="cpu")
    plan = plan_run(job, fake_checkpoint())
    (plan.outputs.job_directory / "shards").mkdir(parents=True)
    (plan.outputs.job_directory / "shards" / "tile.tif").write_bytes(b"x" * 600)
    monkeypatch.setattr(checks, "free_disk_bytes", lambda _: 500)

    def needing(size):
        return replace(plan, execution=replace(plan.execution, predicted_disk_bytes=size, disk_is_measured=True))

    checks.refuse_full_disk(needing(1000))

    with pytest.raises(OutputError, match="are free"):
        checks.refuse_full_disk(needing(1200))


@pytest.mark.parametrize("policy", ["fail", "nodata"])
def test_every_third_read_that_fails_leaves_no_trace(make_raster, tmp_path, monkeypatch, policy):
    """A network share that hiccups: reads are tried again, and the map is that of a quiet day."""
    raster = make_raster(scene(), tiled=True, blockxsize=64, blockysize=64)
    segment(raster, tmp_path / "quiet", on_read_error=policy)
    rng, lock, failed = np.random.default_rng(0), threading.Lock(), []
    read = RasterSource._read_native

    def hiccup(self, *arguments):
        with lock:
            if rng.random() < 0.3:
                failed.append(arguments)
                raise RasterioIOError("Read failed. See previous exception for details.")
        return read(self, *arguments)

    monkeypatch.setattr(RasterSource, "_read_native", hiccup)
    monkeypatch.setattr("uhr_landcover.engine.tiles.source.time.sleep", lambda _: None)

    result = segment(raster, tmp_path / "out", on_read_error=policy)

    assert len(failed) > 10
    assert not result.warnings
    assert contents(tmp_path / "out") == contents(tmp_path / "quiet")
