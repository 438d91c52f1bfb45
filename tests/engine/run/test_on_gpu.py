"""Real networks on a GPU: the same map as the CPU's, the promised memory, and no dead end where memory is short.

Tests run on a real GPU where there is one (mark `gpu`), else on the stand-in of `stand_in_gpu.py`.
"""

from __future__ import annotations

import dataclasses
import hashlib

import pytest
import rasterio
import torch
from fakes import RecordingEmit
from stand_in_gpu import NAME, stand_in_gpu

from uhr_landcover.engine.contract.events import Note, PlanReady, Progress, Stage
from uhr_landcover.engine.contract.job import OutputSpec, Preset, SegmentationJob
from uhr_landcover.engine.plan import planning
from uhr_landcover.engine.run import predictor as predictor_module
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.errors import Cancelled
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.models.inference import form
from uhr_landcover.models.scenes.landscape import render_window

SIDE = 1100
SAME = 0.999
"""Part of the pixels that must not change with another precision or after memory ran out."""
METHODS = ["isdnet", "ppn", "glnet"]
needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
without_gpu = pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
REAL, STAND_IN = pytest.param("real", marks=[pytest.mark.gpu, needs_gpu]), pytest.param("stand-in", marks=without_gpu)


@pytest.fixture(params=[STAND_IN, REAL])
def gpu(request):
    """Name of a GPU that works."""
    if request.param == "real":
        torch.cuda.init()
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats(0)
        yield "cuda:0"
        torch.cuda.set_per_process_memory_fraction(1.0, 0)
    else:
        with stand_in_gpu():
            yield "cuda:0"


@pytest.fixture(scope="module")
def raster(tmp_path_factory):
    path = tmp_path_factory.mktemp("scene") / "scene.tif"
    image, _ = render_window(3, 0, 0, SIDE, SIDE)
    profile = {"driver": "GTiff", "width": SIDE, "height": SIDE, "count": 3, "dtype": "uint8", "crs": "EPSG:32633"}
    with rasterio.open(path, "w", transform=rasterio.Affine(0.5, 0, 500_000, 0, -0.5, 5_000_000), **profile) as file:
        file.write(image.transpose(2, 0, 1))
    return path


def segment(raster, out, method, device, emit=None, stop=lambda: False, **job):
    output = OutputSpec(directory=str(out), vector_formats=("gpkg",))
    created = "2030-01-01T00:00:00+00:00"
    job = SegmentationJob(raster=str(raster), method=method, device=device, output=output, created=created, **job)
    return run(job, RunContext(emit or RecordingEmit(), stop))


def classes_of(result):
    with rasterio.open(result.class_raster) as raster:
        return raster.read(1)


def digests(result):
    files = [result.class_raster, *result.vectors.values()]
    return [hashlib.sha256(open(file, "rb").read()).hexdigest() for file in files]


@pytest.mark.parametrize("preset", list(Preset))
@pytest.mark.parametrize("method", METHODS)
def test_map_of_the_gpu_is_that_of_the_cpu_within_the_promised_memory(raster, tmp_path, gpu, method, preset):
    emit = RecordingEmit()

    on_gpu = segment(raster, tmp_path / "gpu", method, gpu, emit, preset=preset)
    on_cpu = segment(raster, tmp_path / "cpu", method, "cpu")

    execution = emit.of(PlanReady)[0].plan
    assert execution["device"].startswith("cuda")
    assert 0 < on_gpu.peak_device_bytes <= execution["predicted_device_bytes"]
    # Where 16 bits are used, pixels may differ in which two classes are next to even.
    assert (classes_of(on_gpu) == classes_of(on_cpu)).mean() >= SAME


@pytest.mark.parametrize("method", METHODS)
def test_queue_and_interruption_change_no_byte_on_the_cpu(raster, tmp_path, monkeypatch, method):
    check_queue_and_interruption(raster, tmp_path, monkeypatch, method, "cpu")


@pytest.mark.parametrize("method", METHODS)
def test_queue_and_interruption_change_no_byte_on_a_gpu(raster, tmp_path, monkeypatch, gpu, method):
    check_queue_and_interruption(raster, tmp_path, monkeypatch, method, gpu)


