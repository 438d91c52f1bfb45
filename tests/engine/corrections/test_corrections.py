import numpy as np
import pytest
import shapely

from uhr_landcover.engine.corrections.corrections import Corrections
from uhr_landcover.engine.raster.grid import Window


def of(*rows):
    return Corrections(
        shapes=np.array([shape for shape, *_ in rows], object),
        new_class=np.array([new for _, new, *_ in rows], np.uint8),
        old_classes=tuple(frozenset(more[0] if more else ()) for _, _, *more in rows),
    )


WHOLE = Window(0, 0, 8, 6)
PLAIN = np.array([[1, 1, 1, 1, 2, 2, 2, 255]] * 6, np.uint8)


def test_pixels_whose_centre_lies_in_an_outline_get_its_class():
    found = of((shapely.box(1.2, 0.6, 3.6, 2.4), 4)).apply(PLAIN, WHOLE)

    expected = PLAIN.copy()
    expected[1:2, 1:4] = 4  # rows 0.5 and 2.5 are centres outside
    assert np.array_equal(found, expected)
    assert PLAIN[1, 1] == 1, "what came in is not changed"


def test_only_chosen_classes_change():
    found = of((shapely.box(0, 0, 8, 6), 5, {2})).apply(PLAIN, WHOLE)

    assert np.array_equal(found, np.where(PLAIN == 2, 5, PLAIN))


def test_pixels_without_data_stay_so():
    assert (of((shapely.box(0, 0, 8, 6), 5)).apply(PLAIN, WHOLE)[:, 7] == 255).all()


def test_later_outline_lies_over_an_earlier_one_and_sees_what_it_made():
    found = of((shapely.box(0, 0, 4, 6), 3), (shapely.box(0, 0, 2, 6), 4), (shapely.box(0, 0, 8, 1), 6, {4})).apply(
        PLAIN, WHOLE
    )

    assert found[1].tolist() == [4, 4, 3, 3, 2, 2, 2, 255]
    assert found[0].tolist() == [6, 6, 3, 3, 2, 2, 2, 255]


@pytest.mark.parametrize("cut", [Window(2, 1, 4, 3), Window(0, 0, 1, 1), Window(5, 5, 3, 1)], ids=str)
def test_window_is_corrected_like_that_part_of_the_whole(cut):
    corrections = of((shapely.Point(3, 3).buffer(2.7), 3), (shapely.box(2, 2, 6, 5), 6, {3}))

    rows, cols = cut.slices_in(WHOLE)
    assert np.array_equal(corrections.apply(PLAIN[rows, cols], cut), corrections.apply(PLAIN, WHOLE)[rows, cols])


def test_window_that_no_outline_reaches_is_given_back():
    corrections = of((shapely.box(0, 0, 2, 2), 3))

    assert corrections.apply(PLAIN, Window(100, 100, 8, 6)) is PLAIN
    assert not corrections.touches(Window(100, 100, 8, 6))
    assert corrections.touches(WHOLE)
