"""Correcting a map: raster, polygons, areas and report are made again from the uncorrected raster and the corrections.

The network is not asked again. All files change together, or none does; with no correction left they are, byte for
byte, what they were.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ...models.legend import Legend
from ..maps.area_report import AreaRow, measure_areas, write_area_csv
from ..maps.raster_writer import RasterSpec, write_class_raster
from ..maps.report import RunFacts, read_facts, write_report
from ..raster.classes.class_legend import LEGEND_TAG, legend_of
from ..raster.classes.class_raster import ClassRaster
from ..raster.raster_info import READING_CACHE_BYTES, gdal_session
from ..system.run_context import QUIET, RunContext
from ..system.staging import Staging
from ..vectors.vectorize import write_vectors
from .correction_rows import CorrectionRow, placed, write_rows
from .result_set import CORRECTED_TAG, ResultSet

AREA_KEYS = ("class_id", "class_name", "pixels", "area_m2", "share")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What correcting made.

    Attributes:
        files: Files that were made.
        corrections: Number of corrections in the map.
        areas: Table of areas.
    """

    files: tuple[Path, ...]
    corrections: int
    areas: tuple[AreaRow, ...]


def correct(
    results: ResultSet,
    rows: Sequence[CorrectionRow],
    crs_text: str,
    context: RunContext = QUIET,
) -> Corrected:
    """Give a map these corrections, and no others.

    Args:
        results: The map.
        rows: All corrections; none takes back what was corrected.
        crs_text: Their coordinate system.
        context: Receives progress, and says whether to stop.

    Raises:
        UhrError: With one sentence; the map is then as it was.
        Cancelled: If asked to stop; likewise.
    """
    destinations = [results.names.class_raster, results.names.area_csv, results.corrections, results.uncorrected]
    with gdal_session(READING_CACHE_BYTES), Staging(*destinations, inputs=(), overwrite=True) as staging:
        making = _Making(results, staging, context)
        areas = making.everything(rows, crs_text)
        files = staging.publish()
    if not rows:
        for path in (results.corrections, results.uncorrected, Path(f"{results.uncorrected}.aux.xml")):
            with contextlib.suppress(OSError):
                path.unlink()
    return Corrected(files=tuple(files), corrections=len(rows), areas=tuple(areas))


@dataclass(frozen=True)
class _Making:
    """Makes the files of a corrected map under working names."""

    results: ResultSet
    staging: Staging
    context: RunContext

    def everything(self, rows: Sequence[CorrectionRow], crs_text: str) -> list[AreaRow]:
        names = self.results.names
        legend = legend_of(names.class_raster)
        class_raster = self.staging.path(names.class_raster)
        if rows:
            self._keep_uncorrected()
            self._class_raster(class_raster, rows, crs_text, legend)
            write_rows(self.staging.path(self.results.corrections), rows, crs_text, legend)
        else:
            _copy_with_table(self.results.base, class_raster)
        self._polygons(class_raster, legend)
        areas = measure_areas(class_raster, legend, self.context)
        write_area_csv(areas, self.staging.path(names.area_csv))
        self._report(class_raster, areas, len(rows))
        return areas

    def _keep_uncorrected(self) -> None:
        _copy_with_table(self.results.base, self.staging.path(self.results.uncorrected))

    def _class_raster(self, path: Path, rows: Sequence[CorrectionRow], crs_text: str, legend: Legend) -> None:
        with ClassRaster(self.results.base) as base:
            corrections = placed(rows, crs_text, base.grid, self.results.corrections.name)
            tags = {k: v for k, v in base.tags.items() if k.startswith("UHR_") and k != LEGEND_TAG}
            spec = RasterSpec(
                grid=base.grid,
                area=base.grid.window,
                tags={**tags, CORRECTED_TAG: str(len(rows))},
                layout=self.results.output.raster_format,
            )
            write_class_raster(
                path, spec, legend, lambda window: corrections.apply(base.read_window(window), window), self.context
            )

    def _polygons(self, class_raster: Path, legend: Legend) -> None:
        names, output = self.results.names, self.results.output
        if not names.vector_formats:
            return
        write_vectors(
            class_raster,
            legend,
            {kind: self.staging.path(names.vector(kind)) for kind in names.vector_formats},
            output.polygons,
            layer_name=names.vector(names.vector_formats[0]).stem,
            confidence_raster=names.confidence_raster if names.confidence else None,
            context=self.context,
        )

    def _report(self, class_raster: Path, areas: Sequence[AreaRow], count: int) -> None:
        """Make the page about the run again, with the new picture and areas."""
        path = self.results.names.report
        if not path.exists():
            return
        known = read_facts(path)
        if known is None:
            self.context.warn(f"{path.name} was made by an older version; it still shows the former map.")
            return
        result, job, card = known
        with ClassRaster(class_raster) as raster:
            grid = raster.grid
        rows = tuple({key: getattr(row, key) for key in AREA_KEYS} for row in areas)
        facts = RunFacts(job=job, card=card, grid=grid, rows=areas, class_raster=class_raster, corrections=count)
        write_report(self.staging.path(path), replace(result, areas=rows), facts)


def _copy_with_table(path: Path, target: Path) -> None:
    """Copy a raster and its attribute table."""
    shutil.copyfile(path, target)
    table = Path(f"{path}.aux.xml")
    if table.exists():
        shutil.copyfile(table, Path(f"{target}.aux.xml"))
