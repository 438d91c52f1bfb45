"""Overlaps of examples: what two classes share says nothing and is left out, with the place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from ..raster.grid import RasterGrid

SMALLEST_OVERLAP_PX = 1.0
"""Shared areas below are borders that touch."""

MOST_NOTES = 5


def cut_overlaps(
    shapes: np.ndarray, class_ids: np.ndarray, ids: np.ndarray, grid: RasterGrid, names: Sequence[str]
) -> tuple[np.ndarray, list[str]]:
    """Return examples without what they share with another class, and a sentence for each place.

    Args:
        shapes: ``(n,)`` valid shapes in pixels.
        class_ids: ``(n,)`` their classes.
        ids: ``(n,)`` feature ids.
        grid: Grid of the raster, to say where.
        names: Name of each class id.
    """
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    differ = (class_ids[first] != class_ids[second]) & (first < second)
    result, notes = shapes.copy(), []
    for a, b in zip(first[differ].tolist(), second[differ].tolist(), strict=True):
        shared = shapely.intersection(shapes[a], shapes[b])
        if shapely.area(shared) < SMALLEST_OVERLAP_PX and min(shapely.area(shapes[[a, b]])) > 0:
            continue
        for i, other in ((a, shapes[b]), (b, shapes[a])):
            result[i] = shapely.difference(result[i], other)
        x, y = grid.transform @ (shared.representative_point().x, shared.representative_point().y)
        notes.append(
            f"Examples {ids[a]} ({names[class_ids[a]]}) and {ids[b]} ({names[class_ids[b]]}) overlap at "
            f"{x:.6g}, {y:.6g}; what they share was left out."
        )
    if len(notes) > MOST_NOTES:
        notes = [*notes[:MOST_NOTES], f"{len(notes) - MOST_NOTES} more places where examples of two classes overlap."]
    return result, notes
