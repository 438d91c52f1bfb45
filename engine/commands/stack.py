"""`stack SCENE.SAFE --out SCENE.vrt`: a Sentinel-2 folder as one raster, values and clouds as its metadata says."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..system.run_context import RunContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("scene", help="a .SAFE folder, its metadata file, or a folder of the scene's JP2 images")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="VRT", help="raster to make; it refers to the images"
    )
    parser.add_argument(
        "--bands", default="", metavar="LIST",
        help="bands such as B02,B03,B04,B08 or blue,green,red,nir (default: all of 10 and 20 m)",
    )  # fmt: skip
    parser.add_argument("--keep-clouds", action="store_true", help="do not mask by the scene classification")
    parser.add_argument("--overwrite", action="store_true", help="replace an existing file")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Write the raster."""
    bands = tuple(band for band in args.bands.split(",") if band.strip())
    out = write_stack(args.scene, context, args.out, bands, masks_clouds=not args.keep_clouds, overwrite=args.overwrite)
    return {"files": [str(out)]}


def write_stack(
    path: str,
    context: RunContext,
    out: Path,
    bands: tuple[str, ...] = (),
    *,
    masks_clouds: bool = True,
    overwrite: bool = False,
) -> Path:
    """Write a scene as a VRT and tell what is not certain; return its path."""
    from ..raster.spectral.sentinel2 import read_scene, stack
    from ..system.staging import Staging

    scene = read_scene(path)
    text = stack(scene, out, bands, masks_clouds=masks_clouds)
    if not scene.is_offset_known:
        context.warn(
            f"Nothing says the processing baseline of {scene.name}; values are taken as they are. Put its metadata "
            "(MTD_MSIL2A.xml) beside the images if they are of 2022 or later."
        )
    if scene.scene_classes is None and masks_clouds:
        context.warn(f"{scene.name} has no scene classification (SCL); clouds are not masked.")
    inputs = [str(p) for p in (*scene.images.values(), scene.scene_classes) if p]
    with Staging(out, inputs=inputs, overwrite=overwrite) as staging:
        staging.path(out).write_text(text, encoding="utf-8")
        staging.publish()
    return out
