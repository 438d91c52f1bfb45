"""Which legend a class raster has: what it says itself, what the caller names, or what its values and colours show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import rasterio
from rasterio.errors import RasterioError

from ....models.errors import DataError
from ....models.legend import NODATA, LandCoverClass, Legend, load_legend, spread_color
from ...contract.events import ErrorCode
from ...system.errors import InvalidJob, RasterError
from .class_raster import ClassRaster, iterate_strips
from .side_file import category_names

LEGEND_TAG = "UHR_LEGEND"
"""Metadata item of a class raster that holds its legend as JSON."""

Color = tuple[int, int, int]


def legend_of(class_raster: Path, named: str = "", present: Sequence[int] | None = None) -> Legend:
    """Return the legend of a class raster, by class id: where values of the raster are none, as it numbers them.

    Args:
        class_raster: The raster.
        named: Name of a legend of resources/legends or path of a JSON file; goes before what the raster says.
        present: Class ids that the raster holds, for a caller who has read it; None reads it where nothing else tells
            its classes.

    Raises:
        InvalidJob: If the named legend is not there or is not one.
        RasterError: If the raster cannot be opened.
    """
    if named:
        return _by_class_id(class_raster, _named_legend(named))
    try:
        with rasterio.open(class_raster) as dataset:
            stored = dataset.tags().get(LEGEND_TAG)
            colors = _color_table(dataset)
            names = category_names(dataset.name)
    except RasterioError as error:
        code = ErrorCode.RASTER_UNREADABLE if Path(class_raster).exists() else ErrorCode.RASTER_NOT_FOUND
        raise RasterError(code, f"{str(class_raster)!r} cannot be opened as a raster: {error}.") from error
    if stored:
        try:
            return _by_class_id(class_raster, Legend.from_dict(json.loads(stored)))
        except (ValueError, RecursionError):
            pass  # written by another program; colours and names still tell something
    return _legend_from_values(class_raster, colors, names, present)


def _named_legend(named: str) -> Legend:
    try:
        return load_legend(named)
    except DataError as error:
        raise InvalidJob(str(error)) from error


def _color_table(dataset: rasterio.DatasetReader) -> dict[int, Color]:
    try:
        return {k: tuple(v[:3]) for k, v in dataset.colormap(1).items()}
    except ValueError:
        return {}


def _by_class_id(class_raster: Path, legend: Legend) -> Legend:
    """Return the legend that names the class ids of a raster as another names its values."""
    with ClassRaster(class_raster) as raster:
        values = raster.values
    if values is None:
        return legend
    known = {c.class_id: c for c in legend.classes}
    return _numbered(
        legend.name,
        legend.title,
        values,
        {v: c.name for v, c in known.items()},
        {v: c.color for v, c in known.items()},
    )


def _legend_from_values(
    class_raster: Path, colors: dict[int, Color], names: list[str], known: Sequence[int] | None
) -> Legend:
    counts = np.zeros(256, np.int64)
    counts[list(known or ())] = 1
    with ClassRaster(class_raster) as raster:
        values = raster.values
        if values is None and known is None:
            for _, class_ids in iterate_strips(raster):
                counts += np.bincount(class_ids.reshape(-1), minlength=256)
    if values is None:
        present = np.flatnonzero(counts[:NODATA])
        last = max([int(present[-1]) if len(present) else 0, len(names) - 1])
        values = tuple(range(min(last, NODATA - 1) + 1))
    return _numbered("values", Path(class_raster).stem, values, dict(enumerate(names)), colors)


def _numbered(
    name: str, title: str, values: tuple[int, ...], names: dict[int, str], colors: dict[int, Color]
) -> Legend:
    classes = (
        LandCoverClass(class_id=i, name=names.get(v) or f"Class {v}", color=colors.get(v) or spread_color(i))
        for i, v in enumerate(values)
    )
    return Legend(name=name, title=title, classes=tuple(classes), unknown_id=None)
