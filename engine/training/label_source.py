"""Reference labels of a raster, from a mask on any grid or from digitised polygons, window by window.

What nobody labelled is 255, also where a mask or a layer does not reach.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import rasterio
import shapely
from affine import Affine
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.features import rasterize
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform as reproject
from rasterio.windows import Window as RasterioWindow

from ...models.errors import DataError
from ...models.legend import IGNORE_INDEX, Legend
from ...models.training.chips import ids_from_colors, ids_from_values, listed
from ..raster.grid import PROJECTION_ERRORS, RasterGrid
from ..raster.opening import open_raster
from ..raster.placement import in_lines_of, layer_crs
from ..raster.vector_input import read_vector, shapes_of, vector_info
from ..system.errors import RasterError

ID_FIELD, NAME_FIELD = "class_id", "class_name"
VECTOR_SUFFIXES = (".gpkg", ".shp", ".geojson", ".json", ".fgb", ".gml", ".kml")

Values = Sequence[int] | None

Span = tuple[float, float, float, float]
"""col_off, row_off, width, height in pixels of the raster, fractions included."""


class LabelSource(Protocol):
    """Gives labels for any part of a raster; a context manager.

    Attributes:
        note: Sentence of warning on what has been read so far; empty if there is none.
    """

    note: str

    def read(self, span: Span, shape: tuple[int, int]) -> np.ndarray:
        """Return ``shape`` uint8 class ids for a span of the raster, 255 where unlabelled."""

    def __enter__(self) -> LabelSource: ...

    def __exit__(self, *_: object) -> None: ...


def open_labels(
    path: Path, grid: RasterGrid, legend: Legend, *, values: Values = None, field: str = "", layer: str = ""
) -> LabelSource:
    """Open the labels of a raster.

    Args:
        path: Mask raster, or vector file with polygons.
        grid: Grid of the raster that is labelled.
        legend: Classes.
        values: What stands in masks and fields for each class; None where these are class ids.
        field: Field with class ids or names; empty finds `class_id`, then `class_name`.
        layer: Layer of the vector file; empty takes the first.

    Raises:
        DataError: If the file cannot be read, lies nowhere near the raster or has classes that the legend lacks.
    """
    if not path.exists():
        raise DataError(f"There are no labels at {path}. Name a mask or a file of polygons.")
    if path.suffix.lower() in VECTOR_SUFFIXES:
        return PolygonLabels(read_polygons(path, grid, legend, values=values, field=field, layer=layer), grid)
    return MaskLabels(path, grid, legend, values)


class MaskLabels:
    """Labels from a raster of class ids or colours, brought onto the grid of the picture.

    Args:
        path: The mask.
        grid: Grid of the picture.
        legend: Classes.
        values: What stands in the mask for each class; None where these are class ids.

    Attributes:
        note: Sentence on pixels that were taken as unlabelled though the file does not say so; empty if there are none.
    """

    def __init__(self, path: Path, grid: RasterGrid, legend: Legend, values: Values = None) -> None:
        self._path, self._legend, self._values = path, legend, values
        self.note = ""
        try:
            self._file = open_raster(path)
            self._mask = self._on_grid(grid)
        except (RasterioError, RasterError) as error:
            raise DataError(f"The mask {path} cannot be read: {error}") from error

    def __enter__(self) -> MaskLabels:
        return self

    def __exit__(self, *_: object) -> None:
        if self._mask is not self._file:
            self._mask.close()
        self._file.close()

    def read(self, span: Span, shape: tuple[int, int]) -> np.ndarray:
        """Return ``shape`` uint8 class ids of a span, 255 where the mask has no data."""
        window = RasterioWindow(*span)
        bands = self._bands()
        try:
            values = self._mask.read(
                bands, window=window, out_shape=(len(bands), *shape), resampling=Resampling.nearest
            )
            known = self._mask.dataset_mask(window=window, out_shape=shape, resampling=Resampling.nearest) > 0
        except RasterioError as error:
            raise DataError(f"The mask {self._path} cannot be read: {error}.") from error
        if len(bands) == 1:
            ids = self._ids(values[0], known)
        else:
            ids = ids_from_colors(values.transpose(1, 2, 0), self._legend, str(self._path))
        return np.where(known, ids, np.uint8(IGNORE_INDEX))

    def _ids(self, values: np.ndarray, known: np.ndarray) -> np.ndarray:
        if self._values is not None:
            return _numbered(values, known, self._values, str(self._path))
        if not self.note and self._file.nodata is None and (values[known] == IGNORE_INDEX).any():
            self.note = (
                f"{self._path.name} holds pixels of the value {IGNORE_INDEX}, which the legend lacks; they are taken "
                "as not labelled."
            )
        return ids_from_values(np.where(known, values, IGNORE_INDEX), self._legend, str(self._path))

    def _bands(self) -> list[int]:
        return [1, 2, 3] if self._file.count >= 3 else [1]

    def _on_grid(self, grid: RasterGrid) -> rasterio.DatasetReader | WarpedVRT:
        same_size = (self._file.width, self._file.height) == (grid.width, grid.height)
        is_placed = self._file.crs is not None and grid.crs is not None
        if not is_placed or self._file.crs == grid.crs:
            same_place = self._file.transform.almost_equals(grid.transform, 1e-6)
            if same_size and (same_place or not is_placed):
                return self._file
        if not is_placed:
            raise DataError(
                f"The mask {self._path.name} is {self._file.width} × {self._file.height} px, its image {grid.width} × "
                f"{grid.height} px. Both must have the same size, or both a coordinate system."
            )
        return WarpedVRT(
            self._file, crs=grid.crs, transform=grid.transform, width=grid.width, height=grid.height,
            resampling=Resampling.nearest, add_alpha=self._file.nodata is None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPolygons:
    """Digitised areas in the coordinates of the raster.

    Attributes:
        shapes: ``(n,)`` polygons.
        class_ids: ``(n,)`` their classes; later ones are drawn over earlier ones.
    """

    shapes: np.ndarray
    class_ids: np.ndarray


class PolygonLabels:
    """Labels from polygons: a pixel has the class of the polygon over its centre.

    Args:
        polygons: The areas.
        grid: Grid of the picture.
    """

    def __init__(self, polygons: LabelPolygons, grid: RasterGrid) -> None:
        self.note = ""
        self._polygons, self._grid = polygons, grid
        self._tree = shapely.STRtree(polygons.shapes)

    def __enter__(self) -> PolygonLabels:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held open."""

    def read(self, span: Span, shape: tuple[int, int]) -> np.ndarray:
        """Return ``shape`` uint8 class ids of a span, 255 where there is no polygon."""
        col, row, width, height = span
        place = self._grid.transform @ Affine.translation(col, row) @ Affine.scale(width / shape[1], height / shape[0])
        corners = [place @ (x, y) for x in (0, shape[1]) for y in (0, shape[0])]
        around = shapely.MultiPoint(corners).envelope
        hits = np.sort(self._tree.query(around))
        if hits.size == 0:
            return np.full(shape, IGNORE_INDEX, np.uint8)
        burned = zip(self._polygons.shapes[hits], self._polygons.class_ids[hits].tolist(), strict=True)
        return rasterize(burned, out_shape=shape, transform=place, fill=IGNORE_INDEX, dtype="uint8")


