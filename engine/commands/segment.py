"""`segment RASTER… --out DIR`: classify a raster, or many."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import os
from pathlib import Path
from typing import Any

from .. import api
from ..contract.job import (
    AreaOfInterest,
    Augmentation,
    Method,
    OutputSpec,
    Preset,
    RasterFormat,
    ReadErrorPolicy,
    SegmentationJob,
    VectorFormat,
)
from ..system.errors import InvalidJob
from ..system.run_context import RunContext
from ..system.trace import recording
from .band_arguments import band_list, band_numbers
from .polygon_arguments import add_polygon_arguments, polygon_spec
from .run import add_restart

ENDS_HARD = True
"""A run may be ended in the middle of a tile: its journal makes that safe."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "rasters", nargs="+", metavar="RASTER",
        help="raster to classify; several, a folder of them, or a .txt file with one path a line, are done one by one",
    )  # fmt: skip
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for the results")
    parser.add_argument(
        "--name",
        default="",
        help="file stem of the results (default: RASTER_landcover); of many rasters, the beginning of each",
    )
    add_job_arguments(parser)
    parser.add_argument(
        "--formats", type=_formats, default=OutputSpec.vector_formats, metavar="LIST",
        help="polygon formats, of gpkg,shp,geojson,fgb; empty for none (default: gpkg,shp)",
    )  # fmt: skip
    add_polygon_arguments(parser)
    parser.add_argument(
        "--on-read-error", choices=_values(ReadErrorPolicy), default="fail", help="what unreadable blocks do"
    )
    parser.add_argument(
        "--refined-patches", action="store_true", help="also write the patches that PPN chose to refine, as polygons"
    )
    parser.add_argument("--looked-at-twice", action="store_true", dest="refined_patches", help=argparse.SUPPRESS)
    parser.add_argument("--report", action="store_true", help="also write a page about the run, as HTML")
    parser.add_argument(
        "--raster-format", choices=_values(RasterFormat), default="gtiff", help="plain or cloud-optimised GeoTIFF"
    )
    parser.add_argument("--confidence", action="store_true", help="also write how sure the model is, in per cent")
    parser.add_argument(
        "--probabilities", action="store_true", help="also write the probability of every class, a band each"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace results of that name")
    parser.add_argument(
        "--keep-corrections",
        action="store_true",
        help="apply the corrections beside an older map of that name",
    )
    add_restart(parser)


def add_job_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `segment` and `plan` have in common."""
    parser.add_argument(
        "--method", choices=_values(Method), help="network (default: that of the checkpoint, or isdnet)"
    )
    parser.add_argument("--preset", choices=_values(Preset), default=Preset.BALANCED.value, help="speed or memory")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N")
    parser.add_argument(
        "--checkpoint", default="", metavar="FILE",
        help="model to use, .safetensors or .onnx (default: the method's starter)",
    )  # fmt: skip
    parser.add_argument(
        "--bands", type=band_list, default=(), metavar="R,G,B",
        help="bands in the order of the model's channels: numbers from 1, or names such as nir,red,green",
    )  # fmt: skip
    parser.add_argument(
        "--tta", choices=_values(Augmentation), default=Augmentation.NONE.value,
        help="test-time augmentation: also look at tiles mirrored (flips: 4 times the work) or turned as well "
        "(turns: 8 times), and average",
    )  # fmt: skip
    parser.add_argument(
        "--tta-scales", type=_numbers, default=(), metavar="S,…", help="also look at tiles scaled so, in all forms"
    )
    parser.add_argument("--area", default="", metavar="FILE", help="vector file with the polygons to classify within")
    parser.add_argument("--area-layer", default="", metavar="NAME", help="layer of that file (default: the first)")
    parser.add_argument(
        "--bounds", type=_bounds, metavar="L,B,R,T", help="rectangle to classify, in the raster's coordinate system"
    )
    parser.add_argument(
        "--ground-resolution", type=float, default=0.0, metavar="M", help="size of a pixel, if the raster does not tell"
    )


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Run the jobs that the arguments describe; return the data of their result."""
    with recording(args.trace):
        return _execute(args, context)


def _execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    from ..run.many_rasters import is_many, list_rasters, result_names

    output = OutputSpec(
        directory=os.path.abspath(args.out),
        name=args.name,
        vector_formats=args.formats,
        polygons=polygon_spec(args),
        overwrite=args.overwrite,
        refined_patches=args.refined_patches,
        raster_format=RasterFormat(args.raster_format),
        confidence=args.confidence,
        probabilities=args.probabilities,
        report=args.report,
        keep_corrections=args.keep_corrections,
    )
    rasters = [_stacked(raster, output, context) for raster in args.rasters]
    created = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    more = {"on_read_error": ReadErrorPolicy(args.on_read_error), "created": created}
    if not is_many(rasters):
        job = build_job(args, rasters[0], output, **more)
        return api.segment(job, context, restart=args.restart).to_dict()
    rasters = list_rasters(rasters)
    names = result_names(rasters, args.name)
    outputs = [dataclasses.replace(output, name=name) for name in names]
    jobs = [build_job(args, raster, out, **more) for raster, out in zip(rasters, outputs, strict=True)]
    return api.segment_many(jobs, context, restart=args.restart)


def _stacked(raster: str, output: OutputSpec, context: RunContext) -> str:
    """Return a raster; a Sentinel-2 folder becomes one beside the results."""
    from ..raster.spectral.sentinel2 import is_scene, read_scene
    from .stack import write_stack

    if not is_scene(raster):
        return raster
    out = Path(output.directory) / f"{read_scene(raster).name}.vrt"
    return str(write_stack(raster, context, out, overwrite=True))


def build_job(args: argparse.Namespace, raster: str, output: OutputSpec, **more: Any) -> SegmentationJob:
    """Return the job of a raster and of the arguments of `add_job_arguments`."""
    return SegmentationJob(
        # Paths become absolute, so that the recipe works from any folder; GDAL's own names stay as they are.
        raster=os.path.abspath(raster) if os.path.exists(raster) else raster,
        output=output,
        method=_method(args),
        preset=Preset(args.preset),
        device=args.device,
        checkpoint=os.path.abspath(args.checkpoint) if args.checkpoint else "",
        bands=band_numbers(args.bands, raster),
        ground_resolution_m=args.ground_resolution,
        area=_area(args),
        augmentation=Augmentation(args.tta),
        augmentation_scales=args.tta_scales,
        **more,
    )


def _method(args: argparse.Namespace) -> Method:
    """Return the method asked for; else that of the checkpoint, whose card says it."""
    if args.method or not args.checkpoint:
        return Method(args.method or Method.ISDNET)
    from ...models.checkpoint import read_method

    return Method(read_method(args.checkpoint))


def _values(kinds: type) -> list[str]:
    return [kind.value for kind in kinds]


def _area(args: argparse.Namespace) -> AreaOfInterest | None:
    if args.area_layer and not args.area:
        raise InvalidJob("--area-layer names a layer, but no file is given. Add --area FILE.")
    if args.bounds is None and not args.area:
        return None
    return AreaOfInterest(args.bounds, os.path.abspath(args.area) if args.area else "", args.area_layer)


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split(",") if part.strip())


def _bounds(text: str) -> tuple[float, ...]:
    values = [float(part) for part in text.split(",")]
    if len(values) != 4:
        raise argparse.ArgumentTypeError("expected four numbers: left,bottom,right,top")
    return tuple(values)


def _formats(text: str) -> tuple[VectorFormat, ...]:
    return tuple(VectorFormat(part.strip()) for part in text.split(",") if part.strip())
