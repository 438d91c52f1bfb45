"""Requests of a teach session: one JSON object a line on standard input; see docs/teach-session.md.

Part of the contract between QGIS and the engine: standard library only, Python 3.9 syntax.
"""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Dict, Optional, Tuple, Type, Union

from .fields import JobError, check_fields

ESTIMATED, EQUAL = "estimated", "equal"
"""Shares of the classes: as the image shows, or all the same."""


@dataclass(frozen=True)
class Example:
    """A shape with its class, as drawn.

    Attributes:
        id: Number that tells it apart, for notes.
        wkt: Point, line or polygon as well-known text.
        class_id: Number of the class; None where it has none.
        class_name: Name of the class.
        subclass: Name of the subclass; empty for none.
        color: Red, green, blue of the class, 0 to 255; None for no wish.
    """

    id: int
    wkt: str
    class_id: Optional[int] = None
    class_name: str = ""
    subclass: str = ""
    color: Optional[Tuple[int, int, int]] = None

    def __post_init__(self) -> None:
        check_fields(self, "example.")


@dataclass(frozen=True)
class ViewRequest:
    """Look at another part of the raster.

    Attributes:
        number: Number of the request.
        bounds: left, bottom, right, top in the raster's CRS (pixels where it has none, lines as negative y).
    """

    number: int
    bounds: Tuple[float, float, float, float]

    def __post_init__(self) -> None:
        check_fields(self)
        if not (self.bounds[0] < self.bounds[2] and self.bounds[1] < self.bounds[3]):
            raise JobError(f"The view {list(self.bounds)} is empty; expected left < right and bottom < top.")


@dataclass(frozen=True)
class ExamplesRequest:
    """All examples, after every edit.

    Attributes:
        number: Number of the request.
        examples: The examples.
        crs: Their CRS as authority id or WKT; empty for the raster's own.
        shares: How common classes are taken to be: "estimated", "equal", or a share for each class name.
        unclassified_below: Pixels whose best class is less likely become "unclassified"; 0 for none.
    """

    number: int
    examples: Tuple[Example, ...] = ()
    crs: str = ""
    shares: Any = ESTIMATED
    unclassified_below: float = 0.0

    def __post_init__(self) -> None:
        check_fields(self)
        named = isinstance(self.shares, dict) and all(
            isinstance(v, (int, float)) and not isinstance(v, bool) and 0 < v < 1e12 for v in self.shares.values()
        )
        if self.shares not in (ESTIMATED, EQUAL) and not named:
            raise JobError(f"'shares' is {self.shares!r}; expected 'estimated', 'equal' or a share above 0 a class.")
        if not 0 <= self.unclassified_below < 1:
            raise JobError(f"'unclassified_below' is {self.unclassified_below}; expected a probability of 0 to 1.")


@dataclass(frozen=True)
class NextRequest:
    """Where would another example help most?

    Attributes:
        number: Number of the request.
        count: How many places.
    """

    number: int
    count: int = 10

    def __post_init__(self) -> None:
        check_fields(self)
        if not 1 <= self.count <= 1000:
            raise JobError(f"'count' is {self.count}; expected 1 to 1000 places.")


@dataclass(frozen=True)
class AgreementRequest:
    """How many left-out examples are recognised?"""

    number: int

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True)
class SaveRequest:
    """Write the model.

    Attributes:
        number: Number of the request.
        path: Checkpoint to make, a .safetensors file.
        overwrite: Whether an older one may be replaced.
    """

    number: int
    path: str
    overwrite: bool = False

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True)
class CloseRequest:
    """End the session."""

    number: int

    def __post_init__(self) -> None:
        check_fields(self)


Request = Union[ViewRequest, ExamplesRequest, NextRequest, AgreementRequest, SaveRequest, CloseRequest]

REQUESTS: Dict[str, Type[Any]] = {
    "view": ViewRequest,
    "examples": ExamplesRequest,
    "next": NextRequest,
    "agreement": AgreementRequest,
    "save": SaveRequest,
    "close": CloseRequest,
}
"""Kind → type of its request."""

_KINDS = {cls: kind for kind, cls in REQUESTS.items()}


def kind_of(request: Request) -> str:
    """Return the kind of a request, as it stands in its line and in its answer."""
    return _KINDS[type(request)]


def encode_request(request: Request) -> str:
    """Return a request as one line of JSON, without the line break."""
    return json.dumps({"request": kind_of(request), **asdict(request)}, ensure_ascii=True)


def decode_request(line: str) -> Request:
    """Return the request of a line.

    Raises:
        JobError: If the line is none, lacks a field or holds one of the wrong kind.
    """
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise JobError(f"A request is not valid JSON: {error}.") from error
    kind = data.get("request") if isinstance(data, dict) else None
    cls = REQUESTS.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise JobError(f"There is no such request; known are {', '.join(REQUESTS)}.")
    picked = {f.name: data[f.name] for f in fields(cls) if f.name in data}
    try:
        if cls is ExamplesRequest:
            picked["examples"] = tuple(_example(row) for row in picked.get("examples", ()))
        return cls(**picked)
    except JobError:
        raise
    except (TypeError, ValueError) as error:
        raise JobError(f"The request {data['request']!r} cannot be understood: {error}.") from error


def _example(row: Dict[str, Any]) -> Example:
    return Example(**{f.name: row[f.name] for f in fields(Example) if f.name in row})
