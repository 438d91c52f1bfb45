"""Batches, padding and what happens when memory runs out."""

from __future__ import annotations

import dataclasses
import threading

import numpy as np
import pytest
import torch
from affine import Affine
from fakes import ThresholdNetwork, fake_card, fake_checkpoint, threshold_classes
from stand_in_gpu import stand_in_gpu
from torch.utils._python_dispatch import TorchDispatchMode

from uhr_landcover.engine.contract.events import ErrorCode
from uhr_landcover.engine.contract.job import Preset
from uhr_landcover.engine.plan.presets import ExecutionPlan
from uhr_landcover.engine.raster.grid import RasterGrid
from uhr_landcover.engine.run import predictor as predictor_module
from uhr_landcover.engine.run.predictor import Predictor
from uhr_landcover.engine.system.errors import DeviceError
from uhr_landcover.engine.tiles.source import TileImage
from uhr_landcover.engine.tiles.tiling import plan_tiles
from uhr_landcover.models.checkpoint import Checkpoint, load_checkpoint, starter_path
from uhr_landcover.models.inference.prediction import predict
from uhr_landcover.models.preprocess import IMAGENET
from uhr_landcover.models.registry import build_network

PLAN = ExecutionPlan(
    preset=Preset.BALANCED,
    device="cpu",
    device_title="CPU",
    precision="float32",
    tile_px=64,
    halo_px=8,
    batch=1,
    patch_batch=4,
    torch_threads=1,
    readers=1,
    prefetch=1,
    gdal_cache_bytes=2**24,
    tiles=5,
    predicted_host_bytes=0,
    predicted_device_bytes=0,
    predicted_disk_bytes=0,
)


SMALL_ISDNET = {
    "deep_widths": [16, 16, 16, 16],
    "shallow_widths": [64, 16, 32, 32],
    "channels": 16,
    "head_channels": 16,
}


class LimitedAllocator(TorchDispatchMode):
    """Raises as CUDA's allocator does when a tensor is larger than a limit."""

    def __init__(self, limit_bytes):
        super().__init__()
        self.limit = limit_bytes

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        result = func(*args, **(kwargs or {}))
        if isinstance(result, torch.Tensor) and result.nbytes > self.limit:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return result


def images(count, valid=True, side=64):
    rng = np.random.default_rng(0)
    grid = RasterGrid(crs_wkt="", transform=Affine.identity(), width=60, height=50)
    tile = plan_tiles(grid, grid.window, tile_px=64, halo_px=8, size_divisor=8).tiles[0]
    mask = np.full((side, side), valid)
    return [
        TileImage(tile=tile, image=rng.integers(0, 256, (3, side, side), np.uint8), valid=mask, has_data=True)
        for _ in range(count)
    ]


def with_batch(batch):
    return dataclasses.replace(PLAN, batch=batch)


class RecordingNetwork(ThresholdNetwork):
    """Remembers the shapes it was given; runs out of memory above `limit` images."""

    def __init__(self, limit=99, error=torch.OutOfMemoryError):
        super().__init__()
        self.shapes, self.limit, self.error = [], limit, error

    def forward(self, image):
        self.shapes.append(tuple(image.shape))
        if image.shape[0] > self.limit:
            raise self.error("DefaultCPUAllocator: can't allocate memory")
        return super().forward(image)


@pytest.mark.parametrize("batch", [1, 2, 3, 8])
def test_classes_do_not_depend_on_the_batch(batch):
    tiles = images(5)

    got = Predictor(fake_checkpoint(), with_batch(batch)).classify(tiles)

    for tile, class_ids in zip(tiles, got, strict=True):
        assert (class_ids == threshold_classes(tile.image)[:50, :60]).all()


def test_short_batch_is_filled_up():
    network = RecordingNetwork()

    Predictor(fake_checkpoint(network), with_batch(4)).classify(images(5))

    assert network.shapes == [(4, 3, 64, 64)] * 2


