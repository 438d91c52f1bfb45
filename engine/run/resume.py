"""Resumption of a run: it goes on with what an interrupted one has finished, and nobody can tell from the results."""

from __future__ import annotations

import dataclasses
from typing import Any

from ..plan.fingerprint import check_same, is_same_map, renewed
from ..plan.run_plan import RunPlan
from ..raster.stretch import Stretch
from .job_folder import JobFolder


def resume_or_begin(plan: RunPlan, folder: JobFolder, *, restart: bool = False) -> RunPlan:
    """Return the plan of a run that goes on where the folder's last one stopped, or begin anew.

    The time stamp, the stretch and what else the bytes depend on are those of the run that was begun. Other polygons or
    formats may be asked for now: they are made of the same tiles.

    Args:
        plan: What would be run in an empty folder.
        folder: The run's folder.
        restart: Throw away what is finished.

    Raises:
        RasterError: If the raster has changed since.
        OutputError: If the folder belongs to another job.
    """
    state = folder.journal.state
    if restart or not (state.identity and state.done):
        folder.begin(plan.job, plan.fingerprint, _kept(plan), len(plan.tiles.tiles))
        return plan
    plan = _as_begun(plan, state.kept)
    before = renewed(state.identity)
    if is_same_map(before, plan.fingerprint) and not state.publishing:
        folder.go_on(plan.job, plan.fingerprint)
    else:
        check_same(before, plan.fingerprint, plan.outputs.stem, plan.outputs.directory)
    return plan


def _kept(plan: RunPlan) -> dict[str, Any]:
    stretch, execution = plan.stretch, plan.execution
    return {
        "created": plan.job.created,
        "stretch": {"low": stretch.low, "high": stretch.high} if stretch else None,
        "device": execution.device,
        "preset": plan.job.preset.value,
        "precision": execution.precision,
        "batch": execution.batch,
        "patch_batch": execution.patch_batch,
    }


def _as_begun(plan: RunPlan, kept: dict[str, Any]) -> RunPlan:
    stretch = kept["stretch"]
    execution = plan.execution
    if (kept["device"], kept["preset"]) == (execution.device, plan.job.preset.value):
        # Free memory may be another today; other batches would give other roundings.
        same = {name: kept[name] for name in ("precision", "batch", "patch_batch")}
        execution = dataclasses.replace(execution, **same)
    return dataclasses.replace(
        plan,
        job=dataclasses.replace(plan.job, created=kept["created"]),
        stretch=Stretch(low=tuple(stretch["low"]), high=tuple(stretch["high"])) if stretch else None,
        execution=execution,
        fingerprint={**plan.fingerprint, "precision": execution.precision},
    )
