"""Lock and mark of a working folder: held by the process that works in it, removed only where this program made it.

A working folder has a name that anybody could have given to a folder of their own, or to a link. So it carries a mark,
in the file that is locked; a folder without it, or one that is a link or holds one, is left alone.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
from pathlib import Path
from typing import IO

from ..contract.names import (
    JOB_FILE,
    JOURNAL,
    LOCK,
    PATCHES,
    PREVIEW,
    SHARDS,
    STAGED,
    WORK,
    stem_of_job_folder,
)
from .errors import ErrorCode, OutputError

MARK = b"UHR Land Cover made this folder and removes it with all that is in it.\n"

OLD_MARK = b'{"row":"begin","format":"uhr-landcover-journal/'
"""How the journal of a run begins that version 0.1 has left; its lock has no mark."""

OLD_ENTRIES = {JOB_FILE, JOURNAL, LOCK, PATCHES, PREVIEW, SHARDS, STAGED, WORK}

LOCKED_BYTE = 2**30

NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def lock_folder(folder: Path) -> IO[bytes]:
    """Make a working folder or take over the one that is there, and lock it for this process.

    The system lets go of the lock when the process ends, however it ends.

    Returns:
        The file that is locked.

    Raises:
        OutputError: If another process works there, or the folder is not one that this program made.
        OSError: If it cannot be made or opened.
    """
    path = folder / LOCK
    while True:
        with contextlib.suppress(FileExistsError):
            folder.mkdir()
        try:
            check_own(folder)
            file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | NO_FOLLOW, 0o666), "ab")
        except FileNotFoundError:
            continue  # the holder before us has removed the folder meanwhile
        try:
            _lock_file(file)
        except OSError as error:
            file.close()
            raise OutputError(
                ErrorCode.JOB_BUSY,
                f"Another run is making the same results in {folder.parent}. Wait for it or choose another name.",
            ) from error
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), os.lstat(path)):
                _mark(file)
                return file
        file.close()  # it was removed between our opening and our locking it


def is_locked(folder: Path) -> bool:
    """Return whether a process works in a folder; changes nothing there."""
    for mode in (os.O_RDWR, os.O_RDONLY):  # the second for a folder that may only be read
        try:
            with os.fdopen(os.open(folder / LOCK, mode | NO_FOLLOW), "rb") as file:
                _lock_file(file)
                return False
        except PermissionError:
            continue
        except FileNotFoundError:
            return False
        except OSError:
            return True
    return False


def check_own(folder: Path) -> None:
    """Refuse a folder that this program has not made, a link in its place, and links in it.

    Raises:
        OutputError: Naming what was found.
    """
    if not stat.S_ISDIR(os.lstat(folder).st_mode):
        what = "a link" if folder.is_symlink() else "a file"
        raise _refusal(f"{folder} is {what}; the program needs a folder of that name. Rename it.")
    for directory, folders, files in os.walk(folder):
        for name in (*folders, *files):
            if os.path.islink(os.path.join(directory, name)):
                raise _refusal(f"{os.path.join(directory, name)} is a link, which does not belong there. Remove it.")
    if not _is_own(folder):
        raise _refusal(
            f"There is a folder {folder} that this program did not make; it needs one of that name. Rename it, or "
            "choose another name for the results."
        )


def remove_folder(folder: Path, lock: IO[bytes] | None) -> None:
    """Remove a working folder of which the lock is held, and let go of it."""
    empty_folder(folder)
    if lock and sys.platform == "win32":
        lock.close()  # an open file cannot be removed there
    # What could not be removed keeps its mark, so that a later process removes it.
    if [entry.name for entry in folder.iterdir()] == [LOCK]:
        with contextlib.suppress(OSError):
            (folder / LOCK).unlink()
            folder.rmdir()
    if lock:
        lock.close()


def empty_folder(folder: Path) -> None:
    """Remove everything in a working folder of which the lock is held but the lock, the journal last.

    What QGIS holds open, on Windows, stays for now: without a journal it is removed by the next run.
    """
    for entry in sorted(folder.iterdir(), key=lambda p: p.name == JOURNAL):
        if entry.name == LOCK:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                entry.unlink()


def _is_own(folder: Path) -> bool:
    names = {entry.name for entry in folder.iterdir()}
    if not names or (names == {LOCK} and os.lstat(folder / LOCK).st_size == 0):
        return True  # there is nothing to lose: made a moment ago, or almost removed
    return _begins_with(folder / LOCK, MARK) or _begins_with(folder / JOURNAL, OLD_MARK) or _is_of_0_1(folder, names)


def _is_of_0_1(folder: Path, names: set[str]) -> bool:
    """Return whether a folder holds a lock and nothing but what a run of version 0.1 made: it set no mark."""
    if LOCK not in names or not names <= OLD_ENTRIES or os.lstat(folder / LOCK).st_size:
        return False
    stem = stem_of_job_folder(folder.name)
    shards, results = folder / SHARDS, folder / STAGED
    made = [*(shards.iterdir() if shards.is_dir() else ()), *(results.iterdir() if results.is_dir() else ())]
    return stem is not None and all(p.name.startswith(("tile-", stem)) for p in made)


def _begins_with(path: Path, mark: bytes) -> bool:
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | NO_FOLLOW), "rb") as file:
            return file.read(len(mark)) == mark
    except OSError:
        return False


def _mark(file: IO[bytes]) -> None:
    if os.fstat(file.fileno()).st_size == 0:
        file.write(MARK)
        file.flush()


def _refusal(message: str) -> OutputError:
    return OutputError(ErrorCode.OUTPUT_NOT_WRITABLE, message)


def _lock_file(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        # A byte far behind the mark, which others must be able to read.
        os.lseek(file.fileno(), LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
