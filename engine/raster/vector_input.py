"""Vector input: files of areas, zones, labels and points, read without following what they refer to."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from ..system import network
from ..system.errors import InvalidJob

HEAD_BYTES = 1 << 20
"""Read at both ends of a file to see what it is and refers to."""

LINKED_CRS = re.compile(rb'"crs"\s*:\s*\{[^}]*"(?:href|url)"\s*:')

KINDS = {
    8: "circular arcs", 9: "compound curves", 10: "curve polygons", 11: "multicurves", 12: "multisurfaces",
    13: "curves", 14: "surfaces", 15: "polyhedral surfaces", 16: "triangulated surfaces (TIN)", 17: "triangles",
}  # fmt: skip
"""Types of well-known binary beyond those of simple features."""


def vector_info(path: str | Path, *, layer: str | int | None = None, **how: Any) -> dict[str, Any]:
    """Return what a layer holds, as pyogrio tells it.

    Raises:
        InvalidJob: If the file refers to something that is not followed.
        DataSourceError, DataLayerError: pyogrio's, if file or layer cannot be read.
    """
    check_vector(path)
    try:
        return pyogrio.read_info(path, layer=layer, **how)
    except UnicodeDecodeError:
        raise _no_utf8(path) from None


def read_vector(
    path: str | Path, **how: Any
) -> tuple[dict[str, Any], np.ndarray | None, np.ndarray | None, list[np.ndarray]]:
    """Return description, feature ids, geometries as well-known binary and columns, as pyogrio's raw reading does.

    Raises:
        InvalidJob: If the file refers to something that is not followed.
        DataSourceError, DataLayerError: pyogrio's, if file or layer cannot be read.
    """
    check_vector(path)
    try:
        return pyogrio.raw.read(path, **how)
    except UnicodeDecodeError:
        raise _no_utf8(path) from None


def shapes_of(wkb: np.ndarray | None, name: str) -> np.ndarray:
    """Return geometries of well-known binary; None where there is none.

    Raises:
        InvalidJob: If geometries are of a kind that has no area on a raster, or damaged.
    """
    if wkb is None:
        return np.array([], object)
    try:
        shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    except NotImplementedError:  # curves, with a sentence that does not say which
        curved = next((_kind(bytes(w)) for w in wkb if w is not None and _code(bytes(w)) in KINDS), "curves")
        raise InvalidJob(f"{name} holds {curved}. Save them as polygons or multipolygons.") from None
    for content, shape in zip(wkb, shapes, strict=True):
        if shape is None and content is not None:
            raise InvalidJob(f"{name} holds {_kind(bytes(content))}. Save them as polygons or multipolygons.")
    return shapes


def check_vector(path: str | Path) -> None:
    """Refuse a file that makes GDAL open others, before GDAL sees it.

    Raises:
        InvalidJob: Naming what the file refers to.
    """
    name = os.fspath(path)
    network.permit() if network.is_address(name) else network.forbid()
    head, tail = _ends(name)
    if b"<OGRVRTDataSource" in head[:4096] or b'"gdal_streamed_alg"' in head[:4096]:
        raise InvalidJob(f"{name} only refers to other data, which are not followed. Name the file with the data.")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and (LINKED_CRS.search(head) or LINKED_CRS.search(tail)):
        raise InvalidJob(
            f"{name} names its coordinate system by an address, which is not followed. Save the layer again with the "
            "coordinate system in it, for example from QGIS."
        )


def _no_utf8(path: str | Path) -> InvalidJob:
    return InvalidJob(
        f"{os.fspath(path)} holds names or texts that are no UTF-8. Save it again, for example from QGIS."
    )


def _ends(name: str) -> tuple[bytes, bytes]:
    try:
        if not os.path.isfile(name):
            return b"", b""
        with open(name, "rb") as file:
            head = file.read(HEAD_BYTES)
            file.seek(max(0, os.fstat(file.fileno()).st_size - HEAD_BYTES))
            return head, file.read()
    except (OSError, ValueError):
        return b"", b""


def _kind(content: bytes) -> str:
    return KINDS.get(_code(content), "damaged geometries")


def _code(content: bytes) -> int:
    """Return the type of a geometry without its third and fourth dimension; 0 of what is cut off."""
    if len(content) < 5:
        return 0
    return (int.from_bytes(content[1:5], "little" if content[0] == 1 else "big") & 0xFFFF) % 1000
