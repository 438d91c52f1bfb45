"""Draws and crops of tiles: even over classes and places, true to the pixel they are cut around."""

from collections import Counter

import numpy as np
import pytest

from uhr_landcover.models.errors import DataError
from uhr_landcover.models.training.tile_sets.balanced import BalancedDraws, LabelledArea
from uhr_landcover.models.training.tile_sets.warp import cut_crop, plan_crop


def area(place: str, counts: dict[int, int], metres_per_px: float = 1.0) -> LabelledArea:
    labels = np.repeat(list(counts), list(counts.values())).astype(np.uint8)[None]
    return LabelledArea(place, metres_per_px, labels)


def drawn(draws: BalancedDraws, areas: list[LabelledArea], count: int = 2000) -> Counter:
    rng = np.random.default_rng(1)
    spots = [draws.draw(rng) for _ in range(count)]
    return Counter((areas[s.tile].place, int(areas[s.tile].labels[s.row, s.col])) for s in spots)


def test_draws_give_a_rare_class_its_share():
    areas = [area("A", {1: 9900, 2: 100})]

    seen = drawn(BalancedDraws(areas, {1: 1.0, 2: 1.0}, {}), areas)

    assert seen["A", 2] == pytest.approx(1000, abs=100)


def test_draws_count_places_by_the_root_of_their_area():
    areas = [area("A", {1: 8100}), area("B", {1: 450}), area("B", {1: 450})]

    seen = drawn(BalancedDraws(areas, {1: 1.0}, {}), areas)

    assert seen["A", 1] == pytest.approx(2000 * 3 / 4, abs=100)  # √8100 : √900 is 3 : 1


def test_draws_follow_the_shares_of_places():
    areas = [area("A", {1: 100}), area("B", {1: 100})]

    seen = drawn(BalancedDraws(areas, {1: 1.0}, {"A": 0.25}), areas)

    assert seen["A", 1] == pytest.approx(2000 / 5, abs=80)


def test_draws_without_a_pixel_are_refused():
    with pytest.raises(DataError, match="No tile has a pixel"):
        BalancedDraws([area("A", {3: 10})], {1: 1.0}, {})


@pytest.mark.parametrize("zoom", [0.4, 1.0, 1.7])
@pytest.mark.parametrize("size", [(60, 90), (700, 500)])
def test_crop_holds_the_spot_it_was_cut_around(size, zoom):
    labels = np.ones(size, np.uint8)
    row, col = size[0] // 3, size[1] // 4
    labels[row - 3 : row + 4, col - 3 : col + 4] = 5
    image = np.repeat(labels[..., None] * np.uint8(40), 3, axis=2)

    for seed in range(20):
        crop, ids = cut_crop(image, labels, plan_crop(row, col, 64, zoom, np.random.default_rng(seed)))

        assert crop.shape == (64, 64, 3)
        assert (ids == 5).any()
        assert abs(int(crop[ids == 5].mean()) - 200) < 60


def test_crop_of_a_large_tile_does_not_depend_on_the_window_it_is_cut_from():
    rng = np.random.default_rng(3)
    image = rng.integers(0, 255, (600, 600, 3), dtype=np.uint8)
    labels = rng.integers(0, 6, (600, 600), dtype=np.uint8)
    plan = plan_crop(300, 300, 48, 1.3, np.random.default_rng(5))

    whole = cut_crop(image, labels, plan)
    part = cut_crop(image[100:500, 150:450], labels[100:500, 150:450], plan_moved(plan, 100, 150))

    assert np.array_equal(whole[1], part[1])
    assert np.abs(whole[0].astype(int) - part[0]).max() <= 1


def plan_moved(plan, rows: int, cols: int):
    matrix = plan.matrix.copy()
    matrix[:, 2] += plan.matrix[:, :2] @ np.array([cols, rows])
    return type(plan)(plan.side_px, plan.zoom, matrix)
