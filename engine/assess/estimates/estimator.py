"""Estimators of totals and ratios from a labelled sample, with standard errors and intervals that stay in 0 to 1.

Totals and combined ratios are Stehman's (2014, International Journal of Remote Sensing 35, equations 1 to 28); where
strata are the map's classes they are those of Olofsson et al. (2014, equations 1 to 11). Units with weights (ground
area of a pixel drawn with the same probability as all others) enter as ratios to the sum of weights in the stratum
(Hájek), and their variance is that of the linearised residuals.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from ...system.errors import InvalidJob
from .cells import SampleCells, Strata
from .events import Event
from .wilson import StratumShares, difference_bounds, ratio_bounds, total_bounds

Z_95 = 1.96
"""Quantile of 95 % as the papers and their worked examples have it; exactly it is 1.959964."""


def z_of(confidence: float) -> float:
    """Return the quantile of two-sided intervals.

    Raises:
        InvalidJob: If the confidence is not between 0.5 and 1.
    """
    if not 0.5 <= confidence < 1:
        raise InvalidJob(f"A confidence of {confidence:g} was asked for; expected a part of 1 such as 0.95.")
    return Z_95 if confidence == 0.95 else NormalDist().inv_cdf((1 + confidence) / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An estimated share or area.

    Attributes:
        value: The estimate.
        se: Its standard error; 0 where the sample shows no spread, which is not the same as no error.
        z: Quantile of the intervals.
        lower: Lower end of the interval that stays within its bounds.
        upper: Its upper end.
    """

    value: float
    se: float
    z: float
    lower: float
    upper: float

    @property
    def half_width(self) -> float | None:
        """Half the width of the symmetric (Wald) interval; None where the sample shows no spread."""
        return self.z * self.se if self.has_spread else None

    @property
    def wald(self) -> tuple[float, float] | None:
        """The symmetric interval value ± z·se, which may leave 0 to 1; None where the sample shows no spread."""
        return (self.value - self.z * self.se, self.value + self.z * self.se) if self.has_spread else None

    @property
    def has_spread(self) -> bool:
        """Whether the standard error tells anything: "± 0" is never said of a sample."""
        return self.se > 1e-12 * max(1.0, abs(self.value)) or self.is_known

    @property
    def is_known(self) -> bool:
        """Whether every unit was labelled, so that nothing is left to estimate."""
        return self.lower == self.upper == self.value

    @property
    def coefficient_of_variation(self) -> float | None:
        """Standard error as a part of the estimate."""
        return self.se / self.value if self.value > 0 and self.has_spread else None

    def times(self, factor: float) -> Estimate:
        """Return the estimate in another unit."""
        return Estimate(
            value=self.value * factor,
            se=self.se * factor,
            z=self.z,
            lower=self.lower * factor,
            upper=self.upper * factor,
        )


class Estimator:
    """Estimates shares of the whole area and ratios of them from one sample.

    Args:
        cells: The labelled units.
        strata: Their strata.
        spread_weight: ``(H,)`` v_h of `design_variance`.
        classes: Number of classes.
        z: Quantile of the intervals.

    Attributes:
        points: ``(H,)`` labelled units in each stratum.
    """

    def __init__(
        self, cells: SampleCells, strata: Strata, spread_weight: np.ndarray, *, classes: int, z: float = Z_95
    ) -> None:
        self._cells, self._strata, self._share, self._v = cells, strata, strata.share, spread_weight
        self._classes, self._z = classes, z
        size = len(strata.names)
        self.points = np.bincount(cells.stratum, cells.points, size)
        self._weight = np.bincount(cells.stratum, cells.weight, size)
        weight_sq = np.bincount(cells.stratum, cells.weight_sq, size)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = self._weight / self.points
            relative = cells.weight_sq / mean[cells.stratum] ** 2
            freedom = np.where(self.points > 1, 1 / (self.points - 1), 0.0)
            equal = self._weight**2 / weight_sq
            self._effective = np.where(self._v > 0, self._share**2 / self._v * equal / self.points, np.inf)
        self._square = relative * freedom[cells.stratum]

    def total(self, event: Event) -> Estimate:
        """Return the share of the area that shows an event."""
        variable = event.of(self._cells)
        mean = self._mean(variable)
        lower, upper = total_bounds(self._shares(event, mean), self._z)
        return self._estimate(float(self._share @ mean), self._variance(variable, mean), lower, upper)

    def ratio(self, part: Event, whole: Event) -> Estimate | None:
        """Return the share that a part has in the whole of which it is a part; None where the whole is not found.

        V = X̂⁻² Σ v_h s²_h of the residuals y − R x (Stehman 2014, equation 28).
        """
        y, x = part.of(self._cells), whole.of(self._cells)
        part_mean, whole_mean = self._mean(y), self._mean(x)
        size = float(self._share @ whole_mean)
        if size <= 0:
            return None
        value = float(self._share @ part_mean) / size
        variance = self._variance(y - value * x, part_mean - value * whole_mean) / size**2
        rest = self._shares(whole - part, whole_mean - part_mean)
        lower, upper = ratio_bounds(self._shares(part, part_mean), rest, self._z)
        return self._estimate(value, variance, lower, upper)

    def difference(self, more: Event, less: Event) -> Estimate:
        """Return the difference of the shares of the area that show two events which exclude each other."""
        y, x = more.of(self._cells), less.of(self._cells)
        y_mean, x_mean = self._mean(y), self._mean(x)
        lower, upper = difference_bounds(self._shares(more, y_mean), self._shares(less, x_mean), self._z)
        value = float(self._share @ (y_mean - x_mean))
        return self._estimate(value, self._variance(y - x, y_mean - x_mean), lower, upper)

    def count(self, event: Event) -> int:
        """Return the number of labelled units that show an event."""
        return int(self._cells.points @ event.of(self._cells))

    def _mean(self, variable: np.ndarray) -> np.ndarray:
        """Return ``(H,)`` mean of a variable of the cells in each stratum; 0 where nothing was labelled."""
        sums = np.bincount(self._cells.stratum, self._cells.weight * variable, len(self._share))
        return np.divide(sums, self._weight, out=np.zeros(len(sums)), where=self._weight > 0)

    def _variance(self, variable: np.ndarray, mean: np.ndarray) -> float:
        squares = self._square * (variable - mean[self._cells.stratum]) ** 2
        return float(self._v @ np.bincount(self._cells.stratum, squares, len(self._v)))

    def _shares(self, event: Event, mean: np.ndarray) -> StratumShares:
        possible = event.is_possible(self._strata, self._classes)
        return StratumShares(
            weight=self._share, share=np.clip(mean, 0, 1), effective=np.where(possible, self._effective, np.inf)
        )

    def _estimate(self, value: float, variance: float, lower: float, upper: float) -> Estimate:
        return Estimate(
            value=value,
            se=float(np.sqrt(max(variance, 0.0))),
            z=self._z,
            lower=min(lower, value),
            upper=max(upper, value),
        )
