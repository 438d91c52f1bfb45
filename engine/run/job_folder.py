"""Working folder of a run: locked while a process works in it, kept when the run is interrupted.

It lies beside the results, on the same file system, and holds:

    job.json      the job, to take up again
    journal       what is finished (tiles/journal.py)
    shards/       finished tiles (tiles/shards.py)
    patches/      what PPN chose to refine in each tile, if that is asked for (vectors/refined_patches.py)
    results/      finished and half-made results, under their final names
    work/         temporary files, of no use to a later process
    preview.vrt   what is finished so far, to look at (maps/preview.py)
    lock          held by the process that works here
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from ..contract import names as shared
from ..contract.job import SegmentationJob
from ..plan.outputs import OutputNames
from ..system.errors import ErrorCode, OutputError
from ..system.files import PART_SUFFIX, file_sha256, rename, sync, sync_directory, write_atomically
from ..system.folder_lock import empty_folder, lock_folder, remove_folder
from ..system.side_files import refuse_in_use, set_aside
from ..tiles.journal import Journal, read_journal


class JobFolder:
    """The folder of one run; a context manager.

    Leaving it removes all of it if the run was published or has finished nothing, and otherwise what a later process
    cannot use.

    Args:
        names: The results that will be made there first.
        restart: Whether what is there will be thrown away, whoever has made it.

    Attributes:
        path: The folder.
        staged: The results, under their final names, in the folder.
        shards: Folder of the finished tiles.
        patches: Folder of the notes of refined patches.
        work: Folder for temporary files.
        preview: The raster to look at while the run goes on.
        journal: What is finished.
    """

    def __init__(self, names: OutputNames, *, restart: bool = False) -> None:
        self.names, self._restart = names, restart
        self.path = names.job_directory
        self.staged = names.inside(self.path / shared.STAGED)
        self.shards = self.path / shared.SHARDS
        self.patches = self.path / shared.PATCHES
        self.work = self.path / shared.WORK
        self.preview = self.path / shared.PREVIEW
        self.journal: Journal
        self._lock: IO[bytes] | None = None
        self._is_published = False

    def __enter__(self) -> JobFolder:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = lock_folder(self.path)
            if not self._restart:
                refuse_foreign(self.names)
            self.journal = Journal(self.path / shared.JOURNAL)
            self._sweep()
        except OutputError:
            self._let_go()
            raise
        except OSError as error:
            self._let_go()
            raise OutputError(
                ErrorCode.OUTPUT_NOT_WRITABLE,
                f"Nothing can be written in {self.names.directory}: {error.strerror}. Choose another folder.",
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        self.journal.close()
        if self._is_published or not self.journal.state.done:
            remove_folder(self.path, self._lock)
            return
        try:
            self._sweep()
        finally:
            self._let_go()

    def begin(self, job: SegmentationJob, identity: dict[str, Any], kept: dict[str, Any], tiles: int) -> None:
        """Start anew: forget what an earlier run has left."""
        self.restart()
        self._keep_recipe(job)
        self.journal.begin(identity, kept, tiles)

    def go_on(self, job: SegmentationJob, identity: dict[str, Any]) -> None:
        """Go on with what is finished; where other results are asked for now, only with the tiles."""
        state = self.journal.state
        if state.identity != json.loads(json.dumps(identity)):
            self._keep_recipe(job)
            self.journal.begin(identity, state.kept, state.total)
            self._sweep()

    def restart(self) -> None:
        """Throw away what is finished."""
        self.journal.close()
        empty_folder(self.path)
        self.journal = Journal(self.path / shared.JOURNAL)
        self._sweep()

    def stage(self, name: str, make: Callable[[], None]) -> None:
        """Make the files of a stage, unless an earlier process has.

        Args:
            name: Name of the stage.
            make: Makes its results in `staged`, complete when it returns.
        """
        if self._is_done(name):
            return
        before = set(self._staged_files())
        make()
        made = [p for p in self._staged_files() if p not in before]
        for path in made:
            sync(path)
        sync_directory(self.staged.directory)
        self.journal.stage(name, {p.name: file_sha256(p) for p in made})

    def publish(self, result: Callable[[list[Path]], dict[str, Any]], *, overwrite: bool = True) -> dict[str, Any]:
        """Give the finished results their final names, the class raster last, and return the data of the result.

        A process that is killed between two names leaves a journal from which `recover` goes on.

        Args:
            result: Makes the data of the result from the final names.
            overwrite: Whether files that have come there since the plan was made may be replaced.

        Raises:
            OutputError: If a file is there that may not be replaced, or cannot be put in place, for example because
                another program holds it open. Files that were new are taken back.
        """
        staged = sorted(self._staged_files(), key=lambda p: (p == self.staged.class_raster, p.name))
        self._refuse_existing([p.name for p in staged], overwrite)
        for path in staged:
            sync(path)
        sync_directory(self.staged.directory)
        data = result([self.names.directory / p.name for p in staged])
        self.journal.publish([p.name for p in staged], data)
        self._rename([p.name for p in staged])
        return data

    def recover(self) -> dict[str, Any] | None:
        """Finish a publication that was interrupted; return the data of its result, or None if there was none."""
        state = self.journal.state
        if not state.publishing:
            return None
        staged, final = self.staged.directory, self.names.directory
        if any(not (staged / n).exists() and not (final / n).exists() for n in state.publishing):
            self.journal.unpublish()  # a result has been deleted meanwhile: the stages make it again
            return None
        data = dict(state.result)
        self._rename(list(state.publishing))
        return data

    def _keep_recipe(self, job: SegmentationJob) -> None:
        write_atomically(self.path / shared.JOB_FILE, job.to_json())

    def _rename(self, names: list[str]) -> None:
        placed: list[str] = []
        staged, final = self.staged.directory, self.names.directory
        for name in names:
            was_there = os.path.lexists(final / name)
            if was_there and not (staged / name).exists():
                placed.append(name)  # by the process before us
                continue
            aside: list[tuple[Path, Path]] = []
            try:
                aside += set_aside(final / name, names, self.work / "replaced")
                rename(staged / name, final / name)
            except OSError as error:
                for done in placed:
                    rename(final / done, staged / done)
                for was, now in aside:
                    rename(now, was)
                self.journal.unpublish()
                raise OutputError(
                    ErrorCode.OUTPUT_NOT_WRITABLE,
                    f"{name} cannot be put in place: {error.strerror}. Close programs that have it open, and run again "
                    "with overwriting allowed: only the last step is repeated.",
                ) from error
            if not was_there:
                placed.append(name)
        sync_directory(final)
        self._is_published = True

    def _refuse_existing(self, names: list[str], overwrite: bool) -> None:
        for path in (self.names.directory / name for name in names):
            refuse_in_use(path)
            if not overwrite and os.path.lexists(path):
                raise OutputError(
                    ErrorCode.OUTPUT_EXISTS,
                    f"{path.name} has come into {path.parent} since the run began. Move it, or run again with "
                    "overwriting allowed: only the last step is repeated.",
                )

    def _is_done(self, stage: str) -> bool:
        files = self.journal.state.stages.get(stage)
        if files is None:
            return False
        paths = {self.staged.directory / name: digest for name, digest in files.items()}
        if all(p.is_file() and file_sha256(p) == digest for p, digest in paths.items()):
            return True
        for path in paths:
            path.unlink(missing_ok=True)
        return False

    def _staged_files(self) -> list[Path]:
        return [p for p in self.staged.directory.iterdir() if p.is_file()]

    def _sweep(self) -> None:
        """Remove what an interrupted process has half made, and make the folders."""
        complete = {n for files in self.journal.state.stages.values() for n in files}
        complete |= set(self.journal.state.publishing)
        shutil.rmtree(self.work, ignore_errors=True)
        for folder in (self.shards, self.staged.directory, self.work):
            folder.mkdir(exist_ok=True)
        for old in (
            *self.path.glob(f"*{PART_SUFFIX}"),
            *self.shards.glob(f"*{PART_SUFFIX}"),
            *self.shards.glob("*.tmp"),  # of version 0.1
        ):
            old.unlink()
        for old in self.staged.directory.iterdir():
            if old.is_dir() and not old.is_symlink():
                shutil.rmtree(old)
            elif old.name not in complete:
                old.unlink()

    def _let_go(self) -> None:
        if self._lock:
            self._lock.close()


def refuse_foreign(names: OutputNames) -> None:
    """Refuse to touch what another version of this program has finished, in a form that this one does not know.

    Raises:
        OutputError: If there is such a run.
    """
    foreign = read_journal(names.job_directory / shared.JOURNAL).foreign_format
    if foreign:
        raise OutputError(
            ErrorCode.OUTPUT_EXISTS,
            f"An interrupted run of another version of this program is kept under the name {names.stem!r} (its journal "
            f"is {foreign!r}). Finish it with that version, delete it with: jobs '{names.directory}' --delete "
            f"'{names.stem}', start over with --restart, or choose another name.",
        )


def remove_remains(names: OutputNames) -> None:
    """Remove the folder of a run that has finished no tile, or had begun to remove its folder."""
    folder = names.job_directory
    try:
        state = read_journal(folder / shared.JOURNAL) if folder.is_dir() else None
        if state is None or state.done or state.foreign_format:
            return
        remove_folder(folder, lock_folder(folder))
    except (OSError, OutputError):
        return  # the run itself will say what is wrong
