import numpy as np
import pytest
from uhr_landcover.models import scenes
from uhr_landcover.models.scene_noise import Frame, grain, noise, scatter

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
