"""Groups of transitions that are assessed together, and the strata raster that a sample is drawn from.

The buffer is a stratum of its own: what is mapped as unchanged within some metres of mapped change. There omissions are
more frequent than elsewhere, and one of them no longer stands for as much area (Olofsson et al. 2020, Remote Sensing of
Environment 236).
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...models.legend import NODATA, LandCoverClass, Legend
from ..raster.grid import RasterGrid, Window
from ..system.errors import InvalidJob
from .misregistration import distances
from .transitions import ChangeReader

BUFFER = "buffer around change"
HEADER = ["old", "new", "group"]
ANY = "*"
MOST_BUFFER_PX = 500
COLORS = (
    (178, 24, 43), (33, 102, 172), (27, 120, 55), (216, 216, 200), (166, 97, 26), (118, 42, 131), (128, 205, 193),
    (253, 174, 97),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """Groups of transitions.

    Attributes:
        names: Names of the G groups.
        of_pair: ``(K, K)`` int64 group of each old and new class.
        is_change: Whether each group is the change that is looked for; the others are what the buffer is cut from.
    """

    names: tuple[str, ...]
    of_pair: np.ndarray
    is_change: tuple[bool, ...]


def find_grouping(text: str, classes: Sequence[str]) -> Grouping:
    """Return the groups that a text asks for: "change", "loss-gain:CLASS", "transitions" or a CSV file.

    Raises:
        InvalidJob: If it is none of them, or names unknown classes.
    """
    kind, _, name = text.partition(":")
    if text == "change":
        return _of_names(classes, lambda a, b: ("change", True) if a != b else ("stable", False))
    if text == "transitions":
        return _of_names(classes, lambda a, b: (f"{classes[a]} → {classes[b]}", True) if a != b else ("stable", False))
    if kind == "loss-gain" and name.strip():
        return _loss_gain(_index(name, classes), classes)
    if text.lower().endswith(".csv"):
        return _of_file(Path(text), classes)
    raise InvalidJob(
        f"The groups {text!r} are not known; expected 'change', 'loss-gain:CLASS', 'transitions', or a CSV file with "
        f"the header {','.join(HEADER)!r}."
    )


def _of_names(classes: Sequence[str], group: Callable[[int, int], tuple[str, bool]]) -> Grouping:
    names: dict[str, bool] = {}
    of_pair = np.zeros((len(classes), len(classes)), np.int64)
    for a in range(len(classes)):
        for b in range(len(classes)):
            name, is_change = group(a, b)
            names[name] = names.get(name, False) or is_change
            of_pair[a, b] = list(names).index(name)
    return Grouping(names=tuple(names), of_pair=of_pair, is_change=tuple(names.values()))


def _loss_gain(k: int, classes: Sequence[str]) -> Grouping:
    name = classes[k]

    def group(a: int, b: int) -> tuple[str, bool]:
        if a == b == k:
            return f"stable {name}", False
        if a == k:
            return f"loss of {name}", True
        return (f"gain of {name}", True) if b == k else ("stable rest", False)

    return _of_names(classes, group)


def _index(name: str, classes: Sequence[str]) -> int:
    known = [c.casefold() for c in classes]
    if name.strip().casefold() not in known:
        raise InvalidJob(f"There is no class {name.strip()!r}; the classes are {', '.join(classes)}.")
    return known.index(name.strip().casefold())


def _of_file(path: Path, classes: Sequence[str]) -> Grouping:
    """Return the groups of a file: the first line that fits a transition decides; a star stands for any class."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidJob(f"The groups {str(path)!r} cannot be read: {error}.") from error
    rows = [
        [c.strip() for c in r] for r in csv.reader(text.splitlines(), delimiter=";" if ";" in text else ",") if any(r)
    ]
    if not rows or [c.lower() for c in rows[0]] != HEADER or any(len(r) != 3 or not r[2] for r in rows[1:]):
        raise InvalidJob(f"{str(path)!r} has no header {','.join(HEADER)!r} with a class, a class and a group a line.")
    rules = [(*(None if c == ANY else _index(c, classes) for c in row[:2]), row[2]) for row in rows[1:]]

    def group(a: int, b: int) -> tuple[str, bool]:
        for old, new, name in rules:
            if (old is None or old == a) and (new is None or new == b):
                return name, a != b
        return ("other change", True) if a != b else ("other stable", False)

    return _only_change(_of_names(classes, group))


def _only_change(grouping: Grouping) -> Grouping:
    """Return the groups with those as change that hold no stable class."""
    stable = {int(grouping.of_pair[k, k]) for k in range(len(grouping.of_pair))}
    change = tuple(g not in stable for g in range(len(grouping.names)))
    return Grouping(names=grouping.names, of_pair=grouping.of_pair, is_change=change)


def strata_legend(grouping: Grouping, *, has_buffer: bool) -> Legend:
    """Return the legend of the strata raster: the groups, and the buffer behind them."""
    names = [*grouping.names, *([BUFFER] if has_buffer else [])]
    if len(names) >= NODATA:
        raise InvalidJob(f"There are {len(names)} groups; at most {NODATA - 1} are possible. Put transitions together.")
    return Legend(
        name="change-strata",
        title="Strata of change",
        classes=tuple(
            LandCoverClass(class_id=k, name=name, color=COLORS[k % len(COLORS)]) for k, name in enumerate(names)
        ),
        unknown_id=None,
    )


def buffer_radius_px(buffer_m: float, grid: RasterGrid) -> float:
    """Return the width of the buffer in pixels.

    Raises:
        InvalidJob: If it is so wide that hardly anything is left around it.
    """
    radius = buffer_m / min(grid.ground_resolution_m)
    if radius > MOST_BUFFER_PX:
        raise InvalidJob(
            f"A buffer of {buffer_m:g} m is {radius:.0f} pixels wide; at most {MOST_BUFFER_PX} are possible. Omissions "
            "lie close to mapped change: a few pixels are enough."
        )
    return radius


class StrataReader:
    """Reads the strata of a pair of maps.

    Args:
        reader: Reads their transitions.
        grid: Their grid.
        grouping: The groups.
        buffer_m: Width of the buffer; 0 for none.
    """

    def __init__(self, reader: ChangeReader, grid: RasterGrid, grouping: Grouping, buffer_m: float) -> None:
        self._reader, self._grid = reader, grid
        pair = grouping.of_pair.ravel().astype(np.uint8)
        neither = np.full(2 * len(grouping.of_pair) + 1, NODATA, np.uint8)
        self._group = np.concatenate([pair, pair, neither])
        self._is_change = np.zeros(256, bool)
        self._is_change[: len(grouping.names)] = grouping.is_change
        self._buffer = len(grouping.names)
        self._radius_px = buffer_radius_px(buffer_m, grid)

    def read(self, window: Window) -> np.ndarray:
        """Return the stratum of each pixel of a window as ``(rows, cols)`` uint8; 255 for none."""
        window = self._grid.window.intersection(window)
        halo = math.ceil(self._radius_px)
        wide = self._grid.window.intersection(
            Window(window.col_off - halo, window.row_off - halo, window.width + 2 * halo, window.height + 2 * halo)
        )
        groups = self._group[self._reader.codes(wide)]
        if self._radius_px:
            is_change = self._is_change[groups]
            near = distances(is_change) <= self._radius_px
            groups[near & ~is_change & (groups != NODATA)] = self._buffer
        return groups[window.slices_in(wide)]
