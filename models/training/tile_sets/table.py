"""Tile table: the labelled tiles of a folder, with place, ground resolution and terms of each.

images/NAME.png    8-bit red, green, blue
masks/NAME.png     palette PNG, index = class id
tiles.csv          a row per tile
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ...errors import DataError
from ..chips import listed
from ..splits import SPLIT_DIR

TABLE_NAME = "tiles.csv"
COLUMNS = ("name", "place", "metres_per_px", "terms_state")
MAY_TRAIN = ("settled", "inferred")
"""States of terms under which a tile may train what ships; all others are for measuring only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledTile:
    """A tile on disk.

    Attributes:
        name: File stem of image and mask.
        place: Where it was taken; a place stands on one side of a split.
        metres_per_px: Ground resolution.
        may_train: Whether its terms allow to train what ships.
        image: Image file.
        mask: Mask file.
    """

    name: str
    place: str
    metres_per_px: float
    may_train: bool
    image: Path
    mask: Path


def read_tile_table(folder: Path) -> tuple[LabelledTile, ...]:
    """Return the tiles of a folder, in the order of its table.

    Raises:
        DataError: If there is no table, a column or a file is missing, or a value is of the wrong kind.
    """
    path = Path(folder) / TABLE_NAME
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"The tile table {path} cannot be read: {error}.") from error
    if not rows:
        raise DataError(f"The tile table {path} has no rows. Expected one row per tile.")
    if missing := [column for column in COLUMNS if column not in rows[0]]:
        raise DataError(f"The tile table {path} lacks the columns {missing}; it has {sorted(rows[0])}.")
    tiles = tuple(_tile(Path(folder), row) for row in rows)
    if lost := [str(p.name) for t in tiles for p in (t.image, t.mask) if not p.is_file()]:
        raise DataError(f"The tile table {path} names files that are not there: {listed(lost)}.")
    return tiles


def _tile(folder: Path, row: dict[str, str]) -> LabelledTile:
    name = row["name"]
    try:
        resolution = float(row["metres_per_px"])
    except (TypeError, ValueError):
        resolution = 0.0
    if not 0 < resolution < 1e3 or not name or Path(name).name != name:
        raise DataError(f"Tile {name!r} has no plain name or no ground resolution: found {row['metres_per_px']!r}.")
    return LabelledTile(
        name=name,
        place=row["place"],
        metres_per_px=resolution,
        may_train=row["terms_state"] in MAY_TRAIN,
        image=folder / "images" / f"{name}.png",
        mask=folder / "masks" / f"{name}.png",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSplit:
    """Which places follow the training, which are for the card's figures; the rest trains.

    Attributes:
        validate: Places to choose by.
        test: Places that nothing was chosen by.
    """

    validate: tuple[str, ...]
    test: tuple[str, ...]

    def of(self, place: str) -> str:
        """Return "validate", "test" or "train"."""
        if place in self.validate:
            return "validate"
        return "test" if place in self.test else "train"


def load_place_split(name: str) -> PlaceSplit:
    """Return a list of places in resources/splits.

    Raises:
        DataError: If there is no such list, or a place stands on both sides.
    """
    path = SPLIT_DIR / f"{name}.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        split = PlaceSplit(validate=tuple(data["validate_places"]), test=tuple(data["test_places"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"The split {name!r} is no list of places: {error}.") from error
    if both := sorted(set(split.validate) & set(split.test)):
        raise DataError(f"The split {name!r} has places on both sides: {listed(both)}.")
    return split


def split_by_place(tiles: Iterable[LabelledTile], split: PlaceSplit) -> dict[str, tuple[LabelledTile, ...]]:
    """Split tiles by place; tiles to train on whose terms do not allow it are refused.

    Raises:
        DataError: If a place of the split has no tile, or a tile would train that may not.
    """
    tiles = tuple(tiles)
    places = {tile.place for tile in tiles}
    if unknown := sorted({*split.validate, *split.test} - places):
        raise DataError(f"The split names places without a tile: {listed(unknown)}.")
    parts = {part: tuple(t for t in tiles if split.of(t.place) == part) for part in ("train", "validate", "test")}
    if forbidden := sorted({t.place for t in parts["train"] if not t.may_train}):
        raise DataError(f"These places may be measured, not trained on: {listed(forbidden)}. Hold them out.")
    return parts
