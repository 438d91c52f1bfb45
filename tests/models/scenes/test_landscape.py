import numpy as np
import pytest

from uhr_landcover.models.scenes import landscape as scenes
from uhr_landcover.models.scenes.noise import Frame, grain, noise, scatter

CELL = scenes.CELL_PX


def test_render_window_any_part_equals_the_same_part_of_a_larger_window():
    rgb, class_ids = scenes.render_window(7, -40, CELL - 90, 150, 200)
    scenes.render_cell.cache_clear()

    part_rgb, part_ids = scenes.render_window(7, -10, CELL - 30, 37, 111)

    np.testing.assert_array_equal(part_rgb, rgb[30:67, 60:171])
    np.testing.assert_array_equal(part_ids, class_ids[30:67, 60:171])


@pytest.mark.parametrize("axis", [0, 1], ids=["rows", "columns"])
def test_render_window_has_no_seam_between_cells(axis):
    rgb, _ = scenes.render_window(5, CELL - 64, CELL - 64, 128, 128)

    steps = np.abs(np.diff(rgb.astype(float), axis=axis)).mean(axis=(1 - axis, 2))

    assert steps[63] < 1.6 * np.median(steps)


def test_render_window_other_seed_gives_other_landscape():
    one, two = (scenes.render_window(seed, 0, 0, 64, 64)[0] for seed in (1, 2))

    assert np.abs(one.astype(int) - two).mean() > 5


def test_render_window_empty_is_refused():
    with pytest.raises(ValueError, match="0 × 5 px is empty"):
        scenes.render_window(1, 0, 0, 5, 0)


@pytest.mark.parametrize(
    "field",
    [
        lambda frame: noise(frame, 32, 1, 3),
        lambda frame: grain(frame, 2),
        lambda frame: scatter(frame, 11, 0.9, 3, 0.4).distance,
        lambda frame: scatter(frame, 11, 0.9, 3).trait(1),
    ],
    ids=["noise", "grain", "scatter distance", "scatter trait"],
)
def test_field_of_a_part_equals_the_part_of_the_field(field):
    frame = Frame(3, -70, 1000, 120, 140)

    whole, part = field(frame), field(frame.part(30, 40, 50, 60))

    np.testing.assert_allclose(part, whole[30:80, 40:100], atol=1e-5)


def test_noise_has_mean_zero_and_deviation_one():
    values = noise(Frame(9, 0, 0, 700, 700), 12, 4)

    assert abs(values.mean()) < 0.06
    assert values.std() == pytest.approx(1, abs=0.1)


def _pixels(seeds, side):
    scene = [scenes.render_window(seed, 0, 0, *side) for seed in seeds]
    rgb = np.concatenate([rgb[::9, ::9].reshape(-1, 3) for rgb, _ in scene]) / 127.5 - 1
    class_ids = np.concatenate([ids[::9, ::9].ravel() for _, ids in scene])
    known = class_ids > 0
    return np.c_[rgb, np.ones(len(rgb))][known], class_ids[known].astype(int)


def _softmax_regression(features, class_ids, steps=250):
    """Fit a linear classifier with balanced classes by gradient descent with momentum."""
    target = np.eye(7)[class_ids]
    weight = target @ (1 / np.maximum(target.mean(axis=0), 0.02))
    coefficients, speed = np.zeros((4, 7)), 0
    for _ in range(steps):
        scores = features @ coefficients
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        slope = features.T @ ((odds / odds.sum(axis=1, keepdims=True) - target) * weight[:, None]) / len(features)
        speed = 0.9 * speed - slope
        coefficients = coefficients + speed
    return coefficients


def test_classes_are_not_separable_by_colour_alone():
    """A linear classifier of single pixels is tested on the very scenes it was fitted to."""
    features, class_ids = _pixels((31, 32), (1024, 1024))

    guess = (features @ _softmax_regression(features, class_ids))[:, 1:].argmax(axis=1) + 1

    both = [np.sum((guess == c) & (class_ids == c)) / np.sum((guess == c) | (class_ids == c)) for c in range(1, 7)]
    assert 0.1 < np.mean(both) < 0.7


def _shares(seed):
    class_ids = scenes.render_window(seed, 0, 0, 1900, 2600)[1]
    return np.bincount(class_ids.ravel(), minlength=7)[1:] / class_ids.size


def test_scene_of_usual_size_holds_every_class():
    assert _shares(52).min() > 0.005


@pytest.mark.slow
def test_scenes_of_usual_size_hold_every_class_for_most_seeds():
    assert np.mean([_shares(seed).min() > 0.003 for seed in range(60, 70)]) >= 0.8
