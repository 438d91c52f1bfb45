import numpy as np
import pytest

from uhr_landcover.engine.teach.agreement import agreement_of, wilson_interval
from uhr_landcover.models.heads.left_out import LeftOut

NAMES = ["none", "water", "rangeland"]


def left_out(class_id, said):
    return LeftOut(
        example=np.arange(len(class_id)),
        class_id=np.array(class_id, int),
        said=np.array(said, int),
        right=np.zeros(len(class_id)),
    )


def test_interval_of_a_share_is_that_of_the_textbook():
    assert wilson_interval(19, 22) == pytest.approx((0.6667, 0.9525), abs=0.001)
    assert wilson_interval(0, 10)[0] == 0.0
    assert wilson_interval(10, 10)[1] == pytest.approx(1.0)


def test_sentence_counts_polygons_and_names_the_weakest_class():
    found = agreement_of(left_out([1] * 12 + [2] * 10, [1] * 12 + [2] * 7 + [1] * 3), NAMES)

    assert found.sentence() == "Agreement with left-out examples: 19 of 22 polygons (67–95 %); weakest: rangeland."


def test_class_with_fewer_than_three_examples_is_not_called_weakest():
    found = agreement_of(left_out([1, 1, 1, 2, 2], [1, 1, 1, 1, 1]), NAMES)

    assert found.weakest is None
    assert found.to_dict()["classes"][1] == {"class_id": 2, "class_name": "rangeland", "examples": 2, "right": 0}


def test_sentence_without_left_out_examples_says_so():
    assert "none could be left out" in agreement_of(left_out([], []), NAMES).sentence()
