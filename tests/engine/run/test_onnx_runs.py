"""Runs with networks in ONNX files: the same classes as onnxruntime gives for the whole image at once."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest
import rasterio
from fakes import RecordingEmit

pytest.importorskip("onnxruntime", reason="onnxruntime is optional and not installed")

from onnx import TensorProto
from onnx_support import DEEPNESS, band_network, class_names, plain_run, smooth_image

from uhr_landcover.engine.commands import describe as describe_command
from uhr_landcover.engine.contract.job import Method, OutputSpec, SegmentationJob
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.errors import Cancelled, InvalidJob, OutputError
from uhr_landcover.engine.system.run_context import RunContext


def segment(raster, out, network, should_stop=lambda: False, **output):
    spec = {"directory": str(out), "vector_formats": (), **output}
    job = SegmentationJob(
        raster=str(raster),
        output=OutputSpec(**spec),
        device="cpu",
        method=Method.ONNX,
        checkpoint=str(network),
    )
    return run(job, RunContext(RecordingEmit(), should_stop))


def describe(network, *options):
    parser = argparse.ArgumentParser()
    describe_command.add_arguments(parser)
    args = parser.parse_args([str(network), *options, "--write"])
    return describe_command.execute(args, RunContext(RecordingEmit()))


def classes_of(result):
    with rasterio.open(result.class_raster) as raster:
        return raster.read(1)


def deepness(classes, **more):
    return {**DEEPNESS, "class_names": class_names(classes), **more}


def as_given(image, last=False):
    """The image as Deepness's convention gives it to a network: values between 0 and 1."""
    values = (image.astype(np.float32) / 255)[None]
    return values.transpose(0, 2, 3, 1) if last else values


@pytest.mark.parametrize("ending", ["", "Softmax", "Sigmoid", "ArgMax"])
def test_run_of_a_free_size_equals_the_plain_run_of_the_whole_image(make_raster, tmp_path, ending):
    image = smooth_image(3, 211, 300)
    network = band_network(tmp_path / "net.onnx", ending=ending, blur=5, metadata=deepness(4))

    result = segment(make_raster(image), tmp_path / "out", network)

    plain = plain_run(network, as_given(image))
    expected = plain[0] if ending == "ArgMax" else plain[0].argmax(0)
    assert len(np.unique(expected)) == 4
    assert (classes_of(result) == expected).all()


@pytest.mark.parametrize("last", [(False, True), (True, False), (True, True)], ids=str)
def test_run_with_channels_last_equals_the_plain_run(make_raster, tmp_path, last):
    image = smooth_image(3, 100, 140)
    network = band_network(tmp_path / "net.onnx", channels_last=last, metadata=deepness(4))

    result = segment(make_raster(image), tmp_path / "out", network)

    plain = plain_run(network, as_given(image, last[0]))[0]
    assert (classes_of(result) == plain.argmax(2 if last[1] else 0)).all()


@pytest.mark.parametrize("batch", [1, 2, "batch"])
def test_run_of_a_fixed_size_equals_plain_runs_of_its_tiles(make_raster, tmp_path, batch):
    image = smooth_image(3, 70, 200)
    network = band_network(tmp_path / "net.onnx", size=(64, 64), batch=batch, metadata=deepness(4))
    free = band_network(tmp_path / "free.onnx", metadata=deepness(4))

    result = segment(make_raster(image), tmp_path / "out", network)

    assert (classes_of(result) == plain_run(free, as_given(image))[0].argmax(0)).all()


def test_run_of_a_single_tile_of_fixed_size_equals_the_plain_run(make_raster, tmp_path):
    image = smooth_image(3, 64, 64)
    network = band_network(tmp_path / "net.onnx", size=(64, 64), blur=9, metadata=deepness(4))

    result = segment(make_raster(image), tmp_path / "out", network)

    assert (classes_of(result) == plain_run(network, as_given(image))[0].argmax(0)).all()


def test_run_of_a_coarser_answer_brings_it_to_the_image(make_raster, tmp_path):
    image = smooth_image(3, 64, 96)
    network = band_network(tmp_path / "net.onnx", shrink=4, metadata=deepness(4, tile_size=96))

    result = segment(make_raster(image), tmp_path / "out", network)

    coarse = plain_run(network, as_given(image))[0]
    centres = classes_of(result)[1::4, 1::4]
    assert coarse.shape[1:] == (16, 24)
    assert (centres == coarse.argmax(0)).mean() > 0.9


def test_run_with_one_probability_gives_two_classes_by_the_threshold(make_raster, tmp_path):
    image = smooth_image(3, 90, 90)
    network = band_network(tmp_path / "net.onnx", classes=1, ending="Sigmoid", metadata=deepness(1, seg_thresh=0.6))

    result = segment(make_raster(image), tmp_path / "out", network)

    expected = plain_run(network, as_given(image))[0, 0] >= 0.6
    assert 0.1 < expected.mean() < 0.9
    assert (classes_of(result) == expected).all()
    assert [c["name"] for c in result.legend["classes"]] == ["background", "class 0"]


