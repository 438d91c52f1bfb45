"""Joins the strips' components to faces and hands out every face when it is complete.

Memory holds only what open faces need: one row of slots, and those arcs that have an open face on a side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .lattice import offsets_of, ragged_ranges
from .rings import Rings, assemble_rings
from .runs import connected_components
from .tracing import Arcs, Components

_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedStrip:
    """What tracing a strip gives.

    Attributes:
        first_row: Raster row of its first row.
        components: Connected areas of the strip and the row above it.
        arcs: Borders.
        ground_units: ``(runs,)`` int64 ground area of each run, in units of the builder.
        confidence: ``(2, runs)`` int64 sum of per cent and number of pixels that have any; None where nothing is known.
    """

    first_row: int
    components: Components
    arcs: Arcs
    ground_units: np.ndarray
    confidence: np.ndarray | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """Complete faces, in the order of their last row, then of their first pixel; rings in lattice points.

    Attributes:
        class_ids: ``(n,)`` uint8.
        pixels: ``(n,)`` int64.
        ground_m2: ``(n,)`` float64; NaN where it is not known.
        confidence: ``(n,)`` float64 mean per cent; NaN where it is not known.
        rings: Their rings; `rings.face` counts these faces.
    """

    class_ids: np.ndarray
    pixels: np.ndarray
    ground_m2: np.ndarray
    confidence: np.ndarray
    rings: Rings

    @property
    def count(self) -> int:
        """Number of faces."""
        return len(self.class_ids)


@dataclass(frozen=True, slots=True)
class _Tally:
    """What is known of areas, open or not.

    Attributes:
        class_ids: ``(n,)`` uint8.
        sums: ``(4, n)`` int64 so far: pixels, ground, per cent of confidence, pixels with a confidence.
        first_key: ``(n,)`` int64 number of the first pixel.
        last_row: ``(n,)`` int64 last raster row so far.
    """

    class_ids: np.ndarray
    sums: np.ndarray
    first_key: np.ndarray
    last_row: np.ndarray

    def take(self, index: np.ndarray) -> _Tally:
        return _Tally(self.class_ids[index], self.sums[:, index], self.first_key[index], self.last_row[index])

    def joined(self, other: _Tally) -> _Tally:
        return _Tally(
            np.concatenate([self.class_ids, other.class_ids]),
            np.concatenate([self.sums, other.sums], axis=1),
            np.concatenate([self.first_key, other.first_key]),
            np.concatenate([self.last_row, other.last_row]),
        )

    def grouped(self, group: np.ndarray, count: int) -> _Tally:
        class_ids = np.zeros(count, np.uint8)
        class_ids[group] = self.class_ids
        first_key = np.full(count, _NEVER)
        np.minimum.at(first_key, group, self.first_key)
        last_row = np.full(count, -1, np.int64)
        np.maximum.at(last_row, group, self.last_row)
        return _Tally(class_ids, np.stack([_summed(row, group, count) for row in self.sums]), first_key, last_row)


def _summed(values: np.ndarray, group: np.ndarray, count: int) -> np.ndarray:
    total = np.zeros(count, np.int64)
    np.add.at(total, group, values)
    return total


@dataclass(slots=True)
class _Chunk:
    """Arcs of one strip that still wait for a face; `left` and `right` are that strip's components, -1 when done."""

    arcs: Arcs


