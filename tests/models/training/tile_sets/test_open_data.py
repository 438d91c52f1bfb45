"""The committed label polygons and the split of places fit the open imagery."""

import os
from pathlib import Path

import pytest

from uhr_landcover.models.legend import load_legend
from uhr_landcover.models.training import config
from uhr_landcover.models.training.tile_sets.label_polygons import check_image_file, read_label_polygons
from uhr_landcover.models.training.tile_sets.sampler import TileScene
from uhr_landcover.models.training.tile_sets.table import load_place_split, read_tile_table, split_by_place

ROOT = Path(config.__file__).resolve().parents[2]
DATA = Path(os.environ.get("UHR_DATA", ROOT.parent / "shared" / "data"))
LEGEND = load_legend("deepglobe")
POLYGONS = read_label_polygons(ROOT / "training_labels", LEGEND)


@pytest.fixture
def tiles():
    if not (DATA / "open2").is_dir():
        pytest.skip(f"no open imagery in {DATA}")
    return read_tile_table(DATA / "open2")


def test_label_polygons_lie_inside_their_images():
    outside = [
        (name, ring)
        for name, drawn in POLYGONS.items()
        for ring in (polygon.ring for polygon in drawn.polygons)
        if any(not (0 <= x <= drawn.width and 0 <= y <= drawn.height) for x, y in ring)
    ]

    assert outside == []


def test_label_polygons_belong_to_the_images_of_the_data_folder(tiles):
    images = {tile.name: tile.image for tile in tiles}

    for name, drawn in POLYGONS.items():
        check_image_file(images[name], drawn)


def test_split_of_places_trains_on_settled_and_inferred_terms_alone(tiles):
    parts = split_by_place(tiles, load_place_split("open2"))

    assert all(tile.may_train for tile in parts["train"])
    assert not {t.place for t in parts["train"]} & {t.place for t in (*parts["validate"], *parts["test"])}


def test_label_polygons_add_labels_to_every_image_they_name(tiles):
    for tile in (t for t in tiles if t.name in POLYGONS):
        before = TileScene(tile.name, tile, LEGEND).load()[1]
        after = TileScene(tile.name, tile, LEGEND, POLYGONS[tile.name]).load()[1]

        assert int((before == 255).sum()) > int((after == 255).sum())
        assert (after[before != 255] == before[before != 255]).all()
