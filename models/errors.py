"""Errors of checkpoints and training data; the messages are sentences for people."""


class ModelError(Exception):
    """Base of the errors that `models` raises on purpose."""


class CheckpointError(ModelError):
    """A checkpoint does not fit what is asked of it (method, bands, classes)."""


class CheckpointMissing(CheckpointError):
    """There is no checkpoint where one was expected."""


class CheckpointDamaged(CheckpointError):
    """A checkpoint file is truncated, altered or not a checkpoint at all."""


class DataError(ModelError):
    """Training or evaluation data cannot be used."""
