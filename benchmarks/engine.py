"""How fast and how lean the engine is: `python benchmarks/engine.py [--parts …] [--device cpu] [--max-minutes M]`.

network  frames per second of the networks alone at the published size, as ISDNet's script measures (20 warm-ups, 100
         runs on a GPU, fewer on a CPU: the row says how many), by method and preset, with the three memory figures
file     raster file → class raster and polygons, in million pixels per second
sweep    time and memory against area: real starters to 10k², a small stand-in network to 100k² (a VRT that repeats one
         file); the table gives the slope of log time over log pixels
ladder   plain form → each technique, timed in turns within one process, each with an equality check

Every point runs in a process of its own and is a row of a JSONL file; a finished point is not run again. Points are
not begun after --max-minutes. `--quick` takes sizes that only show that the benchmark works.
"""

import argparse
import itertools
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_support import RESULTS, Points, published_checkpoint, scene, table, write_markdown

METHODS = ("isdnet", "ppn", "glnet")
PRESETS = ("speed", "balanced", "memory")
STAND_IN = {
    "deep_widths": [16, 16, 16, 16], "shallow_widths": [16, 16, 32, 32], "channels": 16, "head_channels": 16
}  # fmt: skip
STARTER_SIDES, STAND_IN_SIDES = (2448, 5000, 10_000), (2448, 10_000, 30_000, 100_000)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", nargs="+", choices=tuple(PARTS), default=tuple(PARTS))
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    parser.add_argument("--presets", nargs="+", choices=PRESETS, default=PRESETS)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--largest-side", type=int, default=100_000, help="the sweep's largest raster")
    parser.add_argument("--threads", type=int, default=0, help="of the ladder; 1 on a machine that does other things")
    parser.add_argument("--max-minutes", type=float, default=0.0)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "uhr_bench_engine")
    parser.add_argument("--out", type=Path, default=None)
    parser.add_argument("--point", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.point:
        point = json.loads(args.point)
        print(json.dumps(PARTS[point["part"]][1](point)))
        return
    args.work.mkdir(parents=True, exist_ok=True)
    name = f"engine_{args.device.split(':')[0]}{'_quick' if args.quick else ''}"
    points = Points(args.out or RESULTS / f"{name}.jsonl", args.max_minutes)
    for part in args.parts:
        for point in PARTS[part][0](args):
            point = {"part": part, "device": args.device, "work": str(args.work), **point}
            key = ", ".join(str(v) for k, v in point.items() if k not in ("work", "checkpoint"))
            points.run(key, lambda p=point: in_own_process(p))
    write_markdown(points.path.with_suffix(".md"), report(points))


def in_own_process(point):
    command = [sys.executable, __file__, "--point", json.dumps(point)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {**_shown(point), "error": (done.stderr.strip() or "it was killed").splitlines()[-1]}
    return {**_shown(point), **json.loads(done.stdout.splitlines()[-1])}


def _shown(point):
    """Leave the machine's own folders out of the results."""
    return {name: value for name, value in point.items() if name != "work"}


# ---- the network alone


def network_points(args):
    on_gpu = args.device.startswith("cuda")
    side = 512 if args.quick else 2448
    warmups, runs = (1, 1) if args.quick else (20, 100) if on_gpu else (1, 3)
    for method in args.methods:
        for preset in args.presets:
            yield {"method": method, "preset": preset, "side": side, "warmups": warmups, "runs": runs}


def time_alone(point):
    from uhr_landcover.engine.host import keep_freed_memory
    from uhr_landcover.engine.predictor import lower_weights
    from uhr_landcover.models.checkpoint import load_checkpoint
    from uhr_landcover.models.timing import time_network

    device, trade = _device(point), _trade(point["preset"])
    import torch

    torch.set_num_threads(max(1, device.cores - trade.idle_cores))
    keep_freed_memory(trade.kept_bytes)
    network = load_checkpoint(published_checkpoint(point["work"], point["method"])).network.for_inference()
    for name in ("patch_batch", "row_strips"):
        if hasattr(network, name):
            setattr(network, name, getattr(trade, name))
    if device.precision != "float32":
        lower_weights(network, getattr(torch, device.precision))
    timing = time_network(
        network, size_px=(point["side"], point["side"]), device=device.name, precision=device.precision,
        warmups=point["warmups"], runs=point["runs"],
    )  # fmt: skip
    return {
        "device_title": device.title, "precision": device.precision, "threads": torch.get_num_threads(),
        "fps": timing.fps, "median_s": timing.median_s, "fastest_s": timing.fastest_s, "slowest_s": timing.slowest_s,
        "allocated_mb": _mb(timing.allocated_bytes), "reserved_mb": _mb(timing.reserved_bytes),
        "process_mb": _mb(timing.process_bytes),
    }  # fmt: skip


# ---- file to map


def file_points(args):
    side = 1200 if args.quick else 6000
    for method in args.methods:
        for preset in args.presets:
            yield {"method": method, "preset": preset, "network": "starter", "side": side}
    if args.device.startswith("cuda") and not args.quick:
        for method in args.methods:
            yield {"method": method, "preset": "speed", "network": "published", "side": 10_000}


def run_file(point):
    raster = scene(Path(point["work"]) / f"scene{point['side']}.tif", point["side"])
    checkpoint = "" if point["network"] == "starter" else published_checkpoint(point["work"], point["method"])
    return _run(point, raster, checkpoint)


def _run(point, raster, checkpoint="", formats=("gpkg",)):
    import torch

    from uhr_landcover.engine.job import SegmentationJob
    from uhr_landcover.engine.pipeline import run
    from uhr_landcover.models.timing import gpu_process_bytes

    plan = {}
    with tempfile.TemporaryDirectory(dir=point["work"]) as out:
        output = {"directory": out, "name": "map", "vector_formats": list(formats)}
        job = SegmentationJob.from_dict({
            "raster": str(raster), "method": point.get("method", "isdnet"), "preset": point["preset"],
            "device": point["device"], "checkpoint": str(checkpoint), "output": output,
        })  # fmt: skip
        marks = {}

        def emit(event):
            plan.update(getattr(event, "plan", None) or {})
            if stage := getattr(event, "stage", None):
                marks.setdefault(stage.value, time.perf_counter())

        started = time.perf_counter()
        result = run(job, emit, lambda: False)
        ended = time.perf_counter()
    on_gpu = plan["device"].startswith("cuda")
    pixels = plan["area_px"][0] * plan["area_px"][1]
    stages = [*marks.items(), ("end", ended)]
    return {
        "device_title": plan["device_title"], "precision": plan["precision"], "batch": plan["batch"],
        "threads": plan["torch_threads"], "tiles": result.tiles, "pixels": pixels, "seconds": round(ended - started, 2),
        "mpx_per_s": pixels / 1e6 / (ended - started),
        "stage_s": {a[0]: round(b[1] - a[1], 2) for a, b in itertools.pairwise(stages)},
        "host_mb": _mb(result.peak_host_bytes), "predicted_host_mb": _mb(plan["predicted_host_bytes"]),
        "allocated_mb": _mb(result.peak_device_bytes),
        "reserved_mb": _mb(torch.cuda.max_memory_reserved()) if on_gpu else 0,
        "process_mb": _mb(gpu_process_bytes()) if on_gpu else _mb(result.peak_host_bytes),
        "predicted_seconds": plan["predicted_seconds"],
    }  # fmt: skip


# ---- time and memory against area


def sweep_points(args):
    sides = (600, 1200) if args.quick else STARTER_SIDES
    for method in args.methods:
        for side in (s for s in sides if s <= args.largest_side):
            yield {"method": method, "preset": "balanced", "network": "starter", "side": side}
    for side in (600, 1200) if args.quick else STAND_IN_SIDES:
        if side <= args.largest_side:
            yield {"method": "isdnet", "preset": "balanced", "network": "stand-in", "side": side}


def run_sweep(point):
    work, side = Path(point["work"]), point["side"]
    if point["network"] == "starter":
        return _run(point, scene(work / f"scene{side}.tif", side))
    raster = repeated(work / f"repeated{side}.vrt", scene(work / "scene2500.tif", 2500), 2500, side)
    return _run(point, raster, stand_in_checkpoint(work))


def repeated(path, source, source_side, side):
    """Write a VRT of ``side`` pixels that shows one file again and again; return its path."""
    import rasterio

    with rasterio.open(source) as raster:
        wkt, transform, count = raster.crs.to_wkt(), raster.transform.to_gdal(), raster.count
    bands = []
    for band in range(1, count + 1):
        parts = []
        for top in range(0, side, source_side):
            for left in range(0, side, source_side):
                w, h = min(source_side, side - left), min(source_side, side - top)
                parts.append(
                    f'<SimpleSource><SourceFilename relativeToVRT="0">{source}</SourceFilename>'
                    f"<SourceBand>{band}</SourceBand>"
                    f'<SourceProperties RasterXSize="{source_side}" RasterYSize="{source_side}" DataType="Byte"/>'
                    f'<SrcRect xOff="0" yOff="0" xSize="{w}" ySize="{h}"/>'
                    f'<DstRect xOff="{left}" yOff="{top}" xSize="{w}" ySize="{h}"/></SimpleSource>'
                )
        colour = ("Red", "Green", "Blue")[band - 1]
        bands.append(
            f'<VRTRasterBand dataType="Byte" band="{band}"><ColorInterp>{colour}</ColorInterp>{"".join(parts)}'
            "</VRTRasterBand>"
        )
    numbers = ", ".join(map(repr, transform))
    place = f"<SRS>{wkt.replace('&', '&amp;').replace('<', '&lt;')}</SRS><GeoTransform>{numbers}</GeoTransform>"
    text = f'<VRTDataset rasterXSize="{side}" rasterYSize="{side}">{place}{"".join(bands)}</VRTDataset>'
    path.write_text(text, encoding="utf-8")
    return path


def stand_in_checkpoint(work):
    """Save the stand-in: ISDNet at about an eighth of its widths, random weights; only the engine is measured."""
    import torch

    from uhr_landcover.models.card import ModelCard
    from uhr_landcover.models.checkpoint import save_checkpoint
    from uhr_landcover.models.legend import load_legend
    from uhr_landcover.models.preprocess import IMAGENET
    from uhr_landcover.models.registry import build_network

    path = Path(work) / "stand-in.safetensors"
    if not path.exists():
        torch.manual_seed(0)
        network = build_network("isdnet", STAND_IN, num_classes=7).eval()
        card = ModelCard(
            name="stand-in", title="Stand-in for measuring the engine", method="isdnet", config=network.config,
            legend=load_legend(), normalization=IMAGENET,
        )  # fmt: skip
        save_checkpoint(path, network, card)
    return path


# ---- plain form to each technique


def ladder_points(args):
    side, turns = (512, 1) if args.quick else (2448, 20 if args.device.startswith("cuda") else 3)
    for method in ("glnet", "isdnet"):
        if method in args.methods:
            yield {"method": method, "side": side, "turns": turns, "threads": args.threads}


def run_ladder(point):
    """Time all rungs in turns (A B C, A B C …); the ratios hold within this one process."""
    import torch

    from uhr_landcover.models.checkpoint import load_checkpoint
    from uhr_landcover.models.preprocess import normalize

    device = _device(point)
    checkpoint = load_checkpoint(published_checkpoint(point["work"], point["method"]))
    side = point["side"]
    torch.set_num_threads(point["threads"] or device.cores)
    import rasterio

    with rasterio.open(scene(Path(point["work"]) / f"scene{side}.tif", side)) as raster:
        pixels = torch.from_numpy(raster.read())[None].to(device.name)
    image = normalize(pixels, checkpoint.card.normalization)
    rungs, times, results = _rungs(checkpoint.network, device), {}, {}
    for turn in range(point["turns"] + 1):  # the first turn warms up
        for name, run in rungs.items():
            wall, cpu = time.perf_counter(), time.process_time()
            results[name] = run(image)
            if device.is_cuda:
                torch.cuda.synchronize()
            if turn:
                times.setdefault(name, []).append((time.perf_counter() - wall, time.process_time() - cpu))
    plain = next(iter(results.values()))
    rows = []
    for name in rungs:
        wall, cpu = (statistics.median(t[i] for t in times[name]) for i in (0, 1))
        equal = float((results[name].argmax(1) == plain.argmax(1)).float().mean())
        difference = float((results[name].float() - plain).abs().max() / plain.abs().max())
        rows.append({"rung": name, "wall_s": wall, "cpu_s": cpu, "equal_pixels": equal, "difference": difference})
    return {"device_title": device.title, "threads": torch.get_num_threads(), "rungs": rows}


def _rungs(network, device):
    import copy

    import torch

    from uhr_landcover.engine.host import keep_freed_memory
    from uhr_landcover.engine.predictor import lower_weights

    def form(network, *, last=True, precision="float32", lower=False, strips=1, kept=None, **settings):
        network = copy.deepcopy(network).eval()
        dtype = getattr(torch, precision)
        if lower:
            lower_weights(network, dtype)
        layout = torch.channels_last if last else torch.contiguous_format
        network = network.to(device.name, memory_format=layout)
        for name, value in {"row_strips": strips, **settings}.items():
            if hasattr(network, name):
                setattr(network, name, value)

        def run(image):
            if kept is not None:
                keep_freed_memory(kept)
            given = image.contiguous(memory_format=layout)
            with torch.inference_mode(), torch.autocast(given.device.type, dtype, enabled=precision != "float32"):
                return network(given)

        return run

    small = 128 * 1024  # the C library's own start: larger pieces go back at once
    rungs = {
        "plain: unfolded, float32, contiguous, patches by 6": form(network, last=False, patch_batch=6, kept=small),
        "+ channels last": form(network, patch_batch=6, kept=small),
        "+ folded": form(network.for_inference(), patch_batch=6, kept=small),
    }
    folded = network.for_inference()
    if device.is_cuda:
        rungs["+ float16"] = form(folded, patch_batch=6, precision="float16")
        rungs["+ weights kept in 16 bits"] = form(folded, patch_batch=6, precision="float16", lower=True)
    else:
        rungs["+ freed memory kept"] = form(folded, patch_batch=6, kept=32 * 2**20)
        rungs["+ in strips, patches one by one (preset memory)"] = form(folded, strips=8, patch_batch=1, kept=4 * 2**20)
        rungs["not used: bfloat16"] = form(folded, patch_batch=6, precision="bfloat16", kept=32 * 2**20)
    return rungs


def _device(point):
    from uhr_landcover.engine.device import choose_device

    return choose_device(point["device"])


def _trade(preset):
    from uhr_landcover.engine.job import Preset
    from uhr_landcover.engine.presets import TRADES

    return TRADES[Preset(preset)]


def _mb(size):
    return round(size / 1e6)


PARTS = {
    "network": (network_points, time_alone),
    "file": (file_points, run_file),
    "ladder": (ladder_points, run_ladder),
    "sweep": (sweep_points, run_sweep),
}


# ---- the table


def report(points):
    rows = points.rows()
    sections = ["# The engine's speed and memory\n"]
    if rows:
        last = rows[-1]
        sections.append(
            f"{last['date'][:10]}, torch {last['torch']}, {last['machine']}, commit {last['commit']}. "
            f"Command of the last rows: `{last['command']}`. A row is marked (loaded) where other work took more than "
            "a tenth of the machine; its times are then too long. Memory in MB: tensors allocated and held by torch on "
            "the GPU, the process as the driver reports it (on the CPU: resident), and the host's peak.\n"
        )
    for row in rows:
        if "error" in row:
            sections.append(f"* {row['key']}: failed: {row['error']}\n")
    rows = [r for r in rows if "error" not in r]
    for part, write in (("network", _network_table), ("file", _file_table), ("ladder", _ladder_table)):
        if own := [r for r in rows if r["part"] == part]:
            sections.append(write(own))
    if own := [r for r in rows if r["part"] == "sweep"]:
        sections.append(_sweep_table(own))
    return "\n".join(sections)


def _loaded(row):
    return " (loaded)" if row["loaded"] else ""


def _network_table(rows):
    header = ("method", "preset", "px", "images/s", "median s", "warm-ups + runs", "precision", "allocated", "held",
              "process")  # fmt: skip
    body = [
        (r["method"], r["preset"], r["side"], f"{r['fps']:.3g}{_loaded(r)}", f"{r['median_s']:.3g}",
         f"{r['warmups']} + {r['runs']}", r["precision"], r["allocated_mb"], r["reserved_mb"], r["process_mb"])
        for r in rows
    ]  # fmt: skip
    return f"## Networks alone, published sizes, {rows[0]['device_title']}\n\n{table(header, body)}"


def _file_table(rows):
    header = (
        "method",
        "network",
        "preset",
        "px",
        "Mpx/s",
        "s",
        "allocated",
        "held",
        "process",
        "host",
        "predicted host",
    )
    body = [
        (r["method"], r["network"], r["preset"], r["side"], f"{r['mpx_per_s']:.3g}{_loaded(r)}", r["seconds"],
         r["allocated_mb"], r["reserved_mb"], r["process_mb"], r["host_mb"], r["predicted_host_mb"])
        for r in rows
    ]  # fmt: skip
    return f"## File to map and polygons, {rows[0]['device_title']}\n\n{table(header, body)}"


def _ladder_table(rows):
    parts = []
    for r in rows:
        first = r["rungs"][0]
        body = [
            (x["rung"], f"{x['wall_s']:.3g}", f"{x['cpu_s']:.3g}", f"{first['wall_s'] / x['wall_s']:.2f} ×",
             f"{first['cpu_s'] / x['cpu_s']:.2f} ×", f"{100 * x['equal_pixels']:.3f} %", f"{x['difference']:.1e}")
            for x in r["rungs"]
        ]  # fmt: skip
        header = ("form", "wall s", "processor s", "ratio (wall)", "ratio (processor)", "equal pixels", "difference")
        parts.append(
            f"## Ladder, {r['method']}, published size, {r['side']} px, {r['device_title']}, "
            f"median of {r['turns']} turns{_loaded(r)}\n\n{table(header, body)}"
        )
    return "\n".join(parts)


def _stages(row):
    return ", ".join(f"{name} {seconds}" for name, seconds in row["stage_s"].items())


def _sweep_table(rows):
    header = ("method", "network", "px", "tiles", "s", "Mpx/s", "host", "predicted host", "allocated", "stages, s")
    body = [
        (r["method"], r["network"], r["side"], r["tiles"], f"{r['seconds']}{_loaded(r)}", f"{r['mpx_per_s']:.3g}",
         r["host_mb"], r["predicted_host_mb"], r["allocated_mb"], _stages(r))
        for r in rows
    ]  # fmt: skip
    lines = [f"## Time and memory against area, {rows[0]['device_title']}\n", table(header, body)]
    for network in sorted({(r["method"], r["network"]) for r in rows}):
        own = sorted((r for r in rows if (r["method"], r["network"]) == network), key=lambda r: r["side"])
        if len(own) > 1:
            a, b = own[0], own[-1]
            slope = math.log(b["seconds"] / a["seconds"]) / math.log(b["pixels"] / a["pixels"])
            lines.append(
                f"{network[0]}, {network[1]}: from {a['side']} to {b['side']} px the slope of log time over log pixels "
                f"is {slope:.2f}; host memory {a['host_mb']} → {b['host_mb']} MB.\n"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
