"""Do plans keep their promises? `python benchmarks/plan_truth.py [--networks starter published] [--work DIR]`.

Runs jobs in processes of their own and holds memory and disk at their peaks against what the plan said before. Rows
go to a JSONL file as they are measured; a point that is there is not run again. Goal: measured ≤ predicted ≤ 1.25 ×
measured for host memory.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench_support import RESULTS, Points, published_checkpoint, scene, table, write_markdown

METHODS = ("isdnet", "ppn", "glnet")
PRESETS = ("speed", "balanced", "memory")
SIDE = 3000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", nargs="+", choices=("starter", "published"), default=("starter", "published"))
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    parser.add_argument("--presets", nargs="+", choices=PRESETS, default=PRESETS)
    parser.add_argument("--rasters", nargs="+", choices=tuple(RASTERS), default=tuple(RASTERS))
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "uhr_plan_truth")
    parser.add_argument("--out", type=Path, default=RESULTS / "plan_truth.jsonl")
    parser.add_argument("--max-minutes", type=float, default=0.0)
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.job:
        return run_job(args.job)
    args.work.mkdir(parents=True, exist_ok=True)
    points = Points(args.out, args.max_minutes)
    for network in args.networks:
        for name in args.rasters if network == "starter" else ("rgb8 tile",):
            for method in args.methods:
                for preset in args.presets:
                    key = f"{network} {method}, {name}, {preset}, {args.device}"
                    points.run(key, lambda n=network, r=name, m=method, p=preset: measure(args, n, r, m, p))
    write_markdown(args.out.with_suffix(".md"), report(points))
    return None


def measure(args, network, raster, method, preset):
    with tempfile.TemporaryDirectory(dir=args.work) as out:
        return _measure_in(args, network, raster, method, preset, out)


def _measure_in(args, network, raster, method, preset, out):
    job = {
        "raster": str(RASTERS[raster](args.work)),
        "method": method,
        "preset": preset,
        "device": args.device,
        "checkpoint": "" if network == "starter" else str(published_checkpoint(args.work, method)),
        "output": {"directory": out, "name": "map"},
    }
    path = Path(out) / "job.json"
    path.write_text(json.dumps(job))
    command = [sys.executable, __file__, "--job", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def run_job(path):
    """Run a job in this process; print its plan and the peaks, each stage's apart."""
    from uhr_landcover.engine.host import peak_memory_bytes
    from uhr_landcover.engine.job import SegmentationJob
    from uhr_landcover.engine.pipeline import run

    job = SegmentationJob.from_json(path.read_text())
    plan, peaks, stage = {}, {}, ["start"]

    def emit(event):
        if hasattr(event, "plan"):
            plan.update(event.plan)
        name = getattr(event, "stage", None)
        if name and name.value != stage[0]:
            peaks[stage[0]] = peak_memory_bytes()
            _forget_peak()
            stage[0] = name.value

    disk = _Disk(Path(job.output.directory))
    with disk:
        result = run(job, emit, lambda: False)
    peaks[stage[0]] = peak_memory_bytes()
    measured = max(peaks.values())
    row = {
        "predicted_host": plan["predicted_host_bytes"], "measured_host": measured,
        "host_ratio": round(plan["predicted_host_bytes"] / measured, 3),
        "predicted_disk": plan["predicted_disk_bytes"], "measured_disk": disk.peak,
        "disk_ratio": round(plan["predicted_disk_bytes"] / max(disk.peak, 1), 2),
        "predicted_device": plan["predicted_device_bytes"], "measured_device": result.peak_device_bytes,
        "predicted_seconds": plan["predicted_seconds"], "seconds": round(result.seconds, 2),
        "tiles": result.tiles, "stages": {k: round(v / 1e6) for k, v in peaks.items()}, "warnings": result.warnings,
    }  # fmt: skip
    print(json.dumps(row))


def _forget_peak():
    try:
        Path("/proc/self/clear_refs").write_text("5")  # the peak of resident memory begins anew
    except OSError:
        pass


