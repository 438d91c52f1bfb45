"""Class balance by leaving labels out."""

import numpy as np
import torch

from uhr_landcover.models.legend import IGNORE_INDEX
from uhr_landcover.models.training.labels.class_balanced_labels import LEAST_KEPT, ClassBalancedLabels


class Stream:
    """Samples with nine tenths of class 1, one tenth of class 2 and some ignored pixels."""

    def batch(self, number):
        labels = np.ones((1, 20, 20), np.uint8)
        labels[:, :2] = 2
        labels[:, -1] = IGNORE_INDEX
        return np.zeros((1, 3, 20, 20), np.uint8), labels


def counts(class_ids):
    return [int((class_ids == k).sum()) for k in (1, 2, IGNORE_INDEX)]


def labels():
    class_ids = torch.ones(1, 100, 100, dtype=torch.long)
    class_ids[:, :10] = 2
    class_ids[:, -10:] = IGNORE_INDEX
    return class_ids


def test_full_strength_leaves_as_many_of_the_frequent_class_as_of_the_rare_one():
    torch.manual_seed(0)

    frequent, rare, ignored = counts(ClassBalancedLabels(Stream(), 7, 1.0)(labels()))

    assert rare == 1000  # nothing of the rarest class is left out
    assert abs(frequent - 8000 * 40 / 340) < 100
    assert ignored == 10_000 - frequent - rare


def test_half_strength_is_between_and_zero_changes_nothing():
    torch.manual_seed(0)

    half = counts(ClassBalancedLabels(Stream(), 7, 0.5)(labels()))[0]

    assert abs(half - 8000 * (40 / 340) ** 0.5) < 200
    assert torch.equal(ClassBalancedLabels(Stream(), 7, 0.0)(labels()), labels())


def test_no_class_vanishes():
    assert ClassBalancedLabels(Stream(), 7, 9.0).kept.min() == torch.tensor(LEAST_KEPT)
