"""Properties of the estimators, and Stehman's (2014) worked example, whose strata are not the map's classes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uhr_landcover.engine.assess.estimates.accuracy import estimate_accuracy
from uhr_landcover.engine.assess.estimates.cells import Strata, cells_of_matrix, cells_of_units
from uhr_landcover.engine.assess.estimates.estimator import Estimator
from uhr_landcover.engine.assess.estimates.events import MIXED, is_right, is_truly
from uhr_landcover.engine.assess.estimates.stratification import Design, by_design
from uhr_landcover.engine.assess.estimates.wilson import wilson_bounds

Z = 1.96
LETTERS = "ABCD"


def map_strata(areas, units=np.inf):
    areas = np.asarray(areas, float)
    return Strata(
        names=tuple(f"s{k}" for k in range(len(areas))),
        area=areas,
        units=np.where(areas > 0, np.broadcast_to(units, areas.shape), 0.0),
        map_class=np.arange(len(areas)),
        domain=np.zeros(len(areas), np.int64),
    )


def estimates_of(counts, areas, design=Design.STRATIFIED):
    sample = by_design(cells_of_matrix(counts), map_strata(areas), design)
    return estimate_accuracy(sample.cells, sample.strata, sample.spread_weight, classes=len(areas), z=Z)


@st.composite
def matrices(draw, most=6):
    size = draw(st.integers(2, most))
    counts = draw(st.lists(st.lists(st.integers(0, 60), min_size=size, max_size=size), min_size=size, max_size=size))
    counts = np.array(counts)
    counts[np.arange(size), np.arange(size)] += 2
    areas = draw(st.lists(st.floats(0.01, 1e6), min_size=size, max_size=size))
    return counts, np.array(areas)


def stehman_2014():
    maps = ["AAAAAAABBB", "ABBBBBBBBB", "BBCCCCCCBB", "DDDDDDDDDD"]
    references = ["AAAAACBABC", "ABBBBBAABB", "CCCCCDDBBA", "DDDDDDDCCB"]
    cells = cells_of_units(
        stratum=np.repeat(np.arange(4), 10),
        map_class=np.array([LETTERS.index(c) for c in "".join(maps)]),
        reference=np.array([LETTERS.index(c) for c in "".join(references)]),
    )
    pixels = np.array([40_000, 30_000, 20_000, 10_000.0])
    mixed = np.full(4, MIXED)
    strata = Strata(names=("1", "2", "3", "4"), area=pixels, units=pixels, map_class=mixed, domain=mixed)
    return cells, strata


def test_strata_that_are_not_map_classes_give_stehmans_figures():
    cells, strata = stehman_2014()
    sample = by_design(cells, strata, Design.STRATIFIED)

    found = estimate_accuracy(sample.cells, sample.strata, sample.spread_weight, classes=4, z=Z)

    area_a, area_c, b = found.classes[0].share, found.classes[2].share, found.classes[1]
    pairs = [
        (area_a, 0.35, 0.082248),
        (area_c, 0.20, 0.064280),
        (found.overall, 0.63, 0.084642),
        (b.users, 0.574468, 0.124782),
        (b.producers, 0.794118, 0.116548),
    ]
    for estimate, value, se in pairs:
        assert (estimate.value, estimate.se) == (pytest.approx(value, abs=1e-6), pytest.approx(se, abs=1e-6))
    assert found.proportions[1, 2] == pytest.approx(0.08, abs=1e-12)


@given(matrices())
@settings(max_examples=60)
def test_estimates_stay_in_bounds_and_areas_add_up(matrix):
    counts, areas = matrix

    found = estimates_of(counts, areas)

    assert sum(c.area.value for c in found.classes) == pytest.approx(areas.sum(), rel=1e-12)
    assert found.proportions.sum() == pytest.approx(1, rel=1e-12)
    assert np.trace(found.proportions) == pytest.approx(found.overall.value, rel=1e-12)
    for c in found.classes:
        for e in (c.share, c.users, c.producers, c.f1, c.iou):
            assert -1e-12 <= e.lower <= e.value <= e.upper <= 1 + 1e-12


@given(matrices(), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_order_of_classes_does_not_matter(matrix, random):
    counts, areas = matrix
    order = list(range(len(areas)))
    random.shuffle(order)

    found, shuffled = estimates_of(counts, areas), estimates_of(counts[np.ix_(order, order)], areas[order])

    assert shuffled.overall.value == pytest.approx(found.overall.value, rel=1e-9)
    for k, old in enumerate(order):
        one, other = shuffled.classes[k], found.classes[old]
        for a, b in ((one.producers, other.producers), (one.users, other.users), (one.area, other.area)):
            assert (a.value, a.se, a.lower, a.upper) == pytest.approx(
                (b.value, b.se, b.lower, b.upper), abs=1e-9, rel=1e-6
            )


@pytest.mark.parametrize("design", [Design.STRATIFIED, Design.SIMPLE_RANDOM, Design.SYSTEMATIC])
def test_perfect_map_never_has_an_interval_of_no_width(design):
    found = estimates_of(np.diag([50, 60, 70]), [10.0, 20.0, 30.0], design)

    assert found.overall.value == 1
    assert found.overall.half_width is None
    assert found.overall.wald is None
    assert 0.9 < found.overall.lower < 0.999
    for c in found.classes:
        assert c.users.lower < 0.97
        assert c.producers.lower < c.producers.value
        assert c.area.lower < c.area.value < c.area.upper
        assert c.is_wald_too_narrow


def test_users_interval_of_a_map_stratum_is_wilsons():
    found = estimates_of([[66, 9], [3, 97]], [0.2, 0.8])

    lower, upper = wilson_bounds(np.array([66 / 75]), np.array([75.0]), Z)

    assert (found.classes[0].users.lower, found.classes[0].users.upper) == pytest.approx((lower[0], upper[0]), abs=1e-9)


def test_class_without_mapped_area_has_no_users_accuracy():
    found = estimates_of([[40, 5, 3], [2, 50, 1], [0, 0, 0]], [10.0, 20.0, 0.0])

    only_in_reference = found.classes[2]
    assert only_in_reference.users is None
    assert only_in_reference.producers.value == 0
    assert only_in_reference.area.value == pytest.approx(10 * 3 / 48 + 20 / 53)
    assert only_in_reference.omission_points == 4


def test_class_without_reference_has_no_producers_accuracy():
    found = estimates_of([[40, 5, 0], [2, 50, 0], [6, 4, 0]], [10.0, 20.0, 1.0])

    only_mapped = found.classes[2]
    assert only_mapped.producers is None
    assert only_mapped.users.value == 0
    assert only_mapped.area.value == 0
    assert only_mapped.area.upper > 0


def test_stratum_of_one_unit_that_is_labelled_is_known():
    strata = map_strata([1.0, 99.0], np.array([1.0, 99_000.0]))
    sample = by_design(cells_of_matrix([[1, 0], [4, 46]]), strata, Design.STRATIFIED)

    found = estimate_accuracy(sample.cells, sample.strata, sample.spread_weight, classes=2, z=Z)

    assert found.classes[0].users.is_known
    assert found.overall.value == pytest.approx(0.01 + 0.99 * 46 / 50)


def test_population_that_is_labelled_whole_has_known_accuracy():
    strata = map_strata([10.0, 20.0], np.array([10.0, 20.0]))
    sample = by_design(cells_of_matrix([[9, 1], [4, 16]]), strata, Design.STRATIFIED)

    found = estimate_accuracy(sample.cells, sample.strata, sample.spread_weight, classes=2, z=Z)

    assert found.overall.is_known
    assert found.overall.half_width == 0


def test_units_that_are_alike_give_the_same_with_and_without_weights():
    cells, strata = stehman_2014()
    heavier = replace(cells, weight=cells.weight * 3, weight_sq=cells.weight_sq * 9)

    found = [by_design(c, strata, Design.STRATIFIED) for c in (cells, heavier)]
    one, other = (Estimator(s.cells, s.strata, s.spread_weight, classes=4).total(is_right()) for s in found)

    assert (one.value, one.se, one.lower) == pytest.approx((other.value, other.se, other.lower), rel=1e-12)


def test_weighted_units_count_as_much_as_their_area():
    strata = Strata(
        names=("all",), area=np.ones(1), units=np.full(1, np.inf), map_class=np.array([MIXED]), domain=np.zeros(1, int)
    )
    cells = cells_of_units(
        stratum=np.zeros(4, int),
        map_class=np.zeros(4, int),
        reference=np.array([0, 0, 1, 1]),
        weight=np.array([1.0, 3.0, 2.0, 2.0]),
    )
    sample = by_design(cells, strata, Design.STRATIFIED)

    found = Estimator(sample.cells, strata, sample.spread_weight, classes=2).total(is_truly(0))

    residuals = np.array([1, 3, 2, 2]) / 2 * (np.array([1, 1, 0, 0]) - 0.5)
    assert found.value == pytest.approx(0.5)
    assert found.se == pytest.approx((residuals @ residuals / 3 / 4) ** 0.5)


def test_too_few_units_of_a_simple_random_sample_are_joined_and_said():
    sample = by_design(
        cells_of_matrix([[1, 0, 0], [2, 30, 1], [0, 2, 40]]), map_strata([5.0, 40.0, 55.0]), Design.SYSTEMATIC
    )

    assert sample.strata.names == ("s0 + s1", "s2")
    assert "s0 has 1 labelled unit, fewer than 2" in sample.notes[0]


def test_interval_within_bounds_covers_where_the_symmetric_one_fails():
    # Example A as truth with its own design: the gain has one expected omission point.
    q = np.array([[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]], float)
    q /= q.sum(axis=1, keepdims=True)
    share = np.array([0.02, 0.015, 0.32, 0.645])
    truth, strata, rng = float(share @ q[:, 1]), map_strata(share), np.random.default_rng(5)
    hits = np.zeros(2)
    for _ in range(400):
        counts = [rng.multinomial(n, row) for n, row in zip((75, 75, 165, 325), q, strict=True)]
        sample = by_design(cells_of_matrix(counts), strata, Design.STRATIFIED)
        found = Estimator(sample.cells, strata, sample.spread_weight, classes=4).total(is_truly(1))
        hits += found.wald[0] <= truth <= found.wald[1], found.lower <= truth <= found.upper

    assert hits[0] / 400 < 0.80  # 0.728 over many draws
    assert hits[1] / 400 > 0.92
