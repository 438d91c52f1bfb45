"""Overlaps of examples: what two classes share says nothing and is left out. Pure; reads no file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

SMALLEST_OVERLAP_PX = 1.0
"""Shared areas below are borders that touch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Two examples of different classes share ground.

    Attributes:
        first: Number of one example.
        second: Number of the other.
        place: A point of what they share, column and line in pixels.
    """

    first: int
    second: int
    place: tuple[float, float]


def cut_overlaps(shapes: np.ndarray, class_ids: np.ndarray) -> tuple[np.ndarray, list[Overlap]]:
    """Return examples without what they share with another class, and where that is.

    Args:
        shapes: ``(n,)`` valid shapes in pixels.
        class_ids: ``(n,)`` their classes.
    """
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    differ = (class_ids[first] != class_ids[second]) & (first < second)
    result, overlaps = shapes.copy(), []
    for a, b in zip(first[differ].tolist(), second[differ].tolist(), strict=True):
        shared = shapely.intersection(shapes[a], shapes[b])
        if shapely.area(shared) < SMALLEST_OVERLAP_PX and min(shapely.area(shapes[[a, b]])) > 0:
            continue
        for i, other in ((a, shapes[b]), (b, shapes[a])):
            result[i] = shapely.difference(result[i], other)
        point = shared.representative_point()
        overlaps.append(Overlap(first=a, second=b, place=(point.x, point.y)))
    return result, overlaps
