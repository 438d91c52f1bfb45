"""Response files of a sample: a GeoPackage and a table to label points in, blind to the class on the map."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pyogrio
import shapely

from ...contract.sample import (
    FLAG_FIELDS,
    NOTE,
    OLD_LABEL,
    POINT,
    POINT_LAYER,
    RESERVE,
    SUPPORT_LAYER,
    TABLE_HEADER,
    TEXT_FIELDS,
)
from ...maps.area_report import write_csv
from ..sampling.sample_design import SampleDesign
from .support_outline import support_outlines

STAMP = "1970-01-01T00:00:00.000Z"
"""Date in the file, so that a seed gives the same bytes."""


def write_response_package(
    design: SampleDesign,
    path: Path,
    *,
    only: np.ndarray | None = None,
    notes: Sequence[str] = (),
    two_dates: bool = False,
) -> None:
    """Write a GeoPackage with the points to label, and the outlines of their supports as a second layer.

    Args:
        design: The sample.
        path: File under a name without anything that GDAL reads as options.
        only: Positions of the points that it is to hold; None for all.
        notes: Text of the field "note" of each of them; empty for none.
        two_dates: Whether there is a field for the class at a first date too.
    """
    p = design.points if only is None else design.points.take(only)
    count = len(p)
    texts = [OLD_LABEL, *TEXT_FIELDS] if two_dates else TEXT_FIELDS
    fields = {
        POINT: p.number.astype(np.int32),
        RESERVE: p.is_reserve.astype(np.int32),
        "lon": p.lon,
        "lat": p.lat,
        **{name: np.full(count, "", dtype=object) for name in texts},
        **{name: np.zeros(count, np.int32) for name in FLAG_FIELDS},
    }
    empty = np.ones(count, bool)
    masks = [empty if name in texts else None for name in fields]
    if notes:
        fields[NOTE] = np.array(notes, dtype=object)
        masks[list(fields).index(NOTE)] = None
    options = {"crs": design.grid.crs_wkt, "driver": "GPKG", "encoding": "UTF-8"}
    outlines = support_outlines(design.support, design.grid, p.row, p.col, p.lon, p.lat)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="'crs' was not provided")
        pyogrio.raw.write(
            path,
            shapely.to_wkb(shapely.points(p.x, p.y)),
            list(fields.values()),
            list(fields),
            field_mask=masks,
            layer=POINT_LAYER,
            geometry_type="Point",
            dataset_options={"VERSION": "1.2"},
            **options,
        )
        pyogrio.raw.write(
            path,
            shapely.to_wkb(outlines),
            [fields[POINT]],
            [POINT],
            layer=SUPPORT_LAYER,
            geometry_type="Polygon",
            append=True,
            **options,
        )
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE gpkg_contents SET last_change = ?", (STAMP,))


def write_response_table(design: SampleDesign, path: Path, *, two_dates: bool = False) -> None:
    """Write the same points as CSV, with degrees and with the coordinates of the map.

    Args:
        design: The sample.
        path: The file.
        two_dates: Whether there is a column for the class at a first date too; it is the last.
    """
    p = design.points
    rows = [
        [
            int(p.number[i]),
            f"{p.lon[i]:.9f}",
            f"{p.lat[i]:.9f}",
            repr(float(p.x[i])),
            repr(float(p.y[i])),
            int(p.is_reserve[i]),
            *[""] * 4,
            0,
            0,
            *[""] * (3 if two_dates else 2),
        ]
        for i in range(len(p))
    ]
    write_csv((*TABLE_HEADER, OLD_LABEL) if two_dates else TABLE_HEADER, rows, path)
