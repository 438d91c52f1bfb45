"""What each technique gains on a GPU: `python benchmarks/gpu_steps.py [--device cuda:0] [--max-minutes M] [--quick]`.

For each method at its published size and one generated image of 2448² px: the form that maps are made with, then the
same with one thing changed (number type, memory layout, a CUDA graph, torch.compile). Timed as ISDNet's authors do
(20 warm-ups, 100 synchronised runs of the network alone), with the share of pixels whose class is that of the plain
float32 form. A step is worth keeping where it is faster and 99.9 % of the pixels agree; the table says so. Every step
runs in a process of its own, so that peaks of memory are its own. On a CPU (`--device cpu --quick`) it only shows that
it works.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_support import RESULTS, Points, published_checkpoint, scene, table, write_markdown

METHODS = ("isdnet", "ppn", "glnet")
PLAIN = "plain: unfolded, float32, contiguous"
STEPS = {
    PLAIN: {"folds": False, "channels_last": False},
    "folded, float32, contiguous": {"channels_last": False},
    "folded, float32, channels last": {},
    "bfloat16": {"precision": "bfloat16"},
    "float16 (what maps are made with)": {"precision": "float16", "rounded": True},
    "float16, weights rounded to the nearest": {"precision": "float16"},
    "float16, CUDA graph": {"precision": "float16", "rounded": True, "graph": True},
    "float16, torch.compile": {"precision": "float16", "rounded": True, "compile": True},
}
SAME = 0.999


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cuda:0")
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    parser.add_argument("--max-minutes", type=float, default=0)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "uhr_bench_engine")
    parser.add_argument("--out", type=Path, default=RESULTS / "gpu_steps.jsonl")
    parser.add_argument("--point", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.point:
        print(json.dumps(measure(json.loads(args.point))))
        return
    args.work.mkdir(parents=True, exist_ok=True)
    points = Points(args.out, args.max_minutes)
    side = 512 if args.quick else 2448
    for method in args.methods:
        for step in STEPS:
            point = {"method": method, "step": step, "side": side, "device": args.device, "work": str(args.work)}
            points.run(f"{args.device}, {method}, {side} px, {step}", lambda p=point: in_own_process(p))
    write_markdown(points.path.with_suffix(".md"), report(points.rows()))


def in_own_process(point):
    command = [sys.executable, __file__, "--point", json.dumps(point)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    shown = {name: value for name, value in point.items() if name != "work"}
    if done.returncode:
        return {**shown, "error": (done.stderr.strip() or "it was killed").splitlines()[-1][:300]}
    return {**shown, **json.loads(done.stdout.splitlines()[-1])}


def measure(point):
    """Time one form of a network on a device and compare its classes with the plain form's."""
    import numpy as np
    import torch

    device, settings = torch.device(point["device"]), STEPS[point["step"]]
    if settings.get("graph") and device.type != "cuda":
        raise SystemExit("CUDA graphs need a GPU.")
    work, on_gpu = Path(point["work"]), device.type == "cuda"
    image, run = _form(point, device, **settings)
    warmups, runs = (20, 100) if on_gpu else (1, 2)
    for _ in range(warmups):
        logits = run(image)
    if on_gpu:
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        logits = run(image)
        if on_gpu:
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - started)
    class_ids = logits.argmax(1).to(torch.uint8).cpu().numpy()
    plain = work / f"steps-{device.type}-{point['method']}-{point['side']}.npy"
    if point["step"] == PLAIN:
        np.save(plain, class_ids)
    memory = {}
    if on_gpu:
        from uhr_landcover.models.inference.timing import gpu_process_bytes

        memory = {
            "allocated_mb": round(torch.cuda.max_memory_allocated() / 1e6),
            "reserved_mb": round(torch.cuda.max_memory_reserved() / 1e6),
            "process_mb": round(gpu_process_bytes() / 1e6),
            "device_title": torch.cuda.get_device_name(device),
        }
    return {
        "median_s": statistics.median(seconds), "fps": 1 / statistics.median(seconds),
        "runs": f"{warmups} + {runs}", "equal_pixels": float((class_ids == np.load(plain)).mean()), **memory,
    }  # fmt: skip


def _form(point, device, *, folds=True, channels_last=True, precision="float32", rounded=False, **how):
    """Return the image on the device and a function from it to logits."""
    import rasterio
    import torch

    from uhr_landcover.models.checkpoint import load_checkpoint
    from uhr_landcover.models.inference.low_precision import forbid_shortened_sums, lower_weights
    from uhr_landcover.models.preprocess import normalize

    checkpoint = load_checkpoint(published_checkpoint(point["work"], point["method"]))
    dtype = getattr(torch, precision)
    network = (checkpoint.network.for_inference() if folds else checkpoint.network).eval()
    if rounded:
        lower_weights(network, dtype)
    layout = torch.channels_last if channels_last else torch.contiguous_format
    network = network.to(device, memory_format=layout)
    if device.type == "cuda":
        forbid_shortened_sums()
    with rasterio.open(scene(Path(point["work"]) / f"scene{point['side']}.tif", point["side"])) as raster:
        pixels = torch.from_numpy(raster.read())[None].to(device)
    image = normalize(pixels, checkpoint.card.normalization).contiguous(memory_format=layout)
    called = torch.compile(network) if how.get("compile") else network

    def forward(given):
        with torch.inference_mode(), torch.autocast(device.type, dtype, enabled=dtype is not torch.float32):
            return called(given)

    return image, _graphed(forward, image) if how.get("graph") else forward


def _graphed(forward, image):
    """Return the forward pass as one recorded CUDA graph; networks that ask the host what to do next cannot be one."""
    import torch

    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            forward(image)
    torch.cuda.current_stream().wait_stream(stream)
    graph, static = torch.cuda.CUDAGraph(), image.clone()
    with torch.cuda.graph(graph):
        logits = forward(static)

    def replay(given):
        static.copy_(given)
        graph.replay()
        return logits

    return replay


def report(rows):
    """Return the table, method by method, with what each step gains on the plain form."""
    sections = ["# What each technique gains on a GPU\n"]
    for method in METHODS:
        own = [r for r in rows if r["method"] == method]
        plain = next((r for r in own if r["step"] == PLAIN and "error" not in r), None)
        if plain is None:
            continue
        body = []
        for r in own:
            if "error" in r:
                body.append((r["step"], "–", "–", "–", "–", "–", f"failed: {r['error']}"))
                continue
            gain = plain["median_s"] / r["median_s"]
            kept = "yes" if gain > 1 and r["equal_pixels"] >= SAME else "no"
            body.append((r["step"], f"{r['fps']:.3g}", f"{gain:.2f} ×", f"{100 * r['equal_pixels']:.3f} %",
                         r.get("allocated_mb", "–"), r.get("process_mb", "–"), kept))  # fmt: skip
        header = ("step", "images/s", "gain", "equal pixels", "tensors, MB", "process, MB", "worth keeping")
        title = plain.get("device_title", plain["device"])
        sections.append(f"## {method}, published size, {plain['side']} px, {title}\n\n{table(header, body)}")
    return "\n".join(sections)


if __name__ == "__main__":
    main()
