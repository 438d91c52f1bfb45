"""Generated landscapes as georeferenced rasters: a picture and, beside it, the classes that are true there.

Written block by block, so the size of the scene is limited by the disk and not by the memory.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import rasterio
from affine import Affine
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, Resampling
from rasterio.warp import transform as reproject
from rasterio.windows import Window as RasterioWindow

from ...models.legend import load_legend
from ...models.scenes.landscape import GROUND_RESOLUTION_M, render_window
from ..maps.raster_writer import RasterSpec, write_class_raster
from ..raster.grid import PROJECTION_ERRORS, RasterGrid, Window
from ..system.errors import InvalidJob
from ..system.run_context import RunContext
from ..system.staging import Staging

BLOCK_PX = 512
PLACE_LON_LAT = (15.0, 48.5)
"""Where a scene lies if nobody says where."""

FINEST, COARSEST = 4, 16
"""How many times finer or coarser than the landscape's own resolution a scene may be."""

SMALLEST_OVERVIEW_PX = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneSpec:
    """Which landscape to write.

    Attributes:
        width: Columns.
        height: Rows.
        seed: Which landscape.
        resolution_m: Metres per pixel: 0.5 m, a whole multiple of it up to 8 m, or 0.25 or 0.125 m.
        crs: Anything rasterio understands; empty for a raster without georeference.
        origin: Upper left corner in CRS units; None for a default place in central Europe.
    """

    width: int
    height: int
    seed: int = 1
    resolution_m: float = GROUND_RESOLUTION_M
    crs: str = "EPSG:32633"
    origin: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise InvalidJob(f"A scene of {self.width} × {self.height} px is empty; both sides must be at least 1.")
        if (not _is_whole(self.coarser) and self.finer not in (2, FINEST)) or not self.coarser <= COARSEST:
            raise InvalidJob(
                f"Scenes cannot be made at {self.resolution_m} m. Choose {GROUND_RESOLUTION_M} m, a whole multiple "
                f"of it up to {GROUND_RESOLUTION_M * COARSEST} m, or 0.25 or 0.125 m."
            )

    @property
    def coarser(self) -> float:
        """Landscape pixels per scene pixel."""
        return self.resolution_m / GROUND_RESOLUTION_M

    @property
    def finer(self) -> float:
        """Scene pixels per landscape pixel."""
        return GROUND_RESOLUTION_M / self.resolution_m if self.resolution_m > 0 else math.inf


def scene_grid(spec: SceneSpec) -> RasterGrid:
    """Return the pixel grid of a scene.

    Raises:
        InvalidJob: If the CRS is not known, or the default place does not lie in it.
    """
    if not spec.crs:
        return RasterGrid(crs_wkt="", transform=Affine.identity(), width=spec.width, height=spec.height)
    try:
        crs = CRS.from_user_input(spec.crs)
        left, top = spec.origin or _default_origin(crs)
    except PROJECTION_ERRORS as error:
        raise InvalidJob(f"The CRS {spec.crs!r} cannot be used: {error}.") from error
    if not (math.isfinite(left) and math.isfinite(top)):
        raise InvalidJob(f"The default place does not lie in {spec.crs}. Name the upper left corner (origin).")
    step_x, step_y = _pixel_size(crs, top, spec.resolution_m)
    transform = Affine(step_x, 0, left, 0, -step_y, top)
    return RasterGrid(crs_wkt=crs.to_wkt(), transform=transform, width=spec.width, height=spec.height)


def write_scene(
    path: Path,
    spec: SceneSpec,
    *,
    mask: Path | None = None,
    overwrite: bool = False,
    on_block: Callable[[int, int], None] = lambda done, total: None,
) -> list[Path]:
    """Write a scene, and its true classes if asked for; return the files.

    Args:
        path: GeoTIFF of the picture.
        spec: Which landscape.
        mask: GeoTIFF of the classes (DeepGlobe legend, colour table); None for none.
        overwrite: Whether existing files may be replaced.
        on_block: Called with (done, total) rows of blocks; may raise to stop.

    Raises:
        OutputError: If a file exists or cannot be written.
        InvalidJob: If the scene cannot be placed in its CRS.
    """
    grid = scene_grid(spec)
    if mask is not None and mask.resolve() == path.resolve():
        raise InvalidJob(f"Picture and mask cannot both be {path}. Name two files.")
    destinations = [path] if mask is None else [path, mask]
    with Staging(*destinations, inputs=(), overwrite=overwrite) as staging:
        with rasterio.open(staging.path(path), "w", **_profile(grid)) as picture:
            picture.colorinterp = [ColorInterp.red, ColorInterp.green, ColorInterp.blue]
            picture.update_tags(UHR_SCENE=json.dumps({"seed": spec.seed, "resolution_m": spec.resolution_m}))
            read = _Painter(picture, spec)
            if mask is None:
                _paint_all(grid, read, on_block)
            else:
                strips = RunContext(lambda event: on_block(event.done, event.total))
                whole = RasterSpec(grid=grid, area=grid.window)
                write_class_raster(staging.path(mask), whole, load_legend(), read, strips)
        _build_overviews(staging.path(path))
        return staging.publish()


