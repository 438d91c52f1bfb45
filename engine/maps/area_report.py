"""Area per class of a class raster, measured strip by strip."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...models.legend import NODATA, Legend
from ..raster.classes.class_raster import ClassRaster, iterate_strips
from ..system.files import write_atomically
from ..system.run_context import QUIET, RunContext
from .class_totals import ClassTotals

HECTARE_M2 = 10_000.0
KM2_M2 = 1_000_000.0
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that spreadsheets calculate; some take the full-width signs too."""

NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")

UNIT_COLUMNS = ("area_m2", "area_ha", "area_km2", "share")


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """One class of the table.

    Attributes:
        class_id: Value in the raster.
        class_name: Name for people.
        pixels: Pixels of the class; a fraction where a border cuts through pixels.
        area_m2: Ground area, on the ellipsoid; None if the raster has no CRS.
        share: Part of the area with data, 0 to 1.
    """

    class_id: int
    class_name: str
    pixels: int | float
    area_m2: float | None
    share: float


def measure_areas(class_raster: Path, legend: Legend, context: RunContext = QUIET) -> list[AreaRow]:
    """Return the area of every class of the legend, and of further values the raster holds.

    Args:
        class_raster: Raster of class ids; 255 is no data.
        legend: Names of the classes.
        context: Says, after every strip, whether to stop.

    Raises:
        RasterError: If the raster cannot be read or holds no class ids.
        Cancelled: If asked to stop.
    """
    with ClassRaster(class_raster) as raster:
        totals = ClassTotals(raster.grid)
        for first, class_ids in iterate_strips(raster):
            totals.add(first, 0, class_ids)
            context.check_stop()
        values = raster.values
    return area_rows(legend, totals.pixels, totals.area_m2, values)


def area_rows(
    legend: Legend, pixels: np.ndarray, area_m2: np.ndarray | None, values: tuple[int, ...] | None
) -> list[AreaRow]:
    """Return a row for every class of the legend and every further one that has pixels.

    Args:
        legend: Names of the classes.
        pixels: ``(256,)`` pixels of each class id; not those of no data.
        area_m2: ``(256,)`` their ground area; None if it is not known.
        values: Value in the raster of each class id; None where they are the same.
    """
    names = {c.class_id: c.name for c in legend.classes}
    shown = values or tuple(range(NODATA))
    ids = [i for i in range(len(shown)) if i in names or pixels[i]]
    amounts = pixels if area_m2 is None else area_m2
    total = float(amounts[:NODATA].sum()) or 1.0
    return [
        AreaRow(
            class_id=shown[i],
            class_name=names.get(i, f"Class {shown[i]}"),
            pixels=_count(pixels[i]),
            area_m2=None if area_m2 is None else float(area_m2[i]),
            share=float(amounts[i]) / total,
        )
        for i in ids
    ]


def _count(pixels: float) -> int | float:
    """Return a whole number where it is one, else with what is certain of the fraction."""
    return int(pixels) if pixels == int(pixels) else round(float(pixels), 6)


def write_area_csv(rows: Sequence[AreaRow], path: Path) -> None:
    """Write the table as UTF-8 CSV; areas that are not known are empty."""
    table = [[row.class_id, row.class_name, row.pixels, *units_of(row)] for row in rows]
    write_csv(["class_id", "class_name", "pixels", *UNIT_COLUMNS], table, path)


def write_area_json(rows: Sequence[AreaRow], path: Path) -> None:
    """Write the table as JSON; areas that are not known are null."""
    write_json({"classes": [asdict(row) for row in rows]}, path)


def units_of(row: AreaRow) -> list[str]:
    """Return the texts of UNIT_COLUMNS."""
    share = f"{row.share:.6f}"
    if row.area_m2 is None:
        return ["", "", "", share]
    return [f"{row.area_m2:.2f}", f"{row.area_m2 / HECTARE_M2:.4f}", f"{row.area_m2 / KM2_M2:.6f}", share]


def write_csv(header: Sequence[str], table: Sequence[Sequence[object]], path: Path) -> None:
    """Write a table as UTF-8 CSV; the file is complete or not there."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([[_harmless(cell) for cell in row] for row in (header, *table)])
    write_atomically(path, text.getvalue())


def _harmless(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula: names of classes and zones come from anybody.

    As OWASP advises on "CSV injection", a text that begins like one gets an apostrophe; numbers stay what they are.
    """
    if not isinstance(cell, str) or not cell.lstrip(" \u00a0").startswith(FORMULA_BEGINS) or NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}"


def write_json(data: dict[str, Any], path: Path) -> None:
    """Write JSON; the file is complete or not there."""
    write_atomically(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
