"""`fine-tune CHECKPOINT --data FOLDER --out DIR`: go on training a checkpoint on images and masks of your own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .. import api
from ..system.run_context import RunContext
from .train import add_run_arguments, outcome_data, training_run


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
    add_run_arguments(parser)


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Train from the checkpoint until done, out of time or cancelled."""
    spec = api.FineTuneSpec(
        checkpoint=args.checkpoint,
        data=args.data,
        name=args.name,
        legend=args.legend,
        group=args.group,
        validate=tuple(args.val),
        test=tuple(args.test),
        steps=args.steps,
        batch=args.batch,
        lr=args.lr,
        licence=args.licence,
    )
    return outcome_data(api.fine_tune(spec, training_run(args), context), args.out)
