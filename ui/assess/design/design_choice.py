"""Choices for a sample, and the engine's arguments that they come to."""

from dataclasses import dataclass
from typing import List, Tuple

STRATIFIED, SIMPLE_RANDOM, SYSTEMATIC = "stratified", "srs", "systematic"
MINIMUM, PROPORTIONAL, EQUAL, NEYMAN = "minimum", "proportional", "equal", "neyman"
PIXEL, BLOCK, CIRCLE = "pixel", "block", "circle"
CENTRE, MAJORITY = "centre", "majority"


@dataclass(frozen=True)
class LayerFile:
    """A layer as the engine finds it.

    Attributes:
        path: Its file.
        layer: Layer of the file; empty for rasters and files of one layer.
        field: Field with classes or names; empty for rasters.
    """

    path: str
    layer: str = ""
    field: str = ""


@dataclass(frozen=True)
class DesignChoice:
    """How a sample is drawn.

    Attributes:
        map: The map.
        design: "stratified", "srs" or "systematic".
        strata: Layer whose parts are the strata; None for the classes of the map.
        crossed: Whether these parts are crossed with the classes.
        points: Size of the sample; 0 where targets decide.
        targets: Targets as the engine reads them, such as "area:Forest:half=0.005".
        sizes: (stratum, points) of strata with sizes of their own; all or none.
        expected: (class, user's accuracy) where another one than the default is expected.
        allocation: Among strata.
        minimum: Fewest points of a stratum, with the allocation "minimum".
        reserve: Further points.
        seed: Seed of the draw.
        support: "pixel", "block" or "circle".
        size: Pixels of a block's side, metres of a circle's radius.
        rule: "centre" or "majority".
        left_out: File of teaching examples that are no part of the population; empty for none.
        unit_m: Side of a unit of polygons in metres; 0 lets the engine choose.
    """

    map: LayerFile
    design: str = STRATIFIED
    strata: Tuple[LayerFile, ...] = ()
    crossed: bool = False
    points: int = 600
    targets: Tuple[str, ...] = ()
    sizes: Tuple[Tuple[str, int], ...] = ()
    expected: Tuple[Tuple[str, float], ...] = ()
    allocation: str = MINIMUM
    minimum: int = 50
    reserve: int = 0
    seed: int = 1
    support: str = PIXEL
    size: float = 1.0
    rule: str = CENTRE
    left_out: str = ""
    unit_m: float = 0.0

    def arguments(self) -> List[str]:
        """Return the arguments of `assess design`, without those that say where it goes."""
        return [
            "assess",
            "design",
            self.map.path,
            *_given("--field", self.map.field),
            *_given("--layer", self.map.layer),
            *(["--unit-m", f"{self.unit_m:g}"] if self.unit_m else []),
            "--design",
            self.design,
            *self._strata(),
            *self._sizes(),
            "--seed",
            str(self.seed),
            *self._support(),
            *_given("--leave-out", self.left_out),
        ]

    def _strata(self) -> List[str]:
        if not self.strata:
            return []
        file = self.strata[0]
        words = ["--strata", file.path, *_given("--strata-field", file.field), *_given("--strata-layer", file.layer)]
        return [*words, "--cross"] if self.crossed else words

    def _sizes(self) -> List[str]:
        words = [f"--target={target}" for target in self.targets]
        words += [f"--users={name}={share:g}" for name, share in self.expected]
        if self.sizes and self.design == STRATIFIED:
            return [*words, *(f"--stratum={name}={n}" for name, n in self.sizes), *self._reserve()]
        if self.points:
            words += ["--points", str(self.points)]
        if self.design == STRATIFIED:
            words += ["--allocation", self.allocation, "--minimum", str(self.minimum)]
        return [*words, *self._reserve()]

    def _reserve(self) -> List[str]:
        return ["--reserve", str(self.reserve)] if self.reserve else []

    def _support(self) -> List[str]:
        words = ["--support", self.support, "--rule", self.rule]
        return words if self.support == PIXEL else [*words, "--size", f"{self.size:g}"]


def _given(option: str, value: str) -> List[str]:
    return [option, value] if value else []
