"""What the engine does where a GPU is not as one wishes: `python benchmarks/gpu_situations.py [--device cuda:0]`.

Each situation is a run of the command line on a small generated scene; its row holds the exit status, the device the
map was made on, the warnings and the sentence of a refusal, and whether the classes are those of a CPU run (99.9 % of
the pixels). On a CPU (`--device cpu`) the situations that need a GPU are left out.

hidden      CUDA_VISIBLE_DEVICES is empty: the run takes the CPU by itself, and refuses a GPU that is asked for
two         two runs on one GPU at the same time: both end with the right map
little      another process leaves 2 GB of the GPU: the run goes on with less, or on the CPU, and says so
old driver  the driver's library cannot be loaded: as "hidden"
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench_support import RESULTS, Points, scene, table, write_markdown

SIDE = 1500
LEFT_FREE_BYTES = 2_000_000_000
HOLD = (
    "import sys, torch\n"
    "free, _ = torch.cuda.mem_get_info()\n"
    "held = torch.empty(max(0, free - {left}), dtype=torch.uint8, device='cuda')\n"
    "print('held', flush=True)\nsys.stdin.readline()\n"
)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cuda:0")
    parser.add_argument("--method", default="isdnet")
    parser.add_argument("--max-minutes", type=float, default=0)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "uhr_bench_engine")
    parser.add_argument("--out", type=Path, default=RESULTS / "gpu_situations.jsonl")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    raster = scene(args.work / f"scene{SIDE}.tif", SIDE)
    points = Points(args.out, args.max_minutes)
    here = Situations(args, raster)
    names = ["hidden", "hidden, GPU asked for"]
    if args.device.startswith("cuda"):
        names += ["two", "little", "old driver"]
    for name in names:
        points.run(name, lambda n=name: here.measure(n))
    write_markdown(points.path.with_suffix(".md"), report(points.rows()))


class Situations:
    """Runs of the command line under one situation after the other."""

    def __init__(self, args, raster):
        self._args, self._raster = args, raster
        self._plain = self._run("cpu", {}, "plain")

    def measure(self, name):
        """Return what came of a situation."""
        device = self._args.device
        if name == "hidden":
            runs = [self._run("auto", {"CUDA_VISIBLE_DEVICES": ""}, name)]
        elif name == "hidden, GPU asked for":
            runs = [self._run("cuda:0", {"CUDA_VISIBLE_DEVICES": ""}, name)]
        elif name == "two":
            runs = self._run_two(device)
        elif name == "old driver":
            with tempfile.TemporaryDirectory() as folder:  # found first, and no driver
                (Path(folder) / "libcuda.so.1").write_bytes(b"")
                runs = [self._run("auto", {"LD_LIBRARY_PATH": folder}, name)]
        else:
            runs = [self._run_beside_a_holder(device)]
        return {"runs": [self._compared(run) for run in runs]}

    def _command(self, device, name):
        out = Path(tempfile.mkdtemp(dir=self._args.work, prefix=name.replace(", ", "-").replace(" ", "-")))
        return out, [
            sys.executable, "-m", "uhr_landcover.engine", "--json", "segment", str(self._raster), "--method",
            self._args.method, "--preset", "speed", "--device", device, "--out", str(out),
        ]  # fmt: skip

    def _run(self, device, environment, name):
        out, command = self._command(device, name)
        done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
        return _told(out, done.returncode, done.stdout)

    def _run_two(self, device):
        started = []
        for number in (1, 2):
            out, command = self._command(device, f"two-{number}")
            started.append(
                (out, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True))
            )
        outputs = [child.communicate()[0] for _, child in started]
        return [_told(out, child.wait(), text) for (out, child), text in zip(started, outputs, strict=True)]

    def _run_beside_a_holder(self, device):
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLD.format(left=LEFT_FREE_BYTES)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            holder.stdout.readline()
            return self._run(device, {}, "little")
        finally:
            holder.communicate("\n")

    def _compared(self, run):
        import numpy as np
        import rasterio

        if run["status"]:
            return run
        with rasterio.open(run["raster"]) as own, rasterio.open(self._plain["raster"]) as plain:
            same = float(np.mean(own.read(1) == plain.read(1)))
        return {**{k: v for k, v in run.items() if k != "raster"}, "equal_pixels": same}


def _told(out, status, output):
    """Return status, device, warnings and the sentence of a refusal from a run's lines."""
    events = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    plans = [e["plan"] for e in events if isinstance(e.get("plan"), dict)]
    messages = [e["message"] for e in events if e.get("event") in ("note", "warning", "error") and e.get("message")]
    rasters = sorted(out.rglob("*.tif"))
    return {
        "status": status, "device": plans[-1].get("device_title", "") if plans else "",
        "messages": messages[:6], "raster": str(rasters[0]) if rasters else "",
    }  # fmt: skip


def report(rows):
    """Return the table."""
    body = [
        (row["key"], run["status"], run["device"], " ".join(run["messages"]) or "–",
         f"{100 * run['equal_pixels']:.3f} %" if "equal_pixels" in run else "–")
        for row in rows for run in row["runs"]
    ]  # fmt: skip
    header = ("situation", "exit status", "device", "what was said", "pixels as on the CPU")
    return f"# The engine where a GPU is not as one wishes\n\n{table(header, body)}"


if __name__ == "__main__":
    main()
