"""`describe NET.onnx`: say what a network takes and gives; with --write, keep what it does not say itself in a card."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ..system.errors import InvalidJob
from ..system.run_context import RunContext

SCALES = ("unit", "imagenet", "bytes", "raw")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("network", type=Path, help="network, .onnx or .safetensors")
    parser.add_argument("--classes", type=_names, default=(), metavar="A,B,…", help="names of the classes, in order")
    parser.add_argument("--legend", default="", help="legend with the classes: a name or a JSON file")
    parser.add_argument("--bands", type=_names, default=(), metavar="A,B,…", help="names of the bands, in order")
    parser.add_argument(
        "--scale", choices=SCALES,
        help="how values go in: unit (0 to 1), imagenet (its mean and deviation), bytes (0 to 255), raw (as the raster "
        "has them)",
    )  # fmt: skip
    parser.add_argument("--mean", type=_numbers, metavar="M,…", help="subtracted after --scale, one for each band")
    parser.add_argument("--std", type=_numbers, metavar="S,…", help="divided by after --mean, one for each band")
    parser.add_argument("--resolution", type=float, default=0.0, metavar="M", help="metres per pixel it is made for")
    parser.add_argument("--tile-px", type=int, default=0, help="side of a tile")
    parser.add_argument("--halo-px", type=int, help="margin of a tile that is not written")
    parser.add_argument("--output", default="", metavar="NAME", help="output with the classes, if there are several")
    parser.add_argument(
        "--meaning", choices=("logits", "probabilities", "sigmoid", "class ids"), help="what its numbers are"
    )
    parser.add_argument("--threshold", type=float, help="of a network with one probability: from where a pixel counts")
    parser.add_argument("--licence", default="", help="licence of the weights")
    parser.add_argument("--name", default="", help="short name of the network")
    parser.add_argument("--write", action="store_true", help="write NET.card.json beside the network")
    parser.add_argument("--overwrite", action="store_true", help="replace a card that is there")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Open the network; return what is known of it, what is missing and what is guessed."""
    if args.network.suffix.lower() != ".onnx":
        return _of_ours(args)
    from ...models.onnx.checkpoint import card_of, card_path, open_network

    opened = open_network(args.network, _said(args))
    card = card_of(opened)
    files: list[str] = []
    if args.write:
        if opened.missing:
            raise InvalidJob(f"{args.network.name} does not say {'; '.join(opened.missing)}. Add it to the command.")
        files = [_write(card_path(args.network), card.to_json(), args.overwrite)]
    return {
        "network": str(args.network),
        "source": opened.facts.source,
        "missing": list(opened.missing),
        "guesses": list(opened.guess.notes),
        "outputs": [{"name": a.name, "numbers": a.channels, "meaning": a.meaning.value} for a in opened.trial.answers],
        "fixed_size": opened.form.is_fixed,
        "card": json.loads(card.to_json()),
        "files": files,
        "text": _text(card, opened.missing, opened.guess.notes),
    }


def _of_ours(args: argparse.Namespace) -> dict[str, Any]:
    from ...models.checkpoint import read_card

    if args.write:
        raise InvalidJob(f"{args.network.name} has its card inside; only networks in ONNX files get one beside them.")
    card = read_card(args.network)
    return {
        "network": str(args.network),
        "source": "its card",
        "missing": [],
        "guesses": [],
        "outputs": [],
        "fixed_size": False,
        "card": json.loads(card.to_json()),
        "files": [],
        "text": _text(card, (), ()),
    }


def _said(args: argparse.Namespace) -> Any:
    from ...models.onnx.facts import ClassFact, NetworkFacts
    from ...models.onnx.forms import Meaning

    names = tuple(ClassFact(name=n) for n in args.classes)
    if len(names) == 1:
        names = (ClassFact(name="background"), *names)
    legend = None
    if args.legend:
        legend = _legend(args)
        names = tuple(ClassFact(name=c.name, color=c.color) for c in legend.classes)
    normalization, is_raw = _normalization(args)
    return NetworkFacts(
        source="the command" if names or normalization or args.resolution else "",
        name=args.name,
        classes=names,
        legend=legend,
        bands=args.bands,
        normalization=normalization,
        raw_values=is_raw,
        ground_resolution_m=args.resolution,
        tile_px=args.tile_px,
        halo_px=args.halo_px,
        output=args.output,
        meaning=Meaning(args.meaning) if args.meaning else None,
        threshold=args.threshold,
        licence=args.licence,
    )


def _legend(args: argparse.Namespace) -> Any:
    from ...models.legend import load_legend

    if args.classes:
        raise InvalidJob("--classes and --legend both name the classes. Give one of them.")
    return load_legend(args.legend)


def _normalization(args: argparse.Namespace) -> tuple[Any, bool | None]:
    """Return the scaling that the arguments ask for, and whether it is on the raster's own scale."""
    from ...models.card import Normalization
    from ...models.preprocess import IMAGENET

    if args.scale is None and args.mean is None and args.std is None:
        return None, None
    if args.scale == "imagenet":
        if args.mean or args.std:
            raise InvalidJob("--scale imagenet has its mean and deviation; leave --mean and --std out, or say unit.")
        return IMAGENET, False
    unit = 255.0 if args.scale in (None, "unit") else 1.0
    count = len(args.mean or args.std or args.bands) or _channels(args.network)
    mean, std = args.mean or (0.0,) * count, args.std or (1.0,) * count
    if len(mean) != len(std):
        raise InvalidJob(f"--mean has {len(mean)} numbers and --std {len(std)}; give one for each band.")
    if not all(s > 0 for s in std):
        raise InvalidJob(f"--std is {', '.join(map(str, std))}; every number must be above 0.")
    return Normalization(mean=tuple(unit * m for m in mean), std=tuple(unit * s for s in std)), args.scale == "raw"


def _channels(network: Path) -> int:
    from ...models.onnx.forms import image_form
    from ...models.onnx.graph import read_graph

    return image_form(read_graph(network)).channels or 3


def _write(path: Path, text: str, overwrite: bool) -> str:
    from ..system.errors import ErrorCode, OutputError
    from ..system.files import write_atomically

    if path.exists() and not overwrite:
        raise OutputError(ErrorCode.OUTPUT_EXISTS, f"There is a card {path} already. Add --overwrite to replace it.")
    write_atomically(path, text + "\n")
    return str(path)


def _text(card: Any, missing: tuple[str, ...], notes: tuple[str, ...]) -> str:
    lines = [
        f"{card.title} ({card.method}, licence {card.licence})",
        f"  bands: {', '.join(card.bands)}",
        f"  classes: {', '.join(c.name for c in card.legend.classes)}",
        f"  ground resolution {card.ground_resolution_m:g} m, tiles of {card.tile_px} px with a margin of "
        f"{card.halo_px} px",
        f"  values: (value - {_shown(card.normalization.mean)}) / {_shown(card.normalization.std)}"
        + (" as the raster has them" if card.raw_values else " of 8 bits"),
        *(f"  missing: {m}" for m in missing),
        *(f"  {note}" for note in notes),
    ]
    return "\n".join(lines) + "\n"


def _shown(values: tuple[float, ...]) -> str:
    texts = [f"{v:g}" for v in values]
    return texts[0] if len(set(texts)) == 1 else f"[{', '.join(texts)}]"


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split(","))
