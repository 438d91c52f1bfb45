"""Checks of a run's results, before it begins: nothing that the run reads or that somebody made is lost."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ..contract.job import VectorFormat
from ..contract.names import JOURNAL
from ..plan.outputs import OutputNames
from ..plan.run_plan import RunPlan
from ..system.errors import ErrorCode, OutputError
from ..system.guard import refuse_inputs
from ..system.side_files import refuse_in_use, side_files
from ..tiles.journal import read_journal


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
