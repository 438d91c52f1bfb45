"""Label polygons: what they fill, and that they only fall on the image they were drawn on."""

import hashlib
import json

import numpy as np
import pytest

from uhr_landcover.models.errors import DataError
from uhr_landcover.models.legend import load_legend
from uhr_landcover.models.training.tile_sets.label_polygons import (
    POLYGONS_FORMAT,
    ImagePolygons,
    LabelPolygon,
    check_image_file,
    fill_unknown,
    read_label_polygons,
)

LEGEND = load_legend("deepglobe")
SQUARE = ((2.0, 2.0), (7.0, 2.0), (7.0, 7.0), (2.0, 7.0))


def polygons(*drawn: LabelPolygon, width: int = 10, height: int = 10, sha256: str = "") -> ImagePolygons:
    return ImagePolygons(sha256=sha256, width=width, height=height, polygons=drawn)


def write_file(path, **changes):
    polygon = {"class_name": "Rangeland", "ring": [list(corner) for corner in SQUARE]}
    image = {"file": "a/b/meadow.png", "sha256": "0", "width": 10, "height": 10, "polygons": [polygon | changes]}
    path.write_text(json.dumps({"format": POLYGONS_FORMAT, "images": [image]}), encoding="utf-8")


def test_fill_unknown_fills_the_inside_and_keeps_what_is_known():
    labels = np.zeros((10, 10), np.uint8)
    labels[:, 5:] = 4

    filled = fill_unknown(labels, polygons(LabelPolygon(3, SQUARE)), 0)

    assert np.array_equal(filled[2:8, 2:5], np.full((6, 3), 3))
    assert np.array_equal(filled[:, 5:], labels[:, 5:])
    assert int((filled == 3).sum()) == 18


def test_fill_unknown_gives_overlaps_to_the_first_polygon():
    both = polygons(LabelPolygon(3, SQUARE), LabelPolygon(2, SQUARE))

    assert set(np.unique(fill_unknown(np.zeros((10, 10), np.uint8), both, 0))) == {0, 3}


def test_fill_unknown_refuses_labels_of_another_size():
    with pytest.raises(DataError, match=r"Labels are 9 × 10 px.*10 × 10 px"):
        fill_unknown(np.zeros((10, 9), np.uint8), polygons(), 0)


def test_check_image_file_refuses_another_image(tmp_path):
    path = tmp_path / "meadow.png"
    path.write_bytes(b"pixels")

    check_image_file(path, polygons(sha256=hashlib.sha256(b"pixels").hexdigest()))
    with pytest.raises(DataError, match="not the image"):
        check_image_file(path, polygons(sha256=hashlib.sha256(b"others").hexdigest()))


def test_read_label_polygons_gives_classes_by_name_and_images_by_stem(tmp_path):
    write_file(tmp_path / "one.json")

    table = read_label_polygons(tmp_path, LEGEND)

    assert table == {"meadow": polygons(LabelPolygon(3, SQUARE), sha256="0")}


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"class_name": "Moon"}, "'Moon' is not in the legend"), ({"ring": [[0, 0], [1, 1]]}, "2 corners")],
)
def test_read_label_polygons_refuses_unknown_classes_and_lines(tmp_path, changes, message):
    write_file(tmp_path / "one.json", **changes)

    with pytest.raises(DataError, match=message):
        read_label_polygons(tmp_path, LEGEND)


def test_read_label_polygons_refuses_an_image_in_two_files(tmp_path):
    write_file(tmp_path / "one.json")
    write_file(tmp_path / "two.json")

    with pytest.raises(DataError, match="another file labels too"):
        read_label_polygons(tmp_path, LEGEND)
