import json
import re

import numpy as np
import pytest
from PIL import Image

from uhr_landcover.models.errors import DataError
from uhr_landcover.models.legend import LandCoverClass, Legend, load_legend
from uhr_landcover.models.training.chip_set import ChipWriter, read_chip_set
from uhr_landcover.models.training.chips import ImagePair, find_pairs, read_mask, read_pair
from uhr_landcover.models.training.splits import load_split, split_by_group, split_by_ids

LEGEND = load_legend("deepglobe")
IDS = np.array([[0, 1, 2, 3], [4, 5, 6, 2]], np.uint8)
COLORS = np.array([c.color for c in LEGEND.classes], np.uint8)[IDS]


def save(values, path, palette=None):
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.fromarray(values)
    if palette is not None:
        picture.putpalette(palette)
    picture.save(path)
    return path


def pair(name):
    return ImagePair(name, f"{name}.jpg", f"{name}.png")


@pytest.mark.parametrize(
    ("values", "palette"),
    [
        (IDS, None),
        (IDS, [9, 9, 9] * 7),
        (COLORS, None),
        (np.where(COLORS > 0, 131, 120).astype(np.uint8), None),
        (np.dstack([COLORS, np.full((2, 4), 255, np.uint8)]), None),
        (np.dstack([IDS] * 3), None),
    ],
    ids=["grey index", "palette index", "colours", "colours that are not pure", "colours and alpha", "index as RGB"],
)
def test_read_mask_recognises_its_kind(tmp_path, values, palette):
    path = save(values, tmp_path / "mask.png", palette)

    np.testing.assert_array_equal(read_mask(path, LEGEND), IDS)


def test_read_mask_255_is_left_out(tmp_path):
    path = save(np.array([[2, 255]], np.uint8), tmp_path / "mask.png")

    assert read_mask(path, LEGEND).tolist() == [[2, 255]]


def test_read_mask_foreign_colours_are_listed(tmp_path):
    path = save(np.array([[[255, 0, 0], [0, 255, 0]]], np.uint8), tmp_path / "mask.png")

    with pytest.raises(DataError, match=re.escape("has colours (255, 0, 0) that legend 'deepglobe' lacks")):
        read_mask(path, LEGEND)


def test_read_mask_foreign_values_are_listed(tmp_path):
    path = save(np.array([[7, 3, 99]], np.uint8), tmp_path / "mask.png")

    with pytest.raises(DataError, match="has values 7, 99 that legend"):
        read_mask(path, LEGEND)


def test_read_mask_colours_of_a_legend_with_mixed_tones_are_matched_exactly(tmp_path):
    classes = (
        LandCoverClass(class_id=0, name='a "b"\nc', color=(10, 20, 30)),
        LandCoverClass(class_id=1, name="水", color=(12, 20, 30)),
    )
    path = save(np.array([[[12, 20, 30], [10, 20, 30]]], np.uint8), tmp_path / "mask.png")

    assert read_mask(path, Legend(name="two", title="two", classes=classes)).tolist() == [[1, 0]]


def test_read_pair_gives_colour_and_labels_of_one_size(tmp_path):
    image = save(np.full((2, 4), 77, np.uint8), tmp_path / "a.png")
    mask = save(IDS, tmp_path / "m.png")

    rgb, labels = read_pair(image, mask, LEGEND)

    assert rgb.shape == (2, 4, 3)
    assert rgb.dtype == labels.dtype == np.uint8


def test_read_pair_of_different_sizes_is_refused(tmp_path):
    image = save(np.zeros((5, 4, 3), np.uint8), tmp_path / "a.png")
    mask = save(IDS, tmp_path / "m.png")

    with pytest.raises(DataError, match=r"a\.png is 4 × 5 px but mask m\.png is 4 × 2 px"):
        read_pair(image, mask, LEGEND)


def test_read_pair_damaged_image_is_a_sentence(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")

    with pytest.raises(DataError, match="cannot be read as an image"):
        read_pair(tmp_path / "a.png", save(IDS, tmp_path / "m.png"), LEGEND)


def test_find_pairs_deepglobe_layout_leaves_out_images_without_mask(tmp_path):
    for name in ("7_sat.jpg", "12_sat.jpg", "12_mask.png", "99_mask.png"):
        save(np.zeros((2, 2, 3), np.uint8), tmp_path / name)

    (found,) = find_pairs(tmp_path)

    assert (found.scene, found.image.name, found.mask.name) == ("12", "12_sat.jpg", "12_mask.png")


def test_find_pairs_two_folders_match_by_stem(tmp_path):
    for name in (
        "images/b.jpg",
        "images/a.png",
        "masks_deepglobe/a.png",
        "masks_deepglobe/b.png",
        "masks_original/a.png",
    ):
        save(np.zeros((2, 2, 3), np.uint8), tmp_path / name)

    assert [(p.scene, p.mask.parent.name) for p in find_pairs(tmp_path)] == [
        ("a", "masks_deepglobe"),
        ("b", "masks_deepglobe"),
    ]
    assert [p.scene for p in find_pairs(tmp_path, masks="masks_original")] == ["a"]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "needs one folder named like images"),
        (["images/a.png", "masks/b.png"], "No image in .* has a mask"),
        (["images/a.png", "images/a.jpg", "masks/a.png"], "have the same stem"),
        (["images/a.png", "masks_x/a.png", "masks_y/a.png"], "found masks_x, masks_y"),
    ],
    ids=["empty", "no pair", "two images", "two mask folders"],
)
def test_find_pairs_unclear_folder_is_refused(tmp_path, files, sentence):
    for name in files:
        save(np.zeros((2, 2, 3), np.uint8), tmp_path / name)

    with pytest.raises(DataError, match=sentence):
        find_pairs(tmp_path)


