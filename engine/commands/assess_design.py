"""`assess design MAP --out NAME`: draw a sample of a map, to be labelled."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..system.run_context import RunContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the step's arguments."""
    parser.add_argument("map", type=Path, metavar="MAP", help="class raster, or polygons with a class field")
    parser.add_argument("--out", type=Path, metavar="NAME", help="writes NAME_design.json, NAME.gpkg and NAME.csv")
    parser.add_argument("--plan", action="store_true", help="only say what every allocation would give; writes nothing")
    _add_map(parser)
    _add_strata(parser)
    _add_sizes(parser)
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same points")
    parser.add_argument(
        "--probability",
        choices=("auto", "equal", "area"),
        default="auto",
        help="of a pixel; auto is by area where pixels differ by more than 1 %% on the ground",
    )
    parser.add_argument("--support", choices=("pixel", "block", "circle"), default="pixel", help="what gets a label")
    parser.add_argument("--size", type=float, help="pixels along a block's side, metres of a circle's radius")
    parser.add_argument("--rule", choices=("centre", "majority"), default="centre", help="class of a mixed support")
    parser.add_argument("--two-dates", action="store_true", help="points of change: a class for each date")
    parser.add_argument("--overwrite", action="store_true", help="replace existing files, labels too")


def _add_map(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--field", default="", help="field of polygons with the class; else class_name")
    parser.add_argument("--layer", default="", help="layer of the file of polygons; else the first")
    parser.add_argument("--unit-m", type=float, default=0.0, help="side of a unit of polygons in metres")
    parser.add_argument("--legend", default="", help="name of a legend or a JSON file; else what the raster says")
    parser.add_argument("--leave-out", type=Path, metavar="EXAMPLES", help="points, lines, polygons not to draw from")


def _add_strata(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--design", choices=("stratified", "srs", "systematic"), default="stratified")
    parser.add_argument("--strata", type=Path, metavar="FILE", help="class raster or polygons; else the map's classes")
    parser.add_argument("--strata-field", default="", metavar="NAME", help="field with the polygons' names")
    parser.add_argument("--strata-layer", default="", metavar="NAME", help="layer of the file of polygons")
    parser.add_argument("--cross", action="store_true", help="cross these strata with the map's classes")


def _add_sizes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--points", type=int, metavar="N", help="size of the sample; else what the targets need")
    parser.add_argument(
        "--target",
        action="append",
        default=[],
        metavar="WHAT=VALUE",
        help="overall:se=0.01, users:CLASS:half=0.05 or area:CLASS:half=0.005, shares of 1; may be repeated",
    )
    parser.add_argument(
        "--allocation", choices=("minimum", "proportional", "equal", "neyman"), default="minimum", help="among strata"
    )
    parser.add_argument("--minimum", type=int, default=50, help="fewest points of a stratum with --allocation minimum")
    parser.add_argument(
        "--stratum", action="append", default=[], metavar="NAME=N", help="points of one stratum, for all strata"
    )
    parser.add_argument(
        "--users", action="append", default=[], metavar="CLASS=U", help="user's accuracy that you expect; else 0.8"
    )
    parser.add_argument("--expected", type=Path, metavar="COUNTS.csv", help="error matrix of an earlier assessment")
    parser.add_argument("--reserve", type=int, default=0, metavar="N", help="further points for later")
    parser.add_argument("--confidence", type=float, default=0.95, help="of half-widths in targets")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Draw, and write the files; with --plan only say what would be drawn."""
    from ..assess.estimates.estimator import z_of
    from ..assess.estimates.stratification import Design
    from ..assess.response.sample_files import SampleFiles, write_sample
    from ..assess.sampling.allocation import Allocation
    from ..assess.sampling.designing import draw_sample, plan_sample
    from ..assess.sampling.plan_facts import design_facts, plan_facts
    from ..assess.sampling.request import Parts, Probability, SampleRequest
    from ..assess.sampling.support import Support, SupportRule, SupportShape
    from ..assess.sampling.targets import parse_target
    from ..overlays.map_source import MapSource
    from ..raster.classes.class_raster import CACHE_BYTES
    from ..raster.input_files import raster_files, vector_files
    from ..raster.raster_info import gdal_session
    from ..system.errors import InvalidJob

    if args.out is None and not args.plan:
        raise InvalidJob("Nobody said where the sample is to go. Give --out NAME, or --plan to draw nothing.")
    z = z_of(args.confidence)
    request = SampleRequest(
        source=MapSource(path=args.map, field=args.field, layer=args.layer, unit_m=args.unit_m, legend=args.legend),
        design=Design(args.design),
        parts=Parts(path=args.strata, field=args.strata_field, layer=args.strata_layer, crossed=args.cross),
        left_out=args.leave_out,
        points=args.points,
        sizes={name: _whole(text, name) for name, text in map(_pair, args.stratum)},
        targets=tuple(parse_target(text, z) for text in args.target),
        allocation=Allocation(args.allocation),
        minimum=args.minimum,
        users={name: _share(text, name) for name, text in map(_pair, args.users)},
        expected=args.expected,
        reserve=args.reserve,
        seed=args.seed,
        probability=Probability(args.probability),
        support=Support(
            shape=SupportShape(args.support), size=_size(args.support, args.size), rule=SupportRule(args.rule)
        ),
    )
    with gdal_session(CACHE_BYTES):
        if args.plan:
            return plan_facts(plan_sample(request, Path(), context.emit, context.should_stop), request)
        files = SampleFiles.of(args.out)
        read = [p for p in (args.map, args.strata, args.leave_out, args.expected) if p]
        inputs = [f for p in read for f in (*raster_files(p), *vector_files(p))]
        with write_sample(files, inputs, overwrite=args.overwrite, two_dates=args.two_dates) as (staged, write):
            design, plan = draw_sample(request, staged, args.out.resolve().parent, context.emit, context.should_stop)
            written = write(design)
    return {"files": [str(f) for f in written], **design_facts(design), **plan_facts(plan, request)}


def _pair(text: str) -> tuple[str, str]:
    from ..system.errors import InvalidJob

    name, equals, value = text.rpartition("=")
    if not equals or not name.strip():
        raise InvalidJob(f"{text!r} cannot be read; expected a name, = and a number.")
    return name.strip(), value.strip()


def _whole(text: str, name: str) -> int:
    from ..system.errors import InvalidJob

    if not text.isdigit():
        raise InvalidJob(f"The stratum {name!r} is to get {text!r} points; expected a whole number.")
    return int(text)


def _share(text: str, name: str) -> float:
    from ..system.errors import InvalidJob

    try:
        return float(text)
    except ValueError:
        raise InvalidJob(f"The accuracy expected of {name!r} is {text!r}; expected a part of 1 such as 0.9.") from None


def _size(shape: str, size: float | None) -> float:
    from ..system.errors import InvalidJob

    if shape == "pixel":
        return 1.0
    if size is None:
        raise InvalidJob(f"A {shape} was asked for as support. Give its --size: pixels of a block, metres of a circle.")
    return size
