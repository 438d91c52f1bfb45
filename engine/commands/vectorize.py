"""`vectorize CLASSES.tif --out DIR/NAME`: make polygons from any class raster."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .. import api
from ..contract.job import VectorFormat
from ..system.run_context import RunContext
from .polygon_arguments import add_polygon_arguments, polygon_spec


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
    spec = api.VectorizeSpec(
        classes=args.classes,
        out=args.out,
        formats=tuple(VectorFormat(name) for name in args.formats or ()),
        polygons=polygon_spec(args),
        confidence_raster=args.confidence_raster or "",
        legend=args.legend,
        layer=args.layer,
        overwrite=args.overwrite,
    )
    made = api.vectorize(spec, context)
    vectors = {kind.value: str(path) for kind, path in made.vectors.items()}
    return {"files": [str(path) for path in made.files], "vectors": vectors}
