"""Turns faces of the pixel lattice into polygons of the raster's CRS with their attributes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import shapely
from affine import Affine

from ..models.legend import Legend
from .coverage import Faces
from .grid import RasterGrid
from .ground_length import GroundLength
from .rings import Rings, offsets_of, ragged_arange
from .vector_writer import FeatureBatch

BATCH_POINTS = 500_000
"""Points that are handed to the writers at once."""


def lattice_transform(grid: RasterGrid) -> Affine:
    """Return the map from lattice points to the coordinates of the polygons.

    An image without any georeference is drawn by QGIS with y from -height up to 0, so its polygons lie there too.
    """
    if not grid.is_georeferenced and grid.transform == Affine.identity():
        return Affine.scale(1, -1)
    return grid.transform


class FeatureMaker:
    """Makes the features of one raster.

    Args:
        grid: Pixel grid of the raster.
        legend: Names of the classes.
    """

    def __init__(self, grid: RasterGrid, legend: Legend) -> None:
        self._transform = lattice_transform(grid)
        self._length = GroundLength(grid) if grid.is_georeferenced else None
        self._names = [f"Class {i}".encode() for i in range(256)]
        for c in legend.classes:
            self._names[c.class_id] = c.name.encode("utf-8", "replace")

    def batches(self, faces: Iterable[Faces]) -> Iterator[FeatureBatch]:
        """Yield features of faces, in their order, in batches worth writing."""
        waiting: list[FeatureBatch] = []
        points = 0
        for batch in faces:
            if batch.count:
                waiting.append(self.features(batch))
                points += len(batch.rings.xy)
            if points >= BATCH_POINTS:
                yield joined(waiting)
                waiting, points = [], 0
        if waiting:
            yield joined(waiting)

    def features(self, faces: Faces) -> FeatureBatch:
        """Return the features of at least one face."""
        rings = faces.rings
        per_face = np.bincount(rings.face, minlength=faces.count)
        lattice_area = np.bincount(rings.face, rings.double_area, faces.count) / 2
        return FeatureBatch(
            polygons=self._polygons(rings, offsets_of(per_face)),
            class_ids=faces.class_ids.astype(np.int32),
            class_names=[self._names[i] for i in faces.class_ids.tolist()],
            # Simplified borders enclose a little more or less than the pixels that were measured.
            area_m2=faces.ground_m2 * (lattice_area / faces.pixels),
            perimeter_m=self._perimeters(rings, faces.count),
            pixels=faces.pixels,
        )

    def _polygons(self, rings: Rings, face_offsets: np.ndarray) -> np.ndarray:
        """Return shapely polygons whose outer rings run counter-clockwise."""
        counts = np.diff(rings.offsets)
        within = ragged_arange(counts + 1)
        size = np.repeat(counts, counts + 1)
        within[within == size] = 0
        if self._transform.determinant > 0:
            # Rings run counter-clockwise on the screen; on a map whose lines go north that is clockwise.
            within = np.where(within == 0, 0, size - within)
        xy = rings.xy[np.repeat(rings.offsets[:-1], counts + 1) + within]
        t = self._transform
        mapped = np.empty(xy.shape, np.float64)
        mapped[:, 0] = t.a * xy[:, 0] + t.b * xy[:, 1] + t.c
        mapped[:, 1] = t.d * xy[:, 0] + t.e * xy[:, 1] + t.f
        return shapely.from_ragged_array(shapely.GeometryType.POLYGON, mapped, (offsets_of(counts + 1), face_offsets))

    def _perimeters(self, rings: Rings, count: int) -> np.ndarray:
        if self._length is None:
            return np.full(count, np.nan)
        after = np.arange(1, len(rings.xy) + 1)
        after[rings.offsets[1:] - 1] = rings.offsets[:-1]
        lengths = self._length.of_lines(rings.xy, rings.xy[after])
        return np.bincount(rings.face, np.add.reduceat(lengths, rings.offsets[:-1]), count)


def joined(batches: list[FeatureBatch]) -> FeatureBatch:
    """Return several batches as one."""
    if len(batches) == 1:
        return batches[0]
    return FeatureBatch(
        polygons=np.concatenate([b.polygons for b in batches]),
        class_ids=np.concatenate([b.class_ids for b in batches]),
        class_names=[name for b in batches for name in b.class_names],
        area_m2=np.concatenate([b.area_m2 for b in batches]),
        perimeter_m=np.concatenate([b.perimeter_m for b in batches]),
        pixels=np.concatenate([b.pixels for b in batches]),
    )
