"""Request of a picture of a class raster with its legend."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SMALLEST_SIDE_PX = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSpec:
    """Picture to draw.

    Attributes:
        classes: Class raster, of any integer type.
        out: PNG file to write.
        raster: Raster that was classified, shown beside the map; empty for none.
        legend: Name of a legend or a JSON file; empty for what the raster says.
        side_px: Longer side of each map in the picture.
        overwrite: Replace an existing picture.
    """

    classes: str | Path
    out: Path
    raster: str | Path = ""
    legend: str = ""
    side_px: int = 900
    overwrite: bool = False


def picture(spec: PictureSpec) -> Path:
    """Draw a class raster with its legend; return the file.

    Raises:
        RasterError: If a raster cannot be read, or the class raster holds no class ids.
        OutputError: If the picture cannot be written, or is there and may not be replaced.
    """
    from ..maps.picture import draw_picture
    from ..raster.classes.class_legend import legend_of
    from ..raster.raster_info import READING_CACHE_BYTES, gdal_session
    from ..system.staging import Staging

    with (
        gdal_session(READING_CACHE_BYTES),
        Staging(spec.out, inputs=_inputs(spec), overwrite=spec.overwrite) as staging,
    ):
        draw_picture(
            spec.classes,
            legend_of(spec.classes, spec.legend),
            staging.path(spec.out),
            source=spec.raster or None,
            side_px=max(SMALLEST_SIDE_PX, spec.side_px),
        )
        return staging.publish()[0]


def _inputs(spec: PictureSpec) -> list[str]:
    from ..raster.input_files import legend_files, raster_files

    rasters = [f for path in (spec.classes, spec.raster) if path for f in raster_files(path)]
    return [*rasters, *legend_files(spec.legend)]
