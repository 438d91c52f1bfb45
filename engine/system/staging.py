"""Staging of files that appear under their final names only when all of them are complete.

For commands that make a few files anywhere; a segmentation run has its own working folder (see run/job_folder.py). The
working folder is named after the first file and locked while a process works in it. What a process that was killed has
left there is removed by the next one that makes the same files; if it was killed while it gave files their final
names, the next one may replace those.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from ..contract.fields import JobError, check_plain_text
from ..contract.names import JOURNAL, work_folder
from .errors import ErrorCode, OutputError
from .files import rename, sync, sync_directory, write_atomically
from .folder_lock import lock_folder, remove_folder
from .guard import refuse_inputs
from .side_files import refuse_in_use, set_aside, side_files

FILES = "files"
"""Folder, in the working folder, of what is being made."""


MAX_NAME_BYTES = 235
"""Longest name of a file: file systems take 255 bytes, and side files and temporary ones have endings on top."""


class Staging:
    """Working folders beside the destinations; leaving without `publish` removes all that was made.

    Args:
        destinations: Final names.
        inputs: Files that the command reads; no file that is made may replace one.
        overwrite: Whether existing files may be replaced.

    Raises:
        OutputError: If a destination is an input, exists and may not be replaced, or is in use, if its folder cannot be
            written, or another process makes the same files.
    """

    def __init__(self, *destinations: Path, inputs: Sequence[str | Path], overwrite: bool = False) -> None:
        self._inputs, self._overwrite = inputs, overwrite
        self._folders: dict[Path, Path] = {}
        self._locks: dict[Path, IO[bytes]] = {}
        self._own: dict[Path, set[str]] = {}
        for path in destinations:
            _check_name(path)
        refuse_inputs(destinations, inputs)
        try:
            for path in destinations:
                folder = _folder_of(path)
                if folder not in self._folders:
                    folder.mkdir(parents=True, exist_ok=True)
                    self._open(folder, folder / work_folder(destinations[0].name))
            for path in destinations:
                self._refuse_existing(path)
        except OSError as error:
            self._remove()
            raise OutputError(
                ErrorCode.OUTPUT_NOT_WRITABLE,
                f"Nothing can be written in {path.parent}: {error.strerror}. Choose another folder.",
            ) from error
        except OutputError:
            self._remove()
            raise

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_: object) -> None:
        self._remove()

    def path(self, destination: Path) -> Path:
        """Return where to make a file meanwhile; side files may be made beside it."""
        return self._folders[_folder_of(destination)] / FILES / destination.name

    def publish(self) -> list[Path]:
        """Sync everything that was made, give it its final name and return the names.

        Raises:
            OutputError: If a file cannot be put in place, or would replace one that may not be replaced.
        """
        made = {folder: sorted((work / FILES).iterdir()) for folder, work in self._folders.items()}
        for folder, paths in made.items():
            refuse_inputs([folder / p.name for p in paths], self._inputs)
            for path in paths:
                self._refuse_existing(folder / path.name)
                sync(path)
        return [final for folder, paths in made.items() for final in self._place(folder, paths)]

    def _place(self, folder: Path, made: Sequence[Path]) -> list[Path]:
        work, names = self._folders[folder], [p.name for p in made]
        # Which files are being given their final names: a later process may replace those.
        write_atomically(work / JOURNAL, json.dumps(names))
        sync_directory(work)
        placed: list[Path] = []
        for path in made:
            aside: list[tuple[Path, Path]] = []
            try:
                aside += set_aside(folder / path.name, names, work / "replaced")
                placed.append(rename(path, folder / path.name))
            except OSError as error:
                for was, now in aside:
                    rename(now, was)
                raise OutputError(
                    ErrorCode.OUTPUT_NOT_WRITABLE,
                    f"{path.name} cannot be put into {folder}: {error.strerror}. Close programs that have it open.",
                ) from error
        sync_directory(folder)
        return placed

    def _open(self, folder: Path, work: Path) -> None:
        self._locks[folder] = lock_folder(work)
        self._folders[folder] = work
        self._own[folder] = _published(work / JOURNAL)
        shutil.rmtree(work / FILES, ignore_errors=True)
        (work / FILES).mkdir(exist_ok=True)

    def _refuse_existing(self, path: Path) -> None:
        if path.name in self._own[_folder_of(path)]:
            return
        there = [p for p in (path, *side_files(path)) if os.path.lexists(p)]
        if there and not self._overwrite:
            raise OutputError(
                ErrorCode.OUTPUT_EXISTS, f"{there[0]} is already there. Choose another name, or allow overwriting."
            )
        if path.is_dir() and not path.is_symlink():
            raise OutputError(ErrorCode.OUTPUT_NOT_WRITABLE, f"There is a folder named {path}. Choose another name.")
        refuse_in_use(path)

    def _remove(self) -> None:
        for folder, work in self._folders.items():
            remove_folder(work, self._locks[folder])


def _folder_of(path: Path) -> Path:
    # The folder is followed through links, the file is not: a link there is replaced, and not what it leads to.
    return path.parent.resolve()


def _check_name(path: Path) -> None:
    try:
        check_plain_text(path.name, "The name")
    except JobError as error:
        raise OutputError(ErrorCode.OUTPUT_NOT_WRITABLE, str(error)) from error
    size = len(path.name.encode())
    if not 0 < size <= MAX_NAME_BYTES:
        raise OutputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"The name {path.name[:20]}... has {size} bytes; 1 to {MAX_NAME_BYTES} are possible. Choose another one.",
        )


def _published(marker: Path) -> set[str]:
    """Return the names that a killed process was about to give, some of which it may have given."""
    try:
        return set(json.loads(marker.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        return set()
