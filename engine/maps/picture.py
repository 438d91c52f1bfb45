"""A picture of a class raster for people: the map, the source beside it if given, and a legend with shares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from rasterio.enums import Resampling
from rasterio.errors import RasterioError

from ...models.legend import NODATA, Legend, one_line
from ..contract.events import ErrorCode
from ..raster.bands import alpha_bands, shown_bands
from ..raster.classes.class_raster import ClassRaster
from ..raster.grid import RasterGrid
from ..raster.opening import open_raster
from ..system.errors import RasterError
from ..system.files import made_atomically
from .area_report import AreaRow, measure_areas

MARGIN_PX = 24
ROW_PX = 30
TEXT_PX = 17
TITLE_PX = 24
INK = (34, 34, 34)
FAINT = (130, 130, 130)
FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "Arial.ttf", "Helvetica.ttc")


@dataclass(frozen=True, slots=True)
class _Panel:
    """A picture with its heading."""

    title: str
    image: Image.Image


def draw_picture(
    class_raster: str | Path,
    legend: Legend,
    path: Path,
    *,
    source: str | Path | None = None,
    side_px: int = 900,
    rows: Sequence[AreaRow] | None = None,
) -> None:
    """Write a PNG of a class raster.

    Args:
        class_raster: Raster of class ids.
        legend: Names and colours.
        path: PNG to make.
        source: The raster that was classified, shown on the left.
        side_px: Longer side of each map in the picture.
        rows: Table of areas; None measures them.

    Raises:
        RasterError: If a raster cannot be read.
    """
    rows = [row for row in (measure_areas(class_raster, legend) if rows is None else rows) if row.pixels]
    with ClassRaster(class_raster) as raster:
        grid = raster.grid
        shape = _reduced_shape(grid, side_px)
        panels = [_Panel(one_line(legend.title), _map_image(raster, legend, shape))]
    if source is not None:
        panels.insert(0, _Panel(one_line(Path(source).name), _source_image(source, shape)))
    canvas = _compose(panels, rows, legend, _scale_bar(grid, shape))
    with made_atomically(path) as part:
        canvas.save(part, format="PNG", optimize=True)


def _reduced_shape(grid: RasterGrid, side_px: int) -> tuple[int, int]:
    factor = min(8.0, side_px / max(grid.width, grid.height))
    return max(1, round(grid.height * factor)), max(1, round(grid.width * factor))


def _map_image(raster: ClassRaster, legend: Legend, shape: tuple[int, int]) -> Image.Image:
    palette = np.full((256, 3), 235, np.uint8)
    for c in legend.classes:
        palette[c.class_id] = c.color
    palette[NODATA] = 235
    return Image.fromarray(palette[raster.read_reduced(shape)])


def _source_image(source: str | Path, shape: tuple[int, int]) -> Image.Image:
    with open_raster(source) as dataset:
        interpretations = [c.name.lower() for c in dataset.colorinterp]
        try:
            values = dataset.read(
                shown_bands(interpretations), out_shape=(3, *shape), resampling=Resampling.average, masked=True
            )
            for band in alpha_bands(interpretations):
                values[:, dataset.read(band, out_shape=shape) == 0] = np.ma.masked
        except RasterioError as error:
            raise RasterError(ErrorCode.READ_FAILED, f"{str(source)!r} cannot be read: {error}.") from error
    return Image.fromarray(_stretched(values).transpose(1, 2, 0))


def _stretched(values: np.ma.MaskedArray) -> np.ndarray:
    """Return 8 bit values; others than 8 bit are stretched between their 2nd and 98th percentile."""
    if values.dtype == np.uint8:
        return values.filled(235)
    known = np.ma.masked_invalid(values.astype(np.float32))
    if known.mask.all():
        return np.full(values.shape, 235, np.uint8)
    low, high = np.percentile(known.compressed(), (2, 98))
    scaled = (known - low) * (255 / max(high - low, 1e-9))
    return np.clip(scaled.filled(235), 0, 255).astype(np.uint8)


def _compose(
    panels: Sequence[_Panel], rows: Sequence[AreaRow], legend: Legend, scale_bar: tuple[str, int] | None
) -> Image.Image:
    font, title_font = _font(TEXT_PX), _font(TITLE_PX)
    labels = [(row, one_line(row.class_name), f"{row.share:6.1%}") for row in rows]
    text_width = max((int(font.getlength(name)) for _, name, _ in labels), default=60)
    legend_width = 44 + text_width + 90
    height = max(p.image.height for p in panels)
    legend_height = ROW_PX * len(rows) + 60
    width = sum(p.image.width + MARGIN_PX for p in panels) + legend_width + 2 * MARGIN_PX
    top = MARGIN_PX + TITLE_PX + 14
    canvas = Image.new("RGB", (width, top + max(height, legend_height) + MARGIN_PX), "white")
    draw = ImageDraw.Draw(canvas)
    left = MARGIN_PX
    for panel in panels:
        title = _shortened(panel.title, title_font, panel.image.width)
        draw.text((left, MARGIN_PX), title, font=title_font, fill=INK)
        canvas.paste(panel.image, (left, top))
        draw.rectangle((left - 1, top - 1, left + panel.image.width, top + panel.image.height), outline=FAINT)
        left += panel.image.width + MARGIN_PX
    colors = {c.class_id: c.color for c in legend.classes}
    y = top
    for row, name, share in labels:
        draw.rectangle((left, y + 3, left + 32, y + 23), fill=colors.get(row.class_id, (235,) * 3), outline=FAINT)
        draw.text((left + 44, y + 3), name, font=font, fill=INK)
        draw.text((left + legend_width, y + 3), share, font=font, fill=INK, anchor="ra")
        y += ROW_PX
    if scale_bar:
        text, length = scale_bar
        draw.line((left, y + 18, left + length, y + 18), fill=INK, width=3)
        draw.text((left, y + 26), text, font=font, fill=INK)
    return canvas


def _scale_bar(grid: RasterGrid, shape: tuple[int, int]) -> tuple[str, int] | None:
    """Return the text and length in picture pixels of a round distance; None if there is no telling."""
    if grid.ground_resolution_m is None:
        return None
    metres_per_px = grid.ground_resolution_m[0] * grid.width / shape[1]
    target = metres_per_px * 130
    magnitude = 10 ** math.floor(math.log10(target))
    metres = next(m for m in (5 * magnitude, 2 * magnitude, magnitude) if m <= target)
    text = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    return text, round(metres / metres_per_px)


def _font(size: int) -> ImageFont.FreeTypeFont:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _shortened(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    text = text.replace("\n", " ")
    while len(text) > 4 and font.getlength(text) > width:
        text = text[:-2].rstrip("…") + "…"
    return text
