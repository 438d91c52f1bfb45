"""What the starters reach on places and images that nothing was trained on, beside a linear layer on frozen features.

    python benchmarks/starters.py --data DATA --checkpoints FILE … --probe --results benchmarks/results/starters.jsonl

`DATA` is the folder that holds `open/`, `open2/` and `research_only/`. Three sets are measured, each as `evaluate` does
(pixels as they are, tiles and mirrored rim of the card): the test places of `open2`, scene number 2 of Dubai, and the
eight DeepGlobe scenes, which are for measuring only. The rim's figures: each DeepGlobe scene is cut into sixteen
images, each is mapped alone, and a class's share of their outer 16 px is divided by its share 48 to 64 px further in;
beside it the same from the map of the whole scene, where these pixels are no rim. The probe is one linear layer on the
frozen maps of an encoder, fitted by L-BFGS to labelled pixels of the places that train, classes and places weighed
alike. Finished rows are kept.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import torch
from method_comparison import append_row, read_rows

from uhr_landcover.models.checkpoint import load_checkpoint
from uhr_landcover.models.encoders.stored import load_encoder
from uhr_landcover.models.heads.feature_reader import FeatureReader, features_at
from uhr_landcover.models.heads.fitting import Samples, fit_scores
from uhr_landcover.models.heads.linear_head import LinearScores, Standardisation
from uhr_landcover.models.inference.whole_image import ImageTiling, classify_image
from uhr_landcover.models.legend import IGNORE_INDEX, load_legend
from uhr_landcover.models.training.config import SourceConfig
from uhr_landcover.models.training.metrics import ConfusionMatrix
from uhr_landcover.models.training.samples import Scene, open_source
from uhr_landcover.models.training.tile_sets.sampler import TileScene

ROOT = Path(__file__).resolve().parents[1]
LEGEND = load_legend("deepglobe")
PROBE_ENCODERS = ("efficientnet-lite0", "lite0-landcover")
PROBE_CONTEXT_PX, PROBE_PIXELS, PROBE_L2 = 64, 300, 1e-3
RIM_PX, INNER_PX = (0, 16), (48, 64)
RIM_SET, RIM_CUTS, RIM_PARTS = "DeepGlobe, 8 scenes", 4, ("alone", "within the scene")

Classify = Callable[[np.ndarray], np.ndarray]


def main() -> None:
    """Measure what has no row yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--checkpoints", type=Path, nargs="*", default=())
    parser.add_argument("--probe", action="store_true", help="also the linear layers on the encoders that ship")
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows = read_rows(args.results)
    done = {row["model"] for row in rows}
    for name, build in _models(args):
        if name not in done:
            rows.append(_row(name, build(), _sets(args.data)))
            append_row(args.results, rows[-1])
    args.results.with_suffix(".md").write_text(_table(rows), encoding="utf-8")


def _models(args: argparse.Namespace) -> list[tuple[str, Callable[[], Classify]]]:
    def of_checkpoint(path: Path) -> Callable[[], Classify]:
        return lambda: checkpoint_classifier(path)

    def of_encoder(name: str) -> Callable[[], Classify]:
        return lambda: _probe(name, _open2(args.data).train)

    models = [(path.stem, of_checkpoint(path)) for path in args.checkpoints]
    return models + [(f"linear layer on {name}", of_encoder(name)) for name in PROBE_ENCODERS if args.probe]


def _sets(data: Path) -> dict[str, tuple[Scene, ...]]:
    dubai = SourceConfig(
        folder=str(data / "open" / "dubai_mbrsc"), group=r"tile(\d+)_", test=("2",), ignore_unknown=True
    )
    deepglobe = SourceConfig(folder=str(data / "research_only" / "deepglobe"), ignore_unknown=True)
    return {
        "open2, test places": _open2(data).test,
        "Dubai, tile number 2": open_source(dubai, LEGEND, Path()).test,
        "DeepGlobe, 8 scenes": open_source(deepglobe, LEGEND, Path()).train,
    }


def _open2(data: Path) -> object:
    folder, labels = str(data / "open2"), str(ROOT / "training_labels")
    return open_source(SourceConfig(kind="tiles", folder=folder, split="open2", polygons=labels), LEGEND, Path())


