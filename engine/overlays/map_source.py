"""Map that is assessed: a class raster, or polygons with a class field that are laid on a grid of units."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
import shapely
from affine import Affine
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.crs import CRS
from rasterio.errors import CRSError
from rasterio.windows import Window as RasterioWindow

from ...models.legend import NODATA, LandCoverClass, Legend
from ..contract.events import ErrorCode
from ..maps.zones import read_zones
from ..raster.classes.class_legend import LEGEND_TAG, legend_of
from ..raster.classes.class_raster import STRIP_PX, ClassRaster
from ..raster.grid import RasterGrid
from ..raster.vector_input import vector_info
from ..system.errors import InvalidJob, RasterError
from .shape_overlay import ShapeOverlay

CLASS_FIELDS = ("class_name", "class_id", "class")
"""Fields that are looked for where none is named; the first is that of our own polygons."""

VECTOR_ENDINGS = (".gpkg", ".shp", ".geojson", ".json", ".fgb", ".sqlite", ".gml", ".kml")
UNITS = 25_000_000
"""Units that polygons are divided into where nobody says how large a unit is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSource:
    """Where a map lies.

    Attributes:
        path: Class raster, or file of polygons.
        field: Field of polygons with the class; empty finds one.
        layer: Layer of the file of polygons; empty takes the first.
        unit_m: Side of a unit of polygons in metres; 0 finds one.
        legend: Name or file of a legend for a raster; empty takes its own.
    """

    path: Path
    field: str = ""
    layer: str = ""
    unit_m: float = 0.0
    legend: str = ""

    @property
    def is_vector(self) -> bool:
        """Whether it is a file of polygons."""
        return self.path.suffix.lower() in VECTOR_ENDINGS


@dataclass(frozen=True, kw_only=True)
class OpenMap:
    """A map that can be read pixel by pixel.

    Attributes:
        raster: Its classes, of polygons at the middles of units.
        named_legend: Name or file of a legend; empty takes the raster's own.
        unit: Sentence on what a unit is.
        smallest_patch_m2: Area of the smallest polygon; None for a raster.
    """

    raster: ClassRaster
    named_legend: str
    unit: str
    smallest_patch_m2: float | None = None

    def legend(self, present: Sequence[int] | None = None) -> Legend:
        """Return the classes of the map, no two of one name; a class id that its legend lacks is added by number.

        Args:
            present: Class ids that it holds; None reads it where nothing else tells its classes.

        Raises:
            InvalidJob: If the named legend is not there or is not one.
        """
        legend = legend_of(self.raster.path, self.named_legend, present)
        lacking = range(legend.num_classes, max(present, default=-1) + 1) if present is not None else ()
        more = (LandCoverClass(class_id=k, name=f"Class {k}", color=_shade(k)) for k in lacking)
        return _with_distinct_names(legend, (*legend.classes, *more))


@contextmanager
def open_map(source: MapSource, scratch: Path, grid: RasterGrid | None = None) -> Iterator[OpenMap]:
    """Open a map.

    Args:
        source: Where it lies.
        scratch: Folder in which the units of polygons are kept meanwhile.
        grid: Grid on which polygons are laid; None makes one.

    Raises:
        RasterError: If the raster cannot be used or has no CRS.
        InvalidJob: If polygons have no CRS, no classes or too many.
    """
    if not source.path.exists():
        raise RasterError(ErrorCode.RASTER_NOT_FOUND, f"There is no map {str(source.path)!r}. Check the path.")
    if not source.is_vector:
        with ClassRaster(source.path) as raster:
            if raster.grid.crs is None:
                raise RasterError(
                    ErrorCode.RASTER_UNSUITABLE,
                    f"{str(source.path)!r} has no coordinate reference system, so its areas and places are not known. "
                    "Assign one.",
                )
            across, down = raster.grid.ground_resolution_m
            yield OpenMap(raster=raster, named_legend=source.legend, unit=f"pixels of {across:.4g} × {down:.4g} m")
        return
    with tempfile.TemporaryDirectory(prefix=".uhr-assess-", dir=scratch) as folder:
        path, smallest = Path(folder) / "units.tif", _lay_polygons(source, Path(folder) / "units.tif", grid)
        with ClassRaster(path) as raster:
            across, down = raster.grid.ground_resolution_m
            yield OpenMap(
                raster=raster,
                named_legend="",
                unit=f"units of {across:.4g} × {down:.4g} m, each of the class of the polygon at its middle",
                smallest_patch_m2=smallest,
            )


def _with_distinct_names(legend: Legend, classes: tuple[LandCoverClass, ...]) -> Legend:
    names = [c.name for c in classes]
    return Legend(
        name=legend.name,
        title=legend.title,
        classes=tuple(
            LandCoverClass(
                class_id=c.class_id,
                name=f"{c.name} ({c.class_id})" if names.count(c.name) > 1 else c.name,
                color=c.color,
            )
            for c in classes
        ),
        unknown_id=legend.unknown_id,
    )


