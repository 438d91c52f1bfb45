"""Tile tables and splits by place, on small folders."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from uhr_landcover.models.errors import DataError
from uhr_landcover.models.training.tile_sets import table
from uhr_landcover.models.training.tile_sets.table import (
    PlaceSplit,
    load_place_split,
    read_tile_table,
    split_by_place,
)

ROWS = (
    ("meadow_1", "Meadow", "0.5", "settled"),
    ("meadow_2", "Meadow", "0.5", "inferred"),
    ("town_1", "Town", "1", "share-alike: measure only"),
)


def write_tiles(folder: Path, rows=ROWS, header: str = "name,place,metres_per_px,terms_state") -> Path:
    for name in ("images", "masks"):
        (folder / name).mkdir(parents=True)
        for row in rows:
            Image.fromarray(np.zeros((4, 4), np.uint8)).save(folder / name / f"{row[0]}.png")
    (folder / "tiles.csv").write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")
    return folder


def test_table_gives_resolution_place_and_terms_of_each_tile(tmp_path):
    tiles = read_tile_table(write_tiles(tmp_path))

    assert [(t.name, t.place, t.metres_per_px, t.may_train) for t in tiles] == [
        ("meadow_1", "Meadow", 0.5, True),
        ("meadow_2", "Meadow", 0.5, True),
        ("town_1", "Town", 1.0, False),
    ]


def test_table_without_a_column_is_refused(tmp_path):
    folder = write_tiles(tmp_path, header="name,place,metres,terms_state")

    with pytest.raises(DataError, match="lacks the columns \\['metres_per_px'\\]"):
        read_tile_table(folder)


def test_table_with_a_lost_image_is_refused(tmp_path):
    folder = write_tiles(tmp_path)
    (folder / "images" / "town_1.png").unlink()

    with pytest.raises(DataError, match=r"not there: town_1\.png"):
        read_tile_table(folder)


@pytest.mark.parametrize("resolution", ["0", "-1", "fine", ""])
def test_table_with_an_impossible_resolution_is_refused(tmp_path, resolution):
    folder = write_tiles(tmp_path, rows=[("meadow_1", "Meadow", resolution, "settled")])

    with pytest.raises(DataError, match="ground resolution"):
        read_tile_table(folder)


def test_split_puts_every_place_on_one_side(tmp_path):
    parts = split_by_place(read_tile_table(write_tiles(tmp_path)), PlaceSplit(validate=(), test=("Town",)))

    assert {part: [t.name for t in tiles] for part, tiles in parts.items()} == {
        "train": ["meadow_1", "meadow_2"],
        "validate": [],
        "test": ["town_1"],
    }


def test_split_refuses_to_train_on_tiles_that_may_only_be_measured(tmp_path):
    tiles = read_tile_table(write_tiles(tmp_path))

    with pytest.raises(DataError, match="measured, not trained on: Town"):
        split_by_place(tiles, PlaceSplit(validate=("Meadow",), test=()))


def test_split_refuses_places_that_have_no_tile(tmp_path):
    tiles = read_tile_table(write_tiles(tmp_path))

    with pytest.raises(DataError, match="without a tile: Moon"):
        split_by_place(tiles, PlaceSplit(validate=("Moon",), test=("Town",)))


def test_split_file_with_a_place_on_both_sides_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "SPLIT_DIR", tmp_path)
    (tmp_path / "both.json").write_text(json.dumps({"validate_places": ["A"], "test_places": ["A", "B"]}))

    with pytest.raises(DataError, match="both sides: A"):
        load_place_split("both")
