"""Request for a report of a drawn sample, and what all its steps share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ...overlays.map_source import MapSource, OpenMap
from ...overlays.shape_overlay import ShapeOverlay, left_out_overlay
from ..sampling.sample_design import SampleDesign
from ..sampling.support import SupportRule, SupportShape


@dataclass(frozen=True, kw_only=True)
class DesignReport:
    """What is asked for.

    Attributes:
        design: File of the sample's design.
        labels: Response files, one or more interpreters.
        adjudicated: Response file that settles disagreements; None without one.
        change: Analysis of change whose groups the labels of two dates come to; None for labels of one date.
        map: The map to assess; None for the one that the sample was drawn from, as it is now.
        others: Further maps to score on the same points.
        districts: Polygons that get estimates of their own; None for the design's own parts.
        district_field: Field with their names.
        merge: Groups of strata that are taken as one.
        z: Quantile of the intervals.
    """

    design: Path
    labels: tuple[Path, ...]
    adjudicated: Path | None = None
    change: Path | None = None
    map: Path | None = None
    others: tuple[MapSource, ...] = ()
    districts: Path | None = None
    district_field: str = ""
    merge: tuple[tuple[str, ...], ...] = ()
    z: float = 1.96


@dataclass(frozen=True, kw_only=True)
class ReportContext:
    """What the steps of a report share.

    Attributes:
        asked: What is asked for.
        design: The sample's design.
        scratch: Folder in which the units of polygons are kept meanwhile.
        should_stop: Asked after every strip that is read.
    """

    asked: DesignReport
    design: SampleDesign
    scratch: Path
    should_stop: Callable[[], bool]

    @property
    def drawn_from(self) -> MapSource:
        """The map that the sample was drawn from, where it lies now."""
        known = self.design.map
        return MapSource(path=self.asked.design.parent / known.path, field=known.field, layer=known.layer)

    @property
    def is_by_majority(self) -> bool:
        """Whether the most frequent class of a support counts, on the map too."""
        support = self.design.support
        return support.shape is not SupportShape.PIXEL and support.rule is SupportRule.MAJORITY

    def left_out(self, found: OpenMap) -> ShapeOverlay | None:
        """Return the examples that are no part of the population, on the pixels of a map."""
        if not self.design.left_out:
            return None
        return left_out_overlay(self.asked.design.parent / self.design.left_out, found.raster.grid)
