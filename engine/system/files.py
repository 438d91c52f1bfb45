"""Files on the disk: complete under their names or not there. The only place of the engine that renames files."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

PART_SUFFIX = ".part"
"""Ending of a file that is being made."""


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file that is complete on the disk, or not there, when this returns or raises.

    Args:
        path: The file; its folder is there. An older one is replaced.
        content: Its bytes; text becomes UTF-8 with line breaks as they are.

    Raises:
        OSError: If the file cannot be written; an older one of that name is as it was.
    """
    with made_atomically(path) as part:
        part.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@contextlib.contextmanager
def made_atomically(path: Path) -> Iterator[Path]:
    """Give a temporary name beside a file; what is made there gets the file's name at the end of the block.

    If the block raises, what was made is removed.
    """
    part = path.with_name(f".{path.name}{PART_SUFFIX}")
    try:
        yield part
        sync(part)
        rename(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def rename(path: Path, target: Path) -> Path:
    """Give a file or folder another name on the same disk, replacing a file of that name; return the new path."""
    return path.replace(target)


def sync(path: Path) -> None:
    """Wait until a file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_directory(directory: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_bytes(folder: Path) -> int:
    """Return the size of all files in a folder; 0 if there is none."""
    size = 0
    for directory, _, files in os.walk(folder):
        for name in files:
            try:
                size += os.lstat(os.path.join(directory, name)).st_size
            except FileNotFoundError:  # a run is working there
                continue
    return size
