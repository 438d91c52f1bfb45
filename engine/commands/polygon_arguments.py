"""Arguments of every command that makes polygons."""

from __future__ import annotations

import argparse

from ..contract.job import MAX_SIZE, PolygonSpec
from ..system.errors import InvalidJob


def add_polygon_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the fields of `PolygonSpec`."""
    parser.add_argument("--mmu-m2", type=float, default=0.0, metavar="M2", help="smaller areas join a neighbour")
    parser.add_argument("--simplify-m", type=float, default=0.0, metavar="M", help="simplify borders, without gaps")
    parser.add_argument("--smooth", action="store_true", help="round the borders, after simplifying by 1 px at least")
    parser.add_argument("--layer-per-class", action="store_true", help="one layer (GeoPackage) or file for each class")
    parser.add_argument(
        "--cut-px", type=int, metavar="N",
        help="cut polygons along a grid of so many pixels; 0 leaves them whole (default: 8192 for rasters of more than "
        "32768 px a side, else 0)",
    )  # fmt: skip


def polygon_spec(args: argparse.Namespace) -> PolygonSpec:
    """Return what the arguments ask for.

    Raises:
        InvalidJob: If a value is out of range.
    """
    for option, value in (("--mmu-m2", args.mmu_m2), ("--simplify-m", args.simplify_m), ("--cut-px", args.cut_px or 0)):
        if not 0 <= value <= MAX_SIZE:
            raise InvalidJob(f"{option} is {value:g}; it must lie between 0 and {MAX_SIZE:g}.")
    return PolygonSpec(
        minimum_mapping_unit_m2=args.mmu_m2,
        simplify_m=args.simplify_m,
        smooth=args.smooth,
        layer_per_class=args.layer_per_class,
        cut_px=args.cut_px,
    )
