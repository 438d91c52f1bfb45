"""Change between two maps, counted: everything that tables, rasters and the page are written from."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..raster.grid import RasterGrid
from ..system.errors import InvalidJob
from ..system.run_context import QUIET, RunContext
from .class_matching import CommonClasses
from .class_table import HECTARE_M2, ClassChange, class_table, years_between
from .groups import Grouping, StrataReader, buffer_radius_px, find_grouping
from .image_shift import ImageShift, measure_shift
from .map_pair import MapPair
from .misregistration import BorderStrips
from .request import ChangeRequest
from .transitions import ChangeReader, Transition, TransitionCounts, count_transitions, list_transitions

MOST_STRIP_PX = 200
"""Width in pixels of strips of misregistration beyond which maps are taken not to fit together at all."""


@dataclass(frozen=True, kw_only=True)
class ChangeAnalysis:
    """Change between two maps.

    Attributes:
        grid: Grid of all rasters.
        classes: Common classes.
        transitions: Classes of the change raster.
        counts: Pixels and area of every transition.
        rows: Gain and loss of each class.
        shift: Measured shift of the images; None if it was stated or nobody knows it.
        strip_m: Width of strips that may be misregistration; 0 if none are told apart.
        years: Years between the dates; None if they are not known.
        resampled: Sentence on what was done to one of the maps; empty if both have one grid.
        grouping: Groups to assess; None for none.
        reader: Reads the transitions.
        warnings: Sentences that a reader must know.
    """

    grid: RasterGrid
    classes: CommonClasses
    transitions: tuple[Transition, ...]
    counts: TransitionCounts
    rows: tuple[ClassChange, ...]
    shift: ImageShift | None
    strip_m: float
    years: float | None
    resampled: str
    grouping: Grouping | None
    reader: ChangeReader
    warnings: tuple[str, ...]

    @property
    def total_ha(self) -> float:
        """Area that has a class on both maps."""
        return float(self.counts.area_m2.sum()) / HECTARE_M2

    def strata(self, buffer_m: float) -> StrataReader:
        """Return what reads the strata of its groups."""
        return StrataReader(self.reader, self.grid, self.grouping, buffer_m)


def analyse(request: ChangeRequest, pair: MapPair, context: RunContext = QUIET) -> ChangeAnalysis:
    """Count what became what.

    Args:
        request: What is asked for.
        pair: The two maps.
        context: Receives progress; asked now and then whether to stop.

    Raises:
        InvalidJob: If dates, groups or classes do not fit, or no place has a class on both maps.
        RasterError: If a map or an image cannot be read.
        Cancelled: If asked to stop.
    """
    names = pair.classes.names
    years = years_between(request.old_date, request.new_date)
    grouping = find_grouping(request.groups, names) if request.groups else None
    _check_classes(request, names)
    buffer_radius_px(request.buffer_m, pair.grid)
    shift = measure_shift(request.old_image, request.new_image) if _measures(request) else None
    strip_m = request.shift_m if request.shift_m is not None else shift.width_m if shift else 0.0
    strips = _strips(strip_m, pair.grid)
    reader = ChangeReader(pair, strips)
    counts = count_transitions(pair, reader, context)
    pixel_ha = float(counts.area_m2.sum() / counts.pixels.sum()) / HECTARE_M2
    gained = np.zeros(len(names))
    if pair.resampling:
        gained = (pair.resampling.after - pair.resampling.before) * pixel_ha
    return ChangeAnalysis(
        grid=pair.grid,
        classes=pair.classes,
        transitions=list_transitions(counts, pair.classes),
        counts=counts,
        rows=class_table(names, counts, years, gained),
        shift=shift,
        strip_m=strip_m,
        years=years,
        resampled=_resampling_sentence(pair),
        grouping=grouping,
        reader=reader,
        warnings=tuple(_warnings(request, shift, strip_m, pair.grid)),
    )


def _measures(request: ChangeRequest) -> bool:
    return request.shift_m is None and request.old_image is not None


def _check_classes(request: ChangeRequest, names: tuple[str, ...]) -> None:
    unknown = [name for name in request.smallest_by_class if name not in names]
    if unknown:
        raise InvalidJob(f"There is no class {unknown[0]!r} for a smallest patch; the classes are {', '.join(names)}.")


def _strips(strip_m: float, grid: RasterGrid) -> BorderStrips | None:
    if not strip_m:
        return None
    strips = BorderStrips(strip_m, grid.ground_resolution_m)
    if strips.halo_px > MOST_STRIP_PX:
        raise InvalidJob(
            f"A shift of {strip_m:g} m is {strips.halo_px} pixels wide, more than {MOST_STRIP_PX}: the maps do not fit "
            "together. Register the images first."
        )
    return strips


def _resampling_sentence(pair: MapPair) -> str:
    found = pair.resampling
    if found is None:
        return ""
    return (
        f"The {found.date} map is finer and was brought to the grid of the other one: each pixel has the class with "
        f"the largest share of its area, counted on {found.parts} × {found.parts} parts of a pixel."
    )


def _warnings(request: ChangeRequest, shift: ImageShift | None, strip_m: float, grid: RasterGrid) -> list[str]:
    found = []
    if not strip_m and request.shift_m is None:
        found.append(
            "Nobody says how well the two images lie on each other, so no strip of change along a border is told "
            "apart: a shift of three pixels makes about 3 % of false change in 30 m parcels. Give both images, or "
            "state the shift."
        )
    if shift and math.hypot(shift.east_m, shift.north_m) > 2 * max(grid.ground_resolution_m):
        found.append(
            f"The images are {math.hypot(shift.east_m, shift.north_m):.2g} m apart. Register them first: strips that "
            "may be misregistration are told apart here, but true change in them cannot be seen."
        )
    if not (request.old_date and request.new_date):
        found.append("The dates of the images were not given: there are no rates a year.")
    return found
