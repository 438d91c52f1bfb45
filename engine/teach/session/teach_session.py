"""Teach session: one raster, the view of it, the examples so far; every request has its answer as JSON-ready data."""

from __future__ import annotations

import datetime
import time
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from ....models.errors import DataError
from ...contract.teach import (
    AgreementRequest,
    Example,
    ExamplesRequest,
    NextRequest,
    Request,
    SaveRequest,
    ViewRequest,
)
from ...raster.placement import shapes_in_pixels
from ...system.errors import InvalidJob
from ..examples.example_layer import ExampleNote, Examples, clean_examples
from ..examples.taught_classes import ExampleClass
from ..features.feature_store import FeatureStore
from ..lesson import Lesson, check_out, learn, save_lesson
from .view import View, place_of, plan_view
from .view_map import class_counts, classify_view, write_view
from .where_next import places_of

LAYER = "the layer"
"""What messages call what was drawn."""

MAPS_KEPT = 2
"""Maps of a view that stay on the disk: the one on the screen and the next."""


class TeachSession:
    """A raster that is being taught.

    Args:
        store: Its features.
        folder: Where maps of the view are written.
    """

    def __init__(self, store: FeatureStore, folder: Path) -> None:
        self._store, self._folder = store, folder
        self._grid, self._tiles = store.source.info.grid, store.source.tiles
        self._asked = ExamplesRequest(-1)
        self._view: View | None = None
        self._examples: Examples | None = None
        self._lesson: Lesson | None = None
        self._sentence = "Draw an example of two classes at least."
        self._notes: tuple[ExampleNote, ...] = ()
        self._maps = 0

    def answer(self, request: Request) -> dict[str, Any]:
        """Do a request; return the data of its answer.

        Raises:
            DataError: If the request does not fit what is there; nothing is lost.
            UhrError: If it cannot be done.
            Cancelled: If asked to stop.
        """
        started = time.monotonic()
        data = self._answer(request)
        return {**data, "seconds": round(time.monotonic() - started, 3)}

    def _answer(self, request: Request) -> dict[str, Any]:
        if isinstance(request, ViewRequest):
            self._view = plan_view(request.bounds, self._grid, self._tiles)
            return self._map_data()
        if isinstance(request, ExamplesRequest):
            self._take(request)
            return self._map_data()
        if isinstance(request, NextRequest):
            return {"places": self._places(request.count)}
        if isinstance(request, AgreementRequest):
            return self._agreement_data()
        if isinstance(request, SaveRequest):
            return self._saved(request)
        raise InvalidJob("This request is not known to the session.")

    def _take(self, request: ExamplesRequest) -> None:
        """Learn from examples; what is wrong with them becomes a sentence or notes."""
        self._asked, self._examples, self._lesson, self._notes, self._sentence = request, None, None, (), ""
        try:
            self._examples = _examples_of(request, self._store)
            self._notes = self._examples.notes
            lesson = learn(
                self._examples,
                self._store,
                shares=request.shares,
                unclassified_below=request.unclassified_below,
            )
        except (DataError, InvalidJob) as error:
            self._sentence = str(error)
            return
        self._lesson, self._notes = lesson, (*self._notes, *lesson.notes)

    def _map_data(self) -> dict[str, Any]:
        return {"map": self._map(), "sentence": self._sentence, "notes": [_note_data(note) for note in self._notes]}

    def _map(self) -> dict[str, Any] | None:
        """Make the map of the view; None as long as there is nothing to show."""
        if self._view is None:
            return None
        for tile in self._view.tiles:  # also before there are examples: the first map is then there at once
            self._store.tile(tile)
        if self._lesson is None:
            return None
        lesson, view = self._lesson, self._view
        class_ids = classify_view(
            view, self._tiles, self._store.tile, lesson.head_map(self._store.source.reader.channels)
        )
        path = self._next_path()
        write_view(path, class_ids, view.window, self._grid, self._tiles, lesson.legend)
        return {
            "path": str(path),
            "bounds": list(_bounds(view, self._store)),
            "resolution_m": lesson.resolution_m,
            "legend": lesson.legend.to_dict(),
            "areas": class_counts(class_ids, lesson.legend),
            "shares": dict(zip(_names(lesson), lesson.head.shares, strict=True)),
        }

    def _next_path(self) -> Path:
        """Return the name of a new map, and delete the one before the last."""
        self._maps += 1
        (self._folder / f"view-{self._maps - MAPS_KEPT}.tif").unlink(missing_ok=True)
        return self._folder / f"view-{self._maps}.tif"

    def _places(self, count: int) -> list[dict[str, Any]]:
        lesson, view = self._taught(), self._view
        if view is None:
            raise InvalidJob("There is no view yet. Send the bounds of the map first.")
        to_ground, names = place_of(self._grid.window, self._grid, self._tiles), [c.name for c in lesson.legend.classes]
        data = []
        for place in places_of(lesson, view, self._store, count):
            x, y = to_ground @ (place.x, place.y)
            pair = [names[place.first], names[place.second]]
            data.append(
                {"x": x, "y": y, "class_names": pair, "margin": round(place.margin, 4), "random": place.is_random}
            )
        return data

    def _agreement_data(self) -> dict[str, Any]:
        lesson = self._taught()
        agreement, names = lesson.agreement(), [c.name for c in lesson.legend.classes]
        rows = zip(lesson.left_out.example, lesson.left_out.class_id, lesson.left_out.said, strict=True)
        left_out = [
            {"id": int(lesson.examples.ids[example]), "class_name": names[class_id], "said": names[said]}
            for example, class_id, said in rows
        ]
        return {"sentence": agreement.sentence(), **agreement.to_dict(), "left_out": left_out}

    def _saved(self, request: SaveRequest) -> dict[str, Any]:
        lesson, path = self._taught(), Path(request.path)
        check_out(path, overwrite=request.overwrite)
        agreement, source = lesson.agreement(), self._store.source
        created = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        origin = {"raster": source.info.name, "examples": "drawn", "created": created}
        card = save_lesson(path, lesson, agreement, source, origin)
        return {"checkpoint": str(path), "model": card.name, "sentence": agreement.sentence()}

    def _taught(self) -> Lesson:
        if self._lesson is None:
            raise InvalidJob(self._sentence)
        return self._lesson