def _lay_polygons(source: MapSource, path: Path, grid: RasterGrid | None) -> float:
    """Write the classes of polygons as a class raster; return the area of the smallest polygon."""
    grid = grid or _grid_for(source)
    zones = read_zones(source.path, grid, field=_class_field(source), layer=source.layer)
    names = sorted(
        {z.name for z in zones}, key=lambda name: (not name.isdigit(), int(name) if name.isdigit() else 0, name)
    )
    if len(names) > NODATA:
        raise InvalidJob(
            f"{str(source.path)!r} has {len(names)} different classes; at most {NODATA} can be. Name another field."
        )
    overlay = ShapeOverlay([z.name for z in zones], np.array([z.shape for z in zones], dtype=object))
    class_of = np.array([NODATA, *(names.index(name) for name in overlay.names[1:])], np.uint8)
    profile = {
        "driver": "GTiff",
        "width": grid.width,
        "height": grid.height,
        "count": 1,
        "dtype": "uint8",
        "nodata": NODATA,
        "crs": grid.crs,
        "transform": grid.transform,
        "compress": "deflate",
        "zlevel": 1,
        "blockysize": 16,
        "bigtiff": "if_safer",
    }
    with rasterio.open(path, "w", **profile) as raster:
        raster.update_tags(**{LEGEND_TAG: json.dumps(_legend_of_names(names).to_dict())})
        for strip in grid.window.strips(max(16, STRIP_PX // grid.width // 16 * 16)):
            part = RasterioWindow(strip.col_off, strip.row_off, strip.width, strip.height)
            raster.write(class_of[overlay.ids(strip)], 1, window=part)
    smallest = min(shapely.area(z.shape) for z in zones)
    return float(smallest) * (grid.pixel_area_m2 or 0.0)


def _class_field(source: MapSource) -> str:
    if source.field:
        return source.field
    fields = list(_info(source)["fields"])
    found = next((f for f in CLASS_FIELDS if f in fields), "")
    if not found:
        raise InvalidJob(
            f"{str(source.path)!r} has no field {CLASS_FIELDS[0]!r}; its fields are {', '.join(fields) or 'none'}. "
            "Name the one that holds the class."
        )
    return found


def _info(source: MapSource) -> dict:
    try:
        return vector_info(source.path, layer=source.layer or 0, force_total_bounds=True)
    except (DataSourceError, DataLayerError) as error:
        raise InvalidJob(f"{str(source.path)!r} cannot be read as polygons: {error}.") from error


def _grid_for(source: MapSource) -> RasterGrid:
    """Return a grid over the extent of polygons, in their CRS."""
    info = _info(source)
    if not info["crs"]:
        raise InvalidJob(
            f"The polygons of {str(source.path)!r} have no coordinate reference system, so areas and places are not "
            "known. Assign one."
        )
    try:
        crs = CRS.from_user_input(info["crs"])
    except CRSError as error:
        raise InvalidJob(f"The CRS of {str(source.path)!r} cannot be used: {error}.") from error
    left, bottom, right, top = info["total_bounds"]
    if not (right > left and top > bottom):
        raise InvalidJob(f"{str(source.path)!r} holds no polygons. Name a layer of polygons.")
    coarse = Affine((right - left) / 100, 0, left, 0, (bottom - top) / 100, top)
    across, down = RasterGrid(crs_wkt=crs.to_wkt(), transform=coarse, width=100, height=100).ground_resolution_m
    width_m, height_m = across * 100, down * 100
    unit_m = source.unit_m or _rounded(math.sqrt(width_m * height_m / UNITS))
    width, height = (max(1, math.ceil(length / unit_m - 1e-9)) for length in (width_m, height_m))
    step_x, step_y = (right - left) / width_m * unit_m, (top - bottom) / height_m * unit_m
    return RasterGrid(
        crs_wkt=crs.to_wkt(), transform=Affine(step_x, 0, left, 0, -step_y, top), width=width, height=height
    )


def _rounded(value: float) -> float:
    """Return a number with two digits."""
    return float(f"{value:.1e}")


def _legend_of_names(names: list[str]) -> Legend:
    return Legend(
        name="values",
        title="Classes",
        classes=tuple(
            LandCoverClass(class_id=k, name=name or "(no name)", color=_shade(k)) for k, name in enumerate(names)
        ),
        unknown_id=None,
    )


def _shade(k: int) -> tuple[int, int, int]:
    return 60 + 47 * k % 180, 60 + 89 * k % 180, 60 + 139 * k % 180
