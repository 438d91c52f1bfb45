"""How fast this machine is beside the one of the design's figures for the trunk of ResNet-18.

    python benchmarks/machine_speed.py

Times that trunk (fp32, 1 × 3 × 1224 × 1224, two threads, median of six). The public implementations were timed on a
machine described in the same words; that it was the same one is likely and not known.
"""

import datetime
import json
import statistics
import sys
import time
from pathlib import Path

import torch

from uhr_landcover.models.layers.resnet import ResNet

REFERENCE_S = {"contiguous": 0.543, "channels_last": 0.426}
"""The same on the reference machine (two otherwise idle cores of an AVX-512 server)."""

RUNS = 6


def main() -> None:
    """Time both layouts and write a result file."""
    torch.set_num_threads(2)
    network, image = ResNet(18).eval(), torch.rand(1, 3, 1224, 1224)
    row = {"date": datetime.date.today().isoformat(), "torch": torch.__version__, "command": " ".join(sys.argv)}
    for name, reference in REFERENCE_S.items():
        layout = {"memory_format": getattr(torch, f"{name}_format" if name == "contiguous" else name)}
        here = statistics.median(_seconds(network.to(**layout), image.contiguous(**layout)))
        row[name] = {"here_s": round(here, 3), "reference_s": reference, "slower": round(here / reference, 2)}
    out = Path(__file__).parent / "results" / f"machine_speed_{row['date']}.json"
    out.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")
    print(out.read_text(encoding="utf-8"))


@torch.inference_mode()
def _seconds(network: torch.nn.Module, image: torch.Tensor) -> list[float]:
    times = []
    for _ in range(RUNS + 1):
        begun = time.perf_counter()
        network(image)
        times.append(time.perf_counter() - begun)
    return times[1:]  # the first pass also makes plans and buffers


if __name__ == "__main__":
    main()