def _numbered(found: np.ndarray, known: np.ndarray, values: Sequence[int], where: str) -> np.ndarray:
    """Return the class id of each value; 255 where nothing is known.

    Raises:
        DataError: If there are values of no class.
    """
    if found.dtype.kind not in "ui":
        raise DataError(f"Mask {where} holds {found.dtype} values; expected whole numbers.")
    ordered = np.array(values, np.int64)
    there = np.unique(found[known]).tolist()
    foreign = sorted(set(there) - set(values))
    if foreign:
        known_values = listed(values, 40)
        raise DataError(f"Mask {where} has values {listed(foreign)} that the legend lacks; it knows {known_values}.")
    ids = np.searchsorted(ordered, np.where(known, found, values[0]).astype(np.int64))
    return np.where(known, ids, IGNORE_INDEX).astype(np.uint8)


def read_polygons(
    path: Path, grid: RasterGrid, legend: Legend, *, values: Values = None, field: str = "", layer: str = ""
) -> LabelPolygons:
    """Read digitised polygons into the coordinates of a raster; features without class or area are left out.

    Raises:
        DataError: If the file cannot be read, has no usable field, names classes that the legend lacks, or touches
            the raster nowhere.
    """
    try:
        info = vector_info(path, layer=layer or None)
        field = field or _class_field(path, [str(name) for name in info["fields"]])
        meta, _, wkb, columns = read_vector(path, layer=layer or None, columns=[field], force_2d=True)
    except (DataSourceError, DataLayerError, ValueError) as error:
        raise DataError(f"The labels {path} cannot be read: {error}.") from error
    if wkb is None or not columns:
        raise DataError(
            f"{path.name} has no geometry or no field {field!r}; fields are {listed(list(info['fields']))}."
        )
    shapes = shapes_of(wkb, path.name)
    class_ids = _class_ids(columns[0], legend, path, field, values)
    shapes = shapely.make_valid(shapes)
    usable = (class_ids >= 0) & (shapely.area(shapes) > 0)
    shapes = _reprojected(shapes[usable], layer_crs(meta), grid, path)
    bounds = shapely.box(*grid.bounds_of(grid.window))
    if not np.any(shapely.intersects(shapes, bounds)):
        raise DataError(f"No polygon of {path.name} lies on the raster. Check the coordinate systems of both.")
    return LabelPolygons(shapes=shapes, class_ids=class_ids[usable])


