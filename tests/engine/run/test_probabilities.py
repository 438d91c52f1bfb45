"""Raster of all probabilities: those of the network, mixed at seams as the classes are, through the run's journal."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import rasterio
import torch
from fakes import RecordingEmit, ThresholdNetwork, fake_checkpoint

from uhr_landcover.engine.contract.job import OutputSpec, RasterFormat, SegmentationJob
from uhr_landcover.engine.plan.planning import plan_run
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.errors import Cancelled, InvalidJob
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.models.inference.scores import class_probabilities


class SoftNetwork(ThresholdNetwork):
    """Its logits fall off gently with the distance of the brightness to a class's, and tilt over the tile."""

    def forward(self, image):
        value = image.mean(1, keepdim=True)
        steps = torch.arange(self.num_classes, device=image.device).view(1, -1, 1, 1) / self.num_classes
        tilt = torch.linspace(0, 1, image.shape[3]).view(1, 1, 1, -1) * steps
        return -8 * (value - steps).abs() + tilt


@pytest.fixture
def soft():
    checkpoint = fake_checkpoint()
    return dataclasses.replace(checkpoint, network=SoftNetwork())


@pytest.fixture
def raster(make_raster):
    rows, cols = np.mgrid[:150, :190]
    image = np.stack([(rows + cols) * 255 // 340, cols, rows]).astype(np.uint8)
    image[:, :20, :20] = 0
    return make_raster(image, nodata=0)


def segment(raster, out, checkpoint, should_stop=lambda: False, **output):
    spec = {"directory": str(out), "vector_formats": (), "probabilities": True, **output}
    job = SegmentationJob(raster=str(raster), output=OutputSpec(**spec), device="cpu", created="2026-01-01T00:00:00Z")
    return run(job, RunContext(RecordingEmit(), should_stop), checkpoint=checkpoint)


def read(path):
    with rasterio.open(path) as file:
        return file.read(), (file.descriptions, file.scales, set(file.dtypes))


def test_probabilities_sum_to_one_and_the_most_likely_class_is_the_map_s(raster, soft, tmp_path):
    result = segment(raster, tmp_path, soft, confidence=True)

    values, facts = read(result.probability_raster)
    classes, confidence = read(result.class_raster)[0][0], read(result.confidence_raster)[0][0]
    has_data = classes != 255
    assert has_data.any()
    assert not has_data.all()
    assert (values[:, ~has_data] == 255).all()
    assert np.abs(values[:, has_data].sum(0, dtype=int) - 250).max() <= len(values) / 2
    winner = np.take_along_axis(values[:, has_data], classes[has_data][None].astype(int), 0)[0]
    assert (winner == values[:, has_data].max(0)).all()
    assert np.abs(winner / 2.5 - confidence[has_data]).max() <= 0.75
    assert facts == (tuple(c.name for c in soft.card.legend.classes), (0.4,) * len(values), {"uint8"})


def test_probabilities_of_a_tile_s_middle_are_those_of_its_logits(raster, soft, tmp_path):
    values = read(segment(raster, tmp_path, soft).probability_raster)[0]

    plan = plan_run(SegmentationJob(raster=str(raster), output=OutputSpec(directory=str(tmp_path)), device="cpu"), soft)
    tile = plan.tiles.tiles[-1]
    with rasterio.open(raster) as file:
        image = torch.zeros(1, 3, *plan.tiles.padded_shape)
        window = tile.read
        part = file.read(window=((window.row_off, window.row_end), (window.col_off, window.col_end)))
        image[0, :, : window.height, : window.width] = torch.from_numpy(part).float()
    mean, std = (torch.tensor(v).view(1, -1, 1, 1) for v in dataclasses.astuple(soft.card.normalization))
    expected = class_probabilities(soft.network((image - mean) / std))[0].numpy()
    row, col = tile.core.row_off + tile.core.height // 2, tile.core.col_off + tile.core.width // 2
    assert (values[:, row, col] == expected[:, row - window.row_off, col - window.col_off]).all()


def test_probabilities_of_a_resumed_run_have_the_same_bytes(raster, soft, tmp_path):
    whole = segment(raster, tmp_path / "whole", soft)
    asked = iter(range(10**6))
    with pytest.raises(Cancelled):
        segment(raster, tmp_path / "cut", soft, lambda: next(asked) > 6)
    result = segment(raster, tmp_path / "cut", soft)

    assert result.resumed_tiles > 0
    assert (read(result.probability_raster)[0] == read(whole.probability_raster)[0]).all()


def test_cloud_optimised_probabilities_keep_names_and_values(raster, soft, tmp_path):
    plain = segment(raster, tmp_path / "plain", soft)
    cog = segment(raster, tmp_path / "cog", soft, raster_format=RasterFormat.COG)

    (expected, before), (values, after) = read(plain.probability_raster), read(cog.probability_raster)
    assert (values == expected).all()
    assert after == before


def test_probabilities_of_a_network_without_scores_are_refused(raster, soft, tmp_path):
    soft.network.gives_scores = False

    with pytest.raises(InvalidJob, match="neither confidence nor a probability"):
        segment(raster, tmp_path, soft)


def test_plan_with_probabilities_needs_more_disk_and_memory(raster, soft, tmp_path):
    def planned(wanted):
        output = OutputSpec(directory=str(tmp_path), probabilities=wanted)
        return plan_run(SegmentationJob(raster=str(raster), output=output, device="cpu"), soft).execution

    assert planned(True).predicted_disk_bytes > planned(False).predicted_disk_bytes
