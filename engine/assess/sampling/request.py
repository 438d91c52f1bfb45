"""Request for a sample: what the user asks of `assess design`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from ...overlays.map_source import MapSource
from ...system.errors import InvalidJob
from ..estimates.stratification import Design
from .allocation import Allocation
from .support import Support
from .targets import Target


class Probability(Enum):
    """With which probability a pixel of a stratum is drawn."""

    AUTO = "auto"
    EQUAL = "equal"
    AREA = "area"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What divides a map beside its classes.

    Attributes:
        path: Class raster, or file of polygons; None for nothing.
        field: Field with the names of polygons; empty numbers them.
        layer: Layer of the file of polygons.
        crossed: Whether strata are its parts crossed with the map's classes; else its parts alone.
    """

    path: Path | None = None
    field: str = ""
    layer: str = ""
    crossed: bool = False


@dataclass(frozen=True, kw_only=True)
class SampleRequest:
    """What is asked for.

    Attributes:
        source: The map.
        design: How units are drawn.
        parts: What divides the map beside its classes.
        left_out: Examples that are to be no part of the population; None for none.
        points: Size of the sample; None finds it from targets or from `sizes`.
        sizes: Units of strata by name, for an allocation of one's own.
        targets: What is to be known how well.
        allocation: How the sample is divided.
        minimum: Fewest units in a stratum under `Allocation.MINIMUM`.
        users: Expected user's accuracy of classes by name.
        expected: Error matrix of an earlier assessment, as `matrix_file` has it; None without one.
        reserve: Further points to draw for later.
        seed: Seed of the draw.
        probability: With which probability pixels of unequal area are drawn.
        support: Support of a label.
    """

    source: MapSource
    design: Design = Design.STRATIFIED
    parts: Parts = field(default_factory=Parts)
    left_out: Path | None = None
    points: int | None = None
    sizes: Mapping[str, int] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    allocation: Allocation = Allocation.MINIMUM
    minimum: int = 50
    users: Mapping[str, float] = field(default_factory=dict)
    expected: Path | None = None
    reserve: int = 0
    seed: int = 1
    probability: Probability = Probability.AUTO
    support: Support = field(default_factory=Support)

    def __post_init__(self) -> None:
        if self.points is not None and self.points < 2:
            raise InvalidJob(f"A sample of {self.points} points was asked for; expected at least 2.")
        if self.reserve < 0 or self.seed < 0 or self.minimum < 2:
            raise InvalidJob("Reserve and seed are at least 0, the fewest points of a stratum at least 2.")
        if self.design is Design.SYSTEMATIC and self.reserve:
            raise InvalidJob("A systematic sample has no reserve: its lattice is whole. Ask for more points instead.")
        if self.design is not Design.STRATIFIED and (self.sizes or self.parts.path):
            raise InvalidJob(
                "Strata and their sizes were given, but the design is not stratified. Choose the stratified design, or "
                "leave them out."
            )
        if self.design is Design.SYSTEMATIC and self.probability is Probability.AREA:
            raise InvalidJob("A systematic sample cannot be drawn by area; its pixels are weighted by area instead.")
