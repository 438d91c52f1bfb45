"""Does looking twice pay? GRNet against its G-branch alone, same processor time, several seeds, generated scenes.

    python benchmarks/grnet_vs_gbranch.py --minutes 4 --results benchmarks/results/NAME.jsonl [--max-minutes 60]

Both train the compact widths from the same random start on the same scenes, and their learning rates fall with the
budget used, so that each has a whole schedule. GRNet gives the first part of its budget to its G-branch, as the paper
does with its first epochs, then trains everything. The budget is processor time of the training steps on one thread,
drawing of samples included. Measured on held-out landscapes. Finished rows are kept and a broken training goes on from
its last saved state: run it again.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import torch
from torch import nn

from uhr_landcover.models.inference.whole_image import ImageTiling, classify_image
from uhr_landcover.models.legend import load_legend
from uhr_landcover.models.ppn.config import GRNetConfig
from uhr_landcover.models.ppn.network import GRNet
from uhr_landcover.models.preprocess import IMAGENET, normalize
from uhr_landcover.models.pretrained import load_backbones
from uhr_landcover.models.training.augment import Augmentation
from uhr_landcover.models.training.metrics import ConfusionMatrix
from uhr_landcover.models.training.samples import GeneratedScene, SampleStream, Source

WIDTHS = {
    "global_depth": 18, "global_widths": (32, 64, 64, 64), "refine_widths": (64, 128, 80, 64),
    "proposal_widths": (24, 48, 72), "pyramid_width": 56, "detail_width": 32, "aggregation_width": 56,
}  # fmt: skip
TRAIN_SEEDS, TEST_SEEDS = tuple(range(201, 213)), tuple(range(951, 955))
SCENE_PX = 1536
TILE_PX, VIEW_PX, HALO_PX = 768, 192, 96
"""A view of a quarter of the tile's side; the paper's is 512 of 2448."""

TILING = ImageTiling(tile_px=TILE_PX, halo_px=HALO_PX)
BATCH, LR, WARM_UP_SHARE, SAVE_EVERY_S = 2, 6e-4, 0.3, 20.0
ARMS = ("G-branch", "GRNet", "GRNet, fused at x2")


@dataclass(frozen=True)
class Arrays:
    """A scene already in memory."""

    name: str
    image: np.ndarray
    labels: np.ndarray

    def load(self) -> tuple[np.ndarray, np.ndarray]:
        """Return image and labels."""
        return self.image, self.labels


class GlobalOnly(nn.Module):
    """The global branch of a GRNet as a network of its own."""

    def __init__(self, network: GRNet) -> None:
        super().__init__()
        self.network, self.size_divisor, self.min_side_px = network, network.size_divisor, network.min_side_px

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """Return the logits of every pixel."""
        return self.network.global_logits(image)


def main() -> None:
    """Train what has no row yet; write the table after every row."""
    args = _arguments()
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    deadline = time.monotonic() + 60 * args.max_minutes if args.max_minutes else float("inf")
    rows = [json.loads(line) for line in args.results.read_text().splitlines()] if args.results.is_file() else []
    wanted = [(seed, arm) for seed in args.seeds for arm in args.arms]
    missing = [k for k in wanted if k not in [(r["seed"], r["arm"]) for r in rows]]
    if missing:
        train, test = (_scenes(seeds) for seeds in (TRAIN_SEEDS, TEST_SEEDS))
    for seed, arm in missing:
        row = _row(args, seed, arm, train, test, deadline)
        if row is None:
            print("Out of time; run the same command again to go on.")
            return
        rows.append(row)
        args.results.parent.mkdir(parents=True, exist_ok=True)
        with args.results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        args.results.with_suffix(".md").write_text(_table(rows), encoding="utf-8")
        print(f"seed {seed}, {arm}: {row['mean_iou']:.3f} in {row['steps']} steps", flush=True)
    args.results.with_suffix(".md").write_text(_table(rows), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=4.0, help="processor time of each training")
    parser.add_argument("--max-minutes", type=float, default=0.0, help="wall-clock limit of this call; 0 for none")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--arms", nargs="+", choices=ARMS, default=list(ARMS[:2]))
    parser.add_argument("--backbone", type=Path, help="file of ResNet-18 weights that all branches start from")
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("runs/grnet_vs_gbranch"))
    return parser.parse_args()


def _scenes(seeds: tuple[int, ...]) -> list[Arrays]:
    return [Arrays(f"landscape {s}", *GeneratedScene(str(s), s, SCENE_PX).load()) for s in seeds]


def _row(
    args: argparse.Namespace, seed: int, arm: str, train: list[Arrays], test: list[Arrays], deadline: float
) -> dict | None:
    legend = load_legend("deepglobe")
    config = GRNetConfig(global_px=VIEW_PX, fusion_scale=2 if "x2" in arm else 1, **WIDTHS)
    torch.manual_seed(seed)
    network = GRNet(num_classes=legend.num_classes, config=config)
    if args.backbone:
        load_backbones(network, args.backbone)
    state = args.work / f"{seed}_{ARMS.index(arm)}.pt"
    done = _train(network, arm, seed, train, args.minutes * 60, state, deadline)
    if done is None:
        return None
    steps, used = done
    network.eval()
    tested = GlobalOnly(network) if arm == "G-branch" else network
    figures = _measure(tested, test, legend)
    row = {
        "seed": seed, "arm": arm, "mean_iou": figures["mean_iou"], "accuracy": figures["accuracy"], "steps": steps,
        "cpu_s": round(used, 1), "budget_s": args.minutes * 60, "figures": figures,
        "backbone": args.backbone.name if args.backbone else None, "tile_px": TILE_PX, "view_px": VIEW_PX,
        "batch": BATCH, "lr": LR, "train_scenes": list(TRAIN_SEEDS), "test_scenes": list(TEST_SEEDS),
        "scene_px": SCENE_PX, "date": datetime.now(UTC).date().isoformat(), "torch": torch.__version__,
        "python": platform.python_version(), "device": "1 CPU thread",
    }  # fmt: skip
    if arm != "G-branch":
        own = _measure(GlobalOnly(network), test, legend)
        row |= {"own_g_branch_mean_iou": own["mean_iou"], "patches_looked_at_twice": _selected_share(network, test)}
    return row


def _train(
    network: GRNet, arm: str, seed: int, scenes: list[Arrays], budget_s: float, path: Path, deadline: float
) -> tuple[int, float] | None:
    """Train within a budget of processor seconds; return steps and seconds used, or None at the deadline."""
    optimizer = torch.optim.AdamW(network.parameters(), lr=LR, weight_decay=0.01)
    stream = SampleStream(
        [Source(tuple(scenes), (), (), 1.0, 1.0)], crop_px=TILE_PX, batch=BATCH, balance=0.5, seed=seed,
        augmentation=Augmentation(scales=(0.8, 1.25)),
    )  # fmt: skip
    step, used = _load(path, network, optimizer)
    saved = used
    network.train()
    while used < budget_s:
        if time.monotonic() > deadline:
            _save(path, network, optimizer, step, used)
            return None
        begun = time.process_time()
        share = used / budget_s
        network.phase = "global" if arm == "G-branch" or share < WARM_UP_SHARE else "joint"
        for group in optimizer.param_groups:
            group["lr"] = LR * min(1.0, (step + 1) / 15) * (1 - share) ** 0.9
        torch.manual_seed(seed * 1_000_003 + step)
        images, labels = stream.batch(step)
        image = normalize(torch.from_numpy(images), IMAGENET).to(memory_format=torch.channels_last)
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16):
            loss = network.training_loss(image, torch.from_numpy(labels).long())["total"]
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        step, used = step + 1, used + time.process_time() - begun
        if used - saved > SAVE_EVERY_S:
            _save(path, network, optimizer, step, used)
            saved = used
            print(f"seed {seed}, {arm}: step {step}, {used:.0f} s, loss {float(loss.detach()):.3f}", flush=True)
    _save(path, network, optimizer, step, used)
    return step, used


def _save(path: Path, network: GRNet, optimizer: torch.optim.Optimizer, step: int, used: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "used": used}
    torch.save(state, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)


def _load(path: Path, network: GRNet, optimizer: torch.optim.Optimizer) -> tuple[int, float]:
    if not path.is_file():
        return 0, 0.0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    return state["step"], state["used"]


def _measure(network: nn.Module, scenes: list[Arrays], legend: object) -> dict:
    matrix = ConfusionMatrix(legend.num_classes, legend.unknown_id)
    for scene in scenes:
        matrix.add(scene.labels, classify_image(network, scene.image, IMAGENET, TILING))
    return matrix.to_dict([c.name for c in legend.classes])


@torch.inference_mode()
def _selected_share(network: GRNet, scenes: list[Arrays]) -> float:
    """Return the share of patches that the proposals pick, over the tiles of the scenes without overlap."""
    shares = []
    for scene in scenes:
        for row in range(0, SCENE_PX, TILE_PX):
            for col in range(0, SCENE_PX, TILE_PX):
                tile = scene.image[row : row + TILE_PX, col : col + TILE_PX].transpose(2, 0, 1)
                image = normalize(torch.from_numpy(np.ascontiguousarray(tile))[None], IMAGENET)
                shares.append(float(network.select_patches(image).float().mean()))
    return round(statistics.mean(shares), 3)


def _table(rows: list[dict]) -> str:
    seeds = sorted({r["seed"] for r in rows})
    arms = [a for a in ARMS if any(r["arm"] == a for r in rows)]
    of = {(r["arm"], r["seed"]): r for r in rows}
    first = rows[0]
    lines = [
        "# GRNet against its G-branch alone",
        "",
        f"Made by `benchmarks/grnet_vs_gbranch.py`: {first['budget_s'] / 60:g} minutes of processor time each on one "
        f"thread, compact widths, {len(TRAIN_SEEDS)} generated landscapes to train on, {len(TEST_SEEDS)} others of "
        f"{SCENE_PX} × {SCENE_PX} px to measure on, tiles of {TILE_PX} px seen whole at {VIEW_PX} px, torch "
        f"{first['torch']}, {first['date']}. Backbones start from {first['backbone'] or 'random weights'}.",
        "Mean IoU of six classes, unknown left out.",
        "",
        "| network | " + " | ".join(f"seed {s}" for s in seeds) + " | mean | steps |",
        "|---|" + "---|" * (len(seeds) + 2),
    ]
    for arm in arms:
        got = [of[arm, s] for s in seeds if (arm, s) in of]
        cells = [f"{of[arm, s]['mean_iou']:.3f}" if (arm, s) in of else "–" for s in seeds]
        mean = statistics.mean(r["mean_iou"] for r in got)
        steps = ", ".join(str(r["steps"]) for r in got)
        lines.append(f"| {arm} | {' | '.join(cells)} | {mean:.3f} | {steps} |")
        if arm != "G-branch":
            own = [f"{of[arm, s]['own_g_branch_mean_iou']:.3f}" if (arm, s) in of else "–" for s in seeds]
            mean_own = statistics.mean(r["own_g_branch_mean_iou"] for r in got)
            lines.append(f"| its own G-branch, before the second look | {' | '.join(own)} | {mean_own:.3f} | |")
    lines += ["", *_verdict(of, seeds, arms)]
    return "\n".join(lines) + "\n"


def _verdict(of: dict, seeds: list[int], arms: list[str]) -> list[str]:
    lines = []
    for arm in arms:
        both = [s for s in seeds if (arm, s) in of and ("G-branch", s) in of]
        if arm == "G-branch" or not both:
            continue
        gains = [of[arm, s]["mean_iou"] - of["G-branch", s]["mean_iou"] for s in both]
        wins, share = sum(g > 0 for g in gains), [of[arm, s]["patches_looked_at_twice"] for s in both]
        lines.append(
            f"{arm} is above the G-branch alone with {wins} of {len(both)} seeds; differences "
            f"{', '.join(f'{g:+.3f}' for g in gains)}. It looked twice at {statistics.mean(share):.0%} of the patches."
        )
    return lines


if __name__ == "__main__":
    main()
