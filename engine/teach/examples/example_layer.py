"""Examples: shapes with a class in the pixels of a raster, read from any vector layer and cleaned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from ....models.errors import DataError
from ....models.legend import Legend
from ....models.training.chips import listed
from ...raster.grid import RasterGrid
from ...raster.placement import layer_crs, shapes_in_pixels
from ...raster.vector_input import read_vector, shapes_of, vector_info
from .conventions import ExampleFields, find_fields
from .overlaps import Overlap, cut_overlaps
from .taught_classes import ExampleClass, TaughtClasses, taught_classes


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleNote:
    """What is wrong with examples, and was left out or mended.

    Attributes:
        message: Sentence for the user.
        examples: Their feature ids.
        place: Where, in the raster's coordinates; None where it is the whole example.
    """

    message: str
    examples: tuple[int, ...]
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Usable examples.

    Attributes:
        shapes: ``(n,)`` points, lines or polygons, x in columns and y in lines of the raster.
        subclass: ``(n,)`` index of their subclass.
        ids: ``(n,)`` feature ids in the layer.
        classes: Legend and subclasses.
        notes: What was left out or mended.
    """

    shapes: np.ndarray
    subclass: np.ndarray
    ids: np.ndarray
    classes: TaughtClasses
    notes: tuple[ExampleNote, ...] = ()

    @property
    def class_ids(self) -> np.ndarray:
        """``(n,)`` class id of each example."""
        return np.array(self.classes.class_of_subclass)[self.subclass]


def read_examples(
    path: Path, grid: RasterGrid, *, field: str = "", layer: str = "", legend: Legend | None = None
) -> Examples:
    """Read a layer of examples.

    Points, lines and polygons count. Borders that cross themselves are mended, what two classes share is left out,
    and examples without class or off the raster are left out; each with a note.

    Args:
        path: Vector file.
        grid: Grid of the raster.
        field: Column of the class; empty finds it.
        layer: Layer of the file; empty takes the first.
        legend: Classes whose colours are taken by name; None for those that ship.

    Raises:
        DataError: If the file cannot be read, has no class field, or fewer than two classes on the raster.
        InvalidJob: If it cannot be placed on the raster.
    """
    meta, ids, shapes, columns, fields = _read(path, layer, field)
    shapes = shapes_in_pixels(shapes, layer_crs(meta), path.name, grid)
    return clean_examples(shapes, _classes(columns, fields), ids, grid, path.name, legend)


def clean_examples(
    shapes: np.ndarray,
    said: Sequence[ExampleClass],
    ids: np.ndarray,
    grid: RasterGrid,
    name: str,
    legend: Legend | None = None,
) -> Examples:
    """Return the usable ones of examples that lie in the pixels of a raster, with notes on the others.

    Args:
        shapes: ``(n,)`` geometries in pixels.
        said: What each says of its class.
        ids: ``(n,)`` feature ids.
        grid: Grid of the raster.
        name: Name of the layer, for messages.
        legend: Classes whose colours are taken by name.

    Raises:
        DataError: If fewer than two classes have a usable example.
    """
    notes = []
    shapes, mended = _mended(shapes)
    if len(mended):
        notes.append(_note(ids[mended], name, "cross themselves; what their borders enclose was taken"))
    has_class = np.array([one.is_class for one in said], bool)
    raster = shapely.box(0, 0, grid.width, grid.height)
    is_there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    on_raster = is_there & shapely.intersects(shapes, raster)
    if (has_class & ~on_raster).any():
        notes.append(_note(ids[has_class & ~on_raster], name, "lie outside the raster and were left out"))
    if not (has_class & on_raster).any():
        raise DataError(
            f"No example of {name} lies on the raster. Check that both have the right coordinate system, or draw "
            "examples on the raster."
        )
    kept = np.flatnonzero(has_class & on_raster)
    classes, subclass = taught_classes([said[i] for i in kept], legend)
    class_ids = np.array(classes.class_of_subclass)[subclass]
    names = [c.name for c in classes.legend.classes]
    cut, overlaps = cut_overlaps(shapely.intersection(shapes[kept], raster), class_ids)
    is_left = ~shapely.is_empty(cut)
    examples = Examples(
        shapes=cut[is_left],
        subclass=np.array(subclass)[is_left],
        ids=ids[kept][is_left],
        classes=classes,
        notes=(*notes, *_overlap_notes(overlaps, ids[kept], class_ids, grid, names)),
    )
    _check_all_taught(examples)
    return examples


