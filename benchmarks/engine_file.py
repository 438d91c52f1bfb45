"""From a raster file to class raster and polygons, in million pixels per second."""

from pathlib import Path

from bench_support import published_checkpoint, scene, table
from engine_support import loaded, run_engine


def points(args):
    side = 1200 if args.quick else 6000
    for method in args.methods:
        for preset in args.presets:
            yield {"method": method, "preset": preset, "network": "starter", "side": side}
    if args.device.startswith("cuda") and not args.quick:
        for method in args.methods:
            yield {"method": method, "preset": "speed", "network": "published", "side": 10_000}


def measure(point):
    raster = scene(Path(point["work"]) / f"scene{point['side']}.tif", point["side"])
    checkpoint = "" if point["network"] == "starter" else published_checkpoint(point["work"], point["method"])
    return run_engine(point, raster, checkpoint)


def section(rows):
    header = ("method", "network", "preset", "px", "Mpx/s", "s", "processor s", "classify s", "of it waiting for tiles",
              "for writing", "allocated", "held", "process", "host", "predicted host")  # fmt: skip
    body = [
        (r["method"], r["network"], r["preset"], r["side"], f"{r['mpx_per_s']:.3g}{loaded(r)}", r["seconds"],
         r["cpu_s"], r["stage_s"]["classify"][0], *r["waits_s"],
         r["allocated_mb"], r["reserved_mb"], r["process_mb"], r["host_mb"], r["predicted_host_mb"])
        for r in rows
    ]  # fmt: skip
    return f"## File to map and polygons, {rows[0]['device_title']}\n\n{table(header, body)}"
