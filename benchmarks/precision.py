"""How many pixels 16 bits move: `python benchmarks/precision.py [--data DIR]`.

Classifies one tile of real images and of generated landscapes with each starter: on the CPU in float32, then in 16 bits
by the rules of CUDA's mixed precision, on the stand-in GPU of the tests (sums in float32, results rounded; it works
where there is no GPU, and nothing is timed on it). Weights are rounded as the engine does, and to the nearest for
comparison. bfloat16 is also done on the CPU, where it is faster than float32.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

from bench_support import RESULTS, ROOT, Points, table, write_markdown

DATA = Path(os.environ.get("UHR_DATA") or ROOT.parent / "shared" / "data")
METHODS = ("isdnet", "ppn", "glnet")
WAYS = {
    "float16, nearest": ("cuda:0", "float16", False),
    "float16": ("cuda:0", "float16", True),
    "bfloat16": ("cuda:0", "bfloat16", True),
    "bfloat16, CPU": ("cpu", "bfloat16", True),
}
"""Device, number type, and whether weights are rounded so that errors cancel."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--max-minutes", type=float, default=0)
    args = parser.parse_args()
    sys.path.append(str(ROOT / "tests"))
    points = Points(RESULTS / "precision.jsonl", args.max_minutes)
    for method in METHODS:
        points.run(method, lambda m=method: measure(m, args.data))
    write_markdown(points.path.with_suffix(".md"), report(points.rows()))


def measure(method, data):
    import torch
    from stand_in_gpu import stand_in_gpu

    from uhr_landcover.models.checkpoint import load_checkpoint, starter_path

    checkpoint = load_checkpoint(starter_path(method))
    images = images_of(data, checkpoint.card.tile_px)
    exact, seconds = classify(checkpoint, images.values(), "cpu", "float32", True)
    result = {"method": method, "images": list(images), "cpu_seconds": round(seconds, 2), "ways": {}}
    for way, (device, precision, cancels) in WAYS.items():
        if device == "cpu":
            got, seconds = classify(checkpoint, images.values(), device, precision, cancels)
        else:
            with stand_in_gpu():
                got, seconds = classify(checkpoint, images.values(), device, precision, cancels)
        moved = [best.argmax(1) != other.argmax(1) for best, other in zip(exact, got, strict=True)]
        margins = [float(_margin(best)[m].max()) if m.any() else 0.0 for best, m in zip(exact, moved, strict=True)]
        result["ways"][way] = {
            "equal_percent": [round(100 * (1 - float(m.float().mean())), 4) for m in moved],
            "largest_margin": round(max(margins), 4),
            "seconds": round(seconds, 2) if device == "cpu" else None,
        }
        print(method, way, result["ways"][way], flush=True)
    result["threads"] = torch.get_num_threads()
    return result


def classify(checkpoint, images, device, precision, cancels):
    """Return the logits of each image in float32 on the host, and the processor time."""
    from unittest import mock

    import torch

    from uhr_landcover.models.inference import low_precision
    from uhr_landcover.models.inference.form import MAP_SETTINGS, prepare_for_inference
    from uhr_landcover.models.preprocess import normalize

    dtype, nearest = getattr(torch, precision), lambda weight, dtype: weight.to(dtype)
    rounding = low_precision.rounded_with_equal_sums if cancels else nearest
    with mock.patch.object(low_precision, "rounded_with_equal_sums", rounding):
        network = prepare_for_inference(checkpoint.network, torch.device(device), dtype, MAP_SETTINGS, winograd=False)
    used, logits = time.process_time(), []
    is_mixed = dtype is not torch.float32
    low_precision.forbid_shortened_sums()
    for pixels in images:
        with torch.inference_mode(), torch.autocast(device.partition(":")[0], dtype, enabled=is_mixed):
            image = normalize(pixels.to(device), checkpoint.card.normalization, layout=torch.channels_last)
            logits.append(network(image).float().cpu())
    return logits, time.process_time() - used


def images_of(data, side):
    import torch

    from uhr_landcover.models.scenes.landscape import render_window

    named = {f"generated {k}": render_window(k, 0, 0, side, side)[0] for k in range(3)}
    deepglobe = sorted(data.glob("research_only/deepglobe/**/*.jpg"))
    dubai = sorted(data.glob("open/dubai_mbrsc/**/*.jpg"))[::7]
    named |= {f"{path.parent.name}/{path.stem}": _tile_of(path, side) for path in (*deepglobe, *dubai)}
    return {name: torch.from_numpy(image.transpose(2, 0, 1).copy())[None] for name, image in named.items()}


def _tile_of(path, side):
    import numpy as np
    from PIL import Image

    values = np.asarray(Image.open(path).convert("RGB"))[200 : 200 + side, 200 : 200 + side]
    return np.pad(values, (*((0, side - n) for n in values.shape[:2]), (0, 0)), mode="reflect")


def _margin(logits):
    best = logits.topk(2, dim=1).values
    return best[:, 0] - best[:, 1]


def report(rows):
    rows.sort(key=lambda row: METHODS.index(row["method"]))
    lines = []
    for row in rows:
        for way, found in row["ways"].items():
            equal = found["equal_percent"]
            reached = sum(share >= 99.9 for share in equal)
            share = f"{found['seconds'] / row['cpu_seconds']:.2f}" if found["seconds"] else ""
            lines.append(
                (row["method"], way, f"{min(equal):.3f} %", f"{statistics.mean(equal):.3f} %",
                 f"{reached} of {len(equal)}", found["largest_margin"], share)
            )  # fmt: skip
    header = ("starter", "way", "equal, least", "equal, mean", "at least 99.9 %", "largest margin moved", "time")
    first = rows[0]
    return (
        "# Pixels that 16-bit arithmetic moves on the starters\n\n"
        f"{first['date'][:10]}, torch {first['torch']}, {first['machine']}, commit {first['commit']}; "
        f"`{first['command']}`. One tile of each of {len(first['images'])} images (generated, DeepGlobe, Dubai), class "
        'of every pixel against float32 on the CPU. Without the addition "CPU": on the stand-in GPU of the tests, '
        "which follows CUDA's rules of mixed precision (sums in float32, results rounded) but is no GPU. "
        '"nearest": weights rounded to the nearest; else so that errors cancel (models/inference/low_precision.py). '
        "Margin: winner's logit minus the second's, where the class is another one. Time: processor time relative to "
        "float32.\n\n" + table(header, lines)
    )


if __name__ == "__main__":
    main()
