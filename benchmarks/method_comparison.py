"""GLNet, PPN and ISDNet side by side: trained on the same scenes with one budget of processor time, then measured.

    python benchmarks/method_comparison.py --data DATA --minutes 12 --results benchmarks/results/NAME.jsonl

`DATA` is the folder that holds `open/`, `research_only/` and `backbones/`. Every network starts from the same partial
ImageNet weights of ResNet-18. The budget is processor time of the training process on one thread, so that other load on
the machine changes little; it covers all stages (GLNet's three). Finished rows are kept: run it again to go on.
Weights stay in `--work`; those trained on research-only data must not leave it.
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import cv2
import torch

from uhr_landcover.models.training.chips import find_pairs
from uhr_landcover.models.training.config import SourceConfig, TrainingConfig
from uhr_landcover.models.training.evaluate import evaluate_scenes
from uhr_landcover.models.training.loop import NORMALIZATIONS, Trainer

PACE_STEPS = 6
"""Steps after which the number of steps that fit into the budget is told from the time they took."""

MARGIN = 0.94
"""Part of the budget that is planned for, since the pace varies a little."""

BACKBONE = "backbones/resnet18_imagenet_conv1_layer3_fp16.pt"

DEEPGLOBE_TEST = ("172307", "855")
"""Every fourth of the eight names in order; fixed before anything was trained."""

ISDNET = {
    "deep_branch": "resnet18_v1b", "deep_widths": [64, 128, 256, 48], "shallow_widths": [16, 32, 64, 96],
    "channels": 48, "head_channels": 24,
}  # fmt: skip
PPN = {
    "global_px": 256, "global_depth": 18, "global_widths": [32, 64, 64, 64], "refine_widths": [64, 128, 80, 64],
    "proposal_widths": [24, 48, 72], "pyramid_width": 56, "detail_width": 32, "aggregation_width": 56,
    "fusion_scale": 2,
}  # fmt: skip
GLNET = {
    "global_px": 256, "patch_px": 256, "depth": 18, "backbone_widths": [64, 128, 64, 64], "pyramid_width": 48,
    "detail_width": 24,
}  # fmt: skip

STAGES = {
    "isdnet": [("isdnet", 1.0, ISDNET)],
    "ppn": [("ppn", 1.0, PPN)],
    "glnet": [
        ("glnet-global", 0.3, {**GLNET, "path": "global"}),
        ("glnet-g2l", 0.4, {**GLNET, "path": "global_to_local", "training_patches": 4}),
        ("glnet", 0.3, {**GLNET, "path": "global_and_local", "training_patches": 4}),
    ],
}
"""Method → its stages: name, share of the budget, network."""


def main() -> None:
    """Train what has no row yet, and write the table."""
    args = _arguments()
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    rows = read_rows(args.results)
    for data in args.sets:
        for method in args.methods:
            if not any((r["set"], r["method"]) == (data, method) for r in rows):
                rows.append(_row(args, data, method))
                append_row(args.results, rows[-1])
    write_table(rows, args.results.with_suffix(".md"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=12.0, help="processor time of each training")
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("runs/comparison"))
    parser.add_argument("--sets", nargs="+", choices=("open", "deepglobe"), default=["open", "deepglobe"])
    parser.add_argument("--methods", nargs="+", choices=tuple(STAGES), default=list(STAGES))
    return parser.parse_args()


def _row(args: argparse.Namespace, data: str, method: str) -> dict:
    start, seconds, steps = "", 0.0, []
    for name, share, network in STAGES[method]:
        config = _config(args.data, args.work, data, name, method, network, start)
        budget = args.minutes * 60 * share
        trainer, used = _train(config, args.work / data / name, args.work, budget)
        seconds, start = seconds + used, str(args.work.resolve() / data / name / f"{name}.safetensors")
        steps.append(trainer.step)
    scenes = [s for source in trainer.sources for s in source.test]
    with trainer.averaged.in_place(trainer.network):
        matrix = evaluate_scenes(
            trainer.network.eval(), scenes, normalization=NORMALIZATIONS[config.normalization], legend=trainer.legend,
            tile_px=config.tile_px, halo_px=config.halo_px,
        )  # fmt: skip
    figures = matrix.to_dict([c.name for c in trainer.legend.classes])
    return {
        "set": data, "method": method, "mean_iou": figures["mean_iou"], "accuracy": figures["accuracy"],
        "figures": figures, "budget_s": args.minutes * 60, "cpu_s": round(seconds, 1), "steps": steps,
        "parameters": sum(p.numel() for p in trainer.network.parameters()),
        "train_scenes": sum(len(s.train) for s in trainer.sources), "test_scenes": [s.name for s in scenes],
        "backbone": Path(BACKBONE).name, "crop_px": config.crop_px, "batch": config.batch, "tile_px": config.tile_px,
        "date": datetime.now(UTC).date().isoformat(), "torch": torch.__version__, "python": platform.python_version(),
        "device": "1 CPU thread", "command": "python benchmarks/method_comparison.py --data DATA "
        f"--minutes {args.minutes:g} --results {args.results.name}",
    }  # fmt: skip


def _train(config: TrainingConfig, out: Path, base: Path, budget_s: float) -> tuple[Trainer, float]:
    """Train within a budget of processor seconds; return the trainer and what it used."""
    clock = out / "cpu.json"
    told = json.loads(clock.read_text()) if clock.is_file() else {"used_s": 0.0, "steps": 0}
    before = time.process_time()

    def used() -> float:
        return told["used_s"] + time.process_time() - before

    if not told["steps"]:
        told["steps"] = _steps_within(config, out, base, budget_s)
    trainer = Trainer(
        replace(config, steps=told["steps"], validate_every=told["steps"]), base=base, out=out, device="cpu"
    )

    def report(progress: object) -> None:
        print(f"{config.name}: {progress}, {used():.0f} s", flush=True)
        trainer.save_state()
        clock.write_text(json.dumps({**told, "used_s": used()}))

    trainer.run(math.inf, report, lambda: False)
    spent = used()
    trainer.write_checkpoint(measure=False)
    clock.write_text(json.dumps({**told, "used_s": spent}))
    return trainer, spent


def _steps_within(config: TrainingConfig, out: Path, base: Path, budget_s: float) -> int:
    """Return how many steps fit, from a few steps into a folder that is thrown away; their time counts."""
    begun = time.process_time()
    pilot = Trainer(replace(config, steps=PACE_STEPS + 1), base=base, out=out / "pace", device="cpu")
    marks: list[float] = []

    def stop() -> bool:
        marks.append(time.process_time())
        return len(marks) > PACE_STEPS

    pilot.run(math.inf, lambda progress: None, stop)
    pace = (marks[-1] - marks[1]) / (len(marks) - 2)
    return max(10, int((budget_s * MARGIN - (time.process_time() - begun)) / pace))


def _config(
    data: Path, work: Path, name_of_set: str, name: str, method: str, network: dict, start: str
) -> TrainingConfig:
    tile = {"isdnet": (1024, 128), "ppn": (512, 64), "glnet": (512, 64)}[method]
    return TrainingConfig(
        name=name, method=method, network=network, sources=sources_of(data, work, name_of_set), start_from=start,
        backbone_weights=(str((data / BACKBONE).resolve()),), normalization="imagenet",
        backbone_lr=0.1, class_balance=0.8, seed=1, photometric=False,
        crop_px={"isdnet": 384, "ppn": 512, "glnet": 512}[method], batch=4, optimizer="adamw", lr=1e-3, warmup_steps=15,
        weight_decay=0.01, clip_norm=5.0, mixed_precision=True, ema_decay=0.98, scales=(0.6, 1.8), balance=0.9,
        tile_px=tile[0], halo_px=tile[1],
    )  # fmt: skip


def sources_of(data: Path, work: Path, name_of_set: str) -> tuple[SourceConfig, ...]:
    """Return where the scenes of "open" or "deepglobe" come from, and which are held out."""
    if name_of_set == "open":
        dubai = SourceConfig(
            folder=str((data / "open/dubai_mbrsc").resolve()), group=r"tile(\d+)_", test=("1", "2"),
            share=0.9, ignore_unknown=True,
        )  # fmt: skip
        naip = SourceConfig(
            folder=str((data / "open/chesapeake_naip").resolve()), images="images_rgb", masks="masks_deepglobe",
            share=0.1, zoom=2.0, ignore_unknown=True,
        )  # fmt: skip
        return (dubai, naip)
    halved = _halve(data / "research_only/deepglobe", work / "deepglobe_1m")
    return (SourceConfig(folder=str(halved.resolve()), group=r"^(\d+)", test=DEEPGLOBE_TEST, ignore_unknown=True),)


def _halve(folder: Path, out: Path) -> Path:
    """Bring DeepGlobe's pairs from 0.5 m to 1 m, as the floor of 0.55 was measured; they stay in the work folder."""
    out.mkdir(parents=True, exist_ok=True)
    for pair in find_pairs(folder):
        for path, how in ((pair.image, cv2.INTER_AREA), (pair.mask, cv2.INTER_NEAREST)):
            target = out / f"{path.stem}.png"
            if not target.exists():
                image = cv2.imread(str(path), cv2.IMREAD_COLOR)
                cv2.imwrite(str(target), cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=how))
    return out


def read_rows(path: Path) -> list[dict]:
    """Return the rows of a result file; none if there is no file."""
    return [json.loads(line) for line in path.read_text().splitlines()] if path.is_file() else []


def append_row(path: Path, row: dict) -> None:
    """Add a row to a result file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def write_table(rows: list[dict], path: Path) -> None:
    """Write the rows as a Markdown table, and print it."""
    lines = [
        "# Three methods under one budget",
        "",
        "Made by `benchmarks/method_comparison.py`; rows with all figures, date, versions and command are in the",
        "JSON lines beside this file. Mean IoU over the classes of the test scenes, unknown left out.",
        "",
        "| Data | Method | Mean IoU | Accuracy | Processor time s | Steps | Test scenes |",
        "|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        steps = " + ".join(map(str, r["steps"]))
        lines.append(
            f"| {r['set']} | {r['method']} | {r['mean_iou']:.3f} | {r['accuracy']:.3f} | {r['cpu_s']:.0f} | {steps} "
            f"| {len(r['test_scenes'])} |"
        )
    text = "\n".join(lines) + "\n"
    path.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
