"""Kept corrections: those of an older map of the same name are given to the new one, where the job wants it."""

from __future__ import annotations

from dataclasses import replace

from ...models.errors import DataError
from ..contract.job import JobResult, SegmentationJob
from ..plan.outputs import name_outputs
from ..raster.classes.class_legend import legend_of
from ..system.errors import InvalidJob
from ..system.run_context import QUIET, RunContext
from .correct import AREA_KEYS, Corrected, correct
from .correction_rows import read_rows
from .result_set import find_results


def correct_again(job: SegmentationJob, context: RunContext = QUIET) -> Corrected | None:
    """Apply the corrections beside a new map; None where there are none or the job does not want them.

    Corrections that do not fit the new map (its classes differ) are left beside it, with a warning.

    Raises:
        UhrError: If the map cannot be written.
        Cancelled: If asked to stop; the map is then there without corrections.
    """
    names = name_outputs(job)
    if not job.output.keep_corrections or not names.class_raster.exists():
        return None
    results = find_results(names.class_raster)
    if not results.corrections.exists():
        return None
    try:
        rows, crs_text = read_rows(results.corrections, legend_of(names.class_raster))
        made = correct(results, rows, crs_text, context) if rows else None
    except (DataError, InvalidJob) as error:
        context.warn(f"The corrections of the older map were not applied: {error}")
        return None
    if made:
        context.inform(f"{made.corrections} corrections of the older map were applied.")
    return made


def with_corrections(job: SegmentationJob, result: JobResult, context: RunContext = QUIET) -> JobResult:
    """Return the result of a run with the areas of the corrected map, after applying the corrections it is to keep."""
    made = correct_again(job, context)
    if made is None:
        return result
    areas = tuple({key: getattr(row, key) for key in AREA_KEYS} for row in made.areas)
    files = tuple(dict.fromkeys((*result.files, *(str(path) for path in made.files))))
    return replace(result, areas=areas, files=files)
