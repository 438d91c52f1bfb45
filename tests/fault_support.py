"""What the tests of faults share: commands as a user gives them, runs with a known network, mosaics."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from fakes import RecordingEmit, fake_checkpoint

from uhr_landcover.engine.contract.job import JobResult, OutputSpec, SegmentationJob
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.run_context import RunContext

CRS = "EPSG:32633"
PLACE = Affine(0.5, 0, 500_000, 0, -0.5, 5_400_000)


def command(name: str, *args: object, emit: RecordingEmit | None = None) -> dict[str, Any]:
    """Run a sub-command in this process; return the data of its result."""
    module = import_module(f"uhr_landcover.engine.commands.{name.replace('-', '_')}")
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    return module.execute(parser.parse_args([str(a) for a in args]), RunContext(emit or RecordingEmit()))


def segment(raster: object, out: Path, *, emit: RecordingEmit | None = None, output=None, **job: object) -> JobResult:
    """Classify a raster with the network whose answer is known."""
    spec = OutputSpec(**{"directory": str(out), "vector_formats": (), **(output or {})})
    request = SegmentationJob(raster=str(raster), output=spec, device="cpu", **job)
    return run(request, RunContext(emit or RecordingEmit()), checkpoint=fake_checkpoint())


def classes_of(result: JobResult) -> np.ndarray:
    with rasterio.open(result.class_raster) as raster:
        return raster.read(1)


def write_raster(path: Path, values: np.ndarray, **profile: Any) -> Path:
    """Write ``(H, W)`` or ``(C, H, W)`` values in UTM, 0.5 m."""
    values = values if values.ndim == 3 else values[None]
    count, height, width = values.shape
    place = {"crs": CRS, "transform": PLACE}
    if count >= 3 and "colorinterp" not in profile:
        place["photometric"] = "rgb"
    interpretations = profile.pop("colorinterp", None)
    options = {"driver": "GTiff", "dtype": values.dtype, **place, **profile}
    options = {k: v for k, v in options.items() if v is not None}
    with rasterio.open(path, "w", width=width, height=height, count=count, **options) as raster:
        raster.write(values)
        if interpretations:
            raster.colorinterp = interpretations
    return path


def write_mosaic(path: Path, width: int, height: int, members: list[tuple[str, int, int, int, int]], bands: int = 3,
                 extra: str = "") -> Path:  # fmt: skip
    """Write a VRT of members (file, column, row, width, height), without asking whether they are there.

    Args:
        extra: More XML for every band, such as a nodata value.
    """
    wkt = rasterio.crs.CRS.from_string(CRS).to_wkt().replace('"', "&quot;")
    colors = ("Red", "Green", "Blue") if bands == 3 else ("Gray",) * bands
    parts = [
        f'<VRTRasterBand dataType="Byte" band="{b}"><ColorInterp>{color}</ColorInterp>{extra}'
        + "".join(
            f'<SimpleSource><SourceFilename relativeToVRT="{int(not name.startswith("/"))}">{name}</SourceFilename>'
            f'<SourceBand>{b}</SourceBand><SrcRect xOff="0" yOff="0" xSize="{w}" ySize="{h}"/>'
            f'<DstRect xOff="{x}" yOff="{y}" xSize="{w}" ySize="{h}"/></SimpleSource>'
            for name, x, y, w, h in members
        )
        + "</VRTRasterBand>"
        for b, color in enumerate(colors, 1)
    ]
    path.write_text(
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}"><SRS>{wkt}</SRS>'
        f"<GeoTransform>500000,0.5,0,5400000,0,-0.5</GeoTransform>{''.join(parts)}</VRTDataset>",
        encoding="utf-8",
    )
    return path


def noise(height: int, width: int, seed: int = 0) -> np.ndarray:
    """Return ``(3, height, width)`` uint8, no pixel of it black."""
    return np.random.default_rng(seed).integers(40, 250, (3, height, width), dtype=np.uint8)


def segment_with(card: dict[str, Any], raster: object, out: Path, *, output=None) -> JobResult:
    """Classify a raster with the network whose answer is known, under another card."""
    spec = OutputSpec(**{"directory": str(out), "vector_formats": (), **(output or {})})
    request = SegmentationJob(raster=str(raster), output=spec, device="cpu")
    return run(request, RunContext(RecordingEmit()), checkpoint=fake_checkpoint(**card))
