"""Device that does the work: CUDA or CPU, how much memory it has free, and in which precision."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .errors import DeviceError, ErrorCode
from .host import free_memory_bytes, total_memory_bytes, usable_cores

SELFTEST_SIDE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A processor to run a network on.

    Attributes:
        name: "cpu" or "cuda:N".
        title: Name for people.
        precision: Number type of the network's arithmetic: "float32", "bfloat16" or "float16".
        free_bytes: Memory that is free on it; 0 if unknown.
        total_bytes: Memory that it has; 0 if unknown.
        cores: Processor cores of the host that this process may use.
    """

    name: str
    title: str
    precision: str = "float32"
    free_bytes: int = 0
    total_bytes: int = 0
    cores: int = 1

    @property
    def is_cuda(self) -> bool:
        """Whether the device is a GPU."""
        return self.name.startswith("cuda")


def choose_device(wanted: str = "auto") -> Device:
    """Return the device to work on.

    Args:
        wanted: "auto" takes the GPU with the most free memory, else the CPU; "cpu"; "cuda" any GPU; "cuda:N" that one.

    Raises:
        DeviceError: If the wish is not understood or there is no such device.
    """
    if wanted == "cpu":
        return cpu_device()
    if not re.fullmatch(r"auto|cuda(:\d+)?", wanted):
        raise DeviceError(
            ErrorCode.DEVICE_UNAVAILABLE, f"{wanted!r} is no device; expected auto, cpu, cuda or cuda:N, as in cuda:0."
        )
    gpus = cuda_devices()
    if ":" in wanted:
        gpus = [gpu for gpu in gpus if gpu.name == wanted]
    if gpus:
        return max(gpus, key=lambda gpu: gpu.free_bytes)
    if wanted == "auto":
        return cpu_device()
    raise DeviceError(ErrorCode.DEVICE_UNAVAILABLE, _missing_gpu(wanted))


def cpu_device() -> Device:
    """Return the CPU.

    Its arithmetic is float32: bfloat16 is 1.1 to 1.6 times as fast, but changes the class of up to 1.9 % of the pixels
    on the starters (benchmarks/results/precision.md), and a machine must not change the map.
    """
    cores = usable_cores()
    title = f"CPU, {cores} core{'s' if cores != 1 else ''}"
    return Device(
        name="cpu", title=title, free_bytes=free_memory_bytes(), total_bytes=total_memory_bytes(), cores=cores
    )


def cuda_devices() -> list[Device]:
    """Return the GPUs that answer; one that is listed but fails at first use is left out."""
    import torch

    if not torch.cuda.is_available():
        return []
    return [device for index in range(torch.cuda.device_count()) if (device := _probe(index))]


@contextlib.contextmanager
def working_threads(count: int) -> Iterator[None]:
    """Let networks use so many processor threads in the block; 0 leaves the choice to torch."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count or before)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def check_device(device: Device) -> None:
    """Run a convolution that counts neighbours, and an argmax, on a device.

    Raises:
        DeviceError: If the device gives a wrong answer.
    """
    import torch

    layer = torch.nn.Conv2d(1, 2, 3, padding=1, bias=False)
    with torch.inference_mode():
        layer.weight.copy_(torch.stack([torch.full((1, 3, 3), 1.0), torch.full((1, 3, 3), 0.5)]))
        layer = layer.to(device.name).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        image = torch.ones(1, 1, SELFTEST_SIDE, SELFTEST_SIDE, device=device.name)
        image[..., SELFTEST_SIDE // 2 :] = -1  # the left half is class 0, the right half class 1
        precision = getattr(torch, device.precision)
        with torch.autocast(image.device.type, precision, enabled=precision is not torch.float32):
            class_ids = layer(image).argmax(dim=1)[0].cpu()
    if bool((class_ids != (torch.arange(SELFTEST_SIDE) >= SELFTEST_SIDE // 2)).any()):
        raise DeviceError(
            ErrorCode.DEVICE_UNAVAILABLE,
            f"{device.title} computes a small network wrongly. Use another device, or update its driver.",
        )


def _probe(index: int) -> Device | None:
    import torch

    try:
        free, total = torch.cuda.mem_get_info(index)
        torch.ones(1, device=f"cuda:{index}").add_(1).item()
        major, _ = torch.cuda.get_device_capability(index)
    except RuntimeError:
        return None
    # Tensor cores know float16 from generation 7 on. Newer ones know bfloat16 too, which never overflows but has eight
    # times the rounding error: it moves up to 1.9 % of the starters' pixels, float16 0.1 %. Overflow is looked for.
    precision = "float16" if major >= 7 else "float32"
    return Device(
        name=f"cuda:{index}",
        title=torch.cuda.get_device_name(index),
        precision=precision,
        free_bytes=free,
        total_bytes=total,
        cores=usable_cores(),
    )


def _missing_gpu(wanted: str) -> str:
    import torch

    if torch.version.cuda is None:
        return (
            f"{wanted} was asked for, but this PyTorch is built for the CPU only. Use cpu or auto, or set up the GPU."
        )
    found = ", ".join(gpu.name for gpu in cuda_devices()) or "none"
    return f"{wanted} was asked for; GPUs that answer on this machine: {found}. Use one of them, cpu or auto."
