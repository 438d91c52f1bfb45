"""`run JOB.json`: do what a job file says."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .. import api
from ..contract.job import SegmentationJob
from ..system.errors import InvalidJob
from ..system.run_context import RunContext
from ..system.trace import recording

ENDS_HARD = True
"""A run may be ended in the middle of a tile: its journal makes that safe."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("job", help="job file, as saved beside every result")
    add_restart(parser)


def add_restart(parser: argparse.ArgumentParser) -> None:
    """Declare what `segment` and `run` have in common."""
    parser.add_argument(
        "--restart", action="store_true", help="throw away what an interrupted run of that name has finished"
    )
    parser.add_argument(
        "--trace", type=Path, metavar="FILE", help="write what took how long, as JSON that ui.perfetto.dev draws"
    )


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Run the job; return the data of its result."""
    job = read_job(args.job)
    with recording(args.trace):
        return api.segment(job, context, restart=args.restart).to_dict()


def read_job(path: str) -> SegmentationJob:
    """Return the job of a file.

    Raises:
        InvalidJob: If there is no such file.
        JobError: If it holds no job.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidJob(f"The job file {path} cannot be read: {error}. Check the path.") from error
    return SegmentationJob.from_json(text)
