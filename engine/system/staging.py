"""Staging of files that appear under their final names only when all of them are complete.

For commands that make a few files anywhere; a segmentation run has its own working folder (see run/job_folder.py). The
working folder is named after the first file and locked while a process works in it. What a process that was killed has
left there is removed by the next one that makes the same files; if it was killed while it gave files their final
names, the next one may replace those.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import IO

from ..contract.names import JOURNAL, work_folder
from .errors import ErrorCode, OutputError
from .files import rename, sync, sync_directory, write_atomically
from .folder_lock import lock_folder, remove_folder


class Staging:
    """Working folders beside the destinations; leaving without `publish` removes all that was made.

    Args:
        destinations: Final names.
        overwrite: Whether existing files may be replaced.

    Raises:
        OutputError: If a destination exists and may not be replaced, its folder cannot be written, or another process
            makes the same files.
    """

    def __init__(self, *destinations: Path, overwrite: bool = False) -> None:
        self._overwrite = overwrite
        self._folders: dict[Path, Path] = {}
        self._locks: dict[Path, IO[bytes]] = {}
        self._own: dict[Path, set[str]] = {}
        try:
            for path in destinations:
                folder = path.resolve().parent
                if folder not in self._folders:
                    folder.mkdir(parents=True, exist_ok=True)
                    self._open(folder, folder / work_folder(destinations[0].name))
        except OSError as error:
            self._remove()
            raise OutputError(
                ErrorCode.OUTPUT_NOT_WRITABLE,
                f"Nothing can be written in {path.parent}: {error.strerror}. Choose another folder.",
            ) from error
        except OutputError:
            self._remove()
            raise
        try:
            for path in destinations:
                self._refuse_existing(path)
        except OutputError:
            self._remove()
            raise

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_: object) -> None:
        self._remove()

    def path(self, destination: Path) -> Path:
        """Return where to make a file meanwhile; side files may be made beside it."""
        return self._folders[destination.resolve().parent] / "files" / destination.name

    def publish(self) -> list[Path]:
        """Sync everything that was made, give it its final name and return the names.

        Raises:
            OutputError: If a file cannot be put in place, or would replace one that may not be replaced.
        """
        placed = []
        for folder, work in self._folders.items():
            made = sorted((work / "files").iterdir())
            for path in made:
                self._refuse_existing(folder / path.name)
                sync(path)
            # Which files are being given their final names: a later process may replace those.
            write_atomically(work / JOURNAL, json.dumps([p.name for p in made]))
            sync_directory(work)
            for path in made:
                try:
                    placed.append(rename(path, folder / path.name))
                except OSError as error:
                    raise OutputError(
                        ErrorCode.OUTPUT_NOT_WRITABLE,
                        f"{path.name} cannot be put into {folder}: {error.strerror}. Close programs that have it open.",
                    ) from error
            sync_directory(folder)
        return placed

    def _open(self, folder: Path, work: Path) -> None:
        work.mkdir(exist_ok=True)
        self._locks[folder] = lock_folder(work)
        self._folders[folder] = work
        self._own[folder] = _published(work / JOURNAL)
        shutil.rmtree(work / "files", ignore_errors=True)
        (work / "files").mkdir(exist_ok=True)

    def _refuse_existing(self, path: Path) -> None:
        own = self._own[path.resolve().parent]
        if path.exists() and not self._overwrite and path.name not in own:
            raise OutputError(
                ErrorCode.OUTPUT_EXISTS, f"{path} is already there. Choose another name, or allow overwriting."
            )

    def _remove(self) -> None:
        for folder, work in self._folders.items():
            remove_folder(work, self._locks[folder])


def _published(marker: Path) -> set[str]:
    """Return the names that a killed process was about to give, some of which it may have given."""
    try:
        return set(json.loads(marker.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return set()
