"""Draw of units by rank: numbers are drawn first, then the few cells that hold them are read again.

A stratum's pixels are numbered in the order of cells and of pixels in them, so that a number stands for a pixel without
any pixel being looked at; no draw is ever rejected. With probability in proportion to area, a number is a place in the
stratum's area instead, and a pixel may be drawn twice (Hansen and Hurwitz 1943).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...raster.grid import Window
from .population import Census, Population, cells_in_order
from .random_stream import RandomStream
from .strata import StratumTable


@dataclass(frozen=True, kw_only=True)
class DrawnUnits:
    """Units in the order in which they were drawn.

    Attributes:
        row: ``(n,)`` int64 row of each.
        col: ``(n,)`` int64 column.
        code: ``(n,)`` int64 code of its class and part.
        stratum: ``(n,)`` int64 index of its stratum.
        area_m2: ``(n,)`` float64 its area on the ellipsoid.
        is_reserve: ``(n,)`` bool: whether it was drawn for later.
    """

    row: np.ndarray
    col: np.ndarray
    code: np.ndarray
    stratum: np.ndarray
    area_m2: np.ndarray
    is_reserve: np.ndarray

    def __len__(self) -> int:
        return len(self.row)

    def take(self, index: np.ndarray) -> DrawnUnits:
        """Return some of the units, in the order of their indexes."""
        return DrawnUnits(
            row=self.row[index],
            col=self.col[index],
            code=self.code[index],
            stratum=self.stratum[index],
            area_m2=self.area_m2[index],
            is_reserve=self.is_reserve[index],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Units to draw in each group.

    Attributes:
        main: Units of the sample.
        reserve: Further ones, for later.
    """

    main: Sequence[int]
    reserve: Sequence[int]


class UnitDraw:
    """Draws units of one population.

    Args:
        population: Its pixels.
        census: Their counts.
        table: Its strata.
        by_area: Whether the probability of a pixel is in proportion to its area.
    """

    def __init__(self, population: Population, census: Census, table: StratumTable, *, by_area: bool) -> None:
        self._population, self._census, self._table, self._by_area = population, census, table, by_area

    def stratified(self, sizes: Sizes, stream: RandomStream) -> DrawnUnits:
        """Return units of each stratum, all in one random order; those of the reserve come last."""
        return self._drawn(self._table.of_codes(self._census.code), self._table.stratum, sizes, stream)

    def simple_random(self, main: int, reserve: int, stream: RandomStream) -> DrawnUnits:
        """Return units of the whole population."""
        one = np.zeros(len(self._census.code), np.int64)
        return self._drawn(
            one, np.zeros(len(self._table.codes), np.int64), Sizes(main=[main], reserve=[reserve]), stream
        )

    def at(self, row: np.ndarray, col: np.ndarray, stream: RandomStream) -> DrawnUnits:
        """Return the units at places of the map, in a random order, without those outside the population."""
        codes = np.full(len(row), -1, np.int64)
        cell = cells_of_places(self._census, row, col)
        for k, here in cells_in_order(cell):
            window = self._census.window(k)
            codes[here] = self._population.codes(window)[row[here] - window.row_off, col[here] - window.col_off]
        inside = np.flatnonzero(codes >= 0)
        inside = inside[stream.order(len(inside))]
        return self._units(row[inside], col[inside], codes[inside], np.zeros(len(inside), bool))

    def _drawn(self, group: np.ndarray, group_of_code: np.ndarray, sizes: Sizes, stream: RandomStream) -> DrawnUnits:
        """Draw from groups of entries; the groups of codes are given too, to find pixels in a cell."""
        cells, values, groups, reserve = [], [], [], []
        for g, (main, more) in enumerate(zip(sizes.main, sizes.reserve, strict=True)):
            cell, value = self._numbers(np.flatnonzero(group == g), main + more, stream)
            cells.append(cell)
            values.append(value)
            groups.append(np.full(main + more, g))
            reserve.append(np.arange(main + more) >= main)
        cell, value, g = np.concatenate(cells), np.concatenate(values), np.concatenate(groups)
        is_reserve = np.concatenate(reserve)
        row, col, code = self._located(cell, value, g, group_of_code)
        units = self._units(row, col, code, is_reserve)
        order = stream.order(len(units))
        return units.take(order[np.argsort(is_reserve[order], kind="stable")])

    def _numbers(self, entries: np.ndarray, count: int, stream: RandomStream) -> tuple[np.ndarray, np.ndarray]:
        """Return the cell of each drawn number, and the number or area within the cell."""
        census = self._census
        amount = census.area_m2 if self._by_area else census.pixels
        cell, first = np.unique(census.cell[entries], return_index=True)
        if not count or not len(cell):
            return np.zeros(0, np.int64), np.zeros(0)
        per_cell = np.add.reduceat(amount[entries], first)
        ends = np.cumsum(per_cell)
        drawn = stream.fractions(count) * ends[-1] if self._by_area else stream.distinct(int(ends[-1]), count)
        at = np.minimum(np.searchsorted(ends, drawn, side="right"), len(cell) - 1)
        return cell[at], drawn - (ends[at] - per_cell[at])

    def _located(
        self, cell: np.ndarray, value: np.ndarray, group: np.ndarray, group_of_code: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return row, column and code of each drawn number."""
        row, col, code = (np.zeros(len(cell), np.int64) for _ in range(3))
        for k, here in cells_in_order(cell):
            window = self._census.window(k)
            codes = self._population.codes(window)
            index = np.searchsorted(self._table.codes, codes).clip(0, len(self._table.codes) - 1)
            groups = np.where(codes >= 0, group_of_code[index], -1)
            for g in np.unique(group[here]).tolist():
                mine = here[group[here] == g]
                flat = self._pixels(np.flatnonzero(groups == g), value[mine], window)
                row[mine], col[mine] = window.row_off + flat // window.width, window.col_off + flat % window.width
                code[mine] = codes.reshape(-1)[flat]
        return row, col, code

    def _pixels(self, flat: np.ndarray, value: np.ndarray, window: Window) -> np.ndarray:
        """Return which of a group's pixels in a window the numbers within it stand for."""
        if not self._by_area:
            return flat[value.astype(np.int64)]
        rows, cols = window.row_off + flat // window.width, window.col_off + flat % window.width
        ends = np.cumsum(self._population.ground.of_runs(rows, cols, cols + 1))
        return flat[np.minimum(np.searchsorted(ends, value, side="right"), len(flat) - 1)]

    def _units(self, row: np.ndarray, col: np.ndarray, code: np.ndarray, is_reserve: np.ndarray) -> DrawnUnits:
        return DrawnUnits(
            row=row,
            col=col,
            code=code,
            stratum=self._table.of_codes(code),
            area_m2=areas_of_pixels(self._population, row, col),
            is_reserve=is_reserve,
        )


def areas_of_pixels(population: Population, row: np.ndarray, col: np.ndarray) -> np.ndarray:
    """Return the area in m² of single pixels anywhere on the map."""
    areas = np.zeros(len(row))
    for k, here in cells_in_order(row):
        areas[here] = population.ground.of_runs(np.full(len(here), k), col[here], col[here] + 1)
    return areas


def cells_of_places(census: Census, row: np.ndarray, col: np.ndarray) -> np.ndarray:
    """Return the cell in which each pixel lies."""
    tops, lefts = np.unique(census.windows[:, 1]), np.unique(census.windows[:, 0])
    line = np.searchsorted(tops, row, side="right") - 1
    column = np.searchsorted(lefts, col, side="right") - 1
    return line * len(lefts) + column
