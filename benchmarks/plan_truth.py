"""Do plans keep their promises? `python benchmarks/plan_truth.py [--networks starter published] [--work DIR]`.

Plans each job with `plan --calibrate` and nothing remembered, runs it, each in a process of its own, and holds memory
and disk at their peaks, and time, against what the plan said. Rows go to a JSONL file as they are measured; a point
that is there is not run again. Goals: measured ≤ predicted ≤ 1.25 × measured for memory and disk, and time within a
factor of 1.5.

On a machine that does other things wall time tells nothing: with `--clock processor` plan and run count the seconds
that the processor spent on them.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import types
from pathlib import Path

from bench_support import RESULTS, Points, published_checkpoint, scene, table, write_markdown
from disk_watch import DiskWatch
from engine_support import forget_peak, processor_seconds

METHODS = ("isdnet", "ppn", "glnet")
PRESETS = ("speed", "balanced", "memory")
NETWORKS = {"starter": None, "published": {}, "published, all patches": {"selection": "all"}}
"""Settings of the networks of the published sizes. PPN selects patches by the image; plans take all of them."""

SIDE = 3000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", nargs="+", choices=tuple(NETWORKS), default=tuple(NETWORKS))
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    parser.add_argument("--presets", nargs="+", choices=PRESETS, default=PRESETS)
    parser.add_argument("--rasters", nargs="+", choices=tuple(RASTERS), default=tuple(RASTERS))
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "uhr_plan_truth")
    parser.add_argument("--out", type=Path, default=RESULTS / "plan_truth.jsonl")
    parser.add_argument("--max-minutes", type=float, default=0.0)
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall")
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--calibrate", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.job:
        return calibrate_job(args) if args.calibrate else run_job(args)
    args.work.mkdir(parents=True, exist_ok=True)
    points = Points(args.out, args.max_minutes)
    for network in args.networks:
        for name in args.rasters if network == "starter" else ("rgb8 tile",):
            for method in args.methods:
                if NETWORKS[network] and method != "ppn":
                    continue
                for preset in args.presets:
                    key = f"{network} {method}, {name}, {preset}, {args.device}"
                    points.run(key, lambda n=network, r=name, m=method, p=preset: measure(args, n, r, m, p))
    write_markdown(args.out.with_suffix(".md"), report(points))
    return None


def measure(args, network, raster, method, preset):
    with tempfile.TemporaryDirectory(dir=args.work) as out:
        return _measure_in(args, network, raster, method, preset, out)


def _measure_in(args, network, raster, method, preset, out):
    settings = NETWORKS[network]
    job = {
        "raster": str(RASTERS[raster](args.work)),
        "method": method,
        "preset": preset,
        "device": args.device,
        "checkpoint": str(published_checkpoint(args.work, method, **settings)) if settings is not None else "",
        "output": {"directory": out, "name": "map"},
    }
    path = Path(out) / "job.json"
    path.write_text(json.dumps(job))
    cache = {**os.environ, "XDG_CACHE_HOME": str(Path(out) / "cache"), "LOCALAPPDATA": str(Path(out) / "cache")}
    bound = _in_process(cache, path, args.clock, "--calibrate")
    return {"clock": args.clock, **bound, **_in_process(cache, path, args.clock)}


def _in_process(environment, job, clock, *options):
    command = [sys.executable, __file__, "--job", str(job), "--clock", clock, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def calibrate_job(args):
    """Do what `plan --calibrate` does."""
    from uhr_landcover.engine.contract.job import SegmentationJob
    from uhr_landcover.engine.plan.planning import plan_run
    from uhr_landcover.engine.raster.raster_info import gdal_session
    from uhr_landcover.engine.run import trial_run as sampling
    from uhr_landcover.engine.run.trial_run import calibrate

    clock = _clock(args)
    if args.clock == "processor":
        sampling.time = types.SimpleNamespace(monotonic=clock)
    began = clock()
    with gdal_session(64 * 1024**2):
        plan = plan_run(SegmentationJob.from_json(args.job.read_text()))
        before = plan.execution
        calibrated_from = clock()
        plan = calibrate(plan, calibrated_from - began)
    print(json.dumps({
        "disk_bound": before.predicted_disk_bytes, "predicted_disk": plan.execution.predicted_disk_bytes,
        "predicted_seconds": plan.execution.predicted_seconds, "calibration_s": round(clock() - calibrated_from, 2),
    }))  # fmt: skip


def _clock(args):
    return processor_seconds if args.clock == "processor" else time.monotonic


def run_job(args):
    """Run a job in this process; print its plan and the peaks, each stage's apart."""
    from uhr_landcover.engine.contract.job import SegmentationJob
    from uhr_landcover.engine.run.pipeline import run
    from uhr_landcover.engine.system.host import peak_memory_bytes
    from uhr_landcover.engine.system.run_context import RunContext

    job = SegmentationJob.from_json(args.job.read_text())
    plan, peaks, stage, clock = {}, {}, ["start"], _clock(args)

    def emit(event):
        if hasattr(event, "plan"):
            plan.update(event.plan)
        name = getattr(event, "stage", None)
        if name and name.value != stage[0]:
            peaks[stage[0]] = peak_memory_bytes()
            forget_peak()
            stage[0] = name.value

    disk = DiskWatch(Path(job.output.directory))
    with disk:
        began = clock()
        result = run(job, RunContext(emit))
        seconds = clock() - began
    peaks[stage[0]] = peak_memory_bytes()
    measured = max(peaks.values())
    row = {
        "predicted_host": plan["predicted_host_bytes"], "measured_host": measured,
        "host_ratio": round(plan["predicted_host_bytes"] / measured, 3),
        "measured_disk": disk.peak,
        "predicted_device": plan["predicted_device_bytes"], "measured_device": result.peak_device_bytes,
        "seconds": round(seconds, 2),
        "tiles": result.tiles, "stages": {k: round(v / 1e6) for k, v in peaks.items()}, "warnings": result.warnings,
    }  # fmt: skip
    print(json.dumps(row))


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
    for row in rows:
        row["disk_ratio"] = row["predicted_disk"] / max(row["measured_disk"], 1)
        row["time_ratio"] = row["predicted_seconds"] / row["seconds"]
    times = [row for row in rows if row["clock"] == "processor" or not row["loaded"]]
    kept = sum(1 / 1.5 <= row["time_ratio"] <= 1.5 for row in times)
    lines = [
        "# Predicted and measured memory, disk space and time", "",
        f"{max((r['date'] for r in rows), default='')[:10]}. Each row: a plan with `--calibrate` and nothing "
        "remembered, then one run, each in a process of its own. Host memory is the process's peak of resident "
        "memory, disk the largest sum of files in the output folder, those that have no name any more included. "
        f"{_told('Host', [r['host_ratio'] for r in rows])} {_told('Disk', [r['disk_ratio'] for r in rows])} "
        f"Time: {kept} of {len(times)} are within a factor of 1.5, rows whose wall time other work made meaningless "
        "(loaded) left out; rows of the processor's clock compare its seconds. `bound` is what the plan says of the "
        "disk without calibration.",
        "",
        table(
            ("run", "host predicted MB", "measured MB", "ratio", "disk bound MB", "predicted MB", "measured MB",
             "ratio", "predicted s", "measured s", "ratio", "clock", "loaded", "peak by stage, MB"),
            [
                (r["key"], round(r["predicted_host"] / 1e6), round(r["measured_host"] / 1e6), r["host_ratio"],
                 round(r["disk_bound"] / 1e6, 1), round(r["predicted_disk"] / 1e6, 2),
                 round(r["measured_disk"] / 1e6, 2), f"{r['disk_ratio']:.2f}", f"{r['predicted_seconds']:.1f}",
                 r["seconds"], f"{r['time_ratio']:.2f}", r["clock"], "yes" if r["loaded"] else "no",
                 ", ".join(f"{k} {v}" for k, v in r["stages"].items()))
                for r in rows
            ],
        ),
    ]  # fmt: skip
    return "\n".join(lines)


def _told(name, ratios):
    kept = sum(1 <= r <= 1.25 for r in ratios)
    return (
        f"{name}: {kept} of {len(ratios)} predictions lie between the measured value and 1.25 times it; ratios "
        f"{min(ratios, default=0):.2f} to {max(ratios, default=0):.2f}."
    )


if __name__ == "__main__":
    sys.exit(main())
