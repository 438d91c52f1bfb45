"""The floor beside the comparison of methods: frozen ImageNet features and one linear layer, on the same split.

    python benchmarks/linear_probe.py --data DATA --results benchmarks/results/NAME.jsonl

Uses ResNet-18 up to its third stage (all three stages, interpolated to the pixel) at full resolution, 6000 labelled
pixels of every scene, and a cross entropy with classes weighted by the root of their rarity. The rows join those of
`method_comparison.py`; accuracy and IoU are of the sampled pixels of the test scenes.
"""

from __future__ import annotations

import argparse
import platform
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import torch
from method_comparison import BACKBONE, append_row, read_rows, sources_of, write_table
from torch import Tensor, nn
from torch.nn import functional

from uhr_landcover.models.layers.resnet import ResNet
from uhr_landcover.models.legend import IGNORE_INDEX, load_legend
from uhr_landcover.models.preprocess import IMAGENET, normalize
from uhr_landcover.models.pretrained import load_backbones
from uhr_landcover.models.training.metrics import ConfusionMatrix
from uhr_landcover.models.training.samples import Scene, open_source

PIXELS = 6000
EPOCHS = 12
BATCH = 512


def main() -> None:
    """Measure the probe on the sets that have no row yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("runs/comparison"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows = read_rows(args.results)
    for data in ("open", "deepglobe"):
        if not any((r["set"], r["method"]) == (data, "linear probe") for r in rows):
            rows.append(_row(args, data))
            append_row(args.results, rows[-1])
    write_table(rows, args.results.with_suffix(".md"))


def _row(args: argparse.Namespace, data: str) -> dict:
    begun = time.process_time()
    torch.manual_seed(0)
    legend = load_legend("deepglobe")
    sources = [open_source(s, legend, Path()) for s in sources_of(args.data, args.work, data)]
    network = nn.ModuleDict({"backbone": ResNet(18, (64, 128, 256))}).eval()
    load_backbones(network, args.data / BACKBONE)
    train = _features(network["backbone"], [s for source in sources for s in source.train])
    linear = _fit(*train, legend.num_classes)
    seconds = time.process_time() - begun
    scenes = [s for source in sources for s in source.test]
    features, labels = _features(network["backbone"], scenes)
    matrix = ConfusionMatrix(legend.num_classes, legend.unknown_id)
    with torch.inference_mode():
        matrix.add(labels.numpy().astype(np.uint8), linear(features).argmax(1).numpy().astype(np.uint8))
    figures = matrix.to_dict([c.name for c in legend.classes])
    return {
        "set": data, "method": "linear probe", "mean_iou": figures["mean_iou"], "accuracy": figures["accuracy"],
        "figures": figures, "cpu_s": round(seconds, 1), "steps": [EPOCHS * -(-len(train[0]) // BATCH)],
        "train_scenes": sum(len(s.train) for s in sources), "test_scenes": [s.name for s in scenes],
        "backbone": Path(BACKBONE).name, "date": datetime.now(UTC).date().isoformat(), "torch": torch.__version__,
        "python": platform.python_version(), "device": "1 CPU thread",
        "command": f"python benchmarks/linear_probe.py --data DATA --results {args.results.name}",
    }  # fmt: skip


def _features(backbone: ResNet, scenes: Iterable[Scene]) -> tuple[Tensor, Tensor]:
    """Return features ``(n, C)`` and labels ``(n,)`` of labelled pixels drawn from every scene."""
    rng = np.random.default_rng(0)
    features, kept = [], []
    for scene in scenes:
        image, labels = scene.load()
        rows, cols = rng.integers(labels.shape[0], size=PIXELS), rng.integers(labels.shape[1], size=PIXELS)
        known = labels[rows, cols] != IGNORE_INDEX
        rows, cols = rows[known], cols[known]
        with torch.inference_mode():
            stages = backbone(normalize(torch.from_numpy(image.transpose(2, 0, 1).copy())[None], IMAGENET))
            places = np.stack([(cols + 0.5) / labels.shape[1], (rows + 0.5) / labels.shape[0]], -1) * 2 - 1
            grid = torch.from_numpy(places).float()[None, None]
            parts = [functional.grid_sample(s, grid, align_corners=False)[0, :, 0].T for s in stages]
        features.append(torch.cat(parts, 1))
        kept.append(torch.from_numpy(labels[rows, cols].astype(np.int64)))
    return torch.cat(features), torch.cat(kept)


def _fit(features: Tensor, labels: Tensor, num_classes: int) -> nn.Module:
    """Return scaling and a linear layer fitted to the features."""
    mean, deviation = features.mean(0), features.std(0) + 1e-5
    linear = nn.Linear(features.shape[1], num_classes)
    counts = torch.bincount(labels, minlength=num_classes).float()
    weight = (counts.sum() / counts.clamp_min(1)).sqrt()
    optimizer = torch.optim.AdamW(linear.parameters(), 1e-3, weight_decay=1e-2)
    for _ in range(EPOCHS):
        for part in torch.randperm(len(features)).split(BATCH):
            optimizer.zero_grad()
            logits = linear((features[part] - mean) / deviation)
            functional.cross_entropy(logits, labels[part], weight=weight / weight.mean()).backward()
            optimizer.step()
    return _Scaled(mean, deviation, linear)


class _Scaled(nn.Module):
    def __init__(self, mean: Tensor, deviation: Tensor, linear: nn.Module) -> None:
        super().__init__()
        self.mean, self.deviation, self.linear = mean, deviation, linear

    def forward(self, features: Tensor) -> Tensor:
        return self.linear((features - self.mean) / self.deviation)


if __name__ == "__main__":
    main()
