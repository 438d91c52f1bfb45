"""`evaluate CHECKPOINT --data FOLDER`: confusion matrix, IoU, F1 and accuracy on images with masks."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .. import api
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
    parser.add_argument(
        "--legend", default="", help="legend of the masks, a name or a JSON file; else the checkpoint's"
    )
    parser.add_argument(
        "--crosswalk", type=Path, metavar="CSV",
        help="map,class,common: what classes of the network (map) and of the masks (reference) count as",
    )  # fmt: skip
    parser.add_argument("--ignore-unknown", action="store_true", help="leave pixels of the unknown class out")
    parser.add_argument("--device", default="auto")
    parser.add_argument(
        "--out", type=Path, help="write the figures as JSON and, beside it, tables as Markdown; .json or .md"
    )


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Map every scene and compare."""
    spec = api.EvaluateSpec(
        checkpoint=args.checkpoint,
        data=args.data,
        images=args.images,
        masks=args.masks,
        group=args.group,
        only=tuple(args.only),
        split=args.split,
        legend=args.legend,
        crosswalk=args.crosswalk,
        ignore_unknown=args.ignore_unknown,
        device=args.device,
        out=args.out,
    )
    found = api.evaluate(spec, context)
    return {**found.to_dict(), "text": found.to_markdown()}
