"""Directory of a TIFF file: the tags of one image in it, and where they say that its blocks lie.

TIFF 6.0, section 2; in a BigTIFF numbers of entries, counts and offsets have 8 bytes.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

SUBFILE, WIDTH, LENGTH, OFFSETS, COUNTS = 254, 256, 257, 324, 325
"""Numbers of the tags that differ between a raster and its reduced copies."""

SHARED_TAGS = (258, 259, 262, 277, 284, 320, 322, 323, 338, 339, 42113)
"""Tags that a reduced copy has like the raster: samples, compression, colours, side of blocks, value without data."""

LONG, LONG8 = 4, 16
"""TIFF's types of whole numbers of 4 and of 8 bytes."""

REDUCED_IMAGE = 1
"""Value of SUBFILE for a reduced copy."""

BIG = 43
"""Third byte of a BigTIFF; that of a classic file is 42."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A tag's value.

    Attributes:
        kind: TIFF's type.
        count: Number of values.
        value: The bytes of the value, or of its offset in the file if it does not fit.
    """

    kind: int
    count: int
    value: bytes


@dataclass(frozen=True, slots=True)
class Directory:
    """The tags of one image of a little-endian file.

    Attributes:
        is_big: Whether the file is a BigTIFF.
        entries: Tags by number.
    """

    is_big: bool
    entries: Mapping[int, Entry]

    @classmethod
    def read(cls, file: BinaryIO) -> tuple[Directory, int]:
        """Return the first directory of a file and where it lies.

        Raises:
            ValueError: If the file is no little-endian TIFF.
        """
        file.seek(0)
        head = file.read(16)
        if head[:2] != b"II":
            raise ValueError("A little-endian TIFF is expected.")
        is_big = head[2] == BIG
        offset = struct.unpack_from("<Q", head, 8)[0] if is_big else struct.unpack_from("<I", head, 4)[0]
        file.seek(offset)
        number = struct.unpack("<Q", file.read(8))[0] if is_big else struct.unpack("<H", file.read(2))[0]
        entries = {}
        for _ in range(number):
            tag, kind, count, value = struct.unpack("<HHQ8s" if is_big else "<HHI4s", file.read(20 if is_big else 12))
            entries[tag] = Entry(kind, count, value)
        return cls(is_big, entries), offset

    def with_blocks(self, file: BinaryIO, offsets: np.ndarray, counts: np.ndarray) -> Directory:
        """Append the tables of blocks to a file; return this directory with them."""
        tables = {OFFSETS: self._appended(file, offsets), COUNTS: self._appended(file, counts)}
        return Directory(self.is_big, {**self.entries, **tables})

    def reduced(self, width: int, height: int) -> Directory:
        """Return the directory of a reduced copy of this size, whose blocks are not placed yet."""
        own = {SUBFILE: REDUCED_IMAGE, WIDTH: width, LENGTH: height}
        shared = {tag: entry for tag, entry in self.entries.items() if tag in SHARED_TAGS}
        return Directory(self.is_big, {**shared, **{tag: self._number(value) for tag, value in own.items()}})

    def to_bytes(self, following: int) -> bytes:
        """Return what stands in the file, with the offset of the next directory; 0 for none."""
        number, entry, link = ("<Q", "<HHQ8s", "<Q") if self.is_big else ("<H", "<HHI4s", "<I")
        rows = [struct.pack(entry, tag, e.kind, e.count, e.value) for tag, e in sorted(self.entries.items())]
        return b"".join([struct.pack(number, len(rows)), *rows, struct.pack(link, following)])

    def _number(self, value: int) -> Entry:
        return Entry(LONG, 1, struct.pack("<I4x" if self.is_big else "<I", value))

    def _appended(self, file: BinaryIO, values: np.ndarray) -> Entry:
        """Append whole numbers to a file; one alone stands in its entry."""
        kind, layout = (LONG8, "<u8") if self.is_big else (LONG, "<u4")
        content = values.astype(layout).tobytes()
        if len(values) == 1:
            return Entry(kind, 1, content)
        offset = appended(file, content)
        return Entry(kind, len(values), struct.pack("<Q" if self.is_big else "<I", offset))


def appended(file: BinaryIO, content: bytes) -> int:
    """Write bytes behind the end of a file, at an even offset as TIFF asks for; return it."""
    end = file.seek(0, os.SEEK_END)
    file.write(b"\0" * (end % 2) + content)
    return end + end % 2
