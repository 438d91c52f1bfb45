"""Batches of records as an Arrow C stream, which is how GDAL takes many features in one pass.

Written with ctypes after the Arrow C data interface, because pyarrow is a large package to carry for five column
types. Nothing here knows what the records mean.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

Column = np.ndarray | Sequence[bytes]
Batch = Sequence[Column]
"""One column per field: an array for the number types, a sequence of bytes for BINARY and TEXT. NaN means null."""


class ColumnType(Enum):
    """Column types, with their names in the Arrow C data interface."""

    INT32 = b"i"
    INT64 = b"l"
    FLOAT64 = b"g"
    TEXT = b"U"
    BINARY = b"Z"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """Name and type of a column."""

    name: str
    type: ColumnType


class _Schema(ctypes.Structure):
    pass


class _Array(ctypes.Structure):
    pass


class _Stream(ctypes.Structure):
    pass


_SCHEMA_RELEASE = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Schema))
_ARRAY_RELEASE = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Array))
_STREAM_RELEASE = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Stream))
_GET_SCHEMA = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Schema))
_GET_NEXT = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Array))
_GET_LAST_ERROR = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.POINTER(_Stream))

_Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(_Schema))),
    ("dictionary", ctypes.c_void_p),
    ("release", _SCHEMA_RELEASE),
    ("private_data", ctypes.c_void_p),
]
_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(_Array))),
    ("dictionary", ctypes.c_void_p),
    ("release", _ARRAY_RELEASE),
    ("private_data", ctypes.c_void_p),
]
_Stream._fields_ = [
    ("get_schema", _GET_SCHEMA),
    ("get_next", _GET_NEXT),
    ("get_last_error", _GET_LAST_ERROR),
    ("release", _STREAM_RELEASE),
    ("private_data", ctypes.c_void_p),
]

_NULLABLE = 2
_EIO = 5


@_SCHEMA_RELEASE
def _release_schema(schema: ctypes.POINTER(_Schema)) -> None:
    schema.contents.release = _SCHEMA_RELEASE(0)


@_ARRAY_RELEASE
def _release_array(array: ctypes.POINTER(_Array)) -> None:
    array.contents.release = _ARRAY_RELEASE(0)


@_STREAM_RELEASE
def _release_stream(stream: ctypes.POINTER(_Stream)) -> None:
    stream.contents.release = _STREAM_RELEASE(0)


class ArrowStream:
    """Hands batches to a consumer of the Arrow C stream interface, once.

    The consumer must be done when the object is let go; memory of a batch lives until the next but one is asked for.

    Args:
        columns: Columns in the order of the batches' columns.
        batches: Called for nothing but the next batch; an exception ends the stream and is kept in `error`.
    """

    def __init__(self, columns: Sequence[ColumnSpec], batches: Iterator[Batch]) -> None:
        self.error: BaseException | None = None
        self._columns = tuple(columns)
        self._batches = batches
        self._schema_parts: list[object] = []
        self._array_parts: list[object] = []
        self._older_parts: list[object] = []
        self._stream = _Stream(
            get_schema=_GET_SCHEMA(self._get_schema),
            get_next=_GET_NEXT(self._get_next),
            get_last_error=_GET_LAST_ERROR(lambda _: None),
            release=_release_stream,
        )

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the capsule that the Arrow PyCapsule protocol asks for."""
        new: Callable = ctypes.pythonapi.PyCapsule_New
        new.restype = ctypes.py_object
        new.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
        return new(ctypes.addressof(self._stream), b"arrow_array_stream", None)

    def _get_schema(self, _: object, out: ctypes.POINTER(_Schema)) -> int:
        children = [
            _Schema(format=c.type.value, name=c.name.encode(), flags=_NULLABLE, release=_release_schema)
            for c in self._columns
        ]
        pointers = (ctypes.POINTER(_Schema) * len(children))(*map(ctypes.pointer, children))
        self._schema_parts += [children, pointers]
        _fill(
            out.contents,
            _Schema(format=b"+s", name=b"", n_children=len(children), children=pointers, release=_release_schema),
        )
        return 0

    def _get_next(self, _: object, out: ctypes.POINTER(_Array)) -> int:
        try:
            batch = next(self._batches, None)
            _fill(out.contents, _Array() if batch is None else self._record(batch))
        except BaseException as error:
            self.error = error
            return _EIO
        return 0

    def _record(self, batch: Batch) -> _Array:
        self._older_parts, self._array_parts = self._array_parts, []
        children = [self._child(c.type, values) for c, values in zip(self._columns, batch, strict=True)]
        pointers = (ctypes.POINTER(_Array) * len(children))(*map(ctypes.pointer, children))
        no_buffer = (ctypes.c_void_p * 1)(None)
        self._array_parts += [children, pointers, no_buffer]
        return _Array(
            length=len(batch[0]),
            n_buffers=1,
            buffers=no_buffer,
            n_children=len(children),
            children=pointers,
            release=_release_array,
        )

    def _child(self, column_type: ColumnType, values: Column) -> _Array:
        if column_type in (ColumnType.TEXT, ColumnType.BINARY):
            return self._array(len(values), 0, None, *_joined(values))
        kinds = {ColumnType.INT32: np.int32, ColumnType.INT64: np.int64, ColumnType.FLOAT64: np.float64}
        numbers = np.ascontiguousarray(values, kinds[column_type])
        missing = np.isnan(numbers)
        if not missing.any():
            return self._array(len(numbers), 0, None, numbers)
        return self._array(len(numbers), int(missing.sum()), np.packbits(~missing, bitorder="little"), numbers)

    def _array(self, length: int, null_count: int, *buffers: np.ndarray | None) -> _Array:
        addresses = (ctypes.c_void_p * len(buffers))(*(None if b is None else b.ctypes.data for b in buffers))
        self._array_parts += [buffers, addresses]
        return _Array(
            length=length, null_count=null_count, n_buffers=len(buffers), buffers=addresses, release=_release_array
        )


def _joined(values: Sequence[bytes]) -> tuple[np.ndarray, np.ndarray]:
    offsets = np.zeros(len(values) + 1, np.int64)
    np.cumsum([len(v) for v in values], out=offsets[1:])
    # One byte more, because an empty buffer has no address.
    return offsets, np.frombuffer(b"".join(values) + b"\0", np.uint8)


def _fill(target: ctypes.Structure, source: ctypes.Structure) -> None:
    ctypes.memmove(ctypes.addressof(target), ctypes.addressof(source), ctypes.sizeof(source))
