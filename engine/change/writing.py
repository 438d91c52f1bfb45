"""Writes the files of a change analysis under one name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..contract.job import PolygonSpec, VectorFormat
from ..contract.names import POLYGONS
from ..maps.area_report import write_csv, write_json
from ..maps.raster_writer import VERSION_TAG, RasterSpec, write_class_raster
from ..maps.sld import write_raster_sld
from ..maps.styles import write_raster_style
from ..system.files import write_atomically
from ..system.run_context import RunContext
from ..system.staging import Staging
from ..system.version import package_version
from ..vectors.vectorize import write_vectors
from .analysis import ChangeAnalysis
from .change_report import (
    CLASS_HEADER,
    TRANSITION_HEADER,
    change_data,
    change_page,
    class_rows,
    diagram,
    transition_rows,
)
from .groups import strata_legend
from .request import ChangeRequest
from .transitions import change_ids, change_legend, id_table


@dataclass(frozen=True, slots=True)
class ChangeFiles:
    """Files that belong to one name.

    Attributes:
        stem: Path without an ending.
        with_polygons: Whether there are polygons.
        with_strata: Whether there are rasters of groups, and of strata: the groups and the buffer.
    """

    stem: Path
    with_polygons: bool
    with_strata: bool

    def file(self, ending: str) -> Path:
        """Return the file with an ending."""
        return self.stem.with_name(self.stem.name + ending)

    def all(self) -> tuple[Path, ...]:
        """Return every file that is asked for by name; styles and side files lie beside them."""
        endings = [".tif", ".qml", ".sld", ".csv", "_classes.csv", ".json", ".html", "_flow.svg"]
        endings += [POLYGONS + ".gpkg"] if self.with_polygons else []
        endings += ["_groups.tif", "_groups.qml", "_strata.tif", "_strata.qml"] if self.with_strata else []
        return tuple(self.file(e) for e in endings)


def write_change(
    analysis: ChangeAnalysis,
    request: ChangeRequest,
    files: ChangeFiles,
    staging: Staging,
    context: RunContext,
) -> None:
    """Write rasters, polygons, tables, page and diagram where they wait to be published together.

    Raises:
        RasterError: If a map cannot be read.
        OutputError: If a file cannot be written.
        Cancelled: If asked to stop.
    """

    def at(ending: str) -> Path:
        return staging.path(files.file(ending))

    legend = change_legend(analysis.transitions, analysis.classes)
    table = id_table(analysis.transitions, len(analysis.classes.names))
    grid = analysis.grid
    spec = RasterSpec(grid=grid, area=grid.window, tags={VERSION_TAG: package_version()})
    write_class_raster(at(".tif"), spec, legend, change_ids(analysis.reader, table, grid), context)
    write_raster_style(legend, at(".qml"))
    write_raster_sld(legend, at(".sld"))
    if files.with_strata:
        for name, buffer_m in (("_groups", 0.0), ("_strata", request.buffer_m)):
            strata = strata_legend(analysis.grouping, has_buffer=bool(buffer_m))
            write_class_raster(at(f"{name}.tif"), spec, strata, analysis.strata(buffer_m).read, context)
            write_raster_style(strata, at(f"{name}.qml"))
    if files.with_polygons:
        write_vectors(
            at(".tif"),
            legend,
            {VectorFormat.GEOPACKAGE: at(POLYGONS + ".gpkg")},
            PolygonSpec(minimum_mapping_units_m2=smallest_patches(analysis, request)),
            layer_name="change",
            context=context,
        )
    write_csv(TRANSITION_HEADER, transition_rows(analysis), at(".csv"))
    write_csv(CLASS_HEADER, class_rows(analysis), at("_classes.csv"))
    write_json(change_data(analysis, request), at(".json"))
    write_atomically(at("_flow.svg"), diagram(analysis, request) + "\n")
    write_atomically(at(".html"), change_page(analysis, request))


def smallest_patches(analysis: ChangeAnalysis, request: ChangeRequest) -> tuple[float, ...]:
    """Return the smallest patch of each class of the change raster; stable areas keep every pixel."""
    by_class, names = request.smallest_by_class, analysis.classes.names
    return tuple(by_class.get(names[t.new], request.smallest_m2) if t.is_change else 0.0 for t in analysis.transitions)
