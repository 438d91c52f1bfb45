"""The engine's errors: each says in one sentence what was found, what was expected and what to do.

UhrError
├── RasterError            RASTER_NOT_FOUND, RASTER_UNREADABLE, RASTER_UNSUITABLE, RASTER_CHANGED, BANDS_UNSUITABLE,
│                          READ_FAILED
├── OutputError            OUTPUT_EXISTS, OUTPUT_IS_INPUT, OUTPUT_NOT_WRITABLE, DISK_FULL, JOB_BUSY
├── DeviceError            DEVICE_UNAVAILABLE, OUT_OF_MEMORY
├── InvalidJob             JOB_INVALID
└── Cancelled              CANCELLED

Errors of checkpoints and training data are raised by `models` (see models/errors.py) and mapped
to codes by `code_of`.
"""

from __future__ import annotations

import errno

from ...models.errors import CheckpointDamaged, CheckpointError, CheckpointMissing, DataError
from ..contract.events import ErrorCode
from ..contract.job import JobError


class UhrError(Exception):
    """Base of the engine's errors; `code` says which kind, the message is for people."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.code = code


class RasterError(UhrError):
    """The raster to classify cannot be used."""


class OutputError(UhrError):
    """A result cannot be written where it was asked for."""


class DeviceError(UhrError):
    """The device is not there or has too little memory."""


class InvalidJob(UhrError):
    """The job contradicts itself, the raster or the model."""

    def __init__(self, message: str) -> None:
        super().__init__(ErrorCode.JOB_INVALID, message)


class Cancelled(UhrError):
    """The user asked to stop."""

    def __init__(self, kept: str = "") -> None:
        super().__init__(ErrorCode.CANCELLED, f"The run was cancelled.{kept and ' ' + kept}")


OUT_OF_OUR_HANDS = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ENAMETOOLONG, errno.EMFILE, errno.ENFILE, errno.ELOOP,
}  # fmt: skip
"""What the system answers for reasons that lie in its rights and disks, and not in this program."""

FULL = {errno.ENOSPC, errno.EDQUOT}


def as_expected(error: Exception) -> Exception:
    """Return the system's refusal of a file as one of our errors; others as they are.

    A file or folder without the right to read or write it can come up anywhere in a command.
    """
    if not isinstance(error, OSError) or error.errno not in OUT_OF_OUR_HANDS | FULL:
        return error
    name = error.filename2 or error.filename or "A file"
    if error.errno in FULL:
        return OutputError(ErrorCode.DISK_FULL, f"{name} cannot be written: the disk is full. Make room and try again.")
    return InvalidJob(f"{name} cannot be used: {error.strerror}. Check its rights and those of its folder.")


def code_of(error: BaseException) -> ErrorCode:
    """Return the code under which an exception is reported to the user."""
    if isinstance(error, UhrError):
        return error.code
    if isinstance(error, JobError):
        return ErrorCode.JOB_INVALID
    if isinstance(error, CheckpointMissing):
        return ErrorCode.CHECKPOINT_MISSING
    if isinstance(error, CheckpointDamaged):
        return ErrorCode.CHECKPOINT_DAMAGED
    if isinstance(error, CheckpointError):
        return ErrorCode.CHECKPOINT_UNSUITABLE
    if isinstance(error, DataError):
        return ErrorCode.DATA_INVALID
    if isinstance(error, MemoryError):
        return ErrorCode.OUT_OF_MEMORY
    return ErrorCode.INTERNAL
