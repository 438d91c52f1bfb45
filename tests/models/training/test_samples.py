import numpy as np
import pytest

from uhr_landcover.models.legend import load_legend
from uhr_landcover.models.training.augment import Augmentation, cut_and_turn, vary_light
from uhr_landcover.models.training.chip_set import ChipWriter
from uhr_landcover.models.training.config import SourceConfig
from uhr_landcover.models.training.samples import GeneratedScene, SampleStream, SceneCache, Source, open_source

STILL = Augmentation(rotations="none", vertical_flip=False, photometric=False)


class Stub:
    """A scene whose red channel is its label."""

    def __init__(self, name, labels):
        self.name, self.labels, self.loads = name, labels, 0

    def load(self):
        self.loads += 1
        return np.repeat(self.labels[..., None], 3, axis=2), self.labels


def make_labels(height=80, width=100):
    return np.random.default_rng(1).integers(0, 7, (height // 4, width // 4)).repeat(4, 0).repeat(4, 1).astype(np.uint8)


def make_stream(scene, **changes):
    values = {"crop_px": 32, "batch": 3, "augmentation": STILL, "balance": 0.5, "seed": 7}
    return SampleStream((Source((scene,), (), (), 1.0, 1.0),), **{**values, **changes})


@pytest.mark.parametrize("rotations", ["none", "right_angles"])
def test_batch_keeps_image_and_labels_together(rotations):
    stream = make_stream(Stub("a", make_labels()), augmentation=Augmentation(rotations=rotations, photometric=False))

    images, labels = stream.batch(0)

    assert images.shape == (3, 3, 32, 32)
    assert np.array_equal(images[:, 0], labels)


def test_batch_of_a_number_is_the_same_in_every_run():
    first = make_stream(Stub("a", make_labels())).batch(5)
    again = make_stream(Stub("a", make_labels())).batch(5)

    assert np.array_equal(first[0], again[0])
    assert not np.array_equal(first[0], make_stream(Stub("a", make_labels())).batch(6)[0])


def test_batches_drawn_ahead_equal_batches_drawn_one_by_one():
    stream = make_stream(Stub("a", make_labels()))

    ahead = [labels for _, labels in make_stream(Stub("a", make_labels())).batches(2, 6)]

    assert all(np.array_equal(a, stream.batch(n)[1]) for n, a in zip(range(2, 6), ahead, strict=True))


def test_batches_pass_on_an_error_of_the_scene():
    class Broken:
        name = "broken"

        def load(self):
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        next(make_stream(Broken()).batches(0, 2))


def test_balance_finds_a_rare_class():
    labels = np.full((400, 400), 6, np.uint8)
    labels[190:214, 190:214] = 4

    stream = make_stream(Stub("a", labels), balance=1.0, batch=40)
    seen = [(crop == 4).any() for crop in stream.batch(0)[1]]

    assert np.mean(seen) > 0.25  # a crop drawn anywhere would hold it in about 2 % of the cases


def test_scene_smaller_than_the_crop_is_padded_with_ignored_labels():
    image, labels = cut_and_turn(
        np.full((20, 24, 3), 9, np.uint8),
        np.ones((20, 24), np.uint8),
        (10, 10),
        32,
        1.0,
        STILL,
        np.random.default_rng(0),
    )

    assert labels.shape == (32, 32)
    assert int((labels == 255).sum()) == 32 * 32 - 20 * 24
    assert int(image[labels == 255].max()) == 0


def test_any_rotation_marks_what_lies_outside_as_ignored():
    turning = Augmentation(rotations="any", vertical_flip=False, photometric=False)
    crops = [
        cut_and_turn(
            np.full((64, 64, 3), 9, np.uint8),
            np.ones((64, 64), np.uint8),
            (32, 32),
            64,
            1.0,
            turning,
            np.random.default_rng(n),
        )
        for n in range(12)
    ]

    assert any((labels == 255).any() for _, labels in crops)
    assert all(set(np.unique(labels)) <= {1, 255} for _, labels in crops)


@pytest.mark.parametrize("appearance", ["isdnet", "any_sensor"])
def test_photometric_changes_colours_and_keeps_the_shape(appearance):
    image = np.random.default_rng(0).integers(0, 255, (32, 32, 3), dtype=np.uint8)
    lit = Augmentation(photometric=True, appearance=appearance)

    results = [vary_light(image, lit, (), np.random.default_rng(n)) for n in range(8)]

    assert any(not np.array_equal(result, image) for result in results)
    assert all(result.shape == image.shape and result.dtype == np.uint8 for result in results)


def test_photometric_off_keeps_the_pixels():
    image = np.random.default_rng(0).integers(0, 255, (32, 32, 3), dtype=np.uint8)

    result = vary_light(image, Augmentation(photometric=False), (), np.random.default_rng(1))

    assert np.array_equal(result, image)


def test_scene_cache_loads_once_and_forgets_what_does_not_fit():
    a, b = Stub("a", make_labels()), Stub("b", make_labels())
    cache = SceneCache(limit_bytes=a.labels.size * 4 + 10)

    for key, scene in (("a", a), ("a", a), ("b", b), ("a", a)):
        cache.get(key, scene)

    assert (a.loads, b.loads) == (2, 1)


def test_generated_scene_has_labels_of_the_legend():
    image, labels = GeneratedScene("landscape 3", 3, 128).load()

    assert image.shape == (128, 128, 3)
    assert int(labels.max()) <= 6


def test_chips_that_were_split_when_cut_are_used_as_split(tmp_path):
    legend = load_legend()
    writer = ChipWriter(tmp_path, legend, chip_px=32, ground_resolution_m=0.5)
    for split, scene in (("train", "a"), ("val", "b"), ("test", "c")):
        writer.add(split, scene, 0, 0, np.full((32, 32, 3), 9, np.uint8), np.ones((32, 32), np.uint8))
    writer.finish()

    source = open_source(SourceConfig(folder=str(tmp_path)), legend, tmp_path)

    assert [len(part) for part in (source.train, source.validate, source.test)] == [1, 1, 1]
    assert "b" in source.validate[0].name
