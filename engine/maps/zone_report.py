"""Area per class within zones, measured strip by strip, with the parts of pixels on their borders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...models.legend import NODATA, Legend
from ..coverage.runs import find_runs
from ..raster.classes.class_raster import ClassRaster, iterate_strips
from ..raster.ground_area import GroundArea, ground_area_of
from ..system.run_context import QUIET, RunContext
from .area_report import UNIT_COLUMNS, AreaRow, area_rows, units_of, write_csv, write_json
from .pixel_cover import Edges
from .zones import Zone

WHOLE = 1 - 1e-9
"""Pixels of which this part is covered count as whole: the rest is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneRows:
    """Land cover of a zone.

    Attributes:
        zone: Its name.
        rows: One for each class, as for the whole raster; pixels may be fractions.
    """

    zone: str
    rows: list[AreaRow]


def measure_zones(
    class_raster: Path, legend: Legend, zones: Sequence[Zone], context: RunContext = QUIET
) -> list[ZoneRows]:
    """Return the area of every class in every zone, in their order; zones may overlap.

    Args:
        class_raster: Raster of class ids; 255 is no data.
        legend: Names of the classes.
        zones: Parts of the ground, in pixels of the raster.
        context: Says, after every strip, whether to stop.

    Raises:
        RasterError: If the raster cannot be read or holds no class ids.
        Cancelled: If asked to stop.
    """
    edges = [Edges(zone.rings()) for zone in zones]
    tallies = [_Tally() for _ in zones]
    with ClassRaster(class_raster) as raster:
        ground, width = ground_area_of(raster.grid), raster.grid.width
        values = raster.values
        for first, class_ids in iterate_strips(raster):
            for edge, tally in zip(edges, tallies, strict=True):
                _add(edge, tally, class_ids, first, width, ground)
            context.check_stop()
    return [
        ZoneRows(zone=z.name, rows=area_rows(legend, t.pixels, t.area_m2 if ground else None, values))
        for z, t in zip(zones, tallies, strict=True)
    ]


class _Tally:
    def __init__(self) -> None:
        self.pixels, self.area_m2 = np.zeros(256), np.zeros(256)


def _add(edges: Edges, tally: _Tally, class_ids: np.ndarray, first: int, width: int, ground: GroundArea | None) -> None:
    """Add what a zone covers of a strip."""
    top, bottom = max(first, int(np.floor(edges.top))), min(first + len(class_ids), int(np.ceil(edges.bottom)))
    left, right = max(0, int(np.floor(edges.left))), min(width, int(np.ceil(edges.right)))
    if top >= bottom or left >= right:
        return
    ids = class_ids[top - first : bottom - first, left:right]
    cover = edges.cover(top, bottom, left, right)
    whole = cover >= WHOLE
    inside = np.where(whole, ids, np.uint8(NODATA))
    tally.pixels += np.bincount(inside.reshape(-1), minlength=256)
    rows, cols = np.nonzero((cover > 0) & ~whole)
    parts, part_ids = cover[rows, cols], ids[rows, cols]
    tally.pixels += np.bincount(part_ids, parts, 256)
    if ground is None:
        return
    runs = find_runs(inside)
    tally.area_m2 += np.bincount(
        runs.class_ids, ground.of_runs(runs.rows + top, runs.starts + left, runs.ends + left), 256
    )
    if len(rows):
        pixel_m2 = ground.of_runs(rows + top, cols + left, cols + left + 1)
        tally.area_m2 += np.bincount(part_ids, parts * pixel_m2, 256)


def write_zone_csv(zones: Sequence[ZoneRows], path: Path) -> None:
    """Write a row for every zone and class as UTF-8 CSV."""
    table = [[z.zone, r.class_id, r.class_name, r.pixels, *units_of(r)] for z in zones for r in z.rows]
    write_csv(["zone", "class_id", "class_name", "pixels", *UNIT_COLUMNS], table, path)


def write_zone_json(zones: Sequence[ZoneRows], path: Path) -> None:
    """Write zones and their classes as JSON."""
    write_json({"zones": zones_data(zones)}, path)


def zones_data(zones: Sequence[ZoneRows]) -> list[dict[str, Any]]:
    """Return zones and their classes as JSON-ready data."""
    return [{"zone": z.zone, "classes": [asdict(r) for r in z.rows]} for z in zones]
