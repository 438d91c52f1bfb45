"""Timing and memory of a network, measured the papers' way.

Random input already on the device, warm-up runs, then synchronised runs one by one (ISDNet's script times so). No
decoding, no host copies, no files: the network alone.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess  # nosec B404 - asks the NVIDIA driver's own tool, with a fixed argument list
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch

from ..network import SegmentationNetwork
from .low_precision import forbid_shortened_sums


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkTiming:
    """Result of one measurement.

    Attributes:
        fps: Images per second, from the median run.
        median_s: Seconds of the median run.
        fastest_s: Seconds of the fastest run.
        slowest_s: Seconds of the slowest run.
        runs: Runs that were timed.
        allocated_bytes: Largest memory of live tensors on the GPU; 0 on the CPU.
        reserved_bytes: Largest memory the allocator held on the GPU; 0 on the CPU.
        process_bytes: Memory of the process: on the GPU as the driver reports it (the papers' gpustat figure, 0 if it
            does not tell), on the CPU the resident memory at its peak.
    """

    fps: float
    median_s: float
    fastest_s: float
    slowest_s: float
    runs: int
    allocated_bytes: int
    reserved_bytes: int
    process_bytes: int


def time_network(
    network: SegmentationNetwork,
    *,
    size_px: tuple[int, int],
    device: str = "cpu",
    precision: str = "float32",
    warmups: int = 20,
    runs: int = 100,
    should_stop: Callable[[], bool] = lambda: False,
    on_run: Callable[[int], None] = lambda done: None,
) -> NetworkTiming:
    """Time a network on one random image.

    Args:
        network: Network; it is moved to the device and to evaluation mode.
        size_px: Width and height of the image.
        device: Torch device.
        precision: "float32", "bfloat16" or "float16".
        warmups: Runs that are not counted.
        runs: Runs that are timed, at least 1.
        should_stop: Asked between runs; ends the measurement early with the runs so far.
        on_run: Called with the number of timed runs so far.
    """
    target = torch.device(device)
    network = network.to(target, memory_format=torch.channels_last).eval()
    image = torch.rand(1, network.in_channels, size_px[1], size_px[0], device=target)
    image = image.contiguous(memory_format=torch.channels_last)
    dtype = getattr(torch, precision)
    if target.type == "cuda":
        forbid_shortened_sums()  # as for maps
        torch.cuda.reset_peak_memory_stats(target)
    seconds: list[float] = []
    with torch.inference_mode(), torch.autocast(target.type, dtype, enabled=dtype is not torch.float32):
        for number in range(warmups + runs):
            if should_stop() and seconds:
                break
            _synchronise(target)
            started = time.perf_counter()
            network(image)
            _synchronise(target)
            if number >= warmups:
                seconds.append(time.perf_counter() - started)
                on_run(len(seconds))
    on_gpu = target.type == "cuda"
    median = statistics.median(seconds)
    return NetworkTiming(
        fps=1 / median,
        median_s=median,
        fastest_s=min(seconds),
        slowest_s=max(seconds),
        runs=len(seconds),
        allocated_bytes=torch.cuda.max_memory_allocated(target) if on_gpu else 0,
        reserved_bytes=torch.cuda.max_memory_reserved(target) if on_gpu else 0,
        process_bytes=gpu_process_bytes() if on_gpu else _resident_peak_bytes(),
    )


def _synchronise(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def gpu_process_bytes() -> int:
    """Return the GPU memory of this process as the driver reports it; 0 if it does not tell."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return 0
    command = [tool, "--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"]
    try:
        done = subprocess.run(  # nosec B603 - absolute path, no shell, nothing of the user's in it
            command, capture_output=True, text=True, timeout=20, check=True
        )
        table = dict(line.split(",") for line in done.stdout.splitlines() if "," in line)
        return int(table.get(str(os.getpid()), "0")) * 1024**2
    except (OSError, subprocess.SubprocessError, ValueError):
        return 0


def _resident_peak_bytes() -> int:
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