def test_network_works_on_a_batch_while_the_next_is_asked_for_as_on_a_gpu():
    network, begun = RecordingNetwork(), threading.Event()
    tiles = images(5)
    predictor = Predictor(fake_checkpoint(network), with_batch(2))
    predictor.batches_ahead = 1
    threads = set()
    predictor.after_batch = lambda part: (threads.add(threading.current_thread().name), begun.set())

    def batches():
        yield tiles[:2]
        assert begun.wait(60)  # the first batch is done though nobody has taken it
        yield tiles[2:4]
        yield tiles[4:]

    found = list(predictor.stream(batches()))

    assert [id(tile) for tile, _ in found] == [id(tile) for tile in tiles]
    assert all((c.class_ids == threshold_classes(t.image)[:50, :60]).all() for t, c in found)
    assert threads == {"network_0"}


def test_out_of_memory_while_batches_are_under_way_loses_and_repeats_nothing():
    network, notes, heard = RecordingNetwork(), [], []
    tiles = images(12)
    predictor = Predictor(fake_checkpoint(network), with_batch(4), notes.append)
    predictor.batches_ahead = 1
    predictor.after_batch = lambda part: heard.append(len(part))

    def batches():
        yield tiles[:4]
        predictor._network.limit = 2
        yield tiles[4:8]
        yield tiles[8:]

    order = [id(tile) for tile, _ in predictor.stream(batches())]

    assert order == [id(tile) for tile in tiles]
    assert heard in ([4, 2, 2, 2, 2], [2, 2, 2, 2, 2, 2])  # the limit may come before the first batch
    assert len(notes) == 1


def test_error_of_the_network_ends_the_stream():
    predictor = Predictor(fake_checkpoint(FailingNetwork()), with_batch(2))
    predictor.batches_ahead = 1

    with pytest.raises(RuntimeError, match="something else"):
        list(predictor.stream([images(2), images(2)]))


def test_tiles_whose_numbers_leave_float16_are_done_in_float32(monkeypatch):
    """As on a GPU, in whose precision the second image of each batch overflows."""
    tiles, notes = images(4), []
    predictor = Predictor(fake_checkpoint(), with_batch(2), notes.append)
    predictor._precision = torch.float16
    passes = []

    def overflowing(network, pixels, valid, *args, **options):
        answer = predict(network, pixels, valid, *args, **options)
        passes.append(network is predictor._network)
        if network is not predictor._network:
            return answer
        class_ids = answer.class_ids.clone()
        class_ids[1] = 99
        return dataclasses.replace(answer, class_ids=class_ids, is_finite=torch.tensor([True, False]))

    monkeypatch.setattr(predictor_module, "predict", overflowing)
    got = predictor.classify(tiles)

    assert all((c == threshold_classes(t.image)[:50, :60]).all() for t, c in zip(tiles, got, strict=True))
    assert passes == [True, False] * 2
    assert len(notes) == 1


def test_buffers_that_cannot_be_locked_are_plain_memory(monkeypatch):
    zeros, tiles = torch.zeros, images(1)
    predictor = Predictor(fake_checkpoint(), PLAN)
    predictor._is_locked = True

    def refusing(*args, pin_memory=False, **options):
        if pin_memory:
            raise RuntimeError("CUDA error: out of memory")
        return zeros(*args, **options)

    monkeypatch.setattr(torch, "zeros", refusing)

    assert (predictor.classify(tiles)[0] == threshold_classes(tiles[0].image)[:50, :60]).all()


@pytest.mark.parametrize("error", [torch.OutOfMemoryError, RuntimeError], ids=["cuda", "cpu"])
def test_out_of_memory_halves_the_batch_and_says_so(error):
    network, notes = RecordingNetwork(limit=2, error=error), []
    tiles = images(5)

    predictor = Predictor(fake_checkpoint(network), with_batch(8), notes.append)
    got = predictor.classify(tiles)

    assert predictor.batch == 2
    assert len(got) == 5
    assert all((c == threshold_classes(t.image)[:50, :60]).all() for t, c in zip(tiles, got, strict=True))
    assert len(notes) == 2


