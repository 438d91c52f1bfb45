"""Training steps a second on a GPU and on the CPU: `python benchmarks/gpu_training.py [--device cuda:0]`.

Each starter is trained on random crops of a generated scene at its recipe's crop and batch, with AdamW: three steps to
warm up, then as many as go into half a minute (at least three). Loss falls or not is not looked at: this is speed.
"""

import argparse
import tempfile
import time
from pathlib import Path

from bench_support import RESULTS, Points, table, write_markdown

METHODS = ("isdnet", "ppn", "glnet")
CROP_PX, BATCH, SECONDS = 512, 4, 30


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cuda:0")
    parser.add_argument("--max-minutes", type=float, default=0)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--out", type=Path, default=RESULTS / "gpu_training.jsonl")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "uhr_bench_engine")
    args = parser.parse_args()
    points = Points(args.out, args.max_minutes)
    for method in METHODS:
        for device in dict.fromkeys((args.device, "cpu")):
            points.run(f"{method}, {device}", lambda m=method, d=device: measure(m, d, args.seconds))
    write_markdown(points.path.with_suffix(".md"), report(points.rows()))


def measure(method, device, seconds):
    """Time training steps of a starter on random crops."""
    import torch

    from uhr_landcover.models.checkpoint import load_checkpoint, starter_path
    from uhr_landcover.models.preprocess import normalize
    from uhr_landcover.models.registry import build_network
    from uhr_landcover.models.scenes.landscape import render_window

    torch.manual_seed(0)
    card = load_checkpoint(starter_path(method)).card
    network = build_network(method, card.config, num_classes=card.legend.num_classes).to(device).train()
    image, class_ids = render_window(3, 0, 0, CROP_PX, CROP_PX)
    pixels = torch.from_numpy(image.transpose(2, 0, 1).copy())[None].repeat(BATCH, 1, 1, 1).to(device)
    labels = torch.from_numpy(class_ids.astype("int64"))[None].repeat(BATCH, 1, 1).to(device)
    given = normalize(pixels, card.normalization)
    optimizer = torch.optim.AdamW([p for p in network.parameters() if p.requires_grad], lr=1e-4)

    def step():
        optimizer.zero_grad()
        for terms in network.training_terms(given, labels):
            terms["total"].backward()
        optimizer.step()
        if device.startswith("cuda"):
            torch.cuda.synchronize()

    for _ in range(3):
        step()
    started, done = time.perf_counter(), 0
    while done < 3 or time.perf_counter() - started < seconds:
        step()
        done += 1
    return {"method": method, "device": device, "steps": done, "steps_per_s": done / (time.perf_counter() - started)}


def report(rows):
    """Return the table."""
    body = [(r["method"], r["device"], r["steps"], f"{r['steps_per_s']:.3g}") for r in rows]
    title = f"# Training steps a second, starters' widths, crops of {CROP_PX} px, batch {BATCH}"
    return f"{title}\n\n{table(('method', 'device', 'steps', 'steps/s'), body)}"


if __name__ == "__main__":
    main()
