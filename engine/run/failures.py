"""Failures of a run, in words: the cause as it shows on the disk, and what is kept."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from rasterio._err import CPLE_BaseError
from rasterio.errors import RasterioError

from ..contract.text import size_text
from ..plan.run_plan import RunPlan
from ..system.errors import Cancelled, ErrorCode, OutputError, RasterError
from ..system.files import folder_bytes
from ..system.host import free_disk_bytes
from .job_folder import JobFolder

FULL_BELOW_BYTES = 4 * 1024**2
"""GDAL's writers tell a full disk in many ways, or not at all; less free space than this explains any of them."""

FULL_ERRORS = {errno.ENOSPC, errno.EDQUOT}


def explain(error: Exception, plan: RunPlan, folder: JobFolder) -> Exception:
    """Return the error to raise for one that came up in a run; the same one where nothing more is known.

    Args:
        error: What was caught: ours, the system's or a library's.
        plan: The run.
        folder: Its folder.
    """
    kept = _kept(folder)
    if isinstance(error, Cancelled):
        return Cancelled(kept)
    directory = plan.outputs.directory
    if _is_full(error, directory):
        free = free_disk_bytes(directory)
        rest = plan.execution.predicted_disk_bytes - folder_bytes(folder.path)
        needed = f"about {size_text(rest)}" if rest > free else f"more than {size_text(free)}"
        return OutputError(
            ErrorCode.DISK_FULL,
            f"The disk of {directory} is full: the rest of the run needs {needed}, {size_text(free)} are free. "
            f"Make room and run again. {kept}".strip(),
        )
    if isinstance(error, RasterError):
        return _raster_error(error, plan, kept)
    if not isinstance(error, (OSError, RasterioError, CPLE_BaseError)):
        return error
    text = getattr(error, "strerror", None) or error
    return OutputError(
        ErrorCode.OUTPUT_NOT_WRITABLE,
        f"A result could not be written in {directory}: {text}. Check the disk and run again. {kept}".strip(),
    )


def _kept(folder: JobFolder) -> str:
    state = folder.journal.state
    if not state.done:
        return ""
    return (
        f"{state.done} of {state.total} tiles are finished and kept: the same run goes on from there, and "
        f"jobs '{folder.names.directory}' --delete '{folder.names.stem}' removes them."
    )


def _is_full(error: Exception, directory: Path) -> bool:
    if isinstance(error, RasterError):
        return False
    if isinstance(error, OSError) and error.errno in FULL_ERRORS:
        return True
    could_be = isinstance(error, (OSError, RasterioError, CPLE_BaseError, sqlite3.Error, RuntimeError))
    is_writing = isinstance(error, OutputError) and error.code in (ErrorCode.OUTPUT_NOT_WRITABLE, ErrorCode.DISK_FULL)
    if not could_be and not is_writing:
        return False  # a fault that has nothing to do with writing, on a disk that happens to be almost full
    # SQLite has words of its own for it.
    said = any(text in str(error) for text in ("No space left", "disk is full"))
    return said or free_disk_bytes(directory) < FULL_BELOW_BYTES


def _raster_error(error: RasterError, plan: RunPlan, kept: str) -> RasterError:
    if error.code not in (ErrorCode.READ_FAILED, ErrorCode.RASTER_UNREADABLE, ErrorCode.RASTER_NOT_FOUND):
        return error
    was_local = plan.info.files and not plan.info.path.startswith("/vsi")
    missing = next((f for f in plan.info.files if was_local and not Path(f).exists()), None)
    if missing:
        message = f"{missing} was there when the run began and is gone. Put it back and run again. {kept}"
        return RasterError(ErrorCode.RASTER_NOT_FOUND, message.strip())
    return RasterError(error.code, f"{error} {kept}".strip())
