"""Gain and loss of each class, and what they are a year."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from ..system.errors import InvalidJob
from .transitions import TransitionCounts

HECTARE_M2 = 10_000.0
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassChange:
    """What became of a class; areas in hectares.

    Attributes:
        name: Its name.
        old_ha: Area before.
        new_ha: Area after.
        loss_ha: What was the class and is another one; possible misregistration included.
        gain_ha: What was another one and is the class.
        border_loss_ha: Part of the loss that may be misregistration.
        border_gain_ha: Part of the gain that may be.
        net_ha: Gain less loss.
        net_ha_a_year: The same a year; None without dates.
        rate_a_year: Compound rate ln(after / before) / years (Puyravaud 2003, Forest Ecology and Management 177); None
            without dates or where there was or is none.
        resampled_ha: Area that the class gained (or lost, below 0) because one map was brought to the coarser grid.
        old_only_ha: Area where the new map has no class; part of nothing above.
        new_only_ha: Area where the old map has none.
    """

    name: str
    old_ha: float
    new_ha: float
    loss_ha: float
    gain_ha: float
    border_loss_ha: float
    border_gain_ha: float
    net_ha: float
    net_ha_a_year: float | None
    rate_a_year: float | None
    resampled_ha: float
    old_only_ha: float
    new_only_ha: float


def years_between(old: str, new: str) -> float | None:
    """Return the years between two dates such as 2015 or 2015-06-30; None if one is not given.

    Raises:
        InvalidJob: If a date cannot be read, or the second is not later.
    """
    if not old or not new:
        return None
    first, second = _date(old), _date(new)
    if second <= first:
        raise InvalidJob(f"The new date {new} is not later than the old one {old}. Exchange maps or dates.")
    return (second - first).days / DAYS_A_YEAR


def _date(text: str) -> date:
    parts = text.split("-")
    try:
        return date(*(int(p) for p in (*parts, 1, 1)[:3])) if len(parts) < 3 else date.fromisoformat(text)
    except ValueError:
        raise InvalidJob(f"{text!r} is no date; expected a year, 2015-06 or 2015-06-30.") from None


def class_table(
    names: tuple[str, ...], counts: TransitionCounts, years: float | None, resampled_ha: np.ndarray
) -> tuple[ClassChange, ...]:
    """Return a row for each class.

    Args:
        names: Names of the K classes.
        counts: Areas of the transitions.
        years: Years between the maps; None if they are not known.
        resampled_ha: ``(K,)`` area that each class gained by resampling.
    """
    old_only, new_only = (counts.one_sided_m2 / HECTARE_M2).tolist()
    both, border = counts.area_m2.sum(axis=0) / HECTARE_M2, counts.area_m2[1] / HECTARE_M2
    rows = []
    for k, name in enumerate(names):
        old, new, kept = float(both[k].sum()), float(both[:, k].sum()), float(both[k, k])
        rate = math.log(new / old) / years if years and old > 0 and new > 0 else None
        rows.append(
            ClassChange(
                name=name,
                old_ha=old,
                new_ha=new,
                loss_ha=old - kept,
                gain_ha=new - kept,
                border_loss_ha=float(border[k].sum()),
                border_gain_ha=float(border[:, k].sum()),
                net_ha=new - old,
                net_ha_a_year=(new - old) / years if years else None,
                rate_a_year=rate,
                resampled_ha=float(resampled_ha[k]),
                old_only_ha=old_only[k],
                new_only_ha=new_only[k],
            )
        )
    return tuple(rows)
