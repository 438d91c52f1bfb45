import numpy as np
import shapely

from uhr_landcover.engine.teach.examples.positions import MOST_SAMPLES, sample_positions


def at(shapes, scale=1.0):
    return sample_positions(np.array(shapes, object), scale, scale, 4)


def test_positions_are_the_centres_of_cells_inside_a_polygon():
    found = at([shapely.box(8, 4, 16, 12)])

    assert sorted(zip(found.x.tolist(), found.y.tolist(), strict=True)) == [(10, 6), (10, 10), (14, 6), (14, 10)]


def test_positions_of_a_finer_raster_are_in_model_pixels():
    found = at([shapely.box(16, 8, 32, 24)], scale=2.0)

    assert sorted(zip(found.x.tolist(), found.y.tolist(), strict=True)) == [(10, 6), (10, 10), (14, 6), (14, 10)]


def test_large_polygon_gives_some_hundred_positions_all_over():
    found = at([shapely.box(0, 0, 4000, 4000)])

    assert len(found.x) == MOST_SAMPLES
    assert found.x.std() > 900
    assert found.y.std() > 900


def test_point_line_and_sliver_give_the_cells_they_touch():
    found = at([shapely.Point(9, 5), shapely.LineString([(0.5, 1), (11, 1)]), shapely.box(20.1, 20.1, 20.3, 20.3)])

    assert np.bincount(found.example).tolist() == [1, 3, 1]
    assert (found.x[0], found.y[0]) == (10, 6)


def test_positions_lie_inside_the_example():
    ring = shapely.Point(100, 100).buffer(60).difference(shapely.Point(100, 100).buffer(40))

    found = at([ring])

    assert shapely.contains_xy(ring, found.x, found.y).all()
