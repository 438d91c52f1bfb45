"""`evaluate CHECKPOINT --data FOLDER`: confusion matrix, IoU, F1 and accuracy on images with masks."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..contract.events import Stage
from ..system.run_context import RunContext

if TYPE_CHECKING:
    from ...models.legend import Legend
    from ...models.training.evaluate import CommonIds


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
    from ...models.checkpoint import load_checkpoint
    from ...models.legend import load_legend
    from ...models.training.evaluate import evaluate_scenes
    from ..raster.input_files import legend_files
    from ..system.device import choose_device
    from ..system.files import write_atomically
    from ..system.guard import refuse_inputs

    if args.out:
        inputs = [
            args.checkpoint,
            args.split,
            *legend_files(args.legend),
            *([args.crosswalk] if args.crosswalk else []),
            *(p for p in args.data.rglob("*") if p.is_file()),
        ]
        refuse_inputs([args.out.with_suffix(ending) for ending in (".json", ".md")], inputs)
    checkpoint = load_checkpoint(args.checkpoint)
    card = checkpoint.card
    reference = load_legend(args.legend) if args.legend else card.legend
    names, common = _common(args, card.legend, reference)
    scenes = _scenes(args, reference)
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
        common=common,
        report=report,
    )
    figures = {"checkpoint": card.name, "scenes": done, **matrix.to_dict(names)}
    table = matrix.to_markdown(names)
    if args.out:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(args.out.with_suffix(".json"), json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
        write_atomically(args.out.with_suffix(".md"), table)
    return {**figures, "text": table}


def _common(args: argparse.Namespace, legend: Legend, reference: Legend) -> tuple[list[str], CommonIds | None]:
    """Return the names of the classes that network and masks are compared in, and what both count as."""
    from ...models.training.evaluate import CommonIds
    from ..change.class_matching import match_classes

    if not args.legend and not args.crosswalk:
        return [c.name for c in legend.classes], None
    common = match_classes(legend, reference, args.crosswalk, ("map", "reference"))
    unknown = None if legend.unknown_id is None else int(common.old[legend.unknown_id])
    ids = CommonIds(of_labels=common.new, of_network=common.old, num_classes=len(common.names), unknown_id=unknown)
    return list(common.names), ids


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