def check_queue_and_interruption(raster, tmp_path, monkeypatch, method, device):
    # With this preset a batch has one tile, so that some are left when the first are done.
    ahead = segment(raster, tmp_path / "ahead", method, device, preset=Preset.MEMORY)
    # One batch after the other on a GPU, one ahead on the CPU: the other way round. And another number of writers.
    planned = planning.plan_execution

    def plan_execution(*args, **options):
        plan = planned(*args, **options)
        return dataclasses.replace(plan, writers=plan.writers % 3 + 1)

    monkeypatch.setattr(planning, "plan_execution", plan_execution)
    begun = predictor_module.Predictor._move

    def move(self, target):
        begun(self, target)
        self.batches_ahead = 0 if target.type == "cuda" else 1

    monkeypatch.setattr(predictor_module.Predictor, "_move", move)
    emit, out = RecordingEmit(), tmp_path / "interrupted"

    def stop():
        return any(e.stage is Stage.CLASSIFY and e.done >= 2 for e in emit.of(Progress))

    with pytest.raises(Cancelled):
        segment(raster, out, method, device, emit, stop, preset=Preset.MEMORY)
    resumed = segment(raster, out, method, device, preset=Preset.MEMORY)

    assert resumed.resumed_tiles >= 1
    assert digests(resumed) == digests(ahead)


def test_gpu_that_others_fill_up_finishes_the_map_with_smaller_batches(raster, tmp_path, gpu):
    whole = segment(raster, tmp_path / "whole", "isdnet", gpu, preset=Preset.SPEED)
    emit = RecordingEmit()
    total = torch.cuda.get_device_properties(0).total_memory

    def limit(event):
        emit(event)
        if isinstance(event, PlanReady):  # planned with all of the memory, then somebody else takes it
            torch.cuda.empty_cache()
            wanted = 0.5 * event.plan["predicted_device_bytes"]
            torch.cuda.set_per_process_memory_fraction(min(1.0, wanted / total), 0)

    try:
        narrow = segment(raster, tmp_path / "narrow", "isdnet", gpu, limit, preset=Preset.SPEED)
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0, 0)

    assert any("Memory ran out" in e.message or "too little memory" in e.message for e in emit.of(Note))
    assert (classes_of(narrow) == classes_of(whole)).mean() >= SAME


@pytest.mark.parametrize(
    ("method", "total_mb", "says"),
    [
        ("isdnet", 4, ["for the network; the run goes on on the CPU"]),
        ("isdnet", 16, ["2 tiles", "one tile", "8 strips", "for one tile; the run goes on on the CPU"]),
        ("ppn", 40, ["4 tiles", "2 tiles", "one tile"]),
        ("glnet", 40, ["2 tiles", "one tile", "3 patches", "one patch"]),
    ],
)
def test_gpu_of_any_size_finishes_the_map(raster, tmp_path, gpu, method, total_mb, says):
    emit = RecordingEmit()
    total = torch.cuda.get_device_properties(0).total_memory

    def limit(event):
        emit(event)
        if isinstance(event, PlanReady):
            torch.cuda.empty_cache()
            torch.cuda.set_per_process_memory_fraction((total_mb << 20) / total, 0)

    narrow = segment(raster, tmp_path / "narrow", method, gpu, limit, preset=Preset.SPEED)
    on_cpu = segment(raster, tmp_path / "cpu", method, "cpu")

    notes = [e.message for e in emit.of(Note)]
    if torch.cuda.get_device_name(0) == NAME:  # a real one needs memory for its libraries too
        assert len(notes) == len(says)
        assert all(part in note for part, note in zip(says, notes, strict=True))
    assert any("Memory ran out" in note or "too little memory" in note for note in notes)
    assert (classes_of(narrow) == classes_of(on_cpu)).mean() >= SAME


def test_tiles_that_leave_float16_are_done_in_float32_without_rounding(raster, tmp_path, gpu, monkeypatch):
    emit = RecordingEmit()
    lower = form.lower_weights

    def lower_to_infinity(network, precision):
        lower(network, precision)
        network.refine_head.stdc_net.features[0].conv.weight.data.fill_(6e4)

    monkeypatch.setattr(form, "lower_weights", lower_to_infinity)
    on_gpu = segment(raster, tmp_path / "gpu", "isdnet", gpu, emit)
    on_cpu = segment(raster, tmp_path / "cpu", "isdnet", "cpu")

    assert any("leave the range of float16" in e.message for e in emit.of(Note))
    # Two devices add up in another order.
    assert (classes_of(on_gpu) == classes_of(on_cpu)).mean() >= 0.99999
