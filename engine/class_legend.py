"""Which legend a class raster has: what it says itself, what the caller names, or what its values and colours show."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import rasterio
from rasterio.errors import RasterioError

from ..models.errors import DataError
from ..models.legend import NODATA, LandCoverClass, Legend, load_legend
from .class_raster import ClassRaster, iterate_strips
from .errors import InvalidJob, RasterError
from .events import ErrorCode

LEGEND_TAG = "UHR_LEGEND"


def legend_of(class_raster: Path, named: str = "") -> Legend:
    """Return the legend of a class raster.

    Args:
        class_raster: The raster.
        named: Name of a legend of resources/legends or path of a JSON file; goes before what the raster says.

    Raises:
        InvalidJob: If the named legend is not there or is not one.
        RasterError: If the raster cannot be opened.
    """
    if named:
        return _named_legend(named)
    try:
        with rasterio.open(class_raster) as dataset:
            stored = dataset.tags().get(LEGEND_TAG)
            colors = _color_table(dataset)
            names = _category_names(dataset)
    except RasterioError as error:
        code = ErrorCode.RASTER_UNREADABLE if Path(class_raster).exists() else ErrorCode.RASTER_NOT_FOUND
        raise RasterError(code, f"{str(class_raster)!r} cannot be opened as a raster: {error}.") from error
    if stored:
        try:
            return Legend.from_dict(json.loads(stored))
        except (ValueError, RecursionError):
            pass  # written by another program; colours and names still tell something
    return _legend_from_values(class_raster, colors, names)


def _named_legend(named: str) -> Legend:
    try:
        return load_legend(named)
    except DataError as error:
        raise InvalidJob(str(error)) from error


def _color_table(dataset: rasterio.DatasetReader) -> dict[int, tuple[int, int, int]]:
    try:
        return {k: tuple(v[:3]) for k, v in dataset.colormap(1).items()}
    except ValueError:
        return {}


def _category_names(dataset: rasterio.DatasetReader) -> list[str]:
    """Names that travel in the .aux.xml beside the raster; rasterio offers no other way to them."""
    side = Path(f"{dataset.name}.aux.xml")
    if not side.is_file() or side.stat().st_size > 5_000_000:
        return []
    from xml.etree import ElementTree

    try:
        found = ElementTree.parse(side).getroot().find(".//PAMRasterBand[@band='1']/CategoryNames")
    except ElementTree.ParseError:
        return []
    return [] if found is None else [c.text or "" for c in found]


def _legend_from_values(class_raster: Path, colors: dict[int, tuple[int, int, int]], names: list[str]) -> Legend:
    counts = np.zeros(256, np.int64)
    with ClassRaster(class_raster) as raster:
        for _, class_ids in iterate_strips(raster):
            counts += np.bincount(class_ids.reshape(-1), minlength=256)
    present = np.flatnonzero(counts[:NODATA])
    last = max([int(present[-1]) if len(present) else 0, len(names) - 1])
    classes = (
        LandCoverClass(
            class_id=i,
            name=(names[i] if i < len(names) else "") or f"Class {i}",
            color=colors.get(i) or _spread_color(i),
        )
        for i in range(min(last, NODATA - 1) + 1)
    )
    return Legend(name="values", title=Path(class_raster).stem, classes=tuple(classes), unknown_id=None)


def _spread_color(class_id: int) -> tuple[int, int, int]:
    """Colours that differ from their neighbours: hues a golden section apart."""
    hue = class_id * 0.618034 % 1 * 6
    rise = round(255 * (hue % 1))
    ramp = (
        (255, rise, 0),
        (255 - rise, 255, 0),
        (0, 255, rise),
        (0, 255 - rise, 255),
        (rise, 0, 255),
        (255, 0, 255 - rise),
    )
    return tuple(60 + v * 180 // 255 for v in ramp[int(hue)])
