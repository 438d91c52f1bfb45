"""Allocation of a sample to strata, and the sizes that targets of precision need.

Sizes are those for many units in every stratum: n = Σ (W_h S_h)² / (a_h · SE²) where a part a_h of the sample goes to
stratum h. For Neyman's allocation that is equation 13 of Olofsson et al. 2014; those of other allocations are larger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from ...system.errors import InvalidJob

FEWEST = 2
LARGEST_SAMPLE = 1_000_000


class Allocation(Enum):
    """How a sample is divided among strata."""

    PROPORTIONAL = "proportional"
    EQUAL = "equal"
    NEYMAN = "neyman"
    MINIMUM = "minimum"


@dataclass(frozen=True, kw_only=True)
class Divider:
    """What sizes follow from.

    Attributes:
        share: ``(H,)`` part W_h of the area in each stratum.
        units: ``(H,)`` units in each.
        spreads: ``(T, H)`` W_h S_h of each target's estimate.
        errors: ``(T,)`` standard error that each should have.
        minimum: Fewest units in a stratum under `Allocation.MINIMUM`.
    """

    share: np.ndarray
    units: np.ndarray
    spreads: np.ndarray
    errors: np.ndarray
    minimum: int = 50

    def parts(self, allocation: Allocation, n: float) -> np.ndarray:
        """Return ``(H,)`` units of each stratum, not yet whole, for a sample of n."""
        if allocation is Allocation.EQUAL:
            return np.full(len(self.share), n / len(self.share))
        if allocation is Allocation.PROPORTIONAL:
            return self.share * n
        if allocation is Allocation.NEYMAN:
            return _neyman(self.spreads, self.errors, self.share) * n
        return _with_minimum(self.share, n, self.minimum)

    def expected_errors(self, parts: np.ndarray) -> np.ndarray:
        """Return ``(T,)`` standard errors that units in strata lead one to expect."""
        with np.errstate(divide="ignore", invalid="ignore"):
            terms = np.where(self.spreads > 0, self.spreads**2 / parts, 0.0)
        return np.sqrt(terms.sum(axis=1))

    def needed(self, allocation: Allocation) -> int:
        """Return the smallest n for which every target is met.

        Raises:
            InvalidJob: If no sample that anybody could label would do.
        """
        low, high = 1, LARGEST_SAMPLE
        if not self._is_met(allocation, high):
            raise InvalidJob(
                f"With {allocation.value} allocation the targets need over {LARGEST_SAMPLE:,} points. Ask for less."
            )
        while low < high:
            middle = (low + high) // 2
            if self._is_met(allocation, middle):
                high = middle
            else:
                low = middle + 1
        return low

    def whole(self, allocation: Allocation, n: int) -> np.ndarray:
        """Return ``(H,)`` int64 units in each stratum that add up to about n: at least two, at most all there are."""
        return whole_parts(self.parts(allocation, float(n)), self.units)

    def _is_met(self, allocation: Allocation, n: int) -> bool:
        errors = self.expected_errors(self.parts(allocation, float(n)))
        return bool((errors <= self.errors * (1 + 1e-12)).all())


def whole_parts(parts: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Return whole numbers for parts, the largest remainders rounded up, each at least two and at most its units."""
    total = round(float(parts.sum()))
    whole = np.floor(parts).astype(np.int64)
    rest = np.argsort(whole - parts, kind="stable")[: max(0, total - int(whole.sum()))]
    whole[rest] += 1
    return np.minimum(np.maximum(whole, np.minimum(FEWEST, units)), units).astype(np.int64)


def _neyman(spreads: np.ndarray, errors: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Return parts in proportion to W_h S_h; of several targets each counts by how hard it is to meet.

    a_h ~ √(Σ_t (W_h S_ht / SE_t)²) makes the sum of the variances, each in units of its target, as small as it can be
    (Cochran 1977, section 5A.4).
    """
    need = np.sqrt(((spreads / errors[:, None]) ** 2).sum(axis=0))
    return need / need.sum() if need.sum() > 0 else share


def _with_minimum(share: np.ndarray, n: float, minimum: int) -> np.ndarray:
    """Return parts of at least a minimum, in proportion to area where that gives more."""
    fixed = np.zeros(len(share), bool)
    while True:
        rest = n - minimum * fixed.sum()
        free = share[~fixed].sum()
        parts = np.where(fixed, minimum, share * (rest / free) if free > 0 else minimum)
        poor = ~fixed & (parts < minimum)
        if not poor.any() or rest <= 0:
            return np.maximum(parts, minimum) if rest <= 0 else parts
        fixed |= poor


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationOffer:
    """What an allocation would need, or reach.

    Attributes:
        allocation: How the sample is divided.
        points: Size of the sample.
        sizes: Units in each stratum.
        errors: Expected standard error of each target.
    """

    allocation: Allocation
    points: int
    sizes: Sequence[int]
    errors: Sequence[float]


def offers(divider: Divider, points: int | None) -> tuple[AllocationOffer, ...]:
    """Return what every allocation would give: for a size, or for the size that each needs to meet the targets."""
    found = []
    for allocation in Allocation:
        try:
            n = points or divider.needed(allocation)
        except InvalidJob:
            continue
        sizes = divider.whole(allocation, n)
        errors = divider.expected_errors(sizes.astype(np.float64))
        found.append(
            AllocationOffer(
                allocation=allocation, points=int(sizes.sum()), sizes=sizes.tolist(), errors=errors.tolist()
            )
        )
    return tuple(found)


def simple_random_size(share: float, se: float) -> float:
    """Return n = p (1 − p) / SE² of a simple random sample, not yet rounded: sizes are rounded up."""
    return share * (1 - share) / se**2
