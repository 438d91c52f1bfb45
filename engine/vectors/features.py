"""Turns faces of the pixel lattice into polygons of the raster's CRS with their attributes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from ...models.legend import Legend
from ..coverage.faces import Faces
from ..coverage.lattice import columns_of, offsets_of, rows_of
from ..coverage.rings import Rings
from ..raster.grid import RasterGrid
from ..raster.ground_length import GroundLength
from .layers import FeatureBatch
from .wkb import polygons_to_wkb

BATCH_POINTS = 100_000
"""Points that are handed to the writers at once."""


class FeatureMaker:
    """Makes the features of one raster.

    Args:
        grid: Pixel grid of the raster.
        legend: Names of the classes.
        subpixels: Parts of a pixel that the points of faces count.
        values: Value in the raster of each class id; None where they are the same.
    """

    def __init__(
        self, grid: RasterGrid, legend: Legend, subpixels: int = 1, values: tuple[int, ...] | None = None
    ) -> None:
        self._transform = grid.lattice_transform
        self._subpixels = subpixels
        self._values = np.arange(256, dtype=np.int32)
        self._values[: len(values or ())] = values or ()
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
                points += len(batch.rings.points)
            if points >= BATCH_POINTS:
                yield joined(waiting)
                waiting, points = [], 0
        if waiting:
            yield joined(waiting)

    def features(self, faces: Faces) -> FeatureBatch:
        """Return the features of at least one face."""
        rings = faces.rings
        per_face = np.bincount(rings.face, minlength=faces.count)
        lattice_area = np.bincount(rings.face, rings.double_area, faces.count) / (2 * self._subpixels**2)
        return FeatureBatch(
            wkb=polygons_to_wkb(self._mapped(rings), rings.offsets, offsets_of(per_face)),
            class_ids=self._values[faces.class_ids],
            class_names=[self._names[i] for i in faces.class_ids.tolist()],
            # Simplified borders enclose a little more or less than the pixels that were measured.
            area_m2=faces.ground_m2 * (lattice_area / faces.pixels),
            perimeter_m=self._perimeters(rings, faces.count),
            pixels=faces.pixels,
            confidence=faces.confidence,
        )

    def _mapped(self, rings: Rings) -> np.ndarray:
        """Return the points in the CRS, ordered so that outer rings run counter-clockwise."""
        points, t = rings.points, self._transform
        if t.determinant > 0:
            # Rings run counter-clockwise on the screen; on a map whose lines go north that is clockwise.
            counts = np.diff(rings.offsets)
            points = points[np.repeat(rings.offsets[:-1] + rings.offsets[1:] - 1, counts) - np.arange(len(points))]
        x, y = columns_of(points) / self._subpixels, rows_of(points) / self._subpixels
        mapped = np.empty((len(points), 2), np.float64)
        mapped[:, 0] = t.a * x + t.b * y + t.c
        mapped[:, 1] = t.d * x + t.e * y + t.f
        return mapped

    def _perimeters(self, rings: Rings, count: int) -> np.ndarray:
        if self._length is None:
            return np.full(count, np.nan)
        x, y = columns_of(rings.points) / self._subpixels, rows_of(rings.points) / self._subpixels
        lengths = self._length.of_path(x, y)
        lengths[rings.offsets[1:-1] - 1] = 0  # from one ring to the next
        return np.bincount(rings.face, np.add.reduceat(np.append(lengths, 0), rings.offsets[:-1]), count)


def joined(batches: list[FeatureBatch]) -> FeatureBatch:
    """Return several batches as one."""
    if len(batches) == 1:
        return batches[0]
    return FeatureBatch(
        wkb=[wkb for b in batches for wkb in b.wkb],
        class_ids=np.concatenate([b.class_ids for b in batches]),
        class_names=[name for b in batches for name in b.class_names],
        area_m2=np.concatenate([b.area_m2 for b in batches]),
        perimeter_m=np.concatenate([b.perimeter_m for b in batches]),
        pixels=np.concatenate([b.pixels for b in batches]),
        confidence=np.concatenate([b.confidence for b in batches]),
    )