def test_run_with_integer_pixels_gives_them_as_they_are(make_raster, tmp_path):
    image = smooth_image(3, 80, 80)
    normal = {"standardization_mean": [0.0] * 3, "standardization_std": [1 / 255] * 3}
    network = band_network(tmp_path / "net.onnx", dtype=TensorProto.UINT8, metadata=deepness(4, **normal))

    result = segment(make_raster(image), tmp_path / "out", network)

    assert (classes_of(result) == plain_run(network, image[None])[0].argmax(0)).all()


def test_run_with_standardisation_of_deepness_equals_the_plain_run(make_raster, tmp_path):
    image = smooth_image(3, 80, 80)
    mean, std = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    network = band_network(
        tmp_path / "net.onnx", metadata=deepness(4, standardization_mean=mean, standardization_std=std)
    )

    result = segment(make_raster(image), tmp_path / "out", network)

    given = (as_given(image) - np.float32(mean).reshape(1, 3, 1, 1)) / np.float32(std).reshape(1, 3, 1, 1)
    assert (classes_of(result) == plain_run(network, given.astype(np.float32))[0].argmax(0)).mean() > 0.9999


def test_run_with_four_bands_takes_all_of_them(make_raster, tmp_path):
    image = smooth_image(4, 70, 90)
    network = band_network(tmp_path / "net.onnx", channels=4, metadata=deepness(4))

    result = segment(make_raster(image, photometric="minisblack"), tmp_path / "out", network)

    assert (classes_of(result) == plain_run(network, as_given(image))[0].argmax(0)).all()


def test_run_writes_confidence_and_polygons_of_a_foreign_network(make_raster, tmp_path):
    image = smooth_image(3, 70, 90)
    network = band_network(tmp_path / "net.onnx", ending="Softmax", metadata=deepness(4))

    result = segment(make_raster(image), tmp_path / "out", network, confidence=True, vector_formats=("gpkg",))

    with rasterio.open(result.confidence_raster) as raster:
        told = raster.read(1)
    best = plain_run(network, as_given(image))[0].max(0)
    assert np.abs(told - 100 * best).max() <= 0.51
    assert result.vectors["gpkg"].endswith(".gpkg")


def test_class_ids_that_the_card_does_not_name_are_refused(make_raster, tmp_path):
    network = band_network(tmp_path / "net.onnx", ending="ArgMax", metadata=deepness(3))

    with pytest.raises(Exception, match="gives class 3, but its card names 3 classes"):
        segment(make_raster(smooth_image(3, 64, 64)), tmp_path / "out", network)


@pytest.mark.parametrize("dtype", ["uint16", "int16", "float32"])
def test_run_of_the_raster_s_own_values_gives_them_to_the_network_unchanged(make_raster, tmp_path, dtype):
    image = (smooth_image(3, 100, 130).astype(np.float32) * 31.7).astype(dtype)  # reflectance times 10 000
    network = band_network(tmp_path / "net.onnx", blur=5)
    describe(network, "--classes", "a,b,c,d", "--scale", "raw", "--std", "8100,8100,8100", "--resolution", "0.5",
             "--tile-px", "64", "--halo-px", "8")  # fmt: skip

    result = segment(make_raster(image), tmp_path / "out", network)

    plain = plain_run(network, image[None].astype(np.float32) / np.float32(8100))
    assert len(np.unique(plain.argmax(1))) >= 3
    assert (classes_of(result) == plain[0].argmax(0)).all()


def test_interrupted_run_of_a_foreign_network_goes_on_to_the_same_bytes(make_raster, tmp_path):
    raster = make_raster(smooth_image(3, 211, 300))
    network = band_network(tmp_path / "net.onnx", blur=5, metadata=deepness(4))
    whole = segment(raster, tmp_path / "whole", network)
    asked = iter([False] * 12 + [True] * 1000)

    with pytest.raises(Cancelled):
        segment(raster, tmp_path / "out", network, should_stop=lambda: next(asked))
    resumed = segment(raster, tmp_path / "out", network)

    assert 0 < resumed.resumed_tiles < resumed.tiles
    assert Path(resumed.class_raster).read_bytes() == Path(whole.class_raster).read_bytes()


def test_run_goes_on_only_with_the_same_network(make_raster, tmp_path):
    raster = make_raster(smooth_image(3, 211, 300))
    network = band_network(tmp_path / "net.onnx", blur=5, metadata=deepness(4))
    asked = iter([False] * 12 + [True] * 1000)
    with pytest.raises(Cancelled):
        segment(raster, tmp_path / "out", network, should_stop=lambda: next(asked))
    band_network(network, blur=3, metadata=deepness(4))

    with pytest.raises(OutputError, match="interrupted run of another job"):
        segment(raster, tmp_path / "out", network)


def test_confidence_of_a_network_that_gives_class_ids_is_refused(make_raster, tmp_path):
    network = band_network(tmp_path / "net.onnx", ending="ArgMax", metadata=deepness(4))

    with pytest.raises(InvalidJob, match="gives classes without scores"):
        segment(make_raster(smooth_image(3, 64, 64)), tmp_path / "out", network, confidence=True)
