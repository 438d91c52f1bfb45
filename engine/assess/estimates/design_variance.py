"""Weight that the spread within each stratum has in the variance of a total, by sampling design."""

from __future__ import annotations

import numpy as np

from .cells import Strata

NEGLIGIBLE_FRACTION = 0.05
"""Share of a stratum's units up to which the finite population correction is customarily left out (Cochran 1977,
section 2.6); Olofsson et al. 2014 print their equations without it."""


def stratified(strata: Strata, points: np.ndarray, *, finite: bool) -> np.ndarray:
    """Return v_h of V(Σ W_h ȳ_h) = Σ v_h s²_h for random samples drawn stratum by stratum.

    v_h = W_h² (1 − n_h/N_h) / n_h (Cochran 1977, equation 5.7; Stehman 2014, equation 25).

    Args:
        strata: The strata.
        points: ``(H,)`` labelled units n_h in each.
        finite: Whether the correction 1 − n_h/N_h is made; it is where everything was labelled in any case.
    """
    fraction = sampling_fraction(strata, points) if finite else np.where(points >= strata.units, 1.0, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(points > 0, strata.share**2 * (1 - fraction) / points, 0.0)


def poststratified(strata: Strata, points: np.ndarray) -> np.ndarray:
    """Return v_h where strata were formed after a simple random sample had been drawn.

    v_h = (1 − n/N) W_h / n + (1 − W_h) / n² (Cochran 1977, equation 5A.42): the second part pays for numbers of units
    in the strata that were left to chance.
    """
    n, share = points.sum(), strata.share
    fraction = min(1.0, n / strata.units.sum())
    rest = 0.0 if fraction >= 1 else 1.0
    return (1 - fraction) * share / n + rest * (1 - share) / n**2


def sampling_fraction(strata: Strata, points: np.ndarray) -> np.ndarray:
    """Return ``(H,)`` n_h/N_h, at most 1; 0 where the number of units is not known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(strata.units > 0, np.minimum(1.0, points / strata.units), 0.0)


def needs_correction(strata: Strata, points: np.ndarray) -> bool:
    """Return whether so much of any stratum was labelled that leaving the correction out would matter."""
    return bool((sampling_fraction(strata, points) > NEGLIGIBLE_FRACTION).any())