def test_split_by_group_keeps_a_place_on_one_side():
    pairs = [pair(name) for name in ("tile1_a", "tile2_a", "tile12_a", "tile2_b")]

    splits = split_by_group(pairs, pattern=r"tile(\d+)_", held_out={"val": ["2"]})

    assert {k: [p.scene for p in v] for k, v in splits.items()} == {
        "train": ["tile1_a", "tile12_a"],
        "val": ["tile2_a", "tile2_b"],
    }


@pytest.mark.parametrize(
    ("pattern", "held_out", "sentence"),
    [
        ("", {"val": ["c"]}, "'c', which has no scene; groups are a, b"),
        ("", {"val": ["a"], "test": ["a"]}, "stands in splits 'val' and 'test'"),
        ("", {"val": ["a", "b"]}, "Split 'train' is empty"),
        ("x", {}, "'a' does not match"),
        ("(", {}, "is not a regular expression"),
    ],
)
def test_split_by_group_that_cannot_be_is_refused(pattern, held_out, sentence):
    with pytest.raises(DataError, match=sentence):
        split_by_group([pair("a"), pair("b")], pattern=pattern, held_out=held_out)


def test_split_by_ids_takes_the_scenes_that_are_there():
    splits = split_by_ids([pair("5"), pair("7"), pair("8")], {"train": [5, 6], "test": ["8"]})

    assert {k: [p.scene for p in v] for k, v in splits.items()} == {"train": ["5"], "test": ["8"]}


def test_split_by_ids_scene_in_two_splits_is_refused():
    with pytest.raises(DataError, match="stands in splits 'a' and 'b'"):
        split_by_ids([pair("5")], {"a": [5], "b": [5]})


def test_load_split_deepglobe_has_the_published_sizes_and_no_overlap():
    splits = load_split("deepglobe")

    assert {name: len(ids) for name, ids in splits.items()} == {"train": 454, "val": 207, "test": 142}
    assert len({i for ids in splits.values() for i in ids}) == 803


def test_load_split_unknown_name_is_a_sentence():
    with pytest.raises(DataError, match=r"known are .*deepglobe"):
        load_split("elsewhere")


def test_chip_set_is_read_back_and_is_a_folder_of_pairs(tmp_path):
    writer = ChipWriter(tmp_path, LEGEND, chip_px=4, ground_resolution_m=0.5)
    image = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    labels = np.where(IDS == 4, 255, IDS).astype(np.uint8)

    assert writer.add("train", "s", 0, 8, image, labels)
    assert not writer.add("train", "s", 0, 16, image, np.full((2, 4), 255, np.uint8))
    assert writer.add("val", "t", 0, 0, image, IDS)
    writer.finish()

    chips = read_chip_set(tmp_path)
    (found,) = chips.pairs("train")
    got_image, got_labels = read_pair(found.image, found.mask, chips.legend)
    np.testing.assert_array_equal(got_image, image)
    np.testing.assert_array_equal(got_labels, labels)
    assert chips.histogram["train"] == (1, 1, 2, 1, 0, 1, 1, 1)
    assert [p.scene for p in find_pairs(tmp_path)] == ["s_r000000_c000008", "t_r000000_c000000"]
    assert load_split(str(tmp_path / "index.json")) == dict(chips.splits)


def test_chip_set_name_that_leads_out_of_the_folder_is_refused(tmp_path):
    writer = ChipWriter(tmp_path, LEGEND, chip_px=4, ground_resolution_m=None)
    writer.add("train", "s", 0, 0, COLORS, IDS)
    index = writer.finish()
    data = json.loads(index.read_text())
    index.write_text(json.dumps({**data, "train": ["../../secret"]}))

    with pytest.raises(DataError, match="no plain file name"):
        read_chip_set(tmp_path)


def test_chip_writer_without_a_labelled_pixel_is_refused(tmp_path):
    with pytest.raises(DataError, match="not one labelled pixel"):
        ChipWriter(tmp_path, LEGEND, chip_px=4, ground_resolution_m=None).finish()
