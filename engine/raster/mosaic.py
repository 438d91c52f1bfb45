"""Members of a mosaic (VRT): which files it is made of, where each lies in it, and which of them cannot be opened."""

from __future__ import annotations

import itertools
import math
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree  # nosec B405 - reads what GDAL wrote, which has no entities of its own

import numpy as np
import rasterio
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader

from ..system.errors import ErrorCode, RasterError
from ..system.network import is_address
from .grid import Window

MAX_OPENED = 2000
"""Members that are opened to see whether they can be; of further ones only existence and size are looked at."""

MAX_TEXT_BYTES = 64_000_000
"""Mosaics in a mosaic that are longer are not looked into."""

MAX_CELLS = 4_000_000
"""Largest grid of members' edges on which gaps are looked for; beyond it every mosaic may have some."""

MAX_NAMED = 3
"""Members that a sentence names."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a mosaic.

    Attributes:
        path: Path or GDAL name, as it is opened.
        window: Pixels of the mosaic that it lies under, whole ones that it touches.
    """

    path: str
    window: Window

    @property
    def name(self) -> str:
        """What the member is called in a sentence."""
        return os.path.basename(self.path.rstrip("/")) or self.path


@dataclass(frozen=True)
class Mosaic:
    """The members of a mosaic, each once.

    Attributes:
        members: In the order in which they are drawn.
        width: Columns of the mosaic.
        height: Its rows.
    """

    members: tuple[Member, ...] = ()
    width: int = 0
    height: int = 0

    def cells(self, block: Window) -> list[Window]:
        """Return a block cut along the edges of the members that reach into it: each part lies under the same ones."""
        near = [m.window for m in self.under(block)]
        cols = _cuts(block.col_off, block.col_end, ((w.col_off, w.col_end) for w in near))
        rows = _cuts(block.row_off, block.row_end, ((w.row_off, w.row_end) for w in near))
        return [
            Window(left, top, right - left, bottom - top)
            for top, bottom in itertools.pairwise(rows)
            for left, right in itertools.pairwise(cols)
        ]

    def under(self, window: Window) -> list[Member]:
        """Return the members that a window touches."""
        left, top, right, bottom = self._edges
        hit = (left < window.col_end) & (right > window.col_off) & (top < window.row_end) & (bottom > window.row_off)
        return [self.members[i] for i in np.flatnonzero(hit).tolist()]

    @cached_property
    def has_gaps(self) -> bool:
        """Whether there may be pixels under no member: GDAL reads them as 0, but they have no data."""
        if not self.members:
            return False
        left, top, right, bottom = self._edges
        cols, rows = np.unique([left, right]), np.unique([top, bottom])
        if (cols[0], rows[0], cols[-1], rows[-1]) != (0, 0, self.width, self.height):
            return True
        if len(cols) * len(rows) > MAX_CELLS:
            return True
        # Members counted on the grid of all their edges: up where one begins, down where it ends.
        count = np.zeros((len(rows), len(cols)), np.int64)
        for x, y, sign in ((left, top, 1), (right, top, -1), (left, bottom, -1), (right, bottom, 1)):
            np.add.at(count, (np.searchsorted(rows, y), np.searchsorted(cols, x)), sign)
        return bool((count.cumsum(axis=0).cumsum(axis=1)[:-1, :-1] == 0).any())

    def covered(self, cols: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Return ``(rows, cols)`` bool, True where a place lies under a member.

        Args:
            cols: ``(W,)`` columns of the places, fractions included, ascending.
            rows: ``(H,)`` their rows.
        """
        inside = np.zeros((len(rows), len(cols)), bool)
        first_col, first_row = math.floor(cols[0]), math.floor(rows[0])
        span = Window(first_col, first_row, math.floor(cols[-1]) + 1 - first_col, math.floor(rows[-1]) + 1 - first_row)
        for member in self.under(span):
            window = member.window
            left, right = np.searchsorted(cols, (window.col_off, window.col_end))
            top, bottom = np.searchsorted(rows, (window.row_off, window.row_end))
            inside[top:bottom, left:right] = True
        return inside

    @cached_property
    def _edges(self) -> np.ndarray:
        windows = [(m.window.col_off, m.window.row_off, m.window.col_end, m.window.row_end) for m in self.members]
        return np.array(windows, np.int64).reshape(-1, 4).T


def read_mosaic(dataset: DatasetReader) -> Mosaic:
    """Return the members of an open raster; none if it is no mosaic."""
    if dataset.driver != "VRT":
        return Mosaic()
    text = _text_of(dataset)
    try:
        root = ElementTree.fromstring(text)  # nosec B314 - see the import
    except ElementTree.ParseError:
        return Mosaic()
    whole = Window(0, 0, dataset.width, dataset.height)
    found = (_member(source, dataset.name, whole) for source in _sources(root))
    return Mosaic(tuple(dict.fromkeys(m for m in found if m is not None)), dataset.width, dataset.height)


def stray_sources(dataset: DatasetReader) -> list[str]:
    """Return what an open mosaic, or a mosaic in it, refers to but must not: GDAL would follow it without asking.

    That are addresses on the network, unless the mosaic came from that server, and raw bytes of files that do not lie
    in its folder or below.
    """
    found: list[str] = []
    texts = [(_text_of(dataset), dataset.name)]
    seen = {dataset.name}
    for text, name in texts:
        for path, is_raw in _referred(text, name):
            if _is_stray(path, name, is_raw=is_raw):
                found.append(path)
            elif path not in seen and len(seen) < MAX_OPENED:
                seen.add(path)
                inner = _mosaic_text(path)
                if inner:
                    texts.append((inner, path))
    return found


def is_mosaic_text(head: bytes) -> bool:
    """Return whether a file that begins so is a mosaic, whatever its name ends in."""
    return b"<VRTDataset" in head[:1024]


def lacking_members(mosaic: Mosaic, area: Window) -> list[Member]:
    """Return the members under an area that cannot be opened, in their order; a mosaic in a mosaic is looked into."""
    return [m for k, m in enumerate(mosaic.under(area)) if not _is_there(m.path, is_opened=k < MAX_OPENED)]


def listed_members(members: Sequence[Member]) -> str:
    """Return the names of the first members and how many more there are."""
    names = list(dict.fromkeys(m.name for m in members))
    more = len(names) - MAX_NAMED
    return ", ".join(names[:MAX_NAMED]) + (f" and {more} more" if more > 0 else "")


def _text_of(dataset: DatasetReader) -> str:
    try:
        return dataset.tags(ns="xml:VRT").get("xml:VRT", "")
    except UnicodeDecodeError:
        raise RasterError(
            ErrorCode.RASTER_UNREADABLE,
            f"The mosaic {dataset.name} holds bytes that are no UTF-8, so that what it refers to cannot be told. "
            "Make it again.",
        ) from None


def _referred(text: str, mosaic: str) -> Iterator[tuple[str, bool]]:
    """Yield the files that a mosaic refers to, and whether their bytes are taken as they are."""
    try:
        root = ElementTree.fromstring(text)  # nosec B314 - see the import
    except ElementTree.ParseError:
        return
    for band in root.iter():
        is_raw = band.get("subClass") == "VRTRawRasterBand"
        for child in band:
            if child.tag in ("SourceFilename", "SourceDataset") and child.text:
                path = child.text
                if child.get("relativeToVRT", child.get("relativetoVRT")) == "1":
                    path = os.path.join(os.path.dirname(mosaic), path)
                yield path, is_raw


def _is_stray(path: str, mosaic: str, *, is_raw: bool) -> bool:
    if is_address(path):
        return not (is_address(mosaic) and _server(path) == _server(mosaic))
    if not is_raw:
        return False
    folder = os.path.realpath(os.path.dirname(mosaic))
    return os.path.commonpath([folder, os.path.realpath(path)]) != folder if os.path.isabs(path) else ".." in path


def _server(name: str) -> str:
    return name.partition("://")[2].partition("/")[0] or name[:12]


def _mosaic_text(path: str) -> str:
    try:
        with open(path, "rb") as file:
            head = file.read(1024)
            if not is_mosaic_text(head) or os.fstat(file.fileno()).st_size > MAX_TEXT_BYTES:
                return ""
            return (head + file.read()).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


def _sources(root: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield the elements that name a file; the whole of a warped mosaic comes from one."""
    for element in root.iter():
        if element.find("SourceFilename") is not None or element.find("SourceDataset") is not None:
            yield element


def _member(source: ElementTree.Element, mosaic: str, whole: Window) -> Member | None:
    name = source.find("SourceFilename")
    if name is None:
        name = source.find("SourceDataset")
    path = (name.text or "") if name is not None else ""
    if not path:
        return None
    if name is not None and name.get("relativeToVRT", name.get("relativetoVRT")) == "1":
        path = os.path.join(os.path.dirname(mosaic), path)
    return Member(path, _window(source.find("DstRect"), whole))


def _window(rect: ElementTree.Element | None, whole: Window) -> Window:
    if rect is None:
        return whole
    try:
        x, y, width, height = (float(rect.get(key, "")) for key in ("xOff", "yOff", "xSize", "ySize"))
        left, top, right, bottom = math.floor(x), math.floor(y), math.ceil(x + width), math.ceil(y + height)
    except (ValueError, OverflowError):
        return whole
    return Window(left, top, right - left, bottom - top).intersection(whole)


def _cuts(start: int, end: int, edges: Iterable[tuple[int, int]]) -> list[int]:
    return sorted({start, end, *(v for pair in edges for v in pair if start < v < end)})


def _is_there(path: str, *, is_opened: bool, depth: int = 0) -> bool:
    is_local = not path.startswith("/vsi") and os.path.exists(path)
    if is_local and (not is_opened or depth > 4):
        return os.path.isdir(path) or os.path.getsize(path) > 0
    try:
        with rasterio.open(path) as dataset:
            inner = read_mosaic(dataset).members
            return all(_is_there(m.path, is_opened=k < MAX_OPENED, depth=depth + 1) for k, m in enumerate(inner))
    except (RasterioError, OSError):
        return False
