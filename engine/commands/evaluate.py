"""`evaluate CHECKPOINT --data FOLDER`: confusion matrix, IoU, F1 and accuracy on images with masks."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ..contract.events import Stage
from ..system.run_context import RunContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("checkpoint", type=Path, help="one of our checkpoints (.safetensors)")
    parser.add_argument("--data", type=Path, required=True, help="folder of images and masks")
    parser.add_argument("--images", default="", help="name of the image folder inside")
    parser.add_argument("--masks", default="", help="name of the mask folder inside")
    parser.add_argument("--group", default="", help=r"regular expression of a scene's group, e.g. tile(\d+)_")
    parser.add_argument("--only", nargs="*", default=[], help="groups to measure; all if none is named")
    parser.add_argument("--split", default="", help="named list of scenes, e.g. deepglobe; measures its test part")
    parser.add_argument("--ignore-unknown", action="store_true", help="leave pixels of the unknown class out")
    parser.add_argument("--device", default="auto")
    parser.add_argument(
        "--out", type=Path, help="write the figures as JSON and, beside it, tables as Markdown; .json or .md"
    )


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Map every scene and compare."""
    from ...models.checkpoint import load_checkpoint
    from ...models.training.evaluate import evaluate_scenes
    from ..system.device import choose_device
    from ..system.files import write_atomically
    from ..system.guard import refuse_inputs

    if args.out:
        inputs = [args.checkpoint, args.split, *(p for p in args.data.rglob("*") if p.is_file())]
        refuse_inputs([args.out.with_suffix(ending) for ending in (".json", ".md")], inputs)
    checkpoint = load_checkpoint(args.checkpoint)
    card = checkpoint.card
    scenes = _scenes(args, card.legend)
    done: list[str] = []

    def report(name: str) -> None:
        context.check_stop()
        done.append(name)
        context.progress(Stage.EVALUATE, len(done), len(scenes), "scenes")

    matrix = evaluate_scenes(
        checkpoint.network.to(choose_device(args.device).name),
        scenes,
        normalization=card.normalization,
        legend=card.legend,
        tile_px=card.tile_px,
        halo_px=card.halo_px,
        mirrors_rim=card.mirrors_rim,
        report=report,
    )
    names = [c.name for c in card.legend.classes]
    figures = {"checkpoint": card.name, "scenes": done, **matrix.to_dict(names)}
    table = matrix.to_markdown(names)
    if args.out:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(args.out.with_suffix(".json"), json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
        write_atomically(args.out.with_suffix(".md"), table)
    return {**figures, "text": table}


def _scenes(args: argparse.Namespace, legend: Any) -> list[Any]:
    from ...models.training.config import SourceConfig
    from ...models.training.samples import open_source

    source = open_source(
        SourceConfig(
            folder=str(args.data.resolve()),
            images=args.images,
            masks=args.masks,
            group=args.group,
            test=tuple(args.only),
            split=args.split,
            ignore_unknown=args.ignore_unknown,
        ),
        legend,
        Path(),
    )
    return list(source.test or source.train)
