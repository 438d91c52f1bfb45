"""Working folders: nothing is removed through a link, or in a folder that this program did not make."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from fault_support import command, noise, segment, write_raster

from uhr_landcover.engine.run.interrupted import delete_job, find_jobs
from uhr_landcover.engine.system.errors import InvalidJob, OutputError
from uhr_landcover.engine.system.folder_lock import MARK, is_locked, lock_folder, remove_folder

linux_only = pytest.mark.skipif(sys.platform == "win32", reason="links need a right on Windows")


@pytest.fixture
def precious(tmp_path):
    """A folder of the user with data."""
    folder = tmp_path / "precious"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "thesis.txt").write_text("three years")
    (folder / "notes.txt").write_text("more")
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


@linux_only
def test_run_with_a_link_in_place_of_its_working_folder_is_refused_and_the_target_whole(precious, tmp_path):
    raster = write_raster(tmp_path / "i.tif", noise(40, 50))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".i_landcover.uhr-job").symlink_to(precious, target_is_directory=True)
    before = contents(precious)

    for restart in (False, True):
        with pytest.raises(OutputError, match="uhr-job is a link"):
            segment(raster, tmp_path / "out", output={"overwrite": restart})

    assert contents(precious) == before


@linux_only
@pytest.mark.parametrize("name", ["areas", "picture", "vectorize"])
def test_command_with_a_link_in_place_of_its_working_folder_is_refused_and_the_target_whole(name, precious, tmp_path):
    classes = write_raster(tmp_path / "c.tif", np.ones((8, 9), np.uint8), nodata=255)
    out = {"areas": "r.csv", "picture": "r.png", "vectorize": "r"}[name]
    first = {"vectorize": "r.gpkg"}.get(name, out)
    (tmp_path / f".{first}.uhr-work").symlink_to(precious, target_is_directory=True)
    before = contents(precious)

    with pytest.raises(OutputError, match="uhr-work is a link"):
        command(name, classes, "--out", tmp_path / out, "--overwrite")

    assert contents(precious) == before


@linux_only
@pytest.mark.parametrize("name", ["shards", "results", "work", "journal", "job.json", "lock"])
def test_run_with_a_link_inside_its_working_folder_is_refused_and_the_target_whole(name, precious, tmp_path):
    raster = write_raster(tmp_path / "i.tif", noise(40, 50))
    folder = tmp_path / "out" / ".i_landcover.uhr-job"
    folder.mkdir(parents=True)
    (folder / "lock").write_bytes(MARK)
    target = precious / "files" if name in ("shards", "results", "work") else precious / "notes.txt"
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(target)
    before = contents(precious)

    with pytest.raises(OutputError, match="is a link"):
        segment(raster, tmp_path / "out")

    assert contents(precious) == before


@linux_only
def test_chips_with_a_link_in_place_of_the_working_folder_are_refused_and_the_target_whole(precious, tmp_path):
    image = write_raster(tmp_path / "i.tif", noise(40, 50))
    mask = write_raster(tmp_path / "m.tif", np.ones((40, 50), np.uint8))
    (tmp_path / ".chips.uhr-chips").symlink_to(precious, target_is_directory=True)
    before = contents(precious)

    with pytest.raises(OutputError, match="uhr-chips is a link"):
        command("prepare", tmp_path / "chips", "--pair", image, mask, "--chip-px", 32)

    assert contents(precious) == before


@pytest.mark.parametrize("name", [".i_landcover.uhr-job", ".c.csv.uhr-work", ".chips.uhr-chips"])
def test_folder_of_the_user_under_a_working_name_is_left_alone(name, tmp_path):
    image = write_raster(tmp_path / "i.tif", noise(40, 50))
    mask = write_raster(tmp_path / "c.tif", np.ones((40, 50), np.uint8))
    folder = tmp_path / name
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "data.txt").write_text("mine")
    run = {
        ".i": lambda: segment(image, tmp_path),
        ".c.": lambda: command("areas", mask, "--out", tmp_path / "c.csv", "--overwrite"),
        ".chips": lambda: command("prepare", tmp_path / "chips", "--pair", image, mask, "--chip-px", 32),
    }

    with pytest.raises(OutputError, match="this program did not make"):
        next(make for begin, make in run.items() if name.startswith(begin))()

    assert contents(folder) == {"files/data.txt": "mine"}


def test_working_folder_is_marked_while_it_is_used_and_gone_afterwards(tmp_path):
    folder = tmp_path / ".x.uhr-work"

    lock = lock_folder(folder)
    (folder / "files").mkdir()

    assert (folder / "lock").read_bytes() == MARK
    assert is_locked(folder)
    with pytest.raises(OutputError, match="Another run"):
        lock_folder(folder)
    remove_folder(folder, lock)
    assert not folder.exists()


@pytest.mark.parametrize("content", [b"", MARK], ids=["made a moment ago", "almost removed"])
def test_working_folder_that_a_killed_process_left_empty_is_taken_over(content, tmp_path):
    folder = tmp_path / ".x.uhr-work"
    folder.mkdir()
    (folder / "lock").write_bytes(content)

    remove_folder(folder, lock_folder(folder))

    assert not folder.exists()


def test_working_folder_of_a_killed_process_is_taken_over(tmp_path):
    folder = tmp_path / ".x.uhr-work"
    script = (
        "import os, sys; from pathlib import Path\n"
        "from uhr_landcover.engine.system.folder_lock import lock_folder\n"
        f"lock = lock_folder(Path({str(folder)!r})); (Path({str(folder)!r}) / 'half').touch(); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9

    lock = lock_folder(folder)

    assert (folder / "half").exists()
    remove_folder(folder, lock)
    assert not folder.exists()


def test_interrupted_run_of_version_0_1_has_no_mark_and_is_known_by_its_journal(tmp_path):
    folder = tmp_path / ".city.uhr-job"
    (folder / "shards").mkdir(parents=True)
    (folder / "lock").touch()
    row = {"row": "begin", "format": "uhr-landcover-journal/2", "identity": {"version": "0.1.0"}, "kept": {}}
    rows = [{**row, "tiles": 4}, {"row": "empty", "index": 0}]
    (folder / "journal").write_text("".join(json.dumps(r, separators=(",", ":")) + "\n" for r in rows))

    assert [job.name for job in find_jobs(tmp_path)] == ["city"]
    delete_job(tmp_path, "city")

    assert not folder.exists()


def test_interrupted_run_that_is_a_link_is_neither_listed_nor_deleted(precious, tmp_path):
    (tmp_path / ".city.uhr-job").symlink_to(precious, target_is_directory=True)

    assert find_jobs(tmp_path) == []
    with pytest.raises(InvalidJob, match="No interrupted run 'city'"):
        delete_job(tmp_path, "city")
    assert (precious / "notes.txt").exists()
