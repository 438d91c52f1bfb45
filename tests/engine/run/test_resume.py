"""Runs that are interrupted and taken up again: nothing is computed twice, and nobody can tell from the results."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
import rasterio
from fakes import BlurNetwork, RecordingEmit, fake_checkpoint

from uhr_landcover.engine.contract.events import ErrorCode, Note, Preview, Progress, Stage
from uhr_landcover.engine.contract.job import OutputSpec, SegmentationJob
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.errors import Cancelled, OutputError, RasterError
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.engine.tiles.source import RasterSource

STAGES = [Stage.CLASSIFY, Stage.ASSEMBLE, Stage.POLYGONIZE, Stage.REPORT]
FOLDER = ".scene_landcover.uhr-job"


class Tally(list):
    """Stays the same list in copies of what holds it: the engine works with a copy of a network."""

    def __deepcopy__(self, memo):
        return self


class CountingNetwork(BlurNetwork):
    """Counts the images that it and its copies have seen."""

    def __init__(self):
        super().__init__()
        self.tally = Tally()

    @property
    def seen(self):
        return sum(self.tally)

    def forward(self, image):
        if not image.is_meta:  # planning traces the network without data
            self.tally.append(len(image))
        return super().forward(image)


def scene(height=200, width=400, dtype=np.uint8):
    return np.random.default_rng(0).integers(1, 256, (3, height, width), dtype=np.uint8).astype(dtype)


def job_for(raster, out, **job):
    formats = job.pop("formats", ("gpkg",))
    overwrite, name = job.pop("overwrite", False), job.pop("name", "")
    output = OutputSpec(directory=str(out), vector_formats=formats, overwrite=overwrite, name=name)
    created = job.pop("created", "2030-01-01T00:00:00+00:00")
    return SegmentationJob(raster=str(raster), output=output, device="cpu", created=created, **job)


def segment(raster, out, *, emit=None, stop=lambda: False, network=None, restart=False, **job):
    checkpoint = fake_checkpoint(network or BlurNetwork())
    return run(
        job_for(raster, out, **job), RunContext(emit or RecordingEmit(), stop), checkpoint=checkpoint, restart=restart
    )


def interrupt(raster, out, stage=Stage.CLASSIFY, done=3, **job):
    """Cancel a run once a stage has got so far."""
    emit = RecordingEmit()

    def stop():
        return any(e.stage is stage and e.done >= done for e in emit.of(Progress))

    with pytest.raises(Cancelled):
        segment(raster, out, emit=emit, stop=stop, **job)
    return emit


def contents(folder):
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.value)
def test_interrupted_run_ends_with_the_bytes_of_an_undisturbed_one(make_raster, tmp_path, stage):
    raster, formats = make_raster(scene()), ("gpkg", "shp", "geojson", "fgb")
    segment(raster, tmp_path / "whole", formats=formats)
    interrupt(raster, tmp_path / "out", stage, done=1, formats=formats)

    result = segment(raster, tmp_path / "out", created="2040-12-31T00:00:00+00:00", formats=formats)

    whole, resumed = contents(tmp_path / "whole"), contents(tmp_path / "out")
    recipe = "scene_landcover_job.json"
    assert resumed.pop(recipe) == whole.pop(recipe).replace(b"/whole", b"/out")
    assert resumed == whole
    assert result.resumed_tiles > 0
    assert not (tmp_path / "out" / FOLDER).exists()


def test_finished_tiles_are_not_computed_again(make_raster, tmp_path):
    raster, first, second = make_raster(scene()), CountingNetwork(), CountingNetwork()
    interrupt(raster, tmp_path / "out", done=5, network=first)

    result = segment(raster, tmp_path / "out", network=second)

    assert result.tiles == 45
    assert result.resumed_tiles >= 5
    assert second.seen == result.tiles - result.resumed_tiles


def test_resumed_run_says_so_and_counts_on(make_raster, tmp_path):
    raster, emit = make_raster(scene()), RecordingEmit()
    interrupt(raster, tmp_path / "out", done=5)

    result = segment(raster, tmp_path / "out", emit=emit)

    steps = [e.done for e in emit.of(Progress) if e.stage is Stage.CLASSIFY]
    assert steps == list(range(result.resumed_tiles, 46))
    notes = [e.message for e in emit.of(Note) if e.level == "info"]
    assert f"{result.resumed_tiles} of 45 tiles are finished" in notes[0]


def test_tiles_without_data_are_not_read_again(make_raster, tmp_path, monkeypatch):
    values = scene()
    values[:, :, :200] = 0
    raster = make_raster(values, nodata=0)
    interrupt(raster, tmp_path / "out", Stage.ASSEMBLE, done=1)
    monkeypatch.setattr(RasterSource, "read_tile", lambda *_: pytest.fail("a finished tile was read"))

    result = segment(raster, tmp_path / "out")

    assert 0 < result.resumed_tiles == result.tiles < 45


@pytest.mark.parametrize("harm", ["other content", "truncated", "gone", "no row", "torn row", "garbage row"])
def test_tile_that_is_not_safely_finished_is_computed_again(make_raster, tmp_path, harm):
    raster = make_raster(scene())
    segment(raster, tmp_path / "whole")
    interrupt(raster, tmp_path / "out", Stage.ASSEMBLE, done=1)
    shard = tmp_path / "out" / FOLDER / "shards" / "tile-000000007.tif"
    journal = tmp_path / "out" / FOLDER / "journal"
    rows = journal.read_bytes().splitlines(keepends=True)
    if harm == "other content":
        with rasterio.open(shard, "r+") as dataset:
            dataset.write(np.full(dataset.shape, 5, np.uint8), 1)
    elif harm == "truncated":
        os.truncate(shard, shard.stat().st_size // 2)
    elif harm == "gone":
        shard.unlink()
    elif harm == "no row":
        journal.write_bytes(b"".join(r for r in rows if b'"index":7,' not in r))
    elif harm == "torn row":
        tiles = [r for r in rows if b'"stage"' not in r]
        journal.write_bytes(b"".join(tiles[:-1]) + tiles[-1][:-10])
    else:
        journal.write_bytes(b"".join(b"\0\0\0\n" if b'"index":7,' in r else r for r in rows))
    network = CountingNetwork()

    segment(raster, tmp_path / "out", network=network)

    assert network.seen == 1
    name = "scene_landcover.tif"
    assert contents(tmp_path / "out")[name] == contents(tmp_path / "whole")[name]


def test_torn_row_does_not_hide_the_next_one(make_raster, tmp_path):
    raster = make_raster(scene())
    interrupt(raster, tmp_path / "out", done=3)
    with (tmp_path / "out" / FOLDER / "journal").open("ab") as journal:
        journal.write(b'{"row":"tile","ind')
    interrupt(raster, tmp_path / "out", done=20)
    network = CountingNetwork()

    result = segment(raster, tmp_path / "out", network=network)

    assert result.resumed_tiles >= 20
    assert network.seen == 45 - result.resumed_tiles


def test_stretch_of_the_first_run_is_kept(make_raster, tmp_path, monkeypatch):
    raster = make_raster(scene(dtype=np.uint16) * 100)
    segment(raster, tmp_path / "whole")
    interrupt(raster, tmp_path / "out", done=3)
    monkeypatch.setattr("uhr_landcover.engine.tiles.stretch_choice.STRETCH_PERCENTILES", (20.0, 80.0))

    segment(raster, tmp_path / "out")

    name = "scene_landcover.tif"
    assert contents(tmp_path / "out")[name] == contents(tmp_path / "whole")[name]


@pytest.mark.parametrize("change", ["content", "size", "time"])
def test_raster_that_changed_meanwhile_is_refused(make_raster, tmp_path, change):
    raster = make_raster(scene())
    interrupt(raster, tmp_path / "out")
    status = raster.stat()
    if change == "content":
        data = bytearray(raster.read_bytes())
        data[len(data) // 2] ^= 255
        raster.write_bytes(data)
        os.utime(raster, ns=(status.st_atime_ns, status.st_mtime_ns))
    elif change == "size":
        with raster.open("ab") as file:
            file.write(b"more")
    else:
        os.utime(raster, ns=(status.st_atime_ns, status.st_mtime_ns + 10**9))

    with pytest.raises(RasterError, match=r"scene\.tif has changed .* --delete 'scene_landcover'") as caught:
        segment(raster, tmp_path / "out")

    assert caught.value.code is ErrorCode.RASTER_CHANGED
    assert (tmp_path / "out" / FOLDER).exists()


def test_statistics_that_qgis_writes_beside_the_raster_do_not_count_as_a_change(make_raster, tmp_path):
    raster = make_raster(scene())
    interrupt(raster, tmp_path / "out")
    Path(f"{raster}.aux.xml").write_text("<PAMDataset></PAMDataset>")

    assert segment(raster, tmp_path / "out").resumed_tiles > 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"on_read_error": "nodata"}, 'on_read_error was "fail", now "nodata"'),
        ({"bands": (3, 2, 1)}, "bands was"),
    ],
    ids=["policy", "bands"],
)
def test_other_job_of_the_same_name_is_refused(make_raster, tmp_path, change, sentence):
    raster = make_raster(scene())
    interrupt(raster, tmp_path / "out")

    with pytest.raises(OutputError, match=sentence) as caught:
        segment(raster, tmp_path / "out", **change)

    assert caught.value.code is ErrorCode.OUTPUT_EXISTS


@pytest.mark.parametrize("stage", [Stage.CLASSIFY, Stage.REPORT], ids=lambda s: s.value)
def test_other_polygons_of_the_same_map_are_made_of_the_finished_tiles(make_raster, tmp_path, stage):
    raster, network = make_raster(scene()), CountingNetwork()
    segment(raster, tmp_path / "whole", formats=("geojson",))
    interrupt(raster, tmp_path / "out", stage, done=1, formats=("gpkg",))

    result = segment(raster, tmp_path / "out", formats=("geojson",), network=network)

    assert network.seen == 45 - result.resumed_tiles < 45
    whole, resumed = contents(tmp_path / "whole"), contents(tmp_path / "out")
    assert resumed.keys() == whole.keys()
    name = "scene_landcover_polygons.geojson"
    assert resumed[name] == whole[name]


def test_other_raster_of_the_same_name_is_refused(make_raster, tmp_path):
    interrupt(make_raster(scene()), tmp_path / "out", name="scene_landcover")

    with pytest.raises(OutputError, match="the raster was"):
        segment(make_raster(scene(), "other.tif"), tmp_path / "out", name="scene_landcover")


def test_other_preset_goes_on(make_raster, tmp_path):
    """A run that died for lack of memory is taken up with the preset that needs less."""
    raster = make_raster(scene())
    interrupt(raster, tmp_path / "out", preset="speed")

    assert segment(raster, tmp_path / "out", preset="memory").resumed_tiles > 0


def test_restart_throws_away_what_is_finished(make_raster, tmp_path):
    raster, network = make_raster(scene()), CountingNetwork()
    interrupt(raster, tmp_path / "out", done=20)

    result = segment(raster, tmp_path / "out", network=network, restart=True, formats=("shp",))

    assert result.resumed_tiles == 0
    assert network.seen == 45


def test_unreadable_blocks_are_told_again_by_the_resumed_run(make_raster, tmp_path):
    raster = make_raster(scene(200, 200), tiled=True, blockxsize=64, blockysize=64, compress="deflate")
    with rasterio.open(raster) as dataset:
        offset = int(dataset.get_tag_item("BLOCK_OFFSET_0_0", "TIFF", bidx=1))
    with raster.open("r+b") as file:
        file.seek(offset)
        file.write(b"\xff" * 400)
    interrupt(raster, tmp_path / "out", Stage.ASSEMBLE, done=1, on_read_error="nodata")

    result = segment(raster, tmp_path / "out", on_read_error="nodata")

    assert "Columns 0 to 63, rows 0 to 63" in " ".join(result.warnings)


class Killed(BaseException):
    """Stands for the end of the process between two renames: nothing of ours catches it."""


@pytest.mark.parametrize("renames", [0, 1, 4, 6])
@pytest.mark.parametrize("overwrite", [False, True], ids=["new", "overwrite"])
def test_publishing_that_was_cut_in_two_is_finished(make_raster, tmp_path, monkeypatch, renames, overwrite):
    raster = make_raster(scene())
    segment(raster, tmp_path / "whole")
    out = tmp_path / "out"
    if overwrite:
        segment(make_raster(scene()[:, ::-1].copy(), "old/scene.tif"), out)
    count = 0
    replace = Path.replace

    def counted(self, target):
        nonlocal count
        if Path(target).parent == out:
            count += 1
            if count > renames:
                raise Killed
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", counted)
    with pytest.raises(Killed):
        segment(raster, out, overwrite=overwrite)
    monkeypatch.undo()
    network = CountingNetwork()

    result = segment(raster, out, overwrite=overwrite, network=network)

    resumed, whole = contents(out), contents(tmp_path / "whole")
    for folder in (resumed, whole):
        folder.pop("scene_landcover_job.json")
    assert resumed == whole
    assert network.seen == 0
    assert {Path(f).name for f in result.files} == set(os.listdir(out))


def test_result_deleted_between_kill_and_resume_is_made_again(make_raster, tmp_path, monkeypatch):
    raster, out = make_raster(scene()), tmp_path / "out"
    replace = Path.replace

    def dying(self, target):
        if Path(target).name == "scene_landcover.tif":
            raise Killed
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", dying)
    with pytest.raises(Killed):
        segment(raster, out)
    monkeypatch.undo()
    (out / "scene_landcover_polygons.gpkg").unlink()

    result = segment(raster, out, overwrite=True)

    assert all(Path(f).is_file() for f in result.files)
    assert not (out / FOLDER).exists()


def test_result_held_by_another_program_at_the_end_costs_only_the_last_step(make_raster, tmp_path, monkeypatch):
    raster, out = make_raster(scene()), tmp_path / "out"
    replace = Path.replace

    def held(self, target):
        if Path(target) == out / "scene_landcover.tif":
            raise PermissionError(13, "The file is used by another process")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(OutputError, match="Close programs that have it open"):
        segment(raster, out)
    left = [name for name in os.listdir(out) if name != FOLDER]
    monkeypatch.undo()
    network = CountingNetwork()

    result = segment(raster, out, network=network)

    assert left == []
    assert network.seen == 0
    assert all(Path(f).is_file() for f in result.files)


def test_result_held_by_another_program_is_refused_before_the_start(make_raster, tmp_path, monkeypatch):
    """Windows lets nobody rename an open file; a rename to the same name tells."""
    raster = make_raster(scene())
    segment(raster, tmp_path / "out")

    def held(self, target):
        raise PermissionError(13, "The file is used by another process")

    monkeypatch.setattr(Path, "rename", held)
    network = CountingNetwork()

    with pytest.raises(OutputError, match="Close programs that have it open"):
        segment(raster, tmp_path / "out", overwrite=True, network=network)

    assert network.seen == 0


def test_remains_without_a_finished_tile_do_not_stay(make_raster, tmp_path):
    raster, out = make_raster(scene()), tmp_path / "out"
    segment(raster, out)
    (out / FOLDER).mkdir()
    (out / FOLDER / "lock").touch()

    with pytest.raises(OutputError, match="already in"):
        segment(raster, out)

    assert not (out / FOLDER).exists()


def test_preview_held_open_in_qgis_does_not_fail_the_run(make_raster, tmp_path, monkeypatch):
    """Windows lets nobody remove an open file; the next run removes it."""
    raster, out = make_raster(scene()), tmp_path / "out"
    unlink, rmtree = Path.unlink, shutil.rmtree

    def held(self, missing_ok=False):
        if self.name == "preview.vrt":
            raise PermissionError(13, "The file is used by another process")
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    monkeypatch.setattr(
        shutil, "rmtree", lambda path, **how: None if Path(path).name == FOLDER else rmtree(path, **how)
    )
    result = segment(raster, out)
    held_back = os.listdir(out / FOLDER)
    monkeypatch.undo()
    with pytest.raises(OutputError, match="already in"):
        segment(raster, out)

    assert all(Path(f).is_file() for f in result.files)
    assert sorted(held_back) == ["lock", "preview.vrt"]  # the lock carries the mark that says whose it is
    assert not (out / FOLDER).exists()


def test_preview_shows_the_finished_tiles_in_their_colours(make_raster, tmp_path):
    raster = make_raster(scene())
    shown = {}

    def look(event):
        if isinstance(event, Preview):
            with rasterio.open(event.path) as preview:
                assert Path(event.path).parent.name == FOLDER
                shown.update(ids=preview.read(1), nodata=preview.nodata, colors=preview.colormap(1))
                shown.update(transform=preview.transform, crs=preview.crs)

    interrupt(raster, tmp_path / "out", Stage.ASSEMBLE, done=1)
    result = segment(raster, tmp_path / "out", emit=look)

    with rasterio.open(result.class_raster) as classes:
        assert (shown["ids"] == classes.read(1)).all()
        assert (shown["transform"], shown["crs"]) == (classes.transform, classes.crs)
        assert [shown["colors"][i] for i in range(7)] == [classes.colormap(1)[i] for i in range(7)]
    assert shown["nodata"] == 255


def test_preview_is_told_once_and_while_tiles_are_missing(make_raster, tmp_path):
    emit = RecordingEmit()

    segment(make_raster(scene()), tmp_path / "out", emit=emit)

    assert len(emit.of(Preview)) == 1
    told = emit.events.index(emit.of(Preview)[0])
    assert any(isinstance(e, Progress) and e.stage is Stage.CLASSIFY for e in emit.events[told:])


def test_raster_that_vanishes_is_named(make_raster, tmp_path, monkeypatch):
    raster = make_raster(scene())

    def vanish(self, tile, plan):
        if tile.index == 30:
            raster.unlink(missing_ok=True)
            raise self._read_error(tile.core)
        return read(self, tile, plan)

    read = RasterSource.read_tile
    monkeypatch.setattr(RasterSource, "read_tile", vanish)

    with pytest.raises(RasterError, match=r"scene\.tif was there .* is gone. .*tiles are finished and kept") as caught:
        segment(raster, tmp_path / "out")

    assert caught.value.code is ErrorCode.RASTER_NOT_FOUND
