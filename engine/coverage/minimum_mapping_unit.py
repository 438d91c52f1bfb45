"""Lets areas below a minimum mapping unit join their neighbours, strip by strip. Pure.

The rule: as long as there is an area below the unit that has a neighbour, the smallest of these (of equals the one
whose first pixel comes first) joins the class with which it has the longest common border (of equals the one with the
smallest id), and so becomes one area with all its neighbours of that class. No data is no neighbour.

The rule can be carried out in any order that does every area before its larger neighbours below the unit: until it is
an area's turn its neighbours keep their classes, for the smaller ones are gone, the larger ones must wait, and those
above the unit never change. So areas in different places do not depend on each other's timing, and working through a
raster in strips gives what working on the whole gives, bit for bit. Rows leave when everything in them is settled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from ...models.legend import NODATA
from .runs import Runs, connected_components, overlaps
from .tracing import Components, label_components

Measure = Callable[[Runs, int], np.ndarray]
"""Gives the size of runs (row 0 of which counts nothing) of a strip that begins at a raster row, as whole numbers."""

_SETTLED = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingUnit:
    """What counts as too small.

    Attributes:
        limit: Areas smaller than this join a neighbour, in the units of `measure`: one number, or ``(256,)`` int64 with
            one for each class id.
        measure: Gives the size of runs.
        side_weight: Length of a vertical pixel edge; borders are compared in these lengths.
        top_weight: Length of a horizontal pixel edge.
    """

    limit: int | np.ndarray
    measure: Measure
    side_weight: int = 1
    top_weight: int = 1


def merge_small_areas(
    strips: Iterable[tuple[int, np.ndarray]], width: int, unit: MappingUnit
) -> Iterator[tuple[int, np.ndarray]]:
    """Yield the strips with small areas merged; heights differ from those that came in.

    Memory holds the rows from the first unsettled area on: usually a few times the height of the largest small area.

    Args:
        strips: (first row, ``(rows, width)`` uint8 class ids) from top to bottom without gaps.
        width: Columns of the raster.
        unit: What counts as too small.
    """
    above = np.full((1, width), NODATA, np.uint8)
    waiting, first_row = np.zeros((0, width), np.uint8), 0
    for _, class_ids in strips:
        merged, settled = _merge(np.concatenate([above, waiting, class_ids]), first_row, unit, is_end=False)
        if settled:
            yield first_row, merged[1 : settled + 1]
            above, first_row = merged[settled : settled + 1], first_row + settled
        waiting = merged[settled + 1 :]
    if len(waiting):
        merged, _ = _merge(np.concatenate([above, waiting]), first_row, unit, is_end=True)
        yield first_row, merged[1:]


def _merge(stacked: np.ndarray, first_row: int, unit: MappingUnit, *, is_end: bool) -> tuple[np.ndarray, int]:
    """Return the rows after all merges that can be decided, and how many rows below the first are settled.

    Args:
        stacked: The last settled row, then rows that are not.
        first_row: Raster row of the second.
        unit: What counts as too small.
        is_end: Whether no more rows will come.
    """
    components = label_components(stacked)
    graph = _Graph.of(components, unit, first_row, is_end=is_end)
    while graph.merge_smallest():
        pass
    runs, of_run = components.runs, components.of_run
    class_ids = np.append(graph.class_ids[graph.member_of], NODATA)[of_run]
    merged = np.repeat(class_ids, runs.ends - runs.starts).reshape(stacked.shape)
    unsettled = np.append(graph.is_unsettled()[graph.member_of], False)[of_run]
    if is_end or not unsettled.any():
        return merged, len(stacked) - 1
    return merged, int(runs.rows[unsettled.argmax()]) - 1


@dataclass(slots=True)
class _Graph:
    """Areas and their common borders.

    Attributes:
        member_of: ``(components,)`` area that each component of the raster belongs to by now.
        class_ids: ``(areas,)`` uint8.
        sizes: ``(areas,)`` int64; _SETTLED where nothing can change any more.
        keys: ``(areas,)`` int64 order among equal sizes.
        is_open: ``(areas,)`` bool, whether the area may go on below.
        one: ``(borders,)`` area on one side; every border is there in both directions.
        other: ``(borders,)`` area on the other side.
        lengths: ``(borders,)`` int64.
        limits: ``(256,)`` int64 size from which an area of each class is settled.
    """

    member_of: np.ndarray
    class_ids: np.ndarray
    sizes: np.ndarray
    keys: np.ndarray
    is_open: np.ndarray
    one: np.ndarray
    other: np.ndarray
    lengths: np.ndarray
    limits: np.ndarray

    @staticmethod
    def of(components: Components, unit: MappingUnit, first_row: int, *, is_end: bool) -> _Graph:
        runs, of_run, count = components.runs, components.of_run, len(components.class_ids)
        counted = of_run >= 0
        sizes = np.zeros(count, np.int64)
        np.add.at(sizes, of_run[counted], unit.measure(runs, first_row)[counted])
        sizes[of_run[counted & (runs.rows == 0)]] = _SETTLED
        is_open = np.zeros(count, bool)
        if not is_end:
            is_open[of_run[counted & (runs.rows == runs.rows[-1])]] = True
        first, second, lengths = _borders(components, unit)
        graph = _Graph(
            member_of=np.arange(count), class_ids=components.class_ids, sizes=sizes, keys=np.arange(count),
            is_open=is_open, one=np.concatenate([first, second]), other=np.concatenate([second, first]),
            lengths=np.concatenate([lengths, lengths]), limits=np.broadcast_to(unit.limit, 256),
        )  # fmt: skip
        graph.gather_borders()
        return graph

    def is_unsettled(self) -> np.ndarray:
        """Return which areas may still change: the small ones that have a neighbour or may get one."""
        has_neighbour = np.zeros(len(self.sizes), bool)
        has_neighbour[self.one] = True
        return self._is_small() & (has_neighbour | self.is_open)

    def _is_small(self) -> np.ndarray:
        return self.sizes < self.limits[self.class_ids]

    def gather_borders(self) -> None:
        """Add up borders between the same two areas and forget those inside one, and those of settled areas."""
        useful = np.flatnonzero((self.one != self.other) & self._is_small()[self.one])
        key = self.one[useful] * len(self.sizes) + self.other[useful]
        pairs, which = np.unique(key, return_inverse=True)
        lengths = np.zeros(len(pairs), np.int64)
        np.add.at(lengths, which, self.lengths[useful])
        self.one, self.other, self.lengths = pairs // len(self.sizes), pairs % len(self.sizes), lengths

    def merge_smallest(self) -> bool:
        """Merge every small area that comes before all its small neighbours; return whether there was one."""
        movers = self._movers()
        if not len(movers):
            return False
        target = self._target_classes(movers)
        joins = target[self.one] == self.class_ids[self.other]
        joins &= target[self.one] >= 0
        first, second = self.one[joins], self.other[joins]
        changed = self.class_ids.astype(np.int64)
        changed[movers] = target[movers]
        root = connected_components(len(self.sizes), first, second)
        self._contract(root, changed.astype(np.uint8))
        return True

    def _movers(self) -> np.ndarray:
        """Return small closed areas with neighbours, all of which are settled or certain to be larger."""
        small = self._is_small()[self.other]
        one, other = self.one[small], self.other[small]
        waits = (self.sizes[other] < self.sizes[one]) | (
            (self.sizes[other] == self.sizes[one]) & ((self.keys[other] < self.keys[one]) | self.is_open[other])
        )
        may = np.zeros(len(self.sizes), bool)
        may[self.one] = True
        may[one[waits]] = False
        return np.flatnonzero(may & ~self.is_open)

    def _target_classes(self, movers: np.ndarray) -> np.ndarray:
        """Return for every area the class with the longest border; -1 for those that do not move."""
        moves = np.zeros(len(self.sizes), bool)
        moves[movers] = True
        mine = np.flatnonzero(moves[self.one])
        key = self.one[mine] * 256 + self.class_ids[self.other[mine]]
        pairs, which = np.unique(key, return_inverse=True)
        lengths = np.zeros(len(pairs), np.int64)
        np.add.at(lengths, which, self.lengths[mine])
        area, class_id = pairs // 256, pairs % 256
        order = np.lexsort((-class_id, lengths, area))  # the last of an area is the longest with the smallest id
        target = np.full(len(self.sizes), -1, np.int64)
        target[area[order]] = class_id[order]
        return target

    def _contract(self, root: np.ndarray, class_ids: np.ndarray) -> None:
        is_root = root == np.arange(len(root))
        number = (np.cumsum(is_root) - 1)[root]
        count = int(is_root.sum())
        sizes, is_open = np.zeros(count, np.int64), np.zeros(count, bool)
        settled = ~self._is_small()
        np.add.at(sizes, number[~settled], self.sizes[~settled])
        sizes[number[settled]] = _SETTLED
        is_open[number[self.is_open]] = True
        keys = np.full(count, _SETTLED)
        np.minimum.at(keys, number, self.keys)
        self.member_of = number[self.member_of]
        self.class_ids, self.sizes, self.keys, self.is_open = class_ids[is_root], sizes, keys, is_open
        self.one, self.other = number[self.one], number[self.other]
        self.gather_borders()


def _borders(components: Components, unit: MappingUnit) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the areas on both sides of every stretch of border, and its length."""
    runs, of_run = components.runs, components.of_run
    upper, lower = overlaps(runs)
    shared = np.minimum(runs.ends[upper], runs.ends[lower]) - np.maximum(runs.starts[upper], runs.starts[lower])
    beside = np.flatnonzero(runs.rows[1:] == runs.rows[:-1])
    first = np.concatenate([of_run[upper], of_run[beside]])
    second = np.concatenate([of_run[lower], of_run[beside + 1]])
    lengths = np.concatenate([shared * unit.top_weight, np.full(len(beside), unit.side_weight)])
    kept = (first != second) & (first >= 0) & (second >= 0)
    return first[kept], second[kept], lengths[kept]
