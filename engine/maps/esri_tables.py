"""Tables that ArcGIS reads beside a class raster: values with names, counts and colours, and a colour table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyogrio

from .area_report import AreaRow

VALUE_TABLE = ".vat.dbf"
"""Follows the whole name of the raster."""

COLOR_TABLE = ".clr"
"""Replaces the raster's ending."""

Color = tuple[int, int, int]


def write_value_table(rows: Sequence[tuple[AreaRow, Color]], path: Path) -> None:
    """Write the attribute table, as dBase: Value, Count, Class_name, Red, Green, Blue.

    Args:
        rows: Classes, with the value of the raster as their id, and their colours.
        path: File to make; its name ends in .dbf.

    Raises:
        OSError: If it cannot be written.
    """
    integers = [[r.class_id for r, _ in rows], *([c[k] for _, c in rows] for k in range(3))]
    value, red, green, blue = (np.array(column, np.int32) for column in integers)
    count = np.array([r.pixels for r, _ in rows], np.float64)
    name = np.array([r.class_name for r, _ in rows], dtype=object)
    pyogrio.raw.write(
        path,
        None,
        [value, count, name, red, green, blue],
        ["Value", "Count", "Class_name", "Red", "Green", "Blue"],
        driver="ESRI Shapefile",
        encoding="UTF-8",
    )


def write_color_table(rows: Sequence[tuple[AreaRow, Color]], path: Path) -> None:
    """Write lines of value, red, green, blue."""
    lines = [f"{r.class_id} {red} {green} {blue}" for r, (red, green, blue) in rows]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
