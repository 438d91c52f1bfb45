"""Checks before a run: nothing that it reads or that somebody made is lost, and its results will fit the disk."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ..contract.job import VectorFormat
from ..contract.names import JOURNAL
from ..contract.text import size_text
from ..plan.outputs import OutputNames
from ..plan.run_plan import RunPlan
from ..system.errors import ErrorCode, OutputError, UhrError
from ..system.files import folder_bytes
from ..system.guard import refuse_inputs
from ..system.host import free_disk_bytes
from ..system.side_files import refuse_in_use, side_files
from ..tiles.journal import read_journal
from .trial_run import calibrate


def refuse_unwritable(plan: RunPlan) -> None:
    """Refuse, before any pixel is computed, results that could not be written in the end.

    Raises:
        OutputError: If a result would replace something that the run reads or an older result, or cannot be written.
    """
    names, output = plan.outputs, plan.job.output
    own = read_journal(names.job_directory / JOURNAL).publishing  # put in place by this run, then interrupted
    paths = names.all_paths()
    refuse_inputs(paths, plan.files_read)
    existing = [p for p in _existing(names, paths, output.polygons.layer_per_class) if p.name not in own]
    if existing and not output.overwrite:
        raise OutputError(
            ErrorCode.OUTPUT_EXISTS,
            f"{existing[0].name} is already in {names.directory}. Choose another name or folder, or allow overwriting.",
        )
    folder = next((p for p in existing if p.is_dir() and not p.is_symlink()), None)
    if folder:
        raise OutputError(ErrorCode.OUTPUT_NOT_WRITABLE, f"There is a folder named {folder}. Choose another name.")
    _make_directory(names.directory)
    _refuse_held(existing)
    for path in existing:
        refuse_in_use(path)


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


def _existing(names: OutputNames, paths: Sequence[Path], layer_per_class: bool) -> list[Path]:
    """Return what lies where a run is going to write, side files and the files of single classes included."""
    found = [p for path in paths for p in (path, *side_files(path)) if os.path.lexists(p)]
    if layer_per_class and names.directory.is_dir():
        vectors = [names.vector(kind) for kind in names.vector_formats if kind is not VectorFormat.GEOPACKAGE]
        begins = {(f"{v.stem}_", v.suffix) for v in vectors}
        entries = sorted(names.directory.iterdir())
        found += [e for e in entries if any(e.name.startswith(b) and e.suffix == suffix for b, suffix in begins)]
    return list(dict.fromkeys(found))


def _refuse_held(existing: Sequence[Path]) -> None:
    """Refuse results that another program holds open: only Windows hinders, and only there this rename says so."""
    for path in existing:
        try:
            path.rename(path)
        except OSError as error:
            raise OutputError(
                ErrorCode.OUTPUT_NOT_WRITABLE,
                f"{path.name} cannot be replaced: {error.strerror}. Close programs that have it open, or choose "
                "another name.",
            ) from error


def _make_directory(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        probe = directory / f".uhr-write-test-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OutputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"Nothing can be written in {directory}: {error.strerror}. Choose another folder.",
        ) from error
