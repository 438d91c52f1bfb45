"""Request of a land-cover map: of one raster, of many, or of a run that was interrupted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..contract.job import JobResult, SegmentationJob
from ..system.errors import InvalidJob
from ..system.run_context import QUIET, RunContext


def segment(job: SegmentationJob, context: RunContext = QUIET, *, restart: bool = False) -> JobResult:
    """Classify a raster; write the map, its polygons and tables.

    Results appear under their final names only when all are complete. A run that ended early, in whatever way, goes on
    when the same job is asked for again, and ends with the same bytes.

    Args:
        job: Raster, model, area, results and folder.
        context: Receives events; asked between tiles whether to stop.
        restart: Throw away what an interrupted run of that name has finished.

    Returns:
        Paths of all files, the table of areas (m²), time (s), memory (bytes) and warnings.

    Raises:
        UhrError: With one sentence: what was found, what was expected, what to do.
        CheckpointError: If the model is missing, damaged or for another method.
        Cancelled: If asked to stop; finished tiles are kept.
    """
    from ..corrections.kept import with_corrections
    from ..run.pipeline import run

    return with_corrections(job, run(job, context, restart=restart), context)


def segment_many(
    jobs: Sequence[SegmentationJob], context: RunContext = QUIET, *, restart: bool = False
) -> dict[str, Any]:
    """Do jobs of one model one after the other; one that fails does not stop the others.

    Returns:
        ``rasters``: for each its path, "done" or "skipped", and the data of its JobResult; ``files``: all files;
        ``text``: a sentence.

    Raises:
        RastersFailed: After all are done, if some failed, with their sentences.
        CheckpointError: If the model cannot be loaded.
        Cancelled: If asked to stop.
    """
    from ..corrections.kept import correct_again
    from ..run.many_rasters import run_many

    data = run_many(jobs, context, restart=restart)
    for job in jobs:
        correct_again(job, context)
    return data


def resume(directory: Path, name: str, context: RunContext = QUIET) -> JobResult:
    """Go on with the interrupted run of that name in a folder of results; see `segment`.

    Raises:
        InvalidJob: If there is no such run, or its job cannot be read.
    """
    from ..run.interrupted import find_job

    found = find_job(directory, name)
    if found.job is None:
        raise InvalidJob(f"The job of the interrupted run {found.name!r} cannot be read. Delete the run.")
    return segment(found.job, context)
