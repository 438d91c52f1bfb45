"""Events of the engine at work: one JSON object a line on standard output.

Part of the contract between QGIS and the engine: standard library only, Python 3.9 syntax.
"""

import json
from dataclasses import asdict, dataclass, fields
from enum import Enum
from typing import Any, Dict, Optional, Type, Union, get_origin

from .text import sentence

PROTOCOL = 1
CANCEL_LINE = '{"command": "cancel"}'
"""The line that asks a running engine to stop, sent to its standard input."""


MAX_LINE_BYTES = 1_000_000
"""Longest line of the protocol; what is longer is not written, and refused by who reads."""


class ErrorCode(str, Enum):
    """Everything that can go wrong, by name; ui/base/messages.py turns each into a sentence and a remedy."""

    JOB_INVALID = "job_invalid"
    RASTER_NOT_FOUND = "raster_not_found"
    RASTER_UNREADABLE = "raster_unreadable"
    RASTER_UNSUITABLE = "raster_unsuitable"
    BANDS_UNSUITABLE = "bands_unsuitable"
    READ_FAILED = "read_failed"
    OUTPUT_EXISTS = "output_exists"
    OUTPUT_IS_INPUT = "output_is_input"
    OUTPUT_NOT_WRITABLE = "output_not_writable"
    DISK_FULL = "disk_full"
    CHECKPOINT_MISSING = "checkpoint_missing"
    CHECKPOINT_DAMAGED = "checkpoint_damaged"
    CHECKPOINT_UNSUITABLE = "checkpoint_unsuitable"
    DEVICE_UNAVAILABLE = "device_unavailable"
    OUT_OF_MEMORY = "out_of_memory"
    DATA_INVALID = "data_invalid"
    ENVIRONMENT_MISSING = "environment_missing"
    ENGINE_DIED = "engine_died"
    RASTER_CHANGED = "raster_changed"
    JOB_BUSY = "job_busy"
    CANCELLED = "cancelled"
    INTERNAL = "internal"


class Stage(str, Enum):
    """Stages of a run, in order."""

    PREPARE = "prepare"
    CLASSIFY = "classify"
    ASSEMBLE = "assemble"
    POLYGONIZE = "polygonize"
    REPORT = "report"
    TRAIN = "train"
    EVALUATE = "evaluate"


@dataclass(frozen=True)
class Hello:
    """First line of every run: who speaks."""

    protocol: int
    version: str
    pid: int


@dataclass(frozen=True)
class PlanReady:
    """What the run is going to do: the execution plan as JSON data (see engine.presets)."""

    plan: Dict[str, Any]


@dataclass(frozen=True)
class Progress:
    """How far a stage is.

    Attributes:
        stage: Name of the stage.
        done: Units finished.
        total: Units in the stage; 0 if unknown.
        unit: What is counted: "tiles", "strips", "steps".
        eta_s: Estimated seconds to the end of the stage; None if unknown.
    """

    stage: Stage
    done: int
    total: int
    unit: str = "tiles"
    eta_s: Optional[float] = None


@dataclass(frozen=True)
class Preview:
    """A raster of what is finished so far can be looked at; it grows while the run goes on.

    Attributes:
        path: A VRT over the finished tiles, in the job's own folder; gone when the run is complete.
    """

    path: str


@dataclass(frozen=True)
class Note:
    """A sentence worth a line in the log (info) or the user's attention (warning)."""

    level: str
    message: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", sentence(self.message))


@dataclass(frozen=True)
class Result:
    """The run is complete; the data depends on the command (a JobResult for `run`)."""

    data: Dict[str, Any]


@dataclass(frozen=True)
class Failure:
    """The run ended without a result."""

    code: ErrorCode
    message: str
    details: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", sentence(self.message))


@dataclass(frozen=True)
class Answer:
    """Answer to a request of a session that goes on.

    Attributes:
        number: Number of the request.
        request: Its kind.
        data: What was asked for, by kind (docs/teach-session.md).
    """

    number: int
    request: str
    data: Dict[str, Any]


@dataclass(frozen=True)
class Refusal:
    """A request of a session could not be done; the session goes on.

    Attributes:
        number: Number of the request; -1 if the line had none.
        request: Its kind; empty if the line had none.
        code: What went wrong.
        message: Sentence for the user.
    """

    number: int
    request: str
    code: ErrorCode
    message: str


Event = Union[Hello, PlanReady, Progress, Preview, Note, Result, Failure, Answer, Refusal]

_TYPES: Dict[str, Type[Any]] = {
    "hello": Hello,
    "plan": PlanReady,
    "progress": Progress,
    "preview": Preview,
    "note": Note,
    "result": Result,
    "error": Failure,
    "answer": Answer,
    "refused": Refusal,
}
_NAMES = {cls: name for name, cls in _TYPES.items()}


def encode(event: Event) -> str:
    """Return an event as one line of JSON, without the line break."""
    data = {"event": _NAMES[type(event)], **asdict(event)}
    return json.dumps(data, ensure_ascii=True, default=lambda value: value.value)


def encode_fitting(event: Event) -> str:
    """Return an event as one line that is not too long: of a failure its end, of a result without its longest parts.

    What a result leaves out stands in the files that the command has written; ``left_out`` names it.
    """
    line = encode(event)
    if len(line) <= MAX_LINE_BYTES:
        return line
    if isinstance(event, Failure):
        return encode(Failure(event.code, event.message[:20_000], event.details[-50_000:]))
    if isinstance(event, Note):
        return encode(Note(event.level, event.message[:20_000]))
    data: Dict[str, Any] = dict(asdict(event).get("data", {}))
    left_out = []
    while data and len(line) > MAX_LINE_BYTES:
        longest = max(data, key=lambda name: len(json.dumps(data[name], default=str)))
        del data[longest]
        left_out.append(longest)
        line = encode(Result({**data, "left_out": sorted(left_out)}))
    return line


def decode(line: str) -> Optional[Event]:
    """Return the event of a line, or None if the line is not one of ours.

    A library that prints must not break the protocol, so foreign lines are not errors. Fields
    that a newer engine added are ignored. A line longer than any of ours is foreign too.
    """
    if len(line) > MAX_LINE_BYTES:
        return None
    try:
        data = json.loads(line)
        cls = _TYPES[data.pop("event")]
        picked = {f.name: data[f.name] for f in fields(cls) if f.name in data}
        if cls is Progress:
            picked["stage"] = Stage(picked["stage"])
        if cls in (Failure, Refusal):
            picked["code"] = ErrorCode(picked["code"])
        if not all(_fits(picked[f.name], f.type) for f in fields(cls) if f.name in picked):
            return None
        return cls(**picked)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _fits(value: Any, kind: Any) -> bool:
    """Return whether a value may stand in a field: who shows it counts on its kind."""
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == Optional[float]:
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return value is None or (is_number and abs(value) < 1e18)
    return isinstance(value, dict if get_origin(kind) is dict else kind)
