"""Choosing a device, and refusing what is not there."""

from __future__ import annotations

import pytest
import torch

from uhr_landcover.engine.contract.events import ErrorCode
from uhr_landcover.engine.system import device as module
from uhr_landcover.engine.system.device import Device, check_device, choose_device
from uhr_landcover.engine.system.errors import DeviceError

SMALL = Device(name="cuda:0", title="small", free_bytes=2 * 10**9)
LARGE = Device(name="cuda:1", title="large", free_bytes=9 * 10**9)


@pytest.fixture
def two_gpus(monkeypatch):
    monkeypatch.setattr(module, "cuda_devices", lambda: [SMALL, LARGE])


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("auto", "cuda:1"), ("cuda", "cuda:1"), ("cuda:0", "cuda:0"), ("cpu", "cpu")],
    ids=lambda text: text.replace(":", " "),
)
def test_device_is_chosen_by_wish_and_free_memory(two_gpus, wanted, expected):
    assert choose_device(wanted).name == expected


def test_auto_without_gpu_is_the_cpu(monkeypatch):
    monkeypatch.setattr(module, "cuda_devices", list)

    assert choose_device("auto").name == "cpu"
    assert choose_device("auto").precision == "float32"


def test_missing_gpu_is_refused(two_gpus):
    with pytest.raises(DeviceError, match="cuda:7 was asked for") as caught:
        choose_device("cuda:7")

    assert caught.value.code is ErrorCode.DEVICE_UNAVAILABLE


@pytest.mark.parametrize("text", ["gpu", "cuda:x", "", "cuda:0; rm", "CPU "])
def test_unknown_device_is_refused(text):
    with pytest.raises(DeviceError, match="is no device"):
        choose_device(text)


def test_cpu_passes_its_test():
    check_device(choose_device("cpu"))


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_gpu_passes_its_test():
    check_device(choose_device("cuda"))
