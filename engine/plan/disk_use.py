"""Disk space of a run: a bound from the raster's size, or figures from files that were made.

How much room a map takes depends on its content: a speckled one has a hundred times the borders of a calm one. Before
any of it is made only a bound can be given; run/trial_run.py makes a few tiles and knows better.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from ..contract.job import OutputSpec, RasterFormat, VectorFormat
from ..contract.names import POLYGONS
from ..tiles.tiling import Axis, TilePlan
from .outputs import OutputNames

SHARD_BYTES_PER_PX = 0.16
"""A finished tile, per pixel. Here and below: a third to several times more than on any map seen so far."""

CONFIDENCE_SHARD_BYTES_PER_PX = 0.8
"""What a shard takes more with confidence, a noisy byte for each pixel."""

RASTER_BYTES_PER_PX = 0.24
"""Class raster with overviews."""

CONFIDENCE_BYTES_PER_PX = 0.8
"""Raster of confidence with overviews."""

PROBABILITY_BYTES_PER_PX = 0.8
"""Of each class: a band of a shard, and one of the raster of probabilities with overviews."""

VECTOR_BYTES_PER_PX = {
    VectorFormat.GEOPACKAGE: 0.8, VectorFormat.SHAPEFILE: 0.8, VectorFormat.GEOJSON: 2.0, VectorFormat.FLATGEOBUF: 0.8
}  # fmt: skip
"""Polygon files; 0.57 and 0.52 were seen for GeoPackage and Shapefile."""

SPOOL_BYTES_PER_PX = 0.7
"""Features that wait on the disk to be written class by class (vectors/spool.py)."""

PACKED_SHARE = 0.4
"""Packed overlaps relative to their scores."""

BYTES_PER_OVERLAP_SCORE = 2
PREVIEW_BYTES, PREVIEW_BYTES_PER_TILE = 12 * 1024, 400
JOURNAL_BYTES, JOURNAL_BYTES_PER_TILE = 6 * 1024, 110
REPORT_BYTES = 700 * 1024
"""The page about a run; most of it is the picture."""

OTHER_BYTES = 1024 * 1024
"""Styles, tables and the recipe; and what small maps have more, whose borders take up to 7 bytes for each pixel."""

GEOPACKAGE_BASE_BYTES = 128 * 1024
"""A GeoPackage without features, with its styles."""

VECTOR_SUFFIXES = (".gpkg", ".shp", ".shx", ".dbf", ".geojson", ".fgb")


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskUse:
    """Bytes on the disk by what they are for.

    Attributes:
        shards: Finished tiles.
        overlaps: Scores of their overlaps (tiles/blending.py).
        class_raster: The map.
        confidence: The raster of confidence.
        probabilities: That of the probabilities of all classes.
        vectors: Polygon files.
        spool: Features that wait to be written class by class.
        others: What hardly depends on the raster.
    """

    shards: float = 0.0
    overlaps: float = 0.0
    class_raster: float = 0.0
    confidence: float = 0.0
    probabilities: float = 0.0
    vectors: float = 0.0
    spool: float = 0.0
    others: float = 0.0

    @property
    def rasters(self) -> float:
        """All rasters."""
        return self.class_raster + self.confidence + self.probabilities

    def __add__(self, other: DiskUse) -> DiskUse:
        return DiskUse(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})

    def __mul__(self, factor: float) -> DiskUse:
        return DiskUse(**{f.name: getattr(self, f.name) * factor for f in fields(self)})

    def peak(self, *, cog: bool) -> int:
        """Return the most that lies on the disk at once; a cloud-optimised raster is a copy of a plain one."""
        copies = 2 if cog else 1
        stages = (
            copies * self.class_raster,
            self.class_raster + copies * self.confidence,
            self.class_raster + self.confidence + copies * self.probabilities,
            self.rasters + self.vectors + self.spool,
        )
        return round(self.shards + self.overlaps + self.others + max(stages))


def largest_use(tiles: TilePlan, output: OutputSpec, classes: int) -> DiskUse:
    """Return what a run takes at most, as far as its size tells.

    Args:
        tiles: The tiles.
        output: The results.
        classes: Number of classes, whose scores make up the overlaps.
    """
    px, formats = tiles.area.pixels, output.vector_formats
    has_confidence, bands = output.confidence, classes if output.probabilities else 0
    further = CONFIDENCE_SHARD_BYTES_PER_PX * has_confidence + PROBABILITY_BYTES_PER_PX * bands
    base = GEOPACKAGE_BASE_BYTES * (classes if output.polygons.layer_per_class else 1)
    return DiskUse(
        shards=px * (SHARD_BYTES_PER_PX + further),
        overlaps=overlap_scores(tiles) * classes * BYTES_PER_OVERLAP_SCORE * PACKED_SHARE,
        class_raster=px * RASTER_BYTES_PER_PX,
        confidence=px * CONFIDENCE_BYTES_PER_PX if has_confidence else 0,
        probabilities=px * PROBABILITY_BYTES_PER_PX * bands,
        vectors=px * sum(VECTOR_BYTES_PER_PX[f] for f in formats),
        spool=px * SPOOL_BYTES_PER_PX if needs_spool(output) else 0,
        others=OTHER_BYTES + fixed_bytes(tiles, output) + (base if VectorFormat.GEOPACKAGE in formats else 0),
    )


def fixed_bytes(tiles: TilePlan, output: OutputSpec) -> int:
    """Return what journal, preview and report take."""
    per_tile = (PREVIEW_BYTES_PER_TILE + JOURNAL_BYTES_PER_TILE) * len(tiles.tiles)
    return PREVIEW_BYTES + JOURNAL_BYTES + per_tile + (REPORT_BYTES if output.report else 0)


def needs_spool(output: OutputSpec) -> bool:
    """Return whether features wait on the disk to be written class by class."""
    formats = output.vector_formats
    return VectorFormat.SHAPEFILE in formats or (bool(formats) and output.polygons.layer_per_class)


def is_cog(output: OutputSpec) -> bool:
    """Return whether the rasters are cloud-optimised."""
    return output.raster_format is RasterFormat.COG


def overlap_scores(tiles: TilePlan) -> int:
    """Return for how many pixels, of one class, the overlaps of all tiles hold a score."""
    cols, rows = tiles.tiles.places.T
    (x_sides, x_reach), (y_sides, y_reach) = _sides(tiles.x, cols), _sides(tiles.y, rows)
    beside = x_sides * 2 * tiles.x.blend_px * y_reach
    above = y_sides * 2 * tiles.y.blend_px * x_reach
    return int(beside.sum() + above.sum())


def _sides(axis: Axis, cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return, for cells of an axis, how many neighbours each has and how many pixels it contributes to."""
    first = np.maximum(0, cells * axis.core_px - axis.blend_px)
    end = np.minimum(axis.model_px, (cells + 1) * axis.core_px + axis.blend_px)
    return (cells > 0).astype(np.int64) + (cells < axis.cells - 1), end - first


