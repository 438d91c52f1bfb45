"""Cores partition the area, reads contain their cores, small rasters are one tile."""

from __future__ import annotations

import numpy as np
import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st

from uhr_landcover.engine.raster.grid import RasterGrid, Window
from uhr_landcover.engine.system.errors import InvalidJob
from uhr_landcover.engine.tiles.tiling import plan_tiles

SCALES = st.sampled_from([1.0, 0.25, 0.5, 0.6173, 1.4, 2.0, 3.7, 10.0])


def grid_of(width, height):
    return RasterGrid(crs_wkt="", transform=Affine.identity(), width=width, height=height)


@st.composite
def plans(draw):
    grid = grid_of(draw(st.integers(1, 400)), draw(st.integers(1, 400)))
    col, row = draw(st.integers(0, grid.width - 1)), draw(st.integers(0, grid.height - 1))
    area = Window(col, row, draw(st.integers(1, grid.width - col)), draw(st.integers(1, grid.height - row)))
    halo = draw(st.integers(0, 12))
    tile = draw(st.integers(2 * halo + 4, 2 * halo + 90))
    scales = {"scale_x": draw(SCALES), "scale_y": draw(SCALES)}
    plan = plan_tiles(grid, area, tile_px=tile, halo_px=halo, mirrors=draw(st.booleans()), **scales)
    return grid, plan


@settings(max_examples=150)
@given(plans())
def test_cores_cover_every_pixel_of_the_area_once(case):
    grid, plan = case
    times = np.zeros((grid.height, grid.width), int)

    for tile in plan.tiles:
        times[tile.core.slices_in(grid.window)] += 1

    inside = np.zeros_like(times)
    inside[plan.area.slices_in(grid.window)] = 1
    assert (times == inside).all()


@settings(max_examples=150)
@given(plans())
def test_every_read_has_one_size_and_goes_beyond_the_raster_by_its_context_alone(case):
    _, plan = case
    x, y = plan.x, plan.y
    allowed = Window(-x.context_px, -y.context_px, x.model_px + 2 * x.context_px, y.model_px + 2 * y.context_px)

    assert {t.read.shape for t in plan.tiles} == {(y.read_px, x.read_px)}
    assert all(allowed.contains(t.read) for t in plan.tiles)


@settings(max_examples=150)
@given(plans())
def test_every_core_has_its_halo_on_all_sides_where_the_rim_is_mirrored(case):
    _, plan = case
    for tile in plan.tiles:
        place = zip(plan.place(tile), (plan.x, plan.y), ("col", "row"), strict=True)
        for cell, axis, name in ((c, a, n) for c, a, n in place if a.context_px):
            first, end = getattr(tile.read, f"{name}_off"), getattr(tile.read, f"{name}_end")
            core = cell * axis.core_px
            assert first <= core - axis.halo_px
            assert end >= min(core + axis.core_px, axis.model_px) + axis.halo_px


@settings(max_examples=150)
@given(plans())
def test_every_core_pixel_finds_its_model_pixel_in_the_read(case):
    """The clipping in `model_index` must never move a pixel by more than rounding."""
    _, plan = case
    for tile in plan.tiles:
        for axis, first, end, start in (
            (plan.x, tile.core.col_off, tile.core.col_end, tile.read.col_off),
            (plan.y, tile.core.row_off, tile.core.row_end, tile.read.row_off),
        ):
            exact = (np.arange(first, end) + 0.5) / axis.scale - start
            index = axis.model_index(first, end, start)
            assert (index >= np.floor(exact) - 1).all()
            assert (np.abs(index + 0.5 - exact) <= 1.0 + 0.5 / axis.scale).all()


@settings(max_examples=100)
@given(plans())
def test_area_gets_the_tiles_that_the_whole_raster_would_have(case):
    grid, plan = case
    limits = {"tile_px": plan.x.read_px, "halo_px": plan.x.halo_px, "mirrors": plan.x.context_px > 0}
    if plan.x.read_px != plan.y.read_px or plan.x.halo_px != plan.y.halo_px:
        return
    whole = plan_tiles(grid, grid.window, scale_x=plan.x.scale, scale_y=plan.y.scale, **limits)
    reads = {t.index: t.read for t in whole.tiles}

    assert all(reads[t.index] == t.read for t in plan.tiles)


