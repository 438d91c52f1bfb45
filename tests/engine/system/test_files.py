"""Files are complete under their names or not there, whatever happens while they are made."""

import errno
import os

import pytest

from uhr_landcover.engine.system import files


def test_write_atomically_replaces_an_older_file_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("old")

    files.write_atomically(path, "a\r\nä\n")

    assert path.read_bytes() == "a\r\nä\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_write_atomically_full_disk_keeps_the_older_file(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_text("old")

    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write_atomically(path, "new")

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_made_atomically_error_in_the_block_leaves_nothing(tmp_path):
    def make():
        with files.made_atomically(tmp_path / "map.tif") as part:
            part.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        make()

    assert list(tmp_path.iterdir()) == []


def test_made_atomically_syncs_before_it_renames(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(files, "sync", lambda path: seen.append((path.name, (tmp_path / "a").exists())))

    with files.made_atomically(tmp_path / "a") as part:
        part.write_bytes(b"1")

    assert seen == [(".a.part", False)]
    assert (tmp_path / "a").read_bytes() == b"1"


def test_folder_bytes_counts_files_at_every_depth(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "one").write_bytes(b"x" * 10)
    (tmp_path / "a" / "b" / "two").write_bytes(b"x" * 5)

    assert files.folder_bytes(tmp_path) == 15
    assert files.folder_bytes(tmp_path / "none") == 0
