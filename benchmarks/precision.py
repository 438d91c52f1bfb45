"""How many pixels another number type moves: `python benchmarks/precision.py [--data DIR] [--precisions …]`.

Classifies one tile of some real images with each starter in float32 and under autocast, on the CPU, and prints the
share of equal classes and the largest margin (winner's logit minus the second's) among the pixels that differ.
"""

import argparse
import os
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from uhr_landcover.models.checkpoint import load_checkpoint, starter_path
from uhr_landcover.models.preprocess import normalize

DATA = Path(os.environ.get("UHR_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--precisions", nargs="+", default=("bfloat16", "float16"))
    args = parser.parse_args()
    images = sorted(args.data.glob("research_only/deepglobe/**/*.jpg"))[:2]
    images += sorted(args.data.glob("open/dubai_mbrsc/**/*.jpg"))[:30:15]
    print("| starter | image | number type | equal pixels | largest margin of the others |\n|---|---|---|---|---|")
    for method in ("isdnet", "ppn", "glnet"):
        checkpoint = load_checkpoint(starter_path(method))
        network = checkpoint.network.for_inference().to(memory_format=torch.channels_last)
        for path in images:
            image = normalize(tile_of(path, checkpoint.card.tile_px), checkpoint.card.normalization)
            compare(method, path.stem, network, image.contiguous(memory_format=torch.channels_last), args.precisions)


@torch.inference_mode()
def compare(method, name, network, image, precisions):
    exact = network(image)
    best = exact.topk(2, dim=1).values
    margin = best[:, 0] - best[:, 1]
    for precision in precisions:
        with torch.autocast("cpu", getattr(torch, precision)):
            other = network(image)
        equal = other.argmax(1) == exact.argmax(1)
        largest = float(margin[~equal].max()) if not equal.all() else 0.0
        print(
            f"| {method} | {name} | {precision} | {100 * float(equal.float().mean()):.3f} % | {largest:.4f} |",
            flush=True,
        )


def tile_of(path, side):
    values = np.asarray(Image.open(path).convert("RGB"))[200 : 200 + side, 200 : 200 + side]
    missing = [(0, side - n) for n in values.shape[:2]]
    values = np.pad(values, (*missing, (0, 0)), mode="reflect")
    return torch.from_numpy(values.transpose(2, 0, 1).copy())[None]


if __name__ == "__main__":
    main()
