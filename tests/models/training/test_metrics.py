import numpy as np
import pytest
import torch

from uhr_landcover.models.layers.losses import cross_entropy_over_all, focal_loss
from uhr_landcover.models.training.metrics import ConfusionMatrix


def test_confusion_matrix_gives_the_hand_computed_figures():
    matrix = ConfusionMatrix(3, unknown_id=0)

    matrix.add(np.array([[1, 1, 2, 2, 0, 255]]), np.array([[1, 2, 2, 2, 1, 1]]))

    assert matrix.iou()[1:].tolist() == pytest.approx([1 / 3, 2 / 3])
    assert matrix.f1()[1:].tolist() == pytest.approx([1 / 2, 4 / 5])
    assert matrix.mean_iou() == pytest.approx(0.5)
    assert matrix.accuracy() == pytest.approx(3 / 5)


def test_mean_iou_leaves_out_classes_that_the_reference_lacks():
    matrix = ConfusionMatrix(4, unknown_id=0)

    matrix.add(np.array([1, 1, 1]), np.array([1, 1, 3]))

    assert matrix.mean_iou() == pytest.approx(2 / 3)
    assert matrix.mean_iou_all() == pytest.approx(2 / 9)


def test_figures_of_an_empty_set_are_none():
    figures = ConfusionMatrix(2).to_dict(["a", "b"])

    assert figures["mean_iou"] is None
    assert figures["accuracy"] is None


def test_markdown_table_has_a_line_for_each_class_present():
    matrix = ConfusionMatrix(3)
    matrix.add(np.array([1, 2]), np.array([1, 1]))

    table = matrix.to_markdown(["unknown", "town", "field"])

    assert "| town | 1 | 50.0 | 66.7 | 100.0 |" in table
    assert "| field | 1 | 0.0 | 0.0 | 0.0 |" in table
    assert "| all pixels | 2 | | | 50.0 |" in table
    assert "| field | 1 | 0 |" in table  # of the one pixel of field, found as town, none as field
    assert "unknown" not in table


def test_cross_entropy_divides_by_all_pixels_ignored_ones_included():
    logits = torch.randn(1, 3, 2, 2)
    ids = torch.tensor([[[0, 255], [255, 255]]])

    expected = -logits.log_softmax(1)[0, 0, 0, 0] / 4

    assert torch.allclose(cross_entropy_over_all(logits, ids), expected)


def test_focal_loss_with_gamma_0_is_the_cross_entropy():
    logits, ids = torch.randn(2, 4, 3, 3), torch.randint(0, 4, (2, 3, 3))

    assert torch.allclose(focal_loss(logits, ids, gamma=0), torch.nn.functional.cross_entropy(logits, ids))


def test_focal_loss_counts_labelled_pixels_only():
    logits, ids = torch.randn(1, 4, 2, 2), torch.randint(0, 4, (1, 2, 2))
    half = ids.clone()
    half[:, 1] = 255

    assert torch.allclose(focal_loss(logits, half), focal_loss(logits[:, :, :1], ids[:, :1]))
