"""Side files that other programs keep beside a file, and that must go when the file is replaced by another one.

An index or overview of the old content would be shown with the new one; SQLite would play an old log into a new
database, which is malformed from then on.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

from .errors import ErrorCode, OutputError
from .files import rename

DATABASE_ENDING = ".gpkg"

AFTER_NAME = {
    DATABASE_ENDING: ("-wal", "-shm", "-journal"),
    ".tif": (".ovr", ".msk", ".msk.ovr", ".aux.xml"),
    ".png": (".ovr", ".msk", ".aux.xml"),
    ".shp": (".xml",),
}
"""What follows the whole name, by the ending of the file."""

AFTER_STEM = {".shp": (".qix", ".sbn", ".sbx", ".idm", ".ind", ".qpj")}
"""What takes the place of the ending."""

SQLITE_LOCK_BYTES = (0x40000000, 512)
"""Where SQLite locks a database while it is read or written; in WAL mode as long as it is open."""

FLOCK = "hhqqi4x"
"""Linux's struct flock: type, whence, start, length, process."""


def side_files(path: Path) -> list[Path]:
    """Return the side files that lie beside a place, whether or not there is a file."""
    kind = path.suffix.lower()
    names = [path.name + ending for ending in AFTER_NAME.get(kind, ())]
    names += [path.stem + ending for ending in AFTER_STEM.get(kind, ())]
    return [path.with_name(name) for name in names if os.path.lexists(path.with_name(name))]


def refuse_in_use(path: Path) -> None:
    """Refuse to replace a database that another program has open.

    Raises:
        OutputError: Naming it.
    """
    if path.suffix.lower() == DATABASE_ENDING and not path.is_symlink() and _is_locked(path):
        raise OutputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"{path.name} is in use by another program and cannot be replaced. Remove its layers there, in QGIS from "
            "the project, or choose another name.",
        )


def set_aside(path: Path, made: Iterable[str], folder: Path) -> list[tuple[Path, Path]]:
    """Move the side files of a file that is about to be replaced into a folder on the same disk.

    Args:
        path: Final name of the new file.
        made: Names of the new files, which replace what has their names.
        folder: Where to; made if missing.

    Returns:
        Where each was and where it is now.
    """
    taken, keep = [], set(made)
    for side in side_files(path):
        if side.name not in keep and not side.is_dir():
            folder.mkdir(exist_ok=True)
            taken.append((side, rename(side, folder / side.name)))
    return taken


def _is_locked(path: Path) -> bool:
    """Return whether a process holds a lock of SQLite on a file; on Windows its rename tells."""
    if sys.platform == "win32" or not path.is_file():
        return False
    import fcntl

    start, length = SQLITE_LOCK_BYTES
    try:
        if sys.platform != "linux":
            with path.open("rb+") as file:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
            return False
        # Asking who would be in the way takes no lock, so that nobody is in the way of the others meanwhile.
        asked = struct.pack(FLOCK, fcntl.F_WRLCK, os.SEEK_SET, start, length, 0)
        with path.open("rb") as file:
            answer = fcntl.fcntl(file, fcntl.F_GETLK, asked)
    except PermissionError:
        return False
    except OSError:
        return sys.platform != "linux"
    return struct.unpack(FLOCK, answer)[0] != fcntl.F_UNLCK