class _Disk:
    """Watches how much a folder holds, in a thread."""

    def __init__(self, folder):
        self.folder, self.peak, self._stop = folder, 0, threading.Event()
        self._before = self._now()

    def __enter__(self):
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def _watch(self):
        while not self._stop.wait(0.05):
            self.peak = max(self.peak, self._now() - self._before)

    def _now(self):
        total = 0
        for path in self.folder.rglob("*"):
            try:
                total += path.stat().st_size
            except OSError:
                continue
        return total


def _convert(work, name, change, **profile):
    """Make a raster from the landscape: ``change(values)`` gives its values."""
    import rasterio

    path = work / f"{name}.tif"
    if not path.exists():
        with rasterio.open(scene(work / "scene.tif", SIDE)) as source:
            place = {"crs": source.crs, "transform": source.transform}
            values = change(source.read())
        profile = {"count": values.shape[0], "height": values.shape[1], "width": values.shape[2], **place, **profile}
        with rasterio.open(path, "w", driver="GTiff", dtype=values.dtype, **profile) as raster:
            raster.write(values)
    return path


TILED = {"tiled": True, "blockxsize": 512, "blockysize": 512, "compress": "deflate"}


def _rgb8(work):
    return _convert(work, "rgb8", lambda v: v, **TILED)


def _rgb8_tile(work):
    return _convert(work, "rgb8_tile", lambda v: v[:, :2448, :2448], **TILED)


def _u16_striped(work):
    return _convert(work, "u16_striped", lambda v: v[:, :2000].astype("uint16") * 200, compress="lzw")


def _float(work):
    def change(values):
        values = values[:, :2100, :1700].astype("float32") / 255
        values[:, 100:300, 200:400] = float("nan")
        return values

    return _convert(work, "float", change, **TILED)


def _small(work):
    return _convert(work, "small", lambda v: v[:, :300, :200])


def _degrees(work):
    from affine import Affine

    place = {"crs": "EPSG:4326", "transform": Affine(3e-6, 0, 15.0, 0, -3e-6, 46.0)}  # 0.2 and 0.3 m
    return _convert(work, "degrees", lambda v: v, **{**place, **TILED})


def _coarse(work):
    from affine import Affine

    place = {"crs": "EPSG:32633", "transform": Affine(1.0, 0, 500_000, 0, -1.0, 4_650_000)}
    return _convert(work, "coarse", lambda v: v[:, :1200, :1200], **{**place, **TILED})


RASTERS = {
    "rgb8 tiled": _rgb8, "u16 striped": _u16_striped, "float32 with NaN": _float, "small": _small,
    "degrees, finer": _degrees, "coarser": _coarse, "rgb8 tile": _rgb8_tile,
}  # fmt: skip


def report(points):
    rows = sorted(points.rows(), key=lambda r: r["key"])
    ratios = [r["host_ratio"] for r in rows]
    kept = sum(1 <= r <= 1.25 for r in ratios)
    disk = [r["disk_ratio"] for r in rows]
    lines = [
        "# Predicted and measured memory and disk", "",
        f"{time.strftime('%Y-%m-%d')}. One run per row, in a process of its own; host memory is the process's peak "
        "resident memory, disk the largest sum of files in the output folder. "
        f"Host: {kept} of {len(rows)} predictions lie between the measured value and 1.25 times it; ratios "
        f"{min(ratios, default=0)} to {max(ratios, default=0)}. Disk: ratios {min(disk, default=0)} to "
        f"{max(disk, default=0)}. Where `loaded` says yes, the machine did other things too.",
        "",
        table(
            ("run", "host predicted MB", "measured MB", "ratio", "disk predicted MB", "measured MB", "ratio",
             "s", "loaded", "peak by stage, MB"),
            [
                (r["key"], round(r["predicted_host"] / 1e6), round(r["measured_host"] / 1e6), r["host_ratio"],
                 round(r["predicted_disk"] / 1e6, 1), round(r["measured_disk"] / 1e6, 1), r["disk_ratio"],
                 r["seconds"], "yes" if r["loaded"] else "no",
                 ", ".join(f"{k} {v}" for k, v in r["stages"].items()))
                for r in rows
            ],
        ),
    ]  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
