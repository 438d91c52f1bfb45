"""`jobs DIR`: interrupted runs that lie in folders of results; delete one, or go on with it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .. import api
from ..system.errors import InvalidJob
from ..system.run_context import RunContext

ENDS_HARD = True
"""A run may be ended in the middle of a tile: its journal makes that safe."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("directories", nargs="+", metavar="DIR", help="folder of results")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--delete", metavar="NAME", help="remove what this run has left")
    what.add_argument("--resume", metavar="NAME", help="go on with this run")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """List, delete or run; return the list of interrupted jobs, or the result of the run."""
    from ..run.interrupted import delete_job, find_jobs

    folders = [Path(d).absolute() for d in args.directories]
    if (args.delete or args.resume) and len(folders) > 1:
        raise InvalidJob(f"{len(folders)} folders are given; name the one that holds the run to delete or to resume.")
    if args.resume:
        return api.resume(folders[0], args.resume, context).to_dict()
    if args.delete:
        deleted = delete_job(folders[0], args.delete)
        return {"deleted": deleted.to_dict(), "text": f"Deleted {deleted.to_text()}\n"}
    jobs = [job for folder in folders for job in find_jobs(folder)]
    text = "".join(f"{job.to_text()}\n" for job in jobs) or "No interrupted runs.\n"
    return {"jobs": [job.to_dict() for job in jobs], "text": text}
