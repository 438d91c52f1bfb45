"""Disk space of a run, made sure of before it begins."""

from __future__ import annotations

from ..contract.text import size_text
from ..plan.run_plan import RunPlan
from ..system.errors import ErrorCode, OutputError, UhrError
from ..system.files import folder_bytes
from ..system.host import free_disk_bytes
from .trial_run import calibrate


def refuse_full_disk(plan: RunPlan) -> RunPlan:
    """Refuse a run that would fill the disk; return the plan with what had to be found out for that.

    As long as only a bound is known, nobody is refused: most rasters need far less room. Then a few tiles are tried.

    Raises:
        OutputError: If there is too little room.
    """
    directory = plan.outputs.directory
    free = free_disk_bytes(directory) + folder_bytes(plan.outputs.job_directory)
    if free < plan.execution.predicted_disk_bytes and not plan.execution.disk_is_measured:
        try:
            plan = calibrate(plan)
        except (OSError, UhrError):
            pass  # tiles that cannot be tried leave the bound
    needed = plan.execution.predicted_disk_bytes
    if free < needed:
        raise OutputError(
            ErrorCode.DISK_FULL,
            f"The run needs about {size_text(needed)} in {directory}, where {size_text(free)} are free. "
            "Make room or choose another folder.",
        )
    return plan
