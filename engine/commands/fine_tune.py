"""`fine-tune CHECKPOINT --data FOLDER --out DIR`: go on training a checkpoint on images and masks of your own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..system.run_context import RunContext
from . import train as train_command

if TYPE_CHECKING:
    from ...models.training.config import TrainingConfig

LARGEST_CROP_PX = 512

OWN_NOTICE = (
    "Fine-tuned by its user from a model for trying out: look at its figures, or assess the map, before you rely on it."
)
"""The warning in the card of a model whose origin has one; ui/model_store/card.py says it in other languages."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("checkpoint", type=Path, help="checkpoint to start from (.safetensors), e.g. a starter")
    parser.add_argument("--data", type=Path, required=True, help="folder of images and masks, or of prepared chips")
    parser.add_argument("--out", type=Path, required=True, help="folder for state, curves and checkpoint")
    parser.add_argument("--name", default="", help="name of the new checkpoint; else that of the folder")
    parser.add_argument("--legend", default="", help="name or JSON file of other classes; else those of the checkpoint")
    parser.add_argument("--group", default="", help=r"regular expression of a scene's group, e.g. tile(\d+)_")
    parser.add_argument("--val", nargs="*", default=[], help="groups held out to follow the training")
    parser.add_argument("--test", nargs="*", default=[], help="groups held out for the figures on the card")
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--lr", type=float, default=3e-4)
    parser.add_argument("--licence", default="unspecified", help="licence of the new weights, for the card")
    train_command.add_run_arguments(parser)


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Train from the checkpoint until done, out of time or cancelled."""
    from ...models.checkpoint import read_card
    from ..raster.input_files import legend_files
    from ..system.guard import refuse_inputs

    config = _config(args, read_card(args.checkpoint))
    made = [args.out / f"{config.name}.safetensors", *(args.out / name for name in ("state.pt", "curves.csv"))]
    refuse_inputs(made, [args.checkpoint, *legend_files(args.legend)])
    return train_command.run(config, Path.cwd(), args, context)


def _config(args: argparse.Namespace, card: Any) -> TrainingConfig:
    from ...models.preprocess import UNIT
    from ...models.training.config import SourceConfig, TrainingConfig

    source = SourceConfig(
        folder=str(args.data.resolve()), group=args.group, validate=tuple(args.val), test=tuple(args.test)
    )
    legend = str(Path(args.legend).resolve()) if args.legend.endswith(".json") else args.legend
    return TrainingConfig(
        name=args.name or args.out.name,
        method=card.method,
        sources=(source,),
        legend=legend or card.legend.name,
        start_from=str(args.checkpoint.resolve()),
        normalization="unit" if card.normalization == UNIT else "imagenet",
        crop_px=card.tile_px if card.method != "isdnet" else min(card.tile_px, LARGEST_CROP_PX),
        batch=args.batch,
        steps=args.steps,
        lr=args.lr,
        clip_norm=5.0,
        ema_decay=0.99,
        validate_every=max(1, args.steps // 5),
        tile_px=card.tile_px,
        halo_px=card.halo_px,
        mirrors_rim=card.mirrors_rim,
        ground_resolution_m=card.ground_resolution_m,
        card={
            "title": args.name or args.out.name,
            "licence": args.licence,
            "data": [
                f"Fine-tuned on {args.data.name} by the user; started from '{card.title}' ({card.name}), trained on:",
                *card.data,
            ],
            "notice": OWN_NOTICE if card.notice else "",
        },
    )
