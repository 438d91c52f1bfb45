"""Names of layers and files, made of names that may hold anything. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from ..contract.names import shortened

MAX_LAYER_CHARACTERS = 200
MAX_FILE_BYTES = 40
"""Part of a class's name that goes into a file name, in UTF-8."""

MAX_STEM_BYTES = 230
"""Longest stem of a class's file: parts are numbered behind it, and endings come on top; 255 bytes are possible."""

RESERVED = ("gpkg_", "sqlite_", "rtree_", "layer_styles")
"""Beginnings of the names of a GeoPackage's own tables."""


def layer_name(text: str) -> str:
    """Return a layer's name: one line, without invisible characters and bars, of a length people can read."""
    line = " ".join("".join(" " if _is_unfit(c) else c for c in text).split())[:MAX_LAYER_CHARACTERS].strip()
    # GDAL refuses to begin a GeoPackage's layer with a sign.
    is_plain = line[:1].isalnum() and not line.casefold().startswith(RESERVED)
    return line if is_plain else f"layer {line}".strip()


def distinct_layer_names(texts: Iterable[str]) -> list[str]:
    """Return a layer's name for each text, all of which differ in more than upper and lower case."""
    taken: set[str] = set()
    names = []
    for text in texts:
        name = plain = layer_name(text)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain} {number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def class_file_suffix(class_id: int, name: str) -> str:
    """Return what a class adds to a file's name: its number, and letters and digits of its name.

    The number makes it differ from all others and from names that mean a device.
    """
    letters = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFC", name))
    short = "_".join(letters.split()).encode()[:MAX_FILE_BYTES].decode(errors="ignore").strip("_")
    return f"{class_id}_{short}" if short else str(class_id)


def class_file_stem(stem: str, class_id: int, name: str) -> str:
    """Return the name of a class's file without its ending: as much of the class's name as file systems have room for.

    The class's number comes first and stays whole, so that no two are alike.
    """
    room = max(len(str(class_id)), MAX_STEM_BYTES - len(stem.encode()))
    return f"{stem}_{shortened(class_file_suffix(class_id, name), room).rstrip('_')}"


def _is_unfit(character: str) -> bool:
    # The sign that separates the parts of a source in QGIS, which finds no layer with it in its name.
    return character == "|" or unicodedata.category(character)[0] in "CZ"
