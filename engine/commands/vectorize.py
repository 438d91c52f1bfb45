"""`vectorize CLASSES.tif --out DIR/NAME`: make polygons from any class raster."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..contract.job import VectorFormat
from ..system.run_context import RunContext
from .polygon_arguments import add_polygon_arguments, polygon_spec

USUAL_FORMATS = ["gpkg", "shp"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    known = [f.value for f in VectorFormat]
    parser.add_argument("classes", metavar="CLASSES.tif", help="class raster")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR/NAME", help="files; the ending is added")
    parser.add_argument("--formats", nargs="+", choices=known, help="file formats (default: gpkg shp)")
    add_polygon_arguments(parser)
    parser.add_argument("--confidence-raster", help="raster of per cent; polygons get their mean")
    parser.add_argument("--legend", default="", help="name of a legend or a JSON file; else what the raster says")
    parser.add_argument("--layer", default="", help="name of the layer; else that of the files")
    parser.add_argument("--overwrite", action="store_true", help="replace existing files")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Write polygons and their style; return the files."""
    from ..plan.presets import READING_CACHE_BYTES
    from ..raster.classes.class_legend import legend_of
    from ..raster.classes.class_raster import ClassRaster
    from ..raster.raster_info import gdal_session
    from ..system.staging import Staging
    from ..vectors.vectorize import write_vectors

    spec = polygon_spec(args)
    out, formats = _stem_and_formats(args.out, args.formats)
    vectors = {VectorFormat(f): _with_ending(out, f) for f in formats}
    styles = [_with_ending(out, ending) for ending in ("qml", "sld")]
    with gdal_session(READING_CACHE_BYTES):
        legend = legend_of(args.classes, args.legend)
        with Staging(*vectors.values(), *styles, inputs=_inputs(args), overwrite=args.overwrite) as staging:
            made = write_vectors(
                args.classes,
                legend,
                {kind: staging.path(path) for kind, path in vectors.items()},
                spec,
                layer_name=args.layer or out.name,
                confidence_raster=args.confidence_raster,
                context=context,
            )
            with ClassRaster(args.classes) as raster:
                note = raster.grid.ground_note
            if note:
                context.warn(note)
            files = staging.publish()
    folder = out.parent
    # Of a format that has become several files the first one stands for all.
    first = {p.suffix[1:]: str(folder / p.name) for p in reversed(made)}
    return {"files": [str(f) for f in files], "vectors": {f.value: first[f.value] for f in vectors}}


def _inputs(args: argparse.Namespace) -> list[str]:
    from ..raster.input_files import legend_files, raster_files

    rasters = [f for path in (args.classes, args.confidence_raster) if path for f in raster_files(path)]
    return [*rasters, *legend_files(args.legend)]


def _stem_and_formats(out: Path, formats: list[str] | None) -> tuple[Path, list[str]]:
    """Return the name without a format's ending; an ending alone says which format is meant."""
    ending = out.suffix[1:].lower()
    if ending not in {f.value for f in VectorFormat}:
        return out, formats or USUAL_FORMATS
    return out.with_suffix(""), formats or [ending]


def _with_ending(path: Path, ending: str) -> Path:
    # Not with_suffix: a name such as "plan 1.5" would lose a part.
    return path.with_name(f"{path.name}.{ending}")
