"""Sizes of a sample: what was given, or what targets need under each allocation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...system.errors import InvalidJob
from ..estimates.stratification import Design
from ..matrix.matrix_file import read_matrix
from .allocation import Allocation, AllocationOffer, Divider, offers, simple_random_size
from .drawing import Sizes
from .request import SampleRequest
from .strata import Stratum
from .targets import Expectation, Quantity, Target, expect, spreads


@dataclass(frozen=True, kw_only=True)
class Sizing:
    """Sizes that were found.

    Attributes:
        sizes: Units to draw; of a design without strata one entry.
        offers: What every allocation would give; empty without strata.
        allocation: Name of the allocation that was taken; empty where there is none.
        errors: Expected standard error of each target.
    """

    sizes: Sizes
    offers: tuple[AllocationOffer, ...]
    allocation: str
    errors: tuple[float, ...] = ()


def find_sizes(request: SampleRequest, strata: Sequence[Stratum], names: Sequence[str], ids: Sequence[int]) -> Sizing:
    """Return the sizes that a request leads to.

    Args:
        request: What is asked for.
        strata: Strata of the map.
        names: Names of the map's classes that have pixels.
        ids: Their class ids.

    Raises:
        InvalidJob: If it names no size and no target, unknown strata, or more units than there are.
    """
    expected = _expectation(request, strata, names, ids)
    if request.design is not Design.STRATIFIED:
        return _without_strata(request, strata, expected)
    divider = Divider(
        share=expected.share,
        units=np.array([s.pixels for s in strata], np.float64),
        spreads=np.array([spreads(t, expected) for t in request.targets]).reshape(-1, len(strata)),
        errors=np.array([t.se for t in request.targets]),
        minimum=request.minimum,
    )
    if request.sizes:
        main, allocation, offered = _given(request, strata), "given", ()
    else:
        _check_asked(request)
        n = request.points or divider.needed(request.allocation)
        main, allocation = divider.whole(request.allocation, n), request.allocation.value
        offered = _offered(divider, request)
    reserve = _reserve(main, request.reserve, strata)
    errors = divider.expected_errors(np.maximum(main, 1).astype(np.float64))
    return Sizing(
        sizes=Sizes(main=main.tolist(), reserve=reserve.tolist()),
        offers=offered,
        allocation=allocation,
        errors=tuple(errors.tolist()),
    )


def _offered(divider: Divider, request: SampleRequest) -> tuple[AllocationOffer, ...]:
    found = offers(divider, request.points)
    # Without a target Neyman's allocation has nothing to be the best for.
    return found if request.targets else tuple(o for o in found if o.allocation is not Allocation.NEYMAN)


def _check_asked(request: SampleRequest) -> None:
    if request.points is None and not request.targets:
        raise InvalidJob("Neither a number of points nor a target was given. Give one: --points 500, or --target.")
    if request.allocation is Allocation.NEYMAN and not request.targets:
        raise InvalidJob("Neyman's allocation is the best for a target, and none was given. Give one with --target.")


def _expectation(
    request: SampleRequest, strata: Sequence[Stratum], names: Sequence[str], ids: Sequence[int]
) -> Expectation:
    areas = np.array([s.area_m2 for s in strata])
    index = {class_id: k for k, class_id in enumerate(ids)}
    map_class = np.array([-1 if s.class_id is None else index[s.class_id] for s in strata])
    reference = None
    if request.expected is not None:
        matrix = read_matrix(request.expected)
        lacking = [name for name in matrix.classes if name not in names]
        if lacking:
            raise InvalidJob(
                f"{str(request.expected)!r} has classes that the map has not: {', '.join(lacking)}. Use the map's "
                f"names: {', '.join(names)}."
            )
        reference = np.zeros((len(names), len(names)))
        at = [list(names).index(name) for name in matrix.classes]
        reference[np.ix_(at, at)] = matrix.counts
    return expect(names, areas / areas.sum(), map_class, users=dict(request.users), reference=reference)


def _given(request: SampleRequest, strata: Sequence[Stratum]) -> np.ndarray:
    known = [s.name for s in strata]
    unknown = [name for name in request.sizes if name not in known]
    if unknown:
        raise InvalidJob(f"There is no stratum {unknown[0]!r}; the strata are {', '.join(known)}.")
    sizes = np.array([request.sizes.get(name, 0) for name in known], np.int64)
    for stratum, n in zip(strata, sizes.tolist(), strict=True):
        if n < min(2, stratum.pixels):
            raise InvalidJob(f"The stratum {stratum.name!r} gets {n} points; each needs at least 2 to tell its spread.")
        if n > stratum.pixels:
            raise InvalidJob(
                f"The stratum {stratum.name!r} has {stratum.pixels:,} pixels, not {n:,} to draw. Ask for fewer."
            )
    return sizes


def _reserve(main: np.ndarray, count: int, strata: Sequence[Stratum]) -> np.ndarray:
    """Divide the reserve as the sample is divided, as far as strata have units left."""
    if not count:
        return np.zeros(len(main), np.int64)
    parts = main / main.sum() * count
    whole = np.floor(parts).astype(np.int64)
    whole[np.argsort(whole - parts, kind="stable")[: count - int(whole.sum())]] += 1
    return np.minimum(whole, np.array([s.pixels for s in strata]) - main)


def _without_strata(request: SampleRequest, strata: Sequence[Stratum], expected: Expectation) -> Sizing:
    if request.points is None and not request.targets:
        _check_asked(request)
    n = request.points or max(_simple_need(t, expected) for t in request.targets)
    pixels = sum(s.pixels for s in strata)
    if n + request.reserve > pixels:
        raise InvalidJob(
            f"The map has {pixels:,} pixels; {n + request.reserve:,} points were asked of it. Ask for fewer."
        )
    errors = tuple(math.sqrt(_simple_need(t, expected, whole=False) * t.se**2 / n) for t in request.targets)
    return Sizing(sizes=Sizes(main=[n], reserve=[request.reserve]), offers=(), allocation="", errors=errors)


def _simple_need(target: Target, expected: Expectation, *, whole: bool = True) -> float:
    """Return the simple random sample that a target needs, rounded up."""
    if target.quantity is Quantity.OVERALL:
        n = simple_random_size(float(expected.share @ expected.right), target.se)
    else:
        spreads(target, expected)  # tells what is wrong with its class
        k = expected.classes.index(target.class_name)
        if target.quantity is Quantity.AREA:
            n = simple_random_size(float(expected.share @ expected.reference[:, k]), target.se)
        else:
            mine = expected.map_class == k
            n = simple_random_size(float(expected.right[mine][0]), target.se) / float(expected.share[mine].sum())
    return math.ceil(n - 1e-9) if whole else n
