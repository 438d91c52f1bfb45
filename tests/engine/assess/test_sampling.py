"""Samples of maps: exact counts by rank, right strata, the same seed the same points, probabilities as stated."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS

from uhr_landcover.engine.assess.estimates.stratification import Design
from uhr_landcover.engine.assess.sampling.allocation import Allocation
from uhr_landcover.engine.assess.sampling.designing import draw_sample, plan_sample
from uhr_landcover.engine.assess.sampling.drawing import Sizes, UnitDraw
from uhr_landcover.engine.assess.sampling.population import Population
from uhr_landcover.engine.assess.sampling.random_stream import RandomStream
from uhr_landcover.engine.assess.sampling.request import Parts, Probability, SampleRequest
from uhr_landcover.engine.assess.sampling.sample_design import SampleDesign
from uhr_landcover.engine.assess.sampling.strata import StrataBy, form_strata
from uhr_landcover.engine.overlays.map_source import MapSource
from uhr_landcover.engine.overlays.shape_overlay import ShapeOverlay
from uhr_landcover.engine.raster.classes.class_raster import ClassRaster
from uhr_landcover.engine.raster.grid import RasterGrid
from uhr_landcover.engine.raster.ground_area import ground_area_of
from uhr_landcover.engine.system.errors import InvalidJob, UhrError
from uhr_landcover.models.legend import NODATA, load_legend

EQUAL_AREA = {"crs": "EPSG:3035", "transform": Affine(1, 0, 4_300_000, 0, -1, 3_200_000)}
DEGREES = {"crs": "EPSG:4326", "transform": Affine(0.5, 0, 10, 0, -0.5, 80)}


class Pixels:
    """Stands for an open class raster."""

    def __init__(self, class_ids, place=EQUAL_AREA):
        self.class_ids = class_ids
        height, width = class_ids.shape
        self.grid = RasterGrid(
            crs_wkt=CRS.from_user_input(place["crs"]).to_wkt(), transform=place["transform"], width=width, height=height
        )
        self.values, self.block_rows = None, 16

    def read_rows(self, first, end):
        return self.class_ids[first:end]

    def read_window(self, window):
        return self.class_ids[window.row_off : window.row_end, window.col_off : window.col_end]


def census_of(population):
    return population.census(should_stop=lambda: False, progress=lambda rows: None)


def classes(rng, height=300, width=2500, k=4):
    ids = rng.integers(0, k, (height, width), dtype=np.uint8)
    ids[ids == 3] = np.where(rng.random((ids == 3).sum()) < 0.9, 0, 3)
    ids[:20, :100] = NODATA
    return ids


def draw(request, tmp_path):
    return draw_sample(request, tmp_path, tmp_path, lambda event: None, lambda: False)[0]


def test_distinct_numbers_are_distinct_and_in_random_order():
    numbers = RandomStream(5).distinct(50, 50)

    assert sorted(numbers.tolist()) == list(range(50))
    assert numbers.tolist() != list(range(50))


def test_random_stream_is_the_same_in_every_version():
    stream = RandomStream(42)

    # The raw bits of PCG64 are part of its definition; these numbers must never change.
    assert [stream.below(1000) for _ in range(5)] == [773, 438, 858, 697, 94]
    assert RandomStream(42).distinct(10**10, 3).tolist() == RandomStream(42).distinct(10**10, 3).tolist()


def test_distinct_numbers_are_alike_probable():
    hits = np.zeros(20)
    for seed in range(3000):
        hits[RandomStream(seed).distinct(20, 5)] += 1

    expected = 3000 * 5 / 20
    assert ((hits - expected) ** 2 / expected).sum() < 45  # chi-squared, 19 degrees of freedom, 0.1 %


@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 3000))
@settings(max_examples=25)
def test_census_counts_every_pixel_once(seed, height, width):
    ids = classes(np.random.default_rng(seed), height, width)
    population = Population(Pixels(ids))

    census = census_of(population)

    counts = np.bincount(census.code, census.pixels, 256)
    assert counts.tolist() == [*np.bincount(ids[ids != NODATA], minlength=255).tolist(), 0]
    ground = ground_area_of(population.grid)
    assert census.area_m2.sum() == pytest.approx(
        (ids != NODATA).sum() * ground.of_runs(np.zeros(1, int), np.zeros(1, int), np.ones(1, int))[0]
    )


def test_drawn_units_have_the_class_of_their_pixel_and_the_sizes_asked_for():
    ids = classes(np.random.default_rng(1))
    population = Population(Pixels(ids))
    census = census_of(population)
    table = form_strata(census, load_legend(), (), StrataBy.MAP)
    sizes = Sizes(main=[40, 50, 60, 30], reserve=[4, 5, 6, 3])

    units = UnitDraw(population, census, table, by_area=False).stratified(sizes, RandomStream(3))

    assert (ids[units.row, units.col] == units.code).all()
    assert np.bincount(units.stratum[~units.is_reserve]).tolist() == [40, 50, 60, 30]
    assert np.bincount(units.stratum[units.is_reserve]).tolist() == [4, 5, 6, 3]
    assert len(set(zip(units.row.tolist(), units.col.tolist(), strict=True))) == len(units)
    assert not units.is_reserve[:180].any()


def test_first_part_of_the_points_is_spread_over_strata_by_chance():
    ids = classes(np.random.default_rng(1))
    population = Population(Pixels(ids))
    census = census_of(population)
    table = form_strata(census, load_legend(), (), StrataBy.MAP)
    sizes = Sizes(main=[100, 100, 100, 100], reserve=[0] * 4)

    units = UnitDraw(population, census, table, by_area=False).stratified(sizes, RandomStream(3))

    first = np.bincount(units.stratum[:200], minlength=4)
    assert (abs(first - 50) < 25).all()
    assert units.row[:50].std() > 50


def test_whole_stratum_is_drawn_where_all_of_it_is_asked_for():
    ids = np.zeros((50, 1500), np.uint8)
    ids[7, 3], ids[40, 1400] = 1, 1
    population = Population(Pixels(ids))
    census = census_of(population)
    table = form_strata(census, load_legend(), (), StrataBy.MAP)

    units = UnitDraw(population, census, table, by_area=False).stratified(
        Sizes(main=[2, 2], reserve=[0, 0]), RandomStream(1)
    )

    rare = units.stratum == 1
    assert set(zip(units.row[rare].tolist(), units.col[rare].tolist(), strict=True)) == {(7, 3), (40, 1400)}


def test_pixels_are_drawn_with_the_same_probability():
    ids = np.zeros((4, 1030), np.uint8)
    population = Population(Pixels(ids))
    census = census_of(population)
    table = form_strata(census, load_legend(), (), StrataBy.MAP)
    draw = UnitDraw(population, census, table, by_area=False)
    columns = np.concatenate([draw.simple_random(100, 0, RandomStream(s)).col for s in range(100)])

    hits = np.histogram(columns, bins=10, range=(0, 1030))[0]

    assert ((hits - 1000) ** 2 / 1000).sum() < 28  # chi-squared, 9 degrees of freedom, 0.1 %


def test_pixels_in_degrees_are_drawn_in_proportion_to_their_area():
    ids = np.zeros((160, 20), np.uint8)  # 80° north to the equator
    population = Population(Pixels(ids, DEGREES))
    census = census_of(population)
    table = form_strata(census, load_legend(), (), StrataBy.MAP)
    draw = UnitDraw(population, census, table, by_area=True)
    rows = np.concatenate([draw.simple_random(500, 0, RandomStream(s)).row for s in range(20)])

    ground = population.ground
    area = np.array([ground.of_runs(np.array([r]), np.array([0]), np.array([1]))[0] for r in range(160)])
    expected = 10_000 * area.reshape(16, 10).sum(axis=1) / area.sum()
    hits = np.histogram(rows, bins=16, range=(0, 160))[0]
    assert ((hits - expected) ** 2 / expected).sum() < 38  # chi-squared, 15 degrees of freedom, 0.1 %


def test_left_out_pixels_are_never_drawn_and_their_area_is_said():
    ids = np.zeros((60, 60), np.uint8)
    out = ShapeOverlay(["left out"], np.array([shapely.box(10, 10, 50, 50)]), all_touched=True)
    population = Population(Pixels(ids), left_out=out)

    census = census_of(population)

    inside = np.s_[10:50, 10:50]
    mask = np.zeros((60, 60), bool)
    mask[inside] = True
    table = form_strata(census, load_legend(), (), StrataBy.MAP)
    units = UnitDraw(population, census, table, by_area=False).simple_random(1500, 0, RandomStream(1))
    assert not mask[units.row, units.col].any()
    assert census.pixels.sum() + census.left_out_pixels == 3600
    assert census.left_out_pixels >= 1600
    assert census.left_out_m2 == pytest.approx(census.left_out_pixels)


def test_strata_of_class_and_district_have_exact_counts():
    ids = np.zeros((40, 1100), np.uint8)
    ids[:, 700:] = 2
    overlay = ShapeOverlay(["west", "east"], np.array([shapely.box(0, 0, 500, 40), shapely.box(500, 0, 1000, 40)]))
    census = census_of(Population(Pixels(ids), overlay))

    table = form_strata(census, load_legend(), overlay.names, StrataBy.BOTH)

    names = [c.name for c in load_legend().classes]
    assert {s.name: s.pixels for s in table.strata} == {
        f"outside / {names[2]}": 4000,
        f"west / {names[0]}": 20_000,
        f"east / {names[0]}": 8000,
        f"east / {names[2]}": 12_000,
    }


@pytest.mark.parametrize("design", list(Design))
def test_same_seed_draws_the_same_points_however_the_file_is_stored(design, make_raster, tmp_path):
    ids = classes(np.random.default_rng(4), 200, 1300)[None]
    tiled = make_raster(ids, "a.tif", nodata=255, tiled=True, blockxsize=256, blockysize=256, compress="deflate")
    striped = make_raster(ids, "b.tif", nodata=255)

    first, again, other = (
        draw(SampleRequest(source=MapSource(path=path), design=design, points=60, seed=seed), tmp_path)
        for path, seed in ((tiled, 7), (striped, 7), (tiled, 8))
    )

    assert first.points.row.tolist() == again.points.row.tolist()
    assert first.points.col.tolist() == again.points.col.tolist()
    assert first.map.digest == again.map.digest
    assert first.points.row.tolist() != other.points.row.tolist()


def test_digest_changes_with_a_pixel_and_not_with_the_storage(make_raster, tmp_path):
    ids = classes(np.random.default_rng(4), 50, 60)[None]
    changed = ids.copy()
    changed[0, 30, 30] = (changed[0, 30, 30] + 1) % 3
    digests = [
        draw(
            SampleRequest(source=MapSource(path=make_raster(v, f"{k}.tif", nodata=255)), points=20, minimum=2), tmp_path
        ).map.digest
        for k, v in enumerate((ids, changed))
    ]

    assert digests[0] != digests[1]
    assert digests[0].startswith("sha256:")
    assert len(digests[0]) == len("sha256:") + len(hashlib.sha256().hexdigest())


def test_points_lie_in_the_middle_of_their_pixels(make_raster, tmp_path):
    path = make_raster(classes(np.random.default_rng(4), 100, 120)[None], nodata=255)

    points = draw(SampleRequest(source=MapSource(path=path), points=30, minimum=2), tmp_path).points

    with rasterio.open(path) as raster:
        for x, y, row, col, class_id in zip(points.x, points.y, points.row, points.col, points.class_id, strict=True):
            assert raster.index(x, y) == (row, col)
            assert raster.xy(row, col) == pytest.approx((x, y))
            assert next(raster.sample([(x, y)]))[0] == class_id
    assert (abs(points.lon - 15) < 0.1).all()


def test_systematic_sample_is_a_lattice_with_about_the_points_asked_for(make_raster, tmp_path):
    path = make_raster(np.zeros((1, 400, 600), np.uint8), nodata=255)

    points = draw(SampleRequest(source=MapSource(path=path), design=Design.SYSTEMATIC, points=150), tmp_path).points

    assert len(points) == pytest.approx(150, abs=30)
    rows = np.unique(points.row)
    assert set(np.diff(rows)) <= {40, 39, 41}
    assert len(rows) * len(np.unique(points.col)) == len(points)


def test_design_file_gives_the_design_back(make_raster, tmp_path):
    path = make_raster(classes(np.random.default_rng(4), 100, 120)[None], nodata=255)
    design = draw(SampleRequest(source=MapSource(path=path), points=30, minimum=2, reserve=4), tmp_path)

    again = SampleDesign.from_dict(design.to_dict())

    assert again.to_dict() == design.to_dict()
    assert design.map.path == "input/scene.tif"


def test_size_for_a_target_is_olofssons(make_raster, tmp_path):
    # Example B: shares of 0.02, 0.015, 0.32, 0.645.
    ids = np.repeat(np.arange(4, dtype=np.uint8), [400, 300, 6400, 12_900])[None, None]
    path = make_raster(ids.reshape(1, 100, 200), nodata=255, **EQUAL_AREA)
    from uhr_landcover.engine.assess.sampling.targets import parse_target

    names = [c.name for c in load_legend().classes[:4]]
    request = SampleRequest(
        source=MapSource(path=path, legend="deepglobe"),
        targets=(parse_target("overall:se=0.01", 1.96),),
        users=dict(zip(names, (0.7, 0.6, 0.9, 0.95), strict=True)),
        allocation=Allocation.NEYMAN,
    )

    plan = plan_sample(request, tmp_path, lambda event: None, lambda: False)

    offers = {o.allocation: o for o in plan.sizing.offers}
    assert offers[Allocation.NEYMAN].points == 641
    assert offers[Allocation.PROPORTIONAL].points == 673
    assert offers[Allocation.EQUAL].points == 1165
    assert plan.sizing.errors[0] == pytest.approx(0.01, abs=5e-5)


def test_allocations_of_a_size_are_olofssons(make_raster, tmp_path):
    ids = np.repeat(np.arange(4, dtype=np.uint8), [400, 300, 6400, 12_900])[None, None]
    path = make_raster(ids.reshape(1, 100, 200), nodata=255, **EQUAL_AREA)
    request = SampleRequest(source=MapSource(path=path), points=641, minimum=75)

    plan = plan_sample(request, tmp_path, lambda event: None, lambda: False)

    offers = {o.allocation: list(o.sizes) for o in plan.sizing.offers}
    assert offers[Allocation.PROPORTIONAL] == [13, 10, 205, 413]
    assert sum(offers[Allocation.EQUAL]) == 641
    assert offers[Allocation.MINIMUM][:2] == [75, 75]
    assert Allocation.NEYMAN not in offers


def test_simple_random_size_is_rounded_up(make_raster, tmp_path):
    # Example G: p 0.85, half-width 0.04 → 306.13.
    path = make_raster(np.arange(20_000, dtype=np.int64).reshape(1, 100, 200).astype(np.uint8) % 2, nodata=255)
    from uhr_landcover.engine.assess.sampling.targets import parse_target

    request = SampleRequest(
        source=MapSource(path=path),
        design=Design.SIMPLE_RANDOM,
        targets=(parse_target("overall:half=0.04", 1.96),),
        users={"Class 0": 0.85, "Class 1": 0.85},
    )

    assert plan_sample(request, tmp_path, lambda event: None, lambda: False).sizing.sizes.main == [307]


def test_sizes_of_ones_own_are_drawn(make_raster, tmp_path):
    path = make_raster(np.arange(20_000).reshape(1, 100, 200).astype(np.uint8) % 2, nodata=255)
    request = SampleRequest(source=MapSource(path=path), sizes={"Class 0": 12, "Class 1": 30})

    design = draw(request, tmp_path)

    assert np.bincount(design.points.stratum).tolist() == [12, 30]


def test_mercator_map_is_drawn_by_area_and_utm_is_not(make_raster, tmp_path):
    ids = np.zeros((1, 100, 100), np.uint8)
    mercator = make_raster(ids, "m.tif", nodata=255, crs="EPSG:3857", transform=Affine(9000, 0, 0, 0, -9000, 9_000_000))
    utm = make_raster(ids, "u.tif", nodata=255)

    by_area = [
        draw(SampleRequest(source=MapSource(path=p), points=20, minimum=2), tmp_path).by_area for p in (mercator, utm)
    ]
    equal = draw(
        SampleRequest(source=MapSource(path=mercator), points=20, minimum=2, probability=Probability.EQUAL), tmp_path
    )

    assert by_area == [True, False]
    assert not equal.by_area
    assert equal.unequal > 0.01
    assert equal.points.area_m2.max() > equal.points.area_m2.min() * 1.1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, "Neither a number of points nor a target"),
        ({"points": 1}, "expected at least 2"),
        ({"sizes": {"x": 4}}, "no stratum 'x'; the strata are Class 0, Class 1"),
        ({"sizes": {"Class 0": 4}}, "'Class 1' gets 0 points"),
        ({"sizes": {"Class 0": 4, "Class 1": 99_999}}, "has 10,000 pixels"),
        ({"points": 20, "allocation": Allocation.NEYMAN}, "Neyman's allocation is the best for a target"),
        ({"points": 20, "users": {"forest": 0.9}}, "no class 'forest'; its classes are Class 0, Class 1"),
        ({"points": 20, "users": {"Class 0": 9}}, "expected a part of 1"),
        ({"points": 99_999, "design": Design.SIMPLE_RANDOM}, "The map has 20,000 pixels"),
        ({"points": 20, "design": Design.SYSTEMATIC, "reserve": 3}, "no reserve"),
        ({"points": 20, "left_out": Path("nowhere.gpkg")}, "no file of examples to leave out"),
        ({"points": 20, "parts": Parts(path=Path("nowhere.gpkg"))}, "no file of polygons"),
        ({"points": 20, "parts": Parts(path=Path("nowhere.tif"))}, "no class raster"),
    ],
)
def test_request_that_does_not_fit_the_map_is_refused(change, sentence, make_raster, tmp_path):
    path = make_raster(np.arange(20_000).reshape(1, 100, 200).astype(np.uint8) % 2, nodata=255)

    with pytest.raises(UhrError, match=sentence):
        draw(SampleRequest(source=MapSource(path=path), **change), tmp_path)


def test_map_without_crs_is_refused(make_raster, tmp_path):
    path = make_raster(np.zeros((1, 20, 20), np.uint8), nodata=255, crs=None)

    with pytest.raises(UhrError, match="no coordinate reference system"):
        draw(SampleRequest(source=MapSource(path=path), points=5), tmp_path)


def test_map_without_data_is_refused(make_raster, tmp_path):
    path = make_raster(np.full((1, 20, 20), 255, np.uint8), nodata=255)

    with pytest.raises(InvalidJob, match="no pixel with data"):
        draw(SampleRequest(source=MapSource(path=path), points=5), tmp_path)


def test_map_without_a_legend_is_read_once(make_raster, tmp_path, monkeypatch):
    path = make_raster(classes(np.random.default_rng(4), 200, 300)[None], nodata=255)
    rows = []
    read = ClassRaster.read_rows
    monkeypatch.setattr(ClassRaster, "read_rows", lambda self, a, b: rows.extend(range(a, b)) or read(self, a, b))

    draw(SampleRequest(source=MapSource(path=path), points=40, minimum=2), tmp_path)

    assert rows == list(range(200))


def test_class_that_the_legend_lacks_is_a_stratum_of_its_own(make_raster, tmp_path):
    ids = np.zeros((1, 60, 60), np.uint8)
    ids[0, :30] = 9  # deepglobe has 0 to 6
    path = make_raster(ids, nodata=255)

    design = draw(SampleRequest(source=MapSource(path=path, legend="deepglobe"), points=20, minimum=5), tmp_path)

    assert [s.name for s in design.strata] == [load_legend().classes[0].name, "Class 9"]
    assert [c.class_id for c in design.classes][-1] == 9
