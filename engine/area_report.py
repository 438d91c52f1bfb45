"""Area per class of a class raster, measured strip by strip."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..models.legend import NODATA, Legend
from .class_raster import ClassRaster, iterate_strips
from .errors import Cancelled
from .ground_area import ground_area_of
from .runs import find_runs
from .shards import sync

HECTARE_M2 = 10_000.0
KM2_M2 = 1_000_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """One class of the table.

    Attributes:
        class_id: Value in the raster.
        class_name: Name for people.
        pixels: Pixels of the class.
        area_m2: Ground area, on the ellipsoid; None if the raster has no CRS.
        share: Part of the area with data, 0 to 1.
    """

    class_id: int
    class_name: str
    pixels: int
    area_m2: float | None
    share: float


def measure_areas(
    class_raster: Path, legend: Legend, *, should_stop: Callable[[], bool] = lambda: False
) -> list[AreaRow]:
    """Return the area of every class of the legend, and of further values the raster holds.

    Args:
        class_raster: Raster of class ids; 255 is no data.
        legend: Names of the classes.
        should_stop: Asked after every strip.

    Raises:
        RasterError: If the raster cannot be read or holds no class ids.
        Cancelled: If asked to stop.
    """
    pixels, area_m2 = np.zeros(256, np.int64), np.zeros(256)
    with ClassRaster(class_raster) as raster:
        ground = ground_area_of(raster.grid)
        for first, class_ids in iterate_strips(raster):
            runs = find_runs(class_ids)
            pixels += np.bincount(class_ids.reshape(-1), minlength=256)
            if ground is not None:
                areas = ground.of_runs(runs.rows + first, runs.starts, runs.ends)
                area_m2 += np.bincount(runs.class_ids, areas, 256)
            if should_stop():
                raise Cancelled
        values = raster.values
    return _rows(legend, pixels, None if ground is None else area_m2, values or tuple(range(NODATA)))


def _rows(legend: Legend, pixels: np.ndarray, area_m2: np.ndarray | None, values: Sequence[int]) -> list[AreaRow]:
    names = {c.class_id: c.name for c in legend.classes}
    ids = [i for i in range(len(values)) if i in names or pixels[i]]
    amounts = pixels if area_m2 is None else area_m2
    total = float(amounts[:NODATA].sum()) or 1.0
    return [
        AreaRow(
            class_id=values[i],
            class_name=names.get(i, f"Class {values[i]}"),
            pixels=int(pixels[i]),
            area_m2=None if area_m2 is None else float(area_m2[i]),
            share=float(amounts[i]) / total,
        )
        for i in ids
    ]


def write_area_csv(rows: Sequence[AreaRow], path: Path) -> None:
    """Write the table as UTF-8 CSV; areas that are not known are empty."""
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(["class_id", "class_name", "pixels", "area_m2", "area_ha", "area_km2", "share"])
    for row in rows:
        table.writerow([row.class_id, row.class_name, row.pixels, *_units(row.area_m2), f"{row.share:.6f}"])
    part = path.with_name(f".{path.name}.part")
    part.write_text(text.getvalue(), encoding="utf-8", newline="")
    sync(part)
    part.replace(path)


def _units(area_m2: float | None) -> tuple[str, str, str]:
    if area_m2 is None:
        return "", "", ""
    return f"{area_m2:.2f}", f"{area_m2 / HECTARE_M2:.4f}", f"{area_m2 / KM2_M2:.6f}"
