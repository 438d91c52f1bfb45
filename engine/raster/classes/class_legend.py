"""Legend of a class raster: what it says itself, what the caller names, or what its values and colours show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ....models.legend import NODATA, LandCoverClass, Legend, spread_color
from ...system.errors import InvalidJob
from ..opening import open_raster, tags_of
from .class_raster import ClassRaster
from .legend_files import named_values
from .value_names import ValueNames, values_of_legend, values_of_raster

LEGEND_TAG = "UHR_LEGEND"
"""Metadata item of a class raster that holds its legend as JSON."""


def legend_of(class_raster: str | Path, named: str = "", present: Sequence[int] | None = None) -> Legend:
    """Return the legend of a class raster, by class id: where values of the raster are none, as it numbers them.

    Args:
        class_raster: The raster.
        named: Name of a legend of resources/legends or path of a JSON file, whose ids are the raster's values; goes
            before what the raster says.
        present: Class ids that the raster holds, for a caller who has read it; None reads it where nothing else tells
            its classes.

    Raises:
        InvalidJob: If the named legend is not there or is not one.
        RasterError: If the raster cannot be opened.
    """
    if named:
        return _of_all(class_raster, named_values(named))
    with open_raster(class_raster) as dataset:
        stored = _stored(tags_of(dataset).get(LEGEND_TAG, ""))
        known = values_of_raster(dataset) if stored is None else stored
    return _of_present(class_raster, known, present) if stored is None else _of_all(class_raster, stored)


def numbered_legend(named: str) -> tuple[Legend, tuple[int, ...] | None]:
    """Return a legend as a network needs it, with ids 0, 1, 2 …, and the value of each class; None where they agree.

    Raises:
        InvalidJob: If there is no such legend, it is none, or it has more classes than a class raster can hold.
    """
    known = named_values(named)
    values = tuple(sorted(known.names))
    if len(values) > NODATA:
        raise InvalidJob(f"The legend {named} has {len(values)} classes; {NODATA} are possible.")
    legend = _numbered(known.name, known.title, range(len(values)), values, known)
    return legend, None if values == tuple(range(len(values))) else values


def _stored(text: str) -> ValueNames | None:
    try:
        return values_of_legend(json.loads(text)) if text else None
    except (ValueError, RecursionError):
        return None  # written by another program; colours and names still tell something


def _of_all(class_raster: str | Path, known: ValueNames) -> Legend:
    """Return a legend with all its classes that the raster may hold, and those that the raster holds besides."""
    with ClassRaster(class_raster) as raster:
        values = raster.values
    if values is not None:
        return _numbered(known.name, known.title, range(len(values)), values, known)
    ids = [v for v in sorted(known.names) if 0 <= v < NODATA] or [0]
    return _numbered(known.name, known.title, ids, ids, known)


def _of_present(class_raster: str | Path, known: ValueNames, present: Sequence[int] | None) -> Legend:
    """Return a legend of the values that occur in the raster."""
    with ClassRaster(class_raster) as raster:
        values = raster.values
        ids = tuple(range(len(values))) if values else (raster.present if present is None else tuple(present)) or (0,)
    return _numbered("values", Path(class_raster).stem, ids, ids if values is None else values, known)


def _numbered(name: str, title: str, ids: Sequence[int], values: Sequence[int], known: ValueNames) -> Legend:
    classes = (
        LandCoverClass(
            class_id=i, name=known.names.get(v) or f"Class {v}", color=known.colors.get(v) or spread_color(i)
        )
        for i, v in zip(ids, values, strict=True)
    )
    unknown = next((i for i, v in zip(ids, values, strict=True) if v == known.unknown), None)
    return Legend(name=name, title=title, classes=tuple(classes), unknown_id=unknown)
