"""`prepare OUT`: cut images and masks, or rasters and digitised polygons, into training chips."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..contract.events import Stage
from ..system.run_context import RunContext

if TYPE_CHECKING:
    from ...models.training.chips import ImagePair
    from ..training.training_data import LabelledRaster


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("out", type=Path, help="folder of chips to make")
    parser.add_argument(
        "--pair", nargs=2, type=Path, action="append", default=[], metavar=("RASTER", "LABELS"),
        help="a raster and its mask, or its polygons (GeoPackage, Shapefile …); may be repeated",
    )  # fmt: skip
    parser.add_argument("--data", type=Path, help="folder of images and masks")
    parser.add_argument("--images", default="", help="name of the image folder inside")
    parser.add_argument("--masks", default="", help="name of the mask folder inside")
    parser.add_argument("--legend", default="deepglobe", help="name of a legend, or a JSON file")
    parser.add_argument("--field", default="", help="field of the polygons' class; else class_id or class_name")
    parser.add_argument("--layer", default="", help="layer of the vector files; else the first")
    parser.add_argument("--chip-px", type=int, default=512, help="side of a chip")
    parser.add_argument("--resolution-m", type=float, help="metres per pixel of the chips; else as the raster")
    parser.add_argument("--bands", type=int, nargs=3, default=[], metavar=("R", "G", "B"), help="bands to take, from 1")
    parser.add_argument("--group", default="", help=r"regular expression of a scene's group, e.g. tile(\d+)_")
    parser.add_argument("--val", nargs="*", default=[], help="groups held out to follow the training")
    parser.add_argument("--test", nargs="*", default=[], help="groups held out for the final figures")
    parser.add_argument("--split", default="", help="named list of scenes, e.g. deepglobe, in place of groups")
    parser.add_argument("--overwrite", action="store_true", help="replace an older folder of chips")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Cut the chips; return how many each split has and what they show."""
    from ...models.training.chips import find_pairs
    from ..raster.classes.class_legend import numbered_legend
    from ..raster.raster_info import gdal_session
    from ..training.training_data import ChipSpec, class_shares, prepare_chips

    pairs = list(find_pairs(args.data, images=args.images, masks=args.masks)) if args.data else []
    pairs += [_pair(image, labels) for image, labels in args.pair]
    spec = ChipSpec(
        chip_px=args.chip_px,
        ground_resolution_m=args.resolution_m,
        bands=tuple(args.bands),
        field=args.field,
        layer=args.layer,
    )

    def report(done: int, total: int) -> None:
        context.progress(Stage.PREPARE, done, total, "scenes")
        context.check_stop()

    legend, values = numbered_legend(args.legend)
    with gdal_session(256 << 20):
        chips = prepare_chips(
            args.out,
            _rasters(args, pairs),
            legend,
            spec,
            values=values,
            overwrite=args.overwrite,
            on_scene=report,
            warn=context.warn,
        )
    counts = {split: len(names) for split, names in chips.splits.items()}
    shares = class_shares(chips)
    return {"files": [str(args.out)], "chips": counts, "class_shares": shares}


def _pair(image: Path, labels: Path) -> ImagePair:
    from ...models.training.chips import ImagePair

    return ImagePair(image.stem.removesuffix("_sat"), image, labels)


def _rasters(args: argparse.Namespace, pairs: list[ImagePair]) -> list[LabelledRaster]:
    from ...models.training.splits import load_split, split_by_group, split_by_ids
    from ..training.training_data import LabelledRaster

    if args.split:
        splits = split_by_ids(pairs, load_split(args.split))
    else:
        held_out = {name: groups for name, groups in (("val", args.val), ("test", args.test)) if groups}
        splits = split_by_group(pairs, pattern=args.group, held_out=held_out) if pairs else {}
    return [
        LabelledRaster(scene=p.scene, image=p.image, labels=p.mask, split=split)
        for split, members in splits.items()
        for p in members
    ]
