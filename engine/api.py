"""Python interface of the engine: a function for each request, which takes a frozen description and a context.

The command line calls the same functions, so that both do the same. Each works in the calling process and returns when
the files that it makes are complete under their final names; what fails leaves nothing half-made. Sizes are in pixels,
metres, square metres and bytes, as their names say. Errors are `UhrError`, of which `Cancelled` is one, `JobError`,
`CheckpointError` and `DataError`; each says in one sentence what was found and what to do.

A script calls `configure_process` first, before PyTorch is loaded. Events and a way to stop go into a `RunContext`;
without one, nobody watches. docs/python.md shows each request.
"""

from __future__ import annotations

from ..models.errors import CheckpointError, DataError
from .contract.job import (
    AreaOfInterest,
    Augmentation,
    JobError,
    JobResult,
    Method,
    OutputSpec,
    PolygonSpec,
    Preset,
    RasterFormat,
    ReadErrorPolicy,
    SegmentationJob,
    VectorFormat,
)
from .requests.areas import AreasResult, AreasSpec, PolygonLayer, areas
from .requests.evaluate import EvaluateSpec, Evaluation, evaluate
from .requests.fine_tune import FineTuneSpec, fine_tune
from .requests.picture import PictureSpec, picture
from .requests.plan import plan
from .requests.segment import resume, segment, segment_many
from .requests.teach import TeachSpec, teach
from .requests.train import TrainingRun, train
from .requests.vectorize import VectorizeResult, VectorizeSpec, vectorize
from .system.errors import Cancelled, UhrError
from .system.process_settings import configure_process
from .system.run_context import QUIET, RunContext

__all__ = [
    "QUIET",
    "AreaOfInterest",
    "AreasResult",
    "AreasSpec",
    "Augmentation",
    "Cancelled",
    "CheckpointError",
    "DataError",
    "EvaluateSpec",
    "Evaluation",
    "FineTuneSpec",
    "JobError",
    "JobResult",
    "Method",
    "OutputSpec",
    "PictureSpec",
    "PolygonLayer",
    "PolygonSpec",
    "Preset",
    "RasterFormat",
    "ReadErrorPolicy",
    "RunContext",
    "SegmentationJob",
    "TeachSpec",
    "TrainingRun",
    "UhrError",
    "VectorFormat",
    "VectorizeResult",
    "VectorizeSpec",
    "areas",
    "configure_process",
    "evaluate",
    "fine_tune",
    "picture",
    "plan",
    "resume",
    "segment",
    "segment_many",
    "teach",
    "train",
    "vectorize",
]