def _class_field(path: Path, fields: Sequence[str]) -> str:
    by_name = {name.casefold(): name for name in fields}
    for wanted in (ID_FIELD, NAME_FIELD):
        if wanted in by_name:
            return by_name[wanted]
    raise DataError(
        f"{path.name} has neither a field {ID_FIELD!r} nor {NAME_FIELD!r}; its fields are {listed(fields)}. "
        "Name the field that holds the class."
    )


def _class_ids(values: np.ndarray, legend: Legend, path: Path, field: str, of_class: Values = None) -> np.ndarray:
    """Return the class id of each feature, -1 where it has none."""
    by_name = {c.name.casefold(): c.class_id for c in legend.classes}
    known = {v: k for k, v in enumerate(of_class)} if of_class else {c.class_id: c.class_id for c in legend.classes}
    ids, foreign = np.full(len(values), -1, np.int16), set()
    for number, value in enumerate(values.tolist()):
        if value is None or value != value or value == "":  # null, NaN
            continue
        if isinstance(value, str) and not value.strip().lstrip("-").isdecimal():
            class_id = by_name.get(value.strip().casefold())
        else:
            whole = int(value) if math.isfinite(float(value)) and float(value) == int(value) else None
            if whole == IGNORE_INDEX and whole not in known:
                continue
            class_id = known.get(whole)
        if class_id is None:
            foreign.add(str(value))
        else:
            ids[number] = class_id
    if foreign:
        numbers = {class_id: value for value, class_id in known.items()}
        names = listed([f"{numbers[c.class_id]} {c.name}" for c in legend.classes], 20)
        raise DataError(
            f"Field {field!r} of {path.name} has classes {listed(sorted(foreign))}; the legend has {names}."
        )
    return ids


def _reprojected(shapes: np.ndarray, crs_text: str, grid: RasterGrid, path: Path) -> np.ndarray:
    if grid.crs is None or not crs_text:
        return in_lines_of(shapes, grid)
    try:
        source = CRS.from_user_input(crs_text)
        if source == grid.crs:
            return shapes

        def move(points: np.ndarray) -> np.ndarray:
            return np.stack(reproject(source, grid.crs, points[:, 0], points[:, 1]), axis=1)

        return shapely.transform(shapes, move)
    except PROJECTION_ERRORS as error:
        raise DataError(f"The labels {path.name} cannot be brought into the raster's coordinates: {error}.") from error
