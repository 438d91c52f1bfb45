"""Agreement of a map with reference polygons by area: never an estimate, as nobody drew the polygons by chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from ...maps.area_report import HECTARE_M2, write_csv, write_json
from ...maps.report import STYLE
from ...maps.zone_report import measure_zones
from ...maps.zones import Zone, read_zones
from ...overlays.map_source import MapSource, open_map
from ...system.errors import InvalidJob
from ...system.files import write_atomically
from ...system.run_context import RunContext
from ..reports.chart import percent
from ..reports.page_parts import number, table
from ..response.labels import class_index

FORMAT = "uhr-agreement/1"
NOTE = (
    "Shares of the area of the reference polygons. Nobody drew the polygons by chance, so they say nothing about the "
    "rest of the map, and there is no interval."
)


@dataclass(frozen=True, kw_only=True)
class PolygonAgreement:
    """Area of reference polygons by class on the map and reference class.

    Attributes:
        map_name: File of the map.
        polygons_name: File of the polygons.
        names: Names of the K classes.
        area_ha: ``(K, K)`` float64; rows are classes on the map.
        outside_ha: Area of the polygons where the map has no data.
    """

    map_name: str
    polygons_name: str
    names: tuple[str, ...]
    area_ha: np.ndarray
    outside_ha: float

    @property
    def share(self) -> float:
        """Part of the area that the map has right."""
        return float(np.trace(self.area_ha) / self.area_ha.sum())


def measure_agreement(
    source: MapSource, polygons: Path, field: str, scratch: Path, should_stop: Callable[[], bool]
) -> PolygonAgreement:
    """Return how much of the area of reference polygons a map has right, parts of pixels included.

    Args:
        source: The map.
        polygons: Reference polygons.
        field: Field with their class.
        scratch: Folder in which the units of polygons of a map are kept meanwhile.
        should_stop: Asked after every strip.

    Raises:
        InvalidJob: If labels are no classes, or no polygon lies on the map.
        RasterError: If the map cannot be used.
        Cancelled: If asked to stop.
    """
    with open_map(source, scratch) as found:
        legend = found.legend()
        names, ids = [c.name for c in legend.classes], [c.class_id for c in legend.classes]
        zones = read_zones(polygons, found.raster.grid, field=field)
        index = class_index({z.name for z in zones}, names, ids)
        by_class: dict[int, list[shapely.Geometry]] = {}
        for zone in zones:
            by_class.setdefault(index[zone.name], []).append(zone.shape)
        joined = [Zone(name=names[k], shape=shapely.union_all(shapes)) for k, shapes in sorted(by_class.items())]
        measured = measure_zones(found.raster.path, legend, joined, RunContext(should_stop=should_stop))
        pixel_ha = (found.raster.grid.pixel_area_m2 or 0.0) / HECTARE_M2
    area = np.zeros((len(names), len(names)))
    covered = 0.0
    for j, rows in zip(sorted(by_class), measured, strict=True):
        for i, row in enumerate(rows.rows[: len(names)]):
            area[i, j] = (row.area_m2 or 0.0) / HECTARE_M2
            covered += row.pixels
    if not area.sum() > 0:
        raise InvalidJob(f"No polygon of {str(polygons)!r} lies on data of the map. Check its CRS and place.")
    outside = (sum(float(shapely.area(z.shape)) for z in joined) - covered) * pixel_ha
    used = np.flatnonzero(area.sum(axis=0) + area.sum(axis=1))
    return PolygonAgreement(
        map_name=source.path.name,
        polygons_name=polygons.name,
        names=tuple(names[k] for k in used),
        area_ha=area[np.ix_(used, used)],
        outside_ha=max(0.0, outside),
    )


def agreement_data(found: PolygonAgreement) -> dict[str, Any]:
    """Return an agreement as JSON-ready data."""
    mapped, true, right = found.area_ha.sum(axis=1), found.area_ha.sum(axis=0), np.diag(found.area_ha)
    return {
        "format": FORMAT,
        "map": found.map_name,
        "polygons": found.polygons_name,
        "note": NOTE,
        "agreement": found.share,
        "outside_ha": found.outside_ha,
        "classes": list(found.names),
        "area_ha": found.area_ha.tolist(),
        "per_class": [
            {
                "class": name,
                "mapped_ha": float(m),
                "reference_ha": float(t),
                "right_of_mapped": float(r / m) if m else None,
                "right_of_reference": float(r / t) if t else None,
            }
            for name, m, t, r in zip(found.names, mapped, true, right, strict=True)
        ],
    }


def write_agreement(found: PolygonAgreement, table_path: Path, data_path: Path, page_path: Path) -> None:
    """Write an agreement as table, JSON and page."""
    cells = [
        [map_name, reference, float(found.area_ha[i, j])]
        for i, map_name in enumerate(found.names)
        for j, reference in enumerate(found.names)
    ]
    write_csv(("map_class", "reference_class", "area_ha"), cells, table_path)
    write_json(agreement_data(found), data_path)
    rows = [[n, *(number(float(v)) for v in row)] for n, row in zip(found.names, found.area_ha, strict=True)]
    title = escape(f"{found.map_name} and {found.polygons_name}")
    page = [
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
        f"<title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>",
        f'<div class="w">{escape(NOTE)}</div>',
        f"<p><b>The map has {percent(found.share)} of the polygons' area right.</b></p>",
        f"<p>{number(found.outside_ha)} ha of the polygons lie where the map has no data.</p>"
        if found.outside_ha
        else "",
        "<h2>Area in ha; rows: class on the map, columns: reference class</h2>",
        table(["", *found.names], rows),
        "</body></html>\n",
    ]
    write_atomically(page_path, "\n".join(page))
