"""`teach RASTER EXAMPLES --out MODEL`: make a model from a few examples drawn on a raster."""

from __future__ import annotations

import argparse
import datetime
import os
from pathlib import Path
from typing import Any

from .. import api
from ..contract.teach import EQUAL, ESTIMATED
from ..system.run_context import RunContext
from .band_arguments import band_list, band_numbers


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("raster", help="image that the examples were drawn on")
    parser.add_argument("examples", type=Path, help="points, lines or polygons with a class field")
    parser.add_argument("--out", type=Path, required=True, metavar="MODEL", help="model to make (.safetensors)")
    parser.add_argument("--field", default="", help="field of the class; else class_id, class_name, MC_ID, Classvalue")
    parser.add_argument("--layer", default="", help="layer of the examples' file (default: the first)")
    parser.add_argument(
        "--encoder", default="", metavar="NAME|FILE", help="encoder to look with (default: the one that ships)"
    )
    parser.add_argument(
        "--bands", type=band_list, default=(), metavar="R,G,B,…",
        help="red, green, blue and any further bands: numbers from 1, names such as nir, or all",
    )  # fmt: skip
    parser.add_argument(
        "--shares", choices=(ESTIMATED, EQUAL), default=ESTIMATED,
        help="how common classes are taken to be: as the image shows, or all the same",
    )  # fmt: skip
    parser.add_argument(
        "--unclassified-below", type=float, default=0.0, metavar="P",
        help="pixels whose best class is less likely than this become unclassified (default: 0, none)",
    )  # fmt: skip
    parser.add_argument("--overwrite", action="store_true", help="replace a model of that name")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Teach; return the data of the result."""
    spec = api.TeachSpec(
        raster=os.path.abspath(args.raster) if os.path.exists(args.raster) else args.raster,
        examples=args.examples,
        out=args.out.resolve(),
        field=args.field,
        layer=args.layer,
        encoder=args.encoder,
        bands=band_numbers(args.bands, args.raster),
        shares=args.shares,
        unclassified_below=args.unclassified_below,
        overwrite=args.overwrite,
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    )
    taught = api.teach(spec, context)
    return {
        "checkpoint": str(spec.out),
        "model": taught.card.name,
        "classes": taught.card.recipe["examples_by_class"],
        "agreement": taught.agreement.to_dict(),
        "sentence": taught.agreement.sentence(),
        "notes": list(taught.notes),
    }
