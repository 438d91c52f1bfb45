"""Which files a run makes, where it works meanwhile, and how results appear under their final names."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .errors import ErrorCode, OutputError
from .host import free_disk_bytes
from .job import SegmentationJob, VectorFormat

MAX_STEM_BYTES = 200
"""Longest part of a raster's name that goes into the names of its results."""

SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputNames:
    """The results of a run, as paths in one folder.

    Attributes:
        directory: The folder.
        stem: Name that all results begin with.
        vector_formats: Polygon formats.
    """

    directory: Path
    stem: str
    vector_formats: tuple[VectorFormat, ...]

    @property
    def class_raster(self) -> Path:
        """The classified GeoTIFF."""
        return self.directory / f"{self.stem}.tif"

    @property
    def attribute_table(self) -> Path:
        """Class names and attribute table of the class raster."""
        return self.directory / f"{self.stem}.tif.aux.xml"

    @property
    def raster_style(self) -> Path:
        """QGIS style of the class raster."""
        return self.directory / f"{self.stem}.qml"

    @property
    def vector_style(self) -> Path:
        """QGIS style of the polygons."""
        return self.directory / f"{self.stem}_polygons.qml"

    @property
    def area_csv(self) -> Path:
        """Table of the areas."""
        return self.directory / f"{self.stem}_areas.csv"

    @property
    def recipe(self) -> Path:
        """The job, which makes these results again."""
        return self.directory / f"{self.stem}_job.json"

    @property
    def job_directory(self) -> Path:
        """Working folder, on the same file system as the results."""
        return self.directory / f".{self.stem}.uhr-job"

    def vector(self, kind: VectorFormat) -> Path:
        """Return the polygon file of a format."""
        return self.directory / f"{self.stem}_polygons.{kind.value}"

    def all_paths(self) -> list[Path]:
        """Return every file a run may make; those of a Shapefile one by one."""
        vectors = [self.vector(kind) for kind in self.vector_formats]
        parts = [v.with_suffix(s) for v in vectors if v.suffix == ".shp" for s in SHAPEFILE_PARTS]
        others = [v for v in vectors if v.suffix != ".shp"]
        fixed = [self.class_raster, self.attribute_table, self.raster_style, self.area_csv, self.recipe]
        return [*fixed, *others, *parts, *([self.vector_style] if vectors else [])]

    def inside(self, directory: Path) -> OutputNames:
        """Return the same names in another folder."""
        return OutputNames(directory=directory, stem=self.stem, vector_formats=self.vector_formats)


def name_outputs(job: SegmentationJob) -> OutputNames:
    """Return the names of a job's results."""
    stem = job.output.name or f"{_shortened(Path(job.raster.rstrip('/')).stem) or 'raster'}_landcover"
    return OutputNames(directory=Path(job.output.directory), stem=stem, vector_formats=job.output.vector_formats)


def check_outputs(names: OutputNames, source_files: Sequence[str], *, overwrite: bool, needed_bytes: int) -> None:
    """Refuse, before any pixel is computed, what could not be written in the end.

    Args:
        names: The results.
        source_files: Files of the raster that is read, members of a mosaic included.
        overwrite: Whether existing results may be replaced.
        needed_bytes: Disk space the run needs.

    Raises:
        OutputError: If a result would replace the input or an older result, or folder or space are lacking.
    """
    paths = names.all_paths()
    _refuse_input(paths, source_files)
    existing = [p for p in paths if p.exists() or p.is_symlink()]
    if existing and not overwrite:
        raise OutputError(
            ErrorCode.OUTPUT_EXISTS,
            f"{existing[0].name} is already in {names.directory}. Choose another name or folder, or allow overwriting.",
        )
    folder = next((p for p in existing if p.is_dir()), None)
    if folder:
        raise OutputError(ErrorCode.OUTPUT_NOT_WRITABLE, f"There is a folder named {folder}. Choose another name.")
    _make_directory(names.directory)
    free = free_disk_bytes(names.directory)
    if free < needed_bytes:
        raise OutputError(
            ErrorCode.DISK_FULL,
            f"The run needs about {_megabytes(needed_bytes)} in {names.directory}, where {_megabytes(free)} are free. "
            "Make room or choose another folder.",
        )


class JobDirectory:
    """The working folder of one run: made, locked, and removed with all that is in it.

    Args:
        names: The results that will be made there first.
    """

    def __init__(self, names: OutputNames) -> None:
        self.names = names
        self.path = names.job_directory
        self.staged = names.inside(self.path / "results")
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> JobDirectory:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(self.path / "lock")
            for old in self.path.iterdir():  # left by a run that was killed
                if old.name != "lock":
                    shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
            self.staged.directory.mkdir()
        except OSError as error:
            raise OutputError(
                ErrorCode.OUTPUT_NOT_WRITABLE,
                f"Nothing can be written in {self.names.directory}: {error.strerror}. Choose another folder.",
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock:
            self._lock.close()
        shutil.rmtree(self.path, ignore_errors=True)

    def publish(self) -> list[Path]:
        """Give the finished results their final names, the class raster last; return them.

        Raises:
            OutputError: If a file cannot be put in place, for example because another program holds it open. Files
                that were new are taken back.
        """
        staged = [p for p in self.staged.all_paths() if p.exists()]
        staged += [p for p in sorted(self.staged.directory.iterdir()) if p not in staged]
        staged.sort(key=lambda p: p == self.staged.class_raster)
        placed: list[Path] = []
        for path in staged:
            final = self.names.directory / path.name
            was_there = final.exists()
            try:
                path.replace(final)
            except OSError as error:
                for done in placed:
                    done.unlink(missing_ok=True)
                raise OutputError(
                    ErrorCode.OUTPUT_NOT_WRITABLE,
                    f"{final.name} cannot be put in place: {error.strerror}. Close programs that have it open.",
                ) from error
            if not was_there:
                placed.append(final)
        _sync_directory(self.names.directory)
        return [self.names.directory / p.name for p in staged]


def _refuse_input(paths: Sequence[Path], source_files: Sequence[str]) -> None:
    sources = [Path(f) for f in source_files]
    spelled = {os.path.normcase(os.path.realpath(s)).casefold(): s for s in sources}
    for path in paths:
        hit = spelled.get(os.path.normcase(os.path.realpath(path)).casefold())
        if hit is None and path.exists():
            hit = next((s for s in sources if s.exists() and os.path.samefile(s, path)), None)
        if hit is not None:
            raise OutputError(
                ErrorCode.OUTPUT_IS_INPUT,
                f"The result {path.name} would replace {hit.name}, which the run reads. Choose another name or folder.",
            )


def _make_directory(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        probe = directory / f".uhr-write-test-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OutputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"Nothing can be written in {directory}: {error.strerror}. Choose another folder.",
        ) from error


def _locked(path: Path) -> IO[bytes]:
    """Open a file that only one living process can hold; the system lets go when the process ends."""
    file = path.open("ab")
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise OutputError(
            ErrorCode.OUTPUT_EXISTS,
            f"Another run is making the same results in {path.parent.parent}. Wait for it or choose another name.",
        ) from error
    return file


def _sync_directory(directory: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _shortened(stem: str) -> str:
    """Leave room for our endings in a file name, of which file systems take 255 bytes."""
    return stem.encode()[:MAX_STEM_BYTES].decode(errors="ignore")


def _megabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
