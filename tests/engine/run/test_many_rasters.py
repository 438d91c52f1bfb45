"""Several rasters in one command: names, bad ones, finished ones, and that each is an ordinary job."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np
import pytest
import rasterio
from fakes import RecordingEmit, fake_checkpoint, threshold_classes

from uhr_landcover.engine.commands import segment
from uhr_landcover.engine.contract.events import Note, Progress
from uhr_landcover.engine.run import many_rasters
from uhr_landcover.engine.run.many_rasters import RastersFailed, list_rasters, result_names
from uhr_landcover.engine.system.errors import Cancelled, InvalidJob
from uhr_landcover.engine.system.run_context import RunContext


@pytest.fixture
def loads(monkeypatch):
    """Every loading of the network, which is a stand-in."""
    seen = []

    def load(job):
        seen.append(job.raster)
        return fake_checkpoint()

    monkeypatch.setattr(many_rasters, "checkpoint_of", load)
    return seen


@pytest.fixture
def rasters(make_raster, tmp_path):
    draw = np.random.default_rng(0)
    for name in ("a", "b", "c"):
        make_raster(draw.integers(1, 256, (3, 70, 90), dtype=np.uint8), name=f"in/{name}.tif")
    return tmp_path / "in"


def execute(*arguments, emit=None, should_stop=lambda: False):
    parser = argparse.ArgumentParser()
    segment.add_arguments(parser)
    args = parser.parse_args([*map(str, arguments), "--formats", "", "--device", "cpu"])
    return segment.execute(args, RunContext(emit or RecordingEmit(), should_stop))


def test_folder_is_done_with_one_network_and_own_results_each(rasters, tmp_path, loads):
    emit = RecordingEmit()

    data = execute(rasters, "--out", tmp_path / "out", emit=emit)

    assert [row["status"] for row in data["rasters"]] == ["done"] * 3
    assert len(loads) == 1
    for name in ("a", "b", "c"):
        with (
            rasterio.open(rasters / f"{name}.tif") as source,
            rasterio.open(tmp_path / "out" / f"{name}_landcover.tif") as made,
        ):
            assert (made.read(1) == threshold_classes(source.read())).all()
    assert "Raster 2 of 3: b.tif" in [n.message for n in emit.of(Note)]
    assert {p.unit for p in emit.of(Progress)} >= {"tiles of raster 3 of 3"}


def test_bad_raster_is_told_at_the_end_and_stops_no_other(rasters, tmp_path, loads):
    (rasters / "b.tif").write_bytes(b"no raster")
    emit = RecordingEmit()

    with pytest.raises(RastersFailed, match=r"1 of 3 rasters failed\. b\.tif: .+ The other 2 are done") as caught:
        execute(rasters, "--out", tmp_path / "out", emit=emit)

    assert caught.value.code.value == "raster_unreadable"
    assert (tmp_path / "out" / "c_landcover.tif").exists()
    assert any(m.startswith("b.tif failed: ") for m in emit.warnings)


def test_second_run_does_only_what_is_missing_or_has_changed(rasters, make_raster, tmp_path, loads):
    out = tmp_path / "out"
    execute(rasters, "--out", out)
    made = {p: p.stat().st_mtime_ns for p in out.glob("*_landcover.tif")}
    for old in out.glob("b_landcover*"):
        old.unlink()

    data = execute(rasters, "--out", out)

    assert [row["status"] for row in data["rasters"]] == ["skipped", "done", "skipped"]
    same = [p.name for p, time in made.items() if p.stat().st_mtime_ns == time]
    assert sorted(same) == ["a_landcover.tif", "c_landcover.tif"]
    with pytest.raises(RastersFailed, match=r"3 of 3 rasters failed.*already in"):
        execute(rasters, "--out", out, "--confidence")  # another job: nothing is passed off as its result


def test_cancelling_stops_all(rasters, tmp_path, loads):
    emit = RecordingEmit()

    with pytest.raises(Cancelled):
        execute(rasters, "--out", tmp_path / "out", emit=emit, should_stop=lambda: len(emit.events) > 4)

    assert not list((tmp_path / "out").glob("c_landcover*"))


def test_results_beside_their_rasters_are_not_taken_for_rasters(rasters, loads):
    execute(rasters, "--out", rasters, "--confidence")

    assert [Path(r).name for r in list_rasters([str(rasters)])] == ["a.tif", "b.tif", "c.tif"]


def test_list_names_rasters_from_its_own_folder(rasters):
    text = rasters / "which.txt"
    text.write_text("# the northern ones\nb.tif\n\n  a.tif\n/vsizip/c.zip/c.tif\nb.tif\n")

    found = list_rasters([str(text), str(rasters / "a.tif")])

    assert [Path(r).name for r in found] == ["b.tif", "a.tif", "c.tif"]


@pytest.mark.parametrize(("content", "sentence"), [("# none\n", "names no rasters"), (None, "cannot be read")])
def test_list_without_rasters_gets_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "list.txt"
    if content is not None:
        path.write_text(content)

    with pytest.raises(InvalidJob, match=sentence):
        list_rasters([str(path)])


def test_folder_without_rasters_gets_a_sentence(tmp_path):
    with pytest.raises(InvalidJob, match="has no rasters"):
        list_rasters([str(tmp_path)])


def test_names_differ_whatever_the_rasters_are_called():
    rasters = ["x/a.tif", "y/a.tif", "y/A.jp2", "z/y/a.tif", "b.tif"]

    names = result_names(rasters)

    assert len({name.casefold() for name in names}) == len(rasters)
    assert names[0] == "x_a_landcover"
    assert names[-1] == "b_landcover"
    assert result_names(["p/a.tif", "p/b.tif"], "city") == ["city_a_landcover", "city_b_landcover"]


def replaced(path, values, *, older):
    """Put another raster of the same name, size and header there, with the time it had or an older one."""
    before = path.stat()
    with rasterio.open(path, "r+") as raster:
        raster.write(values)
    time = before.st_mtime_ns - (10**12 if older else 0)
    os.utime(path, ns=(time, time))


@pytest.mark.parametrize("older", [False, True], ids=["same time", "older"])
def test_finished_map_of_a_raster_that_was_replaced_is_not_kept(rasters, tmp_path, loads, older):
    out = tmp_path / "out"
    execute(rasters, "--out", out)
    values = np.random.default_rng(9).integers(1, 256, (3, 70, 90), dtype=np.uint8)
    replaced(rasters / "b.tif", values, older=older)

    with pytest.raises(RastersFailed, match=r"1 of 3 rasters failed. b.tif: .*already in"):
        execute(rasters, "--out", out)


def test_finished_map_of_a_model_that_was_replaced_is_not_kept(rasters, tmp_path, monkeypatch):
    monkeypatch.setattr(many_rasters, "checkpoint_of", lambda job: fake_checkpoint(weights_sha256="one"))
    execute(rasters, "--out", tmp_path / "out")
    assert {row["status"] for row in execute(rasters, "--out", tmp_path / "out")["rasters"]} == {"skipped"}
    monkeypatch.setattr(many_rasters, "checkpoint_of", lambda job: fake_checkpoint(weights_sha256="two"))

    with pytest.raises(RastersFailed, match="3 of 3 rasters failed"):
        execute(rasters, "--out", tmp_path / "out")