def _examples_of(request: ExamplesRequest, store: FeatureStore) -> Examples:
    """Return the usable examples of a request.

    Raises:
        DataError: If there are not examples of two classes.
    """
    info = store.source.info
    if not request.examples:
        raise DataError("Draw an example of two classes at least.")
    shapes = np.array([_shape(example) for example in request.examples], object)
    crs = request.crs or info.grid.crs_wkt or ""
    placed = shapes_in_pixels(shapes, crs, LAYER, info.grid)
    said = [_class(example) for example in request.examples]
    return clean_examples(placed, said, np.array([e.id for e in request.examples]), info.grid, LAYER)


def _shape(example: Example) -> shapely.Geometry:
    """Return the shape of an example; what is no shape yet, or has no end, is empty."""
    shape = shapely.from_wkt(example.wkt, on_invalid="ignore")
    if shape is None or not np.isfinite(shapely.get_coordinates(shape)).all():
        return shapely.Point()
    return shapely.force_2d(shape)


def _class(example: Example) -> ExampleClass:
    return ExampleClass(
        number=example.class_id, name=example.class_name.strip(), subclass=example.subclass.strip(), color=example.color
    )


def _note_data(note: ExampleNote) -> dict[str, Any]:
    return {"message": note.message, "examples": list(note.examples), "place": note.place and list(note.place)}


def _names(lesson: Lesson) -> list[str]:
    return [c.name for c in lesson.legend.classes[1:]]


def _bounds(view: View, store: FeatureStore) -> tuple[float, float, float, float]:
    place = place_of(view.window, store.source.info.grid, store.source.tiles)
    corners = [place @ (x, y) for x in (0, view.window.width) for y in (0, view.window.height)]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