class CoverageBuilder:
    """Takes traced strips from top to bottom and gives complete faces.

    Args:
        width: Columns of the raster.
        unit_m2: Unit of the ground areas; NaN if they are not known.
    """

    def __init__(self, width: int, unit_m2: float) -> None:
        self._width = width
        self._unit_m2 = unit_m2
        none = np.zeros(0, np.int64)
        self._open = _Tally(none.astype(np.uint8), np.zeros((4, 0), np.int64), none, none)
        self._slot_of_run = none  # open face of each run of the last row; -1 for no data
        self._chunks: dict[int, _Chunk] = {}
        self._strips = 0
        # Components of earlier strips that belong to open faces: strip, component, open face.
        self._aliases = np.zeros((3, 0), np.int64)

    @property
    def open_faces(self) -> int:
        """Number of faces that reach the last row."""
        return len(self._open.class_ids)

    @property
    def waiting_points(self) -> int:
        """Number of points held for open faces."""
        return sum(len(chunk.arcs.points) for chunk in self._chunks.values())

    def add(self, strip: TracedStrip) -> Faces:
        """Take the next strip; return the faces that are now complete."""
        components = strip.components
        slots = len(self._open.class_ids)
        tally = self._open.joined(_tally_of(strip, self._width))
        group, groups = self._join(components, slots, len(tally.class_ids))
        totals = tally.grouped(group, groups)
        last_runs = components.of_run[components.runs.rows == components.runs.rows[-1]]
        is_open = np.zeros(groups, bool)
        is_open[group[slots + last_runs[last_runs >= 0]]] = True

        done = np.flatnonzero(~is_open)
        done = done[np.lexsort((totals.first_key[done], totals.last_row[done]))]
        face_of_group = np.full(groups, -1)
        face_of_group[done] = np.arange(len(done))
        arcs = self._collect(strip.arcs, group, slots, face_of_group)

        self._advance(components, group, slots, is_open, totals, last_runs)
        finished = totals.take(done)
        pixels, ground_units, percent, known = finished.sums
        return Faces(
            class_ids=finished.class_ids,
            pixels=pixels,
            ground_m2=ground_units * self._unit_m2,
            confidence=np.where(known > 0, percent / np.maximum(known, 1), np.nan),
            rings=assemble_rings(arcs),
        )

    def _join(self, components: Components, slots: int, count: int) -> tuple[np.ndarray, int]:
        """Return the group of every open face and component, numbered from 0, and the number of groups."""
        above = components.of_run[: len(self._slot_of_run)]
        known = above >= 0
        root = connected_components(count, self._slot_of_run[known], slots + above[known])
        is_root = root == np.arange(count)
        return (np.cumsum(is_root) - 1)[root], int(is_root.sum())

    def _collect(self, new: Arcs, group: np.ndarray, slots: int, face_of_group: np.ndarray) -> Arcs:
        """Return the arcs of complete faces, with faces as their sides; keep what open faces wait for."""
        face_of_component = np.append(face_of_group[group[slots:]], -1)  # the last one is for "no data", -1
        parts = []
        strips, components, owners = self._aliases
        faces = face_of_group[group[owners]] if len(owners) else owners
        ready = faces >= 0
        for number in np.unique(strips[ready]).tolist():
            chunk = self._chunks[number]
            here = ready & (strips == number)
            table = np.full(int(max(components[here].max(), chunk.arcs.left.max(), chunk.arcs.right.max())) + 2, -1)
            table[components[here]] = faces[here]
            table[-1] = -1
            parts.append(self._hand_out(number, chunk.arcs, table))
        self._chunks[self._strips] = _Chunk(new)
        parts.append(self._hand_out(self._strips, new, face_of_component))
        return _concatenated(parts)

    def _hand_out(self, number: int, arcs: Arcs, face_of_component: np.ndarray) -> Arcs:
        left, right = face_of_component[arcs.left], face_of_component[arcs.right]
        ready = (left >= 0) | (right >= 0)
        handed = _selected(replace(arcs, left=left, right=right), np.flatnonzero(ready))
        still_left = np.where(left >= 0, -1, arcs.left)
        still_right = np.where(right >= 0, -1, arcs.right)
        waiting = np.flatnonzero((still_left >= 0) | (still_right >= 0))
        if len(waiting):
            self._chunks[number] = _Chunk(_selected(replace(arcs, left=still_left, right=still_right), waiting))
        else:
            self._chunks.pop(number, None)
        return handed

    def _advance(
        self,
        components: Components,
        group: np.ndarray,
        slots: int,
        is_open: np.ndarray,
        totals: _Tally,
        last_runs: np.ndarray,
    ) -> None:
        new_slot = np.where(is_open, np.cumsum(is_open) - 1, -1)
        self._open = totals.take(np.flatnonzero(is_open))
        own = new_slot[group[slots:]]
        self._slot_of_run = np.append(own, -1)[last_runs]
        mine = np.flatnonzero(own >= 0)
        old = self._aliases.copy()
        if old.shape[1]:
            old[2] = new_slot[group[old[2]]]
        old = old[:, old[2] >= 0]
        fresh = np.stack([np.full(len(mine), self._strips), mine, own[mine]])
        self._aliases = np.concatenate([old, fresh], axis=1)
        self._strips += 1


def _tally_of(strip: TracedStrip, width: int) -> _Tally:
    """Return what a strip adds; components that are in the row above only add nothing."""
    runs, of_run = strip.components.runs, strip.components.of_run
    counted = np.flatnonzero((runs.rows > 0) & (of_run >= 0))
    component, count = of_run[counted], len(strip.components.class_ids)
    lengths = runs.ends[counted] - runs.starts[counted]
    rows = runs.rows[counted] - 1 + strip.first_row
    first_key, last_row = np.full(count, _NEVER), np.full(count, -1, np.int64)
    last_row[component] = rows  # runs come row by row, so the last one stays
    first_key[component[::-1]] = (rows * width + runs.starts[counted])[::-1]
    sums = np.zeros((4, count), np.int64)
    sums[0] = np.bincount(component, lengths, count)
    sums[1] = _summed(strip.ground_units[counted], component, count)
    if strip.confidence is not None:
        sums[2:] = [np.bincount(component, values[counted], count) for values in strip.confidence]
    return _Tally(strip.components.class_ids, sums, first_key, last_row)


def _selected(arcs: Arcs, index: np.ndarray) -> Arcs:
    counts = np.diff(arcs.offsets)[index]
    return Arcs(
        points=arcs.points[ragged_ranges(arcs.offsets[:-1][index], counts)],
        offsets=offsets_of(counts),
        left=arcs.left[index],
        right=arcs.right[index],
        first_heading=arcs.first_heading[index],
        last_heading=arcs.last_heading[index],
        passes_first=arcs.passes_first[index],
        passes_last=arcs.passes_last[index],
    )


def _concatenated(parts: list[Arcs]) -> Arcs:
    if len(parts) == 1:
        return parts[0]
    return Arcs(
        points=np.concatenate([p.points for p in parts]),
        offsets=offsets_of(np.concatenate([np.diff(p.offsets) for p in parts])),
        left=np.concatenate([p.left for p in parts]),
        right=np.concatenate([p.right for p in parts]),
        first_heading=np.concatenate([p.first_heading for p in parts]),
        last_heading=np.concatenate([p.last_heading for p in parts]),
        passes_first=np.concatenate([p.passes_first for p in parts]),
        passes_last=np.concatenate([p.passes_last for p in parts]),
    )
