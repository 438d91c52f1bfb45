"""Request of a plan: what a run would do and need, without running it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ..contract.job import SegmentationJob

if TYPE_CHECKING:
    from ..plan.run_plan import RunPlan


def plan(job: SegmentationJob, *, calibrate: bool = False) -> RunPlan:
    """Decide how a job would be run, and predict its memory, disk space and time; write no results.

    Args:
        job: The request.
        calibrate: Classify a few tiles, so that time and disk space are known for this raster on this machine.

    Returns:
        The plan; ``to_dict()`` gives it as plain data: sizes in bytes, time in seconds (None if it is not known).

    Raises:
        UhrError: If raster, job or device do not fit.
        CheckpointError: If the model is missing, damaged or for another method.
    """
    begun = time.monotonic()
    from ..plan.planning import plan_run
    from ..raster.raster_info import PLANNING_CACHE_BYTES, gdal_session
    from ..run import trial_run

    with gdal_session(PLANNING_CACHE_BYTES):
        found = plan_run(job)
        return trial_run.calibrate(found, time.monotonic() - begun) if calibrate else found
