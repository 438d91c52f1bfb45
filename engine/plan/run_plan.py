"""Plan of a run: all that is known and decided before its first tile is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...models.checkpoint import Checkpoint
from ..contract.job import SegmentationJob
from ..raster.area_of_interest import PolygonMask
from ..raster.input_files import local_files, vector_files
from ..raster.raster_info import RasterInfo
from ..raster.scaling import Scale
from ..raster.stretch import Stretch
from ..tiles.tiling import TilePlan
from .outputs import OutputNames
from .presets import ExecutionPlan


@dataclass(frozen=True, kw_only=True)
class RunPlan:
    """All that is known before a run.

    Attributes:
        job: What was asked.
        checkpoint: The network and its card.
        info: The raster's header.
        scale: Source pixels per model pixel.
        stretch: How values become 8 bits; None takes them as they are.
        tiles: What is read and written.
        mask: Polygons within which pixels get a class; None for all of the tiles' area.
        execution: How the machine is used.
        outputs: Names of the results.
        fingerprint: What the bytes of the results depend on (see fingerprint.py).
        notes: Sentences of warning.
    """

    job: SegmentationJob
    checkpoint: Checkpoint
    info: RasterInfo
    scale: Scale
    stretch: Stretch | None
    tiles: TilePlan
    mask: PolygonMask | None
    execution: ExecutionPlan
    outputs: OutputNames
    fingerprint: dict[str, Any]
    notes: tuple[str, ...]

    @property
    def files_read(self) -> list[str]:
        """Files that the run reads: of the raster, members of a mosaic included, of the area, of the model."""
        job, info = self.job, self.info
        area = vector_files(job.area.polygons) if job.area and job.area.polygons else ()
        return [*info.files, *local_files(info.path), *area, *([job.checkpoint] if job.checkpoint else [])]

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as JSON-ready data."""
        grid, stretch = self.info.grid, self.stretch
        return {
            **self.execution.to_dict(),
            "raster": self.info.path,
            "width": grid.width,
            "height": grid.height,
            "ground_resolution_m": list(grid.ground_resolution_m or ()),
            "bands": list(self.info.bands.indexes),
            "stretch": {"low": list(stretch.low), "high": list(stretch.high)} if stretch else None,
            "scale": [self.tiles.x.scale, self.tiles.y.scale],
            "read_px": list(self.tiles.padded_shape[::-1]),
            "area_px": [self.tiles.area.width, self.tiles.area.height],
            "model": self.checkpoint.card.name,
            "notes": list(self.notes),
        }
