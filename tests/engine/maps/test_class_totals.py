"""Totals of classes do not depend on the windows in which they are added up."""

from __future__ import annotations

import numpy as np
import pytest
from affine import Affine
from rasterio.crs import CRS

from uhr_landcover.engine.maps.class_totals import COLUMNS, ClassTotals
from uhr_landcover.engine.raster.grid import RasterGrid

PLACES = {
    "degrees": (CRS.from_epsg(4326), Affine(1e-5, 0, 10, 0, -1e-5, 60)),
    "Mercator": (CRS.from_epsg(3857), Affine(0.5, 0, 1e6, 0, -0.5, 8e6)),
    "equal area": (CRS.from_epsg(3035), Affine(0.3, 0, 4e6, 0, -0.3, 3e6)),
}


@pytest.mark.parametrize("place", PLACES)
def test_totals_are_the_same_in_rows_and_in_parts_of_them(place):
    crs, transform = PLACES[place]
    class_ids = np.repeat(np.random.default_rng(1).integers(0, 5, (60, 1100)), 30, axis=1).astype(np.uint8)
    grid = RasterGrid(crs_wkt=crs.to_wkt(), transform=transform, width=class_ids.shape[1], height=60)
    rows, parts = ClassTotals(grid), ClassTotals(grid)

    for top in range(60):
        rows.add(top, 0, class_ids[top : top + 1])
    for left in range(0, grid.width, COLUMNS):
        for top in (40, 0):
            parts.add(top, left, class_ids[top : top + 40, left : left + COLUMNS])

    assert (rows.pixels == np.bincount(class_ids.ravel(), minlength=256)).all()
    assert (parts.pixels == rows.pixels).all()
    assert parts.area_m2.tolist() == rows.area_m2.tolist()


def test_area_of_a_plane_is_exact_beyond_what_floats_hold():
    grid = RasterGrid(
        crs_wkt=PLACES["equal area"][0].to_wkt(), transform=Affine(0.5, 0, 4e6, 0, -0.5, 3e6), width=16_000, height=2000
    )
    totals = ClassTotals(grid)

    for top in range(0, 2000, 500):
        totals.add(top, 0, np.full((500, 16_000), 3, np.uint8))

    assert totals.area_m2[3] == 16_000 * 2000 * 0.25


def test_area_without_crs_is_not_known():
    grid = RasterGrid(crs_wkt="", transform=Affine.identity(), width=4, height=4)

    assert ClassTotals(grid).area_m2 is None
