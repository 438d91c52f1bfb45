"""Writes polygons to several files at once: one file a format, or a layer or file for each class."""

from __future__ import annotations

import errno
import queue
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

from ..contract.job import VectorFormat
from ..system.errors import ErrorCode, OutputError
from ..system.files import rename, sync
from ..system.trace import span
from .geopackage import finish_geopackage
from .layer_names import class_file_stem, distinct_layer_names, layer_name
from .layers import GEOMETRY, FeatureBatch, LayerSpec, write_layer
from .shapefile_size import DBF_HEADER, SHAPEFILE_LIMIT
from .spool import Spool, in_parts

FULL_TEXTS = ("No space left", "disk is full")
"""Words of GDAL and SQLite for a full disk; they raise no error of the system."""


class VectorWriters:
    """Writes every batch to several files at once, each in a thread of its own; a context manager.

    Leaving it normally completes the files; leaving it with an error leaves incomplete ones, which the caller removes.

    Args:
        destinations: File of each format. With a layer for each class a GeoPackage has several layers, and other
            formats have several files, whose names begin as the destination's. So has a Shapefile that would grow too
            large.
        layer: What they have in common.
        layer_per_class: Whether classes are kept apart.
        shapefile_limit: Bytes that the files of a Shapefile stay under.
        check: Called now and then; what it raises ends the writing.

    Attributes:
        files: What has been written, complete after leaving; of a Shapefile the .shp.
    """

    def __init__(
        self,
        destinations: Mapping[VectorFormat, Path],
        layer: LayerSpec,
        *,
        layer_per_class: bool = False,
        shapefile_limit: int = SHAPEFILE_LIMIT,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self.files: list[Path] = []
        self._destinations, self._layer, self._check = destinations, layer, check
        self._limit = shapefile_limit - DBF_HEADER
        self._direct = {} if layer_per_class else {f: _Writer(p, f, layer) for f, p in destinations.items()}
        self._by_class = [f for f in destinations if layer_per_class]
        self._spool: Spool | None = None
        self._stack = ExitStack()

    def __enter__(self) -> VectorWriters:
        if self._by_class or VectorFormat.SHAPEFILE in self._destinations:
            folder = next(iter(self._destinations.values())).parent
            self._spool = self._stack.enter_context(Spool(folder, self._check))
        for writer in self._direct.values():
            writer.thread.start()
        return self

    def write(self, batch: FeatureBatch) -> None:
        """Hand a batch to every file.

        Raises:
            OutputError: If one of the files can no longer be written.
        """
        if self._spool is not None:
            with _explained(next(iter(self._destinations.values()))):
                self._spool.add(batch)
        self._divide_large_shapefile()
        for writer in self._direct.values():
            writer.put(batch)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            for writer in self._direct.values():
                writer.finish(is_complete=kind is None)
            for writer in self._direct.values():
                writer.thread.join()
            if kind is not None:
                return
            for writer in self._direct.values():
                writer.check()
            self.files = [self._destinations[f] for f in self._direct]
            for fmt in self._by_class:
                self.files += self._write_by_class(fmt)

    def _divide_large_shapefile(self) -> None:
        writer = self._direct.get(VectorFormat.SHAPEFILE)
        if writer is None or sum(self._spool.shapefile_bytes.values()) <= self._limit:
            return
        # What it has written so far is given up: the spool has it all.
        del self._direct[VectorFormat.SHAPEFILE]
        self._by_class.append(VectorFormat.SHAPEFILE)
        writer.finish(is_complete=False)
        writer.thread.join()

    def _write_by_class(self, fmt: VectorFormat) -> list[Path]:
        names, path = dict(sorted(self._spool.names.items())), self._destinations[fmt]
        if not names:
            _write_file(iter(()), path, fmt, self._layer)
            return [path]
        if fmt is VectorFormat.GEOPACKAGE:
            with _plain_file(path) as plain:
                layers = distinct_layer_names(names.values())
                for k, (class_id, layer) in enumerate(zip(names, layers, strict=True)):
                    write_layer(self._spool.batches(class_id), plain, fmt, self._layer, layer, append=k > 0)
                _finish_geopackage(plain, layers, self._layer)
            return [path]
        written = []
        for class_id, name in names.items():
            stem = class_file_stem(path.stem, class_id, name)
            batches, divided = self._spool.batches(class_id), False
            if fmt is VectorFormat.SHAPEFILE:
                divided = self._spool.shapefile_bytes[class_id] > self._limit
            for number, part in enumerate(in_parts(batches, self._limit) if divided else [batches], start=1):
                file = path.with_name(f"{stem}_part{number}{path.suffix}" if divided else f"{stem}{path.suffix}")
                _write_file(part, file, fmt, self._layer)
                written.append(file)
        return written


class _Aborted(Exception):
    pass


class _Writer:
    """One file, fed through a queue by the thread that makes polygons."""

    def __init__(self, path: Path, fmt: VectorFormat, layer: LayerSpec) -> None:
        self.thread = threading.Thread(target=self._run, daemon=True, name=f"write-{fmt.value}")
        self._path, self._format, self._layer = path, fmt, layer
        self._queue: queue.Queue = queue.Queue(maxsize=2)
        self._error: BaseException | None = None

    def put(self, item: FeatureBatch | _Aborted | None) -> None:
        while True:
            self.check()
            try:
                self._queue.put(item, timeout=0.2)
                return
            except queue.Full:
                continue

    def finish(self, *, is_complete: bool) -> None:
        try:
            self.put(None if is_complete else _Aborted())
        except OutputError:
            pass  # raised by check() at the end, when the other files are closed too

    def check(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            with span("write polygons"):
                _write_file(self._batches(), self._path, self._format, self._layer)
        except Exception as error:
            self._error = error

    def _batches(self) -> Iterator[FeatureBatch]:
        while (item := self._queue.get()) is not None:
            if isinstance(item, _Aborted):
                raise item
            yield item


def _write_file(batches: Iterator[FeatureBatch], path: Path, fmt: VectorFormat, layer: LayerSpec) -> None:
    """Write a file with one layer."""
    with _plain_file(path) as plain:
        name = layer_name(layer.name)
        write_layer(batches, plain, fmt, layer, name)
        if fmt is VectorFormat.GEOPACKAGE:
            _finish_geopackage(plain, [name], layer)


def _finish_geopackage(path: Path, names: list[str], layer: LayerSpec) -> None:
    finish_geopackage(path, names, GEOMETRY, qml=layer.style_qml, sld=layer.style_sld, stamp=layer.stamp)


@contextmanager
def _plain_file(path: Path) -> Iterator[Path]:
    """Give a plain name in a folder beside the file; what has been made there gets the file's name in the end."""
    with _explained(path), tempfile.TemporaryDirectory(prefix=".uhr-", dir=path.parent) as folder:
        plain = Path(folder) / f"polygons{path.suffix}"
        yield plain
        with span("sync"):
            for part in sorted(plain.parent.iterdir()):
                sync(part)
                rename(part, path.with_name(path.stem + part.suffix))


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what writers raise into a sentence; what came from the features, such as a wish to stop, passes through."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        free = shutil.disk_usage(path.parent).free if path.parent.is_dir() else 0
        if getattr(error, "errno", None) == errno.ENOSPC or any(text in str(error) for text in FULL_TEXTS):
            raise OutputError(
                ErrorCode.DISK_FULL,
                f"The disk of {path.parent} is full, where {free / 1e9:.1f} GB are free ({error}). Make room and run "
                "again.",
            ) from error
        raise OutputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"The polygons cannot be written to {str(path)!r}: {error}. Check the rights of the folder and the disk, "
            f"which has {free / 1e9:.1f} GB free.",
        ) from error
