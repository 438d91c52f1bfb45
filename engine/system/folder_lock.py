"""Lock of a working folder, held by the process that works in it, and the removal of such a folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path
from typing import IO

from ..contract.names import JOURNAL, LOCK
from .errors import ErrorCode, OutputError


def lock_folder(folder: Path) -> IO[bytes]:
    """Lock a working folder for this process; the system lets go when the process ends, however it ends.

    Raises:
        OutputError: If another process works there.
    """
    path = folder / LOCK
    while True:
        file = path.open("ab")
        try:
            _lock_file(file)
        except OSError as error:
            file.close()
            raise OutputError(
                ErrorCode.JOB_BUSY,
                f"Another run is making the same results in {folder.parent}. Wait for it or choose another name.",
            ) from error
        # The holder before us may have removed the file between our opening and our locking it.
        try:
            if os.path.samestat(os.fstat(file.fileno()), os.stat(path)):
                return file
        except FileNotFoundError:
            folder.mkdir(exist_ok=True)
        file.close()


def remove_folder(folder: Path, lock: IO[bytes] | None) -> None:
    """Remove a working folder of which the lock is held, and let go of it."""
    empty_folder(folder)
    if lock and sys.platform == "win32":
        lock.close()  # an open file cannot be removed there
    with contextlib.suppress(OSError):
        (folder / LOCK).unlink()
    if lock:
        lock.close()
    shutil.rmtree(folder, ignore_errors=True)


def empty_folder(folder: Path) -> None:
    """Remove everything in a working folder but the lock, the journal last.

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


def _lock_file(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