def use_of_files(names: OutputNames, output: OutputSpec) -> DiskUse:
    """Return what the results in a folder take; the spool, of which nothing is left, from the polygon files.

    Args:
        names: Names of the results, in their folder.
        output: What was asked for.
    """
    sizes = {path: path.stat().st_size for path in names.directory.iterdir() if path.is_file()}
    raster, confidence, probabilities = (
        sizes.pop(path, 0) for path in (names.class_raster, names.confidence_raster, names.probability_raster)
    )
    vectors = {p: size for p, size in sizes.items() if _is_vector(p, names)}
    spool = 0.0
    if needs_spool(output):
        # It holds geometries as a .shp does, and attributes in less room than a .dbf, which pads them.
        suffix = ".shp" if VectorFormat.SHAPEFILE in output.vector_formats else f".{output.vector_formats[0].value}"
        spool = sum(size for p, size in vectors.items() if p.suffix == suffix)
        spool += sum(size for p, size in vectors.items() if p.suffix == ".dbf") / 2
    total = sum(vectors.values())
    return DiskUse(
        class_raster=raster,
        confidence=confidence,
        probabilities=probabilities,
        vectors=total,
        spool=spool,
        others=sum(sizes.values()) - total,
    )


def _is_vector(path: Path, names: OutputNames) -> bool:
    return path.name.startswith(f"{names.stem}{POLYGONS}") and path.suffix in VECTOR_SUFFIXES