@pytest.mark.parametrize("size", [(1, 1), (1, 64), (64, 1), (7, 7), (64, 64), (63, 64)])
def test_raster_no_larger_than_a_tile_is_one_tile(size):
    plan = plan_tiles(grid_of(*size), Window(0, 0, *size), tile_px=64, halo_px=8, size_divisor=8, min_side_px=16)

    assert len(plan.tiles) == 1
    assert plan.tiles[0].core == Window(0, 0, *size)
    assert all(side % 8 == 0 and 16 <= side <= 64 for side in plan.padded_shape)


@pytest.mark.parametrize(("side", "tiles"), [(1, 1), (48, 1), (49, 4), (64, 4)])
def test_raster_with_a_mirrored_rim_is_one_tile_if_a_halo_fits_around_it(side, tiles):
    plan = plan_tiles(
        grid_of(side, side),
        Window(0, 0, side, side),
        tile_px=64,
        halo_px=8,
        size_divisor=8,
        min_side_px=16,
        mirrors=True,
    )

    assert len(plan.tiles) == tiles
    assert plan.tiles[0].read.col_off == plan.tiles[0].read.row_off == -8
    assert all(side % 8 == 0 and 16 <= side <= 64 for side in plan.padded_shape)


def test_inner_tiles_read_a_halo_on_each_side_and_edges_move_inwards():
    plan = plan_tiles(grid_of(150, 64), Window(0, 0, 150, 64), tile_px=64, halo_px=8)

    assert [t.core.col_off for t in plan.tiles] == [0, 48, 96, 144]
    assert [t.read.col_off for t in plan.tiles] == [0, 40, 86, 86]


def test_raster_is_a_whole_number_of_model_pixels():
    plan = plan_tiles(grid_of(101, 101), Window(0, 0, 101, 101), tile_px=64, halo_px=8, scale_x=2, scale_y=2)

    assert plan.x.model_px == 50
    assert plan.x.scale == pytest.approx(2.02)


def test_area_outside_the_raster_is_refused():
    with pytest.raises(ValueError, match="not inside"):
        plan_tiles(grid_of(10, 10), Window(5, 5, 6, 1), tile_px=64, halo_px=8)


def test_huge_raster_is_planned_without_touching_every_cell_for_a_small_area():
    plan = plan_tiles(grid_of(10**6, 10**6), Window(500_000, 500_000, 10, 10), tile_px=2448, halo_px=200)

    assert len(plan.tiles) == 1
    assert plan.tiles[0].core == Window(500_000, 500_000, 10, 10)


def test_to_source_takes_the_model_pixel_over_the_centre():
    plan = plan_tiles(grid_of(8, 4), Window(0, 0, 8, 4), tile_px=8, halo_px=0, scale_x=2, scale_y=2)
    class_ids = np.arange(8, dtype=np.uint8).reshape(2, 4)

    out = plan.to_source(class_ids, plan.tiles[0], Window(0, 0, 8, 4))

    assert (out == class_ids.repeat(2, axis=0).repeat(2, axis=1)).all()


def test_raster_of_more_tiles_than_anybody_waits_for_is_refused_at_once():
    for side in (2**22, 2**28, 2**31 - 1):
        grid = RasterGrid(crs_wkt="", transform=Affine.identity(), width=side, height=side)
        with pytest.raises(InvalidJob, match="tiles of the model; more than 4,000,000 are not planned"):
            plan_tiles(grid, grid.window, tile_px=1024, halo_px=128)


def test_tile_list_makes_tiles_when_they_are_asked_for():
    grid = RasterGrid(crs_wkt="", transform=Affine.identity(), width=10**6, height=10**6)

    plan = plan_tiles(grid, grid.window, tile_px=1024, halo_px=128)

    assert len(plan.tiles) == 1303**2
    assert plan.tiles[-1].index == 1303**2 - 1
    assert plan.tiles[1303].core == Window(0, 768, 768, 768)
    assert [t.index for t in plan.tiles[5:8]] == [5, 6, 7]


def test_area_at_the_end_of_the_largest_raster_is_planned_alone():
    side = 2**31 - 1
    grid = RasterGrid(crs_wkt="", transform=Affine.identity(), width=side, height=side)
    area = Window(side - 10, side - 20, 10, 20)

    plan = plan_tiles(grid, area, tile_px=1024, halo_px=128, blend_px=0)

    assert len(plan.tiles) == 1
    assert plan.tiles[0].core == area
