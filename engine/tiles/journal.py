"""Journal of what a run has finished: one line of JSON for every tile and stage, in the order of their completion.

The file only grows. A row is written after what it tells of is complete, and carries its checksum: what is not on the
disk as the row says is made again. A row that is missing costs a tile of work, a line that a power cut tore off is no
row. Rows of tiles are flushed at once, so that they outlive the process, and synced together at most once a second:
only a power cut could cost more than the tiles at work.
"""

from __future__ import annotations

import errno
import json
import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..raster.grid import Window
from ..system.files import sync_directory

FORMAT = "uhr-landcover-journal/2"

SYNC_PAUSE_S = 1.0
"""Time between two syncs of what a power cut may cost: one takes 10 ms on a busy disk, as long as a tile on a GPU."""


@dataclass
class JournalState:
    """What the rows say.

    Attributes:
        identity: What the run's bytes depend on (see plan/fingerprint.py); empty if no run has begun.
        kept: What a resumed run takes over instead of deciding it again.
        total: Tiles of the plan.
        shards: SHA-256 of the shard of every finished tile, by its index.
        empty: Indexes of tiles that have no data.
        unreadable: Blocks of the raster that could not be read.
        stages: Names of the files that each finished stage made, with their SHA-256.
        publishing: Result files that are being given their final names; empty if that has not begun.
        result: Data of the JobResult, once publishing has begun.
        foreign_format: Format of a journal that another version of this program wrote; empty for one of ours.
    """

    identity: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    total: int = 0
    shards: dict[int, str] = field(default_factory=dict)
    empty: set[int] = field(default_factory=set)
    unreadable: set[Window] = field(default_factory=set)
    stages: dict[str, dict[str, str]] = field(default_factory=dict)
    publishing: tuple[str, ...] = ()
    result: dict[str, Any] = field(default_factory=dict)
    foreign_format: str = ""

    @property
    def done(self) -> int:
        """Tiles that need not be looked at again."""
        return len(self.shards) + len(self.empty)

    def take(self, row: dict[str, Any]) -> None:
        """Apply a row.

        Raises:
            KeyError, TypeError, ValueError: If it is none of ours.
        """
        kind = row["row"]
        if kind == "begin":
            if row["format"] != FORMAT:
                self.foreign_format = str(row["format"])[:60] or "unknown"
                return
            self.foreign_format = ""
            self.identity, self.kept, self.total = dict(row["identity"]), dict(row["kept"]), int(row["tiles"])
            self.stages = {}  # a second beginning keeps the tiles, of which other results are made
        elif kind == "tile":
            self.shards[int(row["index"])] = str(row["sha256"])
        elif kind == "empty":
            self.empty.add(int(row["index"]))
        elif kind == "unreadable":
            self.unreadable.add(Window(*(int(v) for v in row["window"])))
        elif kind == "stage":
            self.stages[str(row["name"])] = dict(row["files"])
        elif kind == "publish":
            self.publishing, self.result = tuple(row["files"]), dict(row["result"])
        elif kind == "unpublish":
            self.publishing, self.result = (), {}


class Journal:
    """The open journal of a run; rows may come from any thread.

    Args:
        path: The file; made if missing. A torn last line is cut off.
    """

    def __init__(self, path: Path) -> None:
        self.state = read_journal(path)
        self._lock = threading.Lock()
        self._next_sync = 0.0
        self._file = path.open("ab", buffering=0)
        whole = _whole_lines(path)
        if whole != path.stat().st_size:
            self._file.truncate(whole)
        sync_directory(path.parent)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def begin(self, identity: dict[str, Any], kept: dict[str, Any], tiles: int) -> None:
        """Say what is going to be run."""
        self._add({"row": "begin", "format": FORMAT, "identity": identity, "kept": kept, "tiles": tiles})

    def tile(self, index: int, sha256: str) -> None:
        """Say that the shard of a tile is complete on the disk."""
        self._add({"row": "tile", "index": index, "sha256": sha256}, is_small=True)

    def empty(self, index: int) -> None:
        """Say that a tile has no data."""
        self._add({"row": "empty", "index": index}, is_small=True)

    def unreadable(self, blocks: Iterable[Window]) -> None:
        """Say which further blocks of the raster could not be read."""
        for block in sorted(set(blocks) - self.state.unreadable, key=lambda w: (w.row_off, w.col_off)):
            window = [block.col_off, block.row_off, block.width, block.height]
            self._add({"row": "unreadable", "window": window})

    def stage(self, name: str, files: dict[str, str]) -> None:
        """Say that a stage has made these files (name to SHA-256)."""
        self._add({"row": "stage", "name": name, "files": files})

    def publish(self, files: Iterable[str], result: dict[str, Any]) -> None:
        """Say that from now on these files get their final names."""
        self._add({"row": "publish", "files": list(files), "result": result})

    def unpublish(self) -> None:
        """Say that no file has its final name."""
        self._add({"row": "unpublish"})

    def _add(self, row: dict[str, Any], *, is_small: bool = False) -> None:
        line = json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
        with self._lock:
            start = self._file.tell()
            try:
                written = self._file.write(line)
                if written != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            except OSError:
                # Half a line in the middle would hide the row after it.
                self._file.truncate(start)
                self._file.seek(start)
                raise
            if not is_small or time.monotonic() > self._next_sync:
                os.fsync(self._file.fileno())
                self._next_sync = time.monotonic() + SYNC_PAUSE_S
            self.state.take(row)


def read_journal(path: Path) -> JournalState:
    """Return what a journal says; nothing if there is none. Lines that are damaged count as missing."""
    state = JournalState()
    if not path.is_file():
        return state
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                break
            try:
                state.take(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
                continue
    return state


def _whole_lines(path: Path) -> int:
    """Return the length of a file up to the end of its last complete line."""
    size = end = path.stat().st_size
    with path.open("rb") as file:
        while end:
            start = max(0, end - 65536)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                return start + found + 1
            end = start
    return 0 if size else size
