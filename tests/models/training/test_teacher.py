"""A teacher fills what nobody labelled, and nothing else."""

import dataclasses

import pytest
import torch
from fakes import LEVELS, ThresholdNetwork, fake_card

from uhr_landcover.models.checkpoint import Checkpoint
from uhr_landcover.models.errors import CheckpointError
from uhr_landcover.models.legend import load_legend
from uhr_landcover.models.training.labels import teacher as module
from uhr_landcover.models.training.labels.teacher import Teacher


class SureWhereBright(ThresholdNetwork):
    """Sure of its class on bright pixels alone."""

    def forward(self, image):
        return super().forward(image) * (image.mean(1, keepdim=True) > 0.5) * 20


@pytest.fixture
def teacher(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "load_checkpoint", lambda path: Checkpoint(fake_card(), SureWhereBright().eval()))
    return Teacher(tmp_path / "t.safetensors", load_legend(), 0.8, torch.device("cpu"))


def test_teacher_fills_unlabelled_pixels_where_it_is_sure(teacher):
    images = torch.full((1, 3, 16, 16), 200, dtype=torch.uint8)
    images[..., :8] = 20
    labels = torch.full((1, 16, 16), 255)
    labels[0, 0] = 3

    completed = teacher.complete(images, labels)

    assert (completed[0, 0] == 3).all()
    assert (completed[0, 1:, 8:] == 200 * LEVELS // 256).all()
    assert (completed[0, 1:, :8] == 255).all()


def test_teacher_of_other_classes_is_refused(monkeypatch, tmp_path):
    legend = load_legend()
    other = dataclasses.replace(legend, classes=legend.classes[:-1])
    monkeypatch.setattr(module, "load_checkpoint", lambda path: Checkpoint(fake_card(legend=other), ThresholdNetwork()))

    with pytest.raises(CheckpointError, match="knows other classes"):
        Teacher(tmp_path / "t.safetensors", legend, 0.8, torch.device("cpu"))