def checkpoint_classifier(path: Path) -> Classify:
    """Return a classifier of whole images by a checkpoint, tiled as its card says."""
    checkpoint = load_checkpoint(path)
    card, network = checkpoint.card, checkpoint.network.for_inference()
    tiling = ImageTiling(tile_px=card.tile_px, halo_px=card.halo_px, mirrors_rim=card.mirrors_rim)
    return lambda image: classify_image(network, image, card.normalization, tiling)


def _row(name: str, classify: Classify, sets: dict[str, tuple[Scene, ...]]) -> dict:
    begun, figures, rim = time.process_time(), {}, {part: np.zeros((2, LEGEND.num_classes)) for part in RIM_PARTS}
    for key, scenes in sets.items():
        matrix = ConfusionMatrix(LEGEND.num_classes, LEGEND.unknown_id)
        for scene in scenes:
            image, labels = scene.load()
            class_ids = classify(image)
            matrix.add(labels, class_ids)
            for cut in _cuts(labels.shape) if key == RIM_SET else ():
                rim["alone"] += _rim_counts(classify(np.ascontiguousarray(image[cut])))
                rim["within the scene"] += _rim_counts(class_ids[cut])
        figures[key] = matrix.to_dict([c.name for c in LEGEND.classes]) | {"scenes": [s.name for s in scenes]}
    return {
        "model": name, "figures": figures, "rim": {part: _rim_ratios(counts) for part, counts in rim.items()},
        "cpu_s": round(time.process_time() - begun, 1), "date": datetime.now(UTC).date().isoformat(),
        "torch": torch.__version__, "device": "1 CPU thread",
    }  # fmt: skip