def _overlap_notes(
    overlaps: Sequence[Overlap], ids: np.ndarray, class_ids: np.ndarray, grid: RasterGrid, names: Sequence[str]
) -> list[ExampleNote]:
    notes = []
    for overlap in overlaps:
        x, y = grid.transform @ overlap.place
        first, second = (f"{ids[i]} ({names[class_ids[i]]})" for i in (overlap.first, overlap.second))
        message = f"Examples {first} and {second} overlap at {x:.6g}, {y:.6g}; what they share was left out."
        both = (int(ids[overlap.first]), int(ids[overlap.second]))
        notes.append(ExampleNote(message=message, examples=both, place=(x, y)))
    return notes


def _check_all_taught(examples: Examples) -> None:
    names = [c.name for c in examples.classes.legend.classes]
    lacking = sorted(set(examples.classes.class_of_subclass) - set(examples.class_ids.tolist()))
    if lacking:
        raise DataError(
            f"{listed([names[i] for i in lacking])} has no example left that another class does not cover. "
            "Draw one where only this class is, or delete the class's examples."
        )


def _read(path: Path, layer: str, field: str) -> tuple[dict[str, Any], np.ndarray, np.ndarray, dict, ExampleFields]:
    if not path.exists():
        raise DataError(f"There are no examples at {path}. Name a vector file with a class field.")
    try:
        info = vector_info(path, layer=layer or None)
        fields = find_fields([str(name) for name in info["fields"]], path.name, field)
        meta, ids, wkb, columns = read_vector(
            path, layer=layer or None, columns=list(fields.columns), force_2d=True, return_fids=True
        )
        if wkb is None:
            raise DataError(f"{path.name} has no shapes. Name a layer of points, lines or polygons.")
        shapes = shapes_of(wkb, path.name)
    except (DataSourceError, DataLayerError, ValueError) as error:
        raise DataError(f"The examples {path} cannot be read: {error}.") from error
    by_name = dict(zip((str(name) for name in meta["fields"]), columns, strict=True))
    return meta, ids, shapes, by_name, fields


def _classes(columns: dict[str, np.ndarray], fields: ExampleFields) -> list[ExampleClass]:
    count = len(next(iter(columns.values())))

    def column(name: str) -> list[Any]:
        return columns[name].tolist() if name else [None] * count

    colors = list(zip(*(column(name) for name in fields.color), strict=True)) if fields.color else [None] * count
    rows = zip(
        column(fields.class_id), column(fields.class_name), column(fields.subclass_id), column(fields.subclass_name),
        colors, strict=True,
    )  # fmt: skip
    return [_class(*row) for row in rows]


def _class(number: Any, name: Any, subclass_number: Any, subclass_name: Any, color: Any) -> ExampleClass:
    number, name = _whole(number), _text(name)
    if number is None and name.removeprefix("-").isdecimal():  # a column of numbers that the user named
        number, name = int(name), ""
    subclass = _text(subclass_name)
    if not subclass and _whole(subclass_number) is not None:
        subclass = str(_whole(subclass_number))
    values = [_whole(v) for v in color] if color else []
    known = tuple(values) if len(values) == 3 and all(v is not None and 0 <= v < 256 for v in values) else None
    return ExampleClass(number=number, name=name, subclass=subclass, color=known)


def _whole(value: Any) -> int | None:
    """Return a whole number, also from text or a float column; None for all else."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return int(number) if number == number and number == int(number) else None


def _text(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value).strip()


def _mended(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return shapes whose borders do not cross themselves, and which had to be changed."""
    is_bad = ~shapely.is_missing(shapes) & ~shapely.is_valid(shapes)
    if not is_bad.any():
        return shapes, np.array([], np.int64)
    result = shapes.copy()
    result[is_bad] = shapely.make_valid(shapes[is_bad])
    return result, np.flatnonzero(is_bad)


def _note(ids: np.ndarray, name: str, what: str) -> ExampleNote:
    kind = "example" if len(ids) == 1 else "examples"
    listing = listed(ids.tolist(), 5)
    return ExampleNote(message=f"{len(ids)} {kind} of {name} (feature {listing}) {what}.", examples=tuple(ids.tolist()))