def test_out_of_memory_takes_fewer_tiles_then_fewer_patches():
    class Patches(ThresholdNetwork):
        patch_batch = 0

        def forward(self, image):
            if self.patch_batch > 1:
                raise torch.OutOfMemoryError
            return super().forward(image)

    notes = []
    predictor = Predictor(fake_checkpoint(Patches()), with_batch(2), notes.append)

    predictor.classify(images(2))

    assert predictor.batch == 1
    assert [n.split("with ")[1] for n in notes] == [
        "one tile at a time.", "2 patches of a tile at a time.", "one patch of a tile at a time.",
    ]  # fmt: skip


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_network_that_does_not_fit_leaves_nothing_on_the_gpu_and_takes_one_tile_on_the_cpu(monkeypatch):
    plan = dataclasses.replace(PLAN, device="cuda:0", precision="float16", batch=8, patch_batch=6)
    left, notes, tiles = [], [], images(2)
    with stand_in_gpu(total=4000) as memory:  # less than the weights of the last layers
        monkeypatch.setattr(torch.cuda, "empty_cache", lambda: left.append(memory.live))
        predictor = Predictor(load_checkpoint(starter_path("isdnet")), plan, notes.append)
        got = predictor.classify(tiles)
    expected = Predictor(load_checkpoint(starter_path("isdnet")), PLAN).classify(tiles)

    assert left == [0]
    assert (predictor.batch, len(notes)) == (1, 1)
    assert all((a == b).all() for a, b in zip(got, expected, strict=True))


def test_out_of_memory_makes_large_maps_in_strips_and_the_run_goes_on():
    """The first map has 64 * 128 * 128 float32, 4.2 MB; in strips of 32 rows and their margins 2.6 MB."""
    network, notes = build_network("isdnet", SMALL_ISDNET, num_classes=7).eval(), []
    checkpoint = Checkpoint(fake_card(normalization=IMAGENET, tile_px=256), network)
    tiles = images(1, side=256)
    whole = Predictor(checkpoint, PLAN).classify(tiles)

    with LimitedAllocator(3_000_000):
        done = Predictor(checkpoint, PLAN, notes.append).classify(tiles)

    assert notes == ["Memory ran out; the run goes on with large layers in 8 strips."]
    assert (done[0] == whole[0]).all()


def test_out_of_memory_with_one_tile_on_the_cpu_is_an_error():
    with pytest.raises(DeviceError, match="needs more memory than is free") as caught:
        Predictor(fake_checkpoint(RecordingNetwork(limit=0)), PLAN).classify(images(1))

    assert caught.value.code is ErrorCode.OUT_OF_MEMORY


def test_other_errors_are_not_taken_for_lack_of_memory():
    with pytest.raises(RuntimeError, match="something else"):
        Predictor(fake_checkpoint(FailingNetwork()), PLAN).classify(images(1))


class FailingNetwork(ThresholdNetwork):
    def forward(self, image):
        raise RuntimeError("something else")


def test_pixels_without_data_look_the_same_to_the_network_whatever_they_hold():
    totals = []

    class Sum(ThresholdNetwork):
        def forward(self, image):
            totals.append(float(image.abs().sum()))
            return super().forward(image)

    Predictor(fake_checkpoint(Sum()), PLAN).classify(images(1, valid=False))

    assert totals == [0]


def test_maps_are_made_in_the_smooth_form_while_the_checkpoint_keeps_the_published_one():
    torch.manual_seed(0)
    small = {"path": "global", "global_px": 64, "patch_px": 64, "depth": 18, "pyramid_width": 8, "detail_width": 4}
    network = build_network("glnet", {**small, "backbone_widths": [4, 4, 8, 8]}, num_classes=4).eval()
    checkpoint = Checkpoint(fake_card(method="glnet"), network)
    tile = images(1)

    got = Predictor(checkpoint, PLAN).classify(tile)[0]

    pixels = torch.from_numpy(tile[0].image)[None] / 255
    with torch.inference_mode():
        published = network(pixels)[0].argmax(dim=0)
        network.smooth_patches = True
        smooth = network(pixels)[0].argmax(dim=0)
    assert (got == smooth[: got.shape[0], : got.shape[1]].numpy()).mean() > 0.999
    assert (smooth != published).float().mean() > 0.02
