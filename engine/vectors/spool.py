"""Keeps features on disk in the order they came, to be read again class by class."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import IO

import numpy as np

from ..system.errors import ErrorCode, OutputError
from .layers import FeatureBatch
from .shapefile_size import record_bytes

_TEXTS = ("wkb", "class_names")


class Spool:
    """A temporary file of batches; a context manager.

    Args:
        folder: Folder of the file.
        check: Called before every batch that is read; what it raises ends the reading.

    Attributes:
        names: Name of each class met.
        shapefile_bytes: What the polygons of each class take in a Shapefile at most.
    """

    def __init__(self, folder: Path, check: Callable[[], None]) -> None:
        self._file = tempfile.TemporaryFile(prefix=".uhr-spool-", dir=folder)  # noqa: SIM115
        self._check = check
        self.names: dict[int, str] = {}
        self.shapefile_bytes: dict[int, int] = {}

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, batch: FeatureBatch) -> None:
        """Append a batch."""
        classes, first, which = np.unique(batch.class_ids, return_index=True, return_inverse=True)
        sizes = np.bincount(which, record_bytes(batch))
        for class_id, k, size in zip(classes.tolist(), first.tolist(), sizes.tolist(), strict=True):
            self.names.setdefault(class_id, batch.class_names[k].decode("utf-8", "replace"))
            self.shapefile_bytes[class_id] = self.shapefile_bytes.get(class_id, 0) + int(size)
        _write(batch, self._file)

    def batches(self, class_id: int) -> Iterator[FeatureBatch]:
        """Yield the features of a class, in their order."""
        self._file.flush()
        self._file.seek(0)
        while True:
            self._check()
            try:
                batch = _read(self._file)
            except EOFError:
                return
            mine = np.flatnonzero(batch.class_ids == class_id)
            if len(mine):
                yield batch.take(mine)


def _write(batch: FeatureBatch, file: IO[bytes]) -> None:
    """Append the columns as arrays; texts as their bytes one after another and the length of each."""
    for field in fields(batch):
        column = getattr(batch, field.name)
        if isinstance(column, np.ndarray):
            np.save(file, column, allow_pickle=False)
        else:
            np.save(file, np.fromiter(map(len, column), np.int64, len(column)), allow_pickle=False)
            np.save(file, np.frombuffer(b"".join(column), np.uint8), allow_pickle=False)


def _read(file: IO[bytes]) -> FeatureBatch:
    """Read what `_write` wrote; EOFError at the end."""
    columns = {}
    for field in fields(FeatureBatch):
        column = np.load(file, allow_pickle=False)
        if field.name in _TEXTS:
            ends = np.cumsum(column).tolist()
            text = np.load(file, allow_pickle=False).tobytes()
            column = [text[start:end] for start, end in zip([0, *ends][: len(ends)], ends, strict=True)]
        columns[field.name] = column
    return FeatureBatch(**columns)


def in_parts(batches: Iterator[FeatureBatch], limit: int) -> Iterator[Iterator[FeatureBatch]]:
    """Yield the features in parts of at most `limit` bytes of a Shapefile; read each part to its end.

    Raises:
        OutputError: If a single polygon is larger.
    """
    waiting = next(batches, None)

    def part() -> Iterator[FeatureBatch]:
        nonlocal waiting
        room = limit
        while waiting is not None:
            total = np.cumsum(record_bytes(waiting))
            fits = int(np.searchsorted(total, room, side="right"))
            if fits == 0 and room == limit:
                raise OutputError(
                    ErrorCode.OUTPUT_NOT_WRITABLE,
                    f"One polygon needs {total[0] / 1e9:.3g} GB, and a Shapefile holds {limit / 1e9:.3g} GB. Raise the "
                    "minimum mapping unit, which closes holes, or choose another format.",
                )
            if fits:
                yield waiting.take(np.arange(fits))
            if fits < len(total):
                waiting = waiting.take(np.arange(fits, len(total)))
                return
            room -= int(total[-1])
            waiting = next(batches, None)

    while waiting is not None:
        yield part()