class _Painter:
    """Renders a window block by block, writes the picture of each and returns the classes of all."""

    def __init__(self, picture: rasterio.io.DatasetWriter, spec: SceneSpec) -> None:
        self._picture = picture
        self._spec = spec

    def __call__(self, window: Window) -> np.ndarray:
        class_ids = np.empty(window.shape, np.uint8)
        for left in range(window.col_off, window.col_end, BLOCK_PX):
            block = Window(left, window.row_off, min(BLOCK_PX, window.col_end - left), window.height)
            rgb, ids = render_block(self._spec, block)
            target = RasterioWindow(block.col_off, block.row_off, block.width, block.height)
            self._picture.write(rgb.transpose(2, 0, 1), window=target)
            class_ids[block.slices_in(window)] = ids
        return class_ids


def render_block(spec: SceneSpec, block: Window) -> tuple[np.ndarray, np.ndarray]:
    """Return picture and classes of a block of a scene, ``(h, w, 3)`` and ``(h, w)`` uint8.

    Coarser scenes average the picture and take the class in the middle of each pixel.
    """
    if spec.finer > 1:
        return _finer_block(spec, block, round(spec.finer))
    k = round(spec.coarser)
    rgb, ids = render_window(spec.seed, block.row_off * k, block.col_off * k, block.height * k, block.width * k)
    if k == 1:
        return rgb, ids
    return cv2.resize(rgb, (block.width, block.height), interpolation=cv2.INTER_AREA), ids[k // 2 :: k, k // 2 :: k]


def _finer_block(spec: SceneSpec, block: Window, k: int) -> tuple[np.ndarray, np.ndarray]:
    around = 2  # pixels that the interpolation reads beyond the block
    row, col = block.row_off // k - around, block.col_off // k - around
    height, width = (-(-n // k) + 2 * around + 1 for n in block.shape)
    rgb, ids = render_window(spec.seed, row, col, height, width)
    top, left = block.row_off - row * k, block.col_off - col * k
    inner = (slice(top, top + block.height), slice(left, left + block.width))
    rgb = cv2.resize(rgb, None, fx=k, fy=k, interpolation=cv2.INTER_CUBIC)
    return rgb[inner], np.repeat(np.repeat(ids, k, axis=0), k, axis=1)[inner]


def _paint_all(grid: RasterGrid, read: _Painter, on_block: Callable[[int, int], None]) -> None:
    strips = grid.window.strips(BLOCK_PX)
    for done, strip in enumerate(strips, 1):
        for left in range(0, grid.width, BLOCK_PX):
            read(Window(left, strip.row_off, min(BLOCK_PX, grid.width - left), strip.height))
        on_block(done, len(strips))


def _profile(grid: RasterGrid) -> dict:
    profile = {
        "driver": "GTiff", "dtype": "uint8", "count": 3, "width": grid.width, "height": grid.height,
        "tiled": True, "blockxsize": BLOCK_PX, "blockysize": BLOCK_PX, "interleave": "pixel", "photometric": "rgb",
        # Sensor noise hardly compresses; a higher level costs time and gains a few per cent.
        "compress": "deflate", "zlevel": 1, "predictor": 2, "bigtiff": "if_safer",
    }  # fmt: skip
    if grid.crs is not None:
        profile |= {"crs": grid.crs, "transform": grid.transform}
    return profile


def _build_overviews(path: Path) -> None:
    with rasterio.open(path, "r+") as raster:
        side, factors = max(raster.shape), [2]
        while side / factors[-1] > 2 * SMALLEST_OVERVIEW_PX:
            factors.append(factors[-1] * 2)
        if side > 2 * SMALLEST_OVERVIEW_PX:
            raster.build_overviews(factors, Resampling.average)


def _default_origin(crs: CRS) -> tuple[float, float]:
    xs, ys = reproject(CRS.from_epsg(4326), crs, [PLACE_LON_LAT[0]], [PLACE_LON_LAT[1]])
    if crs.is_geographic:
        return xs[0], ys[0]
    return (round(xs[0], -2), round(ys[0], -2)) if math.isfinite(xs[0]) and math.isfinite(ys[0]) else (xs[0], ys[0])


def _pixel_size(crs: CRS, top: float, resolution_m: float) -> tuple[float, float]:
    """Return the size of a pixel in CRS units; in a geographic CRS for the latitude of the upper edge."""
    if not crs.is_geographic:
        unit_m = crs.linear_units_factor[1]
        return resolution_m / unit_m, resolution_m / unit_m
    probe = Affine(1e-4, 0, 0, 0, -1e-4, top)
    metres = RasterGrid(crs_wkt=crs.to_wkt(), transform=probe, width=1, height=1).ground_resolution_m
    return tuple(resolution_m * 1e-4 / m for m in metres)  # type: ignore[return-value]


def _is_whole(value: float) -> bool:
    return value >= 1 and abs(value - round(value)) < 1e-9
