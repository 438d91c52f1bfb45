"""Parts of crops pasted into others: image and labels go together."""

import numpy as np

from uhr_landcover.models.training.tile_sets.class_mix import mix_classes


def crop(class_id: int):
    return np.full((64, 64, 3), class_id * 40, np.uint8), np.full((64, 64), class_id, np.uint8)


def test_mix_pastes_image_and_label_of_the_same_part():
    mixed = mix_classes([crop(1), crop(5)], 1.0, np.random.default_rng(0))

    for image, labels in mixed:
        assert set(np.unique(labels)) == {1, 5}
        inner = np.abs(image[..., 0].astype(int) - labels.astype(int) * 40) <= 2
        assert inner.mean() > 0.6  # all but the soft edges


def test_mix_never_pastes_unlabelled_parts():
    unlabelled = (np.full((64, 64, 3), 9, np.uint8), np.full((64, 64), 255, np.uint8))

    mixed = mix_classes([crop(1), unlabelled], 1.0, np.random.default_rng(0))

    assert (mixed[0][1] == 1).all()
    assert 1 in mixed[1][1]


def test_mix_of_chance_zero_or_of_one_crop_changes_nothing():
    crops = [crop(1), crop(2)]

    assert mix_classes(crops, 0.0, np.random.default_rng(0)) == crops
    assert mix_classes(crops[:1], 1.0, np.random.default_rng(0)) == crops[:1]
