"""Runs that were interrupted, as they lie in a folder of results."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..contract.job import JobError, SegmentationJob
from ..contract.names import JOB_FILE, JOURNAL, job_folder, stem_of_job_folder
from ..contract.text import size_text
from ..system.errors import InvalidJob
from ..system.files import folder_bytes
from ..system.folder_lock import is_locked, lock_folder, remove_folder
from ..tiles.journal import read_journal


@dataclass(frozen=True, slots=True, kw_only=True)
class InterruptedJob:
    """One of them.

    Attributes:
        name: Stem of its results.
        directory: Folder of its results.
        job: The job, with that folder; None if it cannot be read.
        tiles: Tiles in all.
        tiles_done: Tiles that need not be looked at again.
        changed: When it got on last, ISO 8601.
        size_bytes: What it takes on the disk.
        running: Whether a process works on it now.
        made_by_other_version: Whether its journal has a form that this version does not know.
    """

    name: str
    directory: Path
    job: SegmentationJob | None
    tiles: int
    tiles_done: int
    changed: str
    size_bytes: int
    running: bool
    made_by_other_version: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        data = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        job = self.job
        about = {"raster": job.raster, "method": job.method.value, "created": job.created} if job else {}
        return {**data, **about, "directory": str(self.directory), "job": job.to_dict() if job else None}

    def to_text(self) -> str:
        """Return a line for people."""
        about = f"{self.job.method.value} of {self.job.raster}" if self.job else "its job cannot be read"
        state = ", at work now" if self.running else ", of another version" if self.made_by_other_version else ""
        size = size_text(self.size_bytes)
        return f"{self.name}: {about}, {self.tiles_done} of {self.tiles} tiles, {size}, {self.changed}{state}"


def find_jobs(directory: Path) -> list[InterruptedJob]:
    """Return the interrupted jobs of a folder, by name.

    Raises:
        InvalidJob: If there is no such folder.
    """
    if not directory.is_dir():
        raise InvalidJob(f"There is no folder {directory}. Give the folder of the results.")
    try:
        folders = sorted(p for p in directory.iterdir() if stem_of_job_folder(p.name))
    except OSError as error:
        raise InvalidJob(f"The folder {directory} cannot be read: {error.strerror}. Check its rights.") from error
    looked = [_look_at(folder) for folder in folders if folder.is_dir() and not folder.is_symlink()]
    jobs = [job for job in looked if job is not None]
    # The rest is removed by the next run.
    return [job for job in jobs if job.tiles_done or job.running or job.made_by_other_version]


def find_job(directory: Path, name: str) -> InterruptedJob:
    """Return an interrupted job.

    Raises:
        InvalidJob: If there is none of that name.
    """
    jobs = find_jobs(directory)
    for job in jobs:
        if job.name == name:
            return job
    names = ", ".join(repr(job.name) for job in jobs)
    raise InvalidJob(f"No interrupted run {name!r} lies in {directory}; there is {names or 'none'}.")


def delete_job(directory: Path, name: str) -> InterruptedJob:
    """Remove what an interrupted job has left, and return what it was.

    Raises:
        InvalidJob: If there is none of that name.
        OutputError: If a process works on it.
    """
    job = find_job(directory, name)
    folder = directory / job_folder(name)
    remove_folder(folder, lock_folder(folder))
    return job


def _look_at(folder: Path) -> InterruptedJob | None:
    """Return what lies in a working folder; None if this user may not read it, or it is gone meanwhile."""
    try:
        state = read_journal(folder / JOURNAL)
        journal = folder / JOURNAL if (folder / JOURNAL).exists() else folder
        changed = datetime.datetime.fromtimestamp(journal.stat().st_mtime, datetime.UTC)
    except (OSError, OverflowError, ValueError):
        return None
    return InterruptedJob(
        name=stem_of_job_folder(folder.name),
        directory=folder.parent,
        job=_job_of(folder),
        tiles=state.total,
        tiles_done=state.done,
        changed=changed.isoformat(timespec="seconds"),
        size_bytes=folder_bytes(folder),
        running=is_locked(folder),
        made_by_other_version=bool(state.foreign_format),
    )


def _job_of(folder: Path) -> SegmentationJob | None:
    try:
        job = SegmentationJob.from_json((folder / JOB_FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, JobError):
        return None
    # The folder may have been moved since, and its name is what the results are called.
    place = {"directory": str(folder.parent.resolve()), "name": stem_of_job_folder(folder.name)}
    return dataclasses.replace(job, output=dataclasses.replace(job.output, **place))
