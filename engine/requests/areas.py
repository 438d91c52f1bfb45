"""Request of areas: how much ground each class of a class raster covers, as a whole or per zone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..system.run_context import QUIET, RunContext

if TYPE_CHECKING:
    from ...models.legend import Legend
    from ..maps.area_report import AreaRow
    from ..maps.zone_report import ZoneRows
    from ..system.staging import Staging


@dataclass(frozen=True, slots=True, kw_only=True)
class PolygonLayer:
    """Polygons of a file, in any coordinate system.

    Attributes:
        path: The file.
        layer: Layer of the file; empty for the first.
        field: Field with the polygons' names; empty for numbers from 1.
    """

    path: str | Path
    layer: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasSpec:
    """Areas to measure.

    Attributes:
        classes: Class raster, of any integer type.
        out: CSV table to write; a JSON file is written beside it. None writes nothing.
        area: Measure only what lies in these polygons; None for all.
        zones: Measure each of these polygons; None measures the whole.
        legend: Name of a legend or a JSON file; empty for what the raster says.
        overwrite: Replace existing tables.
    """

    classes: str | Path
    out: Path | None = None
    area: PolygonLayer | None = None
    zones: PolygonLayer | None = None
    legend: str = ""
    overwrite: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasResult:
    """Areas that were measured: of the whole, or of zones.

    Attributes:
        rows: A row for each class: pixels, ground area in m² (None where it is not known), share of the whole from 0
            to 1. Empty if zones were asked for.
        zones: For each zone its rows; parts of pixels count. Empty if no zones were asked for.
        files: Tables that were written.
    """

    rows: tuple[AreaRow, ...] = ()
    zones: tuple[ZoneRows, ...] = ()
    files: tuple[Path, ...] = ()


def areas(spec: AreasSpec, context: RunContext = QUIET) -> AreasResult:
    """Measure the ground that each class covers, on the ellipsoid.

    Raises:
        RasterError: If the raster cannot be read or holds no class ids.
        InvalidJob: If polygons cannot be read, or lack the layer or the field.
        OutputError: If a table cannot be written, or is there and may not be replaced.
        Cancelled: If asked to stop; nothing is left behind.
    """
    from ..raster.classes.class_legend import legend_of
    from ..raster.raster_info import READING_CACHE_BYTES, gdal_session
    from ..system.staging import Staging

    with gdal_session(READING_CACHE_BYTES):
        if spec.out is None:
            return _measured(spec, legend_of(spec.classes, spec.legend), context)
        tables = _tables(spec.out)
        with Staging(*tables, inputs=_inputs(spec), overwrite=spec.overwrite) as staging:
            found = _measured(spec, legend_of(spec.classes, spec.legend), context)
            _write(found, tables, staging)
            return AreasResult(rows=found.rows, zones=found.zones, files=tuple(staging.publish()))


def _measured(spec: AreasSpec, legend: Legend, context: RunContext) -> AreasResult:
    from ..maps.area_report import measure_areas
    from ..maps.zone_report import measure_zones
    from ..maps.zones import one_zone, read_zones, within
    from ..raster.classes.class_raster import ClassRaster

    with ClassRaster(spec.classes) as raster:
        grid = raster.grid
    if grid.ground_note:
        context.warn(grid.ground_note)
    area = one_zone(read_zones(spec.area.path, grid, layer=spec.area.layer)) if spec.area else None
    if spec.zones:
        zones = read_zones(spec.zones.path, grid, field=spec.zones.field, layer=spec.zones.layer)
        found = measure_zones(spec.classes, legend, within(zones, area) if area else zones, context=context)
        return AreasResult(zones=tuple(found))
    if area:
        return AreasResult(rows=tuple(measure_zones(spec.classes, legend, [area], context=context)[0].rows))
    return AreasResult(rows=tuple(measure_areas(spec.classes, legend, context=context)))


def _write(found: AreasResult, tables: tuple[Path, Path], staging: Staging) -> None:
    from ..maps.area_report import write_area_csv, write_area_json
    from ..maps.zone_report import write_zone_csv, write_zone_json

    table, data = (staging.path(path) for path in tables)
    if found.zones:
        write_zone_csv(found.zones, table)
        write_zone_json(found.zones, data)
    else:
        write_area_csv(found.rows, table)
        write_area_json(found.rows, data)


def _tables(out: Path) -> tuple[Path, Path]:
    return out, out.with_name(f"{out.name.removesuffix('.csv')}.json")


def _inputs(spec: AreasSpec) -> list[str]:
    from ..raster.input_files import legend_files, raster_files, vector_files

    shapes = [f for layer in (spec.area, spec.zones) if layer for f in vector_files(layer.path)]
    return [*raster_files(spec.classes), *shapes, *legend_files(spec.legend)]
