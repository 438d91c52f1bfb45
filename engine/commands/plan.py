"""`plan JOB.json|RASTER…`: say what runs would need, without running them."""

from __future__ import annotations

import argparse
import os
from typing import Any

from .. import api
from ..contract.events import PlanReady
from ..contract.job import OutputSpec, SegmentationJob
from ..system.run_context import RunContext
from .run import read_job
from .segment import add_job_arguments, build_job


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("inputs", nargs="+", metavar="JOB.json|RASTER", help="job files or rasters")
    add_job_arguments(parser)
    parser.add_argument(
        "--calibrate",
        action="store_true",
        help="do a few tiles of each raster first, to know how long runs take and how much disk space they need",
    )


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Plan every input; return the plans and a text for people."""
    plans = []
    for name in args.inputs:
        plan = api.plan(_job(name, args), calibrate=args.calibrate).to_dict()
        context.emit(PlanReady(plan))
        plans.append(plan)
    return {"plans": plans, "text": "\n".join(_sentences(plan) for plan in plans)}


def _job(name: str, args: argparse.Namespace) -> SegmentationJob:
    if name.lower().endswith(".json"):
        return read_job(name)
    return build_job(args, name, OutputSpec(directory=os.getcwd()))


def _sentences(plan: dict[str, Any]) -> str:
    resolution = plan["ground_resolution_m"]
    size = f"{plan['width']} × {plan['height']} px"
    if resolution:
        size += f" of {resolution[0]:.3g} × {resolution[1]:.3g} m"
    lines = [
        f"{plan['raster']}: {size}, bands {', '.join(map(str, plan['bands']))}",
        f"  {plan['tiles']} tiles of {plan['read_px'][0]} × {plan['read_px'][1]} px, {_looks(plan)}"
        f"{plan['batch']} at a time on {plan['device_title']} ({plan['precision']}, preset {plan['preset']})",
        f"  memory: {_gb(plan['predicted_host_bytes'])} host, {_gb(plan['predicted_device_bytes'])} GPU; "
        f"disk: {_disk(plan)}",
        f"  time: {_time(plan['predicted_seconds'])}",
        *(f"  warning: {note}" for note in plan["notes"]),
    ]
    return "\n".join(lines) + "\n"


def _looks(plan: dict[str, Any]) -> str:
    return "" if plan["passes"] == 1 else f"{plan['passes']:g} looks at each, "


def _gb(size: int) -> str:
    return f"{size / 1e9:.2f} GB"


def _disk(plan: dict[str, Any]) -> str:
    size = _gb(plan["predicted_disk_bytes"])
    return size if plan["disk_is_measured"] else f"at most about {size} (plan --calibrate finds out more)"


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "unknown until calibrated (plan --calibrate) or until the first such run"
    return f"about {seconds:.0f} s" if seconds < 120 else f"about {seconds / 60:.0f} min"
