"""Files of the inputs of a command: a raster with its members and side files, a vector file with its parts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import rasterio
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader

from ..system.errors import RasterError
from .opening import open_raster

MAX_DEPTH = 4
"""How deep mosaics of mosaics are followed."""

MAX_MEMBERS = 100_000
"""Files of a mosaic that are looked at; a list of more is a fault or an attack, and not what anybody writes over."""

RASTER_SIDES = (".aux.xml", ".ovr", ".msk", ".msk.ovr")
"""Endings of a raster's side files, after its full name."""

SHAPEFILE_PARTS = (
    ".shp", ".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx", ".idm", ".ind", ".qml", ".sld", ".shp.xml"
)  # fmt: skip

DATABASE_SIDES = ("-wal", "-shm", "-journal")
"""Endings of what SQLite keeps beside a database that is, or was, being written."""


def raster_files(path: str | Path) -> tuple[str, ...]:
    """Return the files of a raster, members of a mosaic included; of what cannot be opened, the file itself."""
    name = str(path)
    files = list(local_files(name))
    try:
        with open_raster(name) as dataset:
            files += files_of(dataset)
    except RasterError:
        pass  # who reads it will say what is wrong
    return tuple(dict.fromkeys(files))


def files_of(dataset: DatasetReader, depth: int = 0) -> tuple[str, ...]:
    """Return the files of an open raster, and of the rasters that a VRT refers to."""
    names = list(dict.fromkeys(dataset.files))[:MAX_MEMBERS]
    for name in list(names):
        names += local_files(name)
        if depth < MAX_DEPTH and name.lower().endswith(".vrt") and name != dataset.name:
            try:
                with rasterio.open(name) as member:
                    names += files_of(member, depth + 1)
            except RasterioError:
                continue
    return tuple(dict.fromkeys(names))


def vector_files(path: str | Path) -> tuple[str, ...]:
    """Return the files of a vector data set: parts of a Shapefile and SQLite's side files included."""
    files = list(local_files(str(path)))
    for name in list(files):
        stem = os.path.splitext(name)[0]
        if name.lower().endswith((".shp", ".dbf", ".shx")):
            files += [stem + ending for ending in SHAPEFILE_PARTS if os.path.exists(stem + ending)]
        files += [name + ending for ending in DATABASE_SIDES if os.path.exists(name + ending)]
    return tuple(dict.fromkeys(files))


def legend_files(named: str) -> tuple[str, ...]:
    """Return the file of a legend; none where a legend of this program is named, or none at all."""
    return (named,) if named and os.path.isfile(named) else ()


def local_files(name: str) -> Iterator[str]:
    """Yield the file that a path or one of GDAL's own names leads to: an archive, a container, a file in quotes."""
    if os.path.exists(name):
        yield name
        return
    if name.startswith("/vsi"):
        yield from _archive(name)
        return
    for part in re.split(r'["|]', name):
        for begin in _after_colons(part):
            if os.path.isfile(begin):
                yield begin
                return


def _archive(name: str) -> Iterator[str]:
    """Yield the file in which GDAL is to look, as in ``/vsizip//data/a.zip/b.tif``."""
    rest = re.sub(r"^(/vsi\w+/)+", "", name).replace("{", "").replace("}", "")
    for candidate in (rest, "/" + rest):
        for path in (Path(candidate), *Path(candidate).parents):
            if path.is_file():
                yield str(path)
                return


def _after_colons(part: str) -> Iterator[str]:
    """Yield what a name such as ``GPKG:/data/a.gpkg:layer`` may mean as a path, the longest first."""
    pieces = part.split(":")
    for first in range(len(pieces)):
        for end in range(len(pieces), first, -1):
            candidate = ":".join(pieces[first:end])
            if candidate:
                yield candidate