def _cuts(shape: tuple[int, int]) -> list[tuple[slice, slice]]:
    """Return the windows of the images that a scene is cut into."""
    h, w = (n // RIM_CUTS for n in shape)
    places = [(r * h, c * w) for r in range(RIM_CUTS) for c in range(RIM_CUTS)]
    return [(slice(r, r + h), slice(c, c + w)) for r, c in places]


def _rim_counts(class_ids: np.ndarray) -> np.ndarray:
    """Return how many pixels each class has in the outer ring and in the inner one, ``(2, K)``."""
    h, w = class_ids.shape
    rows, cols = np.arange(h)[:, None], np.arange(w)[None]
    depth = np.minimum(np.minimum(rows, h - 1 - rows), np.minimum(cols, w - 1 - cols))
    rings = ((depth >= first) & (depth < end) for first, end in (RIM_PX, INNER_PX))
    return np.stack([np.bincount(class_ids[ring], minlength=LEGEND.num_classes) for ring in rings])


def _rim_ratios(counts: np.ndarray) -> dict[str, float | None]:
    shares = counts / counts.sum(1, keepdims=True)
    return {c.name: _ratio(*shares[:, c.class_id]) for c in LEGEND.classes if c.class_id != LEGEND.unknown_id}


def _ratio(rim: float, inner: float) -> float | None:
    return round(float(rim / inner), 3) if inner > 0.001 else None


def _probe(name: str, scenes: Sequence[TileScene]) -> Classify:
    """Return a classifier of one linear layer on the joined maps of an encoder."""
    reader = FeatureReader(load_encoder(name))
    features, class_ids, weights = _examples(reader, scenes)
    standard = Standardisation.of(features, reader.channels)
    samples = Samples(features=standard.apply(features), subclass=class_ids, polygon=class_ids)
    scores = standard.folded_into(fit_scores(samples, weights, LEGEND.num_classes, PROBE_L2))
    return lambda image: _scored(reader, scores, image)


def _examples(reader: FeatureReader, scenes: Sequence[TileScene]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return features, class ids and weights of labelled pixels; classes weigh the same, and places within a class."""
    rng, features, owners = np.random.default_rng(0), [], []
    for scene in scenes:
        image, labels = scene.load()
        maps = _maps(reader, image)
        for c in np.setdiff1d(np.unique(labels), [IGNORE_INDEX]):
            rows, cols = np.nonzero(labels == c)
            drawn = rng.choice(len(rows), min(PROBE_PIXELS, len(rows)), replace=False)
            cells = ((v[drawn] + PROBE_CONTEXT_PX) // reader.cell_px for v in (rows, cols))
            features.append(features_at(maps, *cells))
            owners += [(int(c), scene.tile.place)] * len(drawn)
    counts = {owner: owners.count(owner) for owner in set(owners)}
    places = {c: len({p for k, p in counts if k == c}) for c, _ in counts}
    weights = torch.tensor([1 / (counts[owner] * places[owner[0]] * len(places)) for owner in owners])
    return torch.from_numpy(np.concatenate(features)), torch.tensor([c for c, _ in owners]), weights


def _maps(reader: FeatureReader, image: np.ndarray) -> Sequence[np.ndarray]:
    """Return the maps of an image with mirrored context around it."""
    sides = (
        (PROBE_CONTEXT_PX, PROBE_CONTEXT_PX + -(n + 2 * PROBE_CONTEXT_PX) % reader.size_divisor)
        for n in image.shape[:2]
    )
    padded = np.pad(image, (*sides, (0, 0)), mode="reflect").transpose(2, 0, 1)
    return reader.maps(np.ascontiguousarray(padded), np.ones(padded.shape[1:], bool))


def _scored(reader: FeatureReader, scores: LinearScores, image: np.ndarray) -> np.ndarray:
    h, w = image.shape[:2]
    first, end = PROBE_CONTEXT_PX // reader.cell_px, [-(-(n + PROBE_CONTEXT_PX) // reader.cell_px) for n in (h, w)]
    rows, cols = np.mgrid[first : end[0], first : end[1]]
    maps, parts = _maps(reader, image), []
    for row, col in zip(rows, cols, strict=True):
        parts.append(scores.of(torch.from_numpy(features_at(maps, row, col))))
    cells = torch.stack(parts).permute(2, 0, 1)[None]
    cells[:, 0] = -torch.inf  # nobody is taught "unknown"
    enlarged = torch.nn.functional.interpolate(cells[:, 1:], scale_factor=reader.cell_px, mode="bilinear")
    return (enlarged[0, :, :h, :w].argmax(0) + 1).to(torch.uint8).numpy()


def _table(rows: Sequence[dict]) -> str:
    sets = list(rows[0]["figures"]) if rows else []
    lines = ["# Starters on places and images they were not trained on", "", "Mean IoU over the classes that occur."]
    lines += ["", "| model | " + " | ".join(sets) + " |", "|---" * (len(sets) + 1) + "|"]
    for row in rows:
        values = [f"{row['figures'][key]['mean_iou']:.3f}" for key in sets]
        lines.append(f"| {row['model']} | " + " | ".join(values) + " |")
    lines += _rim_table(rows)
    for key in sets:
        names = [c["class_name"] for c in rows[0]["figures"][key]["classes"] if c["pixels"]]
        lines += ["", f"## {key}", "", "| model | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
        for row in rows:
            table = {c["class_name"]: c["iou"] for c in row["figures"][key]["classes"]}
            lines.append(f"| {row['model']} | " + " | ".join(f"{table[n]:.2f}" for n in names) + " |")
    lines += [
        "",
        "Made by `benchmarks/starters.py`; all figures are in the `.jsonl` beside this file.",
    ]
    return "\n".join(lines) + "\n"


def _rim_table(rows: Sequence[dict]) -> list[str]:
    names = list(rows[0]["rim"]["alone"]) if rows else []
    lines = ["", "## Share of a class in the outer 16 px, divided by its share 48 to 64 px further in", ""]
    lines += [
        "Sixteenths of the DeepGlobe scenes, each mapped alone (the same pixels in the map of the scene).",
        "",
    ]
    lines += ["| model | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for row in rows:
        pairs = ((row["rim"]["alone"][n], row["rim"]["within the scene"][n]) for n in names)
        lines.append(f"| {row['model']} | " + " | ".join(f"{a} ({b})" for a, b in pairs) + " |")
    return lines


if __name__ == "__main__":
    main()
