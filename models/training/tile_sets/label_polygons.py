"""Label polygons: hand-drawn outlines that fill what a tile's mask leaves unknown.

A file holds polygons for several images, in pixel coordinates (x right, y down, corners of pixels at whole numbers).
Each image is named with the SHA-256 of its file, so that polygons never fall on another image.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from ...errors import DataError
from ...legend import Legend

POLYGONS_FORMAT = "uhr-landcover-label-polygons/1"


@dataclass(frozen=True, slots=True)
class LabelPolygon:
    """An outline, ``(N, 2)`` of x and y in pixels, and the class inside."""

    class_id: int
    ring: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagePolygons:
    """The polygons of one image.

    Attributes:
        sha256: Digest of the image's file, hexadecimal.
        width: Columns of the image.
        height: Rows of the image.
        polygons: In the order of drawing; where two overlap the first one counts.
    """

    sha256: str
    width: int
    height: int
    polygons: tuple[LabelPolygon, ...]


def read_label_polygons(folder: Path, legend: Legend) -> dict[str, ImagePolygons]:
    """Return the polygons of all files of a folder, by the stem of the image.

    Raises:
        DataError: If a file is none of these, a class is not in the legend, or two files label one image.
    """
    table: dict[str, ImagePolygons] = {}
    for path in sorted(Path(folder).glob("*.json")):
        for stem, polygons in _read(path, legend).items():
            if stem in table:
                raise DataError(f"{path} labels {stem!r}, which another file labels too. Keep one.")
            table[stem] = polygons
    if not table:
        raise DataError(f"There are no label polygons in {folder}. Expected files NAME.json.")
    return table


def _read(path: Path, legend: Legend) -> dict[str, ImagePolygons]:
    ids = {c.name: c.class_id for c in legend.classes}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.get("format") != POLYGONS_FORMAT:
            raise ValueError(f"its format is {data.get('format')!r}, expected {POLYGONS_FORMAT!r}")
        return {Path(entry["file"]).stem: _image(entry, ids) for entry in data["images"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"The label polygons {path} cannot be read: {error}.") from error


def _image(entry: Mapping[str, Any], ids: Mapping[str, int]) -> ImagePolygons:
    return ImagePolygons(
        sha256=str(entry["sha256"]),
        width=int(entry["width"]),
        height=int(entry["height"]),
        polygons=tuple(_polygon(p, ids) for p in entry["polygons"]),
    )


def _polygon(entry: Mapping[str, Any], ids: Mapping[str, int]) -> LabelPolygon:
    name, ring = entry["class_name"], tuple((float(x), float(y)) for x, y in entry["ring"])
    if name not in ids:
        raise ValueError(f"class {name!r} is not in the legend; known are {sorted(ids)}")
    if len(ring) < 3:
        raise ValueError(f"a polygon of {name!r} has {len(ring)} corners, expected 3 or more")
    return LabelPolygon(ids[name], ring)


def check_image_file(image: Path, polygons: ImagePolygons) -> None:
    """Raise DataError if an image is not the one that its polygons were drawn on."""
    digest = hashlib.sha256(Path(image).read_bytes()).hexdigest()
    if digest != polygons.sha256:
        raise DataError(
            f"{image} is not the image that its label polygons were drawn on (SHA-256 {digest[:12]}…, expected "
            f"{polygons.sha256[:12]}…). Get that image, or leave the polygons out."
        )


def fill_unknown(labels: np.ndarray, polygons: ImagePolygons, unknown_id: int) -> np.ndarray:
    """Return labels in which polygons have filled pixels of the unknown class; all others stay.

    Args:
        labels: ``(H, W)`` uint8 class ids.
        polygons: Polygons of this image.
        unknown_id: Class id of unknown.

    Raises:
        DataError: If the sizes differ.
    """
    if labels.shape != (polygons.height, polygons.width):
        raise DataError(
            f"Labels are {labels.shape[1]} × {labels.shape[0]} px, their polygons were drawn on "
            f"{polygons.width} × {polygons.height} px."
        )
    filled = labels.copy()
    for polygon in polygons.polygons:
        inside = np.zeros(labels.shape, np.uint8)
        cv2.fillPoly(inside, [np.round(polygon.ring).astype(np.int32)], 1)
        filled[(inside > 0) & (filled == unknown_id)] = polygon.class_id
    return filled
